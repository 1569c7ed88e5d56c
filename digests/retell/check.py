"""What of a model's words may be told: what its original bears out, piece by piece. Heavy: for workers.

A rewording is compared with the very sentences that it stands for: their numbers, names, quotations, dates and
negations, and most of their words. A translation is compared sentence by sentence: numbers and dates have to be the
same, names have to sound like those of the original, quotations stay quotations, and what is denied stays denied. That
proves no translation right, but nothing of it comes from elsewhere. What fails is not told: the extract stands.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from enum import StrEnum

from digests.language.sentences import sentences
from digests.language.words import fold, stem, stop_words, words
from digests.model import UNSURE, Article, Wording
from digests.retell import figures
from digests.retell.names import is_named, names, unknown_names
from digests.retell.request import read_answer
from digests.summarize.verify import doubts_of_rewording


class Fault(StrEnum):
    """Why an answer is not told."""

    SHAPE = "shape"  # not what was asked for
    LENGTH = "length"
    MARKUP = "markup"  # links, markup, mentions, invisible signs
    LANGUAGE = "language"
    NUMBER = "number"
    DATE = "date"  # or a unit
    NAME = "name"
    QUOTATION = "quotation"
    NEGATION = "negation"
    STRANGE = "strange"  # it speaks of something else


LONGEST, SHORTEST = 2.2, 0.4
"""Of a translated sentence beside its original, in characters."""

_SLACK = 25  # characters by which short sentences may differ besides
_OWN_SHARE = 0.75  # of a rewording's words, stop words aside, that have to be the original's
_TAKEN_UP = 0.4  # of a sentence's words, from where on a rewording tells what it says
_NAMES_KEPT = 0.5  # of the original's names
_MARKUP = re.compile(r"<[^>]*>|https?:|www\.|[\[\]{}`|\\]|\*\*|__|(?:^|\s)[@#/]\w|^\s*[-*>#]\s|&\w+;")
_SPEECH = 4  # words; a shorter quotation that begins with a capital is a name, which languages quote or do not
_SITE = re.compile(r"\b[\w-]+(?:\.[\w-]+)*\.[a-zа-я]{2,}\b", re.IGNORECASE)
_QUOTED = re.compile(r"[“«„\"]([^“”«»„\"]{3,})[”»“\"]")
_ALLOWED = {" "}


def checked(answer: str, original: Wording, language: str) -> Wording | Fault:
    """The model's answer as it may be told, or what is wrong with it. For a worker."""
    told = read_answer(answer, original, language)
    if told is None:
        return Fault.SHAPE
    return next(_faults(told, original), told)


def _faults(told: Wording, original: Wording) -> Iterator[Fault]:
    text, source = _text(told), _text(original)
    if len(text) > LONGEST * len(source) + _SLACK * (1 + len(original.summary)):
        yield Fault.LENGTH  # before anything that takes longer with length
    known_sites = set(_SITE.findall(source))
    if any(_MARKUP.search(one) for one in (told.title, *told.summary) if one != original.title):
        yield Fault.MARKUP
    if any(unicodedata.category(one)[0] == "C" or (one.isspace() and one not in _ALLOWED) for one in text):
        yield Fault.MARKUP
    if any(one not in known_sites for one in _SITE.findall(text) if not _is_initials(one)):
        yield Fault.MARKUP
    yield from _of_rewording(told, original) if told.language == original.language else _of_translation(told, original)
    if not _is_in(told):
        yield Fault.LANGUAGE


def _text(one: Wording) -> str:
    ended = one.title if one.title.endswith((".", "!", "?", "…")) else f"{one.title}."
    return " ".join((ended, *one.summary))


def _is_initials(written: str) -> bool:
    """U.S. or a.m., rather than a site."""
    return all(len(part) == 1 for part in written.split("."))


