"""Topics and feeds in the chat, for admins. Rights are checked on every command and on every press."""

import html
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime
from functools import wraps

from telegram import Update

from bot.callbacks import (
    CANCEL,
    REMOVE_FEED,
    REMOVE_TOPIC,
    Press,
)
from bot.context import BotContext
from bot.handlers.answers import command_text, off_loop, reply, show, toast, typing
from bot.render import Keyboard
from bot.screens import Screen
from bot.texts import NONE, Markup, Texts
from bot.topic_text import changed_topic, new_topic, slug_of
from digests.curate.topics import check
from digests.desk import FeedHealth, TopicReach
from digests.errors import NewsDigestError, UnknownFeedError
from digests.gather.urls import web_address
from digests.model import Topic

IN_ONE_MESSAGE = 3500
"""Characters of a list; what is longer goes into further messages."""


def admins_only(
    handler: Callable[[Update, BotContext], Awaitable[None]],
) -> Callable[[Update, BotContext], Awaitable[None]]:
    """The handler for admins; everybody else is told that it is not for them."""

    @wraps(handler)
    async def guarded(update: Update, context: BotContext) -> None:
        if context.is_admin(update):
            await handler(update, context)
            return
        texts = await off_loop(context.texts, update)
        await reply(update, texts.say("admin-only"))

    return guarded


@admins_only
async def topic(update: Update, context: BotContext) -> None:
    """/topic, /topic add …, /topic edit …, /topic remove …"""
    texts = await off_loop(context.texts, update)
    action, _, rest = command_text(update).partition(" ")
    action, newline, below = action.partition("\n")
    given = f"{rest}{newline}{below}".strip()
    try:
        match action.casefold():
            case "add" | "new":
                wanted = new_topic(given, texts.language)
                await _take_topic(update, context, wanted, context.services.desk.add_topic, "topic-added")
            case "edit" | "change":
                before = await off_loop(context.services.desk.topic, slug_of(given))
                wanted = changed_topic(given, before, texts.language)
                await _take_topic(update, context, wanted, context.services.desk.replace_topic, "topic-changed")
            case "remove" | "delete":
                known = await off_loop(context.services.desk.topic, given.casefold())
                await _ask(update, texts, "topic-remove-question", known.name(texts.language), REMOVE_TOPIC, known.slug)
            case _:
                await _list_topics(update, context, texts)
    except NewsDigestError as error:
        await reply(update, texts.error(error))


@admins_only
async def feeds(update: Update, context: BotContext) -> None:
    """/feeds, /feeds add ADDRESS, /feeds remove NUMBER"""
    texts = await off_loop(context.texts, update)
    action, _, given = command_text(update).partition(" ")
    match action.casefold():
        case "add" | "new":
            addresses = [web_address(one) or web_address(f"https://{one}") for one in given.split()]
            context.application.create_task(_add_feeds(update, context, addresses, texts), update=update)
        case "remove" | "delete":
            try:
                found = await off_loop(_feed, context, given.strip())
            except NewsDigestError as error:
                await reply(update, texts.error(error))
                return
            feed = found.feed
            await _ask(update, texts, "feed-remove-question", feed.title or feed.url, REMOVE_FEED, str(feed.id))
        case _:
            await _list_feeds(update, context, texts)


async def press(update: Update, context: BotContext, pressed: Press) -> None:
    """An admin's button."""
    texts = await off_loop(context.texts, update)
    if not context.is_admin(update):
        await toast(update, texts.plain("admin-only"), alert=True)
        return
    await toast(update)
    desk = context.services.desk
    try:
        if pressed.action == REMOVE_TOPIC:
            gone = (await off_loop(desk.remove_topic, pressed.value)).name(texts.language)
            await show(update, Screen(texts.say("topic-removed", name=gone), []))
        elif pressed.action == REMOVE_FEED:
            feed = await off_loop(desk.remove_feed, int(pressed.value))
            await show(update, Screen(texts.say("feed-removed", title=feed.title or feed.url), []))
        else:
            await show(update, Screen(texts.say("cancelled"), []))
    except NewsDigestError as error:
        await show(update, Screen(texts.error(error), []))


def understands(pressed: Press) -> bool:
    """Whether the button is an admin's."""
    return pressed.action in {REMOVE_TOPIC, REMOVE_FEED, CANCEL}


