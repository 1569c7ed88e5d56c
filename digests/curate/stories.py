"""Which articles tell the same story. Pure."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from digests.model import Fingerprint

WINDOW = timedelta(hours=72)
"""How far back an article can join a story; tgcontest's and NYAN's streams forget sooner, weekly papers later."""

SAME_STORY = 0.30
"""The least likeness of two articles about one event: the pair trials put it at 0.28 for words, 0.30 with names."""

SAME_FEED_FACTOR = 1.6
"""One outlet seldom tells one event twice: its second article must be this much more alike."""

WORDS_SHARE, NAMES_SHARE = 0.8, 0.2
"""The blend of likeness that carried its cut best from one annotated set of pairs to another."""

CLOSEST = 3
"""A story is as like an article as its three closest members are on average, so that no single one draws others in."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """An article that has its story already."""

    story_id: int
    feed_id: int
    language: str
    fingerprint: Fingerprint


class StoryFinder:
    """Finds the story that a new article tells, among those of a window of recent articles.

    Words count by their rarity in the window. Only articles in the same language are compared.
    """

    def __init__(self, recent: Iterable[Known] = ()) -> None:
        self._known: list[Known] = []
        self._where: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._by_language: Counter[str] = Counter()
        for one in recent:
            self.add(one)

    def add(self, one: Known) -> None:
        """Let later articles be compared with this one."""
        number = len(self._known)
        self._known.append(one)
        self._by_language[one.language] += 1
        for term in one.fingerprint.terms:
            self._where[one.language, term].append(number)

    def find(self, fingerprint: Fingerprint, *, language: str, feed_id: int) -> int | None:
        """The id of the story, or None when the article is the first to tell it."""
        likeness: dict[int, list[float]] = defaultdict(list)
        for number in self._candidates(fingerprint, language):
            one = self._known[number]
            found = self.likeness(fingerprint, one.fingerprint, language)
            likeness[one.story_id].append(found / (SAME_FEED_FACTOR if one.feed_id == feed_id else 1))
        best = max(((_mean_of_closest(found), -story_id) for story_id, found in likeness.items()), default=(0.0, 0))
        return -best[1] if best[0] >= SAME_STORY else None

    def _candidates(self, fingerprint: Fingerprint, language: str) -> list[int]:
        # Words that half of the window uses bring everything along and tell nothing.
        common = max(20, self._by_language[language] // 2)
        shared: Counter[int] = Counter()
        for term in fingerprint.terms:
            where = self._where.get((language, term), ())
            if len(where) <= common:
                shared.update(where)
        return [number for number, count in shared.most_common(100) if count > 1]

    def likeness(self, one: Fingerprint, other: Fingerprint, language: str) -> float:
        """How alike two articles in one language are: 0..1."""
        words = _cosine(self._weights(one, language), self._weights(other, language))
        smaller = min(len(one.names), len(other.names))
        names = len(one.names & other.names) / smaller if smaller else 0.0
        return WORDS_SHARE * words + NAMES_SHARE * names

    def _weights(self, fingerprint: Fingerprint, language: str) -> dict[str, float]:
        size = self._by_language[language] + 1
        return {
            term: (1 + math.log(count)) * math.log(1 + size / (1 + len(self._where.get((language, term), ()))))
            for term, count in fingerprint.terms.items()
        }


def _mean_of_closest(likeness: list[float]) -> float:
    closest = sorted(likeness, reverse=True)[:CLOSEST]
    return sum(closest) / len(closest)


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    product = sum(weight * other[term] for term, weight in one.items() if term in other)
    length = math.hypot(*one.values()) * math.hypot(*other.values())
    return product / length if length else 0.0
