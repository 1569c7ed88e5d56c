"""Every sentence a person reads: the catalogues of `bot/locales`, with values escaped and dates as people write them.

A new language is one new catalogue file beside the others, named after its code, and that code in `settings.Language`.
"""

import html
import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import (
    format_date,
    format_datetime,
    format_time,
    format_timedelta,
    get_day_names,
    get_timezone_location,
)
from babel.numbers import format_decimal
from fluent.runtime import FluentBundle, FluentResource

from bot.settings import LANGUAGES
from digests.errors import (
    AmbiguousFeedError,
    FeedExistsError,
    FeedPausedError,
    FetchError,
    HttpStatusError,
    InvalidFeedError,
    InvalidTimeError,
    InvalidTopicError,
    InvalidWeightError,
    InvitationError,
    ListTooLongError,
    NewsDigestError,
    NoDraftError,
    NoFeedFoundError,
    NotAllowedError,
    NothingToRevertError,
    NothingTriedError,
    SeveralFeedsError,
    TopicChangedError,
    TopicExistsError,
    TopicsFileError,
    UnknownArticleError,
    UnknownBroadcastError,
    UnknownChangeError,
    UnknownFeedError,
    UnknownMemberError,
    UnknownStoryError,
    UnknownSubscriberError,
    UnknownTopicError,
    UnknownZoneError,
    UnreadablePageError,
    WorkerError,
)
from digests.model import LEAST_WEIGHT, MAX_CREDIT, MAX_FEED_TITLE, MOST_WEIGHT

NONE = "none"
"""The value of an argument that a catalogue treats as absent."""

_SENTENCES = 2_000
"""Remembered of each language."""

LONG = 200
"""Characters from which on a value is put in after the sentence is made; fluent refuses more than 2500."""

_SAID_OF: dict[type[NewsDigestError], str] = {
    UnreadablePageError: "error-unreadable",
    WorkerError: "error-busy",
    InvalidTimeError: "unknown-text",
    UnknownStoryError: "story-gone",
    UnknownFeedError: "error-feed-unknown",
    NoFeedFoundError: "error-feed-not-found",
    TopicsFileError: "error-list",
    NoDraftError: "error-no-draft",
    NotAllowedError: "not-allowed",
    InvitationError: "invitation-gone",
    UnknownMemberError: "member-gone",
    UnknownBroadcastError: "broadcast-none",
    UnknownChangeError: "change-gone",
    NothingToRevertError: "change-gone",
    NothingTriedError: "nothing-tried",
    UnknownSubscriberError: "not-joined",
}
"""Error whose sentence needs no value -> that sentence."""

_OFFSET = re.compile(r"Etc/GMT([+-])(\d{1,2})")

_NAMED_AS = {
    "Asia/Kolkata": "Asia/Calcutta",
    "Asia/Kathmandu": "Asia/Katmandu",
    "Asia/Yangon": "Asia/Rangoon",
    "Asia/Ho_Chi_Minh": "Asia/Saigon",
    "Europe/Kyiv": "Europe/Kiev",
    "Atlantic/Faroe": "Atlantic/Faeroe",
    "America/Nuuk": "America/Godthab",
    "America/Argentina/Buenos_Aires": "America/Buenos_Aires",
    "America/Argentina/Cordoba": "America/Cordoba",
    "America/Argentina/Mendoza": "America/Mendoza",
    "America/Indiana/Indianapolis": "America/Indianapolis",
    "America/Kentucky/Louisville": "America/Louisville",
    "Pacific/Pohnpei": "Pacific/Ponape",
    "Pacific/Chuuk": "Pacific/Truk",
    "Pacific/Kanton": "Pacific/Enderbury",
    "Africa/Asmara": "Africa/Asmera",
}
"""Zones that CLDR has names for under the ids they had before."""


class Markup(str):
    """Text that is HTML for Telegram already, and is not to be escaped again."""

    __slots__ = ()


