"""Where sentences begin and end: one set of rules for all the languages served, fitted to news.

A line break always ends a sentence; inside a line a mark of `_MARK` may. Whether it does is judged from the word before
it and the one after it. Linear in the length of the text: every look around a mark is bounded.
"""

import re
from collections.abc import Iterator

from digests.language.abbreviations import (
    BEFORE_CAPITAL,
    BEFORE_EITHER,
    BEFORE_NAME,
    BEFORE_NUMBER,
    CONJUNCTIONS,
    OPENERS,
    PREPOSITIONS,
    SPEECH,
    YEARS,
)

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
# Marks with what closes after them. Either blanks or the end follow, or the mark needs no blank (。), or a word that
# the writer forgot to part: "лиг.Россияне".
_MARK = re.compile(
    r"(?P<mark>[.!?…]+|[。！？।։]+)(?P<closing>[\"'»”’)\]]{0,4})"
    r"(?:(?=(?P<gap>\s+)|$)|(?<=[。！？।։])|(?<=[a-zа-яёәғқңөұүһі]{2}[.!?])(?=[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][a-zа-яёәғқңөұүһі]))"
)
_TOKEN = re.compile(r"[^\W_]+(?:[.\-/’'][^\W_]+)*$")
_NEXT = re.compile(r"(?P<lead>[\s\"'«“„‘(\[—–\-•]*)(?P<word>[^\W_]+(?:[.\-’'][^\W_]+)*)?")
_ADDRESS = re.compile(r"(?:www|//|@|\.)[^\s]*$")
_CLAUSE = re.compile(r"[,;:(—–]")
_DASH = re.compile(r"\s*[—–-]")
_WINDOW = 60  # characters looked at on either side of a mark: longer than any word that matters here
_LONG_CLAUSE = 200
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
    word = after["word"] if after else None
    if after is None or word is None:
        return False  # only signs follow: they belong to this sentence
    if word[0].islower() or (mark["closing"] and _DASH.match(text, mark.end(), stop)):
        return False  # «Это ложь!» — возмутился он
    if mark["gap"] is None and _ADDRESS.search(text, max(start, mark.start() - _WINDOW), mark.start()):
        return False
    if mark["closing"] and not after["lead"].strip() and _speaker_follows(text, mark.end(), stop):
        return False
    if mark["mark"] != "." or mark["closing"]:
        return True
    token = _TOKEN.search(text, max(start, mark.start() - _WINDOW), mark.start())
    return token is None or _ends_at_stop(text, start, token, word, language)


def _speaker_follows(text: str, position: int, stop: int) -> bool:
    """Whether `“What?” Ms. Smith asked` goes on at `position`."""
    return any(word.strip(".,:") in SPEECH for word in text[position : min(stop, position + _WINDOW)].split()[1:4])


def _ends_at_stop(text: str, start: int, token: re.Match[str], word: str, language: str) -> bool:
    """Whether a single full stop after `token` ends the sentence, when `word` with a capital or digit follows."""
    before = token[0].casefold()
    opens = word.casefold() in OPENERS
    if before.isdigit():
        return _ends_after_number(start, token, word, language)
    if before in YEARS:
        return _ends_after_year(text, start, token)
    if len(before) == 1 and token[0].isupper():
        return _ends_after_letter(text, start, token, opens=opens)
    return _ends_after_abbreviation(before, word, opens=opens)


def _ends_after_abbreviation(before: str, word: str, *, opens: bool) -> bool:
    """True for words that are none."""
    if word[0].isdigit():
        return before not in BEFORE_NUMBER | BEFORE_NAME | BEFORE_CAPITAL
    if before in BEFORE_NAME:
        return opens and before == "st"  # on Wall St. The
    if before in BEFORE_EITHER or ("." in before and before not in BEFORE_CAPITAL):
        return opens or (before in {"a.m", "p.m"} and not word.isupper())
    return True


def _ends_after_number(start: int, token: re.Match[str], word: str, language: str) -> bool:
    """`1. Foo` numbers a line; `am 3. Oktober` is an ordinal; all else ends."""
    if token.start() == start and len(token[0]) <= 3:  # noqa: PLR2004 - a year may well be a sentence
        return False
    return not (language in {"de", "da", "no", "fi"} and len(token[0]) <= 2 and word[0].isalpha())  # noqa: PLR2004


def _ends_after_letter(text: str, start: int, token: re.Match[str], *, opens: bool) -> bool:
    """`J. Smith` goes on; `vitamin C. The doctors`, `So do I. The` and `+11 °C. Rain` end."""
    if token.start() > start and text[token.start() - 1] == "°":
        return True
    previous = text[max(start, token.start() - _WINDOW) : token.start()].split()
    return opens and token[0].isascii() and bool(previous) and previous[-1][0].islower()


def _ends_after_year(text: str, start: int, token: re.Match[str]) -> bool:
    """`В 2020 г. Россия`, which has said nothing yet, and `г. Алматы` go on; `Это было в 2023 г. Эксперты` ends."""
    before = text[max(start, token.start() - _LONG_CLAUSE) : token.start()]
    so_far = before.split()
    if not so_far or not (so_far[-1][-1].isdigit() or so_far[-1].strip("–—-").isupper()):
        return False
    clause = _CLAUSE.split(before)[-1].split()
    first_clause = len(clause) == len(so_far)
    opening = clause[0].casefold() in (PREPOSITIONS if first_clause else CONJUNCTIONS) if clause else False
    return not (opening and len(clause) <= _OPENING_WORDS) and len(so_far) > 1
