"""The topic workbench in the chat. Rights to the topic are checked on every command, answer and press."""

import html
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from telegram import Message, Update
from telegram.ext import filters

from bot.callbacks import (
    BENCH,
    BENCHES,
    DISCARD,
    LEARN,
    MARK,
    MARKS,
    NAMES,
    NEW_TOPIC,
    OVERLAPS,
    PUBLISH,
    PUBLISH_ANYWAY,
    REMOVE_QUESTION,
    SET_FEED,
    SET_LANGUAGE,
    SET_STRICTNESS,
    STEP_BACK,
    TAKE_BOTH,
    TRIED,
    UNDO_CHANGE,
    UNMARK,
    WHOLE,
    Press,
    read,
)
from bot.context import BotContext
from bot.handlers import feeds
from bot.handlers.answers import off_loop, reply, reply_list, show, toast, typing
from bot.handlers.rights import is_admin, refuse
from bot.screens import Screen, name_of
from bot.texts import Markup, Texts
from bot.topic_text import changed_topic, new_topic, written
from bot.workbench_screens import (
    LISTS,
    YES,
    bench_screen,
    conflict_screen,
    discard_screen,
    feeds_screen,
    languages_screen,
    marks_screen,
    names_screen,
    new_topic_screen,
    overlap_screen,
    remove_screen,
    strictness_screen,
    topics_screen,
    trial_screen,
)
from digests.curate.trial import Marks, Trial
from digests.desk import TopicReach
from digests.errors import (
    NewsDigestError,
    NoDraftError,
    NotAllowedError,
    TopicChangedError,
    UnknownArticleError,
    UnknownTopicError,
    WorkerError,
)
from digests.model import Act, Role, Strictness, Topic, TopicDraft
from digests.workbench import Bench

log = logging.getLogger(__name__)

_TAG = re.compile(r"<[^>]*>")

AUTO, ALL = "auto", "all"
"""The value of a choice that leaves it to the topic, and of one that limits nothing."""


@dataclass(frozen=True)
class _Asked:
    """A press on the workbench of a topic that the sender may change. rest: of the value, after the slug."""

    update: Update
    context: BotContext
    texts: Texts
    slug: str
    rest: tuple[str, ...]

    @property
    def user_id(self) -> int:
        """Whose workbench it is."""
        return self.context.actor(self.update).user_id

    def part(self, at: int) -> str:
        """A part of the value.

        Raises:
            ValueError: the button is of another version, or was made up.
        """
        if at >= len(self.rest):
            raise ValueError(self.rest)
        return self.rest[at]

    async def bench(self) -> Bench:
        """The topic as the sender has it."""
        return await off_loop(self.context.services.workbench.open, self.user_id, self.slug)

    async def changed(self, change: Callable[[Topic], Topic]) -> Bench:
        """The sender's draft after a change."""
        return await off_loop(self.context.services.workbench.change, self.user_id, self.slug, change)


class _ToABench(filters.MessageFilter):
    """Answers to a message that shows a workbench."""

    def filter(self, message: Message) -> bool:
        return bool(slug_of_bench(message.reply_to_message))


TO_A_BENCH = _ToABench()


def slug_of_bench(message: Message | None) -> str:
    """The topic whose workbench that message shows, told by its buttons; "" for any other message."""
    rows = message.reply_markup.inline_keyboard if message and message.reply_markup else ()
    presses = [read(button.callback_data) for row in rows for button in row if isinstance(button.callback_data, str)]
    slugs = {one.value.partition(".")[0] for one in presses if one.action in _PRESSES}
    is_list = any(one.action == NEW_TOPIC or (one.action == BENCHES and one.value != "0") for one in presses)
    return slugs.pop() if len(slugs) == 1 and not is_list else ""


def understands(pressed: Press) -> bool:
    """Whether the button belongs here."""
    return pressed.action in _PRESSES or pressed.action in {BENCHES, NEW_TOPIC, UNDO_CHANGE}


