"""A digest on demand."""

from datetime import timedelta

from telegram import Update

from bot.callbacks import LAST, SCREEN, Press
from bot.context import BotContext
from bot.handlers.answers import chat_id, command_text, off_loop, reply, typing
from bot.render import digest_messages, read_keyboard
from bot.screens import next_edition
from bot.texts import NONE, texts_in
from digests.model import EditionKind
from digests.subscribers import Profile

MOST_MINUTES = 60
"""Of reading in one digest."""

LOOKS, BETWEEN_LOOKS = 12, timedelta(seconds=2)
"""How often, and how far apart, to look whether a gathering pass that is under way has brought anything."""


async def command(update: Update, context: BotContext) -> None:
    """/digest, /digest TOPIC, /digest MINUTES, or both in any order"""
    context.application.create_task(digest_now(update, context), update=update)


async def digest_now(update: Update, context: BotContext) -> None:
    """What is new to the reader; a word about it when nothing is."""
    services = context.services
    profile = await off_loop(services.subscribers.profile, chat_id(update))
    texts = texts_in(profile.subscriber.language)
    asked = _asked(command_text(update) if update.callback_query is None else "", profile)
    if asked is None:
        known = ", ".join(topic.name(profile.subscriber.language) for topic in profile.topics)
        await reply(update, texts.say("digest-usage", topics=known or "–"))
        return
    topic, minutes = asked
    if not profile.subscription.topics and topic is None:
        button = (texts.plain("button-topics"), Press(SCREEN, "topics").data())
        await reply(update, texts.say("no-topics-followed"), [[button]])
        return
    await typing(update)
    since = await off_loop(services.publisher.last_told_at, chat_id(update))
    if await services.publisher.digest_now(chat_id(update), topic=topic, minutes=minutes):
        return
    # Just after a start, or after a feed was added, the news may be on its way.
    for _ in range(LOOKS):
        if not services.gatherer.is_gathering:
            break
        await services.gatherer.finish(BETWEEN_LOOKS)
        if await services.publisher.digest_now(chat_id(update), topic=topic, minutes=minutes):
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
    """What the reader's settings bring, as it would look; it counts as told to nobody."""
    services = context.services
    profile = await off_loop(services.subscribers.profile, chat_id(update))
    digest = await off_loop(services.publisher.preview, chat_id(update))
    language = profile.subscriber.language
    parts = await off_loop(digest_messages, digest, EditionKind.ON_DEMAND, language)
    await reply(update, texts_in(language).say("preview-head"))
    for part in parts:
        await reply(update, part.text)


async def last_digest(update: Update, context: BotContext) -> None:
    """The latest digest once more, as it was."""
    for part in await context.services.publisher.last_digest(chat_id(update)):
        await reply(update, part.text, read_keyboard(part.keyboard))
