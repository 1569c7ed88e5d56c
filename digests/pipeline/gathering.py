"""One gathering pass: poll the feeds that are due, then read what they brought."""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from digests.errors import FetchError, UnknownFeedError, WorkerError
from digests.gather.feeds import MAX_BYTES, parse
from digests.gather.polling import next_poll_after, next_poll_after_failure, worth_reading
from digests.model import Feed, Response
from digests.pipeline.reading import Reader, ReadingReport
from digests.ports import Clock, Fetcher, Worker
from digests.store.unit_of_work import Store

log = logging.getLogger(__name__)

POLLS_AT_ONCE = 20

BETWEEN_READINGS = 0.2
"""Seconds before looking for entries again while feeds are being polled."""

Progress = Callable[[str, int, int], None]
"""Told (stage, done, total) as a pass goes on; stages are "poll" and "read"."""


@dataclass(frozen=True, kw_only=True)
class GatherReport:
    """What one pass did.

    due, unchanged: feeds. new: entries. failed: code of `FetchError` -> feeds.
    read, known, unreadable: entries that became articles, that were known under another address, that gave no text.
    """

    due: int
    unchanged: int
    new: int
    failed: Mapping[str, int] = field(default_factory=dict)
    read: int = 0
    known: int = 0
    unreadable: int = 0


class Gatherer:
    """Runs gathering passes, one at a time."""

    def __init__(
        self,
        store: Store,
        fetcher: Fetcher,
        worker: Worker,
        reader: Reader,
        clock: Clock,
        *,
        interval: timedelta,
        chance: random.Random,
    ) -> None:
        """interval: between two polls of one feed."""
        self._store = store
        self._fetcher = fetcher
        self._worker = worker
        self._reader = reader
        self._clock = clock
        self._interval = interval
        self._chance = chance
        self._one_at_a_time = asyncio.Lock()

    async def gather(self, *, all_feeds: bool = False, progress: Progress | None = None) -> GatherReport:
        """Poll what is due, or everything, and read what is unread."""
        tell = progress or (lambda _stage, _done, _total: None)
        async with self._one_at_a_time:
            feeds = await asyncio.to_thread(self._due, all_feeds=all_feeds)
            polling = asyncio.ensure_future(self._poll_all(feeds, tell))
            try:
                reading = await self._read_until(polling, tell)
            finally:
                polling.cancel()
        return _report(polling.result(), reading)

    async def _read_until(self, polling: asyncio.Future[list[int | str | None]], tell: Progress) -> ReadingReport:
        """Read what the feeds bring while the slower ones are still being polled, so that none waits for another."""
        report = ReadingReport(read=0, known=0, unreadable=0)
        while True:
            last = polling.done()
            before = report.read + report.known + report.unreadable
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
            return work.feeds.all() if all_feeds else work.feeds.due(self._clock())

    async def _poll_all(self, feeds: Iterable[Feed], tell: Progress) -> list[int | str | None]:
        feeds = list(feeds)
        slots = asyncio.Semaphore(POLLS_AT_ONCE)
        done = 0

        async def one(feed: Feed) -> int | str | None:
            nonlocal done
            async with slots:
                outcome = await self._poll(feed)
            done += 1
            tell("poll", done, len(feeds))
            return outcome

        return await asyncio.gather(*map(one, feeds))

    async def _poll(self, feed: Feed) -> int | str | None:
        """How many entries are new; None when the feed is unchanged; the code of the error when it failed."""
        now = self._clock()
        try:
            answer = await self._fetcher.get(feed.url, feed.validators, limit=MAX_BYTES)
            outcome = await self._take(feed, answer, now) if isinstance(answer, Response) else None
        except FetchError as error:
            return await asyncio.to_thread(self._note_failure, feed, error, now)
        except UnknownFeedError:  # an admin has removed it meanwhile
            return 0
        except WorkerError:
            log.exception("feed %d could not be parsed", feed.id)
            return await asyncio.to_thread(self._note_failure, feed, FetchError("parsing failed"), now)
        if outcome is None:
            await asyncio.to_thread(self._note_unchanged, feed, now)
        log.info("feed %d: %s", feed.id, "unchanged" if outcome is None else f"{outcome} new")
        return outcome

    async def _take(self, feed: Feed, answer: Response, now: datetime) -> int:
        document = await self._worker.run(
            parse,
            answer.body,
            url=answer.url,
            content_type=answer.content_type,
            now=now,
        )

        def store() -> int:
            with self._store.begin() as work:
                work.feeds.get(feed.id)  # raises when it is there no longer
                known = work.entries.known(feed.id, [entry.key for entry in document.entries])
                unknown = [entry for entry in document.entries if entry.key not in known]
                first_time = work.entries.is_new_feed(feed.id)
                wanted, skipped = worth_reading(unknown, first_time=first_time, now=now)
                work.feeds.polled(
                    feed,
                    validators=answer.validators,
                    title=feed.title or document.title or feed.url,
                    site_url=document.site_url or feed.site_url,
                    now=now,
                    next_poll_at=next_poll_after(now, self._interval, self._chance),
                )
                return work.entries.add(feed.id, wanted, skipped, now=now)

        return await asyncio.to_thread(store)

    def _note_unchanged(self, feed: Feed, now: datetime) -> None:
        with self._store.begin() as work:
            work.feeds.polled(
                feed,
                validators=feed.validators,
                title=feed.title,
                site_url=feed.site_url,
                now=now,
                next_poll_at=next_poll_after(now, self._interval, self._chance),
            )

    def _note_failure(self, feed: Feed, error: FetchError, now: datetime) -> str:
        again = next_poll_after_failure(now, self._interval, feed.failures, error, self._chance)
        with self._store.begin() as work:
            work.feeds.failed(feed, error=error.code, next_poll_at=again)
        log.warning("feed %d: %s (%s), failed %d times in a row", feed.id, error.code, error, feed.failures + 1)
        return error.code


def _tell_reading(tell: Progress, before: int, done: int, total: int) -> None:
    tell("read", before + done, before + total)


def _report(polled: list[int | str | None], reading: ReadingReport) -> GatherReport:
    return GatherReport(
        due=len(polled),
        unchanged=sum(outcome is None for outcome in polled),
        new=sum(outcome for outcome in polled if isinstance(outcome, int)),
        failed=dict(Counter(outcome for outcome in polled if isinstance(outcome, str))),
        read=reading.read,
        known=reading.known,
        unreadable=reading.unreadable,
    )
