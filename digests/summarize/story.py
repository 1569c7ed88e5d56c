"""What the other outlets of a story add to the words of its lead, and where their figures differ. Pure and light.

Figures are never averaged nor chosen between: who says which is shown.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from digests.language.words import stem, stop_words, words
from digests.model import Addition, Coverage, Story
from digests.summarize.danglers import dangles

MOST_ADDED = 1
MOST_DIFFERENT = 2

_FEWEST_STEMS = 5  # of a sentence that says something
_ON_THE_STORY = 0.15  # share of its stems that the lead has too: less is about something else
_TOLD_ALREADY = 0.55  # ... more is the same in other words
_SAME_STATEMENT = 0.5  # of the smaller of two sentences, figures aside
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_NEAR = 2  # words behind a figure among which the counted thing stands
_CALENDAR = 4  # digits of a year


@dataclass(frozen=True)
class _Sentence:
    text: str
    coverage: Coverage
    stems: frozenset[str]
    figures: dict[str, str]
    """What is counted -> how many."""


def additions(story: Story) -> tuple[Addition, ...]:
    """At most `MOST_DIFFERENT` sentences whose figures differ, then at most `MOST_ADDED` with the most that is new.

    Of other outlets in the language of the lead, whole sentences that can be read alone.
    """
    lead = [*_sentences(story.lead)]
    title = _stems(story.lead.title, story.lead.language)
    told = frozenset().union(title, *(one.stems for one in lead))
    if not told:
        return ()
    others = [
        sentence
        for one in story.others
        if one.language == story.lead.language and one.source != story.lead.source
        for sentence in _sentences(one)
    ]
    differing = [one for one in others if any(_differ(one, said) for said in lead)][:MOST_DIFFERENT]
    named = {one.coverage.source for one in differing}
    new = [
        one
        for one in others
        if one.coverage.source not in named and _ON_THE_STORY <= len(one.stems & told) / len(one.stems) <= _TOLD_ALREADY
    ]
    added = sorted(new, key=lambda one: -len(one.stems - told))[:MOST_ADDED]
    return tuple(
        Addition(text=one.text, source=one.coverage.source, url=one.coverage.url, differs=one in differing)
        for one in (*differing, *added)
    )


def _sentences(coverage: Coverage) -> Iterator[_Sentence]:
    for text in coverage.summary:
        own = _stems(text, coverage.language)
        if len(own) >= _FEWEST_STEMS and not dangles(tuple(words(text)), coverage.language):
            yield _Sentence(text, coverage, own, _figures(text, coverage.language))


def _stems(text: str, language: str) -> frozenset[str]:
    ignored = stop_words(language)
    return frozenset(stem(word, language) for word in words(text) if word not in ignored and not _FIGURE.match(word))


def _figures(text: str, language: str) -> dict[str, str]:
    """The stem of what is counted -> its figure; a number that nothing follows, or that may be a year, is none."""
    own = words(text)
    ignored = stop_words(language)
    found: dict[str, str] = {}
    for at, word in enumerate(own):
        if not _FIGURE.fullmatch(word) or (len(word) == _CALENDAR and word[:2] in {"19", "20"}):
            continue
        for counted in own[at + 1 : at + 1 + _NEAR]:
            if counted not in ignored and not _FIGURE.match(counted):
                found.setdefault(stem(counted, language), word)
                break
    return found


def _differ(one: _Sentence, other: _Sentence) -> bool:
    """Whether both make the same statement with another figure for the same thing."""
    shared = len(one.stems & other.stems) / min(len(one.stems), len(other.stems))
    if shared < _SAME_STATEMENT:
        return False
    return any(other.figures.get(counted, figure) != figure for counted, figure in one.figures.items())
