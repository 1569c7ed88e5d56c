"""Articles and the stories they tell, in the database."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, select, update

from digests.curate.stories import Known
from digests.gather.urls import article_key, site
from digests.model import (
    ArchivedArticle,
    Coverage,
    Fingerprint,
    FoundArticle,
    Lead,
    ReadArticle,
    Sought,
    Story,
    Wording,
)
from digests.store.dialect import insert
from digests.store.search import Search
from digests.store.tables import article_topics, articles, entries, feeds, retellings, stories, told_stories, topics

IN_ONE_STATEMENT = 1000
"""Keys in one statement: SQLite takes 32,766 values."""

_TOLD: tuple[ColumnElement[Any], ...] = (
    articles.c.id,
    articles.c.story_id,
    articles.c.feed_id,
    articles.c.url,
    articles.c.title,
    articles.c.source,
    articles.c.language,
    articles.c.published_at,
    articles.c.gathered_at,
    articles.c.summary,
    articles.c.citation,
    articles.c.from_feed,
    feeds.c.weight,
    feeds.c.credit.label("feed_credit"),
)
"""What a digest tells of an article and asks of its feed: without its text, which is by far the largest."""

_ARCHIVED: tuple[ColumnElement[Any], ...] = (
    articles.c.id,
    articles.c.key,
    articles.c.story_id,
    articles.c.url,
    articles.c.title,
    articles.c.text,
    articles.c.language,
    articles.c.source,
    feeds.c.url.label("feed_url"),
    articles.c.published_at,
)


@dataclass(frozen=True, kw_only=True)
class ArticleAt:
    """Whose article an address is. entry_id: None where that is not remembered. announced_at: the entry's address."""

    feed_id: int
    entry_id: int | None
    announced_at: str
    title: str


@dataclass(frozen=True, kw_only=True)
class StoredArticle:
    """What deciding about its topics needs of an article, and how people call it."""

    story_id: int
    title: str
    text: str
    language: str
    source: str
    feed_url: str


