"""What screens and help say besides, by the kind of chat they stand in."""

import logging

from telegram import Chat, Update
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.callbacks import CHATS, STOP_QUESTION, Press
from bot.context import BotContext
from bot.handlers.answers import chat_id, off_loop, target_now, thread_of
from bot.place_screens import threads_button
from bot.screens import Screen, screen
from bot.texts import Markup, Texts, texts_in
from digests.model import KnownChat
from digests.subscribers import Profile

log = logging.getLogger(__name__)


def is_forum(update: Update) -> bool:
    """Whether the update's chat has threads."""
    return bool(update.effective_chat and update.effective_chat.is_forum)


def is_private(update: Update) -> bool:
    """Whether somebody is alone with the bot."""
    return update.effective_chat is not None and update.effective_chat.type == ChatType.PRIVATE


async def screen_here(update: Update, context: BotContext, name: str, profile: Profile) -> Screen:
    """The screen of that name, with what only chats of this kind can settle.

    Raises:
        KeyError: there is no such screen.
    """
    shown = screen(name, profile, context.services.clock())
    texts = texts_in(profile.subscriber.language)
    target = target_now()
    if target is not None:
        back = [(texts.plain("button-chats"), Press(CHATS).data())]
        erase = [(texts.plain("button-erase"), Press(STOP_QUESTION).data())]
        text = Markup(f"{shown.text}\n\n{texts.say('place-typing')}")
        return Screen(text, [*shown.keyboard, *([erase] if name == "settings" else []), back])
    if name != "settings":
        return shown
    rows = [threads_button(texts)] if is_forum(update) else []
    if await _administers(update, context):
        rows.append([(texts.plain("button-chats"), Press(CHATS).data())])
    return Screen(shown.text, [*shown.keyboard, *rows])


async def _administers(update: Update, context: BotContext) -> bool:
    """Whether somebody, alone with the bot, is known to administer any group or channel that it is in."""
    user = update.effective_user
    if user is None or not is_private(update):
        return False
    return bool(await off_loop(context.services.places.of_admin, user.id))


def help_here(update: Update, context: BotContext, texts: Texts) -> list[Markup]:
    """What /help says besides: of sharing where that is switched on, and of threads where there are some."""
    shares = context.bot.bot.supports_inline_queries
    return [
        *([texts.say("help-inline", bot=context.bot.username)] if shares else []),
        *([texts.say("help-threads")] if is_forum(update) else []),
        *([texts.say("help-channels")] if is_private(update) else []),
    ]


async def noted(context: BotContext, chat: Chat, keeper_id: int) -> KnownChat:
    """The group or channel as it is now, remembered."""
    try:
        admins = {one.user.id for one in await context.bot.get_chat_administrators(chat.id)}
    except TelegramError as error:
        log.info("the admins of chat %d can't be told: %s", chat.id, error)
        admins = {keeper_id}
    known = KnownChat(
        chat_id=chat.id,
        title=chat.title or str(chat.id),
        is_channel=chat.type == ChatType.CHANNEL,
        keeper_id=keeper_id,
        admin_ids=frozenset(admins),
        checked_at=context.services.clock(),
    )
    await off_loop(context.services.places.note, known)
    return known


async def started(update: Update, context: BotContext) -> None:
    """An admin started the bot in a group: they answer for it; what has no thread of its own goes to where it was."""
    chat, user = update.effective_chat, update.effective_user
    if chat is not None and user is not None and chat.type != ChatType.PRIVATE:
        await noted(context, chat, user.id)
    if is_forum(update):
        await off_loop(context.services.places.use_thread, chat_id(update), None, thread_of(update))
