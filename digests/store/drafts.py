"""Drafts of topics, and articles that were said to belong to topics or not, in the database."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from digests.model import TopicDraft, TopicLabel
from digests.records import recorded_topic, topic_record
from digests.store.dialect import insert
from digests.store.tables import topic_drafts, topic_labels


class Drafts:
    """At most one of each topic for each of the staff."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, user_id: int, slug: str) -> TopicDraft | None:
        """The user's draft of that topic, if there is one."""
        which = (topic_drafts.c.user_id == user_id, topic_drafts.c.slug == slug)
        row = self._connection.execute(select(topic_drafts).where(*which)).first()
        return None if row is None else _draft(row)

    def of(self, user_id: int) -> tuple[TopicDraft, ...]:
        """All of the user's, the latest first."""
        statement = select(topic_drafts).where(topic_drafts.c.user_id == user_id)
        ordered = statement.order_by(topic_drafts.c.changed_at.desc(), topic_drafts.c.slug)
        return tuple(map(_draft, self._connection.execute(ordered)))

    def save(self, draft: TopicDraft) -> None:
        """Keep it in place of the one that the user had of that topic."""
        values = {
            "record": topic_record(draft.topic),
            "base": None if draft.base is None else topic_record(draft.base),
            "history": [topic_record(one) for one in draft.history],
            "changed_at": draft.changed_at,
        }
        row = {"user_id": draft.user_id, "slug": draft.slug, **values}
        statement = insert(self._connection, topic_drafts).values(row)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["user_id", "slug"], set_=values))

    def remove(self, user_id: int, slug: str) -> bool:
        """Forget it; whether there was one."""
        which = (topic_drafts.c.user_id == user_id, topic_drafts.c.slug == slug)
        return bool(self._connection.execute(delete(topic_drafts).where(*which)).rowcount)

    def is_anybodys(self, slug: str) -> bool:
        """Whether somebody has a draft of that topic."""
        statement = select(topic_drafts.c.slug).where(topic_drafts.c.slug == slug).limit(1)
        return self._connection.execute(statement).first() is not None


class Labels:
    """Articles of which somebody said whether they belong to a topic; of each article the last word counts."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, slug: str) -> tuple[TopicLabel, ...]:
        """All of the topic's, the latest first."""
        statement = select(topic_labels).where(topic_labels.c.slug == slug)
        ordered = statement.order_by(topic_labels.c.at.desc(), topic_labels.c.key)
        return tuple(TopicLabel(**row._asdict()) for row in self._connection.execute(ordered))

    def save(self, label: TopicLabel) -> None:
        """Keep it in place of what was said of that article before."""
        row: dict[str, object] = {column.name: getattr(label, column.name) for column in topic_labels.c}
        statement = insert(self._connection, topic_labels).values(row)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["slug", "key"], set_=row))

    def remove(self, slug: str, key: str) -> None:
        """Nothing is said of that article any more."""
        which = (topic_labels.c.slug == slug, topic_labels.c.key == key)
        self._connection.execute(delete(topic_labels).where(*which))

    def keep_latest(self, slug: str, count: int) -> None:
        """Forget all of the topic's but the latest `count`."""
        for label in self.of(slug)[count:]:
            self.remove(slug, label.key)


def _draft(row: Row[Any]) -> TopicDraft:
    changed_at: datetime = row.changed_at
    return TopicDraft(
        user_id=row.user_id,
        topic=recorded_topic(row.record),
        base=None if row.base is None else recorded_topic(row.base),
        history=tuple(map(recorded_topic, row.history)),
        changed_at=changed_at,
    )
