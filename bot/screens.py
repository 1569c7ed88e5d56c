"""What a reader sees and can press: a profile in, a text and its buttons out. Pure."""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.callbacks import (
    ALL_TOPICS,
    ANNOUNCEMENTS,
    DAYS,
    DIGEST,
    DROP_WORD,
    FINISH,
    LANGUAGE,
    LOCATE,
    PAUSE,
    PAUSE_DAYS,
    PREVIEW,
    QUIET,
    RESUME,
    SCREEN,
    SIZE,
    TIME,
    TIMES,
    TOGGLE_DAY,
    TOGGLE_TIME,
    TOGGLE_WEEKEND_TIME,
    TOPIC,
    TRY,
    TRY_DROP,
    TRY_KEEP,
    UNFOLLOW,
    UNMUTE,
    WEEKEND_AS_USUAL,
    ZONE,
    Press,
)
from bot.render import Keyboard, shorten
from bot.settings import LANGUAGES
from bot.texts import NONE, Markup, Texts, texts_in
from bot.zones import COMMON
from digests.model import QuietHours, SubscriberState, Subscription, Topic
from digests.subscribers import MINUTES, Profile

HOURS_IN_ROW = 6

MAX_LABEL = 60
"""UTF-16 units of a button of a list."""

PREVIEWED = 5
"""Headlines at the end of joining."""

PAUSES = (1, 3, 7, 14)
"""Days of silence on offer."""

SHIFTS = (-15, -5, -1, 1, 5, 15)
"""Minutes by which the hour can be shifted."""

TOPICS_ON_PAGE = 8
"""Of the screen of topics, so that their lines and buttons stay on a phone's screen."""

MAX_ABOUT = 120
"""Characters of a topic's description on the screen of topics."""

MOST_STORIES = 20
"""Followed stories that are listed, the latest."""

MAX_LISTED = 90
"""Buttons of a list: Telegram takes 100 in all."""

USUAL_PLANS = (("08:00",), ("19:00",), ("08:00", "19:00"))
"""Hours offered at once while joining: mornings, evenings, both."""

USUAL_QUIET = ("22:00-07:00", "23:00-07:00", "23:00-08:00", "00:00-09:00")
"""Quiet hours on offer."""

Row = list[tuple[str, str]]


@dataclass(frozen=True)
class Screen:
    """A message that stands for a place in the bot."""

    text: Markup
    keyboard: Keyboard


def button(texts: Texts, name: str, press: Press) -> tuple[str, str]:
    """A button with the catalogues' label of that name."""
    return texts.plain(f"button-{name}"), press.data()


def in_rows(buttons: Sequence[tuple[str, str]], length: int) -> list[Row]:
    """The buttons in order, at most so many in a row."""
    return [list(buttons[start : start + length]) for start in range(0, len(buttons), length)]


def page_turns(action: str, name: str, page: int, count: int) -> list[Row]:
    """The row of buttons that turn to the page before and the next, from 0; none where there is one page alone.

    name: of what is turned, "" where the action says.
    """
    steps = (("◂", page - 1), (f"{page + 1}/{count}", page), ("▸", page + 1))
    row = [(label, Press(action, f"{name}.{to}" if name else str(to)).data()) for label, to in steps if 0 <= to < count]
    return [row] if count > 1 else []


def screen(name: str, profile: Profile, now: datetime) -> Screen:
    """The screen of that name, in the reader's language; of one with pages `name.2` is the third.

    While a reader is joining, the screens of topics, hours, zone and length are steps that lead on to the next. Those
    of settings offer to try before anything counts, and say so while something is tried.

    Raises:
        KeyError: there is no such screen.
        ValueError: it has no pages of that kind.
    """
    name, _, page = name.partition(".")
    texts = texts_in(profile.subscriber.language)
    shown = _topics(profile, texts, int(page)) if name == "topics" and page else _SCREENS[name](profile, texts, now)
    return shown if _is_joining(profile) or name not in _TRIED else _with_trying(name, shown, profile, texts)


