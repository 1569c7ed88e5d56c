"""One gathering pass: poll the feeds that are due, then read what they brought."""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from digests.errors import DatabaseLostError, FetchError, UnknownFeedError, UnparsableError, WorkerError
from digests.gather.feeds import MAX_BYTES, parse
from digests.gather.polling import (
    MOST_EDITS,
    STILL_EDITED,
    WEEK,
    after_failure,
    after_success,
    has_settled,
    is_another,
    rhythm,
    says_else,
    worth_reading,
)
from digests.model import Entry, Feed, FeedDocument, Response, Unchanged
from digests.pipeline.books import Books
from digests.pipeline.reading import Reader, ReadingReport
from digests.pipeline.regrouping import Regrouper
from digests.ports import Clock, Fetcher, Worker
from digests.store.feeds import StoredEntry
from digests.store.unit_of_work import Store, UnitOfWork

log = logging.getLogger(__name__)

POLLS_AT_ONCE = 64

MOST_ENTRIES = 60
"""Entries of several feeds that are stored in one transaction: whoever asks for a digest writes in between."""

BETWEEN_READINGS = 0.2
"""Seconds before looking for entries again while feeds are being polled."""

Progress = Callable[[str, int, int], None]
"""Told (stage, done, total) as a pass goes on; stages are "poll" and "read"."""


@dataclass(frozen=True, kw_only=True)
class GatherReport:
    """What one pass did.

    due: feeds polled; each is one of unchanged, changed and failed. failed: code of `FetchError` -> feeds.
    new, edited: entries. read, known, unreadable: entries that became articles, that were known under another address,
    that gave no text. postponed: entries whose pages are to be asked for once more. revised: articles whose entries
    were edited.
    """

    due: int
    unchanged: int
    changed: int
    new: int
    edited: int = 0
    failed: dict[str, int] = field(default_factory=dict)
    read: int = 0
    known: int = 0
    postponed: int = 0
    unreadable: int = 0
    revised: int = 0


@dataclass(frozen=True, kw_only=True)
class _Poll:
    """What came of polling one feed. document: None unless there is a new one."""

    feed: Feed
    now: datetime
    answer: Response | Unchanged | None = None
    document: FeedDocument | None = None
    error: FetchError | None = None


@dataclass(frozen=True, kw_only=True)
class _Outcome:
    """What is told of it. state: "unchanged", "changed", "gone", or the code of an error."""

    state: str
    new: int = 0
    edited: int = 0


class Gathering(Protocol):
    """Gathers what is due when somebody wants it, here or elsewhere."""

    async def gather(self, *, reading: bool = True) -> object:
        """Poll what is due; unless `reading` is off, read what is unread."""
        ...

    @property
    def is_gathering(self) -> bool:
        """Whether something is under way."""
        ...

    async def finish(self, patience: timedelta) -> bool:
        """Wait for what is under way; False when nothing is, or it takes longer than `patience`."""
        ...


