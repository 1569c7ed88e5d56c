"""What a reader sees and can press: a profile in, a text and its buttons out. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.callbacks import (
    ALL_TOPICS,
    DIGEST,
    FINISH,
    LANGUAGE,
    PAUSE,
    RESUME,
    SCREEN,
    SIZE,
    TIME,
    TOPIC,
    ZONE,
    Press,
)
from bot.render import Keyboard
from bot.settings import LANGUAGES
from bot.texts import NONE, Markup, Texts, texts_in
from bot.zones import COMMON
from digests.model import SubscriberState
from digests.subscribers import SIZES, Profile

HOURS_IN_ROW = 6
SHIFTS = (-15, -5, -1, 1, 5, 15)
"""Minutes by which the hour can be shifted."""

MAX_TOPICS = 90
"""Buttons for topics on one screen: Telegram takes 100 buttons in all."""

Row = list[tuple[str, str]]


@dataclass(frozen=True)
class Screen:
    """A message that stands for a place in the bot."""

    text: Markup
    keyboard: Keyboard


def screen(name: str, profile: Profile, now: datetime) -> Screen:
    """The screen of that name, in the reader's language.

    While a reader is joining, the screens of topics, hour and zone are steps that lead on to the next.

    Raises:
        KeyError: there is no such screen.
    """
    return _SCREENS[name](profile, texts_in(profile.subscriber.language), now)


def next_edition(profile: Profile, texts: Texts) -> str:
    """When the next edition comes, or the catalogues' word for never."""
    if profile.next_edition_at is None:
        return NONE
    return texts.moment(profile.next_edition_at, profile.subscription.zone)


def joined(profile: Profile) -> Screen:
    """The end of joining."""
    texts = texts_in(profile.subscriber.language)
    buttons = [[_button(texts, "digest", Press(DIGEST)), _button(texts, "settings", Press(SCREEN, "settings"))]]
    return Screen(texts.say("join-done", next=next_edition(profile, texts)), buttons)


def _topics(profile: Profile, texts: Texts, _now: datetime) -> Screen:
    joining = _is_joining(profile)
    if not profile.topics:
        return Screen(texts.say("join-no-topics"), [[_button(texts, "language", Press(SCREEN, "language"))]])
    buttons: Row = []
    for topic in profile.topics[:MAX_TOPICS]:
        mark = "✅" if topic.slug in profile.subscription.topics else "▫️"
        count = profile.stories_a_day.get(topic.slug, 0)
        label = f"{mark} {topic.name(profile.subscriber.language)}" + (f" · {count}" if count else "")
        buttons.append((label, Press(TOPIC, topic.slug).data()))
    everything = [_button(texts, "all", Press(ALL_TOPICS, "1")), _button(texts, "none", Press(ALL_TOPICS, "0"))]
    if joining:
        everything.append(_button(texts, "language", Press(SCREEN, "language")))
    on = _button(texts, "next", Press(SCREEN, "time")) if joining else _button(texts, "back", Press(SCREEN, "settings"))
    return Screen(texts.say("join-topics" if joining else "topics-screen"), [*_rows(buttons, 2), everything, [on]])


def _time(profile: Profile, texts: Texts, _now: datetime) -> Screen:
    joining = _is_joining(profile)
    current = profile.subscription.times[0]
    hours = [
        (("• " if hour == current.hour else "") + f"{hour:02}", Press(TIME, f"{hour:02}:{current.minute:02}").data())
        for hour in range(24)
    ]
    shifts = [
        (f"{shift:+}".replace("-", "−"), Press(TIME, texts.clock(_shifted(current, shift))).data()) for shift in SHIFTS
    ]
    return Screen(
        texts.say("join-time" if joining else "time-screen", time=texts.clock(current)),
        [*_rows(hours, HOURS_IN_ROW), shifts, _way(texts, joining=joining, before="topics", after="zone")],
    )


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
    back = _button(texts, "back", Press(SCREEN, "time" if joining else "settings"))
    way = [back, _button(texts, "done", Press(FINISH))] if joining else [back]
    values = {"zone": texts.zone(current), "clock": _clock_in(current, now)}
    return Screen(texts.say("join-zone" if joining else "zone-screen", **values), [*_rows(buttons, 2), way])


def _size(profile: Profile, texts: Texts, _now: datetime) -> Screen:
    sizes = [
        (("• " if size == profile.subscription.max_stories else "") + str(size), Press(SIZE, str(size)).data())
        for size in SIZES
    ]
    return Screen(texts.say("size-screen"), [sizes, [_button(texts, "back", Press(SCREEN, "settings"))]])


def _language(profile: Profile, texts: Texts, _now: datetime) -> Screen:
    languages = [
        (
            ("• " if language == profile.subscriber.language else "") + texts_in(language).plain("language-name"),
            Press(LANGUAGE, language).data(),
        )
        for language in LANGUAGES
    ]
    back = _button(texts, "back", Press(SCREEN, "topics" if _is_joining(profile) else "settings"))
    return Screen(texts.say("language-screen"), [languages, [back]])


def _settings(profile: Profile, texts: Texts, _now: datetime) -> Screen:
    paused = profile.subscriber.state is SubscriberState.PAUSED
    mine = [
        topic.name(profile.subscriber.language) for topic in profile.topics if topic.slug in profile.subscription.topics
    ]
    text = texts.say(
        "settings-screen",
        topics=", ".join(mine) or texts.say("no-topics-chosen"),
        time=texts.clock(profile.subscription.times[0]),
        zone=texts.zone(profile.subscription.zone),
        size=profile.subscription.max_stories,
        state="paused" if paused else "active",
        next=next_edition(profile, texts),
    )
    return Screen(
        text,
        [
            [_button(texts, "topics", Press(SCREEN, "topics")), _button(texts, "time", Press(SCREEN, "time"))],
            [_button(texts, "zone", Press(SCREEN, "zone")), _button(texts, "size", Press(SCREEN, "size"))],
            [
                _button(texts, "language", Press(SCREEN, "language")),
                _button(texts, "resume", Press(RESUME)) if paused else _button(texts, "pause", Press(PAUSE)),
            ],
            [_button(texts, "digest", Press(DIGEST))],
        ],
    )


_SCREENS: dict[str, Callable[[Profile, Texts, datetime], Screen]] = {
    "topics": _topics,
    "time": _time,
    "zone": _zone,
    "size": _size,
    "language": _language,
    "settings": _settings,
}


def _is_joining(profile: Profile) -> bool:
    return profile.subscriber.state is SubscriberState.JOINING


def _button(texts: Texts, name: str, press: Press) -> tuple[str, str]:
    return texts.plain(f"button-{name}"), press.data()


def _way(texts: Texts, *, joining: bool, before: str, after: str) -> Row:
    if not joining:
        return [_button(texts, "back", Press(SCREEN, "settings"))]
    return [_button(texts, "back", Press(SCREEN, before)), _button(texts, "next", Press(SCREEN, after))]


def _rows(buttons: Row, length: int) -> list[Row]:
    return [buttons[start : start + length] for start in range(0, len(buttons), length)]


def _shifted(at: time, minutes: int) -> time:
    return (datetime.combine(date(2000, 1, 2), at) + timedelta(minutes=minutes)).time()


def _clock_in(zone: str, now: datetime) -> str:
    return now.astimezone(ZoneInfo(zone)).strftime("%H:%M")
