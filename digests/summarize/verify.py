"""What a summary may say: nothing that its article does not. Every summary passes here before it is kept.

An extract is proved by its offsets. A rewording, as a language model makes one, is proved piece by piece: its numbers,
names, quotations and negations have to stand in the article. That does not prove a rewording true, but it finds what
such rewordings get wrong most: invented figures and names, words in somebody's mouth, a lost "not" (compare the entity
and number checks of Nan et al. 2021, "Entity-level factual consistency of abstractive summarization").
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from digests.language.sentences import sentences
from digests.language.tables import listed
from digests.language.words import stem, stems, words
from digests.model import Article, Summary, SummarySentence
from digests.summarize.candidates import Candidate, candidates


class Fault(StrEnum):
    """What is wrong with a sentence of a summary."""

    NOT_THERE = "not there"  # its offsets hold something else
    OUT_OF_ORDER = "out of order"  # it stands before the one it follows, or over it
    PART = "part"  # it is not a whole sentence of the article
    DANGLING = "dangling"  # it hangs on a sentence that is left out
    NUMBER = "number"
    NAME = "name"
    QUOTATION = "quotation"
    NEGATION = "negation"


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """A fault and where it is. detail: the offending piece."""

    fault: Fault
    sentence: int
    detail: str


_NUMBER = re.compile(r"\d+(?:[ \u00a0\u202f.,]\d{3})*(?:[.,]\d+)?")
_THOUSANDS = re.compile(r"[ \u00a0\u202f.,](?=\d{3}(?!\d))")
_QUOTED = re.compile(r"[“«„\"]([^“”«»„\"]{3,})[”»“\"]")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_NEGATIONS = {
    "en": listed("no not never none nobody nothing neither nor without cannot n't denied denies refused failed"),
    "ru": listed("не ни нет никогда никто ничто ничего нельзя без отказался отказалась отказались опроверг опровергла"),
    "kk": listed("емес жоқ ешқашан ешкім ештеңе"),
}
_NEGATED_VERB = re.compile(r"(?:ма|ме|ба|бе|па|пе)(?:й|ды|ді|ған|ген|йды|йді|с|п|са|се)\w{0,6}$")  # келмеді, бармайды


def doubts_of_extract(summary: Summary, article: Article) -> tuple[Doubt, ...]:
    """Everything that keeps the sentences of `summary` from being an extract of the article that can be read alone."""
    return _doubts(summary.sentences, article, candidates(article))


def doubts_of_rewording(text: str, article: Article) -> tuple[Doubt, ...]:
    """Everything in the sentences of `text` that the article does not bear out."""
    source = f"{article.title}\n{article.text}"
    language = article.language
    numbers, names = set(_numbers(source)), {stem(word, language) for word in words(source)}
    said = " ".join(words(source))
    told = [source[start:end] for start, end in sentences(source, language)]
    doubts: list[Doubt] = []
    for at, (start, end) in enumerate(sentences(text, language)):
        sentence = text[start:end]
        doubts += _unproved(Fault.NUMBER, at, (one for one in _numbers(sentence) if one not in numbers))
        doubts += _unproved(
            Fault.NAME, at, (one for one in _names(sentence) if any(s not in names for s in stems(one, language)))
        )
        quoted = (found[1] for found in _QUOTED.finditer(sentence))
        doubts += _unproved(Fault.QUOTATION, at, (one for one in quoted if " ".join(words(one)) not in said))
        nearest = max(told, key=lambda one: _shared(one, sentence, language), default="")
        if _negations(nearest, language) % 2 != _negations(sentence, language) % 2:
            doubts.append(Doubt(fault=Fault.NEGATION, sentence=at, detail=sentence))
    return tuple(doubts)


def proved(summary: Summary, article: Article, *, count: int) -> Summary:
    """`summary` if nothing in it is in doubt; else the first sentences of the article of which that is true."""
    if not doubts_of_extract(summary, article):
        return summary
    found = candidates(article)
    kept: list[SummarySentence] = []
    for candidate in found:
        if len(kept) < count and candidate.fit and not _doubts((*kept, candidate.sentence), article, found):
            kept.append(candidate.sentence)
    fallback = kept or [candidate.sentence for candidate in found[:count]]
    return Summary(sentences=tuple(fallback), engine="lead")


def _doubts(chosen: Sequence[SummarySentence], article: Article, found: Sequence[Candidate]) -> tuple[Doubt, ...]:
    places = {(one.sentence.start, one.sentence.end): at for at, one in enumerate(found)}
    doubts: list[Doubt] = []
    before: SummarySentence | None = None
    for at, one in enumerate(chosen):
        place = places.get((one.start, one.end))
        fault = None
        if article.text[one.start : one.end] != one.text or not one.text:
            fault = Fault.NOT_THERE
        elif before is not None and one.start < before.end:
            fault = Fault.OUT_OF_ORDER
        elif place is None:
            fault = Fault.PART
        elif found[place].dangling and (place == 0 or before != found[place - 1].sentence) and _has_firm(found):
            fault = Fault.DANGLING
        if fault is not None:
            doubts.append(Doubt(fault=fault, sentence=at, detail=one.text))
        before = one
    return tuple(doubts)


def _has_firm(found: Sequence[Candidate]) -> bool:
    """Whether the article has a sentence that hangs on none: of one without, a summary can only dangle."""
    return any(one.fit and not one.dangling for one in found)


def _unproved(fault: Fault, sentence: int, pieces: Iterable[str]) -> list[Doubt]:
    return [Doubt(fault=fault, sentence=sentence, detail=piece) for piece in pieces]


def _numbers(text: str) -> list[str]:
    """Figures without what parts their thousands; a decimal mark is a point: "1 500,5" is "1500.5"."""
    return [_THOUSANDS.sub("", found[0]).replace(",", ".") for found in _NUMBER.finditer(text)]


def _names(sentence: str) -> list[str]:
    """Words with a capital that is not the sentence's."""
    found = list(_WORD.finditer(sentence))[1:]
    return [one[0] for one in found if one[0][0].isupper() and sentence[one.start() - 1] not in '“«„"']


def _negations(text: str, language: str) -> int:
    own = words(text)
    listed_ones = sum(word in _NEGATIONS.get(language, ()) or word.endswith("n't") for word in own)
    return listed_ones + (sum(bool(_NEGATED_VERB.search(word)) for word in own) if language == "kk" else 0)


def _shared(one: str, other: str, language: str) -> float:
    mine, theirs = set(stems(one, language)), set(stems(other, language))
    return len(mine & theirs) / max(1, len(theirs)) + len(mine & theirs) / max(1, len(mine)) / 10
