"""Feeds and their entries in the database."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, exists, func, select, update

from digests.errors import FeedExistsError, UnknownFeedError
from digests.model import Entry, Feed, Move, UnreadEntry, Validators, Wishes
from digests.records import UNSAID
from digests.store.dialect import insert
from digests.store.tables import articles, entries, feeds

UNREAD, READ, SKIPPED, UNREADABLE = "unread", "read", "skipped", "unreadable"
"""States of an entry: to be read; made an article (or found to be one already); not worth reading; given up."""

A_DAY = timedelta(days=1)


class Feeds:
    """The feeds that admins chose, and where their polling stands."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Feed, ...]:
        """Every feed, by title."""
        return self._select(select(feeds).order_by(feeds.c.title, feeds.c.id))

    def due(self, now: datetime) -> tuple[Feed, ...]:
        """Those to be polled at `now`, the longest due first."""
        due = select(feeds).where(feeds.c.next_poll_at <= now, ~feeds.c.is_stopped, ~feeds.c.is_paused)
        return self._select(due.order_by(feeds.c.next_poll_at))

    def any_due(self, now: datetime) -> bool:
        """Whether any is to be polled at `now`."""
        due = exists().where(feeds.c.next_poll_at <= now, ~feeds.c.is_stopped, ~feeds.c.is_paused)
        return bool(self._connection.execute(select(due)).scalar_one())

    def due_one(self, feed_id: int, now: datetime) -> Feed | None:
        """That feed; None unless it is to be polled at `now`."""
        due = select(feeds).where(feeds.c.id == feed_id, feeds.c.next_poll_at <= now)
        return next(iter(self._select(due.where(~feeds.c.is_stopped, ~feeds.c.is_paused))), None)

    def some(self, feed_ids: Iterable[int]) -> tuple[Feed, ...]:
        """Those of these that are there, by id."""
        return self._select(select(feeds).where(feeds.c.id.in_(list(feed_ids))).order_by(feeds.c.id))

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

    def save(self, polled: Iterable[Feed]) -> None:
        """Keep where the polling of these stands; names and addresses stay as they are."""
        rows = [{"of": feed.id, **_standing(feed)} for feed in polled]
        if rows:
            statement = update(feeds).where(feeds.c.id == bindparam("of"))
            self._connection.execute(
                statement.values({name: bindparam(name) for name in rows[0] if name != "of"}), rows
            )

    def describe(self, feed_id: int, *, title: str, site_url: str) -> None:
        """Name the feed and its site anew."""
        self._connection.execute(update(feeds).where(feeds.c.id == feed_id).values(title=title, site_url=site_url))

    def say(self, feed: Feed) -> None:
        """Keep what admins say of the feed; its address, and where its polling stands, stay as they are.

        Articles that were credited under its title are credited under the new one.
        """
        values = {name: getattr(feed, name) for name in UNSAID}
        before = select(feeds.c.title).where(feeds.c.id == feed.id).scalar_subquery()
        named = update(articles).where(articles.c.feed_id == feed.id, articles.c.source == before)
        self._connection.execute(named.values(source=feed.title))
        self._connection.execute(update(feeds).where(feeds.c.id == feed.id).values(values))

    def in_question(self) -> tuple[Feed, ...]:
        """Those that fail and nobody was told, and those that are well again and nobody was told; by title."""
        told = feeds.c.told_broken_at.is_not(None)
        failing = (feeds.c.error != "") & ~told & ~feeds.c.is_paused
        return self._select(
            select(feeds).where(failing | ((feeds.c.error == "") & told)).order_by(feeds.c.title, feeds.c.id)
        )

    def told(self, feed_ids: Iterable[int], at: datetime | None) -> None:
        """Note when admins were told that these are broken; None where they were told that they are not any more."""
        statement = update(feeds).where(feeds.c.id == bindparam("of")).values(told_broken_at=at)
        rows = [{"of": feed_id} for feed_id in feed_ids]
        if rows:
            self._connection.execute(statement, rows)

    def know_until(self, feed_id: int, instant: datetime) -> None:
        """What the feed published up to then was told before."""
        self._connection.execute(update(feeds).where(feeds.c.id == feed_id).values(told_until=instant))

    def move(self, feed_id: int, url: str) -> bool:
        """Poll the feed at `url` from now on; False, changing nothing, when another feed is followed there.

        What it has said and what was made of that stays its own.
        """
        taken = select(exists().where(feeds.c.url == url, feeds.c.id != feed_id))
        if self._connection.execute(taken).scalar_one():
            return False
        self._connection.execute(update(feeds).where(feeds.c.id == feed_id).values(url=url))
        return True

    def poll_soon(self, now: datetime, feed_ids: Iterable[int] | None = None) -> None:
        """Make feeds due at `now`, stopped ones too: those named, or all. Paused ones stay paused."""
        statement = update(feeds).values(next_poll_at=now, is_stopped=False)
        if feed_ids is not None:
            statement = statement.where(feeds.c.id.in_(list(feed_ids)))
        self._connection.execute(statement)

    def _select(self, statement: Any) -> tuple[Feed, ...]:  # noqa: ANN401
        return tuple(_feed(row) for row in self._connection.execute(statement))


