"""What is old enough to be forgotten, and forgetting it: a bounded number at a time, looked for without any lock.

Looking and forgetting are two transactions: what was found stays as old as it was, and only writers stand in line.
"""

import json
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Text, and_, cast, delete, exists, func, or_, select, tuple_, update

from digests.model import EditionKind
from digests.store.feeds import UNREAD
from digests.store.outbox import DeliveryState
from digests.store.tables import (
    articles,
    audit,
    broadcasts,
    compositions,
    deliveries,
    entries,
    feeds,
    stories,
    told_stories,
)

UNLISTED = timedelta(days=2)
"""A feed that was read so long after it listed an entry last does not list it any more: `Entries.note_listed` is exact
to a day."""

NO_WORDS: dict[str, object] = {"terms": {}, "names": []}
"""The fingerprint of an article that is compared with nothing any more."""

_EDITIONS = (EditionKind.SCHEDULED.value, EditionKind.ON_DEMAND.value)


class OldDelivery(NamedTuple):
    """A delivery that was looked at. is_spent: nothing depends on it any more."""

    edition_at: datetime
    id: int
    composition_id: int
    is_spent: bool


class Pruning:
    """Finds and forgets what is old. Whatever an answer or a later edition depends on is not found."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def awaited_stories(self) -> frozenset[int]:
        """Those that deliveries tell which wait to be sent: their buttons shall open something."""
        waiting = select(deliveries.c.composition_id).where(deliveries.c.state == DeliveryState.QUEUED.value).distinct()
        statement = select(told_stories.c.story_id).where(told_stories.c.composition_id.in_(waiting)).distinct()
        return frozenset(self._connection.execute(statement).scalars())

    def old_articles(self, before: datetime, *, but_of: Collection[int], limit: int) -> tuple[int, ...]:
        """Articles gathered and published before then, those that came first; but of those stories."""
        statement = (
            select(articles.c.id, articles.c.story_id)
            .where(articles.c.gathered_at < before, articles.c.published_at < before)
            .order_by(articles.c.gathered_at)
            .limit(limit + len(but_of))
        )
        found = [row.id for row in self._connection.execute(statement) if row.story_id not in but_of]
        return tuple(found[:limit])

    def forget_articles(self, article_ids: Sequence[int]) -> int:
        """Forget them, and the stories of which nothing is left; how many articles there were."""
        gone = delete(articles).where(articles.c.id.in_(article_ids)).returning(articles.c.story_id)
        of_stories = self._connection.execute(gone).scalars().all()
        self.forget_stories(sorted(set(of_stories)))
        return len(of_stories)

    def empty_stories(self, before: datetime, *, limit: int) -> tuple[int, ...]:
        """Stories from before then without any article, as joining leaves them."""
        has_any = exists().where(articles.c.story_id == stories.c.id)
        statement = select(stories.c.id).where(stories.c.created_at < before, ~has_any).limit(limit)
        return tuple(self._connection.execute(statement).scalars())

    def forget_stories(self, story_ids: Sequence[int]) -> int:
        """Forget those of them that have no articles; how many there were."""
        has_any = exists().where(articles.c.story_id == stories.c.id)
        return self._connection.execute(delete(stories).where(stories.c.id.in_(story_ids), ~has_any)).rowcount

    def with_words(self, since: datetime, before: datetime, *, limit: int) -> tuple[tuple[int, datetime], ...]:
        """(article, when it was gathered) of those gathered in that span that have words, as they came."""
        statement = (
            select(articles.c.id, articles.c.gathered_at)
            .where(
                articles.c.gathered_at >= since,
                articles.c.gathered_at < before,
                cast(articles.c.fingerprint, Text) != json.dumps(NO_WORDS),
            )
            .order_by(articles.c.gathered_at)
            .limit(limit)
        )
        return tuple((row.id, row.gathered_at) for row in self._connection.execute(statement))

    def forget_words(self, article_ids: Sequence[int]) -> None:
        """Forget by what these are compared with others: nothing that comes now is about the same event."""
        statement = update(articles).where(articles.c.id.in_(article_ids))
        self._connection.execute(statement.values(fingerprint=NO_WORDS))

    def old_deliveries(self, before: datetime, *, after: OldDelivery | None, limit: int) -> tuple[OldDelivery, ...]:
        """Deliveries of editions from before then, in their order. after: the last one seen before.

        A reader's latest edition, and the latest that told anything, are not spent, as is what alone says that they
        have had a story which may be told on. Nor is the newest broadcast, whose progress can be asked for.
        """
        own, later = deliveries, deliveries.alias()
        follows = and_(later.c.subscription_id == own.c.subscription_id, later.c.edition_at > own.c.edition_at)
        has_latest = exists().where(follows, later.c.kind.in_(_EDITIONS), or_(later.c.stories > 0, own.c.stories == 0))
        told, told_again = told_stories.alias(), told_stories.alias()
        again = exists().where(
            follows,
            later.c.state == DeliveryState.DONE.value,
            told_again.c.composition_id == later.c.composition_id,
            told_again.c.story_id == told.c.story_id,
        )
        alone = exists().where(told.c.composition_id == own.c.composition_id, ~again)
        newest = select(func.max(broadcasts.c.id)).scalar_subquery()
        is_over = or_(own.c.kind.not_in(_EDITIONS), has_latest)
        is_spent: ColumnElement[bool] = and_(
            own.c.state != DeliveryState.QUEUED.value,
            is_over,
            or_(own.c.broadcast_id.is_(None), own.c.broadcast_id != newest),
            ~alone,
        )
        which = own.c.edition_at < before
        if after is not None:
            which &= tuple_(own.c.edition_at, own.c.id) > tuple_(after.edition_at, after.id)
        statement = (
            select(own.c.edition_at, own.c.id, own.c.composition_id, is_spent.label("is_spent"))
            .where(which)
            .order_by(own.c.edition_at, own.c.id)
            .limit(limit)
        )
        return tuple(
            OldDelivery(row.edition_at, row.id, row.composition_id, bool(row.is_spent))
            for row in self._connection.execute(statement)
        )

    def forget_deliveries(self, spent: Sequence[OldDelivery]) -> int:
        """Forget them, and what nobody has any longer of what they said; how many there were."""
        gone = delete(deliveries).where(deliveries.c.id.in_([one.id for one in spent]))
        count = self._connection.execute(gone).rowcount
        had = exists().where(deliveries.c.composition_id == compositions.c.id)
        begun = exists().where(broadcasts.c.composition_id == compositions.c.id, ~broadcasts.c.is_queued)
        which = compositions.c.id.in_(sorted({one.composition_id for one in spent}))
        self._connection.execute(delete(compositions).where(which, ~had, ~begun))
        return count

    def old_entries(self, feed_id: int, before: datetime, *, limit: int) -> tuple[int, ...]:
        """Entries that the feed listed last before then, and does not list any more: it can't announce them anew.

        Those of articles that are kept are not among them.
        """
        latest = select(func.max(entries.c.listed_at)).where(entries.c.feed_id == feed_id)
        listed_at: datetime | None = self._connection.execute(latest).scalar()
        if listed_at is None:
            return ()
        has_article = exists().where(articles.c.entry_id == entries.c.id)
        statement = (
            select(entries.c.id)
            .where(
                entries.c.feed_id == feed_id,
                entries.c.listed_at < min(before, listed_at - UNLISTED),
                entries.c.state != UNREAD,
                ~has_article,
            )
            .limit(limit)
        )
        return tuple(self._connection.execute(statement).scalars())

    def forget_entries(self, entry_ids: Sequence[int]) -> int:
        """Forget them; how many there were."""
        return self._connection.execute(delete(entries).where(entries.c.id.in_(entry_ids))).rowcount

    def feed_ids(self) -> tuple[int, ...]:
        """All feeds."""
        return tuple(self._connection.execute(select(feeds.c.id).order_by(feeds.c.id)).scalars())

    def old_changes(self, before: datetime, *, limit: int) -> tuple[int, ...]:
        """Changes by admins from before then."""
        return tuple(self._connection.execute(select(audit.c.id).where(audit.c.at < before).limit(limit)).scalars())

    def forget_changes(self, change_ids: Sequence[int]) -> int:
        """Forget them; how many there were."""
        return self._connection.execute(delete(audit).where(audit.c.id.in_(change_ids))).rowcount
