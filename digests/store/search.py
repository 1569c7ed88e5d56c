"""The full-text index of the archive: FTS5 in SQLite, tsvector under GIN in PostgreSQL, both over our own stems.

The databases' own notions of words are left aside: they have none of Kazakh, and each its own of everything else. What
SQLite's tokenizer does to a stem (sqlite.org/fts5.html#unicode61_tokenizer) is done here for PostgreSQL, so that either
finds the same.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, text

from digests.model import FoundArticle, Sought, as_told
from digests.store.tables import Instant

_SQLITE = {
    "index": (
        "DELETE FROM article_search WHERE rowid = :id",
        "INSERT INTO article_search (rowid, stems) VALUES (:id, :stems)",
    ),
    "add": "UPDATE article_search SET stems = stems || ' ' || :stems WHERE rowid = :id",
    "key": "rowid",
    "stems": "stems",
    "found": "article_search JOIN articles ON articles.id = article_search.rowid WHERE article_search MATCH :query",
    "count": "article_search WHERE article_search MATCH :query",
    "having": "article_search WHERE article_search MATCH :query AND rowid >= :first",
}
_POSTGRESQL = {
    "index": (
        """INSERT INTO article_search (article_id, stems) VALUES (:id, array_to_tsvector(string_to_array(:stems, ' ')))
        ON CONFLICT (article_id) DO UPDATE SET stems = excluded.stems""",
    ),
    "add": """UPDATE article_search SET stems = stems || array_to_tsvector(string_to_array(:stems, ' '))
        WHERE article_id = :id""",
    "key": "article_id",
    "stems": "tsvector_to_array(stems)",
    "found": """article_search JOIN articles ON articles.id = article_search.article_id
        WHERE article_search.stems @@ CAST(:query AS tsquery)""",
    "count": "article_search WHERE stems @@ CAST(:query AS tsquery)",
    "having": "article_search WHERE stems @@ CAST(:query AS tsquery) AND article_id >= :first",
}
_FOUND = """
    SELECT articles.url, articles.title, articles.source, articles.language, articles.published_at
    FROM {found} ORDER BY articles.published_at DESC, articles.id DESC LIMIT :limit OFFSET :start
"""
_WALKED = """
    SELECT articles.url, articles.title, articles.source, articles.language, articles.published_at
    FROM articles WHERE +articles.id IN (SELECT rowid FROM article_search WHERE article_search MATCH :query)
    ORDER BY articles.published_at DESC, articles.id DESC LIMIT :limit OFFSET :start
"""
_STORIES = """
    SELECT articles.story_id FROM {found}
    GROUP BY articles.story_id ORDER BY max(articles.published_at) DESC, articles.story_id DESC
    LIMIT :limit OFFSET :start
