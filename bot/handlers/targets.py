"""Groups and channels, set up by their admins from the private chat.

A button that acts on another chat names it (`bot.callbacks.Press.target`). Anybody can send any data, so that each
press is taken only after Telegram has said that the person is an admin there now.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from types import ModuleType

from telegram import Chat, ChatMember, ChatMemberAdministrator, ChatMemberRestricted, ChatMemberUpdated, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.callbacks import (
    DIGEST,
    DROP_WORD,
    PERSONAL,
    SCREEN,
    SET_UP,
    STOP,
    STOP_QUESTION,
    UNFOLLOW,
    UNMUTE,
    Press,
)
from bot.context import BotContext
from bot.handlers import readers, stories
from bot.handlers.answers import Target, acting_on, chat_id, off_loop, reply, show, toast
from bot.handlers.places import noted, screen_here
from bot.handlers.rights import ADMINS
from bot.place_screens import chats_screen
from bot.screens import Screen
from digests.errors import UnknownSubscriberError
from digests.model import SubscriberState

CLOSED = frozenset({ChatMemberStatus.BANNED, ChatMemberStatus.LEFT})

LOOKED_AT_LATELY = timedelta(minutes=10)
"""Admins looked at since then are not asked for again."""

LOOKED_AT_ONCE = 30
"""Chats whose admins are asked for when somebody wants the list: each is two calls."""


async def membership(context: BotContext, change: ChatMemberUpdated) -> None:
    """The bot was let into a group or channel, thrown out, or given other rights there."""
    chat, services = change.chat, context.services
    may, might = may_write(chat, change.new_chat_member), may_write(chat, change.old_chat_member)
    if may is None:
        await off_loop(services.subscribers.gone, chat.id)
        await off_loop(services.places.left, chat.id)
        return
    known = await noted(context, chat, change.from_user.id)
    texts = await off_loop(context.texts_of, change.from_user)
    if not may:
        await off_loop(services.subscribers.barred, chat.id)
        if might is not False:
            await services.keepers.barred(chat.id, told_to=change.from_user.id)
        return
    await off_loop(services.subscribers.back, chat.id)
    if not might and known.is_channel:
        await services.keepers.arrived(known, texts)


def may_write(chat: Chat, member: ChatMember) -> bool | None:
    """Whether such a member may write in the chat; None for one who is not in it, or sees a channel as its reader."""
    if member.status in CLOSED or (isinstance(member, ChatMemberRestricted) and not member.is_member):
        return None
    if chat.type == ChatType.CHANNEL:
        return bool(member.can_post_messages) if isinstance(member, ChatMemberAdministrator) else None
    return bool(member.can_send_messages) if isinstance(member, ChatMemberRestricted) else True


async def barred(update: Update, context: BotContext) -> None:
    """An answer was refused because the bot may not write in the group: the admin who asked is told privately."""
    chat, user, services = update.effective_chat, update.effective_user, context.services
    assert chat is not None  # answers are for chats
    paused = await off_loop(services.subscribers.barred, chat.id)
    if user is not None and await _is_admin(context, chat.id, user.id):
        await services.keepers.barred(chat.id, told_to=user.id)
    elif paused:
        await services.keepers.barred(chat.id)


async def chats(update: Update, context: BotContext) -> None:
    """/channels, and the button: what groups and channels the person administers."""
    user = update.effective_user
    assert user is not None  # private messages and presses have a sender
    if update.callback_query is not None:
        await toast(update)
    await _look_again(context)
    mine = await off_loop(context.services.places.of_admin, user.id)
    texts = await off_loop(context.texts_of, user)
    await show(update, chats_screen(mine, texts))


async def press(update: Update, context: BotContext, pressed: Press) -> None:
    """A button that acts on a group or channel."""
    target = await _target(update, context, pressed)
    if target is None:
        return
    with acting_on(target):
        handlers = _handlers(pressed)
        if pressed.action in _OWN:
            try:
                await _OWN[pressed.action](update, context, target)
            except UnknownSubscriberError:
                await toast(update, (await off_loop(context.texts, update)).plain("place-not-set-up"), alert=True)
        elif handlers is not None:
            await handlers.press(update, context, pressed)
        else:
            await toast(update, (await off_loop(context.texts, update)).plain("stale-button"), alert=True)


def _handlers(pressed: Press) -> ModuleType | None:
    """Whose button it is: a reader's own affairs are none of another chat's."""
    if readers.understands(pressed) and pressed.action not in PERSONAL:
        return readers
    return stories if pressed.action in {UNMUTE, DROP_WORD, UNFOLLOW} else None


async def _target(update: Update, context: BotContext, pressed: Press) -> Target | None:
    """What the button acts on; None where the person may not, or can't, and is told so."""
    chat, user = update.effective_chat, update.effective_user
    texts = await off_loop(context.texts, update)
    if pressed.target is None or chat is None or user is None or chat.type != ChatType.PRIVATE:
        await toast(update, texts.plain("stale-button"), alert=True)
        return None
    known = await off_loop(context.services.places.known, pressed.target)
    if known is None:
        await toast(update, texts.plain("place-gone"), alert=True)
        return None
    if not await _is_admin(context, known.chat_id, user.id):
        await toast(update, texts.plain("place-admins-only", title=known.title[:60]), alert=True)
        return None
    return Target(chat_id=known.chat_id, title=known.title, is_channel=known.is_channel)


