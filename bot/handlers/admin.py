"""Topics in the chat, for admins, and every button of theirs. Rights are checked on every command and press."""

import logging
from collections.abc import Awaitable, Callable

from telegram import Update

from bot.callbacks import CANCEL, REMOVE_TOPIC, Press
from bot.context import BotContext
from bot.explained import explained
from bot.handlers import feeds
from bot.handlers.answers import command_text, off_loop, reply_list, show, toast, typing
from bot.handlers.rights import is_admin, refuse, staff_only
from bot.screens import Screen
from bot.texts import Markup, Texts
from bot.topic_text import changed_topic, new_topic, slug_of
from digests.desk import TopicReach
from digests.errors import NewsDigestError, NotAllowedError
from digests.gather.urls import web_address
from digests.model import Strictness, Topic

log = logging.getLogger(__name__)


@staff_only
async def topic(update: Update, context: BotContext) -> None:
    """/topic, /topic add …, /topic edit …, /topic remove …, /topic why LINK"""
    texts = await off_loop(context.texts, update)
    action, _, rest = command_text(update).partition(" ")
    action, newline, below = action.partition("\n")
    given = f"{rest}{newline}{below}".strip()
    try:
        match action.casefold():
            case "add" | "new":
                wanted = new_topic(given, texts.language)
                await _require_edit(update, context, wanted.slug)
                await _take_topic(update, context, wanted, "topic-added")
            case "edit" | "change":
                await _require_edit(update, context, slug_of(given))
                before = await off_loop(context.services.desk.topic, slug_of(given))
                wanted = changed_topic(given, before, texts.language)
                await _take_topic(update, context, wanted, "topic-changed", before=before)
            case "remove" | "delete":
                await _require_edit(update, context, given.casefold())
                known = await off_loop(context.services.desk.topic, given.casefold())
                question = texts.say("topic-remove-question", name=known.name(texts.language))
                await feeds.ask(update, texts, question, Press(REMOVE_TOPIC, known.slug))
            case "why":
                await _explain(update, context, texts, given)
            case _:
                await _list_topics(update, context, texts)
    except NewsDigestError as error:
        await reply_list(update, [texts.error(error)])


async def _require_edit(update: Update, context: BotContext, slug: str) -> None:
    """Raises NotAllowedError unless the sender may change that topic."""
    if not await off_loop(context.services.staffing.may_edit, context.actor(update).user_id, slug):
        log.warning("user %d was refused: a change of topic %s", context.actor(update).user_id, slug)
        raise NotAllowedError


async def press(update: Update, context: BotContext, pressed: Press) -> None:
    """An admin's button."""
    editing = pressed.action in {REMOVE_TOPIC, CANCEL}
    own = editing and await off_loop(context.services.staffing.may_edit, context.actor(update).user_id, pressed.value)
    if not (own or await is_admin(update, context)):
        await refuse(update, context)
        return
    texts = await off_loop(context.texts, update)
    await toast(update)
    try:
        await _PRESSES[pressed.action](update, context, pressed.value)
    except NewsDigestError as error:
        await show(update, Screen(texts.error(error), []))


def understands(pressed: Press) -> bool:
    """Whether the button is an admin's."""
    return pressed.action in _PRESSES


async def _remove_topic(update: Update, context: BotContext, slug: str) -> None:
    texts = await off_loop(context.texts, update)
    gone = await off_loop(context.services.desk.remove_topic, slug, by=context.actor(update))
    await show(update, Screen(texts.say("topic-removed", name=gone.name(texts.language)), []))


async def _cancel(update: Update, context: BotContext, _value: str) -> None:
    texts = await off_loop(context.texts, update)
    await show(update, Screen(texts.say("cancelled"), []))


_PRESSES: dict[str, Callable[[Update, BotContext, str], Awaitable[None]]] = {
    REMOVE_TOPIC: _remove_topic,
    CANCEL: _cancel,
    **feeds.PRESSES,
}


async def _take_topic(
    update: Update, context: BotContext, wanted: Topic, told: str, *, before: Topic | None = None
) -> None:
    """Take the topic, and read its feeds that are new. before: as its change was made from; None for a new one."""
    new = before is None
    texts = await off_loop(context.texts, update)
    if wanted.feed_urls:
        await typing(update)
    reach = await context.services.desk.take_topic(wanted, new=new, by=context.actor(update), expected=before)
    await reply_list(update, [_taken(told, reach, texts)])
    if wanted.feed_urls:
        context.application.create_task(feeds.gather(context), update=update)


def _taken(key: str, reach: TopicReach, texts: Texts) -> Markup:
    topic_ = reach.topic
    head = texts.say(key, name=topic_.name(texts.language), slug=topic_.slug, stories=reach.stories_a_week)
    return Markup(f"{head}\n{_definition(topic_, texts)}")


def _definition(topic_: Topic, texts: Texts) -> Markup:
    lines = []
    if topic_.words:
        lines.append(texts.say("topic-words", words=", ".join(topic_.words)))
    if topic_.must:
        lines.append(texts.say("topic-must", words=", ".join(topic_.must)))
    if topic_.exclude:
        lines.append(texts.say("topic-exclude", words=", ".join(topic_.exclude)))
    if topic_.languages:
        lines.append(texts.say("topic-languages", languages=", ".join(topic_.languages)))
    if topic_.feed_urls:
        lines.append(texts.say("topic-feeds", feeds=", ".join(topic_.feed_urls)))
    if about := topic_.description(texts.language):
        lines.append(texts.say("topic-about", about=about))
    if topic_.liked or topic_.disliked:
        lines.append(texts.say("topic-examples", liked=len(topic_.liked), disliked=len(topic_.disliked)))
    if topic_.decided_by is not Strictness.WORDS:
        lines.append(texts.say("topic-strictness", strictness=str(topic_.decided_by)))
    elif not topic_.words and not topic_.must:
        lines.append(texts.say("topic-everything"))
    return Markup("\n".join(lines))


async def _explain(update: Update, context: BotContext, texts: Texts, given: str) -> None:
    url = web_address(given)
    if not url:
        await reply_list(update, [texts.say("why-usage")])
        return
    await typing(update)
    await reply_list(update, explained(await context.services.desk.explain(url), texts))


async def _list_topics(update: Update, context: BotContext, texts: Texts) -> None:
    reaches = await off_loop(context.services.desk.topics)
    blocks = [
        texts.say("topic-line", name=one.topic.name(texts.language), slug=one.topic.slug, stories=one.stories_a_week)
        + "\n"
        + _definition(one.topic, texts)
        for one in reaches
    ]
    await reply_list(
        update, [texts.say("topic-list"), *(blocks or [texts.say("topic-none")]), texts.say("topic-usage")]
    )