async def press(update: Update, context: BotContext, pressed: Press) -> None:
    """A button of the workbench."""
    texts = await off_loop(context.texts, update)
    slug, *rest = pressed.value.split(".")
    try:
        if pressed.action in {BENCHES, NEW_TOPIC}:
            await _press_list(update, context, texts, pressed)
            return
        if pressed.action == UNDO_CHANGE:
            await _undo_change(update, context, texts, pressed.value)
            return
        if not await may_edit(update, context, slug):
            await refuse(update, context)
            return
        await _PRESSES[pressed.action](_Asked(update, context, texts, slug, tuple(rest)))
    except TopicChangedError:
        await _show_conflict(update, context, texts, slug)
    except (NoDraftError, UnknownTopicError, UnknownArticleError, ValueError, KeyError) as error:
        # It is of a message that shows what was; or it was made up.
        known = isinstance(error, NoDraftError)
        await toast(update, texts.plain("error-no-draft" if known else "bench-gone"), alert=True)
        await _show_what_is(update, context, texts, slug)
    except NewsDigestError as error:
        await toast(update, html.unescape(_TAG.sub("", texts.error(error))), alert=True)


async def _show_what_is(update: Update, context: BotContext, texts: Texts, slug: str) -> None:
    if not await may_edit(update, context, slug):
        return
    try:
        await show_bench(update, context, texts, slug)
    except UnknownTopicError:
        await show(update, await _list(update, context, texts, 0))


async def may_edit(update: Update, context: BotContext, slug: str) -> bool:
    """Whether the sender may change that topic, or make one of that slug."""
    user = update.effective_user
    return user is not None and await off_loop(context.services.staffing.may_edit, user.id, slug)


# --- commands and answers ------------------------------------------------------------------------------------------


async def draft(update: Update, context: BotContext, texts: Texts, given: str) -> None:
    """/topic draft NAME with lines: a new draft, or further lines for one of that name.

    Raises:
        NewsDigestError: nothing was drafted.
    """
    user_id = context.actor(update).user_id
    first = given.partition("\n")[0].strip().casefold()
    known = await off_loop(_is_there, context, user_id, first)
    if known:
        await _change_by_lines(update, context, texts, first, given)
        return
    wanted = new_topic(given, texts.language)
    if await off_loop(_is_there, context, user_id, wanted.slug):
        await _change_by_lines(update, context, texts, wanted.slug, given)
        return
    await require_edit(update, context, wanted.slug)
    await typing(update)
    await off_loop(context.services.workbench.begin, user_id, wanted)
    await show_bench(update, context, texts, wanted.slug, head=texts.say("draft-begun"))


def _is_there(context: BotContext, user_id: int, slug: str) -> bool:
    try:
        context.services.workbench.open(user_id, slug)
    except UnknownTopicError:
        return False
    return True


async def answered(update: Update, context: BotContext) -> None:
    """Lines in answer to a workbench: they change its draft."""
    message = update.effective_message
    assert message is not None  # the handler is for such messages alone
    texts = await off_loop(context.texts, update)
    slug = slug_of_bench(message.reply_to_message)
    if not await may_edit(update, context, slug):
        await refuse(update, context)
        return
    try:
        await _change_by_lines(update, context, texts, slug, f"{slug}\n{message.text or message.caption or ''}")
    except NewsDigestError as error:
        await reply(update, texts.error(error))


async def _change_by_lines(update: Update, context: BotContext, texts: Texts, slug: str, given: str) -> None:
    await require_edit(update, context, slug)
    await typing(update)

    def change(topic: Topic) -> Topic:
        return changed_topic(given, topic, texts.language)

    await off_loop(context.services.workbench.change, context.actor(update).user_id, slug, change)
    await show_bench(update, context, texts, slug)


async def require_edit(update: Update, context: BotContext, slug: str) -> None:
    """Raises NotAllowedError unless the sender may change that topic."""
    if not await may_edit(update, context, slug):
        log.warning("user %d was refused: a change of topic %s", context.actor(update).user_id, slug)
        raise NotAllowedError


