"""Time zones as people name them: by a city in any language served, or by the IANA name. Pure."""

import unicodedata
from functools import cache
from zoneinfo import available_timezones

from babel.dates import get_timezone_location

from bot.settings import LANGUAGES

COMMON = (
    "Asia/Almaty",
    "Asia/Qyzylorda",
    "Asia/Tashkent",
    "Asia/Bishkek",
    "Europe/Moscow",
    "Asia/Yekaterinburg",
    "Asia/Novosibirsk",
    "Europe/Istanbul",
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/Los_Angeles",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Shanghai",
    "UTC",
)
"""Zones offered as buttons."""

_CITIES = {
    "алма ата": "Asia/Almaty",
    "киев": "Europe/Kyiv",
    "київ": "Europe/Kyiv",
    "мумбаи": "Asia/Kolkata",
    "astana": "Asia/Almaty",
    "астана": "Asia/Almaty",
    "shymkent": "Asia/Almaty",
    "шымкент": "Asia/Almaty",
    "қарағанды": "Asia/Almaty",
    "караганда": "Asia/Almaty",
    "karaganda": "Asia/Almaty",
    "spb": "Europe/Moscow",
    "saint petersburg": "Europe/Moscow",
    "санкт петербург": "Europe/Moscow",
    "петербург": "Europe/Moscow",
    "казань": "Europe/Moscow",
    "washington": "America/New_York",
    "boston": "America/New_York",
    "san francisco": "America/Los_Angeles",
    "seattle": "America/Los_Angeles",
    "munich": "Europe/Berlin",
    "frankfurt": "Europe/Berlin",
    "hamburg": "Europe/Berlin",
    "beijing": "Asia/Shanghai",
    "mumbai": "Asia/Kolkata",
    "delhi": "Asia/Kolkata",
    "new delhi": "Asia/Kolkata",
    "abu dhabi": "Asia/Dubai",
    "ankara": "Europe/Istanbul",
}
"""Large cities that give no zone its name."""


def find_zone(name: str) -> str | None:
    """The IANA name for a city, or for an IANA name in any spelling; None when it is neither."""
    return _by_name().get(_key(name))


def zone_at(latitude: float, longitude: float) -> str | None:
    """The IANA name for a place on Earth, in degrees; None where there is none. Looked up in a map on this machine."""
    from tzfpy import get_tz  # noqa: PLC0415 - its map takes 30 MB, which most bots never need

    zone = get_tz(longitude, latitude)
    return zone if zone in available_timezones() else None


@cache
def _by_name() -> dict[str, str]:
    zones = [
        zone
        for zone in sorted(available_timezones(), key=lambda zone: ("/" not in zone, zone))
        if not zone.startswith(("posix/", "right/", "SystemV/")) and zone not in {"localtime", "Factory"}
    ]
    names = {_key(zone): zone for zone in zones}
    cities = [zone for zone in zones if "/" in zone and not zone.startswith("Etc/")]
    for zone in cities:
        names.setdefault(_key(zone.rsplit("/", 1)[1]), zone)
    # After all English names: a region without a city of its own is called by its largest, which has a zone itself.
    own = [zone for zone in cities if _city(zone, "en") == _key(zone.rsplit("/", 1)[1])]
    for zone in (*own, *cities):
        for language in LANGUAGES:
            names.setdefault(_city(zone, language), zone)
    return names | _CITIES


def _city(zone: str, language: str) -> str:
    return _key(get_timezone_location(zone, locale=language, return_city=True))


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).casefold().replace("ё", "е")
    return " ".join(plain.replace("_", " ").replace("-", " ").split())
