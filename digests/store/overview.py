"""Stories as one reader's digest needs all of them: without their words, which are most of what would be read."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, intersect, literal, select

from digests.model import Older, Outline, Outlines, OwnWords, Traces
from digests.store.articles import IN_ONE_STATEMENT, owner
from digests.store.search import Search
from digests.store.tables import article_topics, articles, feeds

NO_WORDS = OwnWords()


class Overview:
    """What there is to tell, in outlines."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._search = Search(connection)

    def stories(
        self,
        since: datetime,
        slugs: Collection[str],
        *,
        known: Collection[int],
        after: datetime | None,
        until: datetime | None = None,
        own_words: OwnWords = NO_WORDS,
        recent: tuple[datetime, int] | None = None,
        muted: frozenset[str] = frozenset(),
    ) -> Outlines:
        """Those of `Articles.stories(since)` that are on any of the topics, and those of them that are `known`.

        after, until: what has arrived was gathered after the one and not after the other, which is later; None for no
        bound. Whatever was gathered after `until` is unknown. muted: owners.
        own_words: stories of articles that may have one that is wanted are among them whatever their topics.
        recent: of stories without an article published since then no more than the number is read, but for such as are
        on a topic with fewer recent stories than the number says; None to read of all. Not together with `until`.
        """
        fresh = select(articles.c.story_id).where(articles.c.published_at >= since)
        of_fresh = articles.c.story_id.in_(fresh)
        first, count = self._connection.execute(select(func.min(articles.c.id), func.count()).where(of_fresh)).one()
        topics_of, on_topic = self._on_topics(first or 0, slugs, of_fresh)
        looked_at = set().union(*on_topic.values())
        with_wanted = self._having(own_words.wanted, first or 0)
        if with_wanted is None or with_wanted:
            of_all = set(self._connection.execute(fresh).scalars())
            looked_at |= of_all if with_wanted is None else self._stories_of(with_wanted) & of_all
        older = set() if recent is None else self._older(on_topic, *recent) - set(known)
        outlines = self._outlines(_columns(after, until), (looked_at - older).union(known), muted)
        for story_id in known:
            if story_id in outlines and all(one.published_at < since for one in outlines[story_id]):
                del outlines[story_id]
        arrived = (count if after is None else self._arrived(of_fresh, after)) - (
            0 if until is None else self._arrived(of_fresh, until)
        )
        counted = self._count(older, frozenset(slug for slug, stories in on_topic.items() if stories & older))
        here = sum(one.arrived for told in outlines.values() for one in told)
        had = frozenset(outlines.keys() & known)
        return Outlines(
            had=had,
            of_story={story_id: told for story_id, told in outlines.items() if story_id not in had},
            topics_of=topics_of,
            older=counted,
            besides=arrived - here - (counted.articles if after is None else self._arrived_of(older, after)),
            may_be_wanted=with_wanted,
            may_be_unwanted=self._having(own_words.unwanted, first or 0),
        )

    def _having(self, traces: Traces | None, first_id: int) -> set[int] | None:
        return None if traces is None else self._search.having(traces, first_id)

    def _stories_of(self, article_ids: Collection[int]) -> set[int]:
        in_order = sorted(article_ids)
        found: set[int] = set()
        for start in range(0, len(in_order), IN_ONE_STATEMENT):
            which = articles.c.id.in_(in_order[start : start + IN_ONE_STATEMENT])
            found.update(self._connection.execute(select(articles.c.story_id).where(which)).scalars())
        return found

    def _on_topics(
        self, first_id: int, slugs: Collection[str], which: ColumnElement[bool]
    ) -> tuple[dict[int, tuple[str, ...]], dict[str, set[int]]]:
        """(article -> its topics, topic -> its stories), from that article on."""
        statement = (
            select(article_topics.c.article_id, article_topics.c.slug, articles.c.story_id)
            .join(articles)
            .where(article_topics.c.article_id >= first_id, article_topics.c.slug.in_(sorted(slugs)), which)
        )
        alone = {slug: (slug,) for slug in slugs}
        topics_of: dict[int, tuple[str, ...]] = {}
        of_topic: dict[str, set[int]] = {slug: set() for slug in slugs}
        for article_id, slug, story_id in self._connection.execute(statement):
            topics_of[article_id] = (*topics_of[article_id], slug) if article_id in topics_of else alone[slug]
            of_topic[slug].add(story_id)
        return topics_of, of_topic

    def _older(self, of_topic: Mapping[str, set[int]], recent: datetime, enough: int) -> set[int]:
        """The stories of which nothing is recent, but for those on a topic with fewer recent ones than `enough`."""
        statement = select(articles.c.story_id).where(articles.c.published_at >= recent)
        recent_ones = set(self._connection.execute(statement).scalars())
        thin = [stories for stories in of_topic.values() if len(stories & recent_ones) < enough]
        return set().union(*of_topic.values()).difference(recent_ones, *thin)

    def _count(self, story_ids: Collection[int], topics: frozenset[str]) -> Older:
        in_order = sorted(story_ids)
        found, most = 0, 0
        for start in range(0, len(in_order), IN_ONE_STATEMENT):
            which = articles.c.story_id.in_(in_order[start : start + IN_ONE_STATEMENT])
            counted = select(func.count().label("count")).where(which).group_by(articles.c.story_id).subquery()
            row = self._connection.execute(select(func.sum(counted.c.count), func.max(counted.c.count))).one()
            found, most = found + int(row[0]), max(most, row[1])
        return Older(stories=len(in_order), articles=found, most=most, topics=topics)

    def _arrived_of(self, story_ids: Collection[int], after: datetime) -> int:
        if not story_ids:
            return 0
        statement = select(articles.c.story_id).where(articles.c.gathered_at > after)
        return sum(one in story_ids for one in self._connection.execute(statement).scalars())

    def _arrived(self, which: ColumnElement[bool], after: datetime) -> int:
        """How many of these articles were gathered after then. Each half reads an index alone."""
        gathered = select(articles.c.id).where(articles.c.gathered_at > after)
        both = intersect(gathered, select(articles.c.id).where(which)).subquery()
        return self._connection.execute(select(func.count()).select_from(both)).scalar_one()

    def _outlines(
        self, columns: Iterable[ColumnElement[Any]], story_ids: Collection[int], muted: frozenset[str]
    ) -> dict[int, list[Outline]]:
        found: dict[int, list[Outline]] = {}
        whose = (articles.c.url, articles.c.feed_id) if muted else (literal(False),)
        in_order = sorted(story_ids)
        for start in range(0, len(in_order), IN_ONE_STATEMENT):
            which = articles.c.story_id.in_(in_order[start : start + IN_ONE_STATEMENT])
            statement = select(*columns, *whose).join(feeds).where(which)
            for row in self._connection.execute(statement.order_by(articles.c.published_at, articles.c.id)):
                outline = Outline._make((*row[:-2], owner(*row[-2:]) in muted) if muted else row)
                found.setdefault(outline.story_id, []).append(outline)
        return found


def _columns(after: datetime | None, until: datetime | None) -> tuple[ColumnElement[Any], ...]:
    """As the fields of `Outline` are, but for the last."""
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
    )
