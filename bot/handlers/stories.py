"""A story looked at closely, what was saved, and what a reader wants to hear nothing of."""

import io
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace

from telegram import Update

from bot.callbacks import (
    BACK_TO_DIGEST,
    DROP_WORD,
    EXPORT,
    EXPORT_SAVED,
    FOLLOW_STORY,
    FORGET_SAVED,
    FOUND_PAGE,
    LESS,
    LESS_TOPIC,
    LESS_WORD,
    MUTE,
    OPEN,
    OPEN_STORY,
    PAGE,
    SAVE,
    STOP_QUESTION,
    UNFOLLOW,
    UNMUTE,
    WHY,
    Press,
)
from bot.context import BotContext
from bot.explained import explained
from bot.handlers.answers import chat_id, command_text, off_loop, reply, reply_list, show, thread_of, toast, typing
from bot.offers import Searched
from bot.render import read_keyboard, tally_line
from bot.screens import Screen, name_of, quiet_hours, screen
from bot.story_screens import found_screen, less_screen, saved_screen, story_screen
from bot.texts import Markup, Texts, texts_in
from digests.compose import own_word as own_word_of
from digests.errors import NewsDigestError, UnknownStoryError
from digests.model import EditionKind
from digests.store.outbox import DeliveryState, LedgerEntry
from digests.subscribers import Profile

SIGNS = frozenset("-−–+!")
"""With one of them in front, a message is a word of the reader's own."""

_MINUS = frozenset("-−–")

_NO_ID = 1 << 63  # databases number rows by less


async def saved(update: Update, context: BotContext) -> None:
    """/saved"""
    profile = await off_loop(context.services.subscribers.profile, chat_id(update))
    kept = await off_loop(context.services.browsing.saved, chat_id(update))
    shown = saved_screen(kept, texts_in(profile.subscriber.language), profile.subscription.zone)
    await reply(update, shown.text, shown.keyboard)


async def search(update: Update, context: BotContext) -> None:
    """/search WORDS"""
    query = " ".join(command_text(update).split())
    texts = await off_loop(context.texts, update)
    if not query:
        await reply(update, texts.say("search-usage"))
        return
    name = context.services.searches.add(Searched(query))
    found = await off_loop(context.services.browsing.search, query, page=0)
    shown = found_screen(found, query, name, texts, context.services.clock())
    await reply(update, shown.text, shown.keyboard)


async def privacy(update: Update, context: BotContext) -> None:
    """/privacy"""
    texts = await off_loop(context.texts, update)
    buttons = [
        [(texts.plain("button-export"), Press(EXPORT).data())],
        [(texts.plain("button-erase"), Press(STOP_QUESTION).data())],
    ]
    told = [texts.say("privacy"), texts.say("privacy-places")]
    if context.services.asks_a_model:
        told.append(texts.say("privacy-model"))
    await reply(update, "\n\n".join(told), buttons)


async def missed(update: Update, context: BotContext) -> None:
    """/missed"""
    profile = await off_loop(context.services.subscribers.profile, chat_id(update))
    texts, zone = texts_in(profile.subscriber.language), profile.subscription.zone
    report = await off_loop(context.services.publisher.missed, chat_id(update))
    lines = [_ledger_line(one, texts, zone) for one in report.editions]
    # Before the first edition nothing has been left out yet.
    waiting = [texts.say("missed-story", title=title) for title in report.waiting] if report.editions else []
    blocks = [texts.say("missed-head"), Markup("\n".join(lines)) if lines else texts.say("missed-none")]
    if waiting:
        blocks += [Markup("\n".join([texts.say("missed-waiting", count=report.waiting_count), *waiting]))]
    await reply_list(update, blocks)


def _ledger_line(one: LedgerEntry, texts: Texts, zone: str) -> Markup:
    at = texts.moment(one.edition_at, zone)
    state = "doubt" if one.is_in_doubt and one.state == DeliveryState.DONE.value else one.state
    line = texts.say("missed-line", at=at, state=state, kind=one.kind, stories=one.stories)
    if one.tally is None or one.kind == EditionKind.NOTICE.value:
        return line
    return Markup(f"{line}\n<i>{tally_line(one.tally, texts)}</i>")


async def own_word(update: Update, context: BotContext, sign: str, word: str) -> None:
    """A message such as `-football`, `+football` or `!football`: leave it out, have it too, hear of it at once."""
    kind = "exclude" if sign in _MINUS else "include" if sign == "+" else "alert"
    subscribers = context.services.subscribers
    change = {"exclude": subscribers.exclude, "include": subscribers.include, "alert": subscribers.alert}[kind]
    try:
        profile = await off_loop(change, chat_id(update), word)
    except NewsDigestError as error:
        await reply(update, (await off_loop(context.texts, update)).error(error))
        return
    texts = texts_in(profile.subscriber.language)
    where = "muted" if kind == "exclude" else "words"
    name = "button-muted" if kind == "exclude" else "button-own-words"
    quiet = quiet_hours(profile.subscription.quiet)
    button = (texts.plain(name), Press(OPEN, where).data())
    await reply(update, texts.say(f"word-{kind}", word=word, quiet=quiet), [[button]])


