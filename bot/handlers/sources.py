"""One feed in the chat, for admins: how it is, and every change of it, by line and by button.

Whoever calls has checked the rights; buttons come through `bot.handlers.admin`.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import Update

from bot.callbacks import (
    FEED,
    FEED_HOW,
    FEED_LANGUAGE,
    FEED_LATEST,
    FEED_PAUSE,
    FEED_REMOVE,
    FEED_RESUME,
    FEED_RETRY,
    FEED_UNDO,
    FEED_WEIGHT,
    FEEDS_PAGE,
    OPEN_FEED,
    REMOVE_FEED,
)
from bot.context import BotContext
from bot.handlers.answers import off_loop, reply, show, typing
from bot.screens import Screen
from bot.source_screens import (
    HOW,
    feeds_screen,
    how_screen,
    languages_screen,
    latest_screen,
    remove_screen,
    removed_screen,
    source_screen,
    weights_screen,
)
from bot.texts import Markup, Texts
from digests.errors import InvalidWeightError, NewsDigestError, UnknownFeedError
from digests.gather.feed_address import typed_address
from digests.model import Feed
from digests.sources import Changed

_QUOTES = {'"': '"', "“": "”", "«": "»"}
_NO_LANGUAGE = frozenset({"-", "–", "auto", "none", "off", "any"})


@dataclass(frozen=True)
class Asked:
    """A line about a feed: which one, and what is to be written of it."""

    update: Update
    context: BotContext
    texts: Texts
    feed: Feed
    value: str


async def list_feeds(update: Update, context: BotContext, value: str = "0") -> None:
    """A page of the list."""
    texts = await off_loop(context.texts, update)
    known = await off_loop(context.services.desk.feeds)
    page = int(value) if value.isdecimal() else 0
    await show(update, feeds_screen(known, page, texts, context.services.clock()))


async def line(update: Update, context: BotContext, action: str, given: str, texts: Texts) -> None:
    """/feeds ACTION WHICH VALUE. WHICH: a number of the list, an address, or part of a title, in quotes if need be."""
    if not given:
        await reply(update, texts.error(InvalidWeightError()) if action == "weight" else texts.say("feed-help"))
        return
    which, value = (given, "") if action in _OF_ONE else _parted(given)
    try:
        feed = await off_loop(context.services.sources.meant, which)
        await LINES[action](Asked(update, context, texts, feed, value))
    except NewsDigestError as error:
        await reply(update, texts.error(error))


def _parted(given: str) -> tuple[str, str]:
    """(which feed, the rest) of a line: the first word, or what stands in quotes."""
    if closing := _QUOTES.get(given[:1]):
        which, found, rest = given[1:].partition(closing)
        if found:
            return which, rest.strip()
    which, _, rest = given.partition(" ")
    return which, rest.strip()


async def _open(asked: Asked) -> None:
    source = await off_loop(asked.context.services.sources.source, asked.feed.id)
    await _answer(asked, source_screen(source, asked.texts, asked.context.services.clock()))


async def _rename(asked: Asked) -> None:
    if not asked.value:
        await _answer(asked, how_screen(asked.feed, "rename", asked.texts))
        return
    actor = asked.context.actor(asked.update)
    changed = await off_loop(asked.context.services.sources.rename, asked.feed.id, asked.value, by=actor)
    await _changed(asked, changed, asked.texts.say("feed-renamed", before=asked.feed.name, after=changed.feed.name))


async def _move(asked: Asked) -> None:
    if not asked.value:
        await _answer(asked, how_screen(asked.feed, "move", asked.texts))
        return
    address = typed_address(asked.value)
    if not address:
        await reply(asked.update, asked.texts.say("feed-not-an-address", written=asked.value[:200]))
        return
    asked.context.application.create_task(_move_to(asked, address), update=asked.update)


async def _move_to(asked: Asked, address: str) -> None:
    """Beside the handling of updates, as looking at the new address takes its time."""
    await typing(asked.update)
    actor = asked.context.actor(asked.update)
    try:
        changed = await asked.context.services.sources.move(asked.feed.id, address, by=actor)
    except NewsDigestError as error:
        await reply(asked.update, asked.texts.error(error))
        return
    said = asked.texts.say("feed-moved", title=changed.feed.name, url=changed.feed.url)
    await _changed(asked, changed, said)
    await asked.context.services.gatherer.gather()


async def _credit(asked: Asked) -> None:
    if not asked.value and not asked.feed.credit:
        await _answer(asked, how_screen(asked.feed, "credit", asked.texts))
        return
    actor = asked.context.actor(asked.update)
    changed = await off_loop(asked.context.services.sources.credit, asked.feed.id, asked.value, by=actor)
    key = "feed-credited" if changed.feed.credit else "feed-uncredited"
    values = {"credit": changed.feed.credit} if changed.feed.credit else {}
    await _changed(asked, changed, asked.texts.say(key, title=changed.feed.name, **values))


async def _language(asked: Asked) -> None:
    if not asked.value:
        await _answer(asked, languages_screen(asked.feed, asked.texts))
        return
    code = "" if asked.value.casefold() in _NO_LANGUAGE else asked.value
    await _speak(asked, code)


async def _speak(asked: Asked, code: str) -> None:
    actor = asked.context.actor(asked.update)
    changed = await off_loop(asked.context.services.sources.speak, asked.feed.id, code, by=actor)
    language = changed.feed.language
    name = asked.texts.language_name(language) if language else "none"
    await _changed(asked, changed, asked.texts.say("feed-speaks", title=changed.feed.name, language=name))


async def _weight(asked: Asked) -> None:
    try:
        weight = float(asked.value.replace(",", "."))
    except ValueError:
        raise InvalidWeightError from None
    actor = asked.context.actor(asked.update)
    changed = await off_loop(asked.context.services.sources.weigh, asked.feed.id, weight, by=actor)
    amount = asked.texts.amount(changed.feed.weight)
    await _changed(asked, changed, asked.texts.say("feed-weighed", title=changed.feed.name, weight=amount))


async def _pause(asked: Asked) -> None:
    actor = asked.context.actor(asked.update)
    changed = await off_loop(asked.context.services.sources.pause, asked.feed.id, by=actor)
    await _changed(asked, changed, asked.texts.say("feed-paused", title=changed.feed.name))


async def _resume(asked: Asked) -> None:
    actor = asked.context.actor(asked.update)
    changed = await off_loop(asked.context.services.sources.resume, asked.feed.id, by=actor)
    await _changed(asked, changed, asked.texts.say("feed-resumed", title=changed.feed.name))
    if changed.noted is not None:
        asked.context.application.create_task(asked.context.services.gatherer.gather(), update=asked.update)


async def _retry(asked: Asked) -> None:
    await off_loop(asked.context.services.sources.retry, asked.feed.id)
    if asked.update.callback_query is None:
        await typing(asked.update)
    else:
        await show(asked.update, Screen(asked.texts.say("feed-asking", title=asked.feed.name), []))
    asked.context.application.create_task(_ask_now(asked), update=asked.update)


async def _ask_now(asked: Asked) -> None:
    """Poll what is due, the feed among it, tell how it is by then, and read what came."""
    services = asked.context.services
    await services.gatherer.gather(reading=False)
    try:
        await _open(asked)
    except UnknownFeedError as error:  # another admin has removed it meanwhile
        await _answer(asked, Screen(asked.texts.error(error), []))
    await services.gatherer.gather()


async def _latest(asked: Asked) -> None:
    entries = await off_loop(asked.context.services.sources.latest, asked.feed.id)
    await _answer(asked, latest_screen(asked.feed, entries, asked.texts, asked.context.services.clock()))


async def _ask_to_remove(asked: Asked) -> None:
    await _answer(asked, remove_screen(asked.feed, asked.texts))


async def _remove(asked: Asked) -> None:
    actor = asked.context.actor(asked.update)
    changed = await off_loop(asked.context.services.sources.remove, asked.feed.id, by=actor)
    await _answer(asked, removed_screen(changed.feed, changed.noted, asked.texts))


async def _press_weight(asked: Asked) -> None:
    if asked.value:
        await _weight(asked)
    else:
        await _answer(asked, weights_screen(asked.feed, asked.texts))


async def _press_language(asked: Asked) -> None:
    await _answer(asked, languages_screen(asked.feed, asked.texts))


async def _how(asked: Asked) -> None:
    if asked.value not in HOW:
        raise UnknownFeedError
    await _answer(asked, how_screen(asked.feed, asked.value, asked.texts))


async def _open_apart(asked: Asked) -> None:
    """As a new message: the one with the button tells something of its own."""
    source = await off_loop(asked.context.services.sources.source, asked.feed.id)
    screen = source_screen(source, asked.texts, asked.context.services.clock())
    await reply(asked.update, screen.text, screen.keyboard)


async def _undo(update: Update, context: BotContext, value: str) -> None:
    """Take back what a button under a feed's screen has changed just now."""
    texts = await off_loop(context.texts, update)
    if not value.isdecimal():
        raise UnknownFeedError
    entry = await context.services.desk.revert(int(value), by=context.actor(update))
    said = texts.say("change-reverted")
    address = str((entry.before or {}).get("url", ""))
    try:
        feed = await off_loop(context.services.sources.meant, address)
        source = await off_loop(context.services.sources.source, feed.id)
    except UnknownFeedError:
        await show(update, Screen(said, []))
        return
    await show(update, source_screen(source, texts, context.services.clock(), head=said))
    context.application.create_task(context.services.gatherer.gather(), update=update)