def page_of_topic(profile: Profile, slug: str) -> str:
    """The screen of topics on whose page that topic stands."""
    at = next((number for number, topic in enumerate(profile.topics) if topic.slug == slug), 0)
    return f"topics.{at // TOPICS_ON_PAGE}"


def _with_trying(name: str, shown: Screen, profile: Profile, texts: Texts) -> Screen:
    choices = [button(texts, "try", Press(TRY, name))]
    text = shown.text
    if profile.is_trying:
        text = Markup(f"{texts.say('trying')}\n\n{shown.text}")
        choices = [
            button(texts, "preview", Press(PREVIEW)),
            button(texts, "keep", Press(TRY_KEEP)),
            button(texts, "drop", Press(TRY_DROP)),
        ]
    at = len(shown.keyboard) - (name != "settings")  # the way back stays last
    return Screen(text, [*shown.keyboard[:at], choices, *shown.keyboard[at:]])


def next_edition(profile: Profile, texts: Texts) -> str:
    """When the next edition comes, or the catalogues' word for never."""
    if profile.next_edition_at is None:
        return NONE
    return texts.moment(profile.next_edition_at, profile.subscription.zone)


def joined(profile: Profile, headlines: Sequence[str]) -> Screen:
    """The end of joining. headlines: of what a digest would bring now, the best first."""
    texts = texts_in(profile.subscriber.language)
    buttons = [
        [button(texts, "digest", Press(DIGEST)), button(texts, "settings", Press(SCREEN, "settings"))],
        [_switch(texts, "announcements", ANNOUNCEMENTS, on=profile.subscription.announcements)],
    ]
    text = texts.say("join-done", next=next_edition(profile, texts))
    if headlines:
        shown = [texts.say("join-headline", title=one[:150]) for one in headlines[:PREVIEWED]]
        text = Markup("\n".join([f"{text}\n", texts.say("join-preview", count=len(headlines)), *shown]))
    return Screen(text, buttons)


def _topics(profile: Profile, texts: Texts, page: int = 0) -> Screen:
    joining = _is_joining(profile)
    languages = [_languages(profile)] if joining else []
    if not profile.topics:
        return Screen(
            texts.say("join-no-topics"), languages or [[button(texts, "language", Press(SCREEN, "language"))]]
        )
    last = (len(profile.topics) - 1) // TOPICS_ON_PAGE
    page = max(0, min(page, last))
    on_page = profile.topics[page * TOPICS_ON_PAGE : (page + 1) * TOPICS_ON_PAGE]
    buttons: Row = []
    for topic in on_page:
        mark = "✅" if topic.slug in profile.subscription.topics else "▫️"
        count = profile.stories_a_day.get(topic.slug, 0)
        label = f"{mark} {topic.name(profile.subscriber.language)}" + (f" · {count}" if count else "")
        buttons.append((label, Press(TOPIC, topic.slug).data()))
    turns = page_turns(SCREEN, "topics", page, last + 1)
    everything = [button(texts, "all", Press(ALL_TOPICS, "1")), button(texts, "none", Press(ALL_TOPICS, "0"))]
    on = button(texts, "next", Press(SCREEN, "time")) if joining else button(texts, "back", Press(SCREEN, "settings"))
    head = texts.say("join-topics" if joining else "topics-screen")
    return Screen(
        _described(head, on_page, texts),
        [*languages, *in_rows(buttons, 2), *turns, everything, [on]],
    )


def _described(head: Markup, topics: Sequence[Topic], texts: Texts) -> Markup:
    """With a line on each topic that has one."""
    lines = [
        texts.say(
            "topic-told", name=topic.name(texts.language), about=shorten(topic.description(texts.language), MAX_ABOUT)
        )
        for topic in topics
        if topic.description(texts.language)
    ]
    return Markup("\n".join([f"{head}\n", *lines])) if lines else head


