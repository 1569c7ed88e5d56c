"""A whole database into another, of either kind.

The target is made equal to one moment of the source, table by table and in batches: what it lacks is added, what
differs is changed, what the source does not have is deleted. So a copy that was cut short goes on where it was when it
is begun again, and one made of a database in use can be brought up to date. Until it is whole the target bears a mark.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Column, Connection, Engine, Integer, Table, and_, bindparam, delete, func, select, text, update

from digests.store.dialect import insert
from digests.store.engine import for_writing
from digests.store.search import Search
from digests.store.tables import facts, leases, metadata

BATCH = 1_000
"""Rows of one transaction: about 10 MB of articles."""

UNFINISHED = "copy_unfinished"
"""The fact that marks a database into which a copy was begun and not brought to its end."""

Key = tuple[Any, ...]
Row = tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class Sum:
    """How many rows there are, and a number that is equal for equal rows in whatever order (64 bits, of SHA-256)."""

    rows: int = 0
    checksum: int = 0

    def plus(self, rows: Iterable[Row]) -> "Sum":
        """Of these rows too."""
        count, checksum = self.rows, self.checksum
        for row in rows:
            written = json.dumps(row, default=str, sort_keys=True).encode()
            checksum += int.from_bytes(hashlib.sha256(written).digest()[:8], "big")
            count += 1
        return Sum(rows=count, checksum=checksum % 2**64)


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One table of source and target after a copy."""

    name: str
    source: Sum
    target: Sum


Tell = Callable[[str, int, int], None]
"""Is told (table, its rows that are dealt with, its rows) after each batch."""


class _Content(Protocol):
    """Rows with keys, read and written by ranges of the first part of their key."""

    name: str

    def count(self, connection: Connection) -> int: ...
    def upper(self, connection: Connection, after: int | None) -> int | None: ...
    def keys(self, connection: Connection, after: int | None, upto: int | None) -> set[Key]: ...
    def read(self, connection: Connection, after: int | None, upto: int | None) -> dict[Key, Row]: ...
    def add(self, connection: Connection, rows: Sequence[Row]) -> None: ...
    def change(self, connection: Connection, rows: Sequence[Row]) -> None: ...
    def delete(self, connection: Connection, keys: Sequence[Key]) -> None: ...


class _Rows:
    """A table of ours. One whose key begins with text, of which there are few rows, is one range."""

    def __init__(self, table: Table) -> None:
        self.name = table.name
        self._table = table
        self._columns: tuple[Column[Any], ...] = tuple(table.columns)
        self._key = tuple(table.primary_key.columns)
        self._places = [self._columns.index(column) for column in self._key]
        self._lead = self._key[0] if isinstance(self._key[0].type, Integer) else None
        self._which = and_(*(column == bindparam(f"key_{column.name}") for column in self._key))

    def count(self, connection: Connection) -> int:
        return int(connection.execute(self._within(select(func.count()).select_from(self._table))).scalar_one())

    def upper(self, connection: Connection, after: int | None) -> int | None:
        if self._lead is None:
            return None
        statement = self._within(select(self._lead), after).order_by(self._lead).offset(BATCH - 1).limit(1)
        found: int | None = connection.execute(statement).scalar()
        return found

    def keys(self, connection: Connection, after: int | None, upto: int | None) -> set[Key]:
        return set(map(tuple, connection.execute(self._within(select(*self._key), after, upto))))

    def read(self, connection: Connection, after: int | None, upto: int | None) -> dict[Key, Row]:
        rows = map(_whole, connection.execute(self._within(select(*self._columns), after, upto)))
        return {self._key_of(row): row for row in rows}

    def add(self, connection: Connection, rows: Sequence[Row]) -> None:
        names = [column.name for column in self._columns]
        connection.execute(insert(connection, self._table), [dict(zip(names, row, strict=True)) for row in rows])

    def change(self, connection: Connection, rows: Sequence[Row]) -> None:
        values = {column: bindparam(f"new_{column.name}", type_=column.type) for column in self._columns}
        names = [f"new_{column.name}" for column in self._columns]
        told = [dict(zip(names, row, strict=True)) | self._named(self._key_of(row)) for row in rows]
        connection.execute(update(self._table).where(self._which).values(values), told)

    def delete(self, connection: Connection, keys: Sequence[Key]) -> None:
        connection.execute(delete(self._table).where(self._which), [self._named(key) for key in keys])

    def _within(self, statement: Any, after: int | None = None, upto: int | None = None) -> Any:  # noqa: ANN401
        if self._table is facts:
            statement = statement.where(facts.c.name != UNFINISHED)
        if after is not None and self._lead is not None:
            statement = statement.where(self._lead > after)
        return statement if upto is None or self._lead is None else statement.where(self._lead <= upto)

    def _key_of(self, row: Row) -> Key:
        return tuple(row[place] for place in self._places)

    def _named(self, key: Key) -> dict[str, Any]:
        return {f"key_{column.name}": value for column, value in zip(self._key, key, strict=True)}


