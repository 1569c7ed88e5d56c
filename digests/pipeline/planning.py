"""Editions that are due are composed and put into the outbox: once for all who get the same, then one row for each.

Readers who chose the same and have had the same are a cohort. Most of a transaction's readers are of cohorts that are
composed already, so that it only compares strings and writes rows. What is not is composed while the database is free.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from cachetools import LRUCache

from digests.editions import is_quiet, missed_edition_at, next_edition_at
from digests.model import Digest, EditionKind, Part, Place, Subscriber, Subscription
from digests.pipeline.cohorts import Cohorts, Composition
from digests.ports import Clock, Renderer
from digests.store.outbox import ComposedEdition, NewEdition
from digests.store.turns import Had, Turn
from digests.store.unit_of_work import Store, UnitOfWork

log = logging.getLogger(__name__)

FRESH = timedelta(days=7)
"""A story with nothing published since then is no longer told by an edition."""

AT_A_TIME = 2_000
"""Readers whose editions are entered in one transaction, some tens of milliseconds: others write in between."""

ALONE_AT_A_TIME = 100
"""... of those who share with nobody."""

MOST_COHORTS = 100_000
"""Cohorts remembered at a time; one that is stored takes about 1 kB."""

MOST_EDITIONS = 5_000
"""Editions remembered by what they say: cohorts that differ in other things may get the same."""

_PRIVATE = Place()


_LONG = timedelta(days=30)
"""As if the latest edition of a plan had been missed, whatever was dealt with: that is compared for each reader."""

_Key = tuple[str, str, frozenset[str], frozenset[str], object]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Cohort:
    """Readers who get the same. edition_at: None where none was due. following: their next one.

    new: what they get, until it is stored; edition: what it is stored as.
    """

    edition_at: datetime | None
    following: datetime
    new: NewEdition | None = None
    edition: ComposedEdition | None = None


@dataclass(frozen=True, kw_only=True)
class _Planned:
    """What one reader's edition is to say. edition_at, digest: None where none was due. last_id: of the one before."""

    subscriber: Subscriber
    subscription: Subscription
    edition_at: datetime | None
    digest: Digest | None
    messages: tuple[Part, ...]
    last_id: int


class Planner:
    """Plans editions."""

    def __init__(self, store: Store, renderer: Renderer, clock: Clock) -> None:
        self._store = store
        self._renderer = renderer
        self._clock = clock

    def is_due(self) -> bool:
        """Whether an edition waits to be planned."""
        with self._store.read() as work:
            return work.readers.is_due(self._clock())

    def plan(self) -> int:
        """Put every edition that is due into the outbox, at most once each; how many were."""
        now = self._clock()
        with self._store.read() as work:
            if not work.readers.is_due(now):
                return 0
            stories = work.articles.stories(now - FRESH)
            cohorts = Cohorts(stories, work.topics.all(), self._renderer, now=now)
        earliest = min((told.gathered_at for story in stories for told in story.coverage), default=None)
        had = Had({story.id for story in stories}, earliest)
        return _Round(self._store, self._renderer, cohorts, had, now).run()


