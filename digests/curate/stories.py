"""Which articles tell the same story, as they arrive. Pure.

Copies are known by their text or headline. Everything else is compared with the most promising articles of a window,
found by the rare words they share; half a million of them would need more than this plain index of words.
"""

import heapq
import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from digests.model import Fingerprint

WINDOW = timedelta(hours=72)
"""How far back an article can join a story; tgcontest's and NYAN's streams forget sooner, weekly papers later."""

SAME_STORY = 0.30
"""The least likeness of two articles about one event: the pair trials put it at 0.28 for words, 0.30 with names."""

SAME_OWNER_FACTOR = 1.6
"""One outlet seldom tells one event twice: its second article must be this much more alike."""

SAME_TEMPLATE_FACTOR = 2.5
"""Headlines of one template about other places or numbers need that much more likeness of all they say."""

DOUBTFUL = (SAME_STORY, 0.70)
"""Likeness between which words leave it open whether two articles are about one event, and their meaning is asked.

What is less alike is about two events so often that meaning joins more of these than of those about one: so it was with
187 pairs of the bench that were labelled for this, which are not the ones that it reports on.
"""

WORDS_SHARE, NAMES_SHARE = 0.8, 0.2
"""The blend of likeness that carried its cut best from one annotated set of pairs to another."""

CLOSEST = 3
"""A story is as like an article as its three closest members are on average, so that no single one draws others in."""

SOON = timedelta(hours=24)
"""So long after an article a second telling is nothing unusual; a headline that comes again later is a column's."""

LATE_FACTOR = 1.3
"""... and at the end of the window it must be this much more alike."""

MANY = 10
"""From so many articles on a story asks for more likeness, for big ones attract whatever comes by..."""

MANY_FACTOR = 1.1
"""... so much more at ten times as many."""

_COPIED_HEADLINE = 4  # stems: "Weather forecast" is no copy of another
_OF_ONE_TEMPLATE = 0.6  # share of the words of the shorter headline, names and numbers aside
_RARE, _RARE_LEAST = 400, 20  # articles that a word may be in to bring candidates along
_VISITED = 4000  # places in the index looked at for one article
_COMPARED = 30  # articles compared with one


@dataclass(frozen=True, kw_only=True)
class Known:
    """An article that has its story already. owner: as in `Coverage`. key: of its address, "" without one."""

    article_id: int
    story_id: int
    owner: str
    language: str
    published_at: datetime
    fingerprint: Fingerprint
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class Nearest:
    """The story most like an article. article_id: its member most like it.

    likeness: 0..1, of the closest members on average, less for all that asks for more of it; of copies, 1.
    """

    story_id: int
    article_id: int
    likeness: float

    @property
    def is_same(self) -> bool:
        """Whether it is told by the article, by words."""
        return self.likeness >= SAME_STORY

    @property
    def is_in_doubt(self) -> bool:
        """Whether the words of the two leave that open."""
        return DOUBTFUL[0] <= self.likeness < DOUBTFUL[1]


class StoryFinder:
    """Finds the story that a new article tells, among those of a window of recent articles.

    Words count by their rarity in the window. Only articles in the same language are compared.
    """

    def __init__(self, recent: Iterable[Known] = ()) -> None:
        self._indexes: dict[str, _Index] = defaultdict(_Index)
        self._language_of: dict[int, str] = {}
        for one in recent:
            self.add(one)

    def add(self, one: Known) -> None:
        """Let later articles be compared with this one."""
        self._language_of[one.article_id] = one.language
        self._indexes[one.language].add(one)

    def keep(self, stories: Mapping[int, int]) -> frozenset[int]:
        """Forget all articles but these, article -> its story as it is now; those that are to be added."""
        for article_id in self._language_of.keys() - stories.keys():
            self._indexes[self._language_of.pop(article_id)].remove(article_id)
        for article_id, language in self._language_of.items():
            self._indexes[language].move(article_id, stories[article_id])
        self._indexes.update((language, index.tidied()) for language, index in list(self._indexes.items()))
        return frozenset(stories.keys() - self._language_of.keys())

    def find(self, fingerprint: Fingerprint, *, language: str, owner: str, at: datetime) -> int | None:
        """The id of the story, or None when the article is the first to tell it. at: when it was published."""
        found = self.nearest(fingerprint, language=language, owner=owner, at=at)
        return found.story_id if found and found.is_same else None

    def nearest(self, fingerprint: Fingerprint, *, language: str, owner: str, at: datetime) -> Nearest | None:
        """The story most like the article, however little; None when nothing is to be compared with it."""
        return self._indexes[language].nearest(fingerprint, owner, at.timestamp())

    def likeness(self, one: Fingerprint, other: Fingerprint, language: str) -> float:
        """How alike two articles in one language are: 0..1."""
        return self._indexes[language].likeness(one, other)


