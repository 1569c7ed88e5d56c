"""Whose turn it is, in the database: read so that readers who get the same can be told by comparing a few strings."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, Text, case, cast, func, select, tuple_, update

from digests.model import EditionKind, SubscriberState, Subscription
from digests.store.dialect import instant, listed, raw, unindexed
from digests.store.outbox import DeliveryState
from digests.store.readers import chosen
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

MOST_HISTORIES = 100_000
"""Lists of compositions remembered at a time; one takes some 200 bytes."""

MOST_MESSAGES = 1_000
"""Of one composition."""

LATE = timedelta(days=10)
"""An edition is composed at most so long after its hour: `digests.editions` looks back for nine days."""

_NEVER = datetime.min.replace(tzinfo=UTC)


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

    def subscription(self, topics: frozenset[str]) -> Subscription:
        """What the reader chose, with `topics` as they are read from the turn; what editions don't depend on aside."""
        return Subscription(
            id=self.subscription_id,
            chat_id=self.chat_id,
            topics=topics,
            planned_until=self.dealt_with_until,
            **_chosen(self.choices),
        )

    @property
    def dealt_with_until(self) -> datetime:
        """Every edition due up to this instant has been dealt with."""
        return instant(self.planned_until)

    @property
    def last_edition_at(self) -> datetime | None:
        """The latest edition entered for the reader, notices aside; None before the first."""
        return None if self.last is None else instant(self.last)


LANGUAGE = Turn._fields.index("language")
"""From there on a turn says what its reader's edition depends on."""


class Had:
    """What readers have had of the stories that may be told again.

    It is read as it is asked for: of the compositions of those readers whose turn comes.
    """

    def __init__(self, live: Collection[int], since: datetime | None) -> None:
        """live: the stories that may be told now. since: nothing of them had been told before; None without any."""
        self._live = live
        self.since = since
        self._told: dict[int, tuple[datetime, Mapping[int, int]]] = {}
        self._known: dict[str | None, frozenset[str]] = {None: frozenset()}

    def unknown(self, told: Iterable[str | None]) -> set[int]:
        """Compositions among those that nothing is known of yet."""
        new = {one for one in told if one not in self._known and one is not None}
        return {_composition(token) for one in new for token in one.split(",")} - self._told.keys()

    def forget_if_many(self) -> None:
        """Begin anew where a great many compositions are known; what is needed is learnt again."""
        if len(self._told) > MOST_HISTORIES:
            self._told.clear()
            self._known = {None: frozenset()}

    def note(self, composition_id: int, made_at: datetime, stories: Mapping[int, int]) -> None:
        """Remember what a composition tells, each story by which of its messages, and when it was made."""
        live = {story_id: message for story_id, message in stories.items() if story_id in self._live}
        self._told[composition_id] = (made_at, live)

    def of(self, told: str | None) -> frozenset[str]:
        """What tells apart readers who have had different things; equal for all others."""
        found = self._known.get(told)
        if found is None:
            assert told is not None  # that one is known
            if len(self._known) > MOST_HISTORIES:
                self._known = {None: frozenset()}
            found = frozenset(one for one in told.split(",") if self._told[_composition(one)][1])
            self._known[told] = found
        return found

    def seen(self, had: frozenset[str]) -> dict[int, datetime] | None:
        """Story -> when they last had anything of it. None where it depends on the reader: something was given up."""
        if any(_DROPPED in one for one in had):
            return None
        return {story_id: made_at for made_at, _, stories in self._in_order(had) for story_id in stories}

    def earlier(self, had: frozenset[str]) -> dict[int, int]:
        """Story -> a number that is the same for all stories that one message has told, the latest that did."""
        return {
            story_id: composition_id * MOST_MESSAGES + message
            for _, composition_id, stories in self._in_order(had)
            for story_id, message in stories.items()
        }

    def _in_order(self, had: frozenset[str]) -> list[tuple[datetime, int, Mapping[int, int]]]:
        """(when it was made, composition, what it tells), the latest last."""
        numbers_had = {_composition(one) for one in had}
        in_order = sorted((self._told[one][0], one) for one in numbers_had)
        return [(made_at, one, self._told[one][1]) for made_at, one in in_order]