def _time(profile: Profile, texts: Texts, _now: datetime) -> Screen:
    joining = _is_joining(profile)
    times = profile.subscription.times
    usual = [
        (texts.plain("usual-times", times=", ".join(one)), Press(TIMES, ",".join(one)).data()) for one in USUAL_PLANS
    ]
    return Screen(
        texts.say("join-time" if joining else "time-screen", time=texts.clocks(times)),
        [
            *([usual] if joining else []),
            *_hours(times, TIME if joining else TOGGLE_TIME),
            *([_shifts(times[0], texts)] if len(times) == 1 else []),
            *([] if joining else [[button(texts, "days", Press(SCREEN, "days"))]]),
            _way(texts, joining=joining, before="topics", after="zone"),
        ],
    )


def _hours(times: Sequence[time], action: str) -> list[Row]:
    """All hours of a day; those in `times` are marked, whatever their minutes."""
    minutes = times[0].minute if len(times) == 1 else 0
    buttons: Row = []
    for hour in range(24):
        own = next((at for at in times if at.hour == hour), None)
        at = own or time(hour, minutes)
        label = f"• {hour:02}" + (f":{own.minute:02}" if own and own.minute else "") if own else f"{hour:02}"
        buttons.append((label, Press(action, f"{at:%H:%M}").data()))
    return in_rows(buttons, HOURS_IN_ROW)


def _shifts(current: time, texts: Texts) -> Row:
    return [
        (f"{shift:+}".replace("-", "−"), Press(TIME, texts.clock(_shifted(current, shift))).data()) for shift in SHIFTS
    ]


def _days(profile: Profile, texts: Texts, _now: datetime) -> Screen:
    chosen = profile.subscription.days
    days = [
        (("✅ " if day in chosen else "▫️ ") + texts.weekday(day), Press(TOGGLE_DAY, str(day)).data())
        for day in range(7)
    ]
    usual = [
        button(texts, "every-day", Press(DAYS, "0123456")),
        button(texts, "weekdays", Press(DAYS, "01234")),
        button(texts, "weekends", Press(DAYS, "56")),
    ]
    return Screen(
        texts.say("days-screen", plan=plan(profile.subscription, texts)),
        [
            *in_rows(days, 4),
            usual,
            [button(texts, "weekend-times", Press(SCREEN, "weekend"))],
            [button(texts, "back", Press(SCREEN, "time"))],
        ],
    )


def _weekend(profile: Profile, texts: Texts, _now: datetime) -> Screen:
    times = profile.subscription.weekend_times
    same = ("" if times else "• ") + texts.plain("button-as-usual")
    return Screen(
        texts.say("weekend-screen", times=texts.clocks(times) if times else NONE),
        [
            [(same, Press(WEEKEND_AS_USUAL).data())],
            *_hours(times, TOGGLE_WEEKEND_TIME),
            [button(texts, "back", Press(SCREEN, "days"))],
        ],
    )


def plan(subscription: Subscription, texts: Texts) -> str:
    """When editions come, as people say it: `08:00, 19:00 · Mon, Tue · Sat, Sun 10:00`."""
    written = texts.clocks(subscription.times)
    days = subscription.days
    if len(days) < len(_WEEK):
        written += " · " + ", ".join(texts.weekday(day) for day in sorted(days))
    weekend = sorted(days & _WEEKEND)
    if weekend and subscription.weekend_times:
        named = ", ".join(texts.weekday(day) for day in weekend)
        written += f" · {named} {texts.clocks(subscription.weekend_times)}"
    return written


def _zone(profile: Profile, texts: Texts, now: datetime) -> Screen:
    joining = _is_joining(profile)
    current = profile.subscription.zone
    zones = [current, *(zone for zone in COMMON if zone != current)]
    buttons = [
        (
            ("• " if zone == current else "") + f"{texts.zone(zone)} {_clock_in(zone, now)}",
            Press(ZONE, zone).data(),
        )
        for zone in zones
    ]
    values = {"zone": texts.zone(current), "clock": _clock_in(current, now)}
    return Screen(
        texts.say("join-zone" if joining else "zone-screen", **values),
        [
            *in_rows(buttons, 2),
            *([[button(texts, "locate", Press(LOCATE))]] if profile.subscriber.chat_id > 0 else []),
            _way(texts, joining=joining, before="time", after="size"),
        ],
    )