class _Round:
    """The editions that are due at one moment."""

    def __init__(self, store: Store, renderer: Renderer, cohorts: Cohorts, had: Had, now: datetime) -> None:
        self._store = store
        self._renderer = renderer
        self._composing = cohorts
        self._had = had
        self._now = now
        self._cohorts: OrderedDict[_Key, _Cohort | None] = OrderedDict()  # None: it can't be composed
        self._topics: dict[str | None, frozenset[str]] = {None: frozenset()}
        self._when: dict[tuple[object, ...], tuple[datetime | None, datetime]] = {}
        self._stored: LRUCache[NewEdition, ComposedEdition] = LRUCache(MOST_EDITIONS)

    def run(self) -> int:
        """Plan them all; how many were entered."""
        entered, after = 0, None
        while True:
            turns, count = self._enter_all(partial(self._due, after=after))
            entered += count
            # Groups and channels have places of their own.
            entered += self._plan_alone([one.subscription_id for one in turns if one.chat_id <= 0])
            new = [one for one in turns if one.chat_id > 0 and self._key(one) not in self._cohorts]
            if new:
                self._compose(new)
                entered += self._enter_all(partial(self._of, ids=[one.subscription_id for one in new]))[1]
            if len(turns) < AT_A_TIME:
                return entered
            after = turns[-1]

    def _due(self, work: UnitOfWork, after: Turn | None) -> tuple[Turn, ...]:
        turns = work.turns.due(self._now, self._had, after=after, limit=AT_A_TIME)
        work.turns.learn(self._had, turns)
        return turns

    def _of(self, work: UnitOfWork, ids: Sequence[int]) -> tuple[Turn, ...]:
        turns = work.turns.of(ids, self._now, self._had)
        work.turns.learn(self._had, turns)
        return turns

    def _enter_all(self, read: Callable[[UnitOfWork], tuple[Turn, ...]]) -> tuple[tuple[Turn, ...], int]:
        """Enter the editions of those read who are of a known cohort: (all that were read, how many were entered)."""
        turns: tuple[Turn, ...] = ()
        stored: dict[_Key, ComposedEdition] = {}
        try:
            with self._store.begin() as work:
                turns = read(work)
                entered = self._enter(work, [one for one in turns if one.chat_id > 0], stored)
        except Exception:
            if not turns:
                raise
            ids = [one.subscription_id for one in turns if one.chat_id > 0]
            log.exception("%d editions could not be entered together", len(ids))
            return turns, self._plan_alone(ids)
        for key, edition in stored.items():
            cohort = self._cohorts[key]
            assert cohort is not None  # it was stored
            assert cohort.new is not None  # as above
            self._stored[cohort.new] = edition
            self._cohorts[key] = replace(cohort, edition=edition, new=None)
        while len(self._cohorts) > MOST_COHORTS:
            self._cohorts.popitem(last=False)
        return turns, entered

    def _compose(self, turns: Sequence[Turn]) -> None:
        """Add the cohorts of these readers, as they are by now."""
        with self._store.read() as work:
            first: dict[_Key, Turn] = {}
            for one in self._of(work, [turn.subscription_id for turn in turns]):
                first.setdefault(self._key(one), one)
            wanted = {one.subscription_id: key for key, one in first.items() if key not in self._cohorts}
            for subscriber, subscription in work.readers.several(wanted):
                key = wanted[subscription.id]
                try:
                    self._cohorts[key] = self._cohort(work, subscriber, subscription, first[key])
                except Exception:  # one cohort's fault, whatever it is, must not stop the others
                    log.exception("no edition for subscription %d and those alike", subscription.id)
                    self._cohorts[key] = None

    def _cohort(self, work: UnitOfWork, subscriber: Subscriber, subscription: Subscription, turn: Turn) -> _Cohort:
        edition_at, following = self._editions(subscription)
        if edition_at is None:
            return _Cohort(edition_at=None, following=following)
        seen = self._had.seen(self._had.of(turn.told))
        composed = self._composing.compose(
            subscription,
            subscriber.language,
            seen=work.readers.seen(subscription.chat_id) if seen is None else seen,
            since=turn.last_edition_at,
            edition_at=edition_at,
            next_edition_at=following,
        )
        digest = composed.digest
        messages: tuple[Part, ...] = ()
        if digest.following:  # whoever wants to hear of nothing is not told so day after day
            earlier = told_earlier(work, subscription, digest)
            story_of = {message_id: story_id for story_id, message_id in earlier.items()}
            messages = tuple(
                replace(part, reply_to=None, follows=story_of[part.reply_to]) if part.reply_to is not None else part
                for part in composed.messages(EditionKind.SCHEDULED, _PRIVATE, earlier)
            )
            messages = hushed(messages, subscription, edition_at)
        new = NewEdition(
            messages=messages,
            edition_at=edition_at,
            kind=EditionKind.SCHEDULED,
            stories=len(digest.stories),
            tally=digest.tally,
        )
        return _Cohort(edition_at=edition_at, following=following, new=new)

    def _editions(self, subscription: Subscription) -> tuple[datetime | None, datetime]:
        """The latest edition of the plan, whatever was dealt with, and the next one."""
        plan = (subscription.zone, subscription.times, subscription.weekend_times, subscription.days)
        if plan not in self._when:
            at = missed_edition_at(replace(subscription, planned_until=self._now - _LONG), self._now)
            self._when[plan] = (at, next_edition_at(subscription, self._now))
        return self._when[plan]

    def _enter(self, work: UnitOfWork, turns: Sequence[Turn], stored: dict[_Key, ComposedEdition]) -> int:
        """Enter the editions of those readers who are of a known cohort; the others are due still.

        stored: what is stored with them, by cohort, is added here.
        """
        ready: list[tuple[Turn, _Key, _Cohort]] = []
        for turn in turns:
            key = self._key(turn)
            if (cohort := self._cohorts.get(key)) is not None:
                self._cohorts.move_to_end(key)
                ready.append((turn, key, cohort))
        editions = self._stored_for(work, ready, stored)
        entered: list[tuple[int, ComposedEdition]] = []
        done: list[tuple[int, datetime, datetime]] = []
        for turn, key, cohort in ready:
            if cohort.edition_at is None or cohort.edition_at <= turn.dealt_with_until:
                done.append((turn.subscription_id, self._now, cohort.following))
            elif (edition := editions.get(key)) is not None:
                entered.append((turn.subscription_id, edition))
                done.append((turn.subscription_id, cohort.edition_at, cohort.following))
            else:
                self._cohorts.pop(key, None)  # nobody has it any longer, so that it was forgotten
        work.turns.pass_on(done)
        return work.outbox.enter(entered, now=self._now)

    def _stored_for(
        self, work: UnitOfWork, ready: Iterable[tuple[Turn, _Key, _Cohort]], stored: dict[_Key, ComposedEdition]
    ) -> dict[_Key, ComposedEdition]:
        """What the editions of these cohorts are stored as, but for such as were forgotten; what is new is stored."""
        found: dict[_Key, ComposedEdition] = {}
        new: dict[_Key, NewEdition] = {}
        for turn, key, cohort in ready:
            if cohort.edition is not None:
                found[key] = cohort.edition
            elif cohort.new is not None and cohort.new.edition_at > turn.dealt_with_until:
                new[key] = cohort.new
        contents = dict.fromkeys(new.values())
        same = {one: edition for one in contents if (edition := self._stored.get(one)) is not None}
        wanted = {edition.composition_id for edition in (*found.values(), *same.values())}
        kept = work.outbox.are_kept(wanted)
        found = {key: edition for key, edition in found.items() if edition.composition_id in kept}
        same = {one: edition for one, edition in same.items() if edition.composition_id in kept}
        unknown = [one for one in contents if one not in same]
        same |= zip(unknown, work.outbox.compose(unknown, now=self._now), strict=True)
        stored |= {key: same[one] for key, one in new.items()}
        return found | stored

    def _key(self, turn: Turn) -> _Key:
        topics = self._topics.get(turn.topics)
        if topics is None:
            assert turn.topics is not None  # that one is known
            topics = self._topics[turn.topics] = frozenset(turn.topics.split(","))
        return (turn.language, turn.choices, topics, self._had.of(turn.told), turn.last)

    def _plan_alone(self, ids: Sequence[int]) -> int:
        """Plan for each of these readers on their own; how many editions were entered."""
        entered = 0
        for start in range(0, len(ids), ALONE_AT_A_TIME):
            entered += self._plan_some(ids[start : start + ALONE_AT_A_TIME])
        return entered

    def _plan_some(self, ids: Sequence[int]) -> int:
        """Compose for each while the database is free, then store all in one go; how many were entered."""
        wanted: list[_Planned] = []
        with self._store.read() as work:
            for subscriber, subscription in work.readers.several(ids):
                try:
                    wanted.append(self._planned(work, subscriber, subscription))
                except Exception:  # one reader's fault, whatever it is, must not stop the others
                    log.exception("no edition for subscription %d", subscription.id)
        entered = 0
        with self._store.begin() as work:
            for one in wanted:
                try:
                    with work.apart():
                        entered += self._enter_alone(work, one)
                except Exception:  # as above
                    log.exception("no edition for subscription %d", one.subscription.id)
        return entered

    def _planned(self, work: UnitOfWork, subscriber: Subscriber, subscription: Subscription) -> _Planned:
        edition_at = missed_edition_at(subscription, self._now)
        if edition_at is None:
            return _Planned(
                subscriber=subscriber,
                subscription=subscription,
                edition_at=None,
                digest=None,
                messages=(),
                last_id=0,
            )
        composed = self._composing.compose(
            subscription,
            subscriber.language,
            seen=work.readers.seen(subscription.chat_id),
            since=work.outbox.last_edition_at(subscription.id),
            edition_at=edition_at,
            next_edition_at=next_edition_at(subscription, self._now),
        )
        place = work.places.place(subscription.chat_id)
        messages = composed.messages(EditionKind.SCHEDULED, place, told_earlier(work, subscription, composed.digest))
        return _Planned(
            subscriber=subscriber,
            subscription=subscription,
            edition_at=edition_at,
            digest=composed.digest,
            # Whoever wants to hear of nothing is not told so day after day.
            messages=messages if composed.digest.following else (),
            last_id=work.outbox.last_id(subscription.id),
        )

    def _enter_alone(self, work: UnitOfWork, planned: _Planned) -> bool:
        """Store what was planned; whether it was. Nothing is where anything has changed since: it is due still."""
        subscription = planned.subscription
        known = work.readers.find(subscription.chat_id)
        if known != planned.subscriber or work.readers.subscription(subscription.chat_id) != subscription:
            return False
        if planned.digest is None or planned.edition_at is None:
            # Whoever moved their hours since this round began has dealt with more than it.
            work.readers.planned(subscription, until=max(self._now, subscription.planned_until))
            return False
        if work.outbox.last_id(subscription.id) != planned.last_id:
            return False  # the reader asked for a digest in this very moment
        work.readers.planned(subscription, until=planned.edition_at)
        kind = EditionKind.SCHEDULED
        return enter(work, subscription, planned.digest, planned.messages, kind, now=self._now) is not None