"""
_COUNTED = "SELECT count(*) FROM {count}"

MANY = 2_000
"""Articles found, from which on SQLite goes through its index of instants and takes those that are among them: a page
is full soon, while sorting would read them all. The "+" has it do so (sqlite.org/optoverview.html, 3)."""

_LAST = 2**63 - 1

_LONGEST = 500
"""Characters of a stem that PostgreSQL keeps; it takes 2,046 bytes, and nobody asks for as many."""


class Search:
    """Finds articles by the stems that they have."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._is_sqlite = connection.dialect.name == "sqlite"
        self._sql: dict[str, Any] = _SQLITE if self._is_sqlite else _POSTGRESQL

    def index(self, article_id: int, stems: str) -> None:
        """Let the article be found by those stems, parted by blanks, in place of others."""
        self.index_all([(article_id, stems)])

    def index_all(self, several: Iterable[tuple[int, str]]) -> None:
        """`index` for several articles, at least one."""
        rows = self._rows(several)
        for statement in self._sql["index"]:
            self._connection.execute(text(statement), rows)

    def add_all(self, several: Iterable[tuple[int, str]]) -> None:
        """Let the articles, at least one, be found by further stems, besides those by which they are found already."""
        self._connection.execute(text(self._sql["add"]), self._rows(several))

    def _rows(self, several: Iterable[tuple[int, str]]) -> list[dict[str, object]]:
        return [
            {"id": article_id, "stems": stems if self._is_sqlite else " ".join(_all_terms(stems.split()))}
            for article_id, stems in several
        ]

    def find(self, asked: Sought, *, start: int, limit: int) -> tuple[int, tuple[FoundArticle, ...]]:
        """(how many there are, those of one page, the newest first).

        asked: for each word its possible stems, one of which an article must have, told or not; nothing is found for
        none.
        """
        query = self._query(map(_told_or_not, asked))
        if not query:
            return 0, ()
        count = self._connection.execute(self._of(_COUNTED), {"query": query}).scalar_one()
        in_order = _WALKED if self._is_sqlite and count > MANY else _FOUND
        statement = self._of(in_order).columns(published_at=Instant())
        rows = self._connection.execute(statement, {"query": query, "limit": limit, "start": start})
        return count, tuple(FoundArticle(**row._asdict()) for row in rows)

    def find_stories(self, asked: Sought, *, start: int, limit: int) -> tuple[int, ...]:
        """The stories of articles that `find` finds, those with the newest first."""
        query = self._query(map(_told_or_not, asked))
        if not query:
            return ()
        values = {"query": query, "limit": limit, "start": start}
        return tuple(self._connection.execute(self._of(_STORIES), values).scalars())

    def having(self, asked: Iterable[Sought], first: int) -> set[int]:
        """The articles, from that one on, that any of several searches finds by the very stems that it asks for.

        asked: each has a word that can be found.
        """
        query = (" OR " if self._is_sqlite else " | ").join(f"({self._query(one)})" for one in asked)
        if not query:
            return set()
        statement = self._of("SELECT {key} FROM {having}")
        return set(self._connection.execute(statement, {"query": query, "first": first}).scalars())

    def forget(self, article_id: int) -> None:
        """Find the article no longer."""
        self._connection.execute(self._of("DELETE FROM article_search WHERE {key} = :id"), {"id": article_id})

    def count(self) -> int:
        """How many articles can be found."""
        return int(self._connection.execute(text("SELECT count(*) FROM article_search")).scalar_one())

    def upper(self, after: int | None, number: int) -> int | None:
        """The id of the last one of the `number` articles after that one; None when there are not so many."""
        statement = self._of(
            "SELECT {key} FROM article_search WHERE {key} > :after ORDER BY {key} LIMIT 1 OFFSET :more"
        )
        found: int | None = self._connection.execute(statement, {"after": after or 0, "more": number - 1}).scalar()
        return found

    def terms(self, after: int | None, upto: int | None) -> dict[int, tuple[str, ...]]:
        """Article -> by what it is found, in order, of those with ids in that range; the same in either database."""
        statement = self._of("SELECT {key}, {stems} FROM article_search WHERE {key} > :after AND {key} <= :upto")
        rows = self._connection.execute(statement, {"after": after or 0, "upto": _LAST if upto is None else upto})
        return {row[0]: tuple(_all_terms(row[1].split() if self._is_sqlite else row[1])) for row in rows}

    def _of(self, statement: str) -> Any:  # noqa: ANN401 - text() says no more of itself than a clause
        return text(statement.format(**self._sql))

    def _query(self, asked: Iterable[frozenset[str]]) -> str:
        """In the database's own language; "" for nothing."""
        if self._is_sqlite:
            return " AND ".join("(" + " OR ".join(map(_quoted, sorted(several))) + ")" for several in asked)
        words = [[terms[0] for stem in sorted(several) if (terms := _terms(stem))] for several in asked]
        return " & ".join("(" + " | ".join(map(_quoted_lexeme, several)) + ")" for several in words if several)


def _told_or_not(stems: frozenset[str]) -> frozenset[str]:
    return stems.union(map(as_told, stems))


def _quoted(stem: str) -> str:
    """As a string of FTS5's own language, in which a quotation mark is doubled."""
    return '"' + stem.replace('"', '""') + '"'


def _quoted_lexeme(term: str) -> str:
    """As a tsquery has it, in which apostrophes and backslashes are doubled."""
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=100_000)  # about 15 MB; articles share most of their words
def _terms(stem: str) -> tuple[str, ...]:
    """The stem as SQLite compares it, without the diacritics of Latin letters; and its words where it has several."""
    plain = (stem if stem.isascii() else "".join(map(_plain, stem)))[:_LONGEST]
    pieces = _WORD.findall(plain)
    return tuple(pieces if pieces == [plain] or not pieces else [plain, *pieces])


def _all_terms(stems: Iterable[str]) -> list[str]:
    return sorted({term for stem in stems for term in _terms(stem)})


def _plain(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    return parts[0] if len(parts) == 2 and parts[0].isascii() else letter  # noqa: PLR2004 - a letter and its mark
