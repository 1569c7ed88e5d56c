"""Writers of this process stand in line, for a database that would have them look again and again whether it is free.

SQLite's own way of waiting (sqlite.org/c3ref/busy_timeout.html) is to sleep for up to 0.1 s and to look again: whoever
comes in such a moment goes first, and while feeds are gathered one may wait for a second for what takes 5 ms.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Line:
    """Lets one thread in at a time, in the order in which they came."""

    def __init__(self, patience: float) -> None:
        """patience: seconds after which one goes in all the same, as the database is there to keep writers apart."""
        self._patience = patience
        self._lock = threading.Lock()
        self._is_taken = False
        self._waiting: deque[threading.Event] = deque()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Within, no other thread that asks is let in."""
        is_ours = self._take()
        try:
            yield
        finally:
            if is_ours:
                self._pass_on()

    def _take(self) -> bool:
        with self._lock:
            if not self._is_taken:
                self._is_taken = True
                return True
            called = threading.Event()
            self._waiting.append(called)
        if called.wait(self._patience):
            return True
        with self._lock:
            if called.is_set():  # in this very moment
                return True
            self._waiting.remove(called)
            return False

    def _pass_on(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._is_taken = False