def told_earlier(work: UnitOfWork, subscription: Subscription, digest: Digest) -> dict[int, int]:
    """The messages that told before what the digest follows up."""
    follow_ups = [story.id for story in digest.stories if story.is_follow_up]
    return work.outbox.messages_that_told(subscription.chat_id, follow_ups) if follow_ups else {}


def hushed(messages: tuple[Part, ...], subscription: Subscription, edition_at: datetime) -> tuple[Part, ...]:
    """The messages, without a sound in the reader's quiet hours."""
    if not is_quiet(subscription, edition_at):
        return messages
    return tuple(replace(message, silent=True) for message in messages)


def queue(
    work: UnitOfWork,
    renderer: Renderer,
    subscriber: Subscriber,
    subscription: Subscription,
    digest: Digest,
    kind: EditionKind,
    *,
    now: datetime,
    place: Place | None = None,
) -> int | None:
    """Write the digest and put it into the outbox; the delivery's id, None where that edition is there.

    place: where it goes; None for where the chat's digests go.
    """
    composed = Composition(digest, subscriber.language, renderer)
    place = place or work.places.place(subscription.chat_id)
    messages = composed.messages(kind, place, told_earlier(work, subscription, digest))
    return enter(work, subscription, digest, messages, kind, now=now)


def enter(
    work: UnitOfWork,
    subscription: Subscription,
    digest: Digest,
    messages: tuple[Part, ...],
    kind: EditionKind,
    *,
    now: datetime,
) -> int | None:
    """Put the messages into the outbox and note what they tell; the delivery's id, None where that edition is there."""
    if kind is not EditionKind.ON_DEMAND:
        messages = hushed(messages, subscription, digest.edition_at)
    return work.outbox.add(
        subscription,
        messages,
        edition_at=digest.edition_at,
        kind=kind,
        stories=len(digest.stories),
        tally=digest.tally,
        now=now,
    )
