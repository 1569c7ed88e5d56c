"""A story looked at closely, what was saved, and what a reader wants to hear nothing of."""

import io
import json
from collections.abc import Awaitable, Callable

from telegram import Update

from bot.callbacks import (
    BACK_TO_DIGEST,
    EXPORT,
    EXPORT_SAVED,
    FORGET_SAVED,
    FOUND_PAGE,
    INCLUDE,
    MUTE,
    OPEN,
    OPEN_STORY,
    SAVE,
    STOP_QUESTION,
    UNMUTE,
    WHY,
    Press,
)
from bot.context import BotContext
from bot.explained import explained
from bot.handlers.answers import chat_id, command_text, off_loop, reply, reply_list, show, toast, typing
from bot.offers import Searched
from bot.render import read_keyboard
from bot.screens import Screen, screen
from bot.story_screens import found_screen, saved_screen, story_screen
from bot.texts import Markup, texts_in
from digests.errors import NewsDigestError, UnknownStoryError
from digests.subscribers import Profile


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
    await reply(update, texts.say("privacy"), buttons)


async def missed(update: Update, context: BotContext) -> None:
    """/missed"""
    profile = await off_loop(context.services.subscribers.profile, chat_id(update))
    texts, zone = texts_in(profile.subscriber.language), profile.subscription.zone
    report = await off_loop(context.services.publisher.missed, chat_id(update))
    lines = [
        texts.say(
            "missed-line", at=texts.moment(one.edition_at, zone), state=one.state, kind=one.kind, stories=one.stories
        )
        for one in report.editions
    ]
    waiting = [texts.say("missed-story", title=title) for title in report.waiting]
    blocks = [texts.say("missed-head"), Markup("\n".join(lines)) if lines else texts.say("missed-none")]
    if waiting:
        blocks += [Markup("\n".join([texts.say("missed-waiting", count=report.waiting_count), *waiting]))]
    await reply_list(update, blocks)


async def exclude(update: Update, context: BotContext, word: str) -> None:
    """A message such as `-football`: hear nothing more of it."""
    try:
        profile = await off_loop(context.services.subscribers.exclude, chat_id(update), word)
    except NewsDigestError as error:
        await reply(update, (await off_loop(context.texts, update)).error(error))
        return
    texts = texts_in(profile.subscriber.language)
    button = (texts.plain("button-muted"), Press(OPEN, "muted").data())
    await reply(update, texts.say("word-excluded", word=word), [[button]])


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
    found = await off_loop(context.services.browsing.open, chat_id(update), int(value))
    texts = await off_loop(context.texts, update)
    await toast(update)
    await show(update, story_screen(found, texts, context.services.clock()))


async def _back(update: Update, context: BotContext, value: str) -> None:
    part = await off_loop(context.services.browsing.message_of, chat_id(update), int(value))
    await toast(update)
    await show(update, Screen(Markup(part.text), read_keyboard(part.keyboard)))


async def _save(update: Update, context: BotContext, value: str) -> None:
    found = await off_loop(context.services.browsing.save, chat_id(update), int(value))
    texts = await off_loop(context.texts, update)
    await toast(update, texts.plain("story-saved" if found.is_saved else "story-unsaved"))
    await show(update, story_screen(found, texts, context.services.clock()))


async def _why(update: Update, context: BotContext, value: str) -> None:
    found = await off_loop(context.services.browsing.open, chat_id(update), int(value))
    texts = await off_loop(context.texts, update)
    await toast(update)
    await typing(update)
    try:
        explanation = await context.services.desk.explain(found.story.lead.url)
    except NewsDigestError as error:  # the press is answered already
        await show(update, story_screen(found, texts, context.services.clock(), why=texts.error(error)))
        return
    followed = [one for one in explanation.decisions if one[0].slug in found.subscription.topics]
    why = explained(explanation.about(followed), texts)
    await show(update, story_screen(found, texts, context.services.clock(), why=Markup("\n\n".join(why[1:]))))


async def _mute(update: Update, context: BotContext, value: str) -> None:
    found = await off_loop(context.services.browsing.open, chat_id(update), int(value))
    lead = found.story.lead
    await off_loop(context.services.subscribers.mute, chat_id(update), lead.owner)
    texts = await off_loop(context.texts, update)
    await toast(update, texts.plain("source-muted", source=lead.source), alert=True)


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
    owner = sorted(profile.subscription.muted)[_number(value)]
    await _muted(
        update, context, await off_loop(context.services.subscribers.mute, chat_id(update), owner, muted=False)
    )


async def _include(update: Update, context: BotContext, value: str) -> None:
    await _muted(update, context, await off_loop(context.services.subscribers.include, chat_id(update), _number(value)))


async def _muted(update: Update, context: BotContext, profile: Profile) -> None:
    await toast(update, texts_in(profile.subscriber.language).plain("saved"))
    await show(update, screen("muted", profile, context.services.clock()))


def _number(value: str) -> int:
    number = int(value)
    if number < 0:
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
    await chat.send_document(io.BytesIO(body), filename=name)


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
    INCLUDE: _include,
    EXPORT: _export,
    EXPORT_SAVED: _export_saved,
    FORGET_SAVED: _forget_saved,
}
