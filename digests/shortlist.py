"""Which of all stories a reader's digest could tell, before a word of them is read; the others are only counted. Pure.

What is composed of these alone is to the letter what would be composed of all.
"""

import heapq
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from digests.compose import most_of_topic, own_word_of
from digests.curate.ranking import bounds, highest
from digests.curate.topics import most_common_topic
from digests.model import OWN_WORDS, Besides, Lead, Outline, Outlines, Subscription

Leads = Callable[[Collection[int]], Mapping[int, Lead]]
"""Gives what stands at the head of articles, by their ids."""


@dataclass(frozen=True, kw_only=True)
class Shortlist:
    """The stories to compose of, and what a tally counts besides."""

    story_ids: frozenset[int]
    besides: Besides


class _Story(NamedTuple):
    """One that the reader has not had. outlines: the earliest first. topic: of the reader's; None for none."""

    id: int
    outlines: Sequence[Outline]
    topic: str | None
    is_muted: bool


def shortlist(
    outlines: Outlines,
    subscription: Subscription,
    language: str,
    *,
    now: datetime,
    leads: Leads,
    recent: datetime | None = None,
) -> Shortlist | None:
    """What a reader of `language` could be told at `now`; None where older stories have to be looked at for that.

    recent: nothing that tells one of `outlines.older` was published since then.
    """
    weighed, undecided = _sorted_out(outlines, subscription.topics)
    of_topic: dict[str, list[_Story]] = defaultdict(list)
    off_topic, muted = outlines.besides, 0
    for story, topic, is_muted in _judged(weighed, subscription, language, leads, outlines):
        if topic is None:
            off_topic += _arrived(story)
        elif is_muted:
            muted += _arrived(story)
        else:
            of_topic[topic].append(story)
    chosen, waiting, waiting_articles = {*outlines.had, *undecided}, outlines.older.stories, outlines.older.articles
    most = most_of_topic(subscription)
    enough = dict.fromkeys(outlines.older.topics, 0.0)
    for topic, stories in of_topic.items():
        standing = [bounds(story.outlines, now, language) for story in stories]
        if len(standing) >= most:
            enough[topic] = heapq.nlargest(most, (least for least, _ in standing))[-1]
        for story, (_, at_most) in zip(stories, standing, strict=True):
            if at_most >= enough.get(topic, 0.0):
                chosen.add(story.id)
            else:
                waiting += 1
                waiting_articles += len(story.outlines)
    older_most = highest(outlines.older.most, now - recent) if recent is not None else 0.0
    if any(older_most >= enough[topic] for topic in outlines.older.topics):
        return None
    besides = Besides(off_topic=off_topic, muted=muted, waiting=waiting, waiting_articles=waiting_articles)
    return Shortlist(story_ids=frozenset(chosen), besides=besides)


def _sorted_out(outlines: Outlines, topics: frozenset[str]) -> tuple[list[_Story], set[int]]:
    """(stories of which outlines tell enough, the ids of those that have to be looked at)."""
    found: list[_Story] = []
    undecided: set[int] = set()
    for story_id, whole in outlines.of_story.items():
        if len(whole) == 1:
            (one,) = whole
            if not one.unknown:
                topic = min(outlines.topics_of.get(one.article_id, ()), default=None)
                found.append(_Story(story_id, whole, topic, one.muted))
            continue
        known = [one for one in whole if not one.unknown]
        muted = sum(one.muted for one in known)
        if known and (known[0] is not whole[0] or 0 < muted < len(known)):
            undecided.add(story_id)  # another article leads than would otherwise
        elif known:
            topic = most_common_topic((outlines.topics_of.get(one.article_id, ()) for one in known), topics)
            found.append(_Story(story_id, known, topic, muted > 0))
    return found, undecided


def _judged(
    stories: Sequence[_Story], subscription: Subscription, language: str, leads: Leads, outlines: Outlines
) -> list[tuple[_Story, str | None, bool]]:
    """Each with what it comes under, None for nothing that is the reader's, and whether the reader wants it not."""
    wanted, unwanted = subscription.included + subscription.alerts, subscription.excluded
    if not wanted and not unwanted:
        return [(story, story.topic, story.is_muted) for story in stories]
    lead_of: dict[int, int] = {}
    for story in stories:
        lead_id = _lead(story, language)
        may_have = outlines.may_be_wanted if story.topic is None else outlines.may_be_unwanted
        if may_have is None or lead_id in may_have:
            lead_of[story.id] = lead_id
    said = leads(lead_of.values())
    found: list[tuple[_Story, str | None, bool]] = []
    for story in stories:
        topic, is_muted = story.topic, story.is_muted
        lead = said.get(lead_of.get(story.id, 0))
        if lead is not None:
            if topic is None and own_word_of(wanted, lead) is not None:
                topic = OWN_WORDS.slug
            is_muted = is_muted or (topic is not None and own_word_of(unwanted, lead) is not None)
        found.append((story, topic, is_muted))
    return found


def _lead(story: _Story, language: str) -> int:
    """The article that stands for it to readers of the language: the first in it, else the first of all."""
    return next((one for one in story.outlines if one.language == language), story.outlines[0]).article_id


def _arrived(story: _Story) -> int:
    return sum(one.arrived for one in story.outlines)