async def _changed(asked: Asked, changed: Changed, said: Markup) -> None:
    """The feed's screen, with what was done, and the way back."""
    source = await off_loop(asked.context.services.sources.source, changed.feed.id)
    head = said if changed.noted is not None else asked.texts.say("feed-unchanged")
    await _answer(
        asked, source_screen(source, asked.texts, asked.context.services.clock(), head=head, undo=changed.noted)
    )


async def _answer(asked: Asked, screen: Screen) -> None:
    await show(asked.update, screen)


def _pressed(
    handler: Callable[[Asked], Awaitable[None]],
) -> Callable[[Update, BotContext, str], Awaitable[None]]:
    """The handler for a button whose value is a feed's id, perhaps with a dot and more behind it."""

    async def press(update: Update, context: BotContext, value: str) -> None:
        number, _, rest = value.partition(".")
        if not number.isdecimal() or len(number) > 18:  # noqa: PLR2004 - the largest that a database takes has 19
            raise UnknownFeedError
        source = await off_loop(context.services.sources.source, int(number))
        texts = await off_loop(context.texts, update)
        await handler(Asked(update, context, texts, source.feed, rest))

    return press


async def _choose_language(update: Update, context: BotContext, value: str) -> None:
    """Value: a feed's id, and behind a dot a code, or nothing for none."""
    chosen = _speak_as_pressed if "." in value else _press_language
    await _pressed(chosen)(update, context, value)