class Articles:
    """What has been read, grouped into stories."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._search = Search(connection)

    def add(
        self,
        read: ReadArticle,
        *,
        feed_id: int,
        story_id: int,
        now: datetime,
        entry_id: int | None = None,
        apart: bool = False,
    ) -> int | None:
        """The new article's id; None, changing nothing, when it is known.

        It is known by its address; without one, or when it is held `apart` from others of that address, by its entry.
        """
        article = read.article
        row = {
            "key": f"entry {entry_id}" if apart or not article.url else article_key(article.url),
            "feed_id": feed_id,
            "entry_id": entry_id,
            "story_id": story_id,
            "published_at": article.published_at,
            "gathered_at": now,
            **wording_columns(read),
        }
        statement = insert(self._connection, articles).values(row).on_conflict_do_nothing()
        article_id: int | None = self._connection.execute(statement.returning(articles.c.id)).scalar()
        if article_id is not None:
            self._search.index(article_id, read.stems)
        return article_id

    def revise(self, read: ReadArticle, *, entry_id: int) -> int | None:
        """Put a newer wording in place of the one that the entry's article has; its id.

        None, changing nothing, when the entry has no article, or one of the whole page against a teaser.
        """
        which = [articles.c.entry_id == entry_id]
        if read.article.from_feed:
            which.append(articles.c.from_feed)
        statement = update(articles).where(*which).values(wording_columns(read)).returning(articles.c.id)
        article_id: int | None = self._connection.execute(statement).scalar()
        if article_id is not None:
            self._search.index(article_id, read.stems)
            self._connection.execute(delete(retellings).where(retellings.c.article_id == article_id))
        return article_id

    def at(self, url: str) -> ArticleAt | None:
        """The article of that address, trackers and the like aside."""
        if not url:
            return None
        statement = (
            select(articles.c.feed_id, articles.c.entry_id, articles.c.title, entries.c.payload)
            .outerjoin(entries, entries.c.id == articles.c.entry_id)
            .where(articles.c.key == article_key(url))
        )
        row = self._connection.execute(statement).first()
        if row is None:
            return None
        announced_at = (row.payload or {}).get("url", "")
        return ArticleAt(feed_id=row.feed_id, entry_id=row.entry_id, announced_at=announced_at, title=row.title)

    def new_story(self, now: datetime) -> int:
        """The id of a new story, without articles yet."""
        statement = insert(self._connection, stories).values(created_at=now).returning(stories.c.id)
        story_id: int = self._connection.execute(statement).scalar_one()
        return story_id

    def story_of(self, since: datetime) -> dict[int, int]:
        """Article -> its story, of those gathered since then."""
        statement = select(articles.c.id, articles.c.story_id).where(articles.c.gathered_at >= since)
        return {row[0]: row[1] for row in self._connection.execute(statement)}

    def last_id(self) -> int:
        """Of the article that was filed last; 0 before the first."""
        found: int | None = self._connection.execute(select(func.max(articles.c.id))).scalar()
        return found or 0

    def filed_after(self, article_id: int) -> list[int]:
        """The articles that were filed after that one, whoever did it."""
        statement = select(articles.c.id).where(articles.c.id > article_id).order_by(articles.c.id)
        return list(self._connection.execute(statement).scalars())

    def story_told_by(self, article_id: int) -> int | None:
        """The article's story as it is now; None when the article is gone."""
        found: int | None = self._connection.execute(
            select(articles.c.story_id).where(articles.c.id == article_id)
        ).scalar()
        return found

    def known(self, article_ids: Iterable[int]) -> tuple[Known, ...]:
        """What others are compared with of these articles; those that are gone by now are passed over."""
        wanted = sorted(article_ids)
        columns = (
            articles.c.id,
            articles.c.story_id,
            articles.c.feed_id,
            articles.c.key,
            articles.c.url,
            articles.c.language,
            articles.c.published_at,
            articles.c.fingerprint,
        )
        return tuple(
            Known(
                article_id=row.id,
                story_id=row.story_id,
                owner=owner(row.url, row.feed_id),
                language=row.language,
                published_at=row.published_at,
                fingerprint=_fingerprint(row.fingerprint),
                key=row.key,
            )
            for start in range(0, len(wanted), IN_ONE_STATEMENT)
            for row in self._connection.execute(
                select(*columns).where(articles.c.id.in_(wanted[start : start + IN_ONE_STATEMENT])),
            )
        )

    def join_stories(self, new: Mapping[int, int]) -> int:
        """Give the articles of each story, by id, to another; how many stories were given up.

        Stories that readers have had by now keep their ids. The empty ones stay, for whoever still knows them.
        """
        gone = sorted(new)
        count = 0
        for start in range(0, len(gone), IN_ONE_STATEMENT):
            several = gone[start : start + IN_ONE_STATEMENT]
            told = set(
                self._connection.execute(
                    select(told_stories.c.story_id).where(told_stories.c.story_id.in_(several)),
                ).scalars(),
            )
            there = set(
                self._connection.execute(
                    select(stories.c.id).where(stories.c.id.in_({new[one] for one in several}))
                ).scalars()
            )
            for one in several:
                if one not in told and new[one] in there:
                    moved = update(articles).where(articles.c.story_id == one).values(story_id=new[one])
                    if not self._connection.execute(moved).rowcount:
                        continue  # somebody else has given it up meanwhile
                    count += 1
                    for given_up, joined_to in ((one, new[one]), (new[one], None)):
                        this = update(stories).where(stories.c.id == given_up)
                        self._connection.execute(this.values(joined_to=joined_to))
        return count

    def told(self, story_ids: Iterable[int]) -> frozenset[int]:
        """Those of the stories that some reader has had."""
        wanted = sorted(story_ids)
        return frozenset(
            story_id
            for start in range(0, len(wanted), IN_ONE_STATEMENT)
            for story_id in self._connection.execute(
                select(told_stories.c.story_id)
                .distinct()
                .where(
                    told_stories.c.story_id.in_(wanted[start : start + IN_ONE_STATEMENT]),
                ),
            ).scalars()
        )

    def texts(self, since: datetime) -> tuple[tuple[int, str, str, str, str], ...]:
        """(id, feed address, language, title, text) of articles published since then, for matching them anew."""
        statement = (
            select(articles.c.id, feeds.c.url, articles.c.language, articles.c.title, articles.c.text)
            .join(feeds)
            .where(articles.c.published_at >= since)
        )
        return tuple((row[0], row[1], row[2], row[3], row[4]) for row in self._connection.execute(statement))

    def archive(self, since: datetime, *, limit: int) -> tuple[ArchivedArticle, ...]:
        """Articles published since then with their texts, the newest `limit`, the newest first."""
        statement = (
            select(*_ARCHIVED)
            .join(feeds)
            .where(articles.c.published_at >= since)
            .order_by(articles.c.published_at.desc(), articles.c.id.desc())
            .limit(limit)
        )
        topics_of = self._topics_of(articles.c.published_at >= since)
        rows = self._connection.execute(statement)
        return tuple(ArchivedArticle(**row._asdict(), topics=frozenset(topics_of.get(row.id, ()))) for row in rows)

    def archived(self, article_id: int) -> ArchivedArticle | None:
        """One article, None when it is gone."""
        row = self._connection.execute(select(*_ARCHIVED).join(feeds).where(articles.c.id == article_id)).first()
        if row is None:
            return None
        topics_of = self._topics_of(articles.c.id == article_id)
        return ArchivedArticle(**row._asdict(), topics=frozenset(topics_of.get(article_id, ())))

    def heads(self, language: str, *, limit: int, length: int) -> tuple[tuple[str, str], ...]:
        """(title, beginning of the text) of the newest articles in that language."""
        statement = (
            select(articles.c.title, func.substr(articles.c.text, 1, length))
            .where(articles.c.language == language)
            .order_by(articles.c.id.desc())
            .limit(limit)
        )
        return tuple((row[0], row[1]) for row in self._connection.execute(statement))

    def heads_of(self, article_ids: Iterable[int], *, length: int) -> dict[int, str]:
        """Article -> its title and the beginning of its text."""
        wanted = sorted(article_ids)
        return {
            row[0]: f"{row[1]}\n{row[2]}"
            for start in range(0, len(wanted), IN_ONE_STATEMENT)
            for row in self._connection.execute(
                select(articles.c.id, articles.c.title, func.substr(articles.c.text, 1, length)).where(
                    articles.c.id.in_(wanted[start : start + IN_ONE_STATEMENT]),
                ),
            )
        }

    def stored(self, url: str) -> StoredArticle | None:
        """The article of that address, trackers and the like aside."""
        statement = (
            select(
                articles.c.story_id,
                articles.c.title,
                articles.c.text,
                articles.c.language,
                articles.c.source,
                feeds.c.url.label("feed_url"),
            )
            .join(feeds)
            .where(articles.c.key == article_key(url))
        )
        row = self._connection.execute(statement).first()
        return None if row is None else StoredArticle(**row._asdict())

    def find(self, asked: Sought, *, start: int, limit: int) -> tuple[int, tuple[FoundArticle, ...]]:
        """See `Search.find`."""
        return self._search.find(asked, start=start, limit=limit)

    def find_stories(self, asked: Sought, *, start: int, limit: int) -> tuple[int, ...]:
        """See `Search.find_stories`."""
        return self._search.find_stories(asked, start=start, limit=limit)

    def latest_stories(self, slugs: Collection[str], *, start: int, limit: int) -> tuple[int, ...]:
        """Stories with an article of one of these topics, or of any for none; those with the newest first."""
        newest = func.max(articles.c.published_at)
        statement = select(articles.c.story_id).group_by(articles.c.story_id)
        if slugs:
            statement = statement.join(article_topics).where(article_topics.c.slug.in_(sorted(slugs)))
        statement = statement.order_by(newest.desc(), articles.c.story_id.desc()).limit(limit).offset(start)
        return tuple(self._connection.execute(statement).scalars())

    def set_topics(self, slugs: Mapping[int, Mapping[str, float | None]]) -> None:
        """Put articles into topics, and out of all others. slugs: article id -> its topics, each with its score.

        Articles and topics that are gone by now are passed over.
        """
        topics_there = set(self._connection.execute(select(topics.c.slug)).scalars())
        everything = sorted(slugs)
        for start in range(0, len(everything), IN_ONE_STATEMENT):
            article_ids = everything[start : start + IN_ONE_STATEMENT]
            there = set(
                self._connection.execute(select(articles.c.id).where(articles.c.id.in_(article_ids))).scalars(),
            )
            self._connection.execute(delete(article_topics).where(article_topics.c.article_id.in_(article_ids)))
            rows = [
                {"article_id": article_id, "slug": slug, "score": slugs[article_id][slug]}
                for article_id in article_ids
                if article_id in there
                for slug in sorted(topics_there.intersection(slugs[article_id]))
            ]
            if rows:
                self._connection.execute(insert(self._connection, article_topics), rows)

    def stories(self, since: datetime) -> tuple[Story, ...]:
        """Stories with an article published since then, older articles of theirs included; the earliest leads."""
        fresh = select(articles.c.story_id).where(articles.c.published_at >= since)
        return self._stories(articles.c.story_id.in_(fresh))

    def these(self, story_ids: Collection[int]) -> tuple[Story, ...]:
        """As `stories`, of these stories whatever their age; those of which all articles are gone are passed over."""
        wanted = sorted(story_ids)
        return tuple(
            story
            for start in range(0, len(wanted), IN_ONE_STATEMENT)
            for story in self._stories(articles.c.story_id.in_(wanted[start : start + IN_ONE_STATEMENT]))
        )

    def leads(self, article_ids: Collection[int]) -> dict[int, Lead]:
        """Article -> what it says at its head; such as are gone are passed over."""
        wanted = sorted(article_ids)
        columns = (articles.c.id, articles.c.title, articles.c.summary, articles.c.language)
        return {
            row[0]: Lead(row[1], tuple(row[2]), row[3])
            for start in range(0, len(wanted), IN_ONE_STATEMENT)
            for row in self._connection.execute(
                select(*columns).where(articles.c.id.in_(wanted[start : start + IN_ONE_STATEMENT]))
            )
        }

    def _stories(self, which: ColumnElement[bool]) -> tuple[Story, ...]:
        statement = select(*_TOLD).join(feeds).where(which).order_by(articles.c.published_at, articles.c.id)
        rows = self._connection.execute(statement).all()
        topics_of, retold = self._topics_of(which), self._retold(which)
        grouped: dict[int, list[Row[Any]]] = {}
        for row in rows:
            grouped.setdefault(row.story_id, []).append(row)
        return tuple(_story(story_id, members, topics_of, retold) for story_id, members in grouped.items())

    def anything_since(self, since: datetime) -> bool:
        """Whether any article was gathered after that."""
        statement = select(articles.c.id).where(articles.c.gathered_at > since).limit(1)
        return self._connection.execute(statement).first() is not None

    def titles(self, story_ids: Sequence[int]) -> dict[int, str]:
        """Story -> the title of its latest article, in the order given; stories that are gone are not among them."""
        found: dict[int, str] = {}
        for start in range(0, len(story_ids), IN_ONE_STATEMENT):
            statement = (
                select(articles.c.story_id, articles.c.title)
                .where(articles.c.story_id.in_(story_ids[start : start + IN_ONE_STATEMENT]))
                .order_by(articles.c.published_at, articles.c.id)
            )
            found |= {row.story_id: row.title for row in self._connection.execute(statement)}
        return {one: found[one] for one in story_ids if one in found}

    def story(self, story_id: int) -> Story | None:
        """One story, None when all its articles are gone."""
        statement = select(*_TOLD).join(feeds).where(articles.c.story_id == story_id).order_by(articles.c.published_at)
        rows = self._connection.execute(statement).all()
        if not rows:
            return None
        which = articles.c.story_id == story_id
        return _story(story_id, rows, self._topics_of(which), self._retold(which))

    def stories_of(self, story_ids: Sequence[int]) -> tuple[Story, ...]:
        """These stories in this order; those of which all articles are gone are passed over."""
        found = (self.story(story_id) for story_id in story_ids)
        return tuple(one for one in found if one is not None)

    def lengths(self, feed_id: int, since: datetime) -> tuple[tuple[bool, int], ...]:
        """(whether the text is the feed's own, its characters) of each of its articles gathered since then."""
        statement = select(articles.c.from_feed, func.length(articles.c.text)).where(
            articles.c.feed_id == feed_id, articles.c.gathered_at >= since
        )
        return tuple((row[0], row[1]) for row in self._connection.execute(statement))

    def credit(self, url: str) -> str | None:
        """What stands beside the article of that address, "" for nothing; None where there is no such article."""
        statement = select(feeds.c.credit).join(articles).where(articles.c.key == article_key(url))
        found: str | None = self._connection.execute(statement).scalar()
        return found

    def count_by_topic(self, since: datetime) -> dict[str, int]:
        """Topic -> stories published since then."""
        statement = (
            select(article_topics.c.slug, func.count(articles.c.story_id.distinct()))
            .join(articles)
            .where(articles.c.published_at >= since)
            .group_by(article_topics.c.slug)
        )
        return {row[0]: row[1] for row in self._connection.execute(statement)}

    def _topics_of(self, which: ColumnElement[bool]) -> dict[int, dict[str, float | None]]:
        found: dict[int, dict[str, float | None]] = {}
        statement = select(article_topics).join(articles).where(which)
        for row in self._connection.execute(statement):
            found.setdefault(row.article_id, {})[row.slug] = row.score
        return found

    def _retold(self, which: ColumnElement[bool]) -> dict[int, tuple[Wording, ...]]:
        """Article -> what a language model made of it, as far as that can be told."""
        found: dict[int, tuple[Wording, ...]] = {}
        statement = select(retellings).join(articles).where(which, retellings.c.fault == "")
        for row in self._connection.execute(statement.order_by(retellings.c.language)):
            told = Wording(language=row.language, title=row.title, summary=tuple(row.summary))
            found[row.article_id] = (*found.get(row.article_id, ()), told)
        return found


