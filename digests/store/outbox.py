"""Deliveries in the database: what is still to be sent, and what became of what was."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, exists, func, literal, select, update

from digests.model import Delivery, EditionKind, Part, PartState, Subscription, Tally
from digests.store.dialect import insert
from digests.store.tables import deliveries, parts, seen_stories, sent_messages, subscriptions

_IS_EDITION = deliveries.c.kind.in_([EditionKind.SCHEDULED.value, EditionKind.ON_DEMAND.value])


class DeliveryState(StrEnum):
    """queued: parts are left to send; done: none is; dropped: the chat is closed, or the digest was refused."""

    QUEUED = "queued"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, kw_only=True)
class LedgerEntry:
    """What became of one edition. kind, state: as in `EditionKind` and `DeliveryState`. stories: how many it told.

    tally: None of editions from before tallies were kept.
    """

    edition_at: datetime
    kind: str
    state: str
    stories: int
    tally: Tally | None = None


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
        tally: Tally | None = None,
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
            "tally": asdict(tally) if tally else {},
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
                "state": (PartState.PAGE if part.is_page else PartState.QUEUED).value,
                "reply_to": part.reply_to,
                "thread_id": part.thread,
            }
            for number, part in enumerate(messages)
        ]
        if rows:
            self._connection.execute(insert(self._connection, parts), rows)
        return delivery_id

    def get(self, delivery_id: int) -> Delivery | None:
        """One delivery, None when nothing of it is waiting to be sent."""
        return next(iter(self._select(deliveries.c.id == delivery_id, limit=1)), None)

    def due(self, now: datetime, *, limit: int, broadcasts: bool = False) -> tuple[Delivery, ...]:
        """Deliveries with parts to be sent at `now`, the longest due first. broadcasts: these, or all others."""
        is_broadcast = deliveries.c.kind == EditionKind.BROADCAST.value
        return self._select(
            (deliveries.c.next_attempt_at <= now) & (is_broadcast if broadcasts else ~is_broadcast), limit=limit
        )

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
                kind=EditionKind(row.kind),
                edition_at=row.edition_at,
                attempts=row.attempts,
                parts=self._left(row.id),
            )
            for row in self._connection.execute(statement).all()
        )

    def claim(self, delivery_id: int, number: int) -> bool:
        """Mark one part as being sent; False when it is not waiting to be sent (any more)."""
        which = (parts.c.delivery_id == delivery_id) & (parts.c.number == number)
        stands = exists().where(deliveries.c.id == delivery_id, deliveries.c.state == DeliveryState.QUEUED.value)
        statement = update(parts).where(which, parts.c.state == PartState.QUEUED.value, stands)
        return self._connection.execute(statement.values(state=PartState.SENDING.value)).rowcount == 1

    def mark(self, delivery_id: int, number: int, state: PartState) -> None:
        """Note what became of one part."""
        which = (parts.c.delivery_id == delivery_id) & (parts.c.number == number)
        self._connection.execute(update(parts).where(which).values(state=state.value))

    def note_message(self, delivery_id: int, number: int, message_id: int) -> None:
        """The messenger's number of a message that shows that part."""
        there = select(deliveries.c.id, literal(message_id), literal(number)).where(deliveries.c.id == delivery_id)
        columns = ["delivery_id", "message_id", "part"]  # of a delivery that is erased meanwhile there is none to note
        statement = insert(self._connection, sent_messages).from_select(columns, there)
        self._connection.execute(statement.on_conflict_do_nothing())

    def pages_of(self, chat_id: int, message_id: int) -> tuple[Part, ...]:
        """The message and the further pages that it can be turned to, in order; empty for one that is not known."""
        shown = (
            select(sent_messages.c.delivery_id, sent_messages.c.part)
            .join(deliveries, deliveries.c.id == sent_messages.c.delivery_id)
            .join(subscriptions)
            .where(subscriptions.c.chat_id == chat_id, sent_messages.c.message_id == message_id)
            .order_by(sent_messages.c.delivery_id.desc())
        )
        found = self._connection.execute(shown).first()
        if found is None:
            return ()
        rows = self._connection.execute(
            select(parts)
            .where(parts.c.delivery_id == found.delivery_id, parts.c.number >= found.part)
            .order_by(parts.c.number)
        )
        pages: list[Part] = []
        for row in rows:
            if pages and row.state != PartState.PAGE.value:
                break
            pages.append(self._part(row, self._told_by(found.delivery_id, row.number)))
        return tuple(pages)

    def _told_by(self, delivery_id: int, number: int) -> tuple[int, ...]:
        which = (seen_stories.c.delivery_id == delivery_id) & (seen_stories.c.part == number)
        return tuple(self._connection.execute(select(seen_stories.c.story_id).where(which)).scalars())

    def messages_that_told(self, chat_id: int, story_ids: Iterable[int]) -> dict[int, int]:
        """Story -> the messenger's number of the latest message that told it to the chat, of those that are known."""
        statement = (
            select(seen_stories.c.story_id, sent_messages.c.message_id, sent_messages.c.part)
            .join(sent_messages, sent_messages.c.delivery_id == seen_stories.c.delivery_id)
            .where(
                seen_stories.c.chat_id == chat_id,
                seen_stories.c.story_id.in_(list(story_ids)),
                sent_messages.c.part <= seen_stories.c.part,
            )
            .order_by(sent_messages.c.part, sent_messages.c.message_id)
        )
        return {row.story_id: row.message_id for row in self._connection.execute(statement)}

    def leave_thread(self, chat_id: int, thread: int) -> None:
        """Let what waits to be sent into that thread go to the chat itself."""
        own = (
            select(deliveries.c.id)
            .join(subscriptions)
            .where(subscriptions.c.chat_id == chat_id, deliveries.c.state == DeliveryState.QUEUED.value)
        )
        which = parts.c.delivery_id.in_(own) & (parts.c.thread_id == thread)
        self._connection.execute(update(parts).where(which).values(thread_id=None))

    def postpone(self, delivery_id: int, *, until: datetime) -> None:
        """Leave the delivery alone until then."""
        values = {"attempts": deliveries.c.attempts + 1, "next_attempt_at": until}
        self._connection.execute(update(deliveries).where(deliveries.c.id == delivery_id).values(values))

    def settle(self, delivery_id: int, state: DeliveryState, *, now: datetime) -> None:
        """Note that nothing more of the delivery is to be sent; nothing changes where that is settled already."""
        which = (deliveries.c.id == delivery_id) & (deliveries.c.state == DeliveryState.QUEUED.value)
        self._connection.execute(update(deliveries).where(which).values(state=state.value, settled_at=now))

    def forget_in_flight(self) -> int:
        """Mark parts whose sending was cut short as unknown; how many there were. Only while nothing is being sent."""
        statement = update(parts).where(parts.c.state == PartState.SENDING.value)
        return self._connection.execute(statement.values(state=PartState.UNKNOWN.value)).rowcount

    def last_id(self, subscription_id: int) -> int:
        """The id of the latest delivery entered for the subscription, of whatever kind; 0 before its first."""
        statement = select(func.max(deliveries.c.id)).where(deliveries.c.subscription_id == subscription_id)
        return self._connection.execute(statement).scalar() or 0

    def last_edition_at(self, subscription_id: int) -> datetime | None:
        """The latest edition entered for the subscription, notices aside; None before its first."""
        statement = select(func.max(deliveries.c.edition_at)).where(
            deliveries.c.subscription_id == subscription_id, _IS_EDITION
        )
        found: datetime | None = self._connection.execute(statement).scalar()
        return found

    def last_notice_at(self, subscription_id: int) -> datetime | None:
        """The latest notice; None before the first."""
        statement = select(func.max(deliveries.c.edition_at)).where(
            deliveries.c.subscription_id == subscription_id, deliveries.c.kind == EditionKind.NOTICE.value
        )
        found: datetime | None = self._connection.execute(statement).scalar()
        return found

    def last_told_at(self, subscription_id: int) -> datetime | None:
        """The latest edition that told any story, notices aside; None before the first."""
        statement = select(func.max(deliveries.c.edition_at)).where(
            deliveries.c.subscription_id == subscription_id,
            _IS_EDITION,
            deliveries.c.stories > 0,
        )
        found: datetime | None = self._connection.execute(statement).scalar()
        return found

    def last_messages(self, subscription_id: int) -> tuple[int, dict[int, Part]]:
        """The id and the messages of the latest edition that told any story, notices aside: number -> part.

        (0, {}) before the first.
        """
        latest = (
            select(deliveries.c.id)
            .where(
                deliveries.c.subscription_id == subscription_id,
                _IS_EDITION,
                deliveries.c.stories > 0,
            )
            .order_by(deliveries.c.edition_at.desc())
            .limit(1)
        )
        delivery_id = self._connection.execute(latest).scalar()
        if delivery_id is None:
            return 0, {}
        rows = self._connection.execute(
            select(parts)
            .where(parts.c.delivery_id == delivery_id, parts.c.state != PartState.PAGE.value)
            .order_by(parts.c.number)
        )
        return delivery_id, {row.number: self._part(row) for row in rows}

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
        kept = deliveries.c
        statement = (
            select(kept.edition_at, kept.kind, kept.state, kept.stories, kept.tally)
            .where(kept.subscription_id == subscription_id, kept.kind != EditionKind.BROADCAST.value)
            .order_by(kept.edition_at.desc())
            .limit(limit)
        )
        return tuple(
            LedgerEntry(
                edition_at=row.edition_at,
                kind=row.kind,
                state=row.state,
                stories=row.stories,
                tally=Tally(**row.tally) if row.tally else None,
            )
            for row in self._connection.execute(statement)
        )

    def count_waiting(self) -> int:
        """How many deliveries wait to be sent, broadcasts among them."""
        statement = select(func.count()).where(deliveries.c.state == DeliveryState.QUEUED.value)
        return self._connection.execute(statement).scalar_one()

    def oldest_due(self) -> datetime | None:
        """When the longest waiting edition was due; None when none waits. Broadcasts take their time."""
        statement = select(func.min(deliveries.c.edition_at)).where(
            deliveries.c.state == DeliveryState.QUEUED.value, deliveries.c.kind != EditionKind.BROADCAST.value
        )
        waiting: datetime | None = self._connection.execute(statement).scalar()
        return waiting

    def _left(self, delivery_id: int) -> dict[int, Part]:
        statement = (
            select(parts)
            .where(parts.c.delivery_id == delivery_id, parts.c.state == PartState.QUEUED.value)
            .order_by(parts.c.number)
        )
        return {row.number: self._part(row) for row in self._connection.execute(statement)}

    @staticmethod
    def _part(row: Row[Any], stories: tuple[int, ...] = ()) -> Part:
        return Part(
            text=row.text,
            keyboard=row.keyboard,
            silent=row.silent,
            stories=stories,
            is_page=row.state == PartState.PAGE.value,
            reply_to=row.reply_to,
            thread=row.thread_id,
        )
