"""What one edition says. Pure: ranked stories and a subscription in, a digest out."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, KeysView, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from digests.curate.topics import most_common_topic, stands_in
from digests.model import (
    OWN_WORDS,
    Besides,
    Digest,
    Lead,
    Ranked,
    Section,
    Standing,
    Story,
    Subscription,
    Tally,
    Topic,
)
from digests.offer import OLD_HAT, Offer, likeness, without

SHARE_OF_SOURCE = 3
"""One source leads at most every third story, as long as others have something to tell."""

SAME = 0.6
"""So alike, two stories would be read as one told twice: the lesser waits, for ever if nothing comes to it."""

FOLLOWED = 0.5
"""What a story counts of which the reader has had the greater part."""

STORIES_A_MINUTE = 4
"""About so many are read in a minute, of two sentences each."""

NOTHING = Besides()

# Of each topic so many more than what a digest holds are weighed; those further back are hardly ever chosen.
_WEIGHED_OF_TOPIC, _SPARE = 1.5, 8


def compose(
    subscription: Subscription,
    ranked: Sequence[Ranked],
    *,
    topics: Iterable[Topic],
    seen: Mapping[int, datetime],
    since: datetime | None,
    edition_at: datetime,
    next_edition_at: datetime | None,
    besides: Besides = NOTHING,
) -> Digest:
    """The digest of one edition; without sections when nothing on the reader's topics is new to them.

    ranked: best first. seen: the stories that the reader has had, and when; none is told again, but one to which others
    have something to add since then is followed up with what they add.
    since: the reader's edition before this one, None for the first; the tally counts what arrived after it.
    besides: what there is beside `ranked`, of which nothing could be chosen: see `digests.shortlist`.
    """
    offer = Offer.of(ranked)
    known = {topic.slug: topic for topic in (*topics, OWN_WORDS)}
    changed = offer.without(subscription.muted) if subscription.muted else {}
    wanted, on_topic, words, muted = _wanted(offer, changed, subscription)
    places = {story_id: place for story_id in seen if (place := offer.place_of.get(story_id)) is not None}
    had = _Had(
        {story_id for story_id, place in places.items() if place not in changed},
        [changed[place].story for place in places.values() if place in changed],
        offer,
    )
    fresh = (further for one in wanted if (further := _news_of(one, seen, offer)) is not None)
    chosen = _choose(_candidates(fresh, had, on_topic, known, subscription, offer), subscription, offer)
    told_whole = {one.story.id: one.story if one.story.is_follow_up else offer.told(one.story) for one in chosen}
    sections = tuple(
        Section(topic=topic, stories=stories)
        for topic in known.values()
        if (stories := tuple(told_whole[one.story.id] for one in chosen if on_topic[one.story.id] == topic.slug))
    )
    told = frozenset(story.id for section in sections for story in section.stories)
    return Digest(
        edition_at=edition_at,
        zone=subscription.zone,
        sections=sections,
        tally=_tally(
            offer, changed, on_topic=on_topic.keys(), muted=muted, told=told, seen=seen, since=since, besides=besides
        ),
        following=len(subscription.topics) + len(subscription.included) + len(subscription.alerts),
        since=since,
        next_edition_at=next_edition_at,
        standings={one.story.id: one.standing for one in chosen if one.story.id in told},
        words={story_id: word for story_id, word in words.items() if story_id in told},
    )


class _Wanted(NamedTuple):
    """Stories that are for the reader, the best first, each with its topic; and those that are but for what they mute.

    words: their own word that brings a story, where its topics don't.
    """

    stories: list[Ranked]
    topics: dict[int, str]
    words: dict[int, str]
    muted: set[int]


def _wanted(offer: Offer, changed: Mapping[int, Ranked], subscription: Subscription) -> _Wanted:
    found = _Wanted([], {}, {}, set())
    mine = subscription
    if not (mine.muted or mine.excluded or mine.included or mine.alerts):  # nearly all readers, and much quicker
        on_topics = offer.on_topics(mine.topics)
        stories = [offer[place] for place in on_topics]
        return found._replace(
            stories=stories,
            topics={one.story.id: slug for one, slug in zip(stories, on_topics.values(), strict=True)},
        )
    for one, slug in _relevant(offer, changed, subscription):
        story = one.story
        word = None if slug else own_word(subscription.included + subscription.alerts, story)
        if slug is None and word is None:
            continue
        if not is_wanted(story, subscription):
            found.muted.add(story.id)
            continue
        found.topics[story.id] = slug or OWN_WORDS.slug
        found.stories.append(one)
        if word is not None:
            found.words[story.id] = word
    return found


def _relevant(
    offer: Offer, changed: Mapping[int, Ranked], subscription: Subscription
) -> Iterator[tuple[Ranked, str | None]]:
    """Stories that may be for the reader, the best first, each with its topic; None where only words can make it so."""
    on_topics = offer.on_topics(subscription.topics)
    by_words = bool(subscription.included or subscription.alerts)
    for place in range(len(offer)) if by_words else on_topics:
        slug = on_topics.get(place)
        one = changed.get(place)
        if one is None:
            yield offer[place], slug
            continue
        slug = most_common_topic((told.topics for told in one.story.coverage), subscription.topics)
        if slug is not None or by_words:
            yield one, slug


def heard(story: Story, subscription: Subscription) -> Story | None:
    """The story as those tell it whom the reader has not muted; None where that, or one of its words, is unwanted."""
    story = without(story, subscription.muted)
    return story if is_wanted(story, subscription) else None


def _news_of(one: Ranked, seen: Mapping[int, datetime], offer: Offer) -> Ranked | None:
    """The story, or of one that the reader has had its follow-up; None where there is none."""
    if one.story.id not in seen:
        return one
    further = offer.follow_up(one.story, seen[one.story.id])
    return None if further is None else replace(one, story=further)


def own_word(written: tuple[str, ...], story: Story) -> str | None:
    """The first of a reader's own words and rules that stands in headline or summary of the lead; None without any."""
    return own_word_of(written, Lead(story.lead.title, story.lead.summary, story.lead.language)) if written else None


