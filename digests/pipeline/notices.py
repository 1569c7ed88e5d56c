"""Notices: what a reader wants to hear at once, put into the outbox as soon as it is gathered.

That is news with one of the reader's words, and the next turn of a story that they follow. Notices are few: what comes
in quiet hours, or soon after another notice, waits and comes together with what follows it.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from digests.compose import heard, own_word
from digests.curate.ranking import rank
from digests.editions import is_quiet
from digests.model import (
    OWN_WORDS,
    Digest,
    EditionKind,
    Ranked,
    Section,
    Story,
    Subscriber,
    SubscriberState,
    Subscription,
    Tally,
)
from digests.offer import follow_up
from digests.pipeline.planning import queue
from digests.ports import Clock, Renderer
from digests.store.unit_of_work import Store, UnitOfWork
from digests.summarize.story import additions

_A_MOMENT = timedelta(microseconds=1)  # an edition of that very instant keeps its place in the ledger

log = logging.getLogger(__name__)

BETWEEN = timedelta(minutes=15)
"""From one notice to the next of the same reader, at least."""

MOST = 5
"""Stories of one notice; what else there was comes with the next, or with the next edition."""

STALE = timedelta(hours=12)
"""What was published longer before it was gathered is no news: a feed that was added just now, or came back."""

LONGEST_WAIT = timedelta(days=2)
"""Of news that waits for the end of quiet hours, or of a standstill."""


class Notices:
    """Looks through what was gathered since it last looked, for each reader who wants to hear of something at once."""

    def __init__(self, store: Store, renderer: Renderer, clock: Clock) -> None:
        self._store = store
        self._renderer = renderer
        self._clock = clock
        self._looked: dict[int, datetime] = {}

    async def plan(self) -> int:
        """Put the notices that are due into the outbox; how many."""
        return await asyncio.to_thread(self._plan)

    def _plan(self) -> int:
        now = self._clock()
        with self._store.read() as work:
            waiting = work.readers.listening()
            if not waiting:
                return 0
            since = min(self._since(one, now) for _, one in waiting)
            if not work.articles.anything_since(since):
                return 0
            stories, following = work.articles.stories(since - STALE), work.readers.following()
        ranked: dict[str, Sequence[Ranked]] = {}
        planned = 0
        for subscriber, subscription in waiting:
            language = subscriber.language
            if language not in ranked:
                ranked[language] = rank(stories, now, language)
            follows = following.get(subscription.chat_id, frozenset())
            try:
                planned += self._notify(subscriber, subscription, ranked[language], follows, now)
            except Exception:  # one reader's fault, whatever it is, must not stop the others
                log.exception("no notice for subscription %d", subscription.id)
        return planned

    def _since(self, subscription: Subscription, now: datetime) -> datetime:
        """From when on what was gathered is to be looked through."""
        looked = self._looked.get(subscription.id) or subscription.noticed_until or now - STALE
        return max(looked, now - LONGEST_WAIT)

    def _notify(
        self,
        subscriber: Subscriber,
        subscription: Subscription,
        ranked: Sequence[Ranked],
        follows: frozenset[int],
        now: datetime,
    ) -> bool:
        if is_quiet(subscription, now):
            return False
        since = self._since(subscription, now)
        with self._store.read() as work:
            last = work.outbox.last_notice_at(subscription.id)
            if last is not None and now - last < BETWEEN:
                return False
            found = _found(subscription, ranked, follows, work.readers.seen(subscription.chat_id), since)
        if not found:
            # Remembered here alone: after a restart it is looked through once more, and found to be nothing again.
            self._looked[subscription.id] = now
            return False
        with self._store.begin() as work:
            known = work.readers.find(subscriber.chat_id)
            if known is None or known.state is not SubscriberState.ACTIVE:
                return False
            if work.outbox.last_notice_at(subscription.id) != last:
                return False
            if len(found) <= MOST:
                work.readers.noticed(subscription.id, until=now)
                self._looked[subscription.id] = now
            return self._enter(work, known, subscription, found[:MOST], now)

    def _enter(
        self,
        work: UnitOfWork,
        subscriber: Subscriber,
        subscription: Subscription,
        found: Sequence[tuple[Story, str]],
        now: datetime,
    ) -> bool:
        digest = Digest(
            edition_at=now + _A_MOMENT,
            zone=subscription.zone,
            sections=(Section(topic=OWN_WORDS, stories=tuple(story for story, _ in found)),),
            tally=Tally(read=len(found), shown=len(found), repeats=0, off_topic=0, held_back=0),
            following=len(subscription.topics),
            since=None,
            next_edition_at=None,
            words={story.id: word for story, word in found},
        )
        return queue(work, self._renderer, subscriber, subscription, digest, EditionKind.NOTICE, now=now) is not None


def _found(
    subscription: Subscription,
    ranked: Sequence[Ranked],
    follows: frozenset[int],
    seen: Mapping[int, datetime],
    since: datetime,
) -> list[tuple[Story, str]]:
    """(story, the word that brought it), the best first; the word is "" where the reader follows the story."""
    found: list[tuple[Story, str]] = []
    for whole in (one.story for one in ranked):
        is_followed = whole.id in follows and whole.id in seen
        if not is_followed and (not subscription.alerts or whole.id in seen or not _is_new(whole, since)):
            continue
        story = heard(whole, subscription)
        if story is None:
            continue
        if is_followed:
            further = follow_up(story, seen[story.id])
            if further is not None:
                found.append((further, ""))
        elif (word := own_word(subscription.alerts, story)) is not None:
            found.append((replace(story, additions=additions(story)), word))
    return found


def _is_new(story: Story, since: datetime) -> bool:
    """Whether anything of the story was gathered since then, and was news at that time."""
    return any(one.gathered_at > since and one.published_at > one.gathered_at - STALE for one in story.coverage)
