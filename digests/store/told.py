"""Completing the index of the search, of articles that were read before it knew what a digest tells of them.

A migration would hold its locks, and on SQLite all that it writes twice, until the last of them is done.
"""

import logging
import time

from sqlalchemy import Connection, delete, select, update

from digests.language.words import stems
from digests.model import as_told
from digests.store.search import Search
from digests.store.tables import articles, facts

log = logging.getLogger(__name__)

DONE = "index.told"
"""The fact that holds the id of the last article done; there is none when nothing is left to do."""

BATCH = 500
"""Articles in one transaction: a fifth of a second."""

BREATH = 0.05
"""Seconds between two of them, in which others may write: SQLite lets nobody wait in line."""


def complete_index(connection: Connection) -> None:
    """Go on where that was left, a part at a time; other processes may do so meanwhile. Nothing where nothing is left.

    connection: for writing, in no transaction.
    """
    with connection.begin():
        if _done(connection) is None:
            return
    log.info("the index of the search is being completed, a minute for 150,000 articles")
    is_left = True
    while is_left:
        with connection.begin():
            is_left = _complete_some(connection)
        time.sleep(BREATH)
    log.info("the index of the search is complete")


def _done(connection: Connection) -> int | None:
    found = connection.execute(select(facts.c.value).where(facts.c.name == DONE)).scalar()
    return None if found is None else int(found)


def _complete_some(connection: Connection) -> bool:
    """Whether anything may be left."""
    done = _done(connection)
    if done is None:  # another process was quicker
        return False
    columns = (articles.c.id, articles.c.title, articles.c.summary, articles.c.language)
    rows = connection.execute(select(*columns).where(articles.c.id > done).order_by(articles.c.id).limit(BATCH)).all()
    if not rows:
        connection.execute(delete(facts).where(facts.c.name == DONE))
        return False
    Search(connection).add_all((row.id, _told(row.title, row.summary, row.language)) for row in rows)
    connection.execute(update(facts).where(facts.c.name == DONE).values(value=str(rows[-1].id)))
    return True


def _told(title: str, summary: list[str], language: str) -> str:
    return " ".join(dict.fromkeys(map(as_told, stems("\n".join((title, *summary)), language))))
