"""Counts for those who run the bot, in the database."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, func, select

from digests.model import EditionKind, SubscriberState
from digests.store.dialect import day_of
from digests.store.outbox import DeliveryState
from digests.store.tables import articles, deliveries, subscribers

MOST_DELAYS = 5_000
"""Deliveries that are looked at for how late they came, the newest."""


class Figures:
    """What happened, by days in UTC."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def readers(self) -> dict[SubscriberState, int]:
        """How many readers are in each state."""
        statement = select(subscribers.c.state, func.count()).group_by(subscribers.c.state)
        return {SubscriberState(row[0]): row[1] for row in self._connection.execute(statement)}

    def joined(self, since: datetime) -> dict[date, int]:
        """Day -> readers who came first then, of those who are still known."""
        return self._by_day(subscribers.c.created_at, subscribers.c.created_at >= since)

    def editions(self, since: datetime, kind: EditionKind) -> dict[date, int]:
        """Day -> deliveries of that kind that told something and were handed over."""
        kept = deliveries.c
        which = (kept.kind == kind.value) & (kept.state == DeliveryState.DONE.value) & (kept.stories > 0)
        return self._by_day(kept.edition_at, which & (kept.edition_at >= since))

    def articles(self, since: datetime) -> dict[date, int]:
        """Day -> articles gathered."""
        return self._by_day(articles.c.gathered_at, articles.c.gathered_at >= since)

    def delays(self, since: datetime) -> tuple[float, ...]:
        """Seconds from due to handed over, of scheduled editions that told something; the newest `MOST_DELAYS`."""
        kept = deliveries.c
        statement = (
            select(kept.edition_at, kept.settled_at)
            .where(
                kept.kind == EditionKind.SCHEDULED.value,
                kept.state == DeliveryState.DONE.value,
                kept.stories > 0,
                kept.settled_at.is_not(None),
                kept.edition_at >= since,
            )
            .order_by(kept.edition_at.desc())
            .limit(MOST_DELAYS)
        )
        return tuple(
            max(0.0, (row.settled_at - row.edition_at).total_seconds()) for row in self._connection.execute(statement)
        )

    def _by_day(self, column: ColumnElement[datetime], which: ColumnElement[bool]) -> dict[date, int]:
        day = day_of(self._connection, column)
        rows = self._connection.execute(select(day, func.count()).where(which).group_by(day))
        return {date.fromisoformat(row[0]): row[1] for row in rows}
