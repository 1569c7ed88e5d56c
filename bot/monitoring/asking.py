"""Asks the bot that runs on this machine how it is; light, as a supervisor asks every few seconds."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any

PATIENCE = 5.0
"""Seconds for an answer."""

_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}  # noqa: S104 - where to ask, not where to listen


@dataclass(frozen=True, kw_only=True)
class Answer:
    """alive: it answered. checks: what it needs -> whether it has that. trouble: why there is no answer."""

    alive: bool
    role: str = ""
    checks: dict[str, bool] = field(default_factory=dict)
    trouble: str = ""


def ask(listen: str) -> Answer:
    """How the bot that answers at `listen`, host:port, is."""
    host, _, port = listen.rpartition(":")
    address = f"http://{_EVERYWHERE.get(host, host)}:{port}/readyz"
    try:
        told = _get(address)
        return Answer(alive=True, role=told["role"], checks=told["checks"])
    except (OSError, ValueError, KeyError) as error:
        return Answer(alive=False, trouble=str(error) or type(error).__name__)


def _get(address: str) -> dict[str, Any]:
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 - our own address
            body = answer.read()
    except urllib.error.HTTPError as error:
        body = error.read()  # not ready, and says why
    told: dict[str, Any] = json.loads(body)
    return told
