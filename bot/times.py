"""Days and spans of time as people write them. Pure."""

import re
from datetime import date, datetime, time, timedelta
from functools import cache

from babel.dates import get_day_names

from bot.settings import LANGUAGES
from digests.model import QuietHours

_SPAN = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)\s*[-–—−]\s*([01]?\d|2[0-3])[:.]([0-5]\d)")
_DATE = re.compile(r"(\d{1,2})[./](\d{1,2})\.?(?:[./]?(\d{4}))?\.?")
_UNTIL = re.compile(r"^(?:until|till|to|до|по)\s+|\s+дейін$", re.IGNORECASE)
_DATIVE = re.compile(r"(?<=[а-яёәғқңөұүһі])(?:ға|ге|қа|ке)$", re.IGNORECASE)  # "24 желтоқсанға": until the 24th
_LATER = {"послезавтра": 2, "бүрсігүні": 2}  # what the library does not know
_WEEK = 7


def read_quiet(written: str) -> QuietHours | None:
    """Quiet hours such as `22:30-07:00`; None for anything else, and for a span without length."""
    found = _SPAN.fullmatch(written.strip())
    if found is None:
        return None
    start, end = (time(int(found[at]), int(found[at + 1])) for at in (1, 3))
    return None if start == end else QuietHours(start=start, end=end)


def find_day(written: str, language: str, now: datetime) -> date | None:
    """The day meant by `24 December`, `24.12.`, `Monday`, `завтра`: of several the next, today included; else None.

    language: ISO 639-1, of the person; English is understood besides. now: in the person's zone.
    """
    plain = _DATIVE.sub("", _UNTIL.sub("", written.strip())).rstrip(".").casefold()
    today = now.date()
    if plain in _LATER:
        return today + timedelta(days=_LATER[plain])
    if plain in _weekdays():
        return today + timedelta(days=(_weekdays()[plain] - today.weekday() - 1) % _WEEK + 1)
    if numbers := _DATE.fullmatch(plain):
        return _next(int(numbers[1]), int(numbers[2]), int(numbers[3]) if numbers[3] else None, today)
    return _in_words(plain, language, now)


def _in_words(plain: str, language: str, now: datetime) -> date | None:
    import dateparser  # noqa: PLC0415 - heavy, and seldom needed

    found = dateparser.parse(
        plain,
        languages=list(dict.fromkeys((language, "en"))),
        settings={
            "PREFER_DATES_FROM": "future",
            "DATE_ORDER": "DMY",
            "RELATIVE_BASE": now.replace(tzinfo=None),
            "REQUIRE_PARTS": ["day", "month"],
        },
    )
    if found is None:
        return None
    # Today's own date is today, not a year away, unless the year is said.
    is_today = (found.day, found.month) == (now.day, now.month) and str(found.year) not in plain
    return now.date() if is_today else found.date()


def _next(day: int, month: int, year: int | None, today: date) -> date | None:
    for one in (year,) if year else (today.year, today.year + 1):
        try:
            found = date(one, month, day)
        except ValueError:
            continue
        if year or found >= today:
            return found
    return None


@cache
def _weekdays() -> dict[str, int]:
    """Names of the days of the week in every language, folded; Monday is 0. In Russian also as one says "until"."""
    names = {
        str(name).casefold().rstrip("."): day
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for day, name in get_day_names(width, context="stand-alone", locale=language).items()
    }
    said = ("понедельника", "вторника", "среды", "четверга", "пятницы", "субботы", "воскресенья")
    return names | {name: day for day, name in enumerate(said)}
