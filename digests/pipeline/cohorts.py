"""Readers who want the same share the work of composing and writing it.

Readers of one language, with the same choices, who have had the same and whose editions fall on the same moment get the
same digest: it is composed and written once for all of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from cachetools import LRUCache

from digests.compose import compose
from digests.curate.ranking import rank
from digests.model import Digest, EditionKind, Part, Place, Story, Subscription, Topic
from digests.offer import Offer
from digests.places import placed
from digests.ports import Renderer

MOST_KEPT, MOST_WRITTEN = 5_000, 500
"""Digests remembered at a time, some 6 kB each, and such with their messages, which take about 30 kB."""


class Composition:
    """A digest, and its messages once they are asked for. Shared by all readers who get the same."""

    def __init__(self, digest: Digest, language: str, renderer: Renderer) -> None:
        self.digest = digest
        self._language = language
        self._renderer = renderer
        self._messages: dict[tuple[object, ...], tuple[Part, ...]] = {}

    def messages(self, kind: EditionKind, place: Place, earlier: Mapping[int, int]) -> tuple[Part, ...]:
        """The digest as it goes to that place. earlier: as in `Digest`; such are written for their reader alone."""
        if earlier:
            return self._write(replace(self.digest, earlier=earlier), kind, place)
        key = (kind, place.is_channel, place.home, frozenset(place.threads.items()))
        if key not in self._messages:
            self._messages[key] = self._write(self.digest, kind, place)
        return self._messages[key]

    def shared_messages(self, kind: EditionKind, place: Place, earlier: Mapping[int, int]) -> tuple[Part, ...]:
        """As `messages`, where `earlier` is the same for many readers: its numbers stand for their own messages.

        What follows up a story names it, instead of the message that it answers.
        """
        key = (kind, place.is_channel, place.home, frozenset(place.threads.items()), frozenset(earlier.items()))
        if key not in self._messages:
            story_of = {message: story_id for story_id, message in earlier.items()}
            self._messages[key] = tuple(
                part if part.reply_to is None else replace(part, reply_to=None, follows=story_of[part.reply_to])
                for part in self.messages(kind, place, earlier)
            )
        return self._messages[key]

    def _write(self, digest: Digest, kind: EditionKind, place: Place) -> tuple[Part, ...]:
        return placed(digest, place, lambda told: self._renderer(told, kind, self._language))


class Cohorts:
    """What the stories of one moment make for each reader. Not for use after that moment."""

    def __init__(self, stories: Sequence[Story], topics: Sequence[Topic], renderer: Renderer, *, now: datetime) -> None:
        self._stories = stories
        self._ids = frozenset(story.id for story in stories)
        self._topics = topics
        self._renderer = renderer
        self._now = now
        self._offers: dict[str, Offer] = {}
        self.ingredients = (stories, topics, renderer, now)
        """All that it is made of, to make another one elsewhere."""
        self._digests: LRUCache[tuple[object, ...], Digest] = LRUCache(MOST_KEPT)
        self._kept: LRUCache[tuple[object, ...], Composition] = LRUCache(MOST_WRITTEN)

    def compose(
        self,
        subscription: Subscription,
        language: str,
        *,
        seen: Mapping[int, datetime],
        since: datetime | None,
        edition_at: datetime,
        next_edition_at: datetime | None,
    ) -> Composition:
        """As `digests.compose.compose`, once for all who get the same."""
        had = {story_id: at for story_id, at in seen.items() if story_id in self._ids}
        choices = (subscription.topics, subscription.minutes, subscription.max_stories)
        own = (subscription.muted, subscription.excluded, subscription.included, subscription.alerts)
        told = (language, choices, own, frozenset(had.items()), since, edition_at)
        key = (told, shown_as(subscription.zone, edition_at, next_edition_at, since), next_edition_at)
        if (kept := self._kept.get(key)) is not None:
            return kept
        digest = self._digests.get(told)
        if digest is None:
            if language not in self._offers:
                self._offers[language] = Offer(rank(self._stories, self._now, language))
            digest = self._digests[told] = compose(
                subscription,
                self._offers[language],
                topics=self._topics,
                seen=had,
                since=since,
                edition_at=edition_at,
                next_edition_at=None,
            )
        whole = replace(digest, zone=subscription.zone, next_edition_at=next_edition_at)
        made = self._kept[key] = Composition(whole, language, self._renderer)
        return made


def shown_as(zone: str, *instants: datetime | None) -> tuple[timedelta | None, ...]:
    """What a digest's clocks depend on of a zone: they show the same in zones of one offset."""
    return tuple(_offset(at, zone) for at in instants if at)


@lru_cache(maxsize=10_000)
def _offset(at: datetime, zone: str) -> timedelta | None:
    return at.astimezone(ZoneInfo(zone)).utcoffset()
