"""What databases spell differently: INSERT that leaves an existing row alone, and the day of an instant."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func
from sqlalchemy.dialects import postgresql, sqlite


def insert(connection: Connection, table: Table) -> Any:  # noqa: ANN401 - the two classes share no base with on_conflict_*
    """An INSERT with `on_conflict_do_nothing` and `on_conflict_do_update` for the database of `connection`."""
    return (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)


def day_of(connection: Connection, column: ColumnElement[datetime]) -> ColumnElement[str]:
    """The day of an instant in UTC, as ISO 8601 writes it."""
    if connection.dialect.name == "sqlite":
        return func.date(column)
    return func.to_char(func.timezone("UTC", column), "YYYY-MM-DD")
