"""Editions that are due are composed and put into the outbox: once for all who get the same, then one row for each.

Readers who chose the same and have had the same are a cohort. Most of a transaction's readers are of cohorts that are
composed already, so that it only compares strings and writes rows. What is not is composed while the database is free.
"""

import contextlib
import gc
import itertools
import logging
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from digests.editions import is_quiet, missed_edition_at, next_edition_at
from digests.model import Digest, EditionKind, Part, Place, Subscriber, Subscription
from digests.pipeline.cohorts import Cohorts, Composition, shown_as
from digests.pipeline.composing import Batch, Composed, Composers, Failed, Order, hushed
from digests.ports import Clock, OpenBenches, Renderer
from digests.store.outbox import ComposedEdition
from digests.store.turns import LANGUAGE, Had, Turn
from digests.store.unit_of_work import Store, UnitOfWork

log = logging.getLogger(__name__)

FRESH = timedelta(days=7)
"""A story with nothing published since then is no longer told by an edition."""

AT_A_TIME = 2_000
"""Readers whose editions are entered in one transaction, some tens of milliseconds: others write in between."""

ALONE_AT_A_TIME = 100
"""... of those who share with nobody."""

UNDER_WAY, WAITING = 4_000, 30
"""Cohorts that are composed in processes beside while readers go on being read, and batches of readers who wait for
them; what was composed takes some 10 kB each."""

MOST_COHORTS = 100_000
"""Cohorts remembered at a time; one that is stored takes about 1 kB."""

MOST_KEYS = 200_000
"""Ways of saying what a reader chose and had, remembered at a time, and of what follows from it; one takes some 500
bytes."""

MOST_EDITIONS = 100_000
"""Editions remembered by what they say: cohorts that differ in other things may get the same."""

_PRIVATE = Place()

_SELDOM = (50_000, 20, 20)
"""Objects after which the garbage collector looks at the newest, and how often at older ones and at all.

As Python has it, planning for many readers spends a sixth of its time in looking through what is all still in use.
While feeds are gathered such numbers would cost memory: 209 MB instead of 184 for 5,000 of them.
"""


_LONG = timedelta(days=30)
"""As if the latest edition of a plan had been missed, whatever was dealt with: that is compared for each reader."""

_Raw = tuple[object, ...]
"""What a turn says of its reader, as it is stored: its language and all that follows."""

_Essence = tuple[object, ...]
"""What an edition depends on."""