async def show_list(update: Update, context: BotContext, texts: Texts) -> None:
    """The topics that the sender may work on."""
    await show(update, await _list(update, context, texts, 0))


async def show_bench(
    update: Update, context: BotContext, texts: Texts, slug: str, *, head: str = "", undo: int | None = None
) -> None:
    """The workbench of that topic, with what it does on the archive.

    Raises:
        UnknownTopicError: there is neither such a topic nor a draft of it.
    """
    bench = await off_loop(context.services.workbench.open, context.actor(update).user_id, slug)
    trial, marks = await _tried(context, bench), await _marks(context, bench)
    names, followed = await off_loop(_around, context, texts)
    unfollowed = sum(url not in followed for url in bench.topic.feed_urls)
    shown = bench_screen(
        bench, trial, marks, texts, names=names, head=head, undo=undo, unfollowed=unfollowed if bench.draft else 0
    )
    await show(update, shown)


async def _tried(context: BotContext, bench: Bench) -> Trial | None:
    try:
        return await context.services.workbench.try_on_archive(bench)
    except WorkerError:
        log.exception("topic %s can't be tried", bench.slug)
        return None


async def _marks(context: BotContext, bench: Bench) -> Marks | None:
    try:
        return await context.services.workbench.marks(bench)
    except WorkerError:
        log.exception("topic %s can't be judged", bench.slug)
        return None


def _around(context: BotContext, texts: Texts) -> tuple[dict[str, str], frozenset[str]]:
    """What topics are called, and the addresses of the feeds that are followed."""
    names = {one.topic.slug: one.topic.name(texts.language) for one in context.services.desk.topics()}
    return names, frozenset(feed.url for feed in context.services.workbench.feeds())


# --- the list ------------------------------------------------------------------------------------------------------


async def _press_list(update: Update, context: BotContext, texts: Texts, pressed: Press) -> None:
    role = await off_loop(context.role, update)
    if role is None or (role is Role.EDITOR and pressed.action == NEW_TOPIC):
        await refuse(update, context)
        return
    await toast(update)
    if pressed.action == NEW_TOPIC:
        await show(update, new_topic_screen(texts))
        return
    page = int(pressed.value) if pressed.value.isdecimal() else 0
    await show(update, await _list(update, context, texts, page))


async def _list(update: Update, context: BotContext, texts: Texts, page: int) -> Screen:
    reaches, drafts = await off_loop(_listed, context, context.actor(update).user_id)
    may_add = await off_loop(context.role, update) in {Role.OWNER, Role.ADMIN}
    return topics_screen(reaches, drafts, page, texts, may_add=may_add)


def _listed(context: BotContext, user_id: int) -> tuple[list[TopicReach], list[TopicDraft]]:
    """Topics and drafts that the user may work on: rights to a drafted one may be gone by now."""
    services = context.services
    reaches, drafts = services.desk.topics(), services.workbench.drafts(user_id)
    may = {
        slug: services.staffing.may_edit(user_id, slug)
        for slug in {one.topic.slug for one in reaches} | {one.slug for one in drafts}
    }
    return [one for one in reaches if may[one.topic.slug]], [one for one in drafts if may[one.slug]]


# --- presses on one topic ------------------------------------------------------------------------------------------


async def _open(asked: _Asked) -> None:
    await asked.bench()  # of one that is gone the toast is to say so
    await toast(asked.update)
    await show_bench(asked.update, asked.context, asked.texts, asked.slug)


async def _list_tried(asked: _Asked) -> None:
    bench = await asked.bench()
    which, page = LISTS[LISTS.index(asked.part(0))], int(asked.part(1))
    await toast(asked.update)
    trial = await asked.context.services.workbench.try_on_archive(bench)
    labels = await off_loop(asked.context.services.workbench.labels, asked.slug)
    await show(asked.update, trial_screen(bench, trial, which, page, labels, asked.texts))


