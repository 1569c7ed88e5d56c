"""What admins write to readers, in the database. The messages themselves are deliveries like all others."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, false, func, literal, select, update

from digests.model import EditionKind, Part, PartState, SubscriberState
from digests.store.dialect import insert
from digests.store.outbox import DeliveryState, NewEdition, Outbox
from digests.store.tables import broadcasts, deliveries, parts, subscribers, subscriptions


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a broadcast is. readers: all it goes to. sent: accepted; failed: never will be; the others wait."""

    id: int
    text: str
    begun_at: datetime
    is_cancelled: bool
    is_queued: bool
    readers: int
    sent: int
    failed: int

    @property
    def waiting(self) -> int:
        """How many are still to be sent."""
        return self.readers - self.sent - self.failed

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be sent."""
        return self.waiting == 0 and (self.is_queued or self.is_cancelled)


class Broadcasts:
    """Messages to every active reader who agreed to have such."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def audience(self) -> int:
        """How many readers one would go to now."""
        return self._connection.execute(select(func.count()).select_from(_agreed().subquery())).scalar_one()

    def add(self, text: str, *, user_id: int, now: datetime) -> int:
        """A broadcast without readers yet; its id."""
        message = NewEdition(messages=(Part(text=text),), edition_at=now, kind=EditionKind.BROADCAST, stories=0)
        (composed,) = Outbox(self._connection).compose([message], now=now)
        said = {"text": text, "composition_id": composed.composition_id}
        row = {"user_id": user_id, "begun_at": now, "is_queued": False, **said}
        statement = insert(self._connection, broadcasts).values(row).returning(broadcasts.c.id)
        broadcast_id: int = self._connection.execute(statement).scalar_one()
        return broadcast_id

    def unfinished(self) -> tuple[int, ...]:
        """Those that are not queued for all their readers yet, nor stopped."""
        which = ~broadcasts.c.is_queued & ~broadcasts.c.is_cancelled
        return tuple(self._connection.execute(select(broadcasts.c.id).where(which)).scalars())

    def queue(self, broadcast_id: int, *, limit: int) -> bool:
        """Queue it for its next readers; whether there may be more. One that was stopped is queued for nobody."""
        one = self._connection.execute(select(broadcasts).where(broadcasts.c.id == broadcast_id)).one()
        if one.is_queued or one.is_cancelled:
            return False
        after = subscriptions.c.id > one.queued_after
        statement = _agreed().where(after).order_by(subscriptions.c.id).limit(limit)
        wanted = list(self._connection.execute(statement).scalars())
        this = update(broadcasts).where(broadcasts.c.id == broadcast_id)
        if not wanted:
            self._connection.execute(this.values(is_queued=True))
            return False
        self._connection.execute(this.values(queued_after=wanted[-1]))
        now = one.begun_at
        for_them = select(
            subscriptions.c.id,
            literal(now, deliveries.c.edition_at.type),
            literal(EditionKind.BROADCAST.value),
            literal(DeliveryState.QUEUED.value),
            literal(0),
            literal(0),
            literal(now, deliveries.c.edition_at.type),
            literal(now, deliveries.c.edition_at.type),
            literal(broadcast_id),
            literal(one.composition_id),
        ).where(subscriptions.c.id.in_(wanted))
        kept = deliveries.c
        columns = [kept.subscription_id, kept.edition_at, kept.kind, kept.state, kept.stories, kept.attempts]
        columns += [kept.next_attempt_at, kept.created_at, kept.broadcast_id, kept.composition_id]
        statement = insert(self._connection, deliveries).from_select(columns, for_them).on_conflict_do_nothing()
        self._connection.execute(statement)
        return True

    def cancel(self, broadcast_id: int, *, now: datetime) -> int:
        """Send it to nobody more; how many will not get it."""
        self._connection.execute(update(broadcasts).where(broadcasts.c.id == broadcast_id).values(is_cancelled=True))
        queued = (deliveries.c.broadcast_id == broadcast_id) & (deliveries.c.state == DeliveryState.QUEUED.value)
        dropped = update(deliveries).where(queued).values(state=DeliveryState.DROPPED.value, settled_at=now)
        return self._connection.execute(dropped).rowcount

    def progress(self, broadcast_id: int) -> Progress | None:
        """How far it is; None where there is none of that id."""
        row = self._connection.execute(select(broadcasts).where(broadcasts.c.id == broadcast_id)).first()
        if row is None:
            return None
        accepted = func.coalesce(parts.c.state.in_([PartState.SENT.value, PartState.UNKNOWN.value]), false())
        statement = (
            select(deliveries.c.state, accepted, func.count())
            .outerjoin(parts, parts.c.delivery_id == deliveries.c.id)
            .where(deliveries.c.broadcast_id == broadcast_id)
            .group_by(deliveries.c.state, accepted)
        )
        counted = [(row[0], bool(row[1]), row[2]) for row in self._connection.execute(statement)]
        readers = sum(count for *_, count in counted)
        sent = sum(count for _, is_sent, count in counted if is_sent)
        waiting = sum(count for state, is_sent, count in counted if not is_sent and state == DeliveryState.QUEUED.value)
        return Progress(
            id=row.id,
            text=row.text,
            begun_at=row.begun_at,
            is_cancelled=row.is_cancelled,
            is_queued=row.is_queued,
            readers=readers,
            sent=sent,
            failed=readers - sent - waiting,
        )

    def latest(self) -> int | None:
        """The id of the newest; None where there was none."""
        found: int | None = self._connection.execute(select(func.max(broadcasts.c.id))).scalar()
        return found


def _agreed() -> Select[int]:
    return (
        select(subscriptions.c.id)
        .join(subscribers)
        .where(subscribers.c.state == SubscriberState.ACTIVE.value, subscriptions.c.announcements)
    )
