"""What becomes of deliveries, written down by one writer: what many note at one moment is one transaction.

A transaction costs more than what is in it, and SQLite has one writer at a time. Whoever notes something waits until it
is stored, so that nothing is sent that is not known to be on its way.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from digests.ports import Clock
from digests.store.outbox import SentPart
from digests.store.unit_of_work import Store, UnitOfWork

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True)
class _Claim:
    """One part, to be marked as being sent."""

    delivery_id: int
    number: int


@dataclass(frozen=True)
class _Change(Generic[T]):
    """Anything else."""

    make: Callable[[UnitOfWork], T]


_Note = _Claim | SentPart | _Change[Any]
_Waiting = tuple[_Note, "asyncio.Future[Any]"]


class Logbook:
    """Writes down what becomes of deliveries. For one event loop."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._waiting: list[_Waiting] = []
        self._writing: asyncio.Task[None] | None = None

    async def claim(self, delivery_id: int, number: int) -> bool:
        """Mark one part as being sent; False when it is not waiting to be sent (any more)."""
        return bool(await self._note(_Claim(delivery_id, number)))

    async def sent(self, part: SentPart) -> None:
        """Note that the part was accepted."""
        await self._note(part)

    async def change(self, make: Callable[[UnitOfWork], T]) -> T:
        """Whatever `make` gives, once it is stored."""
        return cast("T", await self._note(_Change(make)))

    async def _note(self, note: _Note) -> Any:  # noqa: ANN401 - told apart above
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append((note, future))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        return await future

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            if not await self._store_together(batch):
                for one in batch:  # so that whatever ails one is its own trouble
                    await self._store_together([one])

    async def _store_together(self, batch: Sequence[_Waiting]) -> bool:
        """Store and answer them; False, changing nothing, where they are several and one can't be stored."""
        try:
            results = await asyncio.to_thread(self._store_all, [note for note, _ in batch])
        except Exception as error:
            if len(batch) > 1:
                log.exception("%d notes could not be stored together", len(batch))
                return False
            results = [error]
        for (_, future), result in zip(batch, results, strict=True):
            if future.done():
                continue  # nobody waits for it any longer
            if isinstance(result, Exception):
                future.set_exception(result)
            else:
                future.set_result(result)
        return True

    def _store_all(self, notes: Sequence[_Note]) -> list[Any]:
        by_number: defaultdict[int, set[int]] = defaultdict(set)
        for note in notes:
            if isinstance(note, _Claim):
                by_number[note.number].add(note.delivery_id)
        with self._store.begin() as work:
            changed = [note.make(work) if isinstance(note, _Change) else None for note in notes]
            work.outbox.note_sent([note for note in notes if isinstance(note, SentPart)], now=self._clock())
            claimed = {number: work.outbox.claim_of(ids, number) for number, ids in by_number.items()}
        return [
            note.delivery_id in claimed[note.number] if isinstance(note, _Claim) else result
            for note, result in zip(notes, changed, strict=True)
        ]
