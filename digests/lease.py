"""Which of several processes on one database is the one that polls and sends. Each call is one short transaction."""

from collections.abc import Callable
from datetime import timedelta

from digests.ports import Clock
from digests.store.unit_of_work import Store

LASTS = timedelta(seconds=20)
"""Without being renewed, as when its process was killed; another takes over then."""

RENEWED_EVERY = timedelta(seconds=5)

SENDING = "sending"
"""The name of the lease of whoever polls the messenger and sends."""


class Lease:
    """One process's hold of what only one may do at a time."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        holder: str,
        is_dead: Callable[[str], bool] = lambda _: False,
        by_database: bool = False,
    ) -> None:
        """holder: this process, as no other is called. is_dead: whether another holder is known to be no more.

        by_database: go by the clock of the database where it has one, as clocks of several machines differ.
        """
        self._store = store
        self._clock = clock
        self._holder = holder
        self._is_dead = is_dead
        self._by_database = by_database

    def take(self) -> str | None:
        """Take the lease, or renew it; None when it is ours now, else who holds it."""
        with self._store.begin() as work:
            now = (work.time() if self._by_database else None) or self._clock()
            held = work.leases.find(SENDING)
            if held is not None and held.holder != self._holder and held.until > now and not self._is_dead(held.holder):
                return held.holder
            work.leases.save(SENDING, self._holder, until=now + LASTS)
            return None

    def give_up(self) -> None:
        """Let another take it at once; nothing where it is not ours."""
        with self._store.begin() as work:
            held = work.leases.find(SENDING)
            if held is not None and held.holder == self._holder:
                work.leases.remove(SENDING)
