"""Regrouping: what was joined cautiously as it arrived is compared again, all with all, before digests are built."""

import asyncio
import logging
from datetime import datetime, timedelta
from pathlib import Path

from digests.curate.stories import Known
from digests.errors import WorkerError
from digests.ports import Clock, Worker
from digests.regrouping import regroup_window
from digests.store.unit_of_work import Store

log = logging.getLogger(__name__)

WINDOW = timedelta(hours=24)
"""What was gathered since then is compared; older stories have been before."""

AGAIN = timedelta(minutes=10)
"""Not more often, however much is gathered."""

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
        self._one_at_a_time = asyncio.Lock()

    async def regroup(self) -> int:
        """Compare the stories of the window; how many were given up for others.

        Nothing is done where nothing has come since the last time, or that was just now. A fault is logged, never
        raised: digests are built without it then.
        """
        async with self._one_at_a_time:
            now = self._clock()
            if self._last_at is not None and now - self._last_at < AGAIN:
                return 0
            story_of = await asyncio.to_thread(self._stories, now)
            if story_of == self._last or len(set(story_of.values())) < 2:  # noqa: PLR2004 - a pair
                return 0
            self._last_at, self._last = now, story_of
            try:
                return await self._joined(story_of)
            except WorkerError:
                log.exception("%d articles can't be regrouped", len(story_of))
                return 0

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
