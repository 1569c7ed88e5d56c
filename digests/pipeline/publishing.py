"""Editions: compose those that are due, put them into the outbox, and hand them over."""

import asyncio
import contextlib
import logging
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from digests.deliver import GIVE_UP_AFTER, is_stale, pause_before
from digests.editions import latest_edition_at, next_edition_at
from digests.errors import (
    ChatMovedError,
    DeliveryDelayedError,
    DeliveryError,
    DeliveryRefusedError,
    DeliveryUnknownError,
    SubscriberGoneError,
    ThreadGoneError,
    WritingBarredError,
)
from digests.model import (
    Delivery,
    Digest,
    EditionKind,
    Part,
    PartState,
    Place,
    Subscriber,
    SubscriberState,
    Subscription,
)
from digests.pipeline.logbook import Logbook
from digests.pipeline.one_reader import compose_alone
from digests.pipeline.planning import FRESH, Planner, queue
from digests.ports import Clock, OpenBenches, Renderer, Sender
from digests.store.outbox import DeliveryState, LedgerEntry, SentPart
from digests.store.unit_of_work import Store, UnitOfWork

log = logging.getLogger(__name__)

OLDEST = timedelta(days=30)
"""... and this long, where a reader asks and nothing fresher is there: slow feeds have readers too."""

SENDING_AT_ONCE = 100
"""Deliveries that are sent, or wait for their turn: enough for 1,000 messages a second at 0.1 s each."""

LOOKED_AHEAD = 300
"""Deliveries taken from the outbox at a time: what becomes due meanwhile waits for a few seconds at most."""

SHARED_WITHIN = 0.05
"""Seconds in which the next message is claimed at 30 a second: what was accepted is stored together with that."""

NOTED_WITHIN = 1.0
"""Seconds within which what became of a message is usually known and noted."""

BETWEEN_LOOKS = 1.0
"""Seconds from a look that found nothing to begin to the next, while something is still being sent."""

MOST_EDITIONS, MOST_WAITING = 14, 10
"""Of a reader's ledger: two weeks of daily editions, and the headlines that wait."""

ALL_DAY, ALL_STORIES = 24 * 60, 200
"""Minutes and stories of an edition that leaves out nothing."""


@dataclass(frozen=True, kw_only=True)
class Missed:
    """A reader's ledger. waiting: headlines of stories that came and were not told yet, the best first."""

    editions: tuple[LedgerEntry, ...]
    waiting: tuple[str, ...]
    waiting_count: int


class _Outcome(Enum):
    """Of one part. sent: it was accepted; passed: the next is to be sent all the same; stop: nothing more now."""

    SENT = "sent"
    PASSED = "passed"
    STOP = "stop"


