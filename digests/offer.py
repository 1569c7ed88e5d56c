"""The stories that the editions of one moment are made of, with what composing asks of each over and over.

Thousands of readers are composed for from the same stories, so that nothing about a story is found out twice.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import overload

from digests.curate.ranking import relevance
from digests.curate.topics import most_common_topic
from digests.language.words import stems, stop_words
from digests.model import Addition, Coverage, Ranked, Standing, Story, Topic, reading_seconds
from digests.summarize.story import additions

FEWEST_STEMS = 3
"""Of a gist that can be compared."""

Places = Mapping[int, str]
"""Place in the ranking -> topic, in the order of the ranking."""


class Offer(Sequence[Ranked]):
    """Ranked stories, the best first. Never changes."""

    def __init__(self, ranked: Iterable[Ranked]) -> None:
        self._ranked = tuple(ranked)
        self.place_of = {one.story.id: place for place, one in enumerate(self._ranked)}
        """Story -> where it stands."""
        self._gathered = [sorted(told.gathered_at for told in one.story.coverage) for one in self._ranked]
        self._of_owner: dict[str, list[int]] = defaultdict(list)
        of_topic: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(self._ranked):
            for owner in {told.owner for told in one.story.coverage}:
                self._of_owner[owner].append(place)
            for slug in {slug for told in one.story.coverage for slug in told.topics}:
                of_topic[slug].append(place)
        self._of_topic = of_topic
        self._on_topics: dict[frozenset[str], Places] = {}
        self._since: dict[datetime | None, tuple[Sequence[int], int]] = {}
        self._additions: dict[int, tuple[Addition, ...]] = {}
        self._seconds: dict[int, float] = {}
        self._gists: dict[int, frozenset[str]] = {}
        self._likenesses: dict[tuple[int, int], float] = {}
        self._standings: dict[tuple[int, str], Standing] = {}

    @overload
    def __getitem__(self, place: int) -> Ranked: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Ranked]: ...

    def __getitem__(self, place: int | slice) -> Ranked | Sequence[Ranked]:
        """The story at that place, or those at several."""
        return self._ranked[place]

    def __len__(self) -> int:
        """How many there are."""
        return len(self._ranked)

    def __iter__(self) -> Iterator[Ranked]:
        """All of them, the best first."""
        return iter(self._ranked)

    @classmethod
    def of(cls, ranked: "Sequence[Ranked]") -> "Offer":
        """The offer that `ranked` is, or one of these stories."""
        return ranked if isinstance(ranked, Offer) else cls(ranked)

    def on_topics(self, topics: frozenset[str]) -> Places:
        """The stories on any of the topics, each with the one that most of its articles belong to."""
        found = self._on_topics.get(topics)
        if found is None:
            places = sorted({place for slug in topics for place in self._of_topic.get(slug, ())})
            found = self._on_topics[topics] = {place: _topic(self._ranked[place].story, topics) for place in places}
        return found

    def without(self, owners: frozenset[str]) -> dict[int, Ranked]:
        """Place -> the story as the other owners tell it, of those that any of these tells too."""
        changed = {}
        for place in {place for owner in owners for place in self._of_owner.get(owner, ())}:
            one = self._ranked[place]
            story = without(one.story, owners)
            if story is not one.story:
                changed[place] = replace(one, story=story)
        return changed

    def arrived_since(self, since: datetime | None) -> tuple[Sequence[int], int]:
        """(how many articles of the story at each place were gathered after then, all in all). None: all of them."""
        found = self._since.get(since)
        if found is None:
            if since is None:
                counts = [len(times) for times in self._gathered]
            else:
                counts = [len(times) - bisect_right(times, since) for times in self._gathered]
            found = self._since[since] = (counts, sum(counts))
        return found

    def is_own(self, story: Story) -> bool:
        """Whether it is one of these, as it stands here: what is remembered of it holds."""
        place = self.place_of.get(story.id)
        return place is not None and self._ranked[place].story is story

    def additions(self, story: Story) -> tuple[Addition, ...]:
        """What others add to it: `digests.summarize.story.additions`."""
        if not self.is_own(story):
            return additions(story)
        if story.id not in self._additions:
            self._additions[story.id] = additions(story)
        return self._additions[story.id]

    def seconds(self, story: Story) -> float:
        """Of reading; what other outlets add to the lead aside, unless it is all that is told."""
        if story.is_follow_up:
            return reading_seconds((story.lead.title, *(one.text for one in story.additions)))
        if not self.is_own(story):
            return reading_seconds((story.lead.title, *story.lead.summary))
        if story.id not in self._seconds:
            self._seconds[story.id] = reading_seconds((story.lead.title, *story.lead.summary))
        return self._seconds[story.id]

    def gist(self, story: Story) -> frozenset[str]:
        """The stems of its lead's headline and summary that say something."""
        if not self.is_own(story):
            return gist_of(story.lead)
        if story.id not in self._gists:
            self._gists[story.id] = gist_of(story.lead)
        return self._gists[story.id]

    def likeness(self, one: Story, other: Story) -> float:
        """The share of stems that both have among those that either has: 0..1."""
        if not (self.is_own(one) and self.is_own(other)):
            return likeness(self.gist(one), self.gist(other))
        pair = (one.id, other.id) if one.id < other.id else (other.id, one.id)
        found = self._likenesses.get(pair)
        if found is None:
            found = self._likenesses[pair] = likeness(self.gist(one), self.gist(other))
        return found

    def standing(self, one: Ranked, topic: Topic) -> Standing:
        """Why it stands where it stands, as a story of that topic."""
        if not self.is_own(one.story):
            return replace(one.standing, relevance=relevance(one.story, topic))
        key = (one.story.id, topic.slug)
        if key not in self._standings:
            self._standings[key] = replace(one.standing, relevance=relevance(one.story, topic))
        return self._standings[key]


def _topic(story: Story, topics: frozenset[str]) -> str:
    slug = most_common_topic((told.topics for told in story.coverage), topics)
    assert slug is not None  # one of them is its
    return slug


def without(story: Story, muted: frozenset[str]) -> Story:
    """The story as the owners tell it whom the reader has not muted; as it is where they have muted all."""
    if not any(one.owner in muted for one in story.coverage):
        return story
    heard = [one for one in story.coverage if one.owner not in muted]
    return Story(id=story.id, lead=heard[0], others=tuple(heard[1:])) if heard else story


def gist_of(coverage: Coverage) -> frozenset[str]:
    """The stems of its headline and summary that say something."""
    return _gist(coverage.title, coverage.summary, coverage.language)


@lru_cache(maxsize=20_000)  # readers of one edition are weighed the same stories
def _gist(title: str, summary: Sequence[str], language: str) -> frozenset[str]:
    return frozenset(stems(" ".join((title, *summary)), language)) - stop_words(language)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of stems that both have among those that either has: 0..1."""
    if min(len(one), len(other)) < FEWEST_STEMS:
        return 0.0
    return len(one & other) / len(one | other)