async def _is_admin(context: BotContext, chat: int, user_id: int) -> bool:
    """Asks Telegram; nobody is one where it does not tell."""
    try:
        return (await context.bot.get_chat_member(chat, user_id)).status in ADMINS
    except (BadRequest, ChatMigrated, Forbidden):
        return False


async def _look_again(context: BotContext) -> None:
    """Ask anew who administers the chats that were not looked at lately; those that the bot is not in are let go."""
    services = context.services
    since = services.clock() - LOOKED_AT_LATELY
    for known in await off_loop(services.places.unchecked_since, since, limit=LOOKED_AT_ONCE):
        try:
            chat = await context.bot.get_chat(known.chat_id)
            admins = await context.bot.get_chat_administrators(known.chat_id)
        except ChatMigrated as error:
            await off_loop(services.subscribers.move, known.chat_id, error.new_chat_id)
        except (BadRequest, Forbidden):
            await off_loop(services.places.left, known.chat_id)
        except TelegramError:
            return  # not now: what is remembered has to do
        else:
            found = frozenset(one.user.id for one in admins)
            fresh = replace(known, title=chat.title or known.title, admin_ids=found, checked_at=services.clock())
            await off_loop(services.places.note, fresh)


async def _set_up(update: Update, context: BotContext, target: Target) -> None:
    """The first press enters the chat as a reader: in the language and zone of its admin, who can change both."""
    user = update.effective_user
    assert user is not None  # a press has a sender
    subscribers = context.services.subscribers
    language = (await off_loop(context.texts_of, user)).language
    is_new = await off_loop(subscribers.language, target.chat_id) is None
    profile = await off_loop(subscribers.join, target.chat_id, language=language)
    if is_new:
        try:
            own = await off_loop(subscribers.profile, user.id)
        except UnknownSubscriberError:
            pass
        else:
            profile = await off_loop(subscribers.set_zone, target.chat_id, own.subscription.zone)
    await toast(update)
    name = "topics" if profile.subscriber.state is SubscriberState.JOINING else "settings"
    await show(update, await screen_here(update, context, name, profile))


async def _post_now(update: Update, context: BotContext, target: Target) -> None:
    """A digest into the chat at once; what became of it is told here."""
    texts = await off_loop(context.texts, update)
    await toast(update)
    publisher = context.services.publisher
    if not await publisher.digest_now(target.chat_id):
        await reply(update, texts.say("place-nothing-new", title=target.title))
    elif await off_loop(publisher.is_delivered, target.chat_id):
        await reply(update, texts.say("place-posted", title=target.title))
    else:
        await reply(update, texts.say("place-not-posted", title=target.title))


async def _ask_to_erase(update: Update, context: BotContext, target: Target) -> None:
    texts = await off_loop(context.texts, update)
    await toast(update)
    buttons = [
        [(texts.plain("button-really-leave"), Press(STOP).data())],
        [(texts.plain("button-cancel"), Press(SCREEN, "settings").data())],
    ]
    await show(update, Screen(texts.say("place-erase-question", title=target.title), buttons))


async def _erase(update: Update, context: BotContext, target: Target) -> None:
    texts = await off_loop(context.texts, update)
    await off_loop(context.services.subscribers.erase, chat_id(update))
    await toast(update)
    await show(update, Screen(texts.say("place-erased", title=target.title), []))


_OWN: dict[str, Callable[[Update, BotContext, Target], Awaitable[None]]] = {
    SET_UP: _set_up,
    DIGEST: _post_now,
    STOP_QUESTION: _ask_to_erase,
    STOP: _erase,
}
