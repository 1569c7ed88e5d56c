"""Deliveries in the database: what is still to be sent, and what became of what was."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from hashlib import blake2b
from typing import Any
from zlib import crc32

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Integer,
    Row,
    Text,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)

from digests.model import Delivery, EditionKind, Part, PartState, Subscription, Tally
from digests.store.dialect import insert, insert_for, listed, numbers
from digests.store.tables import (
    Instant,
    composition_parts,
    compositions,
    deliveries,
    parts,
    sent_messages,
    stories,
    subscriptions,
    told_stories,
)

PLACES = 16
"""In line, within one second, of those that are due together."""

_IS_EDITION = deliveries.c.kind.in_([EditionKind.SCHEDULED.value, EditionKind.ON_DEMAND.value])


class DeliveryState(StrEnum):
    """queued: parts are left to send; done: none is; dropped: the chat is closed, or the digest was refused."""

    QUEUED = "queued"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, kw_only=True)
class LedgerEntry:
    """What became of one edition. kind, state: as in `EditionKind` and `DeliveryState`. stories: how many it told.

    tally: None of editions from before tallies were kept. is_in_doubt: of a message of it no answer came.
    """

    edition_at: datetime
    kind: str
    state: str
    stories: int
    tally: Tally | None = None
    is_in_doubt: bool = False


@dataclass(frozen=True, kw_only=True)
class SentPart:
    """A part that was accepted, as that message of the messenger's. is_last: nothing more of it is to be sent."""

    delivery_id: int
    number: int
    message_id: int
    is_last: bool


@dataclass(frozen=True, kw_only=True)
class NewEdition:
    """What an edition says. stories: how many it tells. Without messages it is entered as done, for the record."""

    messages: tuple[Part, ...]
    edition_at: datetime
    kind: EditionKind
    stories: int
    tally: Tally | None = None

    @property
    def content(self) -> bytes:
        """Equal for editions that say the same."""
        found = blake2b(repr((self.edition_at, self.kind, self.stories, self.tally)).encode(), digest_size=16)
        for part in self.messages:
            found.update(repr(replace(part, text="")).encode())
            found.update(f"{len(part.text)} {part.text}".encode())
        return found.digest()


