"""What this process is doing, as the probes tell it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from prometheus_client import Gauge

from digests.store.unit_of_work import Store


class Role(StrEnum):
    """starting: Telegram has not accepted the token yet; standby: waits for its turn; active: runs the bot.

    worker: takes tasks from the queue, and knows nothing of Telegram.
    """

    STARTING = "starting"
    STANDBY = "standby"
    ACTIVE = "active"
    WORKER = "worker"


@dataclass
class Status:
    """Kept up by whoever runs the bot. store: None while the database is not open."""

    role: Role = Role.STARTING
    store: Store | None = None

    @contextmanager
    def ready(self, store: Store) -> Iterator[None]:
        """Within, Telegram knows the bot and the database is open, and its turn is waited for."""
        self.role, self.store = Role.STANDBY, store
        try:
            yield
        finally:
            self.role, self.store = Role.STARTING, None

    @contextmanager
    def working(self, store: Store) -> Iterator[None]:
        """Within, this process takes tasks from the queue."""
        self.role, self.store = Role.WORKER, store
        try:
            yield
        finally:
            self.role, self.store = Role.STARTING, None

    @contextmanager
    def running(self, gauge: Gauge) -> Iterator[None]:
        """Within, this process runs the bot."""
        self.role = Role.ACTIVE
        gauge.set(1)
        try:
            yield
        finally:
            self.role = Role.STANDBY
            gauge.set(0)