async def press(update: Update, context: BotContext, pressed: Press) -> None:
    """A button below a digest, a story, or a list of what was saved."""
    texts = await off_loop(context.texts, update)
    try:
        await _PRESSES[pressed.action](update, context, pressed.value)
    except (UnknownStoryError, ValueError, IndexError):
        await toast(update, texts.plain("story-gone"), alert=True)
    except NewsDigestError as error:
        await toast(update, texts.error(error), alert=True)


def understands(pressed: Press) -> bool:
    """Whether the button belongs here."""
    return pressed.action in _PRESSES


async def _open(update: Update, context: BotContext, value: str) -> None:
    found = await off_loop(context.services.browsing.open, chat_id(update), _number(value))
    texts = await off_loop(context.texts, update)
    await toast(update)
    await show(update, story_screen(found, texts, context.services.clock()))


async def _page(update: Update, context: BotContext, value: str) -> None:
    number = _number(value)
    await context.services.publisher.settled(chat_id(update))
    part = await off_loop(context.services.browsing.page, chat_id(update), _message_id(update), number)
    await toast(update)
    await show(update, Screen(Markup(part.text), read_keyboard(part.keyboard)))


async def _back(update: Update, context: BotContext, value: str) -> None:
    message_id = _message_id(update)
    await context.services.publisher.settled(chat_id(update))
    part = await off_loop(context.services.browsing.message_of, chat_id(update), _number(value), message_id=message_id)
    await toast(update)
    await show(update, Screen(Markup(part.text), read_keyboard(part.keyboard)))


async def _save(update: Update, context: BotContext, value: str) -> None:
    found = await off_loop(context.services.browsing.save, chat_id(update), _number(value))
    texts = await off_loop(context.texts, update)
    await toast(update, texts.plain("story-saved" if found.is_saved else "story-unsaved"))
    await show(update, story_screen(found, texts, context.services.clock()))


async def _why(update: Update, context: BotContext, value: str) -> None:
    found = await off_loop(context.services.browsing.open, chat_id(update), _number(value))
    texts = await off_loop(context.texts, update)
    await toast(update)
    await typing(update)
    head = []
    mine = found.subscription
    if (word := own_word_of(mine.included + mine.alerts, found.story)) is not None:
        head = [texts.say("why-own-word", word=word)]
    try:
        explanation = await context.services.desk.explain(found.story.lead.url)
    except NewsDigestError as error:  # the press is answered already
        head = [*head, texts.error(error)]
    else:
        followed = [one for one in explanation.decisions if one[0].slug in found.subscription.topics]
        told, *lines = explained(explanation.about(followed), texts)
        merged = told.partition("\n")[2]  # the headline stands above already
        head = [*head, *([Markup(merged)] if merged else []), *(lines if followed else [])]
    shown = story_screen(found, texts, context.services.clock(), why=Markup("\n\n".join(head)))
    await show(update, shown)


async def _mute(update: Update, context: BotContext, value: str) -> None:
    found = await off_loop(context.services.browsing.open, chat_id(update), _number(value))
    lead = found.story.lead
    await off_loop(context.services.subscribers.mute, chat_id(update), lead.owner)
    texts = await off_loop(context.texts, update)
    await toast(update, texts.plain("source-muted", source=lead.source), alert=True)


async def _follow(update: Update, context: BotContext, value: str) -> None:
    browsing, subscribers = context.services.browsing, context.services.subscribers
    found = await off_loop(browsing.open, chat_id(update), _number(value))
    await off_loop(subscribers.follow_story, chat_id(update), _number(value), followed=not found.is_followed)
    texts = await off_loop(context.texts, update)
    await toast(update, texts.plain("story-unfollowed" if found.is_followed else "story-followed"))
    found = replace(found, is_followed=not found.is_followed)
    await show(update, story_screen(found, texts, context.services.clock()))


async def _less(update: Update, context: BotContext, value: str) -> None:
    found = await off_loop(context.services.browsing.open, chat_id(update), _number(value))
    texts = await off_loop(context.texts, update)
    await toast(update)
    await show(update, less_screen(found, texts, context.services.clock()))


async def _less_word(update: Update, context: BotContext, value: str) -> None:
    _, _, word = value.partition(".")
    profile = await off_loop(context.services.subscribers.exclude, chat_id(update), word)
    texts = texts_in(profile.subscriber.language)
    await toast(update, texts.plain("word-exclude", word=word), alert=True)


