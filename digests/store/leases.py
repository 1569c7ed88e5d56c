"""What only one process may do at a time, in the database."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select

from digests.store.dialect import insert
from digests.store.tables import leases


@dataclass(frozen=True, kw_only=True)
class Held:
    """Who holds a lease, and until when unless it is renewed."""

    holder: str
    until: datetime


class Leases:
    """The table of leases."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, name: str) -> Held | None:
        """Who holds it; None when nobody does."""
        row = self._connection.execute(select(leases).where(leases.c.name == name)).first()
        return None if row is None else Held(holder=row.holder, until=row.until)

    def save(self, name: str, holder: str, *, until: datetime) -> None:
        """Note that it is held."""
        values = {"holder": holder, "until": until}
        statement = insert(self._connection, leases).values(name=name, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=values))

    def remove(self, name: str) -> None:
        """Nobody holds it."""
        self._connection.execute(delete(leases).where(leases.c.name == name))
