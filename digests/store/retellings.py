"""What a language model made of articles, and what that has cost, in the database."""

from datetime import datetime

from sqlalchemy import Connection, select

from digests.model import SubscriberState, Wording
from digests.store.dialect import insert
from digests.store.tables import articles, facts, retellings, subscribers, subscription_topics, subscriptions

SPENT = "model_tokens"
"""The fact that has a day and the tokens spent on it."""


class Retellings:
    """Headlines and summaries in other words, each asked for once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(
        self, article_id: int, original: Wording, language: str, told: Wording | None, *, fault: str, now: datetime
    ) -> bool:
        """Remember what was made of the article for readers of `language`; whether it still is of the article's words.

        told: None where it can't be told, for that fault.
        """
        row = self._connection.execute(
            select(articles.c.title, articles.c.summary).where(articles.c.id == article_id)
        ).first()
        if row is None or (row.title, tuple(row.summary)) != (original.title, original.summary):
            return False
        values = {
            "title": told.title if told else "",
            "summary": list(told.summary) if told else [],
            "fault": fault,
            "made_at": now,
        }
        statement = insert(self._connection, retellings).values(article_id=article_id, language=language, **values)
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=["article_id", "language"], set_=values)
        )
        return True

    def tried(self, since: datetime) -> frozenset[tuple[int, str]]:
        """(article, language) of all that was asked for, whatever came of it, of articles published since then."""
        statement = (
            select(retellings.c.article_id, retellings.c.language)
            .join(articles)
            .where(articles.c.published_at >= since)
        )
        return frozenset((row[0], row[1]) for row in self._connection.execute(statement))

    def wishes(self) -> dict[str, frozenset[str]]:
        """Language -> the topics that its readers have chosen."""
        statement = (
            select(subscribers.c.language, subscription_topics.c.slug)
            .join(subscriptions, subscriptions.c.chat_id == subscribers.c.chat_id)
            .join(subscription_topics, subscription_topics.c.subscription_id == subscriptions.c.id)
            .where(subscribers.c.state == SubscriberState.ACTIVE.value)
            .distinct()
        )
        found: dict[str, set[str]] = {}
        for language, slug in self._connection.execute(statement):
            found.setdefault(language, set()).add(slug)
        return {language: frozenset(slugs) for language, slugs in found.items()}

    def spent(self, now: datetime) -> int:
        """Tokens spent on the day of `now`, in UTC."""
        value = self._connection.execute(select(facts.c.value).where(facts.c.name == SPENT)).scalar()
        day, _, tokens = (value or "").partition(" ")
        return int(tokens) if day == f"{now:%Y-%m-%d}" else 0

    def spend(self, tokens: int, *, now: datetime) -> None:
        """Add to what was spent on the day of `now`; less than 0 gives back what was put aside."""
        value = f"{now:%Y-%m-%d} {max(0, self.spent(now) + tokens)}"
        statement = insert(self._connection, facts).values(name=SPENT, value=value)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
