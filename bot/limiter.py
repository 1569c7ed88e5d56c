"""What every call to Telegram goes through: its turn, and another try where Telegram asks to wait or has a fault."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from telegram.error import BadRequest, NetworkError, RetryAfter
from telegram.ext import BaseRateLimiter

from bot.pace import Pace, Urgency
from bot.request import was_not_accepted

log = logging.getLogger(__name__)

HAS_TURN = "has turn"
"""The mark of calls that have waited for their turn already, and whose failures somebody else deals with."""

TRIES = 4
LONGEST_WAIT = 65.0
"""Seconds: a group that has had its twenty of a minute. What waits longer is an answer to nobody any more."""

FAULT_PAUSE = 1.0
"""Seconds after a fault of Telegram's own."""

_COUNTED = ("send", "edit", "copy", "forward")
_SIGNS = frozenset({"sendChatAction"})
_IDEMPOTENT = ("get", "set", "delete")
"""What is asked again although nobody knows what became of it: twice is the same as once."""

_ONCE_MORE = "edit"
"""... and what is so once, as others of the chat wait for it. Of an edit that was made before Telegram says then that
nothing is modified, and whoever edits takes that for done."""

_LEFT_ALONE = frozenset({"getUpdates"})  # the library tries it again by itself


class TurnLimiter(BaseRateLimiter[str]):
    """Gives answers their turn, ahead of editions, and tries them again."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace

    async def initialize(self) -> None:
        """Nothing is needed."""

    async def shutdown(self) -> None:
        """Nothing is held."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,  # noqa: ANN401 - the library's own
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: str | None,
    ) -> Any:  # noqa: ANN401 - whatever the call gives
        """See `telegram.ext.BaseRateLimiter`."""
        if rate_limit_args == HAS_TURN or endpoint in _LEFT_ALONE:
            return await callback(*args, **kwargs)
        chat = data.get("chat_id")
        chat_id = chat if isinstance(chat, int) else 0
        counted = endpoint.startswith(_COUNTED) and endpoint not in _SIGNS
        for attempt in range(1, TRIES + 1):
            if counted:
                await self._pace.turn(chat_id, Urgency.ANSWER)
            try:
                return await self._call(callback, args, kwargs, chat_id if counted else None)
            except RetryAfter as error:
                pause = seconds(error)
                self._pace.refused(chat_id, pause)
                if attempt == TRIES or pause > LONGEST_WAIT:
                    raise
                log.info("%s: refused for %.0f s", endpoint, pause)
                if not counted:
                    await asyncio.sleep(pause)  # what is counted waits for its turn, one after another
            except NetworkError as error:
                once_more = endpoint.startswith(_IDEMPOTENT) or (endpoint.startswith(_ONCE_MORE) and attempt == 1)
                lost = not isinstance(error, BadRequest) and once_more
                if attempt == TRIES or not (lost or was_not_accepted(error)):
                    raise
                log.info("%s: %s", endpoint, error)
                await asyncio.sleep(FAULT_PAUSE)
        raise AssertionError("the last attempt returns or raises")  # pragma: no cover

    async def _call(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,  # noqa: ANN401 - the library's own
        kwargs: dict[str, Any],
        counted_to: int | None,
    ) -> Any:  # noqa: ANN401 - whatever the call gives
        with contextlib.nullcontext() if counted_to is None else self._pace.passing(counted_to):
            return await callback(*args, **kwargs)


def seconds(error: RetryAfter) -> float:
    """How long Telegram wants to be left alone."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