@dataclass(frozen=True, kw_only=True, slots=True)
class ComposedEdition:
    """An edition that is kept, and not yet anybody's. stories: how many it tells. is_empty: it has no messages."""

    composition_id: int
    edition_at: datetime
    kind: EditionKind
    stories: int
    is_empty: bool


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

        stories, messages: as in `NewEdition`.
        """
        new = NewEdition(messages=tuple(messages), edition_at=edition_at, kind=kind, stories=stories, tally=tally)
        (edition,) = self.compose([new], now=now)
        if not self.enter([(subscription.id, edition)], now=now):
            self.forget_composition(edition.composition_id)
            return None
        return self.last_id(subscription.id)

    def compose(self, editions: Sequence[NewEdition], *, now: datetime) -> tuple[ComposedEdition, ...]:
        """Keep what editions say, for whoever gets them. now: what had been gathered by then is in them."""
        if not editions:
            return ()
        values = [
            {"edition_at": one.edition_at, "created_at": now, "tally": asdict(one.tally) if one.tally else {}}
            for one in editions
        ]
        ids = self._numbered(values)
        rows: list[dict[str, object]] = []
        told: list[tuple[int, int, int, int]] = []
        now_part_of = self.joined({story_id for one in editions for part in one.messages for story_id in part.stories})
        for composition_id, one in zip(ids, editions, strict=True):
            rows += _part_rows(composition_id, one.messages)
            told += _told_rows(composition_id, one.messages, now_part_of)
        if rows:
            self._connection.execute(insert(self._connection, composition_parts), rows)
        if told:
            columns = numbers(self._connection, told)
            chosen = select(*columns)
            self._connection.execute(insert(self._connection, told_stories).from_select(list(_TOLD), chosen))
        return tuple(
            ComposedEdition(
                composition_id=composition_id,
                edition_at=one.edition_at,
                kind=one.kind,
                stories=one.stories,
                is_empty=not one.messages,
            )
            for composition_id, one in zip(ids, editions, strict=True)
        )

    def _numbered(self, values: Sequence[dict[str, object]]) -> Sequence[int]:
        """Enter these compositions; their numbers, in the same order."""
        # SQLite gives each row of a statement the next number, and SQLAlchemy would write row by row to be sure of it.
        counts_up = self._connection.dialect.name == "sqlite"
        statement = insert(self._connection, compositions).returning(
            compositions.c.id, sort_by_parameter_order=not counts_up
        )
        ids = self._connection.execute(statement, values).scalars()
        return sorted(ids) if counts_up else ids.all()

    def joined(self, story_ids: Iterable[int]) -> dict[int, int]:
        """Stories among these that were given up since they were composed -> those that have their articles now."""
        found: dict[int, int] = {}
        asked = sorted(story_ids)
        while asked:  # a story that others were joined to may be given up in its turn
            which = stories.c.id.in_(select(listed(self._connection, asked))) & stories.c.joined_to.is_not(None)
            statement = select(stories.c.id, stories.c.joined_to).where(which)
            joined = {row.id: row.joined_to for row in self._connection.execute(statement)}
            found = {one: joined.get(into, into) for one, into in found.items()} | joined
            asked = sorted(set(joined.values()))
        return found

    def are_kept(self, composition_ids: Iterable[int]) -> frozenset[int]:
        """Those of these that are still there: what nobody has any longer is forgotten."""
        wanted = frozenset(composition_ids)
        which = compositions.c.id.in_(select(listed(self._connection, list(wanted))))
        # Nearly always all of them are, and to count them is cheaper than to name them.
        if self._connection.execute(select(func.count()).where(which)).scalar() == len(wanted):
            return wanted
        return frozenset(self._connection.execute(select(compositions.c.id).where(which)).scalars())

    def enter(self, editions: Iterable[tuple[int, ComposedEdition]], *, now: datetime) -> int:
        """Queue editions by subscription; how many it did not have yet. The others are left as they are."""
        alike: dict[tuple[datetime, EditionKind, bool], list[tuple[int, int, int, int]]] = defaultdict(list)
        lines: dict[datetime, int] = {}
        for number, one in editions:
            at = one.edition_at
            if at not in lines:
                lines[at] = crc32(at.isoformat().encode())
            place = _place_in_line(number, lines[at])
            alike[at, one.kind, one.is_empty].append((number, one.composition_id, one.stories, place))
        entered = 0
        for (edition_at, kind, is_empty), rows in alike.items():
            subscription_id, composition_id, stories, place_in_line = numbers(self._connection, rows)
            values: dict[str, ColumnElement[Any]] = {
                "subscription_id": subscription_id,
                "composition_id": composition_id,
                "stories": stories,
                "edition_at": literal(edition_at, Instant),
                "kind": literal(kind.value),
                "state": literal((DeliveryState.DONE if is_empty else DeliveryState.QUEUED).value),
                "attempts": literal(0),
                "next_attempt_at": case(
                    {place: literal(now - timedelta(seconds=place / PLACES), Instant) for place in range(PLACES)},
                    value=place_in_line,
                ),
                "created_at": literal(now, Instant),
            }
            # Without a condition SQLite would take "on conflict" for one of a join.
            chosen = select(*values.values()).where(subscription_id.is_not(None))
            statement = insert(self._connection, deliveries).from_select(list(values), chosen)
            entered += self._connection.execute(statement.on_conflict_do_nothing()).rowcount
        return entered

    def forget_composition(self, composition_id: int) -> None:
        """Nobody gets it, or nobody is left who did."""
        had = exists().where(deliveries.c.composition_id == composition_id)
        self._connection.execute(delete(compositions).where(compositions.c.id == composition_id, ~had))

    def compositions_of(self, chat_id: int) -> frozenset[int]:
        """What the chat has had, or is about to have."""
        statement = select(deliveries.c.composition_id).join(subscriptions).where(subscriptions.c.chat_id == chat_id)
        return frozenset(self._connection.execute(statement).scalars())

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
        rows = self._connection.execute(statement).all()
        left = self._left([row.id for row in rows])
        return tuple(
            Delivery(
                id=row.id,
                chat_id=row.chat_id,
                kind=EditionKind(row.kind),
                edition_at=row.edition_at,
                attempts=row.attempts,
                parts=self._answering(row.chat_id, left[row.id]),
            )
            for row in rows
        )

    def _answering(self, chat_id: int, several: dict[int, Part]) -> dict[int, Part]:
        """The parts, each as an answer to the chat's own message about what it follows."""
        followed = [part.follows for part in several.values() if part.follows is not None]
        if not followed:
            return several
        told = self.messages_that_told(chat_id, followed)
        return {
            number: part if part.follows is None else replace(part, reply_to=told.get(part.follows), follows=None)
            for number, part in several.items()
        }

    def claim(self, delivery_id: int, number: int) -> bool:
        """Mark one part as being sent; False when it is not waiting to be sent (any more)."""
        return bool(self.claim_of([delivery_id], number))

    def claim_of(self, delivery_ids: Iterable[int], number: int) -> frozenset[int]:
        """Mark the parts of that number as being sent; those whose part was waiting to be sent."""
        which = {"of_deliveries": list(delivery_ids), "of_number": number}
        return frozenset(self._connection.execute(_claiming(self._connection.dialect.name), which).scalars())

    def mark(self, delivery_id: int, number: int, state: PartState) -> None:
        """Note what became of one part; of a delivery that is erased meanwhile nothing is to be noted."""
        self._mark([(delivery_id, number)], state)

    def _mark(self, which: Iterable[tuple[int, int]], state: PartState) -> None:
        values = [{"of_delivery": one, "of_number": number, "now_is": state.value} for one, number in which]
        self._connection.execute(_marking(self._connection.dialect.name), values)

    def note_message(self, delivery_id: int, number: int, message_id: int) -> None:
        """The messenger's number of a message that shows that part."""
        self._note_messages([(delivery_id, number, message_id)])

    def _note_messages(self, which: Iterable[tuple[int, int, int]]) -> None:
        values = [{"of_delivery": one, "of_number": number, "message": message} for one, number, message in which]
        self._connection.execute(_noting(self._connection.dialect.name), values)

    def note_sent(self, sent: Sequence[SentPart], *, now: datetime) -> None:
        """Note what was accepted; of a delivery whose last part it was, that nothing more is to be sent."""
        if not sent:
            return
        self._mark([(one.delivery_id, one.number) for one in sent], PartState.SENT)
        self._note_messages([(one.delivery_id, one.number, one.message_id) for one in sent])
        if done := [one.delivery_id for one in sent if one.is_last]:
            self._settle(deliveries.c.id.in_(done), DeliveryState.DONE, now)

    def pages_of(self, chat_id: int, message_id: int) -> tuple[Part, ...]:
        """The message and the further pages that it can be turned to, in order; empty for one that is not known."""
        shown = (
            select(deliveries.c.composition_id, sent_messages.c.part)
            .join(deliveries, deliveries.c.id == sent_messages.c.delivery_id)
            .join(subscriptions)
            .where(subscriptions.c.chat_id == chat_id, sent_messages.c.message_id == message_id)
            .order_by(sent_messages.c.delivery_id.desc())
        )
        found = self._connection.execute(shown).first()
        if found is None:
            return ()
        told: dict[int, list[int]] = defaultdict(list)
        of_it = told_stories.c.composition_id == found.composition_id
        for part, story_id in self._connection.execute(
            select(told_stories.c.part, told_stories.c.story_id).where(of_it)
        ):
            told[part].append(story_id)
        rows = self._connection.execute(
            select(composition_parts)
            .where(composition_parts.c.composition_id == found.composition_id, composition_parts.c.number >= found.part)
            .order_by(composition_parts.c.number)
        )
        pages: list[Part] = []
        for row in rows:
            if pages and not row.is_page:
                break
            pages.append(_part(row, tuple(told[row.number])))
        return tuple(pages)

    def messages_that_told(self, chat_id: int, story_ids: Iterable[int]) -> dict[int, int]:
        """Story -> the messenger's number of the latest message that told it to the chat, of those that are known."""
        statement = (
            select(told_stories.c.story_id, sent_messages.c.message_id)
            .join(deliveries, deliveries.c.composition_id == told_stories.c.composition_id)
            .join(subscriptions)
            .join(sent_messages, sent_messages.c.delivery_id == deliveries.c.id)
            .where(
                subscriptions.c.chat_id == chat_id,
                told_stories.c.story_id.in_(list(story_ids)),
                sent_messages.c.part <= told_stories.c.part,
            )
            .order_by(deliveries.c.id, sent_messages.c.part, sent_messages.c.message_id)
        )
        return {row.story_id: row.message_id for row in self._connection.execute(statement)}

    def leave_thread(self, chat_id: int, thread: int) -> None:
        """Let what waits to be sent into that thread go to the chat itself. What has threads is nobody else's."""
        own = (
            select(deliveries.c.composition_id)
            .join(subscriptions)
            .where(subscriptions.c.chat_id == chat_id, deliveries.c.state == DeliveryState.QUEUED.value)
        )
        which = composition_parts.c.composition_id.in_(own) & (composition_parts.c.thread_id == thread)
        self._connection.execute(update(composition_parts).where(which).values(thread_id=None))

    def postpone(self, delivery_id: int, *, until: datetime) -> None:
        """Leave the delivery alone until then."""
        values = {"attempts": deliveries.c.attempts + 1, "next_attempt_at": until}
        self._connection.execute(update(deliveries).where(deliveries.c.id == delivery_id).values(values))

    def settle(self, delivery_id: int, state: DeliveryState, *, now: datetime) -> None:
        """Note that nothing more of the delivery is to be sent; nothing changes where that is settled already."""
        self._settle(deliveries.c.id == delivery_id, state, now)

    def _settle(self, which: ColumnElement[bool], state: DeliveryState, now: datetime) -> None:
        statement = update(deliveries).where(which, deliveries.c.state == DeliveryState.QUEUED.value)
        self._connection.execute(statement.values(state=state.value, settled_at=now))

    def waiting_since(self) -> datetime | None:
        """When the longest waiting delivery was planned; None when none waits. Broadcasts take their time."""
        statement = select(func.min(deliveries.c.created_at)).where(
            deliveries.c.state == DeliveryState.QUEUED.value, deliveries.c.kind != EditionKind.BROADCAST.value
        )
        planned: datetime | None = self._connection.execute(statement).scalar()
        return planned

    def drop_before(self, planned_at: datetime, *, now: datetime) -> int:
        """Give up what has waited since before then, broadcasts aside; how many there were.

        What has a part on its way is left to whoever sends it.
        """
        on_its_way = exists().where(parts.c.delivery_id == deliveries.c.id, parts.c.state == PartState.SENDING.value)
        which = (
            (deliveries.c.state == DeliveryState.QUEUED.value)
            & (deliveries.c.kind != EditionKind.BROADCAST.value)
            & (deliveries.c.created_at < planned_at)
            & ~on_its_way
        )
        values = {"state": DeliveryState.DROPPED.value, "settled_at": now}
        return self._connection.execute(update(deliveries).where(which).values(values)).rowcount

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
            select(deliveries.c.id, deliveries.c.composition_id, subscriptions.c.chat_id)
            .join(subscriptions)
            .where(
                deliveries.c.subscription_id == subscription_id,
                _IS_EDITION,
                deliveries.c.stories > 0,
            )
            .order_by(deliveries.c.edition_at.desc())
            .limit(1)
        )
        found = self._connection.execute(latest).first()
        if found is None:
            return 0, {}
        rows = self._connection.execute(
            select(composition_parts)
            .where(composition_parts.c.composition_id == found.composition_id, ~composition_parts.c.is_page)
            .order_by(composition_parts.c.number)
        )
        return found.id, self._answering(found.chat_id, {row.number: _part(row) for row in rows})

    def part_that_told(self, chat_id: int, story_id: int) -> Part | None:
        """The message that told the chat that story."""
        statement = (
            select(composition_parts.c.text, composition_parts.c.keyboard)
            .join(
                told_stories,
                (told_stories.c.composition_id == composition_parts.c.composition_id)
                & (told_stories.c.part == composition_parts.c.number),
            )
            .join(deliveries, deliveries.c.composition_id == told_stories.c.composition_id)
            .join(subscriptions)
            .where(subscriptions.c.chat_id == chat_id, told_stories.c.story_id == story_id)
            .order_by(deliveries.c.id.desc())
        )
        row = self._connection.execute(statement).first()
        return None if row is None else Part(text=row.text, keyboard=row.keyboard)

    def ledger(self, subscription_id: int, *, limit: int) -> tuple[LedgerEntry, ...]:
        """What became of the latest editions, the newest first."""
        kept = deliveries.c
        in_doubt = exists().where(parts.c.delivery_id == kept.id, parts.c.state == PartState.UNKNOWN.value)
        statement = (
            select(kept.edition_at, kept.kind, kept.state, kept.stories, compositions.c.tally, in_doubt.label("doubt"))
            .outerjoin(compositions, compositions.c.id == kept.composition_id)
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
                is_in_doubt=row.doubt,
            )
            for row in self._connection.execute(statement)
        )

    def is_in_doubt(self, delivery_id: int) -> bool:
        """Whether of some message of it no answer came, and none of the others is known to have arrived."""
        states = self._connection.execute(select(parts.c.state).where(parts.c.delivery_id == delivery_id)).scalars()
        known = set(states)
        return PartState.UNKNOWN.value in known and PartState.SENT.value not in known

    def _left(self, delivery_ids: Sequence[int]) -> dict[int, dict[int, Part]]:
        """Of each delivery the parts that are still to be sent."""
        left: dict[int, dict[int, Part]] = {one: {} for one in delivery_ids}
        statement = (
            select(deliveries.c.id, composition_parts)
            .join(composition_parts, composition_parts.c.composition_id == deliveries.c.composition_id)
            .outerjoin(parts, (parts.c.delivery_id == deliveries.c.id) & (parts.c.number == composition_parts.c.number))
            .where(
                deliveries.c.id.in_(delivery_ids),
                ~composition_parts.c.is_page,
                or_(parts.c.state.is_(None), parts.c.state == PartState.QUEUED.value),
            )
            .order_by(deliveries.c.id, composition_parts.c.number)
        )
        for row in self._connection.execute(statement):
            left[row.id][row.number] = _part(row)
        return left


