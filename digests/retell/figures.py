"""What of a sentence must survive every rewording and translation: quantities, dates, units, negations. Pure.

Tables are of the languages that the product speaks; of a text in another one, numbers written in digits are all that
is known, and its translations are not trusted.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache

from digests.language.tables import listed
from digests.language.words import fold

LANGUAGES = frozenset({"en", "ru", "kk"})
"""Those with tables here."""

_TOKEN = re.compile(r"\d{1,3}(?:[ .,]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?|[^\W\d_]+(?:'[^\W\d_]+)*")
_MARKS = re.compile(r"[ .,](?=\d{3}(?!\d))")

_NUMBERS = {
    "en": (
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
        " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred"
    ),
    "ru": (
        "дв(?:а|е|ух|ум|умя|ое|оих) тр(?:и|ех|ем|емя|ое|оих) четыр(?:е|ех|ем|ьмя) пят(?:ь|и|ью|еро) шест(?:ь|и|ью|еро)"
        " сем(?:ь|и|еро) вос(?:емь|ьми|емью|ьмью) девят(?:ь|и|ью) десят(?:ь|и|ью) одиннадцат(?:ь|и|ью)"
        " двенадцат(?:ь|и|ью) тринадцат(?:ь|и|ью) четырнадцат(?:ь|и|ью) пятнадцат(?:ь|и|ью) шестнадцат(?:ь|и|ью)"
        " семнадцат(?:ь|и|ью) восемнадцат(?:ь|и|ью) девятнадцат(?:ь|и|ью) двадцат(?:ь|и|ью) тридцат(?:ь|и|ью) сорока?"
        " пят(?:ьдесят|идесяти) шест(?:ьдесят|идесяти) сем(?:ьдесят|идесяти) вос(?:емьдесят|ьмидесяти) девяност[оа]"
        " ст[оа]"
    ),
    "kk": (
        "екі|екеу\\w* үш|үшеу\\w* төрт|төртеу\\w* бес|бесеу\\w* алты|алтау\\w* жеті|жетеу\\w* сегіз тоғыз он - - - - -"
        " - - - - жиырма отыз қырық елу алпыс жетпіс сексен тоқсан жүз"
    ),
}
"""Of `_VALUES`, in order, as whole words: their longer relatives mean other things (семья, үшін, алтын)."""

_VALUES = (*range(2, 21), *range(30, 101, 10))
"""From two on; "one" is more often an article or a pronoun."""

_SCALES = {
    "en": {"thousand": 3, "million": 6, "mln": 6, "billion": 9, "bln": 9, "trillion": 12},
    "ru": {"тысяч": 3, "тыс": 3, "миллион": 6, "млн": 6, "миллиард": 9, "млрд": 9, "триллион": 12, "трлн": 12},
    "kk": {"мың": 3, "миллион": 6, "млн": 6, "миллиард": 9, "млрд": 9, "триллион": 12, "трлн": 12},
}  # beginnings of words
_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "ru": (
        "январ феврал март(?:а|у|е|ом)?$ апрел ма(?:й|я|ю|ем|е)$ июн июл август(?:а|у|е|ом)?$ сентябр октябр ноябр"
        " декабр"
    ),
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
}
_DAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "ru": "понедельник вторник сред[аеуы]$ четверг пятниц суббот воскресень",
    "kk": "дүйсенбі сейсенбі сәрсенбі бейсенбі жұма(?:да|ға|ның|дан|дағы|сы|сында)?$ сенбі жексенбі",
}
_DOUBTFUL = re.compile(r"(?:маусым|қазан|may$)")
"""A season, a city or a word for what is possible, unless a day stands beside it or a word for month behind."""

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
_NEGATED = re.compile(r"(?:ма|ме|ба|бе|па|пе)(?:й|ды|ді|ған|ген|йды|йді|с|п|са|се)\w{0,6}$|\w{2}(?:сыз|сіз)\w{0,4}$")


def quantities(text: str, language: str) -> frozenset[str]:
    """Numbers with their scale ("5 million" is 5000000), and numbers written in words, up to a hundred."""
    return frozenset(_quantities(text, language))


def written_in_digits(text: str, language: str) -> frozenset[str]:
    """Of the same those that stand there in digits."""
    return frozenset(_quantities(text, language, words_too=False))


def dates_and_units(text: str, language: str) -> frozenset[str]:
    """Months, days of the week, and what is measured in: currencies and percent."""
    found = set(_SIGN.findall(text))
    tokens = [one[0] for one in _TOKEN.finditer(text)]
    words = [
        (fold(one), one[0].isupper())
        for before, one, after in zip(["", *tokens], tokens, [*tokens[1:], ""], strict=False)
        if not one[0].isdigit() and (not _DOUBTFUL.match(fold(one)) or _dates(before, after))
    ]
    for name, table in (("month", _MONTHS), ("day", _DAYS)):
        for at, beginnings in enumerate(table.get(language, "").split()):
            pattern = re.compile(beginnings)
            if any(pattern.match(word) for word, capital in words if capital or language != "en"):
                found.add(f"{name} {at + 1}")
    for sign, beginnings in _UNITS.items():
        if any(word.startswith(tuple(beginnings.split())) for word, _ in words):
            found.add(sign)
    return frozenset(found)


def _dates(before: str, after: str) -> bool:
    return before[:1].isdigit() or after[:1].isdigit() or fold(after).startswith("ай")


def names_a_date(word: str, language: str) -> bool:
    """Whether it is a month or a day of the week."""
    return any(name.startswith(("month", "day")) for name in dates_and_units(word, language))


def negations(text: str, language: str) -> int:
    """How often something is denied: languages that double their negations are counted by the verb's alone."""
    own = [word for word in _TOKEN.findall(fold(text)) if not word[0].isdigit()]
    listed_ones, denies = _NEGATIONS.get(language, frozenset()), _DENIALS.get(language)
    return sum(
        word in listed_ones
        or word.endswith("n't")
        or bool(denies and denies.match(word))
        or (language == "kk" and bool(_NEGATED.search(word)))
        for word in own
    )


def _quantities(text: str, language: str, *, words_too: bool = True) -> Iterator[str]:
    tokens = _TOKEN.findall(fold(text))
    scales: Mapping[str, int] = _SCALES.get(language, {})
    in_words = _in_words(language)
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
            value = next((at for at, one in in_words if one.fullmatch(token)), None)
            before = None if value is None else (Decimal(value), False)


@cache
def _in_words(language: str) -> tuple[tuple[int, re.Pattern[str]], ...]:
    patterns = _NUMBERS.get(language, "").split()
    return tuple((value, re.compile(one)) for value, one in zip(_VALUES, patterns, strict=bool(patterns)))
