"""Names in two languages: which word of a translation the original has, though in another alphabet or form. Pure.

A name is found by its consonants, which both alphabets spell; names of countries by the tables of Unicode (CLDR); and
titles and institutions, which are written with a capital in some languages and translated, by a table of our own.
"""

import re
from collections.abc import Iterable
from functools import cache

from babel import Locale

from digests.curate.across import consonants
from digests.language.words import fold

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_FEWEST = 3  # consonants that tell a name in whatever form
_ENDING = 2  # consonants that a case may add
_SHORT = 3  # letters of a beginning that may be that of anything
_LONGEST_END = 6  # letters
_COUNTRY = 4  # letters that a country's name shares with what is said of its people
_BEFORE = "“«„\"'‘("

_GLOSSARY = tuple(
    tuple(tuple(column.split(",")) for column in line.split("|"))
    for line in (
        "museum|музе|музей", "theat|театр|театр", "librar|библиотек|кітапхана", "school|школ|мектеп",
        "academ|академи|академия", "institut|институт|институт", "hospital,clinic|больниц,клиник|аурухана,емхана",
        "airport|аэропорт|әуежай", "station|станци,вокзал|бекет,станса,вокзал", "street|улиц|көше",
        "avenue|проспект|даңғыл",
        "festival|фестивал|фестиваль", "champion|чемпион|чемпион", "league|лиг|лига", "olympi|олимпи|олимпиада",
        "service|служб|қызмет", "fund,foundation|фонд|қор", "center,centre|центр|орталы", "company|компани|компания",
        "law|закон|заң", "constitution|конституц|конституция", "mayor|аким,мэр|әкім", "governor|аким,губернатор|әкім",
        "akimat,city hall|акимат|әкімд", "mountain|гор|тау", "satellit|спутник|спутник,серік",
        "president|президент|президент", "minister|министр|министр", "prime|премьер|премьер",
        "ministr|министерств|министрлі", "government|правительств|үкімет", "parliament|парламент|парламент",
        "senat|сенат|сенат", "court|суд|сот", "bank|банк|банк", "national|национальн|ұлттық", "central|центр|орталық",
        "supreme|верховн|жоғарғы", "universit|университет|университет", "republic|республик|республика",
        "city|город|қала", "region|област,регион|облыс,өңір", "district|район|аудан", "union|союз|одақ",
        "nation|наци|ұлт", "state,us,usa,u.s,america|сша,штат,америк|ақш,америка",
        "un,united|оон,объединенн|бұұ,біріккен", "eu,europe|ес,европ|ео,еуропа",
        "uk,british,britain|великобритани,британ|ұлыбритания,британ", "east|восто|шығыс", "west|запад|батыс",
        "north|север|солтүстік", "south|юж,юг|оңтүстік", "sea|мор|теңіз", "lake|озер|көл", "river|рек|өзен",
        "committee|комитет|комитет", "council|совет|кеңес", "agency|агентств|агентті",
        "department|департамент,управлени|департамент,басқарма", "police|полици|полиция", "army|арми|армия",
        "french,france|франц|франц", "german|герман,немец|герман,неміс", "chinese,china|кита|қытай",
        "japan|япон|жапон", "turk|турц,турец|түрк,түрік", "russia|росс|ресей", "kazakh|казах|қазақ",
        "ukrain|украин|украин", "gdp|ввп|жіө", "world|мир|дүниежүзі,әлем", "cup|куб|кубо,кубок",
        "health|здрав|денсаулық", "foreign|иностран|сыртқы", "internal,interior|внутренн|ішкі",
        "finance|финанс|қаржы", "education|образован|білім",
    )
)  # fmt: skip
"""Beginnings of words in English, Russian and Kazakh that translate each other."""

_COLUMNS = {"en": 0, "ru": 1, "kk": 2}


def names(text: str) -> list[str]:
    """Words with a capital that is not a sentence's or a quotation's."""
    found: list[str] = []
    for one in _WORD.finditer(text):
        before = text[: one.start()].rstrip()
        if one[0][0].isupper() and before and before[-1] not in ".!?…:" and text[one.start() - 1] not in _BEFORE:
            found.append(one[0])
    return found


def unknown_names(told: str, language: str, original: str, original_language: str) -> tuple[str, ...]:
    """The names of a translation that its original does not have."""
    theirs = _words(original)
    allowed = _translated(theirs, original_language, language)
    return tuple(one for one in names(told) if not _is_among(one, theirs, allowed))


def is_named(name: str, language: str, told: str, told_language: str) -> bool:
    """Whether a translation has that name of its original."""
    words = _words(told)
    expected = _translated([fold(name)], language, told_language)
    return _is_among(name, words, ()) or any(_is_form(word, start) for start in expected for word in words)


def _words(text: str) -> list[str]:
    return [part for one in _WORD.findall(text) for part in (fold(one), *fold(one).split("-"))]


def _is_among(name: str, words: Iterable[str], allowed: Iterable[str]) -> bool:
    return all(
        any(part == word or _sound_alike(part, word) for word in words)
        or any(_is_form(part, start) for start in allowed)
        for part in fold(name).removesuffix("'s").split("-")
    )


def _is_form(word: str, beginning: str) -> bool:
    """Whether the word is one of those that a table means by that beginning, rather than a longer name."""
    if beginning.isascii() and len(beginning) <= _SHORT:
        return word in {beginning, f"{beginning}s"}
    return word.startswith(beginning) and len(word) - len(beginning) <= _LONGEST_END


def _sound_alike(one: str, other: str) -> bool:
    for mine in {consonants(one), consonants(one.replace("ch", "k"))}:
        for theirs in {consonants(other), consonants(other.replace("ch", "k"))}:
            shorter, longer = sorted((mine, theirs), key=len)
            if mine == theirs and len(mine) > 1:
                return True
            if len(shorter) >= _FEWEST and longer.startswith(shorter) and len(longer) - len(shorter) <= _ENDING:
                return True
    return False


def _translated(words: Iterable[str], language: str, into: str) -> frozenset[str]:
    """Beginnings of what the tables have for these words in another language."""
    if language not in _COLUMNS or into not in _COLUMNS:
        return frozenset()
    own, other = _COLUMNS[language], _COLUMNS[into]
    several = list(words)
    found = {start for row in _GLOSSARY if any(one.startswith(row[own]) for one in several) for start in row[other]}
    heads = {one[:_COUNTRY] for one in several if len(one) >= _COUNTRY}
    mine, theirs = _countries(language), _countries(into)
    for code, name in mine.items():
        if name[:_COUNTRY] in heads and code in theirs:
            found.add(theirs[code][:_COUNTRY])
    return frozenset(found)


@cache
def _countries(language: str) -> dict[str, str]:
    """Code -> the name, of countries whose names are one word in that language."""
    territories = Locale.parse(language).territories
    return {code: fold(name) for code, name in territories.items() if len(code) == 2 and " " not in name}  # noqa: PLR2004 - ISO 3166
