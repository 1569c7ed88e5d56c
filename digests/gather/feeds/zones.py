"""Zones as dates name them: an offset, or letters. Pure."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

# Hours east of UTC -> names. First in a line those of RFC 822, section 5.1 (single letters as feedparser reads them),
# then of Europe, of Russia and its neighbors, and of the rest.
_NAMES = {
    -12: "m",
    -10: "hst",
    -9: "akst",
    -8: "pst pt akdt",
    -7: "mst pdt mt",
    -6: "cst mdt ct",
    -5: "est cdt et",
    -4: "edt ast at",
    -3: "adt",
    -1: "a",
    0: "ut utc gmt z wet",
    1: "n bst cet met west",
    2: "eet cest mest",
    3: "eest trt msk мск",
    4: "msd samt",
    5: "yekt aqtt orat qyzt uzt",
    6: "omst kgt",
    7: "novt krat",
    8: "irkt hkt sgt pht awst",
    9: "yakt jst kst",
    10: "vlat aest",
    11: "magt aedt",
    12: "y pett nzst",
    13: "nzdt",
}
_HOURS = {name: hours for hours, names in _NAMES.items() for name in names.split()}
_OFFSET = re.compile(r"(?P<name>[^\W\d_]*)\s?(?:(?P<sign>[+-])(?P<hours>\d\d?)(?::?(?P<minutes>[0-5]\d))?)?")
_ALMATY = {"almt", "алматы"}
_PLACE = re.compile(r"[a-z]{3,20}(?:/[a-z_]{3,20}){1,2}")
"""As the database of time zones names it, `Asia/Almaty`."""


# Kazakhstan moved to one time, UTC+5, on 1 March 2024 (government decision 33 of 19 January 2024).
_ALMATY_MOVED_AT = datetime(2024, 3, 1)  # noqa: DTZ001 - a reading of its own clocks

_FARTHEST = timedelta(hours=14)


def offset_of(zone: str, local: datetime) -> timedelta:
    """East of UTC, of a lower-case `zone` when its clocks show `local`. UTC for a zone that nobody knows."""
    found = _OFFSET.fullmatch(zone)
    if found is None:
        return _at_place(zone, local)
    hours: float = _HOURS.get(found["name"], 0)
    if found["name"] in _ALMATY:
        hours = 5 if local >= _ALMATY_MOVED_AT else 6
    offset = timedelta(hours=hours)
    if found["sign"]:
        own = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
        offset += own if found["sign"] == "+" else -own
    return offset if abs(offset) <= _FARTHEST else timedelta()


def _at_place(zone: str, local: datetime) -> timedelta:
    if not _PLACE.fullmatch(zone):
        return timedelta()
    try:
        return ZoneInfo(zone.title()).utcoffset(local) or timedelta()
    except (OSError, ValueError, KeyError):  # no such place, or no database on this machine
        return timedelta()
