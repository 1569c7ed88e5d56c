"""The Sender port over telegram.Bot: paces, sends, and translates errors into reactions."""

from datetime import timedelta
from typing import Any

import httpx
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
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
from bot.render import Keyboard, read_keyboard
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

_BEFORE_SENDING = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
"""What httpx raises when nothing had been sent yet, so that the message cannot have been accepted."""

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


class TelegramSender:
    """Sends parts of digests, no faster than Telegram allows."""

    def __init__(self, bot: ExtBot[Any], pace: Pace) -> None:
        """pace: shared with everything else that writes."""
        self._bot = bot
        self._pace = pace

    async def send(self, chat_id: int, part: Part) -> int:
        """See `digests.ports.Sender`."""
        try:
            message = await self._bot.send_message(
                chat_id,
                part.text,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                disable_notification=part.silent,
                reply_markup=markup(read_keyboard(part.keyboard)),
                reply_parameters=ReplyParameters(part.reply_to, allow_sending_without_reply=True)
                if part.reply_to
                else None,
                message_thread_id=part.thread,
                rate_limit_args=HAS_TURN,
            )
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
            # Without a cause it is an HTTP status: the server answered that it failed.
            if error.__cause__ is None or isinstance(error.__cause__, _BEFORE_SENDING):
                raise DeliveryDelayedError(chat_id, retry_in=timedelta()) from error
            raise DeliveryUnknownError(chat_id) from error
        except (InvalidToken, Conflict) as error:  # answers, so the message was not accepted
            raise DeliveryDelayedError(chat_id, retry_in=timedelta(minutes=1)) from error
        except TelegramError as error:
            raise DeliveryUnknownError(chat_id) from error
        return message.message_id

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


def markup(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    """Buttons as Telegram takes them; None for none."""
    if not keyboard:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in keyboard],
    )
