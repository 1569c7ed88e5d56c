"""Having workers gather and plan, on whatever machines: what is due goes into the queue, and is waited for."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from digests.pipeline.regrouping import AGAIN
from digests.ports import Clock
from digests.store.tasks import AT_A_TIME
from digests.store.unit_of_work import Store

log = logging.getLogger(__name__)

BETWEEN_LOOKS = 0.5
"""Seconds between two looks whether everything that was due has been done."""

TAKEN_WITHIN = 5.0
"""Seconds until a worker has taken a task that goes before all others; without any there is nobody to do so."""

PATIENCE = timedelta(seconds=60)
"""For what somebody waits for."""


class Dispatcher:
    """Does what `Gatherer` does for those who wait for it, by the hands of workers. For one process at a time.

    Workers put in what follows from their own work, as reading from polling; here is put in what time makes due, and
    what was lost: so it is enough that this goes on.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._regrouped_at: datetime | None = None
        self._last_id = 0  # of the articles that were there then
        self._is_due = False
        self._waiting = 0

    async def dispatch(self) -> int:
        """Put in tasks for all that is due and has none, and have stalled ones done by others; how many were put in."""
        rescued = await asyncio.to_thread(self._rescue)
        if rescued:
            log.warning("%d tasks whose workers are gone are given to others", rescued)
        count = 0
        for put_in in (self._put_in_polls, self._put_in_reads):
            while number := await asyncio.to_thread(put_in):
                count += number
                if number < AT_A_TIME:
                    break
        await asyncio.to_thread(self._tend)
        self._is_due = await asyncio.to_thread(self._anything_due)
        await asyncio.to_thread(self._put_in_regrouping)
        return count

    async def gather(self, *, reading: bool = True) -> bool:
        """Have everything done that is due, and wait for it; False where that takes longer than `PATIENCE`.

        reading: wait until what comes is read, too.
        """
        self._waiting += 1
        try:
            await self.dispatch()
            return await self._done(PATIENCE, reading=reading)
        finally:
            self._waiting -= 1

    async def plan(self, otherwise: Callable[[], Awaitable[object]]) -> None:
        """Have a worker plan the editions that are due, and wait for it.

        otherwise: plans them here, where no worker takes that on `TAKEN_WITHIN`, or one fails at it.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + TAKEN_WITHIN
        await asyncio.to_thread(self._put_in_plan)
        while (taken := await asyncio.to_thread(self._is_planning)) is not None:
            if not taken and loop.time() >= until:
                log.warning("no worker plans the editions that are due; they are planned here")
                break
            await asyncio.sleep(BETWEEN_LOOKS)
        if await asyncio.to_thread(self._editions_due):
            await otherwise()

    @property
    def is_gathering(self) -> bool:
        """Whether something is under way, as far as is known."""
        return self._is_due or self._waiting > 0

    async def finish(self, patience: timedelta) -> bool:
        """Wait until nothing is due any more; False when that takes longer than `patience`."""
        return await self._done(patience)

    async def _done(self, patience: timedelta, *, reading: bool = True) -> bool:
        loop = asyncio.get_running_loop()
        until = loop.time() + patience.total_seconds()
        while await asyncio.to_thread(self._anything_due, reading=reading):
            if loop.time() >= until:
                return False
            await asyncio.sleep(BETWEEN_LOOKS)
        self._is_due = self._is_due and not reading
        return True

    def _anything_due(self, *, reading: bool = True) -> bool:
        now = self._clock()
        with self._store.read() as work:
            return work.feeds.any_due(now) or (reading and bool(work.entries.unread(now, limit=1)))

    def _put_in_regrouping(self) -> None:
        """As `Regrouper`: not too often, and where something has come."""
        now = self._clock()
        if self._regrouped_at is not None and now - self._regrouped_at < AGAIN:
            return
        with self._store.begin() as work:
            last_id = work.articles.last_id()
            if last_id != self._last_id:
                work.tasks.regroup()
                self._regrouped_at, self._last_id = now, last_id

    def _put_in_plan(self) -> bool:
        with self._store.begin() as work:
            return work.tasks.plan()

    def _is_planning(self) -> bool | None:
        with self._store.read() as work:
            return work.tasks.is_planning()

    def _editions_due(self) -> bool:
        with self._store.read() as work:
            return work.readers.is_due(self._clock())

    def _rescue(self) -> int:
        with self._store.begin() as work:
            return work.tasks.rescue()

    def _tend(self) -> None:
        with self._store.begin() as work:
            work.tasks.tend()

    def _put_in_polls(self) -> int:
        with self._store.begin() as work:
            return work.tasks.poll(self._clock())

    def _put_in_reads(self) -> int:
        with self._store.begin() as work:
            return work.tasks.read(self._clock())