def own_word_of(written: tuple[str, ...], lead: Lead) -> str | None:
    """As `own_word`, where the lead alone is known."""
    return stands_in(written, lead.title, " ".join(lead.summary), lead.language)


def is_wanted(story: Story, subscription: Subscription) -> bool:
    """Whether neither its source nor a word of its lead is among what the reader wants nothing of."""
    if not subscription.muted and not subscription.excluded:
        return True
    return story.lead.owner not in subscription.muted and own_word(subscription.excluded, story) is None


@dataclass(eq=False, slots=True)
class _Candidate:
    """near: the offer's stories that it is like, and how like. is_own: it is one of the offer's as it stands there."""

    story: Story
    topic: str
    standing: Standing
    seconds: float
    total: float
    near: Mapping[int, float]
    is_own: bool
    nearest: float = 0.0
    is_chosen: bool = False

    @property
    def source(self) -> str:
        return self.story.lead.owner


class _Had:
    """What a reader has had. others: what is not as the offer has it."""

    def __init__(self, own: set[int], others: Sequence[Story], offer: Offer) -> None:
        self._own = own
        self._others = [(story.id, offer.gist(story)) for story in others]

    def most_like(self, story: Story, near: Mapping[int, float], gist: frozenset[str]) -> float:
        """The greatest likeness of any of them but the story itself; 0 below `OLD_HAT`."""
        if not self._others and self._own.isdisjoint(near):
            return 0.0
        own = (value for story_id, value in near.items() if story_id in self._own and story_id != story.id)
        others = (likeness(gist, other) for story_id, other in self._others if story_id != story.id)
        most = max((*own, *others), default=0.0)
        return most if most >= OLD_HAT else 0.0


def most_of_topic(subscription: Subscription) -> int:
    """How many stories of one topic are weighed, of those that have anything new to the reader, the best of them."""
    most = min(subscription.max_stories, STORIES_A_MINUTE * subscription.minutes)
    return int(_SPARE + _WEIGHED_OF_TOPIC * most)


def _candidates(
    fresh: Iterable[Ranked],
    had: _Had,
    on_topic: Mapping[int, str],
    topics: Mapping[str, Topic],
    subscription: Subscription,
    offer: Offer,
) -> list[_Candidate]:
    """What may be chosen, best first: by importance, relevance to its topic, and novelty to this reader."""
    left = dict.fromkeys(topics.keys() & set(on_topic.values()), most_of_topic(subscription))
    found = []
    for one in fresh:
        slug = on_topic[one.story.id]
        if slug not in left:
            continue
        left[slug] -= 1
        if not left[slug]:
            del left[slug]
        weighed = offer.weighed(one, topics[slug])
        standing, total, seconds, gist, near, is_own = weighed
        most = 0.0 if one.story.is_follow_up else had.most_like(one.story, near, gist)
        if one.story.is_follow_up or most:
            standing = replace(standing, novelty=FOLLOWED if one.story.is_follow_up else 1 - most)
            total = standing.total
        found.append(_Candidate(one.story, slug, standing, seconds, total, near, is_own))
        if not left:
            break
    return sorted(found, key=lambda one: -one.total)


