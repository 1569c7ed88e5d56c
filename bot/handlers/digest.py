"""A digest on demand."""

import asyncio
from datetime import timedelta
from weakref import WeakValueDictionary

from telegram import Update

from bot.callbacks import LAST, PREVIEW, SCREEN, Press
from bot.context import BotContext
from bot.handlers.answers import chat_id, command_text, off_loop, reply, show, thread_of, typing
from bot.offers import Previewed
from bot.render import digest_messages, read_keyboard, turns
from bot.screens import Screen, next_edition
from bot.texts import NONE, Markup, texts_in
from digests.model import EditionKind, Place
from digests.subscribers import Profile

MOST_MINUTES = 60
"""Of reading in one digest."""

LOOKS, BETWEEN_LOOKS = 12, timedelta(seconds=2)
"""How often, and how far apart, to look whether a gathering pass that is under way has brought anything."""


async def command(update: Update, context: BotContext) -> None:
    """/digest, /digest TOPIC, /digest MINUTES, or both in any order"""
    # A lock lives as long as somebody waits for it.
    turns: WeakValueDictionary[int, asyncio.Lock] = context.bot_data.setdefault("digest_turns", WeakValueDictionary())
    turn = turns.setdefault(chat_id(update), asyncio.Lock())

    async def one_at_a_time() -> None:
        # Whoever asks twice hears that nothing is new after what is, and not before.
        async with turn:
            await digest_now(update, context)

    context.application.create_task(one_at_a_time(), update=update)


async def digest_now(update: Update, context: BotContext) -> None:
    """What is new to the reader; a word about it when nothing is."""
    services = context.services
    profile = await off_loop(services.subscribers.profile, chat_id(update), tried=False)
    texts = texts_in(profile.subscriber.language)
    asked = _asked(command_text(update) if update.callback_query is None else "", profile)
    if asked is None:
        known = ", ".join(topic.name(profile.subscriber.language) for topic in profile.topics)
        await reply(update, texts.say("digest-usage", topics=known or "–"))
        return
    topic, minutes = asked
    mine = profile.subscription
    if topic is None and not (mine.topics or mine.included or mine.alerts):
        button = (texts.plain("button-topics"), Press(SCREEN, "topics").data())
        await reply(update, texts.say("no-topics-followed"), [[button]])
        return
    await typing(update)
    since = await off_loop(services.publisher.last_told_at, chat_id(update))
    # Just after a start, or after a feed was added, the news may be on its way. Asked before each look, as what comes
    # in the midst of it may not be seen.
    more_may_come = services.gatherer.is_gathering
    for look in range(1 + LOOKS):
        if look:
            more_may_come = not await services.gatherer.finish(BETWEEN_LOOKS) and services.gatherer.is_gathering
        if await services.publisher.digest_now(
            chat_id(update), topic=topic, minutes=minutes, asked_at=Place(home=thread_of(update))
        ):
            return
        if not more_may_come:
            break
    if topic is not None:
        name = next((one.name(texts.language) for one in profile.topics if one.slug == topic), topic)
        await reply(update, texts.say("nothing-new-topic", name=name))
        return
    text = texts.say(
        "nothing-new",
        since=texts.moment(since, profile.subscription.zone) if since else NONE,
        next=next_edition(profile, texts),
    )
    await reply(update, text, [[(texts.plain("button-last"), Press(LAST).data())]] if since else [])


def _asked(given: str, profile: Profile) -> tuple[str | None, int | None] | None:
    """(slug, minutes) of what stands behind the command, each None where nothing is said of it; None for neither."""
    rest, minutes = given.casefold().split(), None
    for word in rest:
        if word.isdecimal() and 1 <= int(word) <= MOST_MINUTES:
            minutes = int(word)
            rest.remove(word)
            break
    if not rest:
        return None, minutes
    wanted = " ".join(rest)
    for topic in profile.topics:
        if wanted in {topic.slug, *(name.casefold() for name in topic.names.values())}:
            return topic.slug, minutes
    return None


async def preview(update: Update, context: BotContext) -> None:
    """What the latest edition would have been by the settings of now, or those tried; it counts as told to nobody."""
    services = context.services
    profile = await off_loop(services.subscribers.profile, chat_id(update))
    digest = await off_loop(services.publisher.preview_of_edition, chat_id(update))
    texts = texts_in(profile.subscriber.language)
    pages = await off_loop(digest_messages, digest, EditionKind.SCHEDULED, texts.language, paged=False)
    name = services.searches.add(Previewed(pages))
    at = texts.moment(digest.edition_at, digest.zone)
    await reply(update, texts.say("preview-head", at=at, tried="tried" if profile.is_trying else NONE))
    await reply(update, pages[0].text, turns(PREVIEW, name, 0, len(pages)))


async def turn_preview(update: Update, context: BotContext, value: str) -> bool:
    """Turn a preview to another page; False where it is kept no longer."""
    name, _, page = value.partition(".")
    shown = context.services.searches.get(name, Previewed)
    if shown is None or not page.isdecimal() or int(page) >= len(shown.pages):
        return False
    keyboard = turns(PREVIEW, name, int(page), len(shown.pages))
    await show(update, Screen(Markup(shown.pages[int(page)].text), keyboard))
    return True


async def last_digest(update: Update, context: BotContext) -> None:
    """The latest digest once more, as it was."""
    publisher = context.services.publisher
    delivery_id, messages = await off_loop(publisher.last_digest, chat_id(update))
    for number, part in messages.items():
        message = await reply(update, part.text, read_keyboard(part.keyboard))
        await off_loop(publisher.shown_again, delivery_id, number, message.message_id)