@dataclass(frozen=True, kw_only=True)
class StoredEntry:
    """An entry as it was when it was stored last. is_unread: whether it still waits to be read."""

    id: int
    entry: Entry
    is_unread: bool
    gathered_at: datetime
    edits: int


class Entries:
    """What feeds said, each entry once, and whether it has been read."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def compare(
        self,
        feed_id: int,
        said: Sequence[Entry],
    ) -> tuple[list[Entry], list[tuple[StoredEntry, Entry]]]:
        """Those of different keys that the feed has never said, and (before, after) of those that differ in anything.

        What was only remembered, and not to be read, is not compared.
        """
        statement = select(entries.c.key, entries.c.content_hash).where(
            entries.c.feed_id == feed_id,
            entries.c.key.in_([entry.key for entry in said]),
        )
        known = {key: content_hash for key, content_hash in self._connection.execute(statement)}  # noqa: C416 - as below
        unknown = [entry for entry in said if entry.key not in known]
        altered = {
            entry.key: entry for entry in said if known.get(entry.key) and known[entry.key] != _content_hash(entry)
        }
        return unknown, [(self._stored(feed_id, key), entry) for key, entry in altered.items()]

    def alter(self, entry_id: int, entry: Entry) -> None:
        """Keep what the feed says now."""
        values = {"payload": _pack(entry), "content_hash": _content_hash(entry)}
        self._connection.execute(update(entries).where(entries.c.id == entry_id).values(values))

    def read_again(self, entry_id: int, *, now: datetime) -> None:
        """Have the entry read again, because the feed has edited it."""
        values = {"state": UNREAD, "edits": entries.c.edits + 1, "attempts": 0, "next_read_at": now}
        self._connection.execute(update(entries).where(entries.c.id == entry_id).values(values))

    def is_new_feed(self, feed_id: int) -> bool:
        """Whether the feed has never said anything."""
        statement = select(exists().where(entries.c.feed_id == feed_id))
        return not self._connection.execute(statement).scalar_one()

    def add(self, feed_id: int, wanted: Iterable[Entry], skipped: Iterable[Entry], *, now: datetime) -> int:
        """Store entries not known yet: `wanted` ones to be read, `skipped` ones only remembered. How many are new."""
        common: dict[str, object] = {"feed_id": feed_id, "attempts": 0, "edits": 0}
        common |= dict.fromkeys(("next_read_at", "gathered_at", "listed_at"), now)
        rows = [
            *(
                {"key": one.key, "state": UNREAD, "payload": _pack(one), "content_hash": _content_hash(one), **common}
                for one in wanted
            ),
            *({"key": one.key, "state": SKIPPED, "payload": {}, "content_hash": "", **common} for one in skipped),
        ]
        if not rows:
            return 0
        return self._connection.execute(insert(self._connection, entries).on_conflict_do_nothing(), rows).rowcount

    def note_listed(self, feed_id: int, said: Sequence[Entry], *, now: datetime) -> None:
        """Note that the feed lists these now, under their keys or their addresses; it is noted once in `A_DAY`."""
        statement = update(entries).where(
            entries.c.feed_id == feed_id,
            entries.c.key.in_({name for entry in said for name in (entry.key, entry.url)}),
            entries.c.listed_at <= now - A_DAY,
        )
        self._connection.execute(statement.values(listed_at=now))

    def unread(self, now: datetime, *, limit: int) -> tuple[UnreadEntry, ...]:
        """Entries to be read at `now`, the longest waiting first."""
        order = (entries.c.next_read_at, entries.c.id)
        return self._unread(_UNREAD.where(entries.c.next_read_at <= now).order_by(*order).limit(limit))

    def unread_one(self, entry_id: int, now: datetime) -> UnreadEntry | None:
        """That entry; None unless it is to be read at `now`."""
        found = self._unread(_UNREAD.where(entries.c.id == entry_id, entries.c.next_read_at <= now))
        return found[0] if found else None

    def is_unread(self, entry_id: int) -> bool:
        """Whether the entry still waits to be read."""
        statement = select(exists().where(entries.c.id == entry_id, entries.c.state == UNREAD))
        return bool(self._connection.execute(statement).scalar_one())

    def _unread(self, statement: Select[Any]) -> tuple[UnreadEntry, ...]:
        return tuple(
            UnreadEntry(
                id=row.id,
                feed_id=row.feed_id,
                source=row.source,
                entry=_unpack(row.payload),
                attempts=row.attempts,
                edits=row.edits,
                language=row.language,
            )
            for row in self._connection.execute(statement)
        )

    def settle(self, entry_id: int, state: str, *, wording: Entry, now: datetime) -> None:
        """Note that the entry needs no more reading, or once more when its feed has edited `wording` meanwhile."""
        this = update(entries).where(entries.c.id == entry_id)
        of_it = entries.c.content_hash == _content_hash(wording)
        if not self._connection.execute(this.where(of_it).values(state=state)).rowcount:
            self.read_again(entry_id, now=now)

    def postpone(self, entry_id: int, *, until: datetime) -> None:
        """Try the entry again later."""
        values = {"attempts": entries.c.attempts + 1, "next_read_at": until}
        self._connection.execute(update(entries).where(entries.c.id == entry_id).values(values))

    def count_by_feed(self, since: datetime, feed_ids: Sequence[int] | None = None) -> dict[int, int]:
        """Feed id -> entries first seen since then, without those that were old news already; of all feeds, or these.

        Feeds without any are left out.
        """
        statement = select(entries.c.feed_id, func.count()).group_by(entries.c.feed_id)
        statement = statement.where(entries.c.gathered_at >= since, entries.c.state != SKIPPED)
        if feed_ids is not None:
            statement = statement.where(entries.c.feed_id.in_(feed_ids))
        rows = self._connection.execute(statement)
        return {feed_id: count for feed_id, count in rows}  # noqa: C416 - rows are not pairs to the type checker

    def said_since(self, feed_id: int, since: datetime) -> tuple[Entry, ...]:
        """What the feed has said since then, without what was only remembered."""
        statement = select(entries.c.payload).where(
            entries.c.feed_id == feed_id, entries.c.gathered_at >= since, entries.c.state != SKIPPED
        )
        return tuple(_unpack(payload) for payload in self._connection.execute(statement).scalars())

    def latest(self, feed_id: int, *, limit: int) -> tuple[Entry, ...]:
        """What the feed has said last, the newest first; what was only remembered is not among it."""
        statement = (
            select(entries.c.payload)
            .where(entries.c.feed_id == feed_id, entries.c.state != SKIPPED)
            .order_by(entries.c.gathered_at.desc(), entries.c.id)  # those of one poll are stored the newest first
            .limit(limit)
        )
        return tuple(_unpack(payload) for payload in self._connection.execute(statement).scalars())

    def keys(self, feed_id: int) -> frozenset[str]:
        """The keys of all that the feed has ever said."""
        statement = select(entries.c.key).where(entries.c.feed_id == feed_id)
        return frozenset(self._connection.execute(statement).scalars())

    def _stored(self, feed_id: int, key: str) -> StoredEntry:
        row = self._connection.execute(select(entries).where(entries.c.feed_id == feed_id, entries.c.key == key)).one()
        return StoredEntry(
            id=row.id,
            entry=_unpack(row.payload),
            is_unread=row.state == UNREAD,
            gathered_at=row.gathered_at,
            edits=row.edits,
        )


_UNREAD = select(entries, feeds.c.title.label("source"), feeds.c.language).join(feeds).where(entries.c.state == UNREAD)


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
        is_stopped=row.is_stopped,
        told_until=row.told_until,
        wishes=Wishes(
            ttl=None if row.ttl is None else timedelta(seconds=row.ttl),
            skip_hours=frozenset(row.skip_hours),
        ),
        move=Move(to=row.moved_to, since=row.moved_since, polls=row.moved_polls) if row.moved_to else None,
        weight=row.weight,
        language=row.language,
        credit=row.credit,
        is_paused=row.is_paused,
        failing_since=row.failing_since,
        told_broken_at=row.told_broken_at,
    )


def _standing(feed: Feed) -> dict[str, object]:
    return {
        **asdict(feed.validators),
        "next_poll_at": feed.next_poll_at,
        "last_success_at": feed.last_success_at,
        "failures": feed.failures,
        "error": feed.error,
        "is_stopped": feed.is_stopped,
        "failing_since": feed.failing_since,
        "ttl": None if feed.wishes.ttl is None else int(feed.wishes.ttl.total_seconds()),
        "skip_hours": sorted(feed.wishes.skip_hours),
        "moved_to": feed.move.to if feed.move else "",
        "moved_since": feed.move.since if feed.move else None,
        "moved_polls": feed.move.polls if feed.move else 0,
    }


def _content_hash(entry: Entry) -> str:
    """Equal for what is worded alike to the letter. Short: it is kept with every entry, and parts versions of one."""
    return hashlib.blake2b(f"{entry.url}\n{entry.title}\n{entry.html}".encode(), digest_size=12).hexdigest()


def _pack(entry: Entry) -> dict[str, object]:
    # asdict would copy every value, for as long as all the rest of storing an entry takes.
    return {**vars(entry), "published_at": entry.published_at and entry.published_at.isoformat()}


def _unpack(payload: dict[str, Any]) -> Entry:
    published_at = payload["published_at"]
    return Entry(**{**payload, "published_at": published_at and datetime.fromisoformat(published_at)})