class _Stems:
    """The full-text index, which each kind of database keeps in its own way: (article, its terms in order)."""

    name = "article_search"

    def count(self, connection: Connection) -> int:
        return Search(connection).count()

    def upper(self, connection: Connection, after: int | None) -> int | None:
        return Search(connection).upper(after, BATCH)

    def keys(self, connection: Connection, after: int | None, upto: int | None) -> set[Key]:
        return {(article_id,) for article_id in Search(connection).terms(after, upto)}

    def read(self, connection: Connection, after: int | None, upto: int | None) -> dict[Key, Row]:
        return {(number,): (number, terms) for number, terms in Search(connection).terms(after, upto).items()}

    def add(self, connection: Connection, rows: Sequence[Row]) -> None:
        Search(connection).index_all((article_id, " ".join(terms)) for article_id, terms in rows)

    def change(self, connection: Connection, rows: Sequence[Row]) -> None:
        self.add(connection, rows)

    def delete(self, connection: Connection, keys: Sequence[Key]) -> None:
        for (article_id,) in keys:
            Search(connection).forget(article_id)


_CONTENTS: tuple[_Content, ...] = (
    # What refers stands after what it refers to. A lease is of processes that run on the one database.
    *(_Rows(table) for table in metadata.sorted_tables if table is not leases),
    _Stems(),
)


def is_unfinished(engine: Engine) -> bool:
    """Whether a copy into this database, which is on the newest schema, was begun and not brought to its end."""
    with engine.connect() as connection, connection.begin():
        return connection.execute(select(facts.c.name).where(facts.c.name == UNFINISHED)).first() is not None


def is_empty(engine: Engine) -> bool:
    """Whether there is nothing in the tables."""
    with engine.connect() as connection, connection.begin():
        return all(content.count(connection) == 0 for content in _CONTENTS)


def sums(engine: Engine, tell: Tell = lambda *_: None) -> dict[str, Sum]:
    """Table -> the sum of its rows."""
    with engine.connect() as connection, connection.begin():
        return {content.name: _sum_of(content, connection, tell) for content in _CONTENTS}


def compare(source: Engine, target: Engine) -> tuple[Compared, ...]:
    """Every table of both, on the newest schema."""
    here, there = sums(source), sums(target)
    return tuple(Compared(name=name, source=one, target=there[name]) for name, one in here.items())


