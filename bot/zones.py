"""Time zones as people name them: by a city in any language served, or by the IANA name. Pure."""

import re
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
    **dict.fromkeys(
        (
            *(
                "алма ата",
                "павлодар",
                "pavlodar",
                "семей",
                "semey",
                "тараз",
                "taraz",
                "кокшетау",
                "көкшетау",
                "kokshetau",
            ),
            *("өскемен", "усть каменогорск", "oskemen", "ust kamenogorsk", "петропавл", "петропавловск", "petropavl"),
            *("нур султан", "нұр сұлтан", "nur sultan", "талдыкорган", "талдықорған", "taldykorgan", "туркестан"),
            *("түркістан", "turkistan", "turkestan", "экибастуз", "екібастұз", "темиртау", "теміртау", "жезказган"),
            *("жезқазған", "балхаш", "балқаш", "конаев", "қонаев", "риддер", "казахстан", "қазақстан", "kazakhstan"),
        ),
        "Asia/Almaty",
    ),
    **dict.fromkeys(("жанаозен", "жаңаөзен", "zhanaozen"), "Asia/Aqtau"),
    **dict.fromkeys(("рудный", "rudny", "лисаковск"), "Asia/Qostanay"),
    **dict.fromkeys(("байконур", "байқоңыр", "baikonur"), "Asia/Qyzylorda"),
    **dict.fromkeys(("ош", "osh", "джалал абад", "каракол"), "Asia/Bishkek"),
    **dict.fromkeys(("андижан", "наманган", "фергана", "бухара"), "Asia/Tashkent"),
    **dict.fromkeys(
        (
            *("мск", "msk", "нижний новгород", "воронеж", "краснодар", "ростов на дону", "ростов", "сочи", "рязань"),
            *("тула", "ярославль", "тверь", "калуга", "белгород", "курск", "архангельск", "мурманск", "пенза"),
            *("ставрополь", "махачкала", "грозный", "nizhny novgorod", "voronezh", "krasnodar", "sochi"),
        ),
        "Europe/Moscow",
    ),
    **dict.fromkeys(
        ("уфа", "ufa", "пермь", "perm", "челябинск", "chelyabinsk", "тюмень", "оренбург", "сургут"),
        "Asia/Yekaterinburg",
    ),
    **dict.fromkeys(("ижевск", "тольятти"), "Europe/Samara"),
    **dict.fromkeys(("абакан", "норильск"), "Asia/Krasnoyarsk"),
    **dict.fromkeys(("улан удэ", "братск"), "Asia/Irkutsk"),
    **dict.fromkeys(("хабаровск", "khabarovsk"), "Asia/Vladivostok"),
    **dict.fromkeys(("дели", "нью дели", "бангалор", "калькутта", "kolkata", "calcutta"), "Asia/Kolkata"),
    **dict.fromkeys(("катманду", "kathmandu"), "Asia/Kathmandu"),
    **dict.fromkeys(("пекин", "beijing", "гуанчжоу", "шэньчжэнь"), "Asia/Shanghai"),
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


_OFFSET = re.compile(r"(?:UTC|GMT)\s*([-+−–])\s*(\d{1,2})", re.IGNORECASE)
_FARTHEST = 12


def find_zone(name: str) -> str | None:
    """The IANA name for a city, or for an IANA name in any spelling; None when it is neither."""
    if offset := _OFFSET.fullmatch(name.strip()):
        sign, hours = offset[1], int(offset[2])
        # The names of these zones turn the sign round.
        return "UTC" if not hours else f"Etc/GMT{'-' if sign == '+' else '+'}{hours}" if hours <= _FARTHEST else None
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