class Texts:
    """The sentences of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._bundle = FluentBundle([language], use_isolating=False)
        catalogue = files("bot") / "locales" / f"{language}.ftl"
        self._bundle.add_resource(FluentResource(catalogue.read_text(encoding="utf-8")))
        # Thousands of digests of one moment have most of their sentences in common.
        self._formatted = lru_cache(maxsize=_SENTENCES)(self._format)
        self._aged = lru_cache(maxsize=_SENTENCES)(self._age)
        self._dates = lru_cache(maxsize=_SENTENCES)(self._date)

    def say(self, key: str, **values: str | int) -> Markup:
        """The sentence of that key, as Telegram's HTML. Texts are escaped on their way in; `Markup` is not.

        Raises:
            KeyError: the catalogue has no such sentence, or it lacks a value.
        """
        safe = {name: _escaped(one) for name, one in values.items()}
        # The library refuses long values, so these take their places only after it has done its work.
        long = {name: one for name, one in safe.items() if isinstance(one, str) and len(one) > LONG}
        text = self._formatted(key, tuple((safe | {name: _place(name) for name in long}).items()))
        for name, one in long.items():
            text = text.replace(_place(name), one)
        return Markup(text.strip())

    def _format(self, key: str, values: tuple[tuple[str, str | int], ...]) -> str:
        message = self._bundle.get_message(key)
        if message is None or message.value is None:
            raise KeyError(f"{self.language}: no text {key!r}")
        text, faults = self._bundle.format_pattern(message.value, dict(values))
        if faults:
            raise KeyError(f"{self.language}: {key}: {faults}")
        return str(text)

    def plain(self, key: str, **values: str | int) -> str:
        """The same as plain text, for buttons, menus and toasts, which know no HTML."""
        return html.unescape(self.say(key, **values))

    def clock(self, at: time) -> str:
        """A time of the day: 08:00."""
        return at.strftime("%H:%M")

    def clocks(self, times: Iterable[time]) -> str:
        """Times of the day: 08:00, 19:30."""
        return ", ".join(map(self.clock, times))

    def weekday(self, day: int) -> str:
        """A day of the week, Monday is 0: Mon."""
        return str(get_day_names("abbreviated", context="stand-alone", locale=self.language)[day])

    def local_clock(self, instant: datetime, zone: str) -> str:
        """The time of the day in that zone: 14:05."""
        return self.clock(instant.astimezone(ZoneInfo(zone)).time())

    def day(self, instant: datetime, zone: str) -> str:
        """A local day: Tuesday, 24 November."""
        return self._dates(instant.astimezone(ZoneInfo(zone)).date(), "EEEE, d MMMM")

    def moment(self, instant: datetime, zone: str, now: datetime | None = None) -> str:
        """A local day and time: Tue 24 Nov, 08:00; with its year where that is another than now's."""
        local = instant.astimezone(ZoneInfo(zone))
        year = " y" if now is not None and local.year != now.astimezone(ZoneInfo(zone)).year else ""
        return self._dates(local.replace(tzinfo=None), f"EEE d MMM{year}, HH:mm")

    def dated(self, local: datetime) -> str:
        """A date with its year and time, as it stands, without any zone: 9 November 2018, 19:46."""
        day = format_date(local, "d MMMM y", locale=self.language)
        return f"{day}, {format_time(local, 'HH:mm', locale=self.language)}"

    def ago(self, instant: datetime, now: datetime) -> str:
        """How long ago: 3 hours ago."""
        return self._aged(max(now - instant, timedelta(minutes=1)))

    def _date(self, local: date, pattern: str) -> str:
        written = format_datetime if isinstance(local, datetime) else format_date
        return str(written(local, pattern, locale=self.language))

    def _age(self, age: timedelta) -> str:
        return str(format_timedelta(-age, add_direction=True, granularity="minute", locale=self.language))

    def until(self, instant: datetime, now: datetime) -> str:
        """How soon: in 3 hours."""
        wait = max(instant - now, timedelta(minutes=1))
        return str(format_timedelta(wait, add_direction=True, granularity="minute", locale=self.language))

    def language_name(self, code: str) -> str:
        """A language as people call it; its code where that is not known."""
        return str(Locale(self.language).languages.get(code, code))

    def amount(self, number: float) -> str:
        """A number as people write it: 0.5, 0,5."""
        return str(format_decimal(number, locale=self.language))

    def zone(self, zone: str) -> str:
        """A zone as people know it, by its city: Almaty."""
        if offset := _OFFSET.fullmatch(zone):
            # The signs of these names are turned round: Etc/GMT-5 is five hours ahead of Greenwich.
            return f"UTC{'+' if offset[1] == '-' else '−'}{offset[2]}"
        if "/" not in zone or zone.startswith("Etc/"):
            return zone
        named = Locale.parse(self.language).time_zones.get(_NAMED_AS.get(zone, ""), {})
        return str(named.get("city") or get_timezone_location(zone, locale=self.language, return_city=True))

    def error(self, error: NewsDigestError) -> Markup:
        """The sentence that tells a person what went wrong and what to do."""
        valued = self._error_with_values(error)
        if valued is not None:
            return valued
        return self.say(next((key for kind, key in _SAID_OF.items() if isinstance(error, kind)), "error-unexpected"))

    def _error_with_values(self, error: NewsDigestError) -> Markup | None:  # noqa: C901, PLR0911, PLR0912 - one line each
        """The sentence of an error that names what it is about; None of the others, which `_SAID_OF` has."""
        match error:
            case HttpStatusError(status=status):
                return self._failure("error", f"status:{status}")
            case FetchError(code=code):
                return self._failure("error", code)
            case UnknownZoneError(name=name):
                return self.say("error-unknown-zone", name=name)
            case UnknownTopicError(name=name, known=known):
                return self.say("error-topic-unknown", name=name, known=", ".join(known) or "–")
            case TopicExistsError(slug=slug):
                return self.say("error-topic-exists", slug=slug)
            case TopicChangedError(slug=slug):
                return self.say("error-topic-changed", slug=slug)
            case InvalidTopicError(problem=problem, detail=detail):
                return self.say(f"error-topic-{problem}", detail=detail)
            case UnknownArticleError(url=url):
                return self.say("error-article-unknown", url=url)
            case FeedExistsError(title=title):
                return self.say("error-feed-exists", title=title)
            case InvalidWeightError():
                return self.say("error-feed-weight", least=self.amount(LEAST_WEIGHT), most=self.amount(MOST_WEIGHT))
            case AmbiguousFeedError(titles=titles):
                return self.say("error-feed-ambiguous", titles=", ".join(titles))
            case SeveralFeedsError(urls=urls):
                return self.say("error-feed-several", urls="\n".join(urls))
            case FeedPausedError(title=title):
                return self.say("error-feed-paused", title=title)
            case InvalidFeedError(problem=problem):
                return self.say(f"error-feed-{problem}", credit=MAX_CREDIT, title=MAX_FEED_TITLE)
            case ListTooLongError(most=most):
                return self.say("error-list-long", most=most)
        return None

    def finding(self, key: str, **values: str | int) -> Markup:
        """What a look at something the bot needs has found. key: of a `bot.health.Finding`."""
        return self.say(f"health-{key}", **values)

    def advice(self, key: str, **values: str | int) -> Markup:
        """What to do about it; of a feed, by the code of what keeps it from being read."""
        if key == "feed":
            return Markup(f"{self.feed_trouble(str(values['code']))} {html.escape(str(values['url']))}")
        return self.say(f"health-{key}-advice", **values)

    def feed_trouble(self, code: str) -> Markup:
        """What keeps a feed from being read, and what to do. code: as it is stored, such as `status:404`."""
        return self._failure("trouble", code)

    def _failure(self, kind: str, code: str) -> Markup:
        """The sentence for the `code` of a `FetchError`; one of another version's counts as a site out of reach."""
        name, _, number = code.partition(":")
        if name == "status" and number.isdecimal():
            return self.say(f"{kind}-status", status=int(number), meaning=_meaning(int(number)))
        key = f"{kind}-{name.replace('_', '-')}"
        return self.say(key if name != "status" and self._bundle.has_message(key) else f"{kind}-unreachable")


def _meaning(status: int) -> str:
    """What a status asks a person to do (RFC 9110, section 15), as the catalogues tell it apart."""
    if status >= 500:  # noqa: PLR2004
        return "server"
    return {401: "barred", 403: "barred", 404: "missing", 410: "gone", 429: "busy"}.get(status, "other")


@cache
def texts_in(language: str) -> Texts:
    """The sentences of that language; of English where there is no catalogue."""
    return Texts(language if language in LANGUAGES else "en")


def best_language(code: str | None, default: str) -> str:
    """The catalogue for a language code of Telegram's, such as `ru` or `pt-br`; `default` where there is none."""
    primary = (code or "").partition("-")[0].casefold()
    return primary if primary in LANGUAGES else default


def _place(name: str) -> str:
    """A stand-in for a value, of private-use characters that no catalogue has."""
    return f"\ue000{name}\ue001"


def _escaped(value: str | int) -> str | int:
    return html.escape(value) if isinstance(value, str) and not isinstance(value, Markup) else value
