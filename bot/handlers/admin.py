"""Topics in the chat, for admins, and every button of theirs. Rights are checked on every command and press."""

from collections.abc import Awaitable, Callable

from telegram import Update

from bot.callbacks import CANCEL, REMOVE_TOPIC, Press
from bot.context import BotContext
from bot.explained import explained
from bot.handlers import feeds, workbench
from bot.handlers.answers import command_text, off_loop, reply_list, show, toast, typing
from bot.handlers.rights import is_admin, refuse, staff_only
from bot.screens import Screen
from bot.texts import Texts
from bot.topic_text import changed_topic, new_topic, slug_of
from bot.workbench_screens import removed_screen
from digests.errors import NewsDigestError
from digests.gather.urls import web_address
from digests.model import Topic


@staff_only
async def topic(update: Update, context: BotContext) -> None:
    """/topic, /topic SLUG, and /topic with text, draft, add, edit, remove or why in front of what it is about"""
    texts = await off_loop(context.texts, update)
    action, _, rest = command_text(update).partition(" ")
    action, newline, below = action.partition("\n")
    given = f"{rest}{newline}{below}".strip()
    try:
        match action.casefold():
            case "add" | "new":
                wanted = new_topic(given, texts.language)
                await workbench.require_edit(update, context, wanted.slug)
                await _take_topic(update, context, wanted, "topic-added")
            case "edit" | "change":
                await workbench.require_edit(update, context, slug_of(given))
                before = await off_loop(context.services.desk.topic, slug_of(given))
                wanted = changed_topic(given, before, texts.language)
                await _take_topic(update, context, wanted, "topic-changed", before=before)
            case "remove" | "delete":
                await workbench.require_edit(update, context, given.casefold())
                known = await off_loop(context.services.desk.topic, given.casefold())
                question = texts.say("topic-remove-question", name=known.name(texts.language))
                await feeds.ask(update, texts, question, Press(REMOVE_TOPIC, known.slug))
            case "why":
                await _explain(update, context, texts, given)
            case "text":
                await workbench.require_edit(update, context, given.casefold())
                opened = context.services.workbench.open
                bench = await off_loop(opened, context.actor(update).user_id, given.casefold())
                await workbench.tell_whole(update, bench.topic, texts)
            case "draft":
                await workbench.draft(update, context, texts, given)
            case "":
                await workbench.show_list(update, context, texts)
            case slug:
                await workbench.require_edit(update, context, slug)
                await typing(update)
                await workbench.show_bench(update, context, texts, slug)
    except NewsDigestError as error:
        await reply_list(update, [texts.error(error)])


async def press(update: Update, context: BotContext, pressed: Press) -> None:
    """An admin's button."""
    may = await is_admin(update, context)
    if pressed.action == CANCEL:
        may = await off_loop(context.role, update) is not None
    elif pressed.action == REMOVE_TOPIC:
        user_id = context.actor(update).user_id
        may = await off_loop(context.services.staffing.may_edit, user_id, pressed.value)
    if not may:
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
    entry = await off_loop(context.services.workbench.last_change, slug)
    await show(update, removed_screen(gone, entry.id if entry else None, texts))


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
    limited = not await is_admin(update, context)
    reach = await context.services.desk.take_topic(
        wanted, new=new, by=context.actor(update), expected=before, only_followed=limited
    )
    topic_ = reach.topic
    head = texts.say(told, name=topic_.name(texts.language), slug=topic_.slug, stories=reach.stories_a_week)
    await workbench.show_bench(update, context, texts, topic_.slug, head=head)
    if wanted.feed_urls:
        context.application.create_task(feeds.gather(context), update=update)


async def _explain(update: Update, context: BotContext, texts: Texts, given: str) -> None:
    url = web_address(given)
    if not url:
        await reply_list(update, [texts.say("why-usage")])
        return
    await typing(update)
    await reply_list(update, explained(await context.services.desk.explain(url), texts))