_Key = int
"""Stands for it: a number is compared more cheaply."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Cohort:
    """Readers who get the same. edition_at: None where none was due. following: their next one.

    composed: what they get, until it is stored; edition: what it is stored as.
    """

    edition_at: datetime | None
    following: datetime
    composed: Composed | None = None
    edition: ComposedEdition | None = None


@dataclass(frozen=True, slots=True)
class _Entered:
    """What became of the readers who were read. new: those of cohorts that are not known, or whose edition has been
    forgotten since. count: of editions that were entered.
    """

    turns: Sequence[Turn]
    new: Sequence[Turn]
    count: int


@dataclass(frozen=True, slots=True)
class _Ordered:
    """Readers who wait for what is being composed. orders: of which cohort each is. batch: gives it."""

    subscription_ids: Sequence[int]
    orders: Mapping[_Key, Order]
    batch: Batch


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

    def __init__(
        self, store: Store, renderer: Renderer, clock: Clock, *, open_benches: OpenBenches | None = None
    ) -> None:
        """open_benches: for rounds of many cohorts; None where everything is composed in this thread."""
        self._store = store
        self._renderer = renderer
        self._clock = clock
        self._open_benches = open_benches
        self._stopped = threading.Event()
        self._one_at_a_time = threading.Lock()

    def stop(self) -> None:
        """Plan no more: what is left of the round that is under way is due still."""
        self._stopped.set()

    def is_due(self) -> bool:
        """Whether an edition waits to be planned."""
        with self._store.read() as work:
            return work.readers.is_due(self._clock())

    def plan(self) -> int:
        """Put every edition that is due into the outbox, at most once each; how many were. One round at a time."""
        with self._one_at_a_time:
            return self._plan()

    def _plan(self) -> int:
        now = self._clock()
        with self._store.read() as work:
            if not work.readers.is_due(now):
                return 0
            stories = work.articles.stories(now - FRESH)
            cohorts = Cohorts(stories, work.topics.all(), self._renderer, now=now)
        earliest = min((told.gathered_at for story in stories for told in story.coverage), default=None)
        had = Had({story.id for story in stories}, earliest)
        composers = Composers(cohorts, self._open_benches)
        with _collecting_seldom(), self._store.in_bulk() as store:
            return _Round(store, cohorts, composers, had, now, self._stopped.is_set).run()


_collecting = threading.Lock()


@contextlib.contextmanager
def _collecting_seldom() -> Iterator[None]:
    """For the whole process, as the collector is; where another round has it so already, that one ends it."""
    if not _collecting.acquire(blocking=False):
        yield
        return
    usual = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        _collecting.release()


class _Round:
    """The editions that are due at one moment."""

    def __init__(
        self,
        store: Store,
        cohorts: Cohorts,
        composers: Composers,
        had: Had,
        now: datetime,
        is_stopped: Callable[[], bool],
    ) -> None:
        self._store = store
        self._composing = cohorts
        self._composers = composers
        self._had = had
        self._now = now
        self._is_stopped = is_stopped
        self._ordered: deque[_Ordered] = deque()
        self._under_way: set[_Key] = set()
        self._cohorts: OrderedDict[_Key, _Cohort | None] = OrderedDict()  # None: it can't be composed
        self._topics: dict[str | None, frozenset[str]] = {None: frozenset()}
        self._when: dict[tuple[object, ...], tuple[datetime | None, datetime]] = {}
        self._keys: dict[_Raw, _Key] = {}
        self._key_of: dict[_Essence, _Key] = {}
        self._next_key = itertools.count()
        self._stored: OrderedDict[bytes, ComposedEdition] = OrderedDict()  # by its content

    def run(self) -> int:
        """Plan them all, unless it is stopped; how many were entered."""
        entered, after = 0, None
        try:
            while not self._is_stopped():
                read = self._enter_all(partial(self._due, after=after))
                entered += read.count
                # Groups and channels have places of their own.
                entered += self._plan_alone([one.subscription_id for one in read.turns if one.chat_id <= 0])
                if read.new:
                    self._order(read.new)
                last = len(read.turns) < AT_A_TIME
                entered += self._enter_composed(all_of_them=last or not self._composers.are_beside)
                if last:
                    break
                after = read.turns[-1]
        finally:
            self._composers.close()
        return entered

    def _due(self, work: UnitOfWork, after: Turn | None) -> tuple[Turn, ...]:
        turns = work.turns.due(self._now, self._had, after=after, limit=AT_A_TIME)
        work.turns.learn(self._had, turns)
        return turns

    def _of(self, work: UnitOfWork, ids: Sequence[int]) -> tuple[Turn, ...]:
        turns = work.turns.of(ids, self._now, self._had)
        work.turns.learn(self._had, turns)
        return turns

    def _enter_all(self, read: Callable[[UnitOfWork], tuple[Turn, ...]]) -> _Entered:
        """Enter the editions of those read who are of a known cohort."""
        turns: tuple[Turn, ...] = ()
        new: list[Turn] = []
        stored: dict[_Key, ComposedEdition] = {}
        try:
            with self._store.begin() as work:
                turns = read(work)
                count = self._enter(work, [one for one in turns if one.chat_id > 0], stored, new)
        except Exception:
            if not turns:
                raise
            ids = [one.subscription_id for one in turns if one.chat_id > 0]
            log.exception("%d editions could not be entered together", len(ids))
            return _Entered(turns, (), self._plan_alone(ids))
        for key, edition in stored.items():
            cohort = self._cohorts[key]
            assert cohort is not None  # it was stored
            assert cohort.composed is not None  # as above
            self._stored[cohort.composed.content] = edition
            self._cohorts[key] = replace(cohort, edition=edition, composed=None)
        while len(self._cohorts) > MOST_COHORTS:
            self._cohorts.popitem(last=False)
        while len(self._stored) > MOST_EDITIONS:
            self._stored.popitem(last=False)
        if len(self._keys) > MOST_KEYS:
            self._keys.clear()
        if len(self._key_of) > MOST_KEYS:  # of what is not remembered itself any longer, the key is of no use
            kept = self._cohorts.keys() | self._under_way
            self._key_of = {essence: key for essence, key in self._key_of.items() if key in kept}
        return _Entered(turns, new, count)

    def _order(self, turns: Sequence[Turn]) -> None:
        """Have their cohorts composed, those that are not under way yet."""
        orders: dict[_Key, Order] = {}
        with self._store.read() as work:
            for turn in turns:
                key = self._key(turn)
                if key in self._cohorts or key in self._under_way or key in orders:
                    continue
                try:
                    order = self._order_of(work, turn)
                except Exception:  # one cohort's fault, whatever it is, must not stop the others
                    log.exception("no edition for subscription %d and those alike", turn.subscription_id)
                    self._cohorts[key] = None
                    continue
                if isinstance(order, Order):
                    orders[key] = order
                else:
                    self._cohorts[key] = order
        self._under_way |= orders.keys()
        batch = self._composers.take_on(list(orders.values()))
        self._ordered.append(_Ordered([one.subscription_id for one in turns], orders, batch))

    def _order_of(self, work: UnitOfWork, turn: Turn) -> Order | _Cohort:
        """What is to be composed for those like that reader; nothing where no edition was due."""
        subscription = turn.subscription(self._topics_of(turn))
        edition_at, following = self._editions(subscription)
        if edition_at is None:
            return _Cohort(edition_at=None, following=following)
        had = self._had.of(turn.told)
        seen = self._had.seen(had)
        return Order(
            subscription=subscription,
            language=turn.language,
            seen=work.readers.seen(subscription.chat_id) if seen is None else seen,
            earlier=self._had.earlier(had),
            since=turn.last_edition_at,
            edition_at=edition_at,
            next_edition_at=following,
        )

    def _enter_composed(self, *, all_of_them: bool) -> int:
        """Enter the editions of those whose cohorts are composed by now; how many were entered.

        all_of_them: however long that takes; otherwise the latest may wait.
        """
        entered = 0
        while self._ordered and (all_of_them or len(self._under_way) > UNDER_WAY or len(self._ordered) > WAITING):
            ordered = self._ordered.popleft()
            composed = ordered.batch()
            self._under_way -= ordered.orders.keys()
            for (key, order), one in zip(ordered.orders.items(), composed, strict=True):
                if isinstance(one, Failed):
                    told = order.subscription.id
                    log.error("no edition for subscription %d and those alike\n%s", told, one.said)
                    self._cohorts[key] = None
                else:
                    self._cohorts[key] = _Cohort(
                        edition_at=order.edition_at, following=order.next_edition_at, composed=one
                    )
            if self._is_stopped():
                return entered
            entered += self._enter_all(partial(self._of, ids=ordered.subscription_ids)).count
        return entered

    def _editions(self, subscription: Subscription) -> tuple[datetime | None, datetime]:
        """The latest edition of the plan, whatever was dealt with, and the next one."""
        plan = (subscription.zone, subscription.times, subscription.weekend_times, subscription.days)
        if plan not in self._when:
            at = missed_edition_at(replace(subscription, planned_until=self._now - _LONG), self._now)
            self._when[plan] = (at, next_edition_at(subscription, self._now))
        return self._when[plan]

    def _enter(
        self, work: UnitOfWork, turns: Sequence[Turn], stored: dict[_Key, ComposedEdition], new: list[Turn]
    ) -> int:
        """Enter the editions of those readers who are of a known cohort; the others are due still.

        stored: what is stored with them, by cohort, is added here. new: readers of unknown cohorts are added here.
        """
        ready: list[tuple[Turn, _Key, _Cohort]] = []
        for turn in turns:
            key = self._key(turn)
            if (cohort := self._cohorts.get(key)) is not None:
                self._cohorts.move_to_end(key)
                ready.append((turn, key, cohort))
            elif key not in self._cohorts:
                new.append(turn)
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
                new.append(turn)
        work.turns.pass_on(done)
        return work.outbox.enter(entered, now=self._now)

    def _stored_for(
        self, work: UnitOfWork, ready: Iterable[tuple[Turn, _Key, _Cohort]], stored: dict[_Key, ComposedEdition]
    ) -> dict[_Key, ComposedEdition]:
        """What the editions of these cohorts are stored as, but for such as were forgotten; what is new is stored."""
        found: dict[_Key, ComposedEdition] = {}
        new: dict[_Key, Composed] = {}
        for turn, key, cohort in ready:
            if cohort.edition is not None:
                found[key] = cohort.edition
            elif cohort.composed is not None and cohort.composed.new.edition_at > turn.dealt_with_until:
                new[key] = cohort.composed
        contents = {one.content: one.new for one in new.values()}
        same = {one: edition for one in contents if (edition := self._stored.get(one)) is not None}
        wanted = {edition.composition_id for edition in (*found.values(), *same.values())}
        kept = work.outbox.are_kept(wanted)
        found = {key: edition for key, edition in found.items() if edition.composition_id in kept}
        same = {one: edition for one, edition in same.items() if edition.composition_id in kept}
        unknown = {one: edition for one, edition in contents.items() if one not in same}
        same |= zip(unknown, work.outbox.compose(list(unknown.values()), now=self._now), strict=True)
        stored |= {key: same[one.content] for key, one in new.items()}
        return found | stored

    def _key(self, turn: Turn) -> _Key:
        raw = turn[LANGUAGE:]
        key = self._keys.get(raw)
        if key is None:
            try:
                key = self._key_of.setdefault(self._essence(turn), next(self._next_key))
            except Exception:  # one cohort's fault, whatever it is, must not stop the others
                log.exception("no edition for subscription %d and those alike", turn.subscription_id)
                key = next(self._next_key)
                self._cohorts[key] = None
            self._keys[raw] = key
        return key

    def _essence(self, turn: Turn) -> _Essence:
        """Equal for readers whose editions are the same, whatever else they have chosen."""
        mine = turn.subscription(self._topics_of(turn))
        edition_at, following = self._editions(mine)
        if edition_at is None:
            return (following,)
        since = turn.last_edition_at
        choice = (mine.topics, mine.minutes, mine.max_stories, mine.muted, mine.excluded, mine.included, mine.alerts)
        clocks = shown_as(mine.zone, edition_at, following, since)
        told = (self._had.of(turn.told), since, edition_at, following, clocks, is_quiet(mine, edition_at))
        return (turn.language, choice, told)

    def _topics_of(self, turn: Turn) -> frozenset[str]:
        topics = self._topics.get(turn.topics)
        if topics is None:
            assert turn.topics is not None  # that one is known
            topics = self._topics[turn.topics] = frozenset(turn.topics.split(","))
        return topics

    def _plan_alone(self, ids: Sequence[int]) -> int:
        """Plan for each of these readers on their own; how many editions were entered."""
        entered = 0
        for start in range(0, len(ids), ALONE_AT_A_TIME):
            if self._is_stopped():
                break
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
