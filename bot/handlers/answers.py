"""Answering: new messages, screens edited in place, toasts."""

import asyncio
import html
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from telegram import Message, Update
from telegram.constants import ChatAction, ChatType, ParseMode
from telegram.error import BadRequest, TelegramError

from bot.callbacks import PERSONAL, addressed, read
from bot.lists import in_messages
from bot.presses import current_press
from bot.render import Keyboard
from bot.screens import Screen
from bot.sender import NO_PREVIEW, markup

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

ROOM = 4_000
"""Characters of HTML up to which a message surely has room for them (4096 UTF-16 units without tags)."""

_UNEDITABLE = ("message can't be edited", "message to edit not found", "there is no text in the message")


@dataclass(frozen=True, kw_only=True)
class Target:
    """A group or channel that its admin sets up from the private chat."""

    chat_id: int
    title: str
    is_channel: bool


_target: ContextVar[Target | None] = ContextVar("target", default=None)


@contextmanager
def acting_on(target: Target) -> Iterator[None]:
    """Within, and in tasks begun within, `chat_id` is the target's, and the buttons of answers act on it.

    Only for whoever has just been found an admin there.
    """
    token = _target.set(target)
    try:
        yield
    finally:
        _target.reset(token)


def target_now() -> Target | None:
    """What is being set up from here; None for the chat of the update itself."""
    return _target.get()


async def off_loop(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call a use case that waits for the database, without making the bot wait."""
    return await asyncio.to_thread(function, *args, **kwargs)


async def reply(update: Update, text: str, keyboard: Keyboard = ()) -> Message:
    """A new message in the chat of the update, in HTML."""
    chat = update.effective_chat
    assert chat is not None  # handlers are for updates of chats
    if keyboard:
        text, keyboard = _addressed(text, keyboard)
    return await chat.send_message(
        text,
        parse_mode=ParseMode.HTML,
        link_preview_options=NO_PREVIEW,
        reply_markup=markup(keyboard),
        message_thread_id=thread_of(update),
    )


async def reply_list(update: Update, blocks: Iterable[str], *, between: str = "\n\n") -> None:
    """The blocks, in as few new messages as hold them."""
    for text in in_messages(blocks, between=between):
        await reply(update, text)


async def show(update: Update, screen: Screen) -> None:
    """The screen: in place of the message whose button was pressed, else as a new message."""
    query = update.callback_query
    if query is None or query.message is None or not query.message.is_accessible:
        await reply(update, screen.text, screen.keyboard)
        return
    text, keyboard = _addressed(screen.text, screen.keyboard)
    try:
        await query.edit_message_text(
            text,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=markup(keyboard),
        )
    except BadRequest as error:
        if is_shown_already(error):
            return  # pressed twice, or asked for twice
        if not any(sign in error.message.casefold() for sign in _UNEDITABLE):
            raise
        await reply(update, screen.text, screen.keyboard)


def is_shown_already(error: TelegramError) -> bool:
    """Whether an edit was refused for changing nothing."""
    return isinstance(error, BadRequest) and "message is not modified" in error.message.casefold()


async def toast(update: Update, text: str = "", *, alert: bool = False) -> None:
    """Answer the press of a button, as each one has to be. What matters and was not surely said so is a message.

    Not in groups: it is for whoever pressed, and others would read it. Where that fails too, the press goes on.
    """
    answer = current_press()
    assert answer is not None  # handlers of presses are called for presses alone
    if await answer.give(text, alert=alert) or not (text and alert):
        return
    if update.effective_chat is not None and update.effective_chat.type == ChatType.PRIVATE:
        try:
            await reply(update, html.escape(text))
        except TelegramError as error:
            log.warning("no words to a press in chat %d: %s", update.effective_chat.id, error)


async def typing(update: Update) -> None:
    """Show that an answer is on its way: a courtesy, so that its failure stops nothing."""
    chat = update.effective_chat
    assert chat is not None  # handlers are for updates of chats
    try:
        await chat.send_action(ChatAction.TYPING, message_thread_id=thread_of(update))
    except TelegramError as error:
        log.info("no typing sign in chat %d: %s", chat.id, error)


def _addressed(text: str, keyboard: Keyboard) -> tuple[str, Keyboard]:
    """With the target's name on top where it fits, and buttons that act on it."""
    target = target_now()
    if target is None:
        return text, keyboard
    named = f"{'📢' if target.is_channel else '👥'} <b>{html.escape(target.title)}</b>\n\n{text}"
    to = target.chat_id
    rows = [
        [(label, addressed(data, to)) for label, data in row if read(data).action not in PERSONAL] for row in keyboard
    ]
    return named if len(named) <= ROOM else text, [row for row in rows if row]


def chat_id(update: Update) -> int:
    """The chat that the update is about: its own, or the one that is being set up from there."""
    target = target_now()
    if target is not None:
        return target.chat_id
    chat = update.effective_chat
    assert chat is not None  # handlers are for updates of chats
    return chat.id


def command_name(update: Update) -> str:
    """The command of the message without its slash, "" for none."""
    message = update.effective_message
    text = (message.text or "") if message else ""
    return text[1:].split(maxsplit=1)[0].partition("@")[0] if text.startswith("/") and len(text) > 1 else ""


def thread_of(update: Update) -> int | None:
    """The thread that the message, or the one with the button, stands in; None for none, and for General."""
    message = update.effective_message
    return message.message_thread_id if message and message.is_topic_message else None


def command_text(update: Update) -> str:
    """What follows the command in the message, line breaks kept."""
    message = update.effective_message
    text = (message.text or "") if message else ""
    first, _, rest = text.partition("\n")
    _, _, words = first.partition(" ")
    return f"{words.strip()}\n{rest}".strip("\n ") if rest else words.strip()
