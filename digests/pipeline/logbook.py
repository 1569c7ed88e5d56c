"""What becomes of deliveries, written down by one writer: what many note at one moment is one transaction.

A transaction costs more than what is in it, and SQLite has one writer at a time. Whoever notes something waits until it
is stored, so that nothing is sent that is not known to be on its way.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from digests.pipeline.books import Books
from digests.ports import Clock
from digests.store.outbox import SentPart
from digests.store.unit_of_work import Store, UnitOfWork

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


class Logbook:
    """Writes down what becomes of deliveries. For one event loop."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._books: Books[_Note, Any] = Books(self._stored)

    async def claim(self, delivery_id: int, number: int) -> bool:
        """Mark one part as being sent; False when it is not waiting to be sent (any more)."""
        return bool(await self._books.enter(_Claim(delivery_id, number)))

    async def sent(self, part: SentPart, *, within: float = 0.0) -> None:
        """Note that the part was accepted. within: seconds in which that may be stored together with the next claim."""
        await self._books.enter(part, within=within)

    async def change(self, make: Callable[[UnitOfWork], T]) -> T:
        """Whatever `make` gives, once it is stored."""
        return cast("T", await self._books.enter(_Change(make)))

    async def _stored(self, notes: Sequence[_Note]) -> list[Any]:
        return await asyncio.to_thread(self._store_all, notes)

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
