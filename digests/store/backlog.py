"""What waits in the database, and for how long: for watching the product, in counts that indexes answer."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, Select, func, select

from digests.model import EditionKind, SubscriberState
from digests.store.dialect import unindexed
from digests.store.feeds import UNREAD
from digests.store.outbox import DeliveryState
from digests.store.tables import deliveries, entries, feeds, subscribers, subscriptions
from digests.store.tasks import Tasks, Workload

FEED_LATE = timedelta(minutes=10)
"""A feed that is due for longer should have been polled: due ones are looked for several times a minute."""

EDITION_LATE = timedelta(minutes=5)
"""An edition that is due for longer should have been told."""


@dataclass(frozen=True, kw_only=True)
class Backlog:
    """At one moment.

    feeds: those that are polled, of which some are due, some of these late; failing: their latest poll failed.
    paused: as an admin asked. stopped: given up, as their publishers ask or after failing for long. last_success_at: of
    any feed; None before.
    unread: entries whose pages are to be read now.
    editions: those that are due and not yet told, whether planned or not, of which some are late. oldest_edition_at:
    when the oldest of them was due; None for none. deliveries: kind of edition -> in the outbox.
    subscribers: state -> how many. workload: of workers; None where there is no queue.
    """

    feeds: int
    paused: int
    stopped: int
    feeds_due: int
    feeds_late: int
    feeds_failing: int
    last_success_at: datetime | None
    unread: int
    editions_due: int
    editions_late: int
    oldest_edition_at: datetime | None
    deliveries: dict[EditionKind, int] = field(default_factory=dict)
    subscribers: dict[SubscriberState, int] = field(default_factory=dict)
    workload: Workload | None = None


def backlog(connection: Connection, now: datetime) -> Backlog:
    """What waits at `now`."""
    polled = connection.execute(_of_feeds(now)).one()
    unread = select(func.count()).where(entries.c.state == UNREAD, entries.c.next_read_at <= now)
    unplanned, queued = connection.execute(_unplanned(now)).one(), connection.execute(_queued(now)).all()
    # Broadcasts take their time, so they are never late.
    timed = [row for row in queued if row.kind != EditionKind.BROADCAST.value]
    readers = select(subscribers.c.state, func.count()).group_by(subscribers.c.state)
    return Backlog(
        feeds=polled.feeds,
        paused=polled.paused,
        stopped=polled.stopped,
        feeds_due=polled.feeds_due,
        feeds_late=polled.feeds_late,
        feeds_failing=polled.feeds_failing,
        last_success_at=polled.last_success_at,
        unread=connection.execute(unread).scalar_one(),
        editions_due=unplanned.due + sum(row.due for row in timed),
        editions_late=unplanned.late + sum(row.late for row in timed),
        oldest_edition_at=min((row.oldest for row in (unplanned, *timed) if row.oldest is not None), default=None),
        deliveries={EditionKind(row.kind): row.due for row in queued},
        subscribers={SubscriberState(row[0]): row[1] for row in connection.execute(readers)},
        workload=Tasks(connection, None).workload(),
    )


def _of_feeds(now: datetime) -> Select[int, int, int, int, int, int, datetime | None]:
    is_polled = ~feeds.c.is_paused & ~feeds.c.is_stopped
    return select(
        func.count().filter(is_polled).label("feeds"),
        func.count().filter(feeds.c.is_paused).label("paused"),
        func.count().filter(~feeds.c.is_paused & feeds.c.is_stopped).label("stopped"),
        func.count().filter(is_polled & (feeds.c.next_poll_at <= now)).label("feeds_due"),
        func.count().filter(is_polled & (feeds.c.next_poll_at <= now - FEED_LATE)).label("feeds_late"),
        func.count().filter(is_polled & (feeds.c.error != "")).label("feeds_failing"),
        func.max(feeds.c.last_success_at).label("last_success_at"),
    )


def _unplanned(now: datetime) -> Select[int, int, datetime | None]:
    """Editions that are due and not yet in the outbox."""
    return (
        select(
            func.count().label("due"),
            func.count().filter(subscriptions.c.next_edition_at <= now - EDITION_LATE).label("late"),
            func.min(subscriptions.c.next_edition_at).label("oldest"),
        )
        .join_from(subscriptions, subscribers)
        .where(
            unindexed(subscribers.c.state) == SubscriberState.ACTIVE.value,
            subscriptions.c.next_edition_at <= now,
        )
    )


def _queued(now: datetime) -> Select[str, int, int, datetime | None]:
    """Kind -> what is in the outbox, whether it is to be sent at once or after a pause."""
    return (
        select(
            deliveries.c.kind,
            func.count().label("due"),
            func.count().filter(deliveries.c.edition_at <= now - EDITION_LATE).label("late"),
            func.min(deliveries.c.edition_at).label("oldest"),
        )
        .where(deliveries.c.state == DeliveryState.QUEUED.value)
        .group_by(deliveries.c.kind)
    )
