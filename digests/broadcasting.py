"""Use cases of a broadcast: what an admin writes to the readers who agreed to hear from admins."""

from datetime import timedelta

from digests.errors import UnknownBroadcastError
from digests.model import Act, Actor
from digests.ports import Clock
from digests.store.broadcasts import Progress
from digests.store.unit_of_work import Store

AT_A_TIME = 2_000
"""Readers queued in one transaction: others write meanwhile."""

PER_SECOND = 25
"""Messages a second that a broadcast may count on while editions and answers need little."""


class Broadcasting:
    """Begins broadcasts and looks after them. Safe to call from any thread; sending them is the publisher's."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def audience(self) -> int:
        """How many readers one would go to now."""
        with self._store.read() as work:
            return work.broadcasts.audience()

    def begin(self, by: Actor, text: str) -> Progress:
        """Queue the text, HTML as the messenger takes it, for every reader who agreed.

        Raises:
            ValueError: there is no text.
        """
        if not text.strip():
            raise ValueError("a broadcast without text")
        now = self._clock()
        with self._store.begin() as work:
            broadcast_id = work.broadcasts.add(text, user_id=by.user_id, now=now)
            after = {"text": text, "readers": work.broadcasts.audience()}
            work.audit.add(by, Act.BROADCAST, str(broadcast_id), after=after, now=now)
        self._queue(broadcast_id)
        return self.progress(broadcast_id)

    def resume(self) -> int:
        """Go on with what a standstill interrupted before it was queued for all; how many there were."""
        with self._store.read() as work:
            unfinished = work.broadcasts.unfinished()
        for broadcast_id in unfinished:
            self._queue(broadcast_id)
        return len(unfinished)

    def _queue(self, broadcast_id: int) -> None:
        more = True
        while more:
            with self._store.begin() as work:
                more = work.broadcasts.queue(broadcast_id, limit=AT_A_TIME)

    def progress(self, broadcast_id: int) -> Progress:
        """How far it is.

        Raises:
            UnknownBroadcastError: there is none of that id.
        """
        with self._store.read() as work:
            progress = work.broadcasts.progress(broadcast_id)
        if progress is None:
            raise UnknownBroadcastError
        return progress

    def latest(self) -> Progress | None:
        """The newest; None where there was none."""
        with self._store.read() as work:
            latest = work.broadcasts.latest()
            return None if latest is None else work.broadcasts.progress(latest)

    def cancel(self, broadcast_id: int) -> Progress:
        """Send it to nobody more.

        Raises:
            UnknownBroadcastError: there is none of that id.
        """
        self.progress(broadcast_id)
        with self._store.begin() as work:
            work.broadcasts.cancel(broadcast_id, now=self._clock())
        return self.progress(broadcast_id)


def duration(readers: int) -> timedelta:
    """About how long it takes to write to so many."""
    return timedelta(seconds=readers / PER_SECOND)
