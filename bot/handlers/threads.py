"""Which topic goes into which thread of a forum."""

import logging
from collections.abc import Awaitable, Callable

from telegram import ChatMemberAdministrator, Update
from telegram.error import BadRequest, RetryAfter

from bot.callbacks import FORGET_THREADS, MAKE_THREADS, THREADS, USE_THREAD, Press
from bot.context import BotContext
from bot.handlers.answers import chat_id, off_loop, reply, show, thread_of, toast
from bot.handlers.places import is_forum
from bot.place_screens import MAX_NAME, threads_screen, without_thread
from bot.render import shorten
from bot.texts import texts_in
from digests.errors import UnknownSubscriberError, UnknownTopicError
from digests.subscribers import Profile

log = logging.getLogger(__name__)


async def thread(update: Update, context: BotContext) -> None:
    """/thread: what goes into this thread, and which topics have one."""
    profile = await off_loop(context.services.subscribers.profile, chat_id(update))
    if not is_forum(update):
        await reply(update, texts_in(profile.subscriber.language).say("threads-none"))
        return
    await _show(update, context, profile)


async def press(update: Update, context: BotContext, pressed: Press) -> None:
    """A button about threads; one of another chat's kind, or of another time, is out of date."""
    texts = await off_loop(context.texts, update)
    if not is_forum(update):
        await toast(update, texts.plain("stale-button"), alert=True)
        return
    try:
        await _PRESSES[pressed.action](update, context, pressed.value)
    except UnknownTopicError:
        await toast(update, texts.plain("stale-button"))
        await _show(update, context, await off_loop(context.services.subscribers.profile, chat_id(update)))
    except UnknownSubscriberError:
        await toast(update, texts.plain("not-joined"), alert=True)


def understands(pressed: Press) -> bool:
    """Whether the button belongs here."""
    return pressed.action in _PRESSES


async def _threads(update: Update, context: BotContext, _value: str) -> None:
    profile = await off_loop(context.services.subscribers.profile, chat_id(update))
    await toast(update)
    await _show(update, context, profile)


async def _use(update: Update, context: BotContext, value: str) -> None:
    here = thread_of(update)
    places = context.services.places
    place = await off_loop(places.place, chat_id(update))
    used = place.threads.get(value) if value else place.home
    await off_loop(places.use_thread, chat_id(update), value or None, None if used == here else here)
    profile = await off_loop(context.services.subscribers.profile, chat_id(update))
    await toast(update, texts_in(profile.subscriber.language).plain("saved"))
    await _show(update, context, profile)


async def _make(update: Update, context: BotContext, _value: str) -> None:
    """Each thread is noted before the next is made, so that a refusal on the way loses none."""
    services = context.services
    profile = await off_loop(services.subscribers.profile, chat_id(update))
    texts = texts_in(profile.subscriber.language)
    await toast(update)
    place = await off_loop(services.places.place, chat_id(update))
    for topic in without_thread(profile, place):
        name = shorten(topic.name(texts.language), MAX_NAME)
        try:
            made = await context.bot.create_forum_topic(chat_id(update), name)
        except RetryAfter:
            await reply(update, texts.say("threads-later"))
            break
        except BadRequest as error:
            log.info("no thread in chat %d: %s", chat_id(update), error)
            break  # the screen says which right is lacking
        await off_loop(services.places.use_thread, chat_id(update), topic.slug, made.message_thread_id)
    await _show(update, context, profile)


async def _forget(update: Update, context: BotContext, _value: str) -> None:
    await off_loop(context.services.places.forget_threads, chat_id(update))
    await _threads(update, context, "")


async def _show(update: Update, context: BotContext, profile: Profile) -> None:
    place = await off_loop(context.services.places.place, chat_id(update))
    can_make = await _can_make(update, context)
    await show(update, threads_screen(profile, place, here=thread_of(update), can_make=can_make))


async def _can_make(update: Update, context: BotContext) -> bool:
    member = await context.bot.get_chat_member(chat_id(update), context.bot.id)
    return isinstance(member, ChatMemberAdministrator) and bool(member.can_manage_topics)


_PRESSES: dict[str, Callable[[Update, BotContext, str], Awaitable[None]]] = {
    THREADS: _threads,
    MAKE_THREADS: _make,
    USE_THREAD: _use,
    FORGET_THREADS: _forget,
}
