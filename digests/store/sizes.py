"""How large the database is."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from digests.store.tables import articles


@dataclass(frozen=True, kw_only=True)
class Size:
    """total: bytes on the disk, what is to be put in soon aside. free: of these, what is filled before it grows; 0 on
    PostgreSQL, which does not tell.

    articles: how many are kept. since: the first of them was gathered then; None without any.
    """

    total: int
    free: int
    articles: int
    since: datetime | None


def size(connection: Connection) -> Size:
    """How large it is now."""
    if connection.dialect.name == "sqlite":
        page, count, unused = (
            int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())
            for name in ("page_size", "page_count", "freelist_count")
        )
        total, free = page * count, page * unused
    else:
        total, free = int(connection.execute(select(func.pg_database_size(func.current_database()))).scalar_one()), 0
    count, since = connection.execute(select(func.count(), func.min(articles.c.gathered_at))).one()
    return Size(total=total, free=free, articles=count, since=since)