def copy(source: Engine, target: Engine, *, tell: Tell, checked: Tell, is_last: bool = True) -> tuple[Compared, ...]:
    """Make `target` equal to `source`, both on the newest schema; every table of both, as it was read from each.

    tell, checked: of what is copied, and of what is read again from the target. is_last: nobody has the source open;
    otherwise the target keeps its mark, for what has changed is still to be copied.
    """
    writing = for_writing(target)
    with writing.connect() as connection, connection.begin():
        mark = insert(connection, facts).values(name=UNFINISHED, value="")
        connection.execute(mark.on_conflict_do_nothing())
    read = {}
    with source.connect() as reading, reading.begin():
        for content in _CONTENTS:
            read[content.name] = _copy(content, reading, writing, tell)
        numbers = _last_numbers(reading)
    there = sums(target, checked)
    with writing.connect() as connection, connection.begin():
        _go_on_from(connection, numbers)
        if is_last and there == read:
            connection.execute(delete(facts).where(facts.c.name == UNFINISHED))
    return tuple(
        Compared(name=content.name, source=read[content.name], target=there[content.name]) for content in _CONTENTS
    )


def _copy(content: _Content, reading: Connection, writing: Engine, tell: Tell) -> Sum:
    with writing.connect() as connection, connection.begin():
        is_new = content.count(connection) == 0
    if not is_new:  # at first, so that what comes does not meet what goes
        for after, upto in _ranges(content, reading):
            with writing.connect() as connection, connection.begin():
                gone = content.keys(connection, after, upto) - content.keys(reading, after, upto)
                if gone:
                    content.delete(connection, sorted(gone))
    total, read = content.count(reading), Sum()
    for after, upto in _ranges(content, reading):
        rows = content.read(reading, after, upto)
        read = read.plus(rows.values())
        with writing.connect() as connection, connection.begin():
            there = {} if is_new else content.read(connection, after, upto)
            lacking = [row for key, row in rows.items() if key not in there]
            other = [row for key, row in rows.items() if key in there and there[key] != row]
            if lacking:
                content.add(connection, lacking)
            if other:
                content.change(connection, other)
        tell(content.name, read.rows, total)
    return read


def _ranges(content: _Content, connection: Connection) -> Iterator[tuple[int | None, int | None]]:
    """(after, up to) of all keys in order, the last one without an end: where the other side may have more."""
    after = None
    while (upto := content.upper(connection, after)) is not None:
        yield after, upto
        after = upto
    yield after, None


def _sum_of(content: _Content, connection: Connection, tell: Tell) -> Sum:
    total, found = content.count(connection), Sum()
    for after, upto in _ranges(content, connection):
        found = found.plus(content.read(connection, after, upto).values())
        tell(content.name, found.rows, total)
    return found


def _whole(row: Any) -> Row:  # noqa: ANN401 - a row of any table
    """Its values as either database can have them: text without U+0000, which PostgreSQL does not take."""
    return tuple(value.replace("\0", "\ufffd") if isinstance(value, str) and "\0" in value else value for value in row)


def _numbered() -> list[Table]:
    return [table for table in metadata.sorted_tables if table.autoincrement_column is not None]


def _last_numbers(connection: Connection) -> dict[str, int]:
    """Table -> the last id that was given, be its row still there or not."""
    if connection.dialect.name == "sqlite":
        kept = {row[0]: row[1] for row in connection.exec_driver_sql("SELECT name, seq FROM sqlite_sequence")}
    else:
        kept = {}
        for table in _numbered():
            sequence = connection.execute(text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": table.name})
            given = connection.exec_driver_sql(f"SELECT last_value, is_called FROM {sequence.scalar_one()}").one()  # noqa: S608 - a name of our own schema
            kept[table.name] = given.last_value if given.is_called else 0
    last = {table.name: connection.execute(select(func.max(table.c.id))).scalar() or 0 for table in _numbered()}
    return {name: max(number, kept.get(name, 0)) for name, number in last.items()}


def _go_on_from(connection: Connection, numbers: dict[str, int]) -> None:
    """Give ids after these."""
    for name, number in numbers.items():
        values = {"name": name, "number": number}
        if connection.dialect.name == "sqlite":
            # Only tables that give an id once have a row there; others go on from the highest by themselves.
            connection.execute(text("UPDATE sqlite_sequence SET seq = :number WHERE name = :name"), values)
        elif number:
            connection.execute(text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :number)"), values)
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("ANALYZE")  # what it knows of its tables is from when they were empty
