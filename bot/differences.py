"""What an import would change, as lines for the terminal. Pure."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from digests.model import Act, AuditEntry

MAX_VALUE = 200
"""Characters of what a field is or would be."""

_ADDED = {Act.TOPIC_ADDED: "topic", Act.FEED_ADDED: "feed"}
_CHANGED = {Act.TOPIC_CHANGED: "topic", Act.FEED_CHANGED: "feed"}


def differences(noted: Iterable[AuditEntry], *, total: int) -> Iterator[str]:
    """A line for each topic and feed that is added (+) or changed (~), below it one for each field; then the sum.

    noted: as the log would note them. total: how many topics and feeds the file has.
    """
    added = changed = 0
    for entry in noted:
        if entry.act in _ADDED:
            added += 1
            yield f"+ {_ADDED[entry.act]} {entry.subject}"
            yield from _fields({}, entry.after or {})
        elif entry.act in _CHANGED:
            changed += 1
            yield f"~ {_CHANGED[entry.act]} {entry.subject}"
            yield from _fields(entry.before or {}, entry.after or {})
    yield f"{added} to be added, {changed} to be changed, {total - added - changed} as they are; nothing was changed"


def _fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for name, value in after.items():
        was = before.get(name)
        if value == was or (not before and _says_nothing(name, value)):
            continue
        yield f"    {name}: {_shown(value)}" if not before else f"    {name}: {_shown(was)} -> {_shown(value)}"


def _says_nothing(name: str, value: object) -> bool:
    """Whether a new topic or feed is usually so, or its own line says it."""
    return name in {"slug", "url"} or value in ("", [], {}, None, False) or (name == "weight" and value == 1)


def _shown(value: object) -> str:
    written = json.dumps(value, ensure_ascii=False)
    return written if len(written) <= MAX_VALUE else f"{written[: MAX_VALUE - 1]}…"
