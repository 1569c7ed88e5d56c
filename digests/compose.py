"""What one edition says. Pure: ranked stories and a subscription in, a digest out."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from digests.curate.topics import most_common_topic
from digests.model import Digest, Section, Story, Subscription, Tally, Topic
from digests.summarize.story import additions

SHARE_OF_SOURCE = 3
"""One source leads at most every third story, as long as others have something to tell."""


def compose(
    subscription: Subscription,
    ranked: Sequence[Story],
    *,
    topics: Iterable[Topic],
    seen: frozenset[int],
    since: datetime | None,
    edition_at: datetime,
    next_edition_at: datetime | None,
) -> Digest:
    """The digest of one edition; without sections when nothing on the reader's topics is new to them.

    ranked: best first. seen: ids of stories that the reader has had; none of them is told again.
    since: the reader's edition before this one, None for the first; the tally counts what arrived after it.
    """
    on_topic = {
        story.id: slug
        for story in ranked
        if (slug := most_common_topic((one.topics for one in story.coverage), subscription.topics))
    }
    fresh = [story for story in ranked if story.id in on_topic and story.id not in seen]
    chosen = _choose(fresh, on_topic, subscription)
    told_whole = {story.id: replace(story, additions=additions(story)) for story in chosen}
    sections = tuple(
        Section(topic=topic, stories=stories)
        for topic in topics
        if (stories := tuple(told_whole[story.id] for story in chosen if on_topic[story.id] == topic.slug))
    )
    told = frozenset(story.id for section in sections for story in section.stories)
    return Digest(
        edition_at=edition_at,
        zone=subscription.zone,
        sections=sections,
        tally=_tally(ranked, on_topic=frozenset(on_topic), told=told, seen=seen, since=since),
        following=len(subscription.topics),
        since=since,
        next_edition_at=next_edition_at,
    )


def _choose(fresh: Sequence[Story], on_topic: dict[int, str], subscription: Subscription) -> list[Story]:
    """The best stories, no topic nor source taking more than its share while others have something to tell."""
    of_topic = math.ceil(subscription.max_stories / max(1, len(subscription.topics)))
    of_source = math.ceil(subscription.max_stories / SHARE_OF_SOURCE)
    topics: Counter[str] = Counter()
    sources: Counter[int] = Counter()
    kept: list[int] = []
    # First nobody takes more than their share; what room is left goes to topics below theirs, then to the best.
    for shares in (("topic", "source"), ("topic",), ()):
        for story in fresh:
            topic, source = on_topic[story.id], story.lead.feed_id
            if story.id in kept or len(kept) == subscription.max_stories:
                continue
            if ("topic" in shares and topics[topic] >= of_topic) or (
                "source" in shares and sources[source] >= of_source
            ):
                continue
            kept.append(story.id)
            topics[topic] += 1
            sources[source] += 1
    return [story for story in fresh if story.id in kept]


def _tally(
    ranked: Iterable[Story],
    *,
    on_topic: frozenset[int],
    told: frozenset[int],
    seen: frozenset[int],
    since: datetime | None,
) -> Tally:
    read = repeats = off_topic = held_back = 0
    for story in ranked:
        # Stories still waiting count again: this edition has weighed them again.
        waiting = story.id in on_topic and story.id not in seen
        articles = sum(waiting or since is None or one.gathered_at > since for one in story.coverage)
        read += articles
        if story.id not in on_topic:
            off_topic += articles
        elif story.id in seen:
            repeats += articles
        else:
            held_back += story.id not in told
            repeats += articles - 1
    return Tally(read=read, shown=len(told), repeats=repeats, off_topic=off_topic, held_back=held_back)
