"""Dates as pages write them: in markup (ISO 8601, RFC 5322) and in the line under a headline, in many languages.

A reading without a zone stays naive; a date without a time is midnight of that day, naive. Nothing is ever invented:
what is no whole and possible date is None.
"""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from digests.language.words import fold
from digests.model import Published

# Stems of the months' names, in order; several for a month are parted by "|". Day and year stand beside them.
_MONTHS = (
    "jan|янв|қаңтар|қаң|янв|січ|ocak|oca|ene|gen",
    "feb|fév|fev|февр|фев|ақпан|ақп|лют|şubat|şub",
    "mar|мар|наурыз|нау|берез|mär",
    "apr|апр|сәуір|сәу|квіт|nisan|nis|avr|abr",
    "may|мая|май|мамыр|мам|трав|mai",
    "jun|июн|маусым|мау|черв|haziran|haz|juin",
    "jul|июл|шілде|шіл|лип|temmuz|tem|juil",
    "aug|авг|тамыз|там|серп|ağustos|ağu|aoû|ago",
    "sep|сен|қыркүйек|қыр|верес|eylül|eyl|set",
    "oct|окт|қазан|қаз|жовт|ekim|eki|okt|out",
    "nov|ноя|қараша|қар|листоп|kasım|kas",
    "dec|дек|желтоқсан|жел|груд|aralık|ara|dez|déc|dic",
)
_BY_STEM = {stem: number for number, stems in enumerate(_MONTHS, 1) for stem in fold(stems).split("|")}
_MONTH = rf"(?P<month>(?:{'|'.join(sorted(_BY_STEM, key=len, reverse=True))})[^\W\d_]{{0,7}})"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)"
_DATES = tuple(
    re.compile(rf"(?<![\w.]){pattern}(?!\w)")
    for pattern in (
        rf"{_YEAR}[-./](?P<number>[01]?\d)[-./]{_DAY}",
        rf"{_DAY}[-./](?P<number>[0-3]?\d)[-./](?P<year>(?:(?:19|20)\d\d)|\d\d)",
        rf"{_DAY}(?:st|nd|rd|th|\.|-?ші|-?шы)?\s+(?:de\s+)?{_MONTH}\.?,?\s+(?:de\s+)?{_YEAR}",
        rf"{_MONTH}\.?\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}",
        rf"{_YEAR}\s*(?:ж\.?|жыл\w*|г\.?|-жыл\w*)?,?\s+{_DAY}[- ]?{_MONTH}",
    )
)
_TIME = re.compile(
    r"(?<![\d:.])(?P<hour>[0-2]?\d)[:.](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?\s*(?P<half>[ap]\.?m\b\.?)?(?![\d:])"
)
_ZONE = re.compile(r"\s*(?:utc|gmt)\b(?!\s*[+-])")
# What may stand beside date and time without making the line a sentence.
_WORD = re.compile(r"[^\W\d_]{2,}")
_MOST_WORDS = 6
_LONGEST = 140


def published_in_line(line: str) -> Published | None:
    """The date of a `line` that is little more than a date: "09.11.2018, 19:46 3248", "Published 9 November 2018".

    Day first where the order is open. None for a line without a whole date, and for a sentence that mentions one.
    """
    if len(line) > _LONGEST or not any(letter.isdigit() for letter in line):
        return None
    folded = fold(line)
    for pattern in _DATES:
        date = pattern.search(folded)
        at = _date(date) if date else None
        if date is None or at is None:
            continue
        rest = folded[: date.start()] + " " + folded[date.end() :]
        if len(_WORD.findall(rest)) > _MOST_WORDS or _TIME.sub("", rest).rstrip().endswith((".", "!", "?")):
            return None
        return _with_time(at, rest)
    return None


def published_in_markup(value: str) -> Published | None:
    """The date of a machine-readable `value`: ISO 8601 or RFC 5322; aware and in UTC where it names a zone."""
    value = value.strip()
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            at = parse(value)
            return _plausible(at if at.tzinfo is None else at.astimezone(UTC))
        except (ValueError, OverflowError):
            continue
    return published_in_line(value)


def _date(found: re.Match[str]) -> datetime | None:
    groups = found.groupdict()
    year, day = int(groups["year"]), int(groups["day"])
    month = int(groups["number"]) if groups.get("number") else _month(groups["month"])
    if month > 12 >= day and "/" in found[0]:  # noqa: PLR2004 - 11/23/2018 can only be American
        month, day = day, month
    try:
        published = _plausible(datetime(year + 2000 if year < 100 else year, month, day))  # noqa: DTZ001, PLR2004
    except ValueError:
        return None
    return published.at if published else None


def _month(name: str) -> int:
    return next(_BY_STEM[name[:length]] for length in range(len(name), 2, -1) if name[:length] in _BY_STEM)


def _with_time(at: datetime, rest: str) -> Published:
    """`at` with the first time in `rest`, in UTC if that says so."""
    time = _TIME.search(rest)
    if time is None or int(time["hour"]) > 23:  # noqa: PLR2004
        return Published(at=at)
    hour = int(time["hour"])
    if time["half"]:
        hour = hour % 12 + (12 if time["half"].startswith("p") else 0)
    at = at.replace(hour=hour % 24, minute=int(time["minute"]), second=int(time["second"] or 0))
    return Published(at=at.replace(tzinfo=UTC) if _ZONE.match(rest, time.end()) else at)


def _plausible(at: datetime) -> Published | None:
    """None before the web and after 2100: such a date is a mistake of its writer."""
    return Published(at=at) if 1990 <= at.year < 2100 else None  # noqa: PLR2004