async def _mark(asked: _Asked) -> None:
    article_id, belongs = int(asked.part(2)), asked.part(3) == "1"
    await off_loop(asked.context.services.workbench.label, asked.user_id, asked.slug, article_id, belongs=belongs)
    await _list_tried(asked)


async def _list_marks(asked: _Asked) -> None:
    bench, page = await asked.bench(), int(asked.part(0))
    await toast(asked.update)
    marks = await asked.context.services.workbench.marks(bench)
    await show(asked.update, marks_screen(bench, marks, page, asked.texts))


async def _unmark(asked: _Asked) -> None:
    name = asked.part(1)
    for label in await off_loop(asked.context.services.workbench.labels, asked.slug):
        if name_of(label.key) == name:
            await off_loop(asked.context.services.workbench.unlabel, asked.slug, label.key)
    await _list_marks(asked)


async def _learn(asked: _Asked) -> None:
    _, count = await off_loop(asked.context.services.workbench.learn, asked.user_id, asked.slug)
    await toast(asked.update, asked.texts.plain("learned", count=count))
    await show_bench(asked.update, asked.context, asked.texts, asked.slug)


async def _overlaps(asked: _Asked) -> None:
    bench = await asked.bench()
    await toast(asked.update)
    trial = await asked.context.services.workbench.try_on_archive(bench)
    names, _ = await off_loop(_around, asked.context, asked.texts)
    await show(asked.update, overlap_screen(bench, trial, names, asked.texts))


async def _strictness(asked: _Asked) -> None:
    bench = await asked.bench()
    if asked.rest:
        chosen = None if asked.rest[0] == AUTO else Strictness(asked.rest[0])
        bench = await asked.changed(lambda topic: replace(topic, strictness=chosen))
    await toast(asked.update)
    await show(asked.update, strictness_screen(bench, asked.texts))


async def _languages(asked: _Asked) -> None:
    bench = await asked.bench()
    if asked.rest:
        wanted = asked.rest[0]
        bench = await asked.changed(lambda topic: replace(topic, languages=_toggled(topic.languages, wanted)))
    await toast(asked.update)
    trial = await _tried(asked.context, bench)
    await show(asked.update, languages_screen(bench, _codes(trial), asked.texts))


def _codes(trial: Trial | None) -> tuple[str, ...]:
    """Of ISO 639-1 alone: what could not be told has a longer one."""
    return tuple(code for code in trial.languages if len(code) == 2) if trial else ()  # noqa: PLR2004


def _toggled(chosen: tuple[str, ...], wanted: str) -> tuple[str, ...]:
    if wanted == ALL:
        return ()
    return tuple(one for one in chosen if one != wanted) if wanted in chosen else (*chosen, wanted)


async def _feeds(asked: _Asked) -> None:
    bench, page = await asked.bench(), int(asked.part(0))
    followed = await off_loop(asked.context.services.workbench.feeds)
    if len(asked.rest) > 1:
        wanted = ALL if asked.rest[1] == ALL else {str(feed.id): feed.url for feed in followed}[asked.rest[1]]
        bench = await asked.changed(lambda topic: replace(topic, feed_urls=_toggled(topic.feed_urls, wanted)))
    await toast(asked.update)
    await show(asked.update, feeds_screen(bench, followed, page, asked.texts))


async def _names(asked: _Asked) -> None:
    bench = await asked.bench()
    await toast(asked.update)
    await show(asked.update, names_screen(bench, asked.texts))


async def _whole(asked: _Asked) -> None:
    bench = await asked.bench()
    await toast(asked.update)
    await tell_whole(asked.update, bench.topic, asked.texts)


async def tell_whole(update: Update, topic: Topic, texts: Texts) -> None:
    """Everything of the topic, however long, in lines that can be copied, changed and sent back."""
    lines = html.escape(written(topic, texts.language)).splitlines()
    await reply_list(update, (f"<code>{line}</code>" for line in lines), between="\n")