class Gatherer:
    """Runs gathering passes, one at a time."""

    def __init__(
        self,
        store: Store,
        fetcher: Fetcher,
        worker: Worker,
        reader: Reader,
        regrouper: Regrouper,
        clock: Clock,
        *,
        interval: timedelta,
        chance: random.Random,
    ) -> None:
        """interval: between two polls of the busiest feeds; quiet ones are polled more rarely."""
        self._store = store
        self._fetcher = fetcher
        self._worker = worker
        self._reader = reader
        self._regrouper = regrouper
        self._clock = clock
        self._interval = interval
        self._chance = chance
        self.on_report: Callable[[GatherReport], None] | None = None
        """Told what each pass did, whoever asked for it."""
        self._books = Books(self._settled)
        self._one_at_a_time = asyncio.Lock()
        self._slots = asyncio.Semaphore(POLLS_AT_ONCE)

    async def gather(
        self,
        *,
        all_feeds: bool = False,
        reading: bool = True,
        progress: Progress | None = None,
    ) -> GatherReport:
        """Poll what is due, or everything; unless `reading` is off, read what is unread, and look at stories again."""
        tell = progress or (lambda _stage, _done, _total: None)
        async with self._one_at_a_time:
            feeds = await asyncio.to_thread(self._due, all_feeds=all_feeds)
            polling = asyncio.ensure_future(self._poll_all(feeds, tell))
            try:
                report = await self._read_until(polling, tell) if reading else ReadingReport.nothing()
                outcomes = await polling
            finally:
                polling.cancel()
                await asyncio.gather(polling, return_exceptions=True)  # what is under way ends before its store closes
            if report.read:
                await self._regrouper.regroup()
        return self._told(_report(outcomes, report))

    async def poll_one(self, feed_id: int) -> GatherReport:
        """Poll that feed, unless it is not due any more: for whoever is sent to it, while others poll others."""
        feed = await asyncio.to_thread(self._due_one, feed_id)
        outcomes = [] if feed is None else [await self._poll_alone(feed, self._slots)]
        return self._told(_report(outcomes, ReadingReport.nothing()))

    async def read_one(self, entry_id: int) -> GatherReport:
        """Read that entry, likewise."""
        return self._told(_report((), await self._reader.read_one(entry_id)))

    def _told(self, report: GatherReport) -> GatherReport:
        if self.on_report is not None:
            self.on_report(report)
        return report

    async def _read_until(self, polling: asyncio.Future[list[_Outcome]], tell: Progress) -> ReadingReport:
        """Read what the feeds bring while the slower ones are still being polled, so that none waits for another."""
        report = ReadingReport.nothing()
        while True:
            last = polling.done()
            before = report.done
            report += await self._reader.read_unread(partial(_tell_reading, tell, before))
            if last:
                return report
            await asyncio.wait({polling}, timeout=BETWEEN_READINGS)

    @property
    def is_gathering(self) -> bool:
        """Whether a pass is under way."""
        return self._one_at_a_time.locked()

    async def finish(self, patience: timedelta) -> bool:
        """Wait for the pass that is under way; False when none is, or it takes longer than `patience`."""
        if not self._one_at_a_time.locked():
            return False
        try:
            async with asyncio.timeout(patience.total_seconds()), self._one_at_a_time:
                return True
        except TimeoutError:
            return False

    def _due(self, *, all_feeds: bool) -> tuple[Feed, ...]:
        with self._store.read() as work:
            if all_feeds:
                return tuple(feed for feed in work.feeds.all() if not feed.is_paused)
            return work.feeds.due(self._clock())

    def _due_one(self, feed_id: int) -> Feed | None:
        with self._store.read() as work:
            return work.feeds.due_one(feed_id, self._clock())

    async def _poll_all(self, feeds: Sequence[Feed], tell: Progress) -> list[_Outcome]:
        slots = asyncio.Semaphore(POLLS_AT_ONCE)
        done = 0

        async def one(feed: Feed) -> _Outcome:
            nonlocal done
            outcome = await self._poll_alone(feed, slots)
            done += 1
            tell("poll", done, len(feeds))
            return outcome

        return await asyncio.gather(*map(one, feeds))

    async def _poll_alone(self, feed: Feed, slots: asyncio.Semaphore) -> _Outcome:
        async with AsyncExitStack() as slot:  # one that waits for its host's turn takes none from the others
            outcome = await self._store_poll(await self._poll(feed, slots, slot))
        log.info("feed %d: %s, %d new, %d edited", feed.id, outcome.state, outcome.new, outcome.edited)
        return outcome

    async def _store_poll(self, poll: _Poll) -> _Outcome:
        try:
            return await self._books.enter(poll)
        except DatabaseLostError:  # no fault of the feed, which is due still
            log.warning("feed %d is polled again: the database was out of reach", poll.feed.id)
            return _Outcome(state="gone")
        except Exception as error:
            log.exception("what feed %d says can't be stored", poll.feed.id)
            broken = UnparsableError(type(error).__name__)
            return await self._books.enter(_Poll(feed=poll.feed, now=poll.now, error=broken))

    async def _poll(self, feed: Feed, slots: asyncio.Semaphore, slot: AsyncExitStack) -> _Poll:
        """Ask and read; `slot` holds one of `slots` from the asking on."""
        now = self._clock()
        try:
            async with self._fetcher.turn(feed.url):
                await slot.enter_async_context(slots)
                answer = await self._fetcher.get(feed.url, feed.validators, limit=MAX_BYTES)
            document = await self._parse(answer, now) if isinstance(answer, Response) else None
        except FetchError as error:
            return _Poll(feed=feed, now=now, error=error)
        except Exception as error:  # whatever one feed breaks is no reason to poll no other
            log.exception("feed %d breaks its poll", feed.id)
            return _Poll(feed=feed, now=now, error=UnparsableError(type(error).__name__))
        return _Poll(feed=feed, now=now, answer=answer, document=document)

    async def _parse(self, answer: Response, now: datetime) -> FeedDocument:
        try:
            return await self._worker.run(parse, answer.body, url=answer.url, content_type=answer.content_type, now=now)
        except WorkerError as error:
            raise UnparsableError(str(error)) from error

    async def _settled(self, polls: Sequence[_Poll]) -> list[_Outcome]:
        outcomes: list[_Outcome] = []
        for several in _in_portions(polls):
            outcomes += await asyncio.to_thread(self._settle, several)
        return outcomes

    def _settle(self, polls: Sequence[_Poll]) -> list[_Outcome]:
        """Store what came of several polls, in one transaction."""
        with self._store.begin() as work:
            counted = work.entries.count_by_feed(polls[0].now - WEEK, [one.feed.id for one in polls])
            outcomes, standing = [], []
            there = {feed.id: feed.url for feed in work.feeds.some(one.feed.id for one in polls)}
            for poll in polls:
                if there.get(poll.feed.id) != poll.feed.url:  # an admin has removed or moved it meanwhile
                    outcomes.append(_Outcome(state="gone"))
                    continue
                outcome = self._take(work, poll)
                entries = counted.get(poll.feed.id, 0) + outcome.new
                standing.append(self._after(work, poll, rhythm(entries, self._interval)))
                outcomes.append(outcome)
            work.feeds.save(standing)
        return outcomes

    def _after(self, work: UnitOfWork, poll: _Poll, interval: timedelta) -> Feed:
        """Where the polling of the feed stands from now on."""
        if poll.answer is None:
            assert poll.error is not None  # a poll has an answer or an error
            log.warning("feed %d: %s, failed %d times in a row", poll.feed.id, poll.error, poll.feed.failures + 1)
            return after_failure(poll.feed, poll.error, now=poll.now, shortest=self._interval, chance=self._chance)
        after = after_success(
            poll.feed,
            poll.answer,
            poll.document,
            now=poll.now,
            interval=interval,
            chance=self._chance,
        )
        if after.move is not None and has_settled(after.move, poll.now) and work.feeds.move(after.id, after.move.to):
            work.topics.move_feed(after.url, after.move.to)
            log.warning("feed %d has moved for good and is polled at its new address", after.id)
            return replace(after, move=None)
        return after

    def _take(self, work: UnitOfWork, poll: _Poll) -> _Outcome:
        if poll.error is not None:
            return _Outcome(state=poll.error.code)
        if poll.document is None:
            return _Outcome(state="unchanged")
        try:
            with work.apart():
                return self._take_document(work, poll.feed, poll.document, poll.now)
        except UnknownFeedError:  # an admin has removed it meanwhile
            return _Outcome(state="gone")

    def _take_document(self, work: UnitOfWork, feed: Feed, document: FeedDocument, now: datetime) -> _Outcome:
        stored = work.feeds.get(feed.id)  # raises when it is there no longer
        title, site_url = stored.title or document.title or feed.url, document.site_url or stored.site_url
        if (title, site_url) != (stored.title, stored.site_url):
            work.feeds.describe(feed.id, title=title, site_url=site_url)
        first_time = work.entries.is_new_feed(feed.id)
        unknown, altered = (document.entries, []) if first_time else _compare(work, feed.id, document.entries)
        work.entries.note_listed(feed.id, document.entries, now=now)
        edited = 0
        for before, entry in altered:
            work.entries.alter(before.id, entry)
            recent = now - before.gathered_at <= STILL_EDITED and before.edits < MOST_EDITS
            if not before.is_unread and recent and says_else(before.entry, entry):
                work.entries.read_again(before.id, now=now)
                edited += 1
        wanted, skipped = worth_reading(unknown, first_time=first_time, now=now, told_until=feed.told_until)
        new = work.entries.add(feed.id, wanted, skipped, now=now)
        if new or edited:
            work.tasks.read(now, feed_id=feed.id)
        return _Outcome(state="changed", new=new, edited=edited)