class Publisher:
    """Plans editions and delivers them."""

    def __init__(
        self,
        store: Store,
        renderer: Renderer,
        sender: Sender,
        clock: Clock,
        *,
        on_barred: Callable[[int], Awaitable[None]] | None = None,
        on_doubt: Callable[[int], Awaitable[None]] | None = None,
        chance: Callable[[], float] = float,
        open_benches: OpenBenches | None = None,
    ) -> None:
        """on_barred: told of each chat that was paused because we may not write there. on_doubt: of each to which an
        edition was sent of which nothing is known to have arrived.

        chance: numbers from 0 to 1, which spread further attempts; without it none is later than it has to be.
        open_benches: processes in which editions are composed when many are due; None for none.
        """
        self._on_barred = on_barred
        self._on_doubt = on_doubt
        self._chance = chance
        self._store = store
        self._renderer = renderer
        self._sender = sender
        self._clock = clock
        self._planner = Planner(store, renderer, clock, open_benches=open_benches)
        self._log = Logbook(store, clock)
        self._in_flight: set[int] = set()
        self._on_its_way: Counter[int] = Counter()  # chats with a message that may be there and is not noted yet
        self._editions: set[asyncio.Task[None]] = set()
        self._before_their_turn: set[asyncio.Task[Any]] = set()
        self._delivering: set[bool] = set()
        self._closing = False

    @property
    def is_sending(self) -> bool:
        """Whether a delivery is under way."""
        return bool(self._in_flight)

    async def settled(self, chat_id: int) -> None:
        """Return when it is noted what has arrived in the chat: who presses below it at once may be quicker than that.

        What Telegram takes long to answer is waited for no longer than `NOTED_WITHIN`.
        """
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(NOTED_WITHIN):
                while self._on_its_way[chat_id]:  # noqa: ASYNC110 - some hundredths of a second
                    await asyncio.sleep(0.01)

    def recover(self) -> int:
        """Settle what a crash left open: a message whose answer never came is not sent again. How many there were."""
        with self._store.begin() as work:
            return work.outbox.forget_in_flight()

    async def close(self, patience: timedelta) -> None:
        """Plan no more and begin no more messages, and wait for those on their way: at most `patience`."""
        self._closing = True
        self._planner.stop()
        for one in self._editions & self._before_their_turn:
            one.cancel()  # nothing of it is on its way, so the next start sends it
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience.total_seconds()):
                while self.is_sending:  # noqa: ASYNC110 - a moment at the very end
                    await asyncio.sleep(0.02)

    def is_due(self) -> bool:
        """Whether an edition waits to be planned."""
        return self._planner.is_due()

    def plan(self) -> int:
        """Put every edition that is due into the outbox, at most once each; how many were."""
        self.drop_stale()  # first, so that these editions tell what those would have told
        return self._planner.plan()

    def drop_stale(self) -> None:
        """Give up what is too old to be handed over, as after a standstill."""
        now = self._clock()
        with self._store.read() as work:
            since = work.outbox.waiting_since()
        if since is not None and is_stale(since, now):
            with self._store.begin() as work:
                dropped = work.outbox.drop_before(now - GIVE_UP_AFTER, now=now)
            log.warning(
                "%d deliveries are too old to be handed over; later editions tell what they would have", dropped
            )

    async def digest_now(
        self, chat_id: int, *, topic: str | None = None, minutes: int | None = None, asked_at: Place | None = None
    ) -> bool:
        """Compose what is new to the chat and deliver it; False when nothing is.

        topic: slug of one that it shall be about, whether followed or not; None for all that are followed. minutes: of
        reading; None for as many as usual. asked_at: where all of it goes; None for where editions go.

        Raises:
            UnknownSubscriberError: nobody reads there.
        """
        delivery = await asyncio.to_thread(self._enter_now, chat_id, topic, minutes, asked_at)
        if delivery is None:
            return False
        await self._deliver(delivery)
        return True

    def is_delivered(self, chat_id: int) -> bool:
        """Whether nothing of the chat's latest edition is still on its way, or was given up.

        Raises:
            UnknownSubscriberError: nobody reads there.
        """
        with self._store.read() as work:
            latest = work.outbox.ledger(work.readers.subscription(chat_id).id, limit=1)
        return all(one.state == DeliveryState.DONE.value for one in latest)

    def last_told_at(self, chat_id: int) -> datetime | None:
        """When the chat was last told anything; None before.

        Raises:
            UnknownSubscriberError: nobody reads there.
        """
        with self._store.read() as work:
            return work.outbox.last_told_at(work.readers.subscription(chat_id).id)

    def preview(self, chat_id: int) -> Digest:
        """What the chat's settings bring of the last day, had before or not; nothing is noted.

        Raises:
            UnknownSubscriberError: nobody reads there.
        """
        with self._store.read() as work:
            mine, language = _settings(work, chat_id, self._clock())
        return preview(self._store, mine, self._clock(), language=language)

    def preview_of_edition(self, chat_id: int) -> Digest:
        """What the chat's latest edition would have been by its settings, or by those that it tries; nothing is noted.

        Where that is empty, as for somebody who joined just now, what they would bring now.

        Raises:
            UnknownSubscriberError: nobody reads there.
        """
        now = self._clock()
        with self._store.read() as work:
            mine, language = _settings(work, chat_id, now)
            edition_at = latest_edition_at(mine, now)
            if edition_at is not None:
                before = latest_edition_at(mine, edition_at - timedelta(seconds=1))
                digest = compose_alone(
                    work,
                    mine,
                    language,
                    published_since=edition_at - FRESH,
                    seen={one: at for one, at in work.readers.seen(chat_id).items() if at < edition_at},
                    since=before,
                    edition_at=edition_at,
                    next_edition_at=None,
                    until=edition_at,
                )
                if digest.sections:
                    return digest
        return preview(self._store, mine, now, language=language)

    def missed(self, chat_id: int) -> Missed:
        """What became of the chat's latest editions, and what waits for the next for want of room.

        Raises:
            UnknownSubscriberError: nobody reads there.
        """
        now = self._clock()
        with self._store.read() as work:
            mine, subscriber = _reader(work, chat_id)
            editions = work.outbox.ledger(mine.id, limit=MOST_EDITIONS)
            everything = replace(mine, minutes=ALL_DAY, max_stories=ALL_STORIES)
            waiting = self._compose(work, everything, subscriber.language, now, oldest=FRESH, next_from=None).stories
        titles = tuple(one.lead.title for one in waiting[:MOST_WAITING])
        return Missed(editions=editions, waiting=titles, waiting_count=len(waiting))

    def last_digest(self, chat_id: int) -> tuple[int, dict[int, Part]]:
        """The latest edition that told the chat anything: its delivery's id, and its messages by their numbers.

        Raises:
            UnknownSubscriberError: nobody reads there.
        """
        with self._store.read() as work:
            return work.outbox.last_messages(work.readers.subscription(chat_id).id)

    def shown_again(self, delivery_id: int, number: int, message_id: int) -> None:
        """Note that one more message shows that part of the delivery, so that it can be turned like the first."""
        with self._store.begin() as work:
            work.outbox.note_message(delivery_id, number, message_id)

    async def deliver(self, *, broadcasts: bool = False) -> int:
        """Hand over all that is due in the outbox; how many deliveries were tried. 0 at once while that is under way.

        broadcasts: those, which take their time, rather than all others.
        """
        if broadcasts in self._delivering:
            return 0
        self._delivering.add(broadcasts)
        tried = 0
        waiting: deque[Delivery] = deque()
        running: set[asyncio.Task[None]] = set()
        loop = asyncio.get_running_loop()
        look_at = 0.0
        try:
            while not self._closing:
                if not waiting and (not running or loop.time() >= look_at):
                    # What was under way while it was looked may have been settled since, or postponed.
                    busy = set(self._in_flight)
                    due = await asyncio.to_thread(self._due, broadcasts)
                    waiting.extend(one for one in due if one.id not in busy | self._in_flight)
                    look_at = loop.time() + (0.0 if waiting else BETWEEN_LOOKS)
                while waiting and len(running) < SENDING_AT_ONCE:
                    tried += 1
                    sending = asyncio.create_task(self._deliver(waiting.popleft()))
                    running.add(sending)
                    self._editions.add(sending)
                    sending.add_done_callback(self._editions.discard)
                if not running:
                    break
                # One that is slow keeps no others waiting.
                done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                for one in done:
                    if not one.cancelled():  # as by closing
                        one.result()
        finally:
            if running:
                await asyncio.wait(running)
            self._delivering.discard(broadcasts)
        return tried

    def _due(self, broadcasts: bool) -> tuple[Delivery, ...]:  # noqa: FBT001 - called by name above
        if not broadcasts:
            self.drop_stale()
        with self._store.read() as work:
            return work.outbox.due(self._clock(), limit=LOOKED_AHEAD, broadcasts=broadcasts)

    def _enter_now(
        self, chat_id: int, topic: str | None, minutes: int | None, asked_at: Place | None
    ) -> Delivery | None:
        now = self._clock()
        while True:
            # What takes long is done before anything is locked for writing.
            with self._store.read() as work:
                mine, subscriber = _reader(work, chat_id)
                last_id = work.outbox.last_id(mine.id)
                about = mine.topics if topic is None else frozenset({topic})
                subscription = replace(mine, topics=about, minutes=minutes or mine.minutes)
                next_from = now if subscriber.state is SubscriberState.ACTIVE else None
                for oldest in (FRESH, OLDEST):
                    digest = self._compose(
                        work, subscription, subscriber.language, now, oldest=oldest, next_from=next_from
                    )
                    if digest.sections:
                        break
                else:
                    return None
            with self._store.begin() as work:
                if (mine, subscriber) != _reader(work, chat_id) or work.outbox.last_id(mine.id) != last_id:
                    continue  # changed, or told something, in this very moment
                kind = EditionKind.ON_DEMAND
                delivery_id = queue(
                    work, self._renderer, subscriber, subscription, digest, kind, now=now, place=asked_at
                )
                return None if delivery_id is None else work.outbox.get(delivery_id)

    def _compose(
        self,
        work: UnitOfWork,
        subscription: Subscription,
        language: str,
        now: datetime,
        *,
        oldest: timedelta,
        next_from: datetime | None,
    ) -> Digest:
        return compose_alone(
            work,
            subscription,
            language,
            published_since=now - oldest,
            seen=work.readers.seen(subscription.chat_id),
            since=work.outbox.last_edition_at(subscription.id),
            edition_at=now,
            next_edition_at=next_from and next_edition_at(subscription, next_from),
        )

    async def _deliver(self, delivery: Delivery) -> None:
        if delivery.id in self._in_flight:
            return
        self._in_flight.add(delivery.id)
        try:
            sent_last = False
            for number, part in delivery.parts.items():
                outcome = await self._send(delivery, number, part)
                if outcome is _Outcome.STOP:
                    return
                sent_last = outcome is _Outcome.SENT
            if not sent_last:  # else it is settled together with its last part
                in_doubt = await self._log.change(lambda work: self._finish(work, delivery))
                if in_doubt and self._on_doubt is not None and delivery.kind is not EditionKind.BROADCAST:
                    await self._on_doubt(delivery.chat_id)
            log.info("delivery %d to chat %d: done", delivery.id, delivery.chat_id)
        finally:
            self._in_flight.discard(delivery.id)

    def _finish(self, work: UnitOfWork, delivery: Delivery) -> bool:
        """Note that nothing more of it is to be sent; whether perhaps nothing of it has arrived."""
        work.outbox.settle(delivery.id, DeliveryState.DONE, now=self._clock())
        return work.outbox.is_in_doubt(delivery.id)

    async def _send(self, delivery: Delivery, number: int, part: Part) -> "_Outcome":
        """Send one part."""
        await self._wait_for_turn(delivery)
        if self._closing:
            return _Outcome.STOP  # not claimed, so the next start sends it
        self._on_its_way[delivery.chat_id] += 1
        try:
            return await self._claimed(delivery, number, part)
        finally:
            self._on_its_way[delivery.chat_id] -= 1
            if not self._on_its_way[delivery.chat_id]:
                del self._on_its_way[delivery.chat_id]

    async def _claimed(self, delivery: Delivery, number: int, part: Part) -> "_Outcome":
        """Claim the part and send it."""
        if not await self._log.claim(delivery.id, number):
            return _Outcome.PASSED
        try:
            message_id = await self._sender.send(delivery.chat_id, part, delivery.kind)
        except ThreadGoneError as error:
            thread = error.thread
            await self._log.change(lambda work: self._leave_thread(work, delivery, number, thread))
            return await self._send(delivery, number, replace(part, thread=None))
        except DeliveryUnknownError:
            log.warning("delivery %d, part %d: no answer, not sent again", delivery.id, number)
            await self._log.change(lambda work: work.outbox.mark(delivery.id, number, PartState.UNKNOWN))
        except DeliveryRefusedError:
            log.exception("delivery %d, part %d: refused", delivery.id, number)
            await self._log.change(lambda work: work.outbox.mark(delivery.id, number, PartState.REFUSED))
        except DeliveryError as error:
            trouble = error
            paused = await self._log.change(lambda work: self._react(work, delivery, number, trouble))
            if paused and self._on_barred is not None:
                await self._on_barred(delivery.chat_id)
            return _Outcome.STOP
        else:
            is_last = number == max(delivery.parts)
            await self._log.sent(
                SentPart(delivery_id=delivery.id, number=number, message_id=message_id, is_last=is_last),
                within=SHARED_WITHIN if self._before_their_turn else 0.0,
            )
            return _Outcome.SENT
        return _Outcome.PASSED

    async def _wait_for_turn(self, delivery: Delivery) -> None:
        task = asyncio.current_task()
        assert task is not None  # coroutines run in nothing else
        self._before_their_turn.add(task)
        try:
            await self._sender.wait_for_turn(delivery.chat_id, delivery.kind)
        finally:
            self._before_their_turn.discard(task)

    def _leave_thread(self, work: UnitOfWork, delivery: Delivery, number: int, thread: int) -> None:
        """The part was certainly not accepted there; it and all others go to the chat itself from now on."""
        log.warning("delivery %d to chat %d: thread %d takes nothing", delivery.id, delivery.chat_id, thread)
        work.outbox.mark(delivery.id, number, PartState.QUEUED)
        work.outbox.leave_thread(delivery.chat_id, thread)
        work.places.forget_thread(delivery.chat_id, thread)

    def _react(self, work: UnitOfWork, delivery: Delivery, number: int, error: DeliveryError) -> bool:
        """The part was certainly not accepted: decide about the whole delivery; whether that paused the chat."""
        now, paused = self._clock(), False
        work.outbox.mark(delivery.id, number, PartState.QUEUED)
        log.warning("delivery %d to chat %d: %s", delivery.id, delivery.chat_id, type(error).__name__)
        if isinstance(error, SubscriberGoneError | WritingBarredError):
            barred = isinstance(error, WritingBarredError)
            subscriber = work.readers.find(delivery.chat_id)
            if subscriber is not None and subscriber.state is SubscriberState.ACTIVE:
                state = SubscriberState.PAUSED if barred else SubscriberState.GONE
                work.readers.save(replace(subscriber, state=state, paused_until=None), now=now)
                paused = barred
            self._drop(work, delivery)
        elif isinstance(error, ChatMovedError):
            work.readers.move(delivery.chat_id, error.new_chat_id)
            work.places.move(delivery.chat_id, error.new_chat_id)
        else:
            asked = error.retry_in if isinstance(error, DeliveryDelayedError) else timedelta()
            until = now + pause_before(delivery.attempts, asked, chance=self._chance())
            following = self._following(work, delivery, now)
            # Another attempt that is no earlier than the next edition would tell what that one can tell as well.
            if is_stale(delivery.edition_at, now) or (following is not None and until >= following):
                self._drop(work, delivery)
            else:
                work.outbox.postpone(delivery.id, until=until)
        return paused

    @staticmethod
    def _following(work: UnitOfWork, delivery: Delivery, now: datetime) -> datetime | None:
        """When the next edition is due that would tell what this delivery does; None where none would."""
        subscriber = work.readers.find(delivery.chat_id)
        if (
            delivery.kind is EditionKind.BROADCAST
            or subscriber is None
            or subscriber.state is not SubscriberState.ACTIVE
        ):
            return None
        return next_edition_at(work.readers.subscription(delivery.chat_id), now)

    def _drop(self, work: UnitOfWork, delivery: Delivery) -> None:
        """Give the delivery up; what it would have told becomes part of a later edition."""
        work.outbox.settle(delivery.id, DeliveryState.DROPPED, now=self._clock())


def _reader(work: UnitOfWork, chat_id: int) -> tuple[Subscription, Subscriber]:
    mine = work.readers.subscription(chat_id)
    subscriber = work.readers.find(chat_id)
    assert subscriber is not None  # a subscription has its subscriber by foreign key
    return mine, subscriber


def _settings(work: UnitOfWork, chat_id: int, now: datetime) -> tuple[Subscription, str]:
    """What the chat tries, or else has chosen: its subscription, and the language of the bot's words to it.

    Raises:
        UnknownSubscriberError: nobody reads there.
    """
    draft = work.readers.draft(chat_id)
    if draft is not None and draft.stands(now):
        return draft.subscription, draft.language
    mine, subscriber = _reader(work, chat_id)
    return mine, subscriber.language


def preview(store: Store, subscription: Subscription, now: datetime, *, language: str) -> Digest:
    """The digest that such a subscription would bring a reader of `language` at `now`, as their first."""
    with store.read() as work:
        return compose_alone(
            work,
            subscription,
            language,
            published_since=now - FRESH,
            seen={},
            since=None,
            edition_at=now,
            next_edition_at=None,
        )