async def _less_topic(update: Update, context: BotContext, value: str) -> None:
    _, _, slug = value.partition(".")
    profile = await off_loop(context.services.subscribers.unfollow_topic, chat_id(update), slug)
    texts = texts_in(profile.subscriber.language)
    name = next((one.name(texts.language) for one in profile.topics if one.slug == slug), slug)
    await toast(update, texts.plain("topic-unfollowed", name=name), alert=True)


async def _found_page(update: Update, context: BotContext, value: str) -> None:
    name, _, page = value.partition(".")
    texts = await off_loop(context.texts, update)
    searched = context.services.searches.get(name, Searched)
    if searched is None:
        await toast(update, texts.plain("search-forgotten"), alert=True)
        return
    found = await off_loop(context.services.browsing.search, searched.query, page=_number(page))
    await toast(update)
    await show(update, found_screen(found, searched.query, name, texts, context.services.clock()))


async def _unmute(update: Update, context: BotContext, value: str) -> None:
    profile = await off_loop(context.services.subscribers.profile, chat_id(update))
    owner = next((one for one in profile.subscription.muted if name_of(one) == value), None)
    if owner is not None:  # pressed twice: it is heard again already
        profile = await off_loop(context.services.subscribers.mute, chat_id(update), owner, muted=False)
    await _listed(update, context, "muted", profile)


async def _drop_word(update: Update, context: BotContext, value: str) -> None:
    sign, _, name = value.partition(".")
    if sign not in _KINDS:
        raise ValueError(value)
    kind = _KINDS[sign]
    profile = await off_loop(context.services.subscribers.profile, chat_id(update))
    word = next((one for one in getattr(profile.subscription, kind) if name_of(one) == name), None)
    if word is not None:
        profile = await off_loop(context.services.subscribers.drop_word, chat_id(update), kind, word)
    await _listed(update, context, "muted" if kind == "excluded" else "words", profile)


async def _unfollow(update: Update, context: BotContext, value: str) -> None:
    subscribers = context.services.subscribers
    profile = await off_loop(subscribers.follow_story, chat_id(update), _number(value), followed=False)
    await _listed(update, context, "words", profile)


async def _listed(update: Update, context: BotContext, name: str, profile: Profile) -> None:
    await toast(update, texts_in(profile.subscriber.language).plain("saved"))
    await show(update, screen(name, profile, context.services.clock()))


_KINDS = {"e": "excluded", "i": "included", "a": "alerts"}


def _message_id(update: Update) -> int:
    """Of the message whose button was pressed."""
    query = update.callback_query
    assert query is not None  # handlers of presses are called for presses alone
    return query.message.message_id if query.message else 0


def _number(value: str) -> int:
    """Raises IndexError for a number that nothing can have."""
    number = int(value)
    if not 0 <= number < _NO_ID:
        raise IndexError(number)
    return number


async def _export(update: Update, context: BotContext, _value: str) -> None:
    kept = await off_loop(context.services.browsing.kept, chat_id(update))
    await toast(update)
    await _send_json(update, kept, "news-digest.json")


async def _export_saved(update: Update, context: BotContext, _value: str) -> None:
    kept = await off_loop(context.services.browsing.kept, chat_id(update))
    await toast(update)
    await _send_json(update, kept["saved"], "saved.json")


async def _send_json(update: Update, content: object, name: str) -> None:
    chat = update.effective_chat
    assert chat is not None  # handlers are for updates of chats
    body = json.dumps(content, ensure_ascii=False, indent=2).encode()
    await chat.send_document(io.BytesIO(body), filename=name, message_thread_id=thread_of(update))


async def _forget_saved(update: Update, context: BotContext, _value: str) -> None:
    await off_loop(context.services.browsing.forget_saved, chat_id(update))
    profile = await off_loop(context.services.subscribers.profile, chat_id(update))
    await toast(update)
    await show(update, saved_screen((), texts_in(profile.subscriber.language), profile.subscription.zone))


_PRESSES: dict[str, Callable[[Update, BotContext, str], Awaitable[None]]] = {
    OPEN_STORY: _open,
    BACK_TO_DIGEST: _back,
    SAVE: _save,
    WHY: _why,
    MUTE: _mute,
    FOUND_PAGE: _found_page,
    UNMUTE: _unmute,
    DROP_WORD: _drop_word,
    UNFOLLOW: _unfollow,
    PAGE: _page,
    FOLLOW_STORY: _follow,
    LESS: _less,
    LESS_WORD: _less_word,
    LESS_TOPIC: _less_topic,
    EXPORT: _export,
    EXPORT_SAVED: _export_saved,
    FORGET_SAVED: _forget_saved,
}
