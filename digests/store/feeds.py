"""Feeds and their entries in the database."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, func, select, update

from digests.errors import FeedExistsError, UnknownFeedError
from digests.model import Entry, Feed, UnreadEntry, Validators
from digests.store.dialect import insert
from digests.store.tables import entries, feeds

UNREAD, READ, SKIPPED, UNREADABLE = "unread", "read", "skipped", "unreadable"
"""States of an entry: to be read; made an article (or found to be one already); not worth reading; given up."""


class Feeds:
    """The feeds that admins chose, and where their polling stands."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Feed, ...]:
        """Every feed, by title."""
        return self._select(select(feeds).order_by(feeds.c.title, feeds.c.id))

    def due(self, now: datetime) -> tuple[Feed, ...]:
        """Those to be polled at `now`, the longest due first."""
        return self._select(select(feeds).where(feeds.c.next_poll_at <= now).order_by(feeds.c.next_poll_at))

    def get(self, feed_id: int) -> Feed:
        """One feed.

        Raises:
            UnknownFeedError: it is not there, or no longer.
        """
        found = self._select(select(feeds).where(feeds.c.id == feed_id))
        if not found:
            raise UnknownFeedError
        return found[0]

    def add(self, url: str, *, title: str, site_url: str, now: datetime) -> Feed:
        """A new feed, due at once.

        Raises:
            FeedExistsError: the address is followed already.
        """
        row = {
            "url": url,
            "title": title,
            "site_url": site_url,
            "next_poll_at": now,
            "last_success_at": None,
            "failures": 0,
            "error": "",
            **asdict(Validators()),
        }
        statement = insert(self._connection, feeds).values(row).on_conflict_do_nothing().returning(feeds.c.id)
        feed_id = self._connection.execute(statement).scalar()
        if feed_id is None:
            raise FeedExistsError(
                self._connection.execute(select(feeds.c.title).where(feeds.c.url == url)).scalar_one(),
            )
        return self.get(feed_id)

    def remove(self, feed_id: int) -> None:
        """Forget the feed, its entries and articles."""
        self._connection.execute(delete(feeds).where(feeds.c.id == feed_id))

    def polled(
        self,
        feed: Feed,
        *,
        validators: Validators,
        title: str,
        site_url: str,
        now: datetime,
        next_poll_at: datetime,
    ) -> None:
        """Note a poll that went well."""
        self._update(
            feed,
            title=title,
            site_url=site_url,
            last_success_at=now,
            next_poll_at=next_poll_at,
            failures=0,
            error="",
            **asdict(validators),
        )

    def failed(self, feed: Feed, *, error: str, next_poll_at: datetime) -> None:
        """Note a poll that went wrong."""
        self._update(feed, error=error, failures=feed.failures + 1, next_poll_at=next_poll_at)

    def poll_soon(self, now: datetime, feed_ids: Iterable[int] | None = None) -> None:
        """Make feeds due at `now`: those named, or all."""
        statement = update(feeds).values(next_poll_at=now)
        if feed_ids is not None:
            statement = statement.where(feeds.c.id.in_(list(feed_ids)))
        self._connection.execute(statement)

    def _update(self, feed: Feed, **values: object) -> None:
        self._connection.execute(update(feeds).where(feeds.c.id == feed.id).values(values))

    def _select(self, statement: Any) -> tuple[Feed, ...]:  # noqa: ANN401
        return tuple(_feed(row) for row in self._connection.execute(statement))


class Entries:
    """What feeds said, each entry once, and whether it has been read."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known(self, feed_id: int, keys: Sequence[str]) -> frozenset[str]:
        """Those of `keys` that the feed has said before."""
        statement = select(entries.c.key).where(entries.c.feed_id == feed_id, entries.c.key.in_(keys))
        return frozenset(self._connection.execute(statement).scalars())

    def is_new_feed(self, feed_id: int) -> bool:
        """Whether the feed has never said anything."""
        statement = select(exists().where(entries.c.feed_id == feed_id))
        return not self._connection.execute(statement).scalar_one()

    def add(self, feed_id: int, wanted: Iterable[Entry], skipped: Iterable[Entry], *, now: datetime) -> int:
        """Store entries not known yet: `wanted` ones to be read, `skipped` ones only remembered. How many are new."""
        new = 0
        for state, several in ((UNREAD, wanted), (SKIPPED, skipped)):
            for entry in several:
                row = {
                    "feed_id": feed_id,
                    "key": entry.key,
                    "payload": _pack(entry),
                    "state": state,
                    "attempts": 0,
                    "next_read_at": now,
                    "gathered_at": now,
                }
                statement = insert(self._connection, entries).values(row).on_conflict_do_nothing()
                new += self._connection.execute(statement.returning(entries.c.id)).first() is not None
        return new

    def unread(self, now: datetime, *, limit: int) -> tuple[UnreadEntry, ...]:
        """Entries to be read at `now`, the longest waiting first."""
        statement = (
            select(entries, feeds.c.title.label("source"))
            .join(feeds)
            .where(entries.c.state == UNREAD, entries.c.next_read_at <= now)
            .order_by(entries.c.next_read_at, entries.c.id)
            .limit(limit)
        )
        return tuple(
            UnreadEntry(
                id=row.id,
                feed_id=row.feed_id,
                source=row.source,
                entry=_unpack(row.payload),
                attempts=row.attempts,
            )
            for row in self._connection.execute(statement)
        )

    def settle(self, entry_id: int, state: str) -> None:
        """Note that the entry needs no more reading."""
        self._connection.execute(update(entries).where(entries.c.id == entry_id).values(state=state))

    def postpone(self, entry_id: int, *, until: datetime) -> None:
        """Try the entry again later."""
        values = {"attempts": entries.c.attempts + 1, "next_read_at": until}
        self._connection.execute(update(entries).where(entries.c.id == entry_id).values(values))

    def count_by_feed(self, since: datetime) -> dict[int, int]:
        """Feed id -> entries first seen since then."""
        statement = select(entries.c.feed_id, func.count()).where(entries.c.gathered_at >= since)
        rows = self._connection.execute(statement.group_by(entries.c.feed_id))
        return {feed_id: count for feed_id, count in rows}  # noqa: C416 - rows are not pairs to the type checker


def _feed(row: Row[Any]) -> Feed:
    return Feed(
        id=row.id,
        url=row.url,
        title=row.title,
        site_url=row.site_url,
        validators=Validators(etag=row.etag, last_modified=row.last_modified, body_hash=row.body_hash),
        next_poll_at=row.next_poll_at,
        last_success_at=row.last_success_at,
        failures=row.failures,
        error=row.error,
    )


def _pack(entry: Entry) -> dict[str, object]:
    return {**asdict(entry), "published_at": entry.published_at and entry.published_at.isoformat()}


def _unpack(payload: dict[str, Any]) -> Entry:
    published_at = payload["published_at"]
    return Entry(**{**payload, "published_at": published_at and datetime.fromisoformat(published_at)})