@cache
def _claiming(dialect: str) -> Any:  # noqa: ANN401 - as `insert_for`
    """Several times a second, so that it is put together once, like those below."""
    waiting = select(deliveries.c.id, composition_parts.c.number, literal(PartState.SENDING.value)).where(
        deliveries.c.id.in_(bindparam("of_deliveries", expanding=True)),
        deliveries.c.state == DeliveryState.QUEUED.value,
        composition_parts.c.composition_id == deliveries.c.composition_id,
        composition_parts.c.number == bindparam("of_number"),
        ~composition_parts.c.is_page,
    )
    statement = insert_for(dialect, parts).from_select(["delivery_id", "number", "state"], waiting)
    again = {"state": PartState.SENDING.value}
    is_waiting = parts.c.state == PartState.QUEUED.value
    statement = statement.on_conflict_do_update(index_elements=["delivery_id", "number"], set_=again, where=is_waiting)
    return statement.returning(parts.c.delivery_id)


@cache
def _marking(dialect: str) -> Any:  # noqa: ANN401
    number, state = bindparam("of_number", type_=Integer), bindparam("now_is", type_=Text)
    there = select(deliveries.c.id, number, state).where(deliveries.c.id == bindparam("of_delivery"))
    statement = insert_for(dialect, parts).from_select(["delivery_id", "number", "state"], there)
    again = {"state": statement.excluded.state}
    return statement.on_conflict_do_update(index_elements=["delivery_id", "number"], set_=again)