def wording_columns(read: ReadArticle) -> dict[str, object]:
    """The columns of an article that an edit may change."""
    article = read.article
    return {
        "url": article.url,
        "title": article.title,
        "text": article.text,
        "author": article.author,
        "source": article.source,
        "language": article.language,
        "image_url": article.image_url,
        "from_feed": article.from_feed,
        "citation": article.citation,
        "summary": [sentence.shown for sentence in read.summary.sentences],
        "engine": read.summary.engine,
        "fingerprint": {
            "terms": dict(read.fingerprint.terms),
            "names": sorted(read.fingerprint.names),
            "headline": read.fingerprint.headline,
            "copy": read.fingerprint.copy,
            "picture": read.fingerprint.picture,
            "translations": read.fingerprint.translations,
        },
    }


def _fingerprint(kept: Mapping[str, Any]) -> Fingerprint:
    """As it was stored, perhaps by a version that knew less of it."""
    return Fingerprint(
        terms=kept["terms"],
        names=frozenset(kept["names"]),
        headline=tuple(kept.get("headline", ())),
        copy=kept.get("copy", ""),
        picture=kept.get("picture", ""),
        translations=tuple(kept.get("translations", ())),
    )


def owner(url: str, feed_id: int) -> str:
    """Whose an article is: its site, or its feed where it has no address."""
    return site(url) or f"feed {feed_id}"


def _story(
    story_id: int,
    rows: Sequence[Row[Any]],
    topics_of: Mapping[int, Mapping[str, float | None]],
    retold: Mapping[int, tuple[Wording, ...]],
) -> Story:
    lead, *others = (
        Coverage(
            article_id=row.id,
            feed_id=row.feed_id,
            url=row.url,
            title=row.title,
            source=row.source,
            language=row.language,
            published_at=row.published_at,
            gathered_at=row.gathered_at,
            summary=tuple(row.summary),
            topics=frozenset(topics_of.get(row.id, ())),
            wants_link=bool(row.citation),
            from_feed=row.from_feed,
            scores={slug: score for slug, score in topics_of.get(row.id, {}).items() if score is not None},
            owner=owner(row.url, row.feed_id),
            weight=row.weight,
            credit=row.feed_credit,
            retold=retold.get(row.id, ()),
        )
        for row in rows
    )
    return Story(id=story_id, lead=lead, others=tuple(reversed(others)))
