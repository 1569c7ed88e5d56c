"""The order of updates: those of one chat one after another, those of different chats side by side."""

import asyncio
from collections.abc import Awaitable, Coroutine

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.presses import answering

AT_ONCE = 64
"""Updates that are handled side by side. More may wait for their turn; presses are answered in time all the same."""

_NO_LIMIT = 1_000_000


class PerChatProcessor(BaseUpdateProcessor):
    """Keeps the presses and messages of one chat in order, so that its screens show the latest of them."""

    def __init__(self) -> None:
        super().__init__(max_concurrent_updates=_NO_LIMIT)  # whoever waits outside is not answered in time
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._turns: dict[int, asyncio.Lock] = {}
        self._waiting: dict[int, int] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[object]) -> None:
        """Handle the update when its chat's earlier ones are done."""
        try:
            if not isinstance(update, Update):
                await coroutine
                return
            async with answering(update.callback_query):
                await self._in_turn(update, coroutine)
        finally:
            if isinstance(coroutine, Coroutine):
                coroutine.close()  # where the bot was told to stop before its turn came

    async def _in_turn(self, update: Update, coroutine: Awaitable[object]) -> None:
        chat = update.effective_chat
        if chat is None:
            async with self._slots:
                await coroutine
            return
        turn = self._turns.setdefault(chat.id, asyncio.Lock())
        self._waiting[chat.id] = self._waiting.get(chat.id, 0) + 1
        try:
            async with turn, self._slots:
                await coroutine
        finally:
            self._waiting[chat.id] -= 1
            if not self._waiting[chat.id]:
                del self._waiting[chat.id], self._turns[chat.id]

    async def initialize(self) -> None:
        """Nothing is needed."""

    async def shutdown(self) -> None:
        """Nothing is held."""
