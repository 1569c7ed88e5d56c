"""Whose turn it is, in the database: read so that readers who get the same can be told by comparing a few strings."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, Text, and_, bindparam, case, cast, func, or_, select, update

from digests.model import EditionKind, SubscriberState
from digests.store.dialect import instant, raw, unindexed
from digests.store.outbox import DeliveryState
from digests.store.tables import (
    compositions,
    deliveries,
    subscribers,
    subscription_topics,
    subscriptions,
    told_stories,
)

_PARTED = "\x1f"
_DROPPED = "x"

_CHOICES = (
    "times",
    "weekend_times",
    "days",
    "zone",
    "minutes",
    "max_stories",
    "muted",
    "excluded",
    "included",
    "alerts",
    "quiet",
)
"""What an edition depends on, of what a reader chose; topics and the language of the bot's words besides."""

IN_ONE_STATEMENT = 500


class Turn(NamedTuple):
    """A reader whose edition is due. due_at, planned_until, last: instants as the database writes them.

    language, choices, topics: readers in whom they are equal have chosen the same; topics are parted by commas, in any
    order. told: the compositions that the reader has had of late, as `Had.of` reads it. last: their latest edition.
    """

    subscription_id: int
    chat_id: int
    due_at: Any
    planned_until: Any
    language: str
    choices: str
    topics: str | None
    told: str | None
    last: Any

    @property
    def dealt_with_until(self) -> datetime:
        """Every edition due up to this instant has been dealt with."""
        return instant(self.planned_until)

    @property
    def last_edition_at(self) -> datetime | None:
        """The latest edition entered for the reader, notices aside; None before the first."""
        return None if self.last is None else instant(self.last)


class Had:
    """Which of the compositions that readers have had tell of stories that may be told again."""

    def __init__(self, live: Collection[int], since: datetime | None) -> None:
        """live: compositions that tell such stories. since: the earliest of their editions, None without any."""
        self._live = live
        self.since = since
        self._known: dict[str | None, frozenset[str]] = {None: frozenset()}

    def of(self, told: str | None) -> frozenset[str]:
        """What tells apart readers who have had different things; equal for all others."""
        found = self._known.get(told)
        if found is None:
            assert told is not None  # that one is known
            found = frozenset(one for one in told.split(",") if int(one.partition(_DROPPED)[0]) in self._live)
            self._known[told] = found
        return found


class Turns:
    """The readers whose next edition has come."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def had(self, story_ids: Collection[int]) -> Had:
        """What readers have had of those stories. story_ids: all that may be told now."""
        wanted, live = sorted(story_ids), set[int]()
        for start in range(0, len(wanted), IN_ONE_STATEMENT):
            which = told_stories.c.story_id.in_(wanted[start : start + IN_ONE_STATEMENT])
            live |= set(
                self._connection.execute(select(told_stories.c.composition_id).distinct().where(which)).scalars()
            )
        if not live:
            return Had(live, None)
        # Compositions are numbered as they are made, and an edition is composed within days of its hour.
        earliest = select(func.min(compositions.c.edition_at)).where(compositions.c.id >= min(live))
        return Had(live, self._connection.execute(earliest).scalar())

    def due(self, now: datetime, had: Had, *, after: Turn | None, limit: int) -> tuple[Turn, ...]:
        """Active readers whose next edition has come, the longest due first. after: the last one seen before."""
        due_at = subscriptions.c.next_edition_at
        which = due_at <= now
        if after is not None:
            seen = instant(after.due_at)
            which &= or_(due_at > seen, and_(due_at == seen, subscriptions.c.id > after.subscription_id))
        statement = self._statement(had).where(which).order_by(due_at, subscriptions.c.id)
        return self._turns(statement.limit(limit))

    def of(self, subscription_ids: Iterable[int], now: datetime, had: Had) -> tuple[Turn, ...]:
        """Those of them whose turn it still is."""
        which = subscriptions.c.id.in_(list(subscription_ids)) & (unindexed(subscriptions.c.next_edition_at) <= now)
        return self._turns(self._statement(had).where(which).order_by(subscriptions.c.id))

    def pass_on(self, done: Iterable[tuple[int, datetime, datetime | None]]) -> None:
        """(subscription, its editions up to when have been dealt with, its next one) of several."""
        rows = [{"number": number, "until": until, "next": following} for number, until, following in done]
        if rows:
            statement = (
                update(subscriptions)
                .where(subscriptions.c.id == bindparam("number"))
                .values(planned_until=bindparam("until"), next_edition_at=bindparam("next"))
            )
            self._connection.execute(statement, rows)

    def _turns(self, statement: Select[Any]) -> tuple[Turn, ...]:
        return tuple(Turn._make(row) for row in self._connection.execute(statement))

    def _statement(self, had: Had) -> Select[Any]:
        own = subscriptions.c
        choices: ColumnElement[str] = cast(own[_CHOICES[0]], Text)
        for name in _CHOICES[1:]:
            choices = choices + _PARTED + cast(own[name], Text)
        topics = select(func.aggregate_strings(subscription_topics.c.slug, ",")).where(
            subscription_topics.c.subscription_id == own.id
        )
        number = cast(deliveries.c.composition_id, Text)
        dropped = number + _DROPPED + cast(deliveries.c.id, Text)
        token = case((deliveries.c.state == DeliveryState.DROPPED.value, dropped), else_=number)
        told = select(func.aggregate_strings(token, ",")).where(
            deliveries.c.subscription_id == own.id,
            deliveries.c.stories > 0,
            deliveries.c.edition_at >= had.since if had.since is not None else deliveries.c.id < 0,
        )
        last = (
            select(raw(deliveries.c.edition_at))
            .where(
                deliveries.c.subscription_id == own.id,
                deliveries.c.kind.in_([EditionKind.SCHEDULED.value, EditionKind.ON_DEMAND.value]),
            )
            .order_by(deliveries.c.edition_at.desc())
            .limit(1)
        )
        return (
            select(
                own.id,
                own.chat_id,
                raw(own.next_edition_at),
                raw(own.planned_until),
                subscribers.c.language,
                choices,
                topics.scalar_subquery(),
                told.scalar_subquery(),
                last.scalar_subquery(),
            )
            .join(subscribers, subscribers.c.chat_id == own.chat_id)
            .where(unindexed(subscribers.c.state) == SubscriberState.ACTIVE.value)
        )
