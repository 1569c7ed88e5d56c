"""The full-text index of the archive. Of SQLite alone: other databases have one of their own kind."""

from collections.abc import Sequence

from sqlalchemy import Connection, text

from digests.model import FoundArticle
from digests.store.tables import Instant

_FOUND = """
    SELECT articles.url, articles.title, articles.source, articles.language, articles.published_at
    FROM article_search JOIN articles ON articles.id = article_search.rowid
    WHERE article_search MATCH :query
    ORDER BY articles.published_at DESC, articles.id DESC LIMIT :limit OFFSET :start
"""
_STORIES = """
    SELECT articles.story_id FROM article_search JOIN articles ON articles.id = article_search.rowid
    WHERE article_search MATCH :query
    GROUP BY articles.story_id ORDER BY max(articles.published_at) DESC, articles.story_id DESC
    LIMIT :limit OFFSET :start
"""
_COUNTED = "SELECT count(*) FROM article_search WHERE article_search MATCH :query"


class Search:
    """Finds articles by the stems that they have."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def index(self, article_id: int, stems: str) -> None:
        """Let the article be found by those stems, parted by blanks, in place of others."""
        if self._connection.dialect.name != "sqlite":
            return
        self._connection.execute(text("DELETE FROM article_search WHERE rowid = :id"), {"id": article_id})
        statement = text("INSERT INTO article_search (rowid, stems) VALUES (:id, :stems)")
        self._connection.execute(statement, {"id": article_id, "stems": stems})

    def find(self, asked: Sequence[frozenset[str]], *, start: int, limit: int) -> tuple[int, tuple[FoundArticle, ...]]:
        """(how many there are, those of one page, the newest first).

        asked: for each word its possible stems, one of which an article must have; nothing is found for none.
        """
        if not asked or self._connection.dialect.name != "sqlite":
            return 0, ()
        query = _query(asked)
        count = self._connection.execute(text(_COUNTED), {"query": query}).scalar_one()
        statement = text(_FOUND).columns(published_at=Instant())
        rows = self._connection.execute(statement, {"query": query, "limit": limit, "start": start})
        return count, tuple(FoundArticle(**row._asdict()) for row in rows)

    def find_stories(self, asked: Sequence[frozenset[str]], *, start: int, limit: int) -> tuple[int, ...]:
        """The stories of articles that `find` finds, those with the newest first."""
        if not asked or self._connection.dialect.name != "sqlite":
            return ()
        values = {"query": _query(asked), "limit": limit, "start": start}
        return tuple(self._connection.execute(text(_STORIES), values).scalars())


def _query(asked: Sequence[frozenset[str]]) -> str:
    return " AND ".join("(" + " OR ".join(map(_quoted, sorted(several))) + ")" for several in asked)


def _quoted(stem: str) -> str:
    """As a string of FTS5's own language, in which a quotation mark is doubled."""
    return '"' + stem.replace('"', '""') + '"'
