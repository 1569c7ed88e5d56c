"""Regrouping: what was joined cautiously as it arrived is compared again, all with all, before digests are built."""

import asyncio
import logging
from datetime import datetime, timedelta
from pathlib import Path

from digests.curate.stories import Known
from digests.ports import Clock, Worker
from digests.regrouping import regroup_window
from digests.store.unit_of_work import Store

log = logging.getLogger(__name__)

WINDOW = timedelta(hours=24)
"""What was gathered since then is compared; older stories have been before."""

AGAIN = timedelta(minutes=10)
"""Not more often, however much is gathered."""

BEFORE_EDITIONS = timedelta(seconds=5)
"""So long editions that are due wait for it: a bot that takes over from another sends within 30 s of its death."""

HEAD = 300
"""Characters of a text that stand for it, beside the title: the event itself stands there."""


class Regrouper:
    """Joins stories that turn out to be one. Stories that a reader has had keep their ids for ever."""

    def __init__(
        self, store: Store, worker: Worker, clock: Clock, *, data_dir: Path | None = None, thorough: bool = False
    ) -> None:
        """data_dir: for the table of meanings; None to go by words alone. thorough: as in `regroup_window`."""
        self._store = store
        self._worker = worker
        self._clock = clock
        self._data_dir = data_dir
        self._thorough = thorough
        self._last_at: datetime | None = None
        self._last: dict[int, int] = {}
        self._under_way: asyncio.Task[int] | None = None

    async def regroup(self, *, patience: timedelta | None = None) -> int | None:
        """Compare the stories of the window; how many were given up for others.

        Nothing is done where nothing has come since the last time, or that was just now. A fault is logged, never
        raised: digests are built without it then. patience: for whoever can't wait; None comes back after it, and the
        comparing goes on.
        """
        if self._under_way is None or self._under_way.done():
            self._under_way = asyncio.create_task(self._regroup())
        under_way = self._under_way
        done, _ = await asyncio.wait({under_way}, timeout=None if patience is None else patience.total_seconds())
        if done:
            return under_way.result()
        log.info("stories are still being compared; they are told as they are")
        return None

    async def close(self) -> None:
        """Give up what is under way."""
        if self._under_way is not None and not self._under_way.done():
            self._under_way.cancel()
            await asyncio.wait({self._under_way})

    async def _regroup(self) -> int:
        try:
            return await self._compared()
        except Exception:  # nobody may be waiting for it any more, and whoever does goes on without it
            log.exception("stories can't be compared")
            return 0

    async def _compared(self) -> int:
        now = self._clock()
        if self._last_at is not None and now - self._last_at < AGAIN:
            return 0
        story_of = await asyncio.to_thread(self._stories, now)
        if story_of == self._last or len(set(story_of.values())) < 2:  # noqa: PLR2004 - a pair
            return 0
        self._last_at = now
        count = await self._joined(story_of)
        self._last = story_of
        return count

    async def _joined(self, story_of: dict[int, int]) -> int:
        articles, heads, told = await asyncio.to_thread(self._look, story_of)
        new = await self._worker.run(
            regroup_window, articles, heads, told=told, data_dir=self._data_dir, thorough=self._thorough
        )
        if not new:
            return 0

        def join() -> int:
            with self._store.begin() as work:
                return work.articles.join_stories(new)

        count = await asyncio.to_thread(join)
        log.info("%d stories turned out to tell what others tell", count)
        return count

    def _stories(self, now: datetime) -> dict[int, int]:
        with self._store.read() as work:
            return work.articles.story_of(now - WINDOW)

    def _look(self, story_of: dict[int, int]) -> tuple[tuple[Known, ...], dict[int, str], frozenset[int]]:
        with self._store.read() as work:
            return (
                work.articles.known(story_of),
                work.articles.heads_of(story_of, length=HEAD),
                work.articles.told(set(story_of.values())),
            )
