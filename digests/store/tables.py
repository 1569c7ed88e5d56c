"""The tables, as the newest migration leaves them."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
    true,
)

from digests.model import require_utc

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    },
)


class Instant(TypeDecorator[datetime]):
    """A datetime that is aware and in UTC on both sides, also where the database drops the zone, as SQLite does."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Refuses anything but UTC."""
        if value is not None:
            require_utc("a stored instant", value)
        return value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ANN401, ARG002
        """Gives the zone back."""
        if value is None:
            return None
        instant: datetime = value
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


def _where(condition: str) -> dict[str, Any]:
    """For an index of the rows of which that holds alone."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


def _id() -> Column[int]:
    # SQLite numbers rows by itself only where the key is exactly INTEGER.
    return Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True)


def _to(target: str, **options: Any) -> Column[int]:  # noqa: ANN401
    table = target.partition(".")[0]
    name = {"feeds": "feed_id", "stories": "story_id", "articles": "article_id", "deliveries": "delivery_id"}.get(
        table, f"{table[:-1]}_id"
    )
    return Column(name, BigInteger, ForeignKey(target, ondelete="CASCADE"), nullable=False, **options)


facts = Table("facts", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))
"""Things the installation remembers of itself, such as that its topics file has been read."""

leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("until", Instant, nullable=False),
)

feeds = Table(
    "feeds",
    metadata,
    _id(),
    Column("url", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("site_url", Text, nullable=False),
    Column("etag", Text, nullable=False),
    Column("last_modified", Text, nullable=False),
    Column("body_hash", Text, nullable=False),
    Column("next_poll_at", Instant, nullable=False, index=True),
    Column("last_success_at", Instant),
    Column("failures", Integer, nullable=False),
    Column("error", Text, nullable=False),
    Column("is_stopped", Boolean, nullable=False, server_default=false()),
    Column("ttl", Integer),
    Column("skip_hours", JSON, nullable=False, server_default="[]"),
    Column("moved_to", Text, nullable=False, server_default=text("''")),
    Column("moved_since", Instant),
    Column("moved_polls", Integer, nullable=False, server_default="0"),
    Column("weight", Float, nullable=False, server_default="1"),
    Column("language", Text, nullable=False, server_default=text("''")),
    Column("credit", Text, nullable=False, server_default=text("''")),
    Column("is_paused", Boolean, nullable=False, server_default=false()),
    Column("failing_since", Instant),
    Column("told_broken_at", Instant),
    Column("told_until", Instant),
    sqlite_autoincrement=True,
)
"""ttl: seconds."""

entries = Table(
    "entries",
    metadata,
    _id(),
    _to("feeds.id"),
    Column("key", Text, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_read_at", Instant, nullable=False),
    Column("gathered_at", Instant, nullable=False),
    Column("content_hash", Text, nullable=False, server_default=text("''")),
    Column("edits", Integer, nullable=False, server_default="0"),
    Column("listed_at", Instant),
    UniqueConstraint("feed_id", "key"),
    Index(None, "state", "next_read_at"),
    Index(None, "gathered_at", "feed_id", "state"),
    Index(None, "feed_id", "listed_at"),
)
"""payload: what the feed said; empty for entries that are only remembered. content_hash: of the same, "" if unknown.
listed_at: when the feed was last seen to list it, to a day."""

stories = Table(
    "stories",
    metadata,
    _id(),
    Column("created_at", Instant, nullable=False),
    # No foreign key, as below.
    Column("joined_to", BigInteger),
)
"""joined_to: the story that has its articles now, of one that was given up."""

articles = Table(
    "articles",
    metadata,
    _id(),
    Column("key", Text, nullable=False, unique=True),
    Column("url", Text, nullable=False),
    _to("feeds.id", index=True),
    # No foreign key: SQLite would have to copy the table to gain one, and both rows go with their feed.
    Column("entry_id", BigInteger, index=True),
    _to("stories.id"),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("image_url", Text, nullable=False),
    Column("published_at", Instant, nullable=False),
    Column("gathered_at", Instant, nullable=False),
    Column("from_feed", Boolean, nullable=False),
    Column("citation", Text, nullable=False, server_default=text("''")),
    Column("summary", JSON, nullable=False),
    Column("engine", Text, nullable=False),
    Column("fingerprint", JSON, nullable=False),
    # A row is a page or two; what a reader's digest asks of thousands of them is told by these alone.
    Index("ix_articles_outline", "story_id", "published_at", "gathered_at", "language", "feed_id"),
    Index(None, "published_at", "story_id"),
    Index(None, "gathered_at", "story_id"),
)

retellings = Table(
    "retellings",
    metadata,
    _to("articles.id", primary_key=True, autoincrement=False),
    Column("language", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("summary", JSON, nullable=False),
    Column("fault", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
)
"""Of readers of `language`. fault: why what the model made can't be told; then title and summary are empty."""

