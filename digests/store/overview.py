"""Stories as one reader's digest needs all of them: without their words, which are most of what would be read."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, intersect, literal, select

from digests.model import Outline, Outlines
from digests.store.articles import IN_ONE_STATEMENT, owner
from digests.store.tables import article_topics, articles, feeds


class Overview:
    """What there is to tell, in outlines."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def stories(
        self,
        since: datetime,
        slugs: Collection[str],
        *,
        known: Collection[int],
        after: datetime | None,
        until: datetime | None = None,
        everything: bool = False,
        muted: frozenset[str] = frozenset(),
    ) -> Outlines:
        """Those of `Articles.stories(since)` that are on any of the topics, and those of them that are `known`.

        after, until: what has arrived was gathered after the one and not after the other, which is later; None for no
        bound. Whatever was gathered after `until` is unknown. everything: whatever topics they are on. muted: owners.
        """
        fresh = select(articles.c.story_id).where(articles.c.published_at >= since)
        of_fresh = articles.c.story_id.in_(fresh)
        first, count = self._connection.execute(select(func.min(articles.c.id), func.count()).where(of_fresh)).one()
        topics_of, wanted = self._on_topics(first or 0, slugs)
        if everything:
            wanted.update(self._connection.execute(fresh).scalars())
        columns = _columns(after, until)
        outlines = self._outlines(columns, wanted.union(known), muted)
        for story_id in [one for one, told in outlines.items() if all(each.published_at < since for each in told)]:
            del outlines[story_id]
        arrived = (count if after is None else self._arrived(of_fresh, after)) - (
            0 if until is None else self._arrived(of_fresh, until)
        )
        had = frozenset(outlines.keys() & known)
        besides = arrived - sum(one.arrived for told in outlines.values() for one in told)
        of_story = {story_id: told for story_id, told in outlines.items() if story_id not in had}
        return Outlines(had=had, of_story=of_story, topics_of=topics_of, besides=besides)

    def _on_topics(self, first_id: int, slugs: Collection[str]) -> tuple[dict[int, list[str]], set[int]]:
        """(article -> its topics, the stories of these), from that article on."""
        statement = (
            select(article_topics.c.article_id, article_topics.c.slug, articles.c.story_id)
            .join(articles)
            .where(article_topics.c.article_id >= first_id, article_topics.c.slug.in_(sorted(slugs)))
        )
        topics_of: dict[int, list[str]] = {}
        story_ids: set[int] = set()
        for row in self._connection.execute(statement).all():
            topics_of.setdefault(row[0], []).append(row[1])
            story_ids.add(row[2])
        return topics_of, story_ids

    def _arrived(self, which: ColumnElement[bool], after: datetime) -> int:
        """How many of these articles were gathered after then. Each half reads an index alone."""
        gathered = select(articles.c.id).where(articles.c.gathered_at > after)
        both = intersect(gathered, select(articles.c.id).where(which)).subquery()
        return self._connection.execute(select(func.count()).select_from(both)).scalar_one()

    def _outlines(
        self, columns: Iterable[ColumnElement[Any]], story_ids: Collection[int], muted: frozenset[str]
    ) -> dict[int, list[Outline]]:
        found: dict[int, list[Outline]] = {}
        in_order = sorted(story_ids)
        for start in range(0, len(in_order), IN_ONE_STATEMENT):
            which = articles.c.story_id.in_(in_order[start : start + IN_ONE_STATEMENT])
            statement = select(*columns).join(feeds).where(which).order_by(articles.c.published_at, articles.c.id)
            silenced = self._of_owners(which, muted) if muted else ()
            for row in self._connection.execute(statement).all():
                outline = Outline._make(row)
                if outline.article_id in silenced:
                    outline = outline._replace(muted=True)
                found.setdefault(outline.story_id, []).append(outline)
        return found

    def _of_owners(self, which: ColumnElement[bool], owners: frozenset[str]) -> set[int]:
        statement = select(articles.c.id, articles.c.url, articles.c.feed_id).where(which)
        return {row[0] for row in self._connection.execute(statement).all() if owner(row[1], row[2]) in owners}


def _columns(after: datetime | None, until: datetime | None) -> tuple[ColumnElement[Any], ...]:
    """As the fields of `Outline` are."""
    new = literal(True) if after is None else articles.c.gathered_at > after
    unknown = literal(False) if until is None else articles.c.gathered_at > until
    return (
        articles.c.id,
        articles.c.story_id,
        articles.c.language,
        articles.c.published_at,
        feeds.c.weight,
        new & ~unknown if until is not None else new,
        unknown,
        literal(False),
    )
