"""Telling readers of an edition of which nobody knows whether it arrived: they can see, and have it at a press."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.callbacks import LAST, Press
from bot.render import Keyboard
from bot.texts import texts_in
from digests.subscribers import Subscribers

Write = Callable[[int, str, Keyboard], Awaitable[None]]


class Doubts:
    """What was sent and never confirmed is not sent again, as it would come twice to most; it is offered."""

    def __init__(self, subscribers: Subscribers, write: Write, *, language: str) -> None:
        """write: a message to a person, given up where it fails. language: of who has not chosen one."""
        self._subscribers = subscribers
        self._write = write
        self._language = language

    async def tell(self, chat_id: int) -> None:
        """Offer the latest edition once more. Groups and channels are not bothered; their ledger says so."""
        if chat_id < 0:
            return
        texts = texts_in(await asyncio.to_thread(self._subscribers.language, chat_id) or self._language)
        button = (texts.plain("button-last"), Press(LAST).data())
        await self._write(chat_id, texts.say("digest-in-doubt"), [[button]])
