"""Deliveries in the database: what is still to be sent, and what became of what was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, func, select, update

from digests.model import Delivery, EditionKind, Part, PartState, Subscription
from digests.store.dialect import insert
from digests.store.tables import deliveries, parts, seen_stories, subscriptions


class DeliveryState(StrEnum):
    """queued: parts are left to send; done: none is; dropped: the chat is closed, or the digest was refused."""

    QUEUED = "queued"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, kw_only=True)
class LedgerEntry:
    """What became of one edition. kind, state: as in `EditionKind` and `DeliveryState`. stories: how many it told."""

    edition_at: datetime
    kind: str
    state: str
    stories: int


class Outbox:
    """Digests waiting to be sent, at most one for each subscription and edition."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        subscription: Subscription,
        messages: Sequence[Part],
        *,
        edition_at: datetime,
        kind: EditionKind,
        stories: int,
        now: datetime,
    ) -> int | None:
        """Queue an edition; None, changing nothing, when it is queued or sent already.

        stories: how many it tells; an edition without messages is entered as done, for the record.
        """
        row = {
            "subscription_id": subscription.id,
            "edition_at": edition_at,
            "kind": kind.value,
            "state": (DeliveryState.QUEUED if messages else DeliveryState.DONE).value,
            "stories": stories,
            "attempts": 0,
            "next_attempt_at": now,
            "created_at": now,
        }
        statement = insert(self._connection, deliveries).values(row).on_conflict_do_nothing()
        delivery_id: int | None = self._connection.execute(statement.returning(deliveries.c.id)).scalar()
        if delivery_id is None:
            return None
        rows = [
            {
                "delivery_id": delivery_id,
                "number": number,
                "text": part.text,
                "keyboard": part.keyboard,
                "silent": part.silent,
                "state": PartState.QUEUED.value,
            }
            for number, part in enumerate(messages)
        ]
        if rows:
            self._connection.execute(insert(self._connection, parts), rows)
        return delivery_id

    def get(self, delivery_id: int) -> Delivery | None:
        """One delivery, None when nothing of it is waiting to be sent."""
        return next(iter(self._select(deliveries.c.id == delivery_id, limit=1)), None)

    def due(self, now: datetime, *, limit: int) -> tuple[Delivery, ...]:
        """Deliveries with parts to be sent at `now`, the longest due first."""
        return self._select(deliveries.c.next_attempt_at <= now, limit=limit)

    def _select(self, which: ColumnElement[bool], *, limit: int) -> tuple[Delivery, ...]:
        statement = (
            select(deliveries, subscriptions.c.chat_id)
            .join(subscriptions)
            .where(deliveries.c.state == DeliveryState.QUEUED.value, which)
            .order_by(deliveries.c.next_attempt_at, deliveries.c.id)
            .limit(limit)
        )
        return tuple(
            Delivery(
                id=row.id,
                chat_id=row.chat_id,
                edition_at=row.edition_at,
                attempts=row.attempts,
                parts=self._left(row.id),
            )
            for row in self._connection.execute(statement).all()
        )

    def claim(self, delivery_id: int, number: int) -> bool:
        """Mark one part as being sent; False when it is not waiting to be sent (any more)."""
        which = (parts.c.delivery_id == delivery_id) & (parts.c.number == number)
        statement = update(parts).where(which, parts.c.state == PartState.QUEUED.value)
        return self._connection.execute(statement.values(state=PartState.SENDING.value)).rowcount == 1

    def mark(self, delivery_id: int, number: int, state: PartState) -> None:
        """Note what became of one part."""
        which = (parts.c.delivery_id == delivery_id) & (parts.c.number == number)
        self._connection.execute(update(parts).where(which).values(state=state.value))

    def postpone(self, delivery_id: int, *, until: datetime) -> None:
        """Leave the delivery alone until then."""
        values = {"attempts": deliveries.c.attempts + 1, "next_attempt_at": until}
        self._connection.execute(update(deliveries).where(deliveries.c.id == delivery_id).values(values))

    def settle(self, delivery_id: int, state: DeliveryState) -> None:
        """Note that nothing more of the delivery is to be sent."""
        self._connection.execute(update(deliveries).where(deliveries.c.id == delivery_id).values(state=state.value))

    def forget_in_flight(self) -> int:
        """Mark parts whose sending was cut short as unknown; how many there were. Only while nothing is being sent."""
        statement = update(parts).where(parts.c.state == PartState.SENDING.value)
        return self._connection.execute(statement.values(state=PartState.UNKNOWN.value)).rowcount

    def last_edition_at(self, subscription_id: int) -> datetime | None:
        """The latest edition entered for the subscription, of either kind; None before its first."""
        statement = select(func.max(deliveries.c.edition_at)).where(deliveries.c.subscription_id == subscription_id)
        found: datetime | None = self._connection.execute(statement).scalar()
        return found

    def last_told_at(self, subscription_id: int) -> datetime | None:
        """The latest edition that told any story; None before the first."""
        statement = select(func.max(deliveries.c.edition_at)).where(
            deliveries.c.subscription_id == subscription_id,
            deliveries.c.stories > 0,
        )
        found: datetime | None = self._connection.execute(statement).scalar()
        return found

    def last_texts(self, subscription_id: int) -> tuple[Part, ...]:
        """The parts of the latest edition that told any story, in order; empty before the first."""
        latest = (
            select(deliveries.c.id)
            .where(deliveries.c.subscription_id == subscription_id, deliveries.c.stories > 0)
            .order_by(deliveries.c.edition_at.desc())
            .limit(1)
            .scalar_subquery()
        )
        rows = self._connection.execute(select(parts).where(parts.c.delivery_id == latest).order_by(parts.c.number))
        return tuple(Part(text=row.text, keyboard=row.keyboard, silent=True) for row in rows)

    def part_that_told(self, chat_id: int, story_id: int) -> Part | None:
        """The message that told the chat that story."""
        statement = (
            select(parts.c.text, parts.c.keyboard)
            .join(
                seen_stories,
                (seen_stories.c.delivery_id == parts.c.delivery_id) & (seen_stories.c.part == parts.c.number),
            )
            .where(seen_stories.c.chat_id == chat_id, seen_stories.c.story_id == story_id)
        )
        row = self._connection.execute(statement).first()
        return None if row is None else Part(text=row.text, keyboard=row.keyboard)

    def ledger(self, subscription_id: int, *, limit: int) -> tuple[LedgerEntry, ...]:
        """What became of the latest editions, the newest first."""
        statement = (
            select(deliveries.c.edition_at, deliveries.c.kind, deliveries.c.state, deliveries.c.stories)
            .where(deliveries.c.subscription_id == subscription_id)
            .order_by(deliveries.c.edition_at.desc())
            .limit(limit)
        )
        return tuple(LedgerEntry(**row._asdict()) for row in self._connection.execute(statement))

    def oldest_due(self) -> datetime | None:
        """Since when the longest waiting delivery is due; None when nothing waits."""
        statement = select(func.min(deliveries.c.next_attempt_at))
        waiting: datetime | None = self._connection.execute(
            statement.where(deliveries.c.state == DeliveryState.QUEUED.value),
        ).scalar()
        return waiting

    def _left(self, delivery_id: int) -> dict[int, Part]:
        statement = (
            select(parts)
            .where(parts.c.delivery_id == delivery_id, parts.c.state == PartState.QUEUED.value)
            .order_by(parts.c.number)
        )
        return {
            row.number: Part(text=row.text, keyboard=row.keyboard, silent=row.silent)
            for row in self._connection.execute(statement)
        }
