"""Keeping the books: what many tasks have to store, or to ask, goes into few calls."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

MOST = 100
"""Of one call: a transaction lets other writers have their turn."""


class Books(Generic[T, R]):
    """Whatever is entered while one call is under way shares the next."""

    def __init__(self, settle: Callable[[Sequence[T]], Awaitable[Sequence[R]]]) -> None:
        """settle: deals with several, and says what came of each, in order; one call at a time."""
        self._settle = settle
        self._waiting: list[tuple[T, asyncio.Future[R]]] = []
        self._writing: asyncio.Task[None] | None = None
        self._at_last: asyncio.TimerHandle | None = None

    async def enter(self, item: T, *, within: float = 0.0) -> R:
        """What came of storing `item`, or what `settle` raised for it alone.

        within: seconds for which it may wait for others, to share their call; nothing is called for it alone till then.
        """
        settled: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, settled))
        if not within:
            self._begin()
        elif self._at_last is None:
            self._at_last = asyncio.get_running_loop().call_later(within, self._begin)
        return await settled

    def _begin(self) -> None:
        if self._at_last is not None:
            self._at_last.cancel()
            self._at_last = None
        if self._waiting and (self._writing is None or self._writing.done()):
            self._writing = asyncio.create_task(self._write())

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            try:
                await self._together(batch)
            except Exception:  # noqa: BLE001 - one that can't be stored is no reason to store none of the others
                for one in batch:
                    await self._alone(one)

    async def _together(self, batch: Sequence[tuple[T, asyncio.Future[R]]]) -> None:
        results = await self._settle([item for item, _ in batch])
        for (_, settled), result in zip(batch, results, strict=True):
            if not settled.done():
                settled.set_result(result)

    async def _alone(self, one: tuple[T, asyncio.Future[R]]) -> None:
        try:
            await self._together([one])
        except Exception as error:  # noqa: BLE001 - whoever waits is to hear of it, or waits forever
            if not one[1].done():
                one[1].set_exception(error)