async def _take_topic(
    update: Update,
    context: BotContext,
    wanted: Topic,
    take: Callable[[Topic], TopicReach],
    told: str,
) -> None:
    """Check the topic before its feeds are looked for, then take it, and read feeds that are new."""
    check(wanted)
    texts = await off_loop(context.texts, update)
    if wanted.feed_urls:
        await typing(update)
        wanted = await context.services.desk.with_feeds(wanted)
    await reply(update, _taken(told, await off_loop(take, wanted), texts))
    if wanted.feed_urls:
        context.application.create_task(_gather(context), update=update)


async def _gather(context: BotContext) -> None:
    await context.services.gatherer.gather()


def _taken(key: str, reach: TopicReach, texts: Texts) -> Markup:
    topic_ = reach.topic
    head = texts.say(key, name=topic_.name(texts.language), slug=topic_.slug, stories=reach.stories_a_week)
    return Markup(f"{head}\n{_definition(topic_, texts)}")


def _definition(topic_: Topic, texts: Texts) -> Markup:
    lines = []
    if topic_.words:
        lines.append(texts.say("topic-words", words=", ".join(topic_.words)))
    if topic_.exclude:
        lines.append(texts.say("topic-exclude", words=", ".join(topic_.exclude)))
    if topic_.feed_urls:
        lines.append(texts.say("topic-feeds", feeds=", ".join(topic_.feed_urls)))
    if not topic_.words:
        lines.append(texts.say("topic-everything"))
    return Markup("\n".join(lines))


async def _list_topics(update: Update, context: BotContext, texts: Texts) -> None:
    reaches = await off_loop(context.services.desk.topics)
    blocks = [
        texts.say("topic-line", name=one.topic.name(texts.language), slug=one.topic.slug, stories=one.stories_a_week)
        + "\n"
        + _definition(one.topic, texts)
        for one in reaches
    ]
    await _in_messages(
        update, [texts.say("topic-list"), *(blocks or [texts.say("topic-none")]), texts.say("topic-usage")]
    )


async def _list_feeds(update: Update, context: BotContext, texts: Texts) -> None:
    known = await off_loop(context.services.desk.feeds)
    now = context.services.clock()
    blocks = [f"{number}. {_health(one, texts, now)}" for number, one in enumerate(known, start=1)]
    lines = "\n".join(blocks) if blocks else texts.say("feed-none")
    await _in_messages(update, [texts.say("feed-list"), *lines.split("\n"), texts.say("feed-usage")], between="\n")


def _health(one: FeedHealth, texts: Texts, now: datetime) -> Markup:
    feed = one.feed
    title = Markup(f'<a href="{html.escape(feed.url)}">{html.escape(feed.title or feed.url)}</a>')
    ago = texts.ago(feed.last_success_at, now) if feed.last_success_at else NONE
    if feed.error:
        trouble = Markup(texts.feed_trouble(feed.error).rstrip("."))
        return texts.say("feed-line-broken", title=title, error=trouble, failures=feed.failures, ago=ago)
    if feed.last_success_at is None:
        return texts.say("feed-line-new", title=title)
    return texts.say("feed-line-ok", title=title, count=one.entries_a_day, ago=ago)


def _feed(context: BotContext, number: str) -> FeedHealth:
    known = context.services.desk.feeds()
    if not number.isdecimal() or not 1 <= int(number) <= len(known):
        raise UnknownFeedError
    return known[int(number) - 1]


async def _add_feeds(update: Update, context: BotContext, addresses: Sequence[str], texts: Texts) -> None:
    if not addresses or not all(addresses):
        await reply(update, texts.say("feed-usage"))
        return
    await typing(update)
    for address in addresses:
        try:
            feed, latest = await context.services.desk.add_feed(address)
        except NewsDigestError as error:
            await reply(update, texts.error(error))
            continue
        key = "feed-added" if latest else "feed-added-empty"
        values = {"latest": Markup("\n– " + "\n– ".join(map(html.escape, latest)))} if latest else {}
        await reply(update, texts.say(key, title=feed.title, url=feed.url, **values))
    await context.services.gatherer.gather()


async def _ask(update: Update, texts: Texts, question: str, name: str, action: str, value: str) -> None:
    keyboard: Keyboard = [
        [(texts.plain("button-really-remove"), Press(action, value).data())],
        [(texts.plain("button-cancel"), Press(CANCEL).data())],
    ]
    await reply(update, texts.say(question, name=name, title=name), keyboard)


async def _in_messages(update: Update, blocks: Iterable[str], *, between: str = "\n\n") -> None:
    """The blocks in as few messages as hold them."""
    text = ""
    for block in blocks:
        if text and len(text) + len(block) > IN_ONE_MESSAGE:
            await reply(update, text)
            text = ""
        text = f"{text}{between}{block}" if text else block
    await reply(update, text)
