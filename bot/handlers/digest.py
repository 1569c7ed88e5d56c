"""A digest on demand."""

from datetime import timedelta

from telegram import Update

from bot.callbacks import LAST, SCREEN, Press
from bot.context import BotContext
from bot.handlers.answers import chat_id, off_loop, reply, typing
from bot.render import read_keyboard
from bot.screens import next_edition
from bot.texts import NONE, texts_in

LOOKS, BETWEEN_LOOKS = 12, timedelta(seconds=2)
"""How often, and how far apart, to look whether a gathering pass that is under way has brought anything."""


async def command(update: Update, context: BotContext) -> None:
    """/digest"""
    context.application.create_task(digest_now(update, context), update=update)


async def digest_now(update: Update, context: BotContext) -> None:
    """What is new to the reader; a word about it when nothing is."""
    services = context.services
    profile = await off_loop(services.subscribers.profile, chat_id(update))
    texts = texts_in(profile.subscriber.language)
    if not profile.subscription.topics:
        button = (texts.plain("button-topics"), Press(SCREEN, "topics").data())
        await reply(update, texts.say("no-topics-followed"), [[button]])
        return
    await typing(update)
    since = await off_loop(services.publisher.last_told_at, chat_id(update))
    if await services.publisher.digest_now(chat_id(update)):
        return
    # Just after a start, or after a feed was added, the news may be on its way.
    for _ in range(LOOKS):
        if not services.gatherer.is_gathering:
            break
        await services.gatherer.finish(BETWEEN_LOOKS)
        if await services.publisher.digest_now(chat_id(update)):
            return
    text = texts.say(
        "nothing-new",
        since=texts.moment(since, profile.subscription.zone) if since else NONE,
        next=next_edition(profile, texts),
    )
    await reply(update, text, [[(texts.plain("button-last"), Press(LAST).data())]] if since else [])


async def last_digest(update: Update, context: BotContext) -> None:
    """The latest digest once more, as it was."""
    for part in await context.services.publisher.last_digest(chat_id(update)):
        await reply(update, part.text, read_keyboard(part.keyboard))