def _choose(candidates: Sequence[_Candidate], subscription: Subscription, offer: Offer) -> list[_Candidate]:
    """The best stories that can be read in the reader's minutes; the first comes however long it is.

    No topic nor source takes more than its share while others have something to tell.

    Each next one is the best after what stands above it: marginal relevance, after Carbonell and Goldstein (1998).
    """
    if not candidates:
        return []
    left = 60.0 * subscription.minutes
    usual = sum(one.seconds for one in candidates) / len(candidates)
    room = max(1, min(subscription.max_stories, math.ceil(left / max(usual, 1.0))))
    of_topic = math.ceil(room / max(1, len(subscription.topics) + bool(subscription.included or subscription.alerts)))
    of_source = math.ceil(room / SHARE_OF_SOURCE)
    topics: Counter[str] = Counter()
    sources: Counter[str] = Counter()
    choice = _Choice(candidates, offer)
    chosen = 0
    # First nobody takes more than their share; what room is left goes to topics below theirs, then to the best.
    for by_topic, by_source in ((True, True), (True, False), (False, False)):
        while chosen < subscription.max_stories:
            best, most = None, -1.0
            for one in candidates:
                if one.total <= most:
                    break  # nor does any after it stand higher
                if (
                    one.is_chosen
                    or (one.seconds > left and chosen)
                    or one.nearest >= SAME
                    or (by_topic and topics[one.topic] >= of_topic)
                    or (by_source and sources[one.source] >= of_source)
                ):
                    continue
                value = one.total * _left(one.nearest)
                if value > most:
                    best, most = one, value
            if best is None:
                break
            best.standing = replace(best.standing, variety=_left(best.nearest))
            best.is_chosen = True
            chosen += 1
            left -= best.seconds
            topics[best.topic] += 1
            sources[best.source] += 1
            choice.put_below(best)
    return [one for one in candidates if one.is_chosen]


class _Choice:
    """What may be chosen. None of them is to be told again in other words."""

    def __init__(self, candidates: Sequence[_Candidate], offer: Offer) -> None:
        self._offer = offer
        self._own = {one.story.id: one for one in candidates if one.is_own}
        self._others = [one for one in candidates if not one.is_own]

    def put_below(self, best: _Candidate) -> None:
        """Let the others know how like they are to what stands above them now."""
        for story_id, like in best.near.items():
            if (one := self._own.get(story_id)) is not None:
                one.nearest = max(one.nearest, like)
        for one in self._others:
            if best.is_own:
                like = one.near.get(best.story.id, 0.0)
            else:
                like = likeness(self._offer.gist(one.story), self._offer.gist(best.story))
            one.nearest = max(one.nearest, like)


def _left(nearest: float) -> float:
    return 1 - nearest if nearest >= OLD_HAT else 1.0


def _tally(
    offer: Offer,
    changed: Mapping[int, Ranked],
    *,
    on_topic: KeysView[int],
    muted: Collection[int],
    told: frozenset[int],
    seen: Mapping[int, datetime],
    since: datetime | None,
    besides: Besides,
) -> Tally:
    arrived, read = offer.arrived_since(since)
    apart = besides.waiting_articles + besides.muted
    read += besides.off_topic + apart

    def articles_of(place: int) -> int:
        if (one := changed.get(place)) is None:
            return arrived[place]
        return sum(since is None or told.gathered_at > since for told in one.story.coverage)

    repeats, held_back = besides.waiting_articles - besides.waiting, besides.waiting
    silenced = besides.muted
    known = {*on_topic, *muted, *(story_id for story_id in seen if story_id in offer.place_of)}
    if not changed:  # what is new to the reader, and most of all, is counted in one go
        new = on_topic - seen.keys()
        at = [offer.place_of[story_id] for story_id in new]
        articles = sum(map(offer.sizes.__getitem__, at))
        read += articles - sum(map(arrived.__getitem__, at))
        apart += articles
        held_back += len(new - told)
        repeats += articles - len(new)
        known -= new
    for story_id in known:
        place = offer.place_of[story_id]
        articles = articles_of(place)
        coverage = changed.get(place, offer[place]).story.coverage
        # Stories still waiting count again: this edition has weighed them again.
        if story_id in seen and story_id in told:
            articles = sum(one.gathered_at > seen[story_id] for one in coverage)
        elif story_id in on_topic and story_id not in seen:
            articles = len(coverage)
        read += articles - arrived[place]
        apart += articles
        if story_id in muted:
            silenced += articles
        elif story_id not in seen:
            held_back += story_id not in told
            repeats += articles - 1
        elif story_id in on_topic and story_id in told:
            repeats += articles - 1
        else:
            repeats += articles
    return Tally(
        read=read,
        shown=len(told),
        repeats=repeats,
        off_topic=read - apart,
        held_back=held_back,
        muted=silenced,
    )