@cache
def _noting(dialect: str) -> Any:  # noqa: ANN401
    message, number = bindparam("message", type_=BigInteger), bindparam("of_number", type_=Integer)
    there = select(deliveries.c.id, message, number).where(deliveries.c.id == bindparam("of_delivery"))
    columns = ["delivery_id", "message_id", "part"]  # of a delivery that is erased meanwhile there is none to note
    return insert_for(dialect, sent_messages).from_select(columns, there).on_conflict_do_nothing()


def _place_in_line(subscription_id: int, line: int) -> int:
    """By which those that are due together are put in an order of that edition alone: 0..`PLACES` - 1.

    line: a number of 32 bits that stands for the edition.

    So nobody is always the last of a morning's rush; everybody is due from the moment of planning on.
    """
    return crc32(b"%d" % subscription_id, line) % PLACES


def _part(row: Row[Any], stories: tuple[int, ...] = ()) -> Part:
    return Part(
        text=row.text,
        keyboard=row.keyboard,
        silent=row.silent,
        stories=stories,
        is_page=row.is_page,
        reply_to=row.reply_to,
        follows=row.follows,
        thread=row.thread_id,
    )


def _part_rows(composition_id: int, messages: Sequence[Part]) -> list[dict[str, object]]:
    return [
        {
            "composition_id": composition_id,
            "number": number,
            "text": part.text,
            "keyboard": part.keyboard,
            "silent": part.silent,
            "is_page": part.is_page,
            "reply_to": part.reply_to,
            "follows": part.follows,
            "thread_id": part.thread,
        }
        for number, part in enumerate(messages)
    ]


_TOLD = ("composition_id", "story_id", "part", "message")


def _told_rows(
    composition_id: int, messages: Sequence[Part], now_part_of: Mapping[int, int]
) -> list[tuple[int, int, int, int]]:
    """Values of `_TOLD`. now_part_of: as `Outbox.joined` gives it."""
    told: dict[int, tuple[int, int, int, int]] = {}
    message = 0
    for number, part in enumerate(messages):
        message = message if part.is_page else number
        for story_id in (now_part_of.get(one, one) for one in part.stories):
            told[story_id] = (composition_id, story_id, number, message)
    return list(told.values())