def _compare(
    work: UnitOfWork, feed_id: int, said: Sequence[Entry]
) -> tuple[list[Entry], list[tuple[StoredEntry, Entry]]]:
    """As `Entries.compare`; what comes under a key that is another entry's already goes by its address."""
    unknown, altered = work.entries.compare(feed_id, said)
    others = [replace(entry, key=entry.url) for before, entry in altered if is_another(before.entry, entry)]
    if others:
        altered = [(before, entry) for before, entry in altered if not is_another(before.entry, entry)]
        more, more_altered = work.entries.compare(feed_id, others)
        return unknown + more, altered + more_altered
    return unknown, altered


def _tell_reading(tell: Progress, before: int, done: int, total: int) -> None:
    tell("read", before + done, before + total)


def _report(outcomes: Iterable[_Outcome], reading: ReadingReport) -> GatherReport:
    polled = [one for one in outcomes if one.state != "gone"]
    states = Counter(one.state for one in polled)
    return GatherReport(
        due=len(polled),
        unchanged=states.pop("unchanged", 0),
        changed=states.pop("changed", 0),
        new=sum(one.new for one in polled),
        edited=sum(one.edited for one in polled),
        failed=dict(states),
        read=reading.read,
        known=reading.known,
        postponed=reading.postponed,
        unreadable=reading.unreadable,
        revised=reading.revised,
    )


def _in_portions(polls: Sequence[_Poll]) -> Iterator[list[_Poll]]:
    """The polls in order, those together that have `MOST_ENTRIES`, and each with more by itself."""
    portion: list[_Poll] = []
    entries = 0
    for poll in polls:
        more = len(poll.document.entries) if poll.document is not None else 0
        if portion and entries + more > MOST_ENTRIES:
            yield portion
            portion, entries = [], 0
        portion.append(poll)
        entries += more
    if portion:
        yield portion
