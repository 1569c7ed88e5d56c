"""Where sentences begin and end: one set of rules for all the languages served, fitted to news.

A line break always ends a sentence; inside a line a mark of `_MARK` may. Whether it does is judged from the word before
it and the one after it. Linear in the length of the text: every look around a mark is bounded.
"""

import re
from collections.abc import Iterator

from digests.language.abbreviations import (
    AFTER_HOUR,
    BEFORE_CAPITAL,
    BEFORE_EITHER,
    BEFORE_NAME,
    BEFORE_NUMBER,
    CONJUNCTIONS,
    DIGRAPHS,
    EXCLAIMED,
    OPENERS,
    PREPOSITIONS,
    SPEECH,
    WITH_CAPITAL,
    YEARS,
)

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_SMALL = "a-zçğışöüñа-яёәғқңөұүһіїєґў"
_CAPITAL = "A-ZÇĞİŞÖÜÑА-ЯЁӘҒҚҢӨҰҮҺІЇЄҐЎ"
_EMOJI = "[\u2600-\u27bf\u2b50\ufe0f\u200d\U0001f000-\U0001faff]"
# Marks with what closes after them: quotes, a note's number, emoji. Either blanks or the end follow, or the mark needs
# no blank (。), or a word that the writer forgot to part: "лиг.Россияне". Emoji may stand in the place of a mark.
_MARK = re.compile(
    r"(?:(?P<mark>[.!?…]+|[。！？।։]+)"
    r"(?P<closing>[\"'»”’“)\]]{0,4})(?P<note>(?:\[\d{1,3}\]){0,4})"
    rf"(?:[^\S\n]?{_EMOJI}{{1,12}})?"
    r"(?:(?=(?P<gap>\s+)|$)|(?<=[。！？।։])|"
    rf"(?<=[{_SMALL}]{{2}}[.!?])(?=[{_CAPITAL}][{_SMALL}])|(?<=[{_CAPITAL}]{{2}}[.!?])(?=[{_CAPITAL}][{_SMALL}]{{2}}))|"
    rf"(?<=\s)(?P<emoji>{_EMOJI}{{1,12}})(?=\s))"
)
_TOKEN = re.compile(r"(?:(?<!\w)\d+-)?(?P<word>[^\W_]+(?:[.\-/’'‘ʻ][^\W_]+)*)$")
_NEXT = re.compile(r"(?P<lead>[\s\"'«“„‘(\[—–\-•]*)(?P<word>[^\W_]+(?:[.\-’'][^\W_]+)*)?(?P<dot>\.?)")
_ADDRESS = re.compile(r"(?:www|//|@|\.)[^\s]*$")
_CLAUSE = re.compile(r"[,;:(—–]")
_DAY = re.compile(r"\d{1,2}[-\s]?[^\W\d_]")
_ROMAN = re.compile(r"[IVX]{1,6}")
_DOMAIN = re.compile(r"[^\W_]{4,}(?:[.\-][^\W_]+)*\.[^\W_]{2,}|[^\W_]{2,}\.(?:com|org|net|ru|kz|ua|kg|uz|tr|io|tv|me)")
_INITIALS = re.compile(r"[A-ZА-ЯЁӘҒҚҢӨҰҮҺІЇЄҐЎÇĞİŞÖÜ](?:\.[A-ZА-ЯЁӘҒҚҢӨҰҮҺІЇЄҐЎÇĞİŞÖÜ])+")
_OPENING = re.compile('["«“„‘(]')
_LETTER_AND_STOP = re.compile(r"[^\W\d_A-ZА-Я]\.")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_ORDINALS_BEFORE = {"de", "da", "no", "fi", "tr", "cs", "et", "hu"}
_YEAR_BEFORE_DAY = {"kk", "ky", "uz"}
_DASH = re.compile(r"\s*[—–-]")
_WINDOW = 60  # characters looked at on either side of a mark: longer than any word that matters here
_LONG_CLAUSE = 200
_NAME_WORDS = 6  # of who spoke, with a title
_COUNTED = {"кв", "куб", "тыс", "млн", "млрд", "мың", "миң", "тис"}
_ALSO_MEASURES = {"ft", "sec", "мин", "час"}
_LETTER_WORDS = {"я", "і", "у"}  # the only ones that end sentences
_APOSTROPHES = str.maketrans("‘ʻ’", "'''")
_AND = {"и", "и.", "та", "й", "және", "жана", "and", "va"}
_OPENING_WORDS = 5  # of an adverbial such as "По состоянию на начало 2020 г."


