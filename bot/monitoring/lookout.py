"""What waits in the database, for the probes and for Prometheus: asked no more often than is cheap."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.monitoring.metrics import NAMESPACE
from bot.monitoring.status import Status
from digests.model import EditionKind, SubscriberState
from digests.ports import Clock
from digests.store.backlog import Backlog

log = logging.getLogger(__name__)

KEPT = 2.0
"""Seconds that an answer is good for."""

SHARE = 20
"""Where counting takes long, as with millions of readers, it is this many times as long until it is done again."""

PATIENCE = 5.0
"""Seconds for the database to answer."""


class Lookout(Collector):
    """Asks the database, and tells Prometheus what it last said."""

    def __init__(self, status: Status, clock: Clock) -> None:
        self._status = status
        self._clock = clock
        self._latest: Backlog | None = None
        self._good_until = 0.0
        self._one_at_a_time = asyncio.Lock()

    async def look(self) -> Backlog | None:
        """What waits now; None when the database is not open or gives no answer in time."""
        async with self._one_at_a_time:
            loop = asyncio.get_running_loop()
            began_at = loop.time()
            if began_at >= self._good_until:
                try:
                    async with asyncio.timeout(PATIENCE):
                        self._latest = await asyncio.to_thread(self._ask)
                except Exception as error:  # noqa: BLE001 - whatever ails the database, saying so is the task
                    log.warning("the database can't be asked what waits: %s", type(error).__name__)
                    self._latest = None
                took = loop.time() - began_at
                self._good_until = loop.time() + max(KEPT, SHARE * took)
            return self._latest

    def _ask(self) -> Backlog | None:
        store = self._status.store
        if store is None:
            return None
        with store.read() as work:
            return work.backlog(self._clock())

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Every metric of the database, without values while there is no answer."""
        found = self._latest
        up = None if self._status.store is None else float(found is not None)
        yield _gauge("database_up", "1 when the database answered", up)
        for name, text, value in _NUMBERS:
            yield _gauge(name, text, None if found is None else value(found))
        for name, text, label, values in _TABLES:
            yield _labelled(name, text, label, {} if found is None else values(found))


_NUMBERS: tuple[tuple[str, str, Callable[[Backlog], float | None]], ...] = (
    ("feeds_due", "Feeds to be polled now", lambda found: found.feeds_due),
    ("feeds_late", "Feeds that should have been polled ten minutes ago", lambda found: found.feeds_late),
    ("feeds_failing", "Feeds whose latest poll failed", lambda found: found.feeds_failing),
    ("feed_last_success_timestamp_seconds", "Latest good poll of any feed", lambda found: _at(found.last_success_at)),
    ("entries_unread", "Entries whose pages are to be read now", lambda found: found.unread),
    ("editions_due", "Editions that are due and not told yet", lambda found: found.editions_due),
    ("editions_late", "Editions that are due for more than five minutes", lambda found: found.editions_late),
    (
        "edition_oldest_due_timestamp_seconds",
        "When the oldest edition that is not told yet was due",
        lambda found: _at(found.oldest_edition_at),
    ),
    (
        "workers",
        "Workers that gave a sign of life just now",
        lambda found: None if found.workload is None else found.workload.workers,
    ),
    (
        "tasks_under_way",
        "Tasks that workers have",
        lambda found: None if found.workload is None else found.workload.under_way,
    ),
    (
        "tasks_stalled",
        "Tasks that workers have and nobody works at",
        lambda found: None if found.workload is None else found.workload.stalled,
    ),
)

_TABLES: tuple[tuple[str, str, str, Callable[[Backlog], dict[str, int]]], ...] = (
    (
        "feeds",
        "Feeds by what is done with them",
        "state",
        lambda found: {"polled": found.feeds, "paused": found.paused, "stopped": found.stopped},
    ),
    (
        "deliveries_waiting",
        "Deliveries in the outbox",
        "kind",
        lambda found: {kind.value: found.deliveries.get(kind, 0) for kind in EditionKind},
    ),
    (
        "tasks_waiting",
        "Tasks in the queue",
        "kind",
        lambda found: found.workload.waiting if found.workload else {},
    ),
    (
        "subscribers",
        "Readers by state",
        "state",
        lambda found: {state.value: found.subscribers.get(state, 0) for state in SubscriberState},
    ),
)


def _at(instant: datetime | None) -> float | None:
    return None if instant is None else instant.timestamp()


def _gauge(name: str, text: str, value: float | None) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"{NAMESPACE}_{name}", text)
    if value is not None:
        family.add_metric([], value)
    return family


def _labelled(name: str, text: str, label: str, values: dict[str, int]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"{NAMESPACE}_{name}", text, labels=[label])
    for value, number in values.items():
        family.add_metric([value], number)
    return family
