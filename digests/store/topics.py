"""Topics in the database."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, delete, func, literal, select, update

from digests.errors import TopicExistsError, UnknownTopicError
from digests.model import Strictness, Topic
from digests.store.dialect import insert
from digests.store.tables import subscription_topics, subscriptions, topics

_IN_ONE_STATEMENT = 500  # values; SQLite takes no more than some thousand


class Topics:
    """The table of topics, in the order in which readers see them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Topic, ...]:
        """Every topic, in order."""
        rows = self._connection.execute(select(topics).order_by(topics.c.position, topics.c.slug))
        return tuple(_topic(row) for row in rows)

    def get(self, slug: str) -> Topic:
        """One topic.

        Raises:
            UnknownTopicError: there is none of that slug.
        """
        row = self._connection.execute(select(topics).where(topics.c.slug == slug)).first()
        if row is None:
            raise UnknownTopicError(slug, (topic.slug for topic in self.all()))
        return _topic(row)

    def add(self, topic: Topic) -> None:
        """A new topic, last in order.

        Raises:
            TopicExistsError: the slug is taken.
        """
        last = self._connection.execute(select(func.max(topics.c.position))).scalar() or 0
        statement = insert(self._connection, topics).values(slug=topic.slug, position=last + 1, **_values(topic))
        added = self._connection.execute(statement.on_conflict_do_nothing().returning(topics.c.slug)).first()
        if added is None:
            raise TopicExistsError(topic.slug)

    def replace(self, topic: Topic) -> None:
        """Change everything but the slug and the place of a topic that exists."""
        self._connection.execute(update(topics).where(topics.c.slug == topic.slug).values(_values(topic)))

    def move_feed(self, before: str, after: str) -> None:
        """Have topics that are limited to the feed at `before` take what comes from `after` instead."""
        for topic in self.all():
            if before in topic.feed_urls:
                urls = dict.fromkeys(after if url == before else url for url in topic.feed_urls)
                self.replace(replace(topic, feed_urls=tuple(urls)))

    def place(self, slug: str) -> int:
        """Where it stands among the others: the lower, the earlier.

        Raises:
            UnknownTopicError: there is none of that slug.
        """
        self.get(slug)
        statement = select(topics.c.position).where(topics.c.slug == slug)
        return int(self._connection.execute(statement).scalar_one())

    def put(self, slug: str, place: int) -> None:
        """Let it stand there."""
        self._connection.execute(update(topics).where(topics.c.slug == slug).values(position=place))

    def followers(self, slug: str) -> tuple[int, ...]:
        """The subscriptions that follow it."""
        which = subscription_topics.c.slug == slug
        statement = select(subscription_topics.c.subscription_id).where(which)
        return tuple(self._connection.execute(statement.order_by(subscription_topics.c.subscription_id)).scalars())

    def follow_again(self, slug: str, subscription_ids: Iterable[int]) -> None:
        """Give the topic back to those of the subscriptions that are still there."""
        wanted = list(subscription_ids)
        for start in range(0, len(wanted), _IN_ONE_STATEMENT):
            several = wanted[start : start + _IN_ONE_STATEMENT]
            there = select(subscriptions.c.id, literal(slug)).where(subscriptions.c.id.in_(several))
            statement = insert(self._connection, subscription_topics).from_select(["subscription_id", "slug"], there)
            self._connection.execute(statement.on_conflict_do_nothing())

    def remove(self, slug: str) -> None:
        """Forget the topic; readers of it keep their other topics."""
        self._connection.execute(delete(topics).where(topics.c.slug == slug))


def _values(topic: Topic) -> dict[str, object]:
    return {
        "names": dict(topic.names),
        "descriptions": dict(topic.descriptions),
        "words": list(topic.words),
        "must": list(topic.must),
        "exclude": list(topic.exclude),
        "languages": list(topic.languages),
        "feed_urls": list(topic.feed_urls),
        "liked": list(topic.liked),
        "disliked": list(topic.disliked),
        "strictness": topic.strictness or "",
    }


def _topic(row: Row[Any]) -> Topic:
    return Topic(
        slug=row.slug,
        names=row.names,
        descriptions=row.descriptions,
        words=tuple(row.words),
        must=tuple(row.must),
        exclude=tuple(row.exclude),
        languages=tuple(row.languages),
        feed_urls=tuple(row.feed_urls),
        liked=tuple(row.liked),
        disliked=tuple(row.disliked),
        strictness=Strictness(row.strictness) if row.strictness else None,
    )
