"""The answer that every press of a button is owed: Telegram's apps show a spinner until it comes, and give up on it."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextvars import ContextVar
from datetime import timedelta

from telegram import CallbackQuery
from telegram.error import BadRequest, TelegramError

log = logging.getLogger(__name__)

PATIENCE = timedelta(seconds=0.6)
"""After so long a press is answered without a word: a person takes a longer silence for a fault."""

MAX_TOAST = 200
"""Characters of an answer (Bot API, answerCallbackQuery)."""


class PressAnswer:
    """The one answer to a press: with words if these come in time, else without."""

    def __init__(self, query: CallbackQuery) -> None:
        self._query = query
        self._is_given = False

    async def give(self, text: str = "", *, alert: bool = False) -> bool:
        """Answer; whether the words were surely taken. Where that fails, what the press is for goes on all the same."""
        if self._is_given:
            return False
        self._is_given = True
        try:
            await self._query.answer(text[:MAX_TOAST] or None, show_alert=alert)
        except TelegramError as error:
            is_old = isinstance(error, BadRequest) and "query is too old" in error.message.casefold()
            log.log(logging.INFO if is_old else logging.WARNING, "a press can't be answered: %s", error)
            return False
        return True

    async def give_after(self, patience: asyncio.Task[None]) -> None:
        """Answer without words once patience ends, if nothing was said by then; not where it is cancelled."""
        await asyncio.wait({patience})
        if not patience.cancelled():
            await self.give()


_current: ContextVar[PressAnswer | None] = ContextVar("press", default=None)


def current_press() -> PressAnswer | None:
    """The answer owed to the press that is being handled; None outside of presses."""
    return _current.get()


@contextlib.asynccontextmanager
async def answering(query: CallbackQuery | None) -> AsyncIterator[None]:
    """Within, the press is answered in time whatever happens, be it waiting for its turn."""
    if query is None:
        yield
        return
    answer = PressAnswer(query)
    token = _current.set(answer)
    patience = asyncio.create_task(asyncio.sleep(PATIENCE.total_seconds()))
    in_time = asyncio.create_task(answer.give_after(patience))
    try:
        yield
    finally:
        patience.cancel()
        _current.reset(token)
        await answer.give()
        await in_time  # what it has begun to say it says to the end