def _size(profile: Profile, texts: Texts, _now: datetime) -> Screen:
    joining = _is_joining(profile)
    lengths = [
        (
            ("• " if minutes == profile.subscription.minutes else "") + texts.plain("minutes", count=minutes),
            Press(SIZE, str(minutes)).data(),
        )
        for minutes in MINUTES
    ]
    done = [button(texts, "back", Press(SCREEN, "zone")), button(texts, "done", Press(FINISH))]
    way = done if joining else [button(texts, "back", Press(SCREEN, "settings"))]
    return Screen(texts.say("join-size" if joining else "size-screen"), [lengths, way])


def _pause(_profile: Profile, texts: Texts, _now: datetime) -> Screen:
    pauses = [(texts.plain("days", count=days), Press(PAUSE_DAYS, str(days)).data()) for days in PAUSES]
    return Screen(
        texts.say("pause-screen"),
        [
            *in_rows(pauses, 2),
            [button(texts, "until-resumed", Press(PAUSE))],
            [button(texts, "back", Press(SCREEN, "settings"))],
        ],
    )


def _language(profile: Profile, texts: Texts, _now: datetime) -> Screen:
    back = button(texts, "back", Press(SCREEN, "topics" if _is_joining(profile) else "settings"))
    return Screen(texts.say("language-screen"), [_languages(profile), [back]])


def _languages(profile: Profile) -> Row:
    return [
        (
            ("• " if language == profile.subscriber.language else "") + texts_in(language).plain("language-name"),
            Press(LANGUAGE, language).data(),
        )
        for language in LANGUAGES
    ]


def _settings(profile: Profile, texts: Texts, now: datetime) -> Screen:
    paused = profile.subscriber.state is SubscriberState.PAUSED
    until = profile.subscriber.paused_until
    state = ("paused-until" if until else "paused") if paused else "active"
    mine = [
        topic.name(profile.subscriber.language) for topic in profile.topics if topic.slug in profile.subscription.topics
    ]
    text = texts.say(
        "settings-screen",
        topics=", ".join(mine) or texts.say("no-topics-chosen"),
        time=plan(profile.subscription, texts),
        zone=texts.zone(profile.subscription.zone),
        size=texts.say("minutes", count=profile.subscription.minutes),
        quiet=quiet_hours(profile.subscription.quiet),
        state=state,
        until=texts.moment(until, profile.subscription.zone, now) if until else NONE,
        next=next_edition(profile, texts),
    )
    return Screen(
        text,
        [
            [button(texts, "topics", Press(SCREEN, "topics")), button(texts, "time", Press(SCREEN, "time"))],
            [button(texts, "zone", Press(SCREEN, "zone")), button(texts, "size", Press(SCREEN, "size"))],
            [button(texts, "own-words", Press(SCREEN, "words")), button(texts, "muted", Press(SCREEN, "muted"))],
            [button(texts, "quiet", Press(SCREEN, "quiet")), button(texts, "language", Press(SCREEN, "language"))],
            [_switch(texts, "announcements", ANNOUNCEMENTS, on=profile.subscription.announcements)],
            [
                button(texts, "resume", Press(RESUME)) if paused else button(texts, "pause", Press(SCREEN, "pause")),
                button(texts, "digest", Press(DIGEST)),
            ],
        ],
    )


def quiet_hours(quiet: QuietHours | None) -> str:
    """As people write them: `22:00–07:00`; the catalogues' word for none without any."""
    return f"{quiet.start:%H:%M}–{quiet.end:%H:%M}" if quiet else NONE


