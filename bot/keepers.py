"""Writing privately to those who let the bot into groups and channels: it can't say there that it may not write."""

import asyncio
import logging

from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.callbacks import RESUME, SET_UP, Press
from bot.render import Keyboard
from bot.sender import NO_PREVIEW, markup
from bot.texts import Markup, Texts, texts_in
from digests.model import KnownChat
from digests.places import Places
from digests.subscribers import Subscribers

log = logging.getLogger(__name__)


class Keepers:
    """The people who answer for groups and channels."""

    def __init__(self, bot: Bot, subscribers: Subscribers, places: Places, *, language: str) -> None:
        """language: of people who have not chosen one."""
        self._bot = bot
        self._subscribers = subscribers
        self._places = places
        self._language = language

    async def barred(self, chat_id: int, *, told_to: int | None = None) -> None:
        """Tell whoever let the bot in, or that person, that the chat is paused because the bot may not write there."""
        known = await asyncio.to_thread(self._places.known, chat_id)
        if known is None:
            log.warning("chat %d is paused: no right to write there, and nobody to tell", chat_id)
            return
        keeper = told_to or known.keeper_id
        texts = texts_in(await asyncio.to_thread(self._subscribers.language, keeper) or self._language)
        button = (texts.plain("button-resume"), Press(RESUME, target=chat_id).data())
        await self.write(keeper, barred_text(known, texts), [[button]])

    async def arrived(self, known: KnownChat, texts: Texts) -> None:
        """Offer whoever let the bot in to set the chat up."""
        button = (texts.plain("button-set-up"), Press(SET_UP, target=known.chat_id).data())
        await self.write(known.keeper_id, texts.say("place-arrived", title=known.title), [[button]])

    async def write(self, user_id: int, text: str, keyboard: Keyboard) -> None:
        """Write to the person, unless they never pressed Start: then nothing can be written."""
        try:
            await self._bot.send_message(
                user_id,
                text,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                reply_markup=markup(keyboard),
            )
        except TelegramError as error:
            log.info("user %d can't be told: %s", user_id, error)


def barred_text(known: KnownChat, texts: Texts) -> Markup:
    """Which right is lacking, and what to do about it."""
    return texts.say("place-barred", title=known.title, kind="channel" if known.is_channel else "group")
