"""Days and spans of time as people write them. Pure."""

import re
from datetime import date, datetime, time

from digests.model import QuietHours

_SPAN = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)\s*[-–—−]\s*([01]?\d|2[0-3])[:.]([0-5]\d)")
_UNTIL = re.compile(r"^(?:until|till|to|до|по)\s+|\s+дейін$", re.IGNORECASE)
_DATIVE = re.compile(r"(?<=[а-яёәғқңөұүһі])(?:ға|ге|қа|ке)$", re.IGNORECASE)  # "24 желтоқсанға": until the 24th


def read_quiet(written: str) -> QuietHours | None:
    """Quiet hours such as `22:30-07:00`; None for anything else, and for a span without length."""
    found = _SPAN.fullmatch(written.strip())
    if found is None:
        return None
    start, end = (time(int(found[at]), int(found[at + 1])) for at in (1, 3))
    return None if start == end else QuietHours(start=start, end=end)


def find_day(written: str, language: str, now: datetime) -> date | None:
    """The day that is meant, such as `24 December`, `24.12.`, `завтра`, the next one where it has no year; else None.

    language: ISO 639-1, of the person; English is understood besides. now: in the person's zone.
    """
    import dateparser  # noqa: PLC0415 - heavy, and seldom needed

    plain = _DATIVE.sub("", _UNTIL.sub("", written.strip())).rstrip(".")
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
    return None if found is None else found.date()