topics = Table(
    "topics",
    metadata,
    Column("slug", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("names", JSON, nullable=False),
    Column("descriptions", JSON, nullable=False),
    Column("words", JSON, nullable=False),
    Column("must", JSON, nullable=False, server_default=text("'[]'")),
    Column("exclude", JSON, nullable=False),
    Column("languages", JSON, nullable=False, server_default=text("'[]'")),
    Column("feed_urls", JSON, nullable=False),
    Column("liked", JSON, nullable=False, server_default=text("'[]'")),
    Column("disliked", JSON, nullable=False, server_default=text("'[]'")),
    Column("strictness", Text, nullable=False, server_default=text("''")),
)
"""strictness: "" where the topic chooses."""

article_topics = Table(
    "article_topics",
    metadata,
    _to("articles.id", primary_key=True),
    Column("slug", Text, ForeignKey("topics.slug", ondelete="CASCADE"), primary_key=True),
    Column("score", Float),
)
"""score: as `digests.model.Relevance.total`; NULL where rules alone decided."""

subscribers = Table(
    "subscribers",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("language", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("paused_until", Instant),
    Index(None, "state", "paused_until"),
)

_CHAT = "subscribers.chat_id"

subscriptions = Table(
    "subscriptions",
    metadata,
    _id(),
    Column("chat_id", BigInteger, ForeignKey(_CHAT, ondelete="CASCADE", onupdate="CASCADE"), nullable=False),
    Column("times", JSON, nullable=False),
    Column("zone", Text, nullable=False),
    Column("max_stories", Integer, nullable=False),
    Column("planned_until", Instant, nullable=False),
    Column("days", JSON, nullable=False, server_default=text("'[0,1,2,3,4,5,6]'")),
    Column("weekend_times", JSON, nullable=False, server_default=text("'[]'")),
    Column("minutes", Integer, nullable=False, server_default="5"),
    Column("muted", JSON, nullable=False, server_default=text("'[]'")),
    Column("excluded", JSON, nullable=False, server_default=text("'[]'")),
    Column("included", JSON, nullable=False, server_default=text("'[]'")),
    Column("alerts", JSON, nullable=False, server_default=text("'[]'")),
    Column("quiet", JSON, nullable=False, server_default=text("'[]'")),
    Column("noticed_until", Instant),
    Column("draft", JSON, nullable=False, server_default=text("'{}'")),
    Column("announcements", Boolean, nullable=False, server_default=false()),
    Column("next_edition_at", Instant, index=True),
    Column("is_listening", Boolean, nullable=False, server_default=false(), index=True),
    UniqueConstraint("chat_id"),
    sqlite_autoincrement=True,
)
"""next_edition_at, is_listening: they follow from the rest, and find those whose turn it is. quiet: two clock times, or
none. draft: settings that are tried, by their names; empty without any."""

subscription_topics = Table(
    "subscription_topics",
    metadata,
    _to("subscriptions.id", primary_key=True),
    Column("slug", Text, ForeignKey("topics.slug", ondelete="CASCADE"), primary_key=True),
)

compositions = Table(
    "compositions",
    metadata,
    _id(),
    Column("edition_at", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("tally", JSON, nullable=False, server_default=text("'{}'")),
    sqlite_autoincrement=True,
)
"""What one edition says, once for all who get the same. created_at: what had been gathered by then is in it.

No id is given again: while editions are planned it stands for what it says, and its last reader may leave meanwhile.
"""

composition_parts = Table(
    "composition_parts",
    metadata,
    _to("compositions.id", primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("keyboard", Text, nullable=False),
    Column("silent", Boolean, nullable=False),
    Column("is_page", Boolean, nullable=False),
    Column("reply_to", BigInteger),
    Column("follows", BigInteger),
    Column("thread_id", BigInteger),
)
"""follows: the story of which it tells more, as an answer to the message that told the reader the rest."""

told_stories = Table(
    "told_stories",
    metadata,
    _to("compositions.id", primary_key=True, autoincrement=False),
    _to("stories.id", primary_key=True, autoincrement=False, index=True),
    Column("part", Integer, nullable=False),
    Column("message", Integer, nullable=False),
)
"""message: the part that is sent, of which `part` is a page or which it is itself."""

deliveries = Table(
    "deliveries",
    metadata,
    _id(),
    _to("subscriptions.id"),
    Column("edition_at", Instant, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("stories", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("settled_at", Instant),
    # No foreign keys: SQLite would have to copy the table to gain them; broadcasts are kept for ever, and compositions
    # as long as a delivery has them.
    Column("broadcast_id", BigInteger),
    Column("composition_id", BigInteger, nullable=False, server_default="0", index=True),
    UniqueConstraint("subscription_id", "edition_at"),
    Index(None, "state", "next_attempt_at"),
    Index(None, "edition_at"),
    Index(None, "broadcast_id", "state", **_where("broadcast_id IS NOT NULL")),  # few are of one
)
"""settled_at: when nothing more of it was to be sent."""

broadcasts = Table(
    "broadcasts",
    metadata,
    _id(),
    Column("user_id", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Column("begun_at", Instant, nullable=False),
    Column("is_cancelled", Boolean, nullable=False, server_default=false()),
    Column("queued_after", BigInteger, nullable=False, server_default="0"),
    Column("is_queued", Boolean, nullable=False, server_default=true()),
    Column("composition_id", BigInteger, nullable=False, server_default="0"),
)
"""queued_after: the last subscription that it is queued for, by id. is_queued: it is queued for all of them."""

parts = Table(
    "parts",
    metadata,
    Column(
        "delivery_id",
        BigInteger,
        ForeignKey("deliveries.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("state", Text, nullable=False),
)
"""What became of the messages of a delivery. Those without a row wait for their turn."""

sent_messages = Table(
    "sent_messages",
    metadata,
    Column(
        "delivery_id",
        BigInteger,
        ForeignKey("deliveries.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False, index=True),
    Column("part", Integer, nullable=False),
)
"""The messages that show a delivery, by the messenger's numbers. part: the first that it showed."""

chat_threads = Table(
    "chat_threads",
    metadata,
    Column(
        "chat_id",
        BigInteger,
        ForeignKey(_CHAT, ondelete="CASCADE", onupdate="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("slug", Text, primary_key=True),
    Column("thread_id", BigInteger, nullable=False),
)
"""slug: of the topic that the thread is for, "" where it is for everything else."""

saved_articles = Table(
    "saved_articles",
    metadata,
    Column(
        "chat_id",
        BigInteger,
        ForeignKey(_CHAT, ondelete="CASCADE", onupdate="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("url", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("saved_at", Instant, nullable=False),
)

followed_stories = Table(
    "followed_stories",
    metadata,
    Column(
        "chat_id",
        BigInteger,
        ForeignKey(_CHAT, ondelete="CASCADE", onupdate="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    _to("stories.id", primary_key=True, index=True),
    Column("followed_at", Instant, nullable=False),
)

staff = Table(
    "staff",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("topics", JSON, nullable=False),
    Column("invited_by", BigInteger, nullable=False),
    Column("since", Instant, nullable=False),
)

invitations = Table(
    "invitations",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("topics", JSON, nullable=False),
    Column("by", BigInteger, nullable=False),
    Column("until", Instant, nullable=False),
)
"""token_hash: of the link's secret, which itself is kept nowhere."""

audit = Table(
    "audit",
    metadata,
    _id(),
    Column("at", Instant, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON(none_as_null=True)),
    Column("reverted_by", BigInteger),
)

staff_messages = Table(
    "staff_messages",
    metadata,
    _id(),
    Column("chat_id", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Column("keyboard", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", Instant, nullable=False),
)
"""What owners and admins are still to be told."""

topic_drafts = Table(
    "topic_drafts",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("slug", Text, primary_key=True),
    Column("record", JSON, nullable=False),
    Column("base", JSON(none_as_null=True)),
    Column("history", JSON, nullable=False),
    Column("changed_at", Instant, nullable=False),
)
"""record, base, history: as `digests.records` writes topics. No foreign key: a draft may be of a topic yet to be."""

topic_labels = Table(
    "topic_labels",
    metadata,
    Column("slug", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("feed_url", Text, nullable=False),
    Column("belongs", Boolean, nullable=False),
    Column("by", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
)
"""No foreign keys: labels outlive their articles, and a topic that is removed and comes back has them again."""

known_chats = Table(
    "known_chats",
    metadata,
    # No foreign key: a chat is known before it reads anything, and after it has left.
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("title", Text, nullable=False),
    Column("is_channel", Boolean, nullable=False),
    Column("keeper_id", BigInteger, nullable=False),
    Column("admin_ids", JSON, nullable=False),
    Column("checked_at", Instant, nullable=False),
)
"""Groups and channels that the bot is in; admin_ids as they were at checked_at."""
