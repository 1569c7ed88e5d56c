"""What an admin sees of the list of feeds, of one feed, and of feeds that break; and can press. Pure."""

import html
from collections.abc import Sequence
from datetime import datetime

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
    Press,
)
from bot.lists import shortened
from bot.render import Keyboard, link, turns, write_keyboard
from bot.screens import Screen
from bot.settings import LANGUAGES
from bot.texts import NONE, Markup, Texts, texts_in
from digests.alarms import Alarm
from digests.desk import FeedHealth
from digests.model import Entry, Feed, Part
from digests.sources import Quality, Source, TakenList

ON_PAGE = 10
"""Feeds on a page of the list: with what is wrong with each they fit a message."""

IN_ROW = 5
MAX_TITLE = 60
MAX_ADDRESS = 300
MAX_HEADLINE = 200

MOST_TOLD = 10
"""Feeds that one message about broken ones names, and those that it says are back."""

WEIGHTS = (0.25, 0.5, 1.0, 1.5, 2.0, 3.0)
"""Offered as buttons; others can be written."""

HOW = {"rename": "feed-how-rename", "move": "feed-how-move", "credit": "feed-how-credit"}
"""What is written rather than pressed -> the sentence that says how."""


def feeds_screen(known: Sequence[FeedHealth], page: int, texts: Texts, now: datetime) -> Screen:
    """A page of the list, what is broken first, then by title. A feed keeps its number for ever."""
    numbered = sorted(((one.feed.id, one) for one in known), key=lambda one: not _is_failing(one[1].feed))
    pages = max(1, -(-len(numbered) // ON_PAGE))
    page = min(max(page, 0), pages - 1)
    shown = numbered[page * ON_PAGE : (page + 1) * ON_PAGE]
    head = texts.say(
        "feed-list",
        count=len(known),
        broken=sum(_is_failing(one.feed) for one in known),
        paused=sum(one.feed.is_paused for one in known),
    )
    lines = [f"{number}. {_line(one, texts, now)}" for number, one in shown] or [texts.say("feed-none")]
    numbers = [(str(number), Press(FEED, str(one.feed.id)).data()) for number, one in shown]
    rows = [numbers[start : start + IN_ROW] for start in range(0, len(numbers), IN_ROW)]
    text = "\n".join([head, *lines, "", texts.say("feed-usage")])
    return Screen(Markup(text), [*rows, *turns(FEEDS_PAGE, "", page, pages)])


def source_screen(
    source: Source, texts: Texts, now: datetime, *, head: Markup | None = None, undo: int | None = None
) -> Screen:
    """One feed: how it is and what admins say of it. head: what has just been done. undo: the log's entry of that."""
    feed, number = source.feed, str(source.feed.id)
    lines = [
        texts.say("feed-head", number=feed.id, title=shortened(feed.name, MAX_TITLE)),
        html.escape(shortened(feed.url, MAX_ADDRESS)),
    ]
    if feed.site_url:
        lines.append(texts.say("feed-site", url=shortened(feed.site_url, MAX_ADDRESS)))
    lines += ["", *_state(feed, texts, now)]
    lines.append(texts.say("feed-daily", count=source.health.entries_a_day))
    lines += [_quality(source.quality, texts), "", texts.say("feed-weight", weight=texts.amount(feed.weight))]
    if feed.language:
        lines.append(texts.say("feed-language", language=texts.language_name(feed.language)))
    if feed.credit:
        lines.append(texts.say("feed-credit", credit=feed.credit))
    if source.topics:
        names = ", ".join(topic.name(texts.language) for topic in source.topics[:MOST_TOLD])
        lines.append(texts.say("feed-topics", topics=shortened(names, MAX_HEADLINE)))
    pause = ("button-feed-resume", FEED_RESUME) if feed.is_paused else ("button-feed-pause", FEED_PAUSE)
    retry = [] if feed.is_paused else [("button-retry", Press(FEED_RETRY, number))]
    rows = [
        [*retry, (pause[0], Press(pause[1], number))],
        [("button-weight", Press(FEED_WEIGHT, number)), ("button-language", Press(FEED_LANGUAGE, number))],
        [("button-latest", Press(FEED_LATEST, number)), ("button-rename", Press(FEED_HOW, f"{number}.rename"))],
        [("button-credit", Press(FEED_HOW, f"{number}.credit")), ("button-move", Press(FEED_HOW, f"{number}.move"))],
        [("button-remove", Press(FEED_REMOVE, number)), ("button-back", Press(FEEDS_PAGE, "0"))],
    ]
    if undo is not None:
        rows.insert(0, [("button-take-back", Press(FEED_UNDO, str(undo)))])
    text = "\n".join(lines)
    return Screen(Markup(f"{head}\n\n{text}" if head else text), _keyboard(rows, texts))


def weights_screen(feed: Feed, texts: Texts) -> Screen:
    """How much the feed is to count."""
    buttons = [
        (f"{'✓ ' if one == feed.weight else ''}{texts.amount(one)}", Press(FEED_WEIGHT, f"{feed.id}.{one}").data())
        for one in WEIGHTS
    ]
    text = texts.say("feed-weight-question", title=_title(feed), weight=texts.amount(feed.weight), which=_which(feed))
    return Screen(text, [buttons[:3], buttons[3:], _back(feed, texts)])


def languages_screen(feed: Feed, texts: Texts) -> Screen:
    """In which language those of its articles are that do not show it."""
    buttons = [
        (
            f"{'✓ ' if code == feed.language else ''}{texts.language_name(code)}",
            Press(FEED_LANGUAGE, f"{feed.id}.{code}").data(),
        )
        for code in LANGUAGES
    ]
    none = (texts.plain("button-as-recognized"), Press(FEED_LANGUAGE, f"{feed.id}.").data())
    text = texts.say("feed-language-question", title=_title(feed), which=_which(feed))
    return Screen(text, [buttons, [none], _back(feed, texts)])


def latest_screen(feed: Feed, entries: Sequence[Entry], texts: Texts, now: datetime) -> Screen:
    """What the feed has said last."""
    lines = [
        f"• {link(one.url, shortened(one.title, MAX_HEADLINE)) if one.url else html.escape(one.title[:MAX_HEADLINE])}"
        + (f" <i>{html.escape(texts.ago(one.published_at, now))}</i>" if one.published_at else "")
        for one in entries
    ]
    head = texts.say("feed-latest", title=_title(feed), any="some" if lines else NONE)
    return Screen(Markup("\n".join([head, *lines])), [_back(feed, texts)])


def how_screen(feed: Feed, what: str, texts: Texts) -> Screen:
    """Which line to send. what: one of `HOW`."""
    return Screen(texts.say(HOW[what], title=_title(feed), which=_which(feed)), [_back(feed, texts)])


def remove_screen(feed: Feed, texts: Texts) -> Screen:
    """The question before a feed is removed."""
    yes = (texts.plain("button-really-remove"), Press(REMOVE_FEED, str(feed.id)).data())
    no = (texts.plain("button-cancel"), Press(FEED, str(feed.id)).data())
    return Screen(texts.say("feed-remove-question", title=_title(feed)), [[yes], [no]])


def removed_screen(feed: Feed, noted: int | None, texts: Texts) -> Screen:
    """That a feed is removed, and the way back."""
    undo = [] if noted is None else [[(texts.plain("button-take-back"), Press(FEED_UNDO, str(noted)).data())]]
    return Screen(texts.say("feed-removed", title=_title(feed)), undo)


def list_taken(taken: TakenList, texts: Texts) -> Screen:
    """What became of a list with folders."""
    lines = [texts.say("list-followed", count=taken.followed)]
    for key, names in (
        ("list-topics-added", taken.added),
        ("list-topics-changed", taken.changed),
        ("list-topics-left", taken.left),
    ):
        if names:
            lines.append(texts.say(key, names=shortened(", ".join(names), 800)))
    return Screen(Markup("\n".join(lines)), [])


def alarm_part(alarm: Alarm, language: str) -> Part:
    """The message that tells whoever is responsible what is broken and what is well again."""
    texts = texts_in(language)
    lines: list[str] = []
    if alarm.broken:
        lines.append(texts.say("alarm-broken", count=len(alarm.broken)))
        lines += [
            texts.say("alarm-line", title=_title(feed), error=texts.feed_trouble(feed.error))
            for feed in alarm.broken[:MOST_TOLD]
        ]
        if len(alarm.broken) > MOST_TOLD:
            lines.append(texts.say("list-more", count=len(alarm.broken) - MOST_TOLD))
    if alarm.back:
        titles = ", ".join(_title(feed) for feed in alarm.back[:MOST_TOLD])
        more = texts.plain("list-more", count=len(alarm.back) - MOST_TOLD) if len(alarm.back) > MOST_TOLD else ""
        lines.append(texts.say("alarm-back", titles=f"{titles} {more}".strip()))
    buttons = [[(f"📡 {_title(feed)}", Press(OPEN_FEED, str(feed.id)).data())] for feed in alarm.broken[:MOST_TOLD]]
    return Part(text="\n".join(lines), keyboard=write_keyboard(buttons) if buttons else "")


def _is_failing(feed: Feed) -> bool:
    return bool(feed.error) and not feed.is_paused


def _line(one: FeedHealth, texts: Texts, now: datetime) -> Markup:
    """One feed in the list."""
    feed = one.feed
    title = Markup(link(feed.url, _title(feed)))
    if feed.weight != 1:
        title = texts.say("feed-weighs", title=title, weight=texts.amount(feed.weight))
    ago = texts.ago(feed.last_success_at, now) if feed.last_success_at else NONE
    if feed.is_paused:
        return texts.say("feed-line-paused", title=title)
    if feed.error:
        trouble = texts.feed_trouble(feed.error)
        return texts.say("feed-line-broken", title=title, error=trouble, failures=feed.failures, ago=ago)
    if feed.last_success_at is None:
        return texts.say("feed-line-new", title=title)
    return texts.say("feed-line-ok", title=title, count=one.entries_a_day, ago=ago)


def _state(feed: Feed, texts: Texts, now: datetime) -> list[Markup]:
    """How its polling stands, and when it goes on."""
    ago = texts.ago(feed.last_success_at, now) if feed.last_success_at else NONE
    state = "broken" if feed.error else "ok" if feed.last_success_at else "new"
    lines = [texts.say("feed-health", state=state, ago=ago, failures=feed.failures)]
    if feed.error:
        lines.append(Markup(f"<i>{texts.feed_trouble(feed.error)}</i>"))
    if feed.is_paused:
        return [texts.say("feed-paused-now"), *lines]
    if feed.is_stopped:
        return [*lines, texts.say("feed-next", when="never")]
    when = texts.until(feed.next_poll_at, now) if feed.next_poll_at > now else "now"
    return [*lines, texts.say("feed-next", when=when)]


def _quality(quality: Quality, texts: Texts) -> Markup:
    if not quality.articles:
        return texts.say("feed-quality-none")
    return texts.say(
        "feed-quality",
        count=quality.articles,
        share=round(100 * quality.from_page / quality.articles),
        from_feed=quality.from_feed,
        headlines=quality.headlines,
        length=texts.amount(quality.length),
    )


def _title(feed: Feed) -> str:
    return shortened(feed.name, MAX_TITLE)


def _which(feed: Feed) -> str:
    """How to name the feed in a line: by its address, as numbers may be others by the time the line is sent."""
    return feed.url if len(feed.url) <= MAX_ADDRESS else feed.title


def _back(feed: Feed, texts: Texts) -> list[tuple[str, str]]:
    return [(texts.plain("button-back"), Press(FEED, str(feed.id)).data())]


def _keyboard(rows: Sequence[Sequence[tuple[str, Press]]], texts: Texts) -> Keyboard:
    return [[(texts.plain(key), press.data()) for key, press in row] for row in rows]