def sentences(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """The sentences of `text` as (start, end) in code points, in order, without the blanks around them.

    Together they hold everything of `text` that is not blank. language: ISO 639-1 or `UNSURE`.
    """
    return tuple(span for line in _LINE.finditer(text) for span in _in_line(text, *line.span(), language))


def _in_line(text: str, start: int, stop: int, language: str) -> Iterator[tuple[int, int]]:
    while start < stop and text[start].isspace():
        start += 1
    for mark in _MARK.finditer(text, start, stop):
        if mark.end() < stop and mark.end() > start and _ends(text, start, stop, mark, language):
            yield start, mark.end()
            start = mark.end()
            while start < stop and text[start].isspace():
                start += 1
    while start < stop and text[stop - 1].isspace():
        stop -= 1
    if start < stop:
        yield start, stop


def _ends(text: str, start: int, stop: int, mark: re.Match[str], language: str) -> bool:
    """Whether the sentence begun at `start` ends with `mark`."""
    after = _NEXT.match(text, mark.end(), min(stop, mark.end() + _WINDOW))
    if after is None or after["word"] is None:
        return False  # only signs follow: they belong to this sentence
    if after["word"][0].islower() or mark.start() == start:
        return False
    if mark["closing"] and (
        _DASH.match(text, mark.end(), stop)  # «Это ложь!» — возмутился он
        or (not after["lead"].strip() and _speaker_follows(text, mark, stop))
    ):
        return False
    if mark["gap"] is None and _ADDRESS.search(text, max(start, mark.start() - _WINDOW), mark.start()):
        return False
    if mark["closing"] or mark["note"] or mark["emoji"]:
        return True
    token = _TOKEN.search(text, max(start, mark.start() - _WINDOW), mark.start())
    return token is None or _ends_after_token(text, start, mark["mark"], token, after, language)


def _ends_after_token(
    text: str, start: int, mark: str, token: re.Match[str], after: re.Match[str], language: str
) -> bool:
    if mark in {"!", "?"}:
        named = token["word"][0].isupper() and token["word"].casefold() in EXCLAIMED
        return not named or _is_opener(after)
    return mark != "." or _ends_at_stop(text, start, token, after, language)


def _is_opener(after: re.Match[str]) -> bool:
    """Whether a word that begins sentences follows; "В." is a name's first letter."""
    return after["word"].casefold() in OPENERS and not (len(after["word"]) == 1 and after["dot"])


def _speaker_follows(text: str, mark: re.Match[str], stop: int) -> bool:
    """Whether `“What?” Ms. Smith asked` goes on after `mark`; after a full stop only all of `“No.” Smith said.`"""
    words = text[mark.end() : min(stop, mark.end() + _WINDOW)].split()
    if words and words[0].casefold() in OPENERS:
        return False
    for word in words[1:_NAME_WORDS]:
        if word.rstrip(".,:") in SPEECH:
            return mark["mark"] != "." or word[-1] in ".,:"
        if not word[0].isupper():
            return False
    return False


def _ends_at_stop(text: str, start: int, token: re.Match[str], after: re.Match[str], language: str) -> bool:
    """Whether a single full stop after `token` ends the sentence, when `after` with a capital or digit follows."""
    written = token["word"]
    previous = _previous(text, start, token.start("word"))
    if len(written) == 1 and written.islower() and _LETTER_AND_STOP.fullmatch(previous):
        written = previous + written  # и т. д.
    opens = _is_opener(after)
    if not any(map(str.isalpha, written)):
        return _ends_after_number(start, token, after["word"], language, opens=opens)
    if written[0].islower() and written in YEARS and _dates(previous, written):
        day = language in _YEAR_BEFORE_DAY and _DAY.match(text, after.start("word"))
        return not day and _ends_after_year(text, start, token.start("word"))
    if written[0].isupper() and (len(written) == 1 or written.casefold() in DIGRAPHS):
        return _ends_after_letter(text, start, token, after, opens=opens)
    if _names(text, start, token, previous) or (language in _ORDINALS_BEFORE and _ROMAN.fullmatch(written)):
        return opens and not _CYRILLIC.match(written)
    return _ends_after_abbreviation(written, after["word"], previous, opens=opens)


def _names(text: str, start: int, token: re.Match[str], previous: str) -> bool:
    """Whether `token` is a letter as in "м. Київ", "с. Покровка", "д. 5"."""
    word = token["word"]
    alone = token.start() == start or text[token.start() - 1].isspace() or _OPENING.match(text, token.start() - 1)
    return (
        len(word) == 1
        and bool(alone)
        and bool(_CYRILLIC.match(word))
        and word not in _LETTER_WORDS
        and not _LETTER_AND_STOP.fullmatch(previous)
        and not _counts(previous)
    )


def _previous(text: str, start: int, position: int) -> str:
    """The word before `position`, "" where there is none."""
    return next(iter(text[max(start, position - _WINDOW) : position].split()[-1:]), "")


def _dates(previous: str, unit: str) -> bool:
    """Whether a year or a century stands before `unit`: 2020, 1941-1945, XX; articles of laws have no Roman numbers."""
    bare = previous.strip("–—-(«")
    return bool(bare) and ((bare[-1].isdigit() and unit != "ст") or bare.isupper())


def _counts(previous: str) -> bool:
    """Whether what follows `previous` is a measure: 5, тыс., кв."""
    return bool(previous) and (previous[-1].isdigit() or previous.strip(".") in _COUNTED)


def _ends_after_abbreviation(written: str, word: str, previous: str, *, opens: bool) -> bool:
    """True for words that are none."""
    before = written.casefold().translate(_APOSTROPHES)
    initials = _INITIALS.fullmatch(written)
    if (before in WITH_CAPITAL and written[0].islower()) or (_DOMAIN.fullmatch(before) and not initials):
        return True
    if word[0].isdigit():
        return before not in BEFORE_NUMBER | BEFORE_NAME | BEFORE_CAPITAL
    if before in BEFORE_CAPITAL and (previous.casefold() in _AND or not initials):
        return before not in BEFORE_NAME or previous.casefold() in _AND
    if before in BEFORE_NAME and not (previous[-1:].isdigit() and before in _ALSO_MEASURES):
        return opens and (before == "st" or bool(_CYRILLIC.match(before)))  # on Wall St. The
    if before in BEFORE_EITHER or initials or "." in before:
        hour = before in {"a.m", "p.m"} and not (word.isupper() or word.casefold() in AFTER_HOUR)
        return opens or hour
    return True


def _ends_after_number(start: int, token: re.Match[str], word: str, language: str, *, opens: bool) -> bool:
    """`1. Foo` numbers a line; `am 3. Oktober` is an ordinal; all else ends."""
    written = token[0]
    if token.start() == start and len(written) <= 3:  # noqa: PLR2004 - a year may well be a sentence
        return False
    ordinal = language in _ORDINALS_BEFORE and len(written) <= 2 and word[0].isalpha()  # noqa: PLR2004
    return not ordinal or (language == "tr" and opens)


def _ends_after_letter(text: str, start: int, token: re.Match[str], after: re.Match[str], *, opens: bool) -> bool:
    """`J. Smith` goes on; `vitamin C. The doctors`, `Серия А. «Но` and `+11 °C. Rain` end."""
    if token.start() > start and text[token.start() - 1] == "°":
        return True
    if not token["word"].isascii():
        return bool(_OPENING.search(after["lead"]))
    previous = _previous(text, start, token.start())
    return opens and bool(previous) and previous[0].islower()


def _ends_after_year(text: str, start: int, position: int) -> bool:
    """`В 2020 г. Россия`, which has said nothing yet, goes on; `Это было в 2023 г. Эксперты` ends."""
    before = text[max(start, position - _LONG_CLAUSE) : position]
    so_far = before.split()
    clause = _CLAUSE.split(before)[-1].split()
    first_clause = len(clause) == len(so_far)
    opening = clause[0].casefold() in (PREPOSITIONS if first_clause else CONJUNCTIONS) if clause else False
    return not (opening and len(clause) <= _OPENING_WORDS) and len(so_far) > 1
