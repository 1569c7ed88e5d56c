"""The Sender port over telegram.Bot: paces, sends, and translates errors into reactions."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import ExtBot

from bot.limiter import HAS_TURN, seconds
from bot.pace import Pace, Urgency
from bot.plain import plain_messages
from bot.render import Keyboard, read_keyboard
from bot.request import was_not_accepted
from digests.errors import (
    ChatMovedError,
    DeliveryDelayedError,
    DeliveryError,
    DeliveryRefusedError,
    DeliveryUnknownError,
    SubscriberGoneError,
    ThreadGoneError,
    WritingBarredError,
)
from digests.model import EditionKind, Part

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

_CLOSED = ("chat not found", "user not found", "bot can't initiate", "peer_id_invalid")

_BARRED = (
    "need administrator rights in the channel chat",
    "not enough rights to send",
    "have no rights to send",
    "chat_write_forbidden",
    "chat_restricted",
    "topic_closed",  # of General: other threads are left for it
)

_THREAD_GONE = ("message thread not found", "topic_closed", "topic_deleted")

_TEXT_REFUSED = ("can't parse entities", "is too long", "message_too_long", "entity_", "entities_too_long", "entity ")
_BUTTONS_REFUSED = ("button", "reply markup", "reply_markup", "keyboard")
"""What begins, or is within, the refusals of a text and of what stands below it (telegram-bot-api and TDLib)."""

log = logging.getLogger(__name__)


class TelegramSender:
    """Sends parts of digests, no faster than Telegram allows."""

    def __init__(self, bot: ExtBot[Any], pace: Pace, *, is_paid: bool = False) -> None:
        """pace: shared with everything else that writes. is_paid: what goes to many may cost Stars, to be faster."""
        self._bot = bot
        self._pace = pace
        self._is_paid = is_paid

    async def send(self, chat_id: int, part: Part, kind: EditionKind = EditionKind.ON_DEMAND) -> int:
        """See `digests.ports.Sender`.

        A text that Telegram refuses for its markup or its length is sent again as plain text, in as many messages as
        it takes; one that is refused for its buttons, without them.
        """
        try:
            return await self._send(chat_id, part, ParseMode.HTML, kind)
        except DeliveryRefusedError as error:
            reason = error.__cause__.message if isinstance(error.__cause__, BadRequest) else ""
            plainer = list(_plainer(part, reason.casefold()))
            if not plainer:
                raise
            log.warning("chat %d: refused (%s), so sent plainer", chat_id, reason)
        mode = ParseMode.HTML if plainer[0].text == part.text else None
        await self._pace.turn(chat_id, Urgency.ANSWER)
        message_id = await self._send(chat_id, plainer[0], mode, kind)
        for one in plainer[1:]:
            await self._pace.turn(chat_id, Urgency.ANSWER)  # the reader is at it, and Telegram takes short bursts
            try:
                message_id = await self._send(chat_id, one, mode, kind)
            except DeliveryError as error:
                # A part of the text has arrived, so that all of it must not come again.
                raise DeliveryUnknownError(chat_id) from error
        return message_id

    async def _send(self, chat_id: int, part: Part, mode: str | None, kind: EditionKind) -> int:
        try:
            with self._pace.passing(chat_id):
                message = await self._ask(chat_id, part, mode, kind)
        except Forbidden as error:
            barred = is_barred(error)
            raise (WritingBarredError if barred else SubscriberGoneError)(chat_id) from error
        except ChatMigrated as error:
            raise ChatMovedError(chat_id, error.new_chat_id) from error
        except RetryAfter as error:
            self._pace.refused(chat_id, seconds(error))
            raise DeliveryDelayedError(chat_id, retry_in=timedelta(seconds=seconds(error))) from error
        except BadRequest as error:  # before NetworkError, of which it is a subclass
            raise _refusal(error, chat_id, part.thread) from error
        except NetworkError as error:
            if was_not_accepted(error):
                raise DeliveryDelayedError(chat_id, retry_in=timedelta()) from error
            raise DeliveryUnknownError(chat_id) from error
        except (InvalidToken, Conflict) as error:  # answers, so the message was not accepted
            raise DeliveryDelayedError(chat_id, retry_in=timedelta(minutes=1)) from error
        except TelegramError as error:
            raise DeliveryUnknownError(chat_id) from error
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            # Accepted, and the answer is no message: the library has no error for that.
            raise DeliveryUnknownError(chat_id) from error
        return message.message_id

    async def _ask(self, chat_id: int, part: Part, mode: str | None, kind: EditionKind) -> Message:
        return await self._bot.send_message(
            chat_id,
            part.text,
            parse_mode=mode,
            link_preview_options=NO_PREVIEW,
            disable_notification=part.silent,
            reply_markup=_buttons(part.keyboard),
            reply_parameters=ReplyParameters(part.reply_to, allow_sending_without_reply=True)
            if part.reply_to
            else None,
            message_thread_id=part.thread,
            allow_paid_broadcast=(self._is_paid and kind is not EditionKind.ON_DEMAND) or None,
            rate_limit_args=HAS_TURN,
        )

    async def wait_for_turn(self, chat_id: int, kind: EditionKind) -> None:
        """See `digests.ports.Sender`."""
        await self._pace.turn(chat_id, _URGENCY.get(kind, Urgency.EDITION))


_URGENCY = {EditionKind.ON_DEMAND: Urgency.ANSWER, EditionKind.BROADCAST: Urgency.BROADCAST}


def is_barred(error: TelegramError) -> bool:
    """Whether the bot is in the chat and lacks the right to write there."""
    return any(sign in error.message.casefold() for sign in _BARRED)


def _refusal(error: BadRequest, chat_id: int, thread: int | None) -> DeliveryError:
    """What a refused request asks for."""
    reason = error.message.casefold()
    if thread is not None and any(sign in reason for sign in _THREAD_GONE):
        return ThreadGoneError(chat_id, thread)
    if is_barred(error):
        return WritingBarredError(chat_id)
    if any(sign in reason for sign in _CLOSED):
        return SubscriberGoneError(chat_id)
    return DeliveryRefusedError(chat_id)


def _plainer(part: Part, reason: str) -> Iterator[Part]:
    """The same in a way that Telegram may take; nothing where it was refused for something else."""
    if any(sign in reason for sign in _BUTTONS_REFUSED):
        yield replace(part, keyboard="")
    elif any(sign in reason for sign in _TEXT_REFUSED):
        *first, last = plain_messages(part.text)
        for text in first:
            yield replace(part, text=text, keyboard="")
        yield replace(part, text=last)  # buttons stand below the end


@lru_cache(maxsize=500)  # thousands get the same edition
def _buttons(written: str) -> InlineKeyboardMarkup | None:
    return markup(read_keyboard(written))


def markup(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    """Buttons as Telegram takes them; None for none."""
    if not keyboard:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in keyboard],
    )