def _quiet(profile: Profile, texts: Texts, _now: datetime) -> Screen:
    current = quiet_hours(profile.subscription.quiet)
    spans = [
        (("• " if one.replace("-", "–") == current else "") + one.replace("-", "–"), Press(QUIET, one).data())
        for one in USUAL_QUIET
    ]
    never = ("• " if current == NONE else "") + texts.plain("button-no-quiet")
    return Screen(
        texts.say("quiet-screen", quiet=current),
        [
            *in_rows(spans, 2),
            [(never, Press(QUIET, NONE).data())],
            [button(texts, "back", Press(SCREEN, "settings"))],
        ],
    )


def _words(profile: Profile, texts: Texts, _now: datetime) -> Screen:
    mine = profile.subscription
    words = [
        *_own_words("➕", "i", mine.included),
        *_own_words("🔔", "a", mine.alerts),
    ]
    stories = [
        (shorten(f"✕ 📌 {one.title}", MAX_LABEL), Press(UNFOLLOW, str(one.story_id)).data()) for one in profile.followed
    ]
    return Screen(
        texts.say("words-screen", any="some" if words or stories else NONE),
        [
            *([one] for one in stories[:MOST_STORIES]),
            *in_rows(words[: MAX_LISTED - len(stories[:MOST_STORIES])], 2),
            [button(texts, "back", Press(SCREEN, "settings"))],
        ],
    )


def _own_words(sign: str, kind: str, words: Sequence[str]) -> Row:
    return [
        (shorten(f"✕ {sign} {word}", MAX_LABEL), Press(DROP_WORD, f"{kind}.{name_of(word)}").data()) for word in words
    ]


def name_of(word: str) -> str:
    """A short name for an entry of a list, the same wherever it stands in it."""
    return f"{zlib.crc32(word.encode()):x}"


def _muted(profile: Profile, texts: Texts, _now: datetime) -> Screen:
    mine = profile.subscription
    sources = [(shorten(f"✕ {owner}", MAX_LABEL), Press(UNMUTE, name_of(owner)).data()) for owner in sorted(mine.muted)]
    buttons = [*sources, *_own_words("➖", "e", mine.excluded)][:MAX_LISTED]
    return Screen(
        texts.say("muted-screen", any="some" if buttons else NONE),
        [*in_rows(buttons, 2), [button(texts, "back", Press(SCREEN, "settings"))]],
    )


_WEEK, _WEEKEND = frozenset(range(7)), frozenset({5, 6})

_TRIED = frozenset({"topics", "time", "days", "weekend", "zone", "size", "language", "quiet", "settings"})

_SCREENS: dict[str, Callable[[Profile, Texts, datetime], Screen]] = {
    "topics": lambda profile, texts, _now: _topics(profile, texts),
    "time": _time,
    "days": _days,
    "weekend": _weekend,
    "pause": _pause,
    "muted": _muted,
    "words": _words,
    "quiet": _quiet,
    "zone": _zone,
    "size": _size,
    "language": _language,
    "settings": _settings,
}


def _is_joining(profile: Profile) -> bool:
    return profile.subscriber.state is SubscriberState.JOINING


def _switch(texts: Texts, name: str, action: str, *, on: bool) -> tuple[str, str]:
    return f"{'✅' if on else '▫️'} {texts.plain(f'button-{name}')}", Press(action, "0" if on else "1").data()


def _way(texts: Texts, *, joining: bool, before: str, after: str) -> Row:
    if not joining:
        return [button(texts, "back", Press(SCREEN, "settings"))]
    return [button(texts, "back", Press(SCREEN, before)), button(texts, "next", Press(SCREEN, after))]


def _shifted(at: time, minutes: int) -> time:
    return (datetime.combine(date(2000, 1, 2), at) + timedelta(minutes=minutes)).time()


def _clock_in(zone: str, now: datetime) -> str:
    return now.astimezone(ZoneInfo(zone)).strftime("%H:%M")