@lru_cache(maxsize=10_000)  # as with `instant`
def _chosen(choices: str) -> dict[str, Any]:
    """The fields of a subscription, but for its topics."""
    written = dict(zip(_CHOICES, choices.split(_PARTED), strict=True))
    return chosen({name: one if name == "zone" else json.loads(one) for name, one in written.items()})


def _composition(token: str) -> int:
    return int(token.partition(_DROPPED)[0])


class Turns:
    """The readers whose next edition has come."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def learn(self, had: Had, turns: Iterable[Turn]) -> None:
        """Let `had` know what these readers have had."""
        had.forget_if_many()
        unknown = sorted(had.unknown(turn.told for turn in turns))
        for start in range(0, len(unknown), IN_ONE_STATEMENT):
            ids = unknown[start : start + IN_ONE_STATEMENT]
            made = select(compositions.c.id, compositions.c.created_at).where(compositions.c.id.in_(ids))
            told: dict[int, dict[int, int]] = {one: {} for one in ids}
            columns = told_stories.c.composition_id, told_stories.c.story_id, told_stories.c.message
            which = told_stories.c.composition_id.in_(ids)
            for one, story_id, message in self._connection.execute(select(*columns).where(which)):
                told[one][story_id] = message
            made_at = {row.id: row.created_at for row in self._connection.execute(made)}
            for one in ids:
                had.note(one, made_at.get(one, _NEVER), told[one])

    def due(self, now: datetime, had: Had, *, after: Turn | None, limit: int) -> tuple[Turn, ...]:
        """Active readers whose next edition has come, the longest due first. after: the last one seen before."""
        due_at = subscriptions.c.next_edition_at
        which = due_at <= now
        if after is not None:
            # Compared as a pair, so that both databases go on in their index from there: "or" would make them sort.
            which &= tuple_(due_at, subscriptions.c.id) > tuple_(instant(after.due_at), after.subscription_id)
        statement = _turns_since(had.since).where(which).order_by(due_at, subscriptions.c.id)
        return self._turns(statement.limit(limit))

    def of(self, subscription_ids: Iterable[int], now: datetime, had: Had) -> tuple[Turn, ...]:
        """Those of them whose turn it still is."""
        asked = select(listed(self._connection, list(subscription_ids)))
        which = subscriptions.c.id.in_(asked) & (unindexed(subscriptions.c.next_edition_at) <= now)
        return self._turns(_turns_since(had.since).where(which).order_by(subscriptions.c.id))

    def pass_on(self, done: Iterable[tuple[int, datetime, datetime | None]]) -> None:
        """(subscription, its editions up to when have been dealt with, its next one) of several."""
        alike: dict[tuple[datetime, datetime | None], list[int]] = defaultdict(list)
        for subscription_id, until, following in done:
            alike[until, following].append(subscription_id)
        for (until, following), ids in alike.items():
            self._connection.execute(
                update(subscriptions)
                .where(subscriptions.c.id.in_(select(listed(self._connection, ids))))
                .values(planned_until=until, next_edition_at=following)
            )

    def _turns(self, statement: Select[Any]) -> tuple[Turn, ...]:
        return tuple(map(Turn._make, self._connection.execute(statement).all()))


@lru_cache(maxsize=4)  # it is built anew for each batch else, which takes as long as to read some tens of turns
def _turns_since(since: datetime | None) -> Select[Any]:
    """Turns with what their readers have had of stories of which nothing had been told before `since`."""
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
        # What was composed before any of these stories had come tells of none.
        deliveries.c.created_at >= since if since is not None else deliveries.c.id < 0,
        deliveries.c.edition_at >= since - LATE if since is not None else deliveries.c.id < 0,
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
