"""What of a sentence must survive every rewording and translation: quantities, dates, units, negations. Pure.

Tables are of the languages that the product speaks; of a text in another one, numbers written in digits are all that
is known, and its translations are not trusted.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from digests.language.tables import listed
from digests.language.words import fold

LANGUAGES = frozenset({"en", "ru", "kk"})
"""Those with tables here."""

_TOKEN = re.compile(r"\d{1,3}(?:[ .,]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?|[^\W\d_]+(?:'[^\W\d_]+)*")
_MARKS = re.compile(r"[ .,](?=\d{3}(?!\d))")

_NUMBERS = {
    "en": "two three four five six seven eight nine ten eleven twelve",
    "ru": "дв[аеу]\\w* тр[иеё]\\w{0,2} четыр\\w+ пят[ьи]\\w{0,2} шест[ьи]\\w{0,2} сем[ьи]\\w{0,2} вос[ье]м\\w* "
    "девят[ьи]\\w{0,2} десят[ьи]\\w{0,2} одиннадцат\\w+ двенадцат\\w+",
    "kk": "екі\\w* үш\\w{0,3} төрт\\w* бес\\w{0,3} алты\\w{0,3} жеті\\w{0,3} сегіз\\w* тоғыз\\w* он "
    "онбір\\w* оникі\\w*",
}  # from two on; "one" is more often an article or a pronoun
_SCALES = {
    "en": {"thousand": 3, "million": 6, "mln": 6, "billion": 9, "bln": 9, "trillion": 12},
    "ru": {"тысяч": 3, "тыс": 3, "миллион": 6, "млн": 6, "миллиард": 9, "млрд": 9, "триллион": 12, "трлн": 12},
    "kk": {"мың": 3, "миллион": 6, "млн": 6, "миллиард": 9, "млрд": 9, "триллион": 12, "трлн": 12},
}  # beginnings of words
_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "ru": "январ феврал март апрел май|мая|маю|маем|мае июн июл август сентябр октябр ноябр декабр",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
}
_DAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "ru": "понедельник вторник сред[аеуы]$ четверг пятниц суббот воскресень",
    "kk": "дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі",
}
_UNITS = {
    "%": "percent cent процент пайыз",
    "$": "dollar доллар",
    "€": "euro евро еуро",
    "£": "pound фунт",
    "₸": "tenge тенге теңге",
    "₽": "ruble rouble рубл",
}
_SIGN = re.compile(r"[%$€£₸₽]")

_NEGATIONS = {
    "en": listed("not no never none nobody nothing neither without cannot nowhere"),
    "ru": listed("не нет без нельзя невозможно"),
    "kk": listed("емес емеспін емессің жоқ жоқта"),
}
_DENIALS = {
    "en": re.compile(r"(?:den(?:y|ied|ies|ying|ial)|refus|fail|reject)"),
    "ru": re.compile(r"(?:отказ|опровер|отверг|отклон)"),
    "kk": re.compile(r"(?:жоққа|теріске|тартты|тартқан)"),
}
_NEGATED = re.compile(r"(?:ма|ме|ба|бе|па|пе)(?:й|ды|ді|ған|ген|йды|йді|с|п|са|се)\w{0,6}$|\w{3}(?:сыз|сіз)\w{0,4}$")


def quantities(text: str, language: str) -> frozenset[str]:
    """Numbers with their scale ("5 million" is 5000000), and numbers written in words from two to twelve."""
    return frozenset(_quantities(text, language))


def written_in_digits(text: str, language: str) -> frozenset[str]:
    """Of the same those that stand there in digits."""
    return frozenset(_quantities(text, language, words_too=False))


def dates_and_units(text: str, language: str) -> frozenset[str]:
    """Months, days of the week, and what is measured in: currencies and percent."""
    found = set(_SIGN.findall(text))
    words = [(fold(one[0]), one[0][0].isupper()) for one in _TOKEN.finditer(text) if not one[0][0].isdigit()]
    for name, table in (("month", _MONTHS), ("day", _DAYS)):
        for at, beginnings in enumerate(table.get(language, "").split()):
            pattern = re.compile(beginnings)
            if any(pattern.match(word) for word, capital in words if capital or language != "en"):
                found.add(f"{name} {at + 1}")
    for sign, beginnings in _UNITS.items():
        if any(word.startswith(tuple(beginnings.split())) for word, _ in words):
            found.add(sign)
    return frozenset(found)


def names_a_date(word: str, language: str) -> bool:
    """Whether it is a month or a day of the week."""
    return any(name.startswith(("month", "day")) for name in dates_and_units(word, language))


def negations(text: str, language: str) -> int:
    """How often something is denied: languages that double their negations are counted by the verb's alone."""
    own = [word for word in _TOKEN.findall(fold(text)) if not word[0].isdigit()]
    count: int = sum(word in _NEGATIONS.get(language, ()) or word.endswith("n't") for word in own)
    denies = _DENIALS.get(language)
    count += sum(bool(denies and denies.match(word)) for word in own)
    return count + (sum(bool(_NEGATED.search(word)) for word in own) if language == "kk" else 0)


def _quantities(text: str, language: str, *, words_too: bool = True) -> Iterator[str]:
    tokens = _TOKEN.findall(fold(text))
    scales: Mapping[str, int] = _SCALES.get(language, {})
    in_words = [re.compile(one) for one in _NUMBERS.get(language, "").split()]
    before: tuple[Decimal, bool] | None = None
    for token in (*tokens, ""):
        scale = next((power for start, power in scales.items() if token.startswith(start)), 0)
        if before is not None and (before[1] or words_too):
            yield f"{(before[0].scaleb(scale)).normalize():f}"
        elif before is None and scale and words_too:
            yield f"10^{scale}"
        before = None
        if token[:1].isdigit():
            before = Decimal(_MARKS.sub("", token).replace(",", ".")), True
        else:
            value = next((at for at, one in enumerate(in_words, start=2) if one.fullmatch(token)), None)
            before = None if value is None else (Decimal(value), False)