async def _publish(asked: _Asked) -> None:
    services = asked.context.services
    actor = asked.context.actor(asked.update)
    wanted = (await asked.bench()).topic
    limited = not await is_admin(asked.update, asked.context)
    reach = await services.workbench.publish(actor, asked.slug, only_followed=limited)
    await toast(asked.update, asked.texts.plain("published"))
    entry = await off_loop(services.workbench.last_change, asked.slug)
    head = asked.texts.say(
        "topic-published",
        name=reach.topic.name(asked.texts.language),
        slug=reach.topic.slug,
        stories=reach.stories_a_week,
    )
    undo = entry.id if entry and entry.by.user_id == actor.user_id else None
    await show_bench(asked.update, asked.context, asked.texts, asked.slug, head=head, undo=undo)
    if wanted.feed_urls:
        asked.context.application.create_task(feeds.gather(asked.context), update=asked.update)


async def _publish_anyway(asked: _Asked) -> None:
    take_over = asked.context.services.workbench.take_over
    await off_loop(take_over, asked.user_id, asked.slug, seen=int(asked.part(0)), both=False)
    await _publish(asked)


async def _take_both(asked: _Asked) -> None:
    take_over = asked.context.services.workbench.take_over
    await off_loop(take_over, asked.user_id, asked.slug, seen=int(asked.part(0)), both=True)
    await toast(asked.update, asked.texts.plain("both-taken"))
    await show_bench(asked.update, asked.context, asked.texts, asked.slug)


async def _show_conflict(update: Update, context: BotContext, texts: Texts, slug: str) -> None:
    conflict = await off_loop(context.services.workbench.conflict, context.actor(update).user_id, slug)
    await toast(update)
    await show(update, conflict_screen(conflict, texts, context.services.clock()))


async def _step_back(asked: _Asked) -> None:
    await off_loop(asked.context.services.workbench.step_back, asked.user_id, asked.slug)
    await toast(asked.update, asked.texts.plain("stepped-back"))
    await show_bench(asked.update, asked.context, asked.texts, asked.slug)


async def _discard(asked: _Asked) -> None:
    if asked.rest != (YES,):
        bench = await asked.bench()
        await toast(asked.update)
        await show(asked.update, discard_screen(bench, asked.texts))
        return
    await off_loop(asked.context.services.workbench.discard, asked.user_id, asked.slug)
    await toast(asked.update, asked.texts.plain("draft-discarded"))
    await _show_what_is(asked.update, asked.context, asked.texts, asked.slug)


async def _ask_to_remove(asked: _Asked) -> None:
    topic = await off_loop(asked.context.services.desk.topic, asked.slug)
    await toast(asked.update)
    await show(asked.update, remove_screen(topic, asked.texts))


async def _undo_change(update: Update, context: BotContext, texts: Texts, value: str) -> None:
    """Take a change of a topic back; of one that was added nothing is left then."""
    entry = None
    if await off_loop(context.role, update) is not None:
        entry = await off_loop(context.services.workbench.topic_change, int(value))
    if entry is None or not await may_edit(update, context, entry.subject):
        await refuse(update, context)
        return
    await context.services.desk.revert(entry.id, by=context.actor(update))
    await toast(update, texts.plain("change-reverted"))
    if entry.act is Act.TOPIC_ADDED:
        await _show_what_is(update, context, texts, entry.subject)
        return
    await show_bench(update, context, texts, entry.subject, head=Markup(texts.say("change-reverted")))


_PRESSES: dict[str, Callable[[_Asked], Awaitable[None]]] = {
    BENCH: _open,
    TRIED: _list_tried,
    MARK: _mark,
    MARKS: _list_marks,
    UNMARK: _unmark,
    LEARN: _learn,
    OVERLAPS: _overlaps,
    SET_STRICTNESS: _strictness,
    SET_LANGUAGE: _languages,
    SET_FEED: _feeds,
    NAMES: _names,
    WHOLE: _whole,
    PUBLISH: _publish,
    PUBLISH_ANYWAY: _publish_anyway,
    TAKE_BOTH: _take_both,
    STEP_BACK: _step_back,
    DISCARD: _discard,
    REMOVE_QUESTION: _ask_to_remove,
}
