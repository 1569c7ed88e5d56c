"""What databases spell differently: INSERT that leaves an existing row alone, the day of an instant, raw instants."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    Connection,
    Table,
    Text,
    cast,
    func,
    literal,
    literal_column,
    type_coerce,
)
from sqlalchemy.dialects import postgresql, sqlite


def insert(connection: Connection, table: Table) -> Any:  # noqa: ANN401 - the two classes share no base with on_conflict_*
    """An INSERT with `on_conflict_do_nothing` and `on_conflict_do_update` for the database of `connection`."""
    return insert_for(connection.dialect.name, table)


def insert_for(dialect: str, table: Table) -> Any:  # noqa: ANN401 - as above
    """The same for a database by the name of its dialect: what is to be put together once for many connections."""
    return (postgresql if dialect == "postgresql" else sqlite).insert(table)


def day_of(connection: Connection, column: ColumnElement[datetime]) -> ColumnElement[str]:
    """The day of an instant in UTC, as ISO 8601 writes it."""
    if connection.dialect.name == "sqlite":
        return func.date(column)
    return func.to_char(func.timezone("UTC", column), "YYYY-MM-DD")


def unindexed(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The column as one that is looked up by no index, where the planner of SQLite would choose a bad one."""
    return func.coalesce(column, None)


def numbers(connection: Connection, rows: Sequence[Sequence[int]]) -> tuple[ColumnElement[int], ...]:
    """The columns of rows of whole numbers, to be selected from: one parameter, however many there are. At least one.

    Written row by row, thousands take several times as long.
    """
    written = literal(rows, JSON)
    places = range(len(rows[0]))
    if connection.dialect.name == "sqlite":
        value = func.json_each(written).table_valued("value").c.value
        return tuple(type_coerce(func.json_extract(value, f"$[{place}]"), BigInteger) for place in places)
    value = func.json_array_elements(written).table_valued("value").c.value
    return tuple(cast(value.op("->>")(literal_column(str(place))), BigInteger) for place in places)


def listed(connection: Connection, values: Sequence[int]) -> ColumnElement[int]:
    """Whole numbers as a column to be selected from: one parameter, however many there are."""
    written = literal(values, JSON)
    if connection.dialect.name == "sqlite":
        return type_coerce(func.json_each(written).table_valued("value").c.value, BigInteger)
    value = func.json_array_elements_text(written).table_valued("value").c.value
    return cast(value, BigInteger)


def raw(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The column as the database has it, of whatever type: cheap to read, and equal where the values are."""
    return type_coerce(column, Text)


@lru_cache(maxsize=10_000)  # many readers share few
def instant(value: Any) -> datetime:  # noqa: ANN401 - a string in SQLite, an instant in PostgreSQL
    """A stored instant that was read `raw`."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
