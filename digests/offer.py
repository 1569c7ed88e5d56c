"""The stories that the editions of one moment are made of, with what composing asks of each over and over.

Thousands of readers are composed for from the same stories, so that nothing about a story is found out twice.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple, overload

from digests.curate.ranking import relevance
from digests.language.words import stems, stop_words
from digests.model import Coverage, Ranked, Standing, Story, Topic, reading_seconds
from digests.summarize.story import additions

FEWEST_STEMS = 3
"""Of a gist that can be compared."""

OLD_HAT = 0.3
"""From so much likeness on to what the reader has had, or to what stands above it, a story counts less."""

MOST_CHOICES = 2_000
"""Choices of topics whose stories are remembered at a time; of 3,000 stories one takes some 40 kB."""

Places = Mapping[int, str]
"""Place in the ranking -> topic, in the order of the ranking."""


class Weighed(NamedTuple):
    """What a story counts in composing. total: that of its standing. seconds: of reading. gist, near: see `Offer`."""

    standing: Standing
    total: float
    seconds: float
    gist: frozenset[str]
    near: Mapping[int, float]
    is_own: bool


class Offer(Sequence[Ranked]):
    """Ranked stories, the best first. Never changes."""

    def __init__(self, ranked: Iterable[Ranked]) -> None:
        self._ranked = tuple(ranked)
        self.place_of = {one.story.id: place for place, one in enumerate(self._ranked)}
        """Story -> where it stands."""
        self.sizes = [1 + len(one.story.others) for one in self._ranked]
        """How many articles the story at each place has."""
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
        self._told: dict[int, Story] = {}
        self._seconds: dict[int, float] = {}
        self._gists: dict[int, frozenset[str]] = {}
        self._with_stem: dict[str, list[int]] | None = None
        self._near: dict[frozenset[str], Mapping[int, float]] = {}
        self._follow_ups: dict[tuple[int, int], Story | None] = {}
        self._weighed: dict[tuple[int, str], Weighed] = {}
        self._by_topic = [_by_frequency(one.story) for one in self._ranked]

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
            if len(self._on_topics) >= MOST_CHOICES:
                self._on_topics.clear()
            places = sorted({place for slug in topics for place in self._of_topic.get(slug, ())})
            found = self._on_topics[topics] = {
                place: next(slug for slug in self._by_topic[place] if slug in topics) for place in places
            }
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

    def told(self, story: Story) -> Story:
        """The story with what others add to it."""
        if not self.is_own(story):
            return replace(story, additions=additions(story))
        if story.id not in self._told:
            self._told[story.id] = replace(story, additions=additions(story))
        return self._told[story.id]

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

    def near(self, story: Story) -> Mapping[int, float]:
        """Those of these stories that are as like it as `OLD_HAT` or more, and how like: 0..1. It may be among them."""
        gist = self.gist(story)
        found = self._near.get(gist)
        if found is None:
            found = self._near[gist] = self._like(gist)
        return found

    def _like(self, gist: frozenset[str]) -> dict[int, float]:
        if len(gist) < FEWEST_STEMS:
            return {}
        if self._with_stem is None:
            self._with_stem = defaultdict(list)
            for one in self._ranked:
                for stem in self.gist(one.story):
                    self._with_stem[stem].append(one.story.id)
        shared: Counter[int] = Counter()
        for stem in gist:
            shared.update(self._with_stem.get(stem, ()))
        sizes = {story_id: len(self._gists[story_id]) for story_id in shared}
        return {
            story_id: value
            for story_id, count in shared.items()
            if sizes[story_id] >= FEWEST_STEMS and (value := count / (len(gist) + sizes[story_id] - count)) >= OLD_HAT
        }

    def follow_up(self, story: Story, told_at: datetime) -> Story | None:
        """See `follow_up`."""
        if not self.is_own(story):
            return follow_up(story, told_at)
        key = (story.id, bisect_right(self._gathered[self.place_of[story.id]], told_at))
        if key not in self._follow_ups:
            self._follow_ups[key] = follow_up(story, told_at)
        return self._follow_ups[key]

    def weighed(self, one: Ranked, topic: Topic) -> Weighed:
        """What it counts as a story of that topic, to a reader to whom all of it is new."""
        if not self.is_own(one.story):
            return self._weigh(one, topic, is_own=False)
        key = (one.story.id, topic.slug)
        found = self._weighed.get(key)
        if found is None:
            found = self._weighed[key] = self._weigh(one, topic, is_own=True)
        return found

    def _weigh(self, one: Ranked, topic: Topic, *, is_own: bool) -> Weighed:
        standing = replace(one.standing, relevance=relevance(one.story, topic))
        gist, near, seconds = self.gist(one.story), self.near(one.story), self.seconds(one.story)
        return Weighed(standing, standing.total, seconds, gist, near, is_own)


def _by_frequency(story: Story) -> tuple[str, ...]:
    """Its topics, those that most of its articles belong to first; by name among equals."""
    counted = Counter(slug for told in story.coverage for slug in told.topics)
    return tuple(sorted(counted, key=lambda slug: (-counted[slug], slug)))


def without(story: Story, muted: frozenset[str]) -> Story:
    """The story as the owners tell it whom the reader has not muted; as it is where they have muted all."""
    if not any(one.owner in muted for one in story.coverage):
        return story
    heard = [one for one in story.coverage if one.owner not in muted]
    return Story(id=story.id, lead=heard[0], others=tuple(heard[1:])) if heard else story


def follow_up(story: Story, told_at: datetime) -> Story | None:
    """What has been added to the story since the reader had it; None where nothing is new in that."""
    before = [one for one in story.coverage if one.gathered_at <= told_at]
    since = [one for one in story.coverage if one.gathered_at > told_at]
    if not before or not since:
        return None
    lead = story.lead if story.lead in before else before[0]
    # What was told before is not added again: it counts as the lead's. An outlet adds to its own telling too.
    known = replace(lead, source="", summary=tuple(sentence for one in (lead, *before) for sentence in one.summary))
    added = additions(Story(id=story.id, lead=known, others=tuple(since)))
    if not added:
        return None
    others = tuple(one for one in story.coverage if one is not lead)
    return Story(id=story.id, lead=lead, others=others, additions=added, is_follow_up=True)


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
