"""From an address that somebody gave to the feeds behind it: each read once, the best first."""

import asyncio
import logging
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from digests.errors import (
    FetchError,
    FetchTimeoutError,
    HttpStatusError,
    NoFeedFoundError,
    NotAFeedError,
    WorkerError,
)
from digests.gather.discover import (
    Places,
    Specimen,
    best_first,
    blind_places,
    is_of_comments,
    places,
    read_specimen,
)
from digests.gather.feeds import MAX_BYTES
from digests.model import FoundFeed, Response
from digests.ports import Clock, Fetcher, Worker

log = logging.getLogger(__name__)

AT_ONCE = 3
"""Places of one site that are asked at a time; the fetcher has its own limit for a host."""

PATIENCE = timedelta(seconds=5)
"""With places that do not answer, before others get their turn or what is found has to do."""

LAST_PATIENCE = timedelta(seconds=25)
"""The same while nothing is found and nothing else is left to try: feeds may be slow to be made."""

_BARRED = frozenset({401, 403, 405, 406})
_BARRING = frozenset({"challenge", "robots"})
_NOT_THERE = frozenset({404, 410})


def sole(found: Sequence[FoundFeed]) -> FoundFeed | None:
    """The feed that is meant without a doubt: the only one, comments aside; None where there is a choice."""
    news = [one for one in found if not is_of_comments(one.url, one.title)] or list(found)
    return news[0] if len(news) == 1 else None


class FeedFinder:
    """Looks for feeds on behalf of somebody who waits: a few questions at a time, and none twice."""

    def __init__(self, fetcher: Fetcher, worker: Worker, clock: Clock) -> None:
        self._fetcher = fetcher
        self._worker = worker
        self._clock = clock

    async def find(self, url: str) -> tuple[FoundFeed, ...]:
        """The feed at the address; else every feed found on the site there, best first. At least one.

        Raises:
            FetchError: the address could not be had, or none of the feeds that it names.
            WorkerError: what stands there could not be read.
            NoFeedFoundError: neither it nor its site is a feed.
        """
        refused: FetchError | None = None
        try:
            answer = await self._get(url)
        except FetchError as error:
            where, refused = _behind(url, error), error
        else:
            with suppress(NotAFeedError):
                return ((await self._read(answer)).found,)
            where = await self._places(answer)
        return await self._feeds_at(where, refused)

    async def _places(self, page: Response) -> Places:
        try:
            return await self._worker.run(places, page.body, url=page.url, content_type=page.content_type)
        except WorkerError as error:
            log.warning("a page could not be searched for feeds: %s", error)
            return blind_places(page.url)

    async def _feeds_at(self, where: Places, refused: FetchError | None) -> tuple[FoundFeed, ...]:
        told = await self._try_all(where.named)
        found = best_first([one for one in told.values() if isinstance(one, Specimen)])
        if not found:
            guessed = await self._try_all(where.usual, one_is_enough=True)
            found = best_first([one for one in guessed.values() if isinstance(one, Specimen)])
        if found:
            return found
        # A feed that is named and can't be had right now is no missing feed.
        named = next(iter(told.values()), None)
        if refused is None and isinstance(named, FetchError) and not isinstance(named, NotAFeedError):
            refused = None if isinstance(named, HttpStatusError) and named.status in _NOT_THERE else named
        raise refused or NoFeedFoundError

    async def _try_all(
        self, addresses: Sequence[str], *, one_is_enough: bool = False
    ) -> dict[str, Specimen | FetchError | WorkerError]:
        """What stands at each address, in their order; only those that answered in time.

        A few are asked at a time. Those that are slow step aside, so that the others need not wait for them; when one
        is a feed, the slow ones are waited for no longer than that. one_is_enough: begin no more after the first feed.
        """
        waiting = deque(addresses)
        running: dict[asyncio.Task[Specimen | FetchError | WorkerError], str] = {}
        told: dict[str, Specimen | FetchError | WorkerError] = {}
        free = AT_ONCE
        try:
            while waiting or running:
                found = any(isinstance(one, Specimen) for one in told.values())
                if found and one_is_enough:
                    waiting.clear()
                while waiting and free:
                    address = waiting.popleft()
                    running[asyncio.create_task(self._try(address))] = address
                    free -= 1
                if not running:
                    break
                patience = PATIENCE if waiting or found else LAST_PATIENCE
                done, _ = await asyncio.wait(running, timeout=patience.total_seconds(), return_when="FIRST_COMPLETED")
                if not done and not waiting:
                    break
                free = min(AT_ONCE, free + len(done)) if done else AT_ONCE
                told |= {running.pop(task): task.result() for task in done}
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
        told |= {address: FetchTimeoutError("no answer in time") for address in running.values()}
        return {address: told[address] for address in addresses if address in told}

    async def _try(self, address: str) -> Specimen | FetchError | WorkerError:
        try:
            return await self._read(await self._get(address))
        except (FetchError, WorkerError) as error:
            log.info("no feed where one might be: %s", error)
            return error

    async def _get(self, url: str) -> Response:
        answer = await self._fetcher.get(url, limit=MAX_BYTES)
        assert isinstance(answer, Response)  # without validators nothing is unchanged
        return answer

    async def _read(self, answer: Response) -> Specimen:
        return await self._worker.run(
            read_specimen,
            answer.body,
            url=answer.url,
            content_type=answer.content_type,
            now=self._clock(),
        )


def _behind(url: str, error: FetchError) -> Places:
    """Where to look although the page can't be had: sites that let no program in often do offer feeds."""
    where = blind_places(url)
    barred = isinstance(error, HttpStatusError) and error.status in _BARRED
    if where.named or barred or error.code in _BARRING:
        return where
    raise error
