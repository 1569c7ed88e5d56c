"""Pruning: what is older than the operator wants to keep is forgotten, a little at a time, while the bot answers."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from digests.curate.stories import WINDOW
from digests.ports import Clock
from digests.store.pruning import OldDelivery
from digests.store.unit_of_work import Store, UnitOfWork

log = logging.getLogger(__name__)

T = TypeVar("T")

SHORTEST = timedelta(days=14)
"""... that can be asked for: `/missed` tells of two weeks, and editions of the stories of one."""

COMPARED_FOR = 2 * WINDOW
"""After that an article is compared with nothing that comes, so that its words, a quarter of it, are not needed."""

CHANGES_KEPT = timedelta(days=365)
"""At least so long it can be seen who changed what."""

AT_A_TIME = 100
"""Articles of one transaction, some tens of milliseconds: answers and editions are stored in between."""

ROWS_AT_A_TIME = 500
"""... of what is smaller than articles."""

WORDS_FORGOTTEN = "words_forgotten_until"
"""The fact that remembers up to which instant of gathering articles have lost their words."""


@dataclass(frozen=True, kw_only=True)
class Pruned:
    """How much was forgotten. stories: those that were empty already; others went with their last article."""

    articles: int
    stories: int
    deliveries: int
    entries: int
    changes: int

    def __bool__(self) -> bool:
        """Whether anything was."""
        return any(vars(self).values())


class Pruner:
    """Forgets what is old. One at a time."""

    def __init__(self, store: Store, clock: Clock, *, keep: timedelta) -> None:
        """keep: how long what was gathered and sent is kept; at least `SHORTEST`."""
        if keep < SHORTEST:
            raise ValueError(f"less than {SHORTEST.days} days: {keep}")
        self._store = store
        self._clock = clock
        self._keep = keep
        self._one_at_a_time = asyncio.Lock()

    async def prune(self) -> Pruned:
        """Forget everything that is old by now; how much that was.

        Between two transactions as much time passes as one has taken, so that others have at least half.
        """
        async with self._one_at_a_time:
            now = self._clock()
            before = now - self._keep
            pruned = Pruned(
                articles=await self._articles(before),
                stories=await self._repeat(
                    lambda work: work.pruning.empty_stories(before, limit=ROWS_AT_A_TIME),
                    lambda work, ids: work.pruning.forget_stories(ids),
                ),
                deliveries=await self._deliveries(before),
                entries=await self._entries(before),
                changes=await self._repeat(
                    lambda work: work.pruning.old_changes(min(before, now - CHANGES_KEPT), limit=ROWS_AT_A_TIME),
                    lambda work, ids: work.pruning.forget_changes(ids),
                ),
            )
            await self._words(now - COMPARED_FOR)
        if pruned:
            log.info(
                "forgot what is older than %d days: %d articles, %d deliveries, %d entries",
                self._keep.days,
                pruned.articles,
                pruned.deliveries,
                pruned.entries,
            )
        return pruned

    async def _articles(self, before: datetime) -> int:
        def awaited() -> frozenset[int]:
            with self._store.read() as work:
                return work.pruning.awaited_stories()

        but_of = await asyncio.to_thread(awaited)
        return await self._repeat(
            lambda work: work.pruning.old_articles(before, but_of=but_of, limit=AT_A_TIME),
            lambda work, ids: work.pruning.forget_articles(ids),
        )

    async def _entries(self, before: datetime) -> int:
        def feeds() -> tuple[int, ...]:
            with self._store.read() as work:
                return work.pruning.feed_ids()

        count = 0
        for feed_id in await asyncio.to_thread(feeds):

            def find(work: UnitOfWork, feed_id: int = feed_id) -> tuple[int, ...]:
                return work.pruning.old_entries(feed_id, before, limit=ROWS_AT_A_TIME)

            count += await self._repeat(find, lambda work, ids: work.pruning.forget_entries(ids))
        return count

    async def _deliveries(self, before: datetime) -> int:
        after: OldDelivery | None = None

        def some() -> tuple[OldDelivery | None, int]:
            with self._store.read() as work:
                found = work.pruning.old_deliveries(before, after=after, limit=ROWS_AT_A_TIME)
            spent = [one for one in found if one.is_spent]
            if not spent:
                return (found[-1] if found else None), 0
            with self._store.begin() as work:
                return found[-1], work.pruning.forget_deliveries(spent)

        count = 0
        while True:
            after, gone = await _at_half_speed(some)
            if after is None:
                return count
            count += gone

    async def _words(self, before: datetime) -> None:
        def some() -> bool:
            with self._store.read() as work:
                known = work.fact(WORDS_FORGOTTEN)
                since = datetime.fromisoformat(known) if known else datetime.min.replace(tzinfo=UTC)
                found = work.pruning.with_words(since, before, limit=ROWS_AT_A_TIME)
            # More may have been gathered at the last of these instants, so that the next look begins there.
            until = before if len(found) < ROWS_AT_A_TIME else found[-1][1]
            with self._store.begin() as work:
                work.pruning.forget_words([article_id for article_id, _ in found])
                work.remember(WORDS_FORGOTTEN, until.isoformat())
            return until >= before

        while not await _at_half_speed(some):
            pass

    async def _repeat(
        self,
        find: Callable[[UnitOfWork], Sequence[int]],
        forget: Callable[[UnitOfWork, Sequence[int]], int],
    ) -> int:
        """Forget what is found until nothing is; how much there was."""

        def some() -> int:
            with self._store.read() as work:
                found = find(work)
            if not found:
                return 0
            with self._store.begin() as work:
                return forget(work, found)

        count = 0
        while gone := await _at_half_speed(some):
            count += gone
        return count


async def _at_half_speed(step: Callable[[], T]) -> T:
    """What `step` gives, after as long a pause as it took."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    result = await asyncio.to_thread(step)
    await asyncio.sleep(loop.time() - began)
    return result
