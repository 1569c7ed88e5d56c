"""Dates as feeds write them: RFC 822, section 5 (as RSS 2.0 asks), RFC 3339 and W3CDTF (as Atom and Dublin Core ask),
and what is found instead: words in Russian or Kazakh, numbers with the day first, seconds since 1970.

A date without a zone is taken as UTC, as feedparser does; so is a zone that nobody knows (RFC 2822, section 4.3).
What is no whole and possible date is None: nothing is ever invented.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

from digests.gather.feeds.zones import offset_of

_LONGEST = 80
_HOURS = 24

# The months' names cut to what tells them apart, in order; English, Russian, Kazakh, Ukrainian, German, French,
# Spanish, Turkish, Italian, Portuguese, Polish, Hungarian, Greek.
_MONTHS = (
    "jan янв қаң січ jän ene oca gen sty ιαν",
    "feb фев ақп лют fév şub fev lut φεβ",
    "mar мар нау бер mär már μαρ μάρ",
    "apr апр сәу кві avr abr nis kwi ápr απρ",
    "may май мая мам тра mai mag maj máj μαϊ μάι μαΐ",
    "jun июн мау чер juin haz giu cze jún ιουν ιούν",
    "jul июл шіл лип juil tem lug lip júl ιουλ ιούλ",
    "aug авг там сер aoû ago ağu sie αυγ αύγ",
    "sep сен қыр вер eyl set wrz sze σεπ",
    "oct окт қаз жов okt eki ott out paź οκτ",
    "nov ноя қар лис kas lis νοε νοέ",
    "dec дек жел гру dez déc dic ara gru δεκ",
)
_BY_STEM = {stem: number for number, stems in enumerate(_MONTHS, 1) for stem in stems.split()}

_ISO = re.compile(r"\d{4}-?\d\d-?\d\d(?:[T ](?:[01]\d|2[0-3]):?\d\d(?::?\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?")
_RFC_822 = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d\d?) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4})"
    r" (\d\d):(\d\d):(\d\d) (?:([+-]\d\d)(\d\d)|GMT|UTC|Z)",
)
_EPOCH = re.compile(r"(1\d{9})(?:\d{3}|\.\d+)?")
"""Seconds from 2001 to 2033, or milliseconds of the same."""

_WORD = r"(?P<word>[^\W\d_]{3,12})\.?"
_DAY = r"(?P<day>[0-3]?\d)"
_DATES = tuple(
    re.compile(rf"(?<![\w.:+/]){pattern}(?![\w:/])")
    for pattern in (
        rf"(?P<year>(?:19|20)\d\d)[-./](?P<number>0?[01]?\d)[-./]{_DAY}",
        rf"{_DAY}[-./](?P<number>[0-3]?\d)[-./](?P<year>(?:19|20)?\d\d)",
        rf"{_DAY}(?:st|nd|rd|th|\.|-?ші|-?шы)?[\s-]+{_WORD},?[\s-]+(?P<year>(?:19|20)?\d\d)",
        rf"{_WORD}\s+{_DAY}(?:st|nd|rd|th)?(?:,\s*|\s+)(?P<year>(?:19|20)\d\d)",
        rf"{_WORD}\s+{_DAY},?\s+(?=\S*\d:\d)[^\s].*?\s(?P<year>(?:19|20)\d\d)",
        rf"(?P<year>(?:19|20)\d\d)\s*(?:ж\.?|жыл\w*|г\.?)?,?\s+{_DAY}[-\s]+{_WORD}",
        rf"(?P<year>(?:19|20)\d\d)[-.\s]+{_WORD}[-\s]+{_DAY}",
        rf"{_DAY}\s(?P<number>[01]\d)\s(?P<year>(?:19|20)\d\d)",
    )
)
_TIME = re.compile(
    r"(?<![\d:.+-])(?P<hour>[0-2]?\d):(?P<minute>[0-5]\d)(?::(?P<second>[0-6]\d)(?:[.,]\d+)?)?"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?(?![\d:])\s*\(?(?P<zone>[^\s,)]+(?:\s[+-]\d[\d:]*)?)?",
)


def instant(written: str) -> datetime | None:
    """The instant, aware and in UTC."""
    written = written.strip()
    if not written or len(written) > _LONGEST:
        return None
    try:
        for read in (_rfc_822, _iso, _epoch):
            found = read(written)
            if found is not None:
                return found
        return _worded(" ".join(written.lower().split()))
    except (ValueError, OverflowError):
        return None


def _rfc_822(written: str) -> datetime | None:
    """The shape that nine feeds of ten have, read without detours."""
    found = _RFC_822.fullmatch(written)
    if found is None or found[6] == "60":
        return None
    day, month, year, hour, minute, second, zone, minutes = found.groups()
    at = datetime(int(year), _BY_STEM[month.lower()], int(day), int(hour), int(minute), int(second), tzinfo=UTC)
    east = timedelta(hours=int(zone or 0), minutes=int(f"{(zone or '+')[0]}{minutes or 0}"))
    return at - east


def _iso(written: str) -> datetime | None:
    if not _ISO.fullmatch(written):
        return None
    at = datetime.fromisoformat(written.replace(",", ".")).replace(microsecond=0)
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _epoch(written: str) -> datetime | None:
    found = _EPOCH.fullmatch(written)
    return datetime.fromtimestamp(int(found[1]), UTC) if found else None


def _worded(written: str) -> datetime | None:
    # A "T" between date and time is a blank to these patterns; a place in brackets (RFC 9557) only repeats the offset.
    written = re.sub(r"\[[\w/]+\]$", "", re.sub(r"(?<=\d)t(?=\d)", " ", written))
    for pattern in _DATES:
        found = pattern.search(written)
        day = _date(found) if found else None
        if day is not None:
            return _at(day, written)
    return None


def _date(found: re.Match[str]) -> date | None:
    groups = found.groupdict()
    year, day = int(groups["year"]), int(groups["day"])
    month = int(groups["number"]) if groups.get("number") else _month(groups.get("word") or "")
    if month > 12 >= day and "/" in found[0]:  # noqa: PLR2004 - 11/23/2018 can only be American
        month, day = day, month
    if year < 100:  # noqa: PLR2004 - two figures, as RFC 822 has them; RFC 2822, section 4.3
        year += 2000 if year < 50 else 1900  # noqa: PLR2004
    return date(year, month, day) if month else None


def _month(word: str) -> int:
    return _BY_STEM.get(word[:4]) or _BY_STEM.get(word[:3], 0)


def _at(day: date, written: str) -> datetime:
    """`day` with the time and zone in `written`; midnight without a time, UTC without a zone.

    Raises:
        ValueError: an hour that no day has.
    """
    found = _TIME.search(written)
    if found is None:
        return datetime.combine(day, time(), UTC)
    hour, minute, second = int(found["hour"]), int(found["minute"]), min(int(found["second"] or 0), 59)
    if found["half"]:
        hour = hour % 12 + (12 if found["half"] == "p" else 0)
    if hour > _HOURS:
        raise ValueError(f"no hour: {hour}")
    # ISO 8601 has an hour 24: the end of the day.
    local = datetime.combine(day, time(hour % 24, minute, second)) + timedelta(days=hour // 24)
    return local.replace(tzinfo=timezone(offset_of(found["zone"] or "", local))).astimezone(UTC)
