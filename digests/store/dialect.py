"""The one statement that databases spell differently: INSERT that leaves an existing row alone."""

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert(connection: Connection, table: Table) -> Any:  # noqa: ANN401 - the two classes share no base with on_conflict_*
    """An INSERT with `on_conflict_do_nothing` and `on_conflict_do_update` for the database of `connection`."""
    return (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)