@dataclass(slots=True)
class _Held:
    """An article in the index. terms, names: numbers of words; counts: of terms, damped."""

    article_id: int
    story_id: int
    owner: str
    at: float
    terms: "array[int]"
    counts: "array[float]"
    names: "array[int]"
    headline: tuple[str, ...]
    copy: str


class _Index:
    """The window's articles in one language."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._where: list[array[int]] = []  # of each term: places in _held
        self._held: list[_Held | None] = []
        self._place: dict[int, int] = {}
        self._size_of: Counter[int] = Counter()
        self._copies: dict[str, list[int]] = defaultdict(list)
        self._rarities: dict[int, float] = {}
        self._rarities_for = 0

    def add(self, one: Known) -> None:
        own = one.fingerprint
        self._hold(
            _Held(
                article_id=one.article_id,
                story_id=one.story_id,
                owner=one.owner,
                at=one.published_at.timestamp(),
                terms=array("i", (self._number(term) for term in own.terms)),
                counts=array("f", (1 + math.log(count) for count in own.terms.values())),
                names=array("i", (self._number(name) for name in own.names)),
                headline=own.headline,
                copy=own.copy,
            ),
        )

    def _hold(self, one: _Held) -> None:
        place = len(self._held)
        self._held.append(one)
        self._place[one.article_id] = place
        self._size_of[one.story_id] += 1
        for term in one.terms:
            self._where[term].append(place)
        for mark in _marks(one.headline, one.copy):
            self._copies[mark].append(place)

    def remove(self, article_id: int) -> None:
        place = self._place.pop(article_id)
        held = self._held[place]
        assert held is not None
        self._size_of[held.story_id] -= 1
        self._held[place] = None

    def move(self, article_id: int, story_id: int) -> None:
        held = self._held[self._place[article_id]]
        if held is not None and held.story_id != story_id:
            self._size_of[held.story_id] -= 1
            self._size_of[story_id] += 1
            held.story_id = story_id

    def tidied(self) -> "_Index":
        """Itself; where more is forgotten than held, one of what is held alone."""
        if len(self._held) <= 2 * len(self._place):
            return self
        word_of, smaller = list(self._numbers), _Index()
        for one in filter(None, self._held):
            one.terms = array("i", (smaller._number(word_of[term]) for term in one.terms))
            one.names = array("i", (smaller._number(word_of[name]) for name in one.names))
            smaller._hold(one)
        return smaller

    def nearest(self, fingerprint: Fingerprint, owner: str, at: float) -> Nearest | None:
        copied = self._copied(fingerprint, owner, at)
        if copied is not None:
            return Nearest(story_id=copied.story_id, article_id=copied.article_id, likeness=1.0)
        weights = self._weights(fingerprint)
        length = math.hypot(*weights.values())
        if not length:
            return None
        names = {self._numbers[name] for name in fingerprint.names if name in self._numbers}
        likeness: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for held in self._candidates(weights):
            found = self._compared(held, weights, length, names, len(fingerprint.names))
            likeness[held.story_id].append((found / _asked(held, fingerprint, owner, at), -held.article_id))
        best, story_id = max(
            (
                (_mean_of_closest(one for one, _ in found) / self._crowd(story), -story)
                for story, found in likeness.items()
            ),
            default=(0.0, 0),
        )
        if not likeness:
            return None
        return Nearest(story_id=-story_id, article_id=-max(likeness[-story_id])[1], likeness=best)

    def likeness(self, one: Fingerprint, other: Fingerprint) -> float:
        words = _cosine(self._weights_by_word(one), self._weights_by_word(other))
        smaller = min(len(one.names), len(other.names))
        names = len(one.names & other.names) / smaller if smaller else 0.0
        return WORDS_SHARE * words + NAMES_SHARE * names

    def _copied(self, fingerprint: Fingerprint, owner: str, at: float) -> _Held | None:
        """Of the oldest story, an exact copy: of the same text, or of the same headline at another outlet about now."""
        for mark in reversed(_marks(fingerprint.headline, fingerprint.copy)):
            copies = (held for place in self._copies.get(mark, ()) if (held := self._held[place]))
            found = [
                held
                for held in copies
                if mark == held.copy or (held.owner != owner and abs(held.at - at) <= SOON.total_seconds())
            ]
            if found:
                return min(found, key=lambda held: (held.story_id, held.article_id))
        return None

    def _candidates(self, weights: Mapping[int, float]) -> list[_Held]:
        """Those that share the most of rare words, at least two words in all."""
        rare = max(_RARE_LEAST, min(_RARE, len(self._place) // 2))
        shared: dict[int, float] = {}
        several: set[int] = set()
        visited = 0
        for term in sorted((one for one in weights if one >= 0), key=lambda one: len(self._where[one])):
            where = self._where[term]
            if len(where) > rare or visited > _VISITED:
                break
            visited += len(where)
            weight = weights[term]
            for place in where:
                if place in shared:
                    shared[place] += weight
                    several.add(place)
                else:
                    shared[place] = weight
        best = heapq.nsmallest(_COMPARED, several, key=lambda place: (-shared[place], place))
        return [held for place in best if (held := self._held[place]) is not None]

    def _compared(self, held: _Held, weights: Mapping[int, float], length: float, names: set[int], named: int) -> float:
        product = square = 0.0
        where, rarities = self._where, self._rarities
        for term, count in zip(held.terms, held.counts):  # noqa: B905 - the innermost loop of all
            holding = len(where[term])
            rarity = rarities.get(holding)
            if rarity is None:
                rarity = self._rarity_of(holding)
            weight = count * rarity
            square += weight * weight
            if term in weights:
                product += weight * weights[term]
        alike = product / (length * math.sqrt(square)) if square else 0.0
        smaller = min(named, len(held.names))
        shared = sum(name in names for name in held.names) / smaller if smaller else 0.0
        return WORDS_SHARE * alike + NAMES_SHARE * shared

    def _crowd(self, story_id: int) -> float:
        size = self._size_of[story_id]
        return 1.0 if size < MANY else math.pow(MANY_FACTOR, math.log10(10 * size / MANY))

    def _number(self, word: str) -> int:
        number = self._numbers.get(word)
        if number is None:
            number = self._numbers[word] = len(self._where)
            self._where.append(array("i"))
        return number

    def _weights(self, fingerprint: Fingerprint) -> dict[int, float]:
        """By number; words that the window has not are numbered below zero, and count for the length alone."""
        found = {}
        for at, (term, count) in enumerate(fingerprint.terms.items(), start=1):
            number = self._numbers.get(term, -at)
            rarity = self._rarity(number) if number >= 0 else self._rarity_of(0)
            found[number] = (1 + math.log(count)) * rarity
        return found

    def _weights_by_word(self, fingerprint: Fingerprint) -> dict[str, float]:
        return dict(zip(fingerprint.terms, self._weights(fingerprint).values(), strict=True))

    def _rarity(self, number: int) -> float:
        return self._rarity_of(len(self._where[number]))

    def _rarity_of(self, holding: int) -> float:
        size = len(self._held)
        if abs(size - self._rarities_for) * 100 > size:  # a hundredth more or less makes no difference
            self._rarities.clear()
            self._rarities_for = size
        found = self._rarities.get(holding)
        if found is None:
            found = self._rarities[holding] = math.log(1 + (size + 1) / (1 + holding))
        return found


def _marks(headline: Sequence[str], copy: str) -> list[str]:
    marks = [" ".join(headline)] if len(headline) >= _COPIED_HEADLINE else []
    return [*marks, copy] if copy else marks


def _asked(held: _Held, fingerprint: Fingerprint, owner: str, at: float) -> float:
    """How many times more alike than usual the two must be."""
    factor = SAME_OWNER_FACTOR if held.owner == owner else 1.0
    late = (abs(held.at - at) - SOON.total_seconds()) / (WINDOW - SOON).total_seconds()
    factor *= math.pow(LATE_FACTOR, min(1.0, max(0.0, late)))
    if of_one_template(held.headline, fingerprint.headline, fingerprint.names):
        factor *= SAME_TEMPLATE_FACTOR
    return factor


def of_one_template(one: Sequence[str], other: Sequence[str], names: frozenset[str]) -> bool:
    """Whether two headlines say the same of different places or numbers, as those of forecasts, rates and results do.

    names: the words of the other that are names.
    """
    numbers, more_numbers = ({word for word in title if word[0].isdigit()} for title in (one, other))
    said, also_said = set(one) - numbers, set(other) - more_numbers
    named = also_said & names
    plain = also_said - named
    if numbers and more_numbers and not numbers & more_numbers and not named & said:
        return len(plain & said) >= _OF_ONE_TEMPLATE * min(len(plain), len(said)) > 0
    if named and not named & said and not numbers & more_numbers:
        others = len(said - plain)  # where the other headline has its own places
        return others > 0 and len(plain & said) >= _OF_ONE_TEMPLATE * max(len(plain), 2)
    return False


def _mean_of_closest(likeness: Iterable[float]) -> float:
    closest = sorted(likeness, reverse=True)[:CLOSEST]
    return math.fsum(closest) / len(closest)


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    product = sum(weight * other[term] for term, weight in one.items() if term in other)
    length = math.hypot(*one.values()) * math.hypot(*other.values())
    return product / length if length else 0.0