def _is_in(told: Wording) -> bool:
    from digests.language.identify import identify  # noqa: PLC0415 - heavy: its model is loaded in workers alone

    return identify(" ".join((told.title, *told.summary))) in {told.language, UNSURE}


def _of_rewording(told: Wording, original: Wording) -> Iterator[Fault]:
    language, said, source = original.language, " ".join(told.summary), " ".join(original.summary)
    if len(said) > len(source) or len(said) < _SLACK:
        yield Fault.LENGTH
    if figures.quantities(said, language) - figures.quantities(_text(original), language):
        yield Fault.NUMBER
    if figures.dates_and_units(said, language) - figures.dates_and_units(_text(original), language):
        yield Fault.DATE
    for doubt in doubts_of_rewording(said, _article(original)):
        yield Fault(doubt.fault.value)
    known = {stem(word, language) for word in words(_text(original))}
    ignored = stop_words(language)
    # The first word of a sentence has its capital anyway, so that it may be a name too.
    first = {next(iter(words(said[start:])), "") for start, _ in sentences(said, language)} - ignored
    if any(stem(word, language) not in known for word in first):
        yield Fault.NAME
    own = [stem(word, language) for word in words(said) if word not in ignored]
    if sum(one in known for one in own) < _OWN_SHARE * len(own):
        yield Fault.STRANGE
    if figures.negations(said, language) < _denied(source, own, language):
        yield Fault.NEGATION


def _denied(source: str, told: Sequence[str], language: str) -> int:
    """How often those of the sentences deny that are told, by their stems, also where two have become one."""
    ignored, count = stop_words(language), 0
    for start, end in sentences(source, language):
        theirs = [stem(word, language) for word in words(source[start:end]) if word not in ignored]
        if sum(one in told for one in theirs) > _TAKEN_UP * len(theirs):
            count += figures.negations(source[start:end], language)
    return count


def _article(original: Wording) -> Article:
    return Article(
        url="", title=original.title, text=" ".join(original.summary), author="", source="", image_url="",
        language=original.language, published_at=datetime.min.replace(tzinfo=UTC), from_feed=False,
    )  # fmt: skip


def _of_translation(told: Wording, original: Wording) -> Iterator[Fault]:
    if {told.language, original.language} - figures.LANGUAGES:
        yield Fault.LANGUAGE
    if len(told.summary) != len(original.summary):
        yield Fault.SHAPE
        return
    for mine, theirs in zip((told.title, *told.summary), (original.title, *original.summary), strict=True):
        yield from _of_translated(mine, told.language, theirs, original)
    kept = names(" ".join(original.summary))
    text = _text(told)
    found = sum(is_named(one, original.language, text, told.language) for one in kept)
    if len(kept) > 1 and found < _NAMES_KEPT * len(kept):
        yield Fault.STRANGE


def _of_translated(mine: str, language: str, theirs: str, original: Wording) -> Iterator[Fault]:
    of = original.language
    if not SHORTEST * len(theirs) - _SLACK <= len(mine) <= LONGEST * len(theirs) + _SLACK or fold(mine) == fold(theirs):
        yield Fault.LENGTH
    numbers = figures.quantities(theirs, of)
    if figures.quantities(mine, language) - numbers or figures.written_in_digits(theirs, of) - figures.quantities(
        mine, language
    ):
        yield Fault.NUMBER
    if figures.dates_and_units(mine, language) != figures.dates_and_units(theirs, of):
        yield Fault.DATE
    strange = unknown_names(mine, language, _text(original), of)
    if any(not figures.names_a_date(one, language) for one in strange):
        yield Fault.NAME
    if _speech(mine) != _speech(theirs):
        yield Fault.QUOTATION
    if figures.negations(mine, language) != figures.negations(theirs, of):
        yield Fault.NEGATION


def _speech(text: str) -> int:
    """How many quotations there are, names aside."""
    quoted = _QUOTED.findall(text)
    return sum(len(one.split()) >= _SPEECH or not one[0].isupper() for one in quoted)