async def _speak_as_pressed(asked: Asked) -> None:
    await _speak(asked, asked.value)


_OF_ONE = frozenset({"open", "pause", "resume", "retry", "latest", "remove"})
"""Lines that say nothing but which feed."""

LINES: dict[str, Callable[[Asked], Awaitable[None]]] = {
    "open": _open,
    "rename": _rename,
    "move": _move,
    "credit": _credit,
    "language": _language,
    "weight": _weight,
    "pause": _pause,
    "resume": _resume,
    "retry": _retry,
    "latest": _latest,
    "remove": _ask_to_remove,
}
"""What each line about one feed does."""

PRESSES: dict[str, Callable[[Update, BotContext, str], Awaitable[None]]] = {
    FEEDS_PAGE: list_feeds,
    FEED: _pressed(_open),
    OPEN_FEED: _pressed(_open_apart),
    FEED_RETRY: _pressed(_retry),
    FEED_PAUSE: _pressed(_pause),
    FEED_RESUME: _pressed(_resume),
    FEED_WEIGHT: _pressed(_press_weight),
    FEED_LANGUAGE: _choose_language,
    FEED_LATEST: _pressed(_latest),
    FEED_HOW: _pressed(_how),
    FEED_REMOVE: _pressed(_ask_to_remove),
    REMOVE_FEED: _pressed(_remove),
    FEED_UNDO: _undo,
}
"""What each button does that is about one feed; the caller has checked the rights and answers for the errors."""
