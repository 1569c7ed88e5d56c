"""Engines: how each kind of database is opened, and what keeps its transactions apart.

Whoever writes is alone, on either database: most use cases read something, decide, and write what follows from it.
SQLite has one writer at a time by nature. On PostgreSQL writers take one lock for the length of their transaction, and
see what was stored before (READ COMMITTED: each statement looks anew, and nobody else changes anything). The other
way, SERIALIZABLE, would ask each of them to begin again when it lost a race; ours take a few milliseconds each, so
waiting costs less than that. Readers wait for nobody and see one state of the database.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from psycopg.types.string import StrDumperUnknown
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

from digests.errors import DatabaseAwayError, DatabaseLostError, DatabaseTrouble

BUSY_TIMEOUT = 15_000
"""Milliseconds that a writer waits for another one; our transactions take a few each."""

BULK_CACHE, BULK_CHECKPOINT = 32_768, 4_000
"""KiB of the database that SQLite keeps at hand for one who enters a great many rows, and the pages that are written
before these go back into the database: so the same page is read and written once for many rows. Usual are 2,000 KiB
and 1,000 pages. (sqlite.org/pragma.html: cache_size, wal_autocheckpoint)"""

STALLED = 12_000
"""Milliseconds after which PostgreSQL undoes what a writer did that says nothing more: its machine is gone, and others
wait for its lock. Less than they wait."""

WRITERS = 0x6E657773
"""The number of the lock that writers take; PostgreSQL counts such locks for each database apart."""

_CONNECTING = {
    "application_name": "newsdigest",
    "connect_timeout": "10",
    # A machine that is cut off is noticed within half a minute, and not after the two hours that systems wait.
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
    "options": f"-c lock_timeout={BUSY_TIMEOUT}",
}
"""By libpq's names (postgresql.org/docs/current/libpq-connect.html); what DATABASE_URL says goes before."""


def open_engine(url: str) -> Engine:
    """An engine for a database address: `sqlite:///…` or `postgresql://…`, as SQLAlchemy writes them.

    SQLite is set up for one process of many threads, PostgreSQL for many processes.
    """
    address = database_address(url)
    if address.get_backend_name() == "sqlite":
        engine = create_engine(address, json_serializer=_written)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    address = address.set(query={**_CONNECTING, **address.query})
    engine = create_engine(
        address,
        isolation_level="REPEATABLE READ",
        json_serializer=_written,
        pool_pre_ping=True,
        execution_options={"preserve_rowcount": True},  # of INSERTs too: they tell how many rows were new
    )
    # Before SQLAlchemy asks anything itself: it understands no answer of a database that has no encoding.
    event.listen(engine, "connect", _prepare_postgresql, insert=True)
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def database_address(url: str) -> URL:
    """The address with the driver that we use; `postgres://` is what hosting services write."""
    address = make_url(url.replace("postgres://", "postgresql://", 1) if url.startswith("postgres://") else url)
    return address.set(drivername="postgresql+psycopg") if address.drivername == "postgresql" else address


def sqlite_file(url: str) -> Path | None:
    """Where the database is, if it is one of SQLite; None of others."""
    address = database_address(url)
    return Path(address.database or "") if address.get_backend_name() == "sqlite" else None


def for_writing(engine: Engine) -> Engine:
    """The same engine, of which every transaction may write."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(writes=True)
    return engine.execution_options(writes=True, isolation_level="READ COMMITTED")


@contextmanager
def roomier(connection: Connection) -> Iterator[None]:
    """Give a connection to SQLite more memory until the block is left: as of `BULK_CACHE`."""
    driver: Any = connection.connection.driver_connection
    bulk = {"cache_size": -BULK_CACHE, "wal_autocheckpoint": BULK_CHECKPOINT}
    usual = {name: driver.execute(f"PRAGMA {name}").fetchone()[0] for name in bulk}
    try:
        _set(driver, bulk)
        yield
    finally:
        _set(driver, usual)
        driver.execute("PRAGMA shrink_memory").close()


def _set(driver: Any, pragmas: Mapping[str, int]) -> None:  # noqa: ANN401 - a sqlite3.Connection behind a facade
    for name, value in pragmas.items():
        driver.execute(f"PRAGMA {name}={value}").close()


@contextmanager
def telling_apart(engine: Engine) -> Iterator[None]:
    """Say of a database that can't be used what is the matter with it.

    Raises:
        DatabaseAwayError: PostgreSQL can't be reached, or does not let us in.
    """
    try:
        yield
    except (OperationalError, ProgrammingError) as error:
        if engine.dialect.name != "postgresql":
            raise
        trouble = _trouble(error)
        if trouble is None:
            raise
        url = engine.url
        where = f"{url.host or url.query.get('host') or 'localhost'}:{url.port or 5432}"
        said = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else type(error.orig).__name__
        raise DatabaseAwayError(
            trouble, where=where, database=url.database or "", user=url.username or "", said=said
        ) from error


@contextmanager
def telling_losses(engine: Engine) -> Iterator[None]:
    """Tell a database that is out of reach from whatever else goes wrong in a transaction.

    Raises:
        DatabaseLostError: it is.
    """
    try:
        yield
    except OperationalError as error:
        if engine.dialect.name == "postgresql" and _trouble(error) is DatabaseTrouble.AWAY:
            raise DatabaseLostError from error
        raise


# libpq tells failures to connect in words alone (psycopg.org/psycopg3/docs/api/errors.html: no SQLSTATE without a
# result); the server's part of them is in the server's language, so what is not recognised is passed on as it was said.
_SAID = (
    (re.compile(r"password|authentication|pg_hba|role .* does not exist", re.IGNORECASE), DatabaseTrouble.REFUSED),
    (re.compile(r"database .* does not exist", re.IGNORECASE), DatabaseTrouble.MISSING),
)
_ENCODING = "UTF8"
_LOCKED = "55P03"  # lock not available
_MAY_NOT = {"42501", "3F000"}  # insufficient privilege; no schema that the user could make anything in


def _trouble(error: DBAPIError) -> DatabaseTrouble | None:
    state = getattr(error.orig, "sqlstate", None)
    if state in _MAY_NOT:
        return DatabaseTrouble.BARRED
    if state == _LOCKED:
        return DatabaseTrouble.BUSY
    if isinstance(error, ProgrammingError) or (state is not None and not state.startswith(("08", "57P"))):
        return None
    return next((kind for pattern, kind in _SAID if pattern.search(str(error.orig))), DatabaseTrouble.AWAY)


def _written(value: object) -> str:
    """As JSON. Letters stand for themselves, not for six characters each, unless they are half of a pair."""
    written = json.dumps(value, ensure_ascii=False)
    try:
        written.encode()
    except UnicodeEncodeError:  # SQLite and PostgreSQL take no such, and feeds have them
        return json.dumps(value)
    return written


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - a sqlite3.Connection behind a facade
    # Python's sqlite3 would begin transactions by its own rules; _begin_sqlite does it by ours.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "secure_delete=ON",
        f"busy_timeout={BUSY_TIMEOUT}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the lock at once: one that upgrades later fails outright instead of waiting its turn.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes(connection) else "BEGIN")


class _WithoutNul(StrDumperUnknown):
    """Text as PostgreSQL takes it, which refuses U+0000: in its place stands what HTML puts there, U+FFFD."""

    def dump(self, obj: str) -> Any:  # noqa: ANN401 - whatever the driver's own dumper gives
        return super().dump(obj.replace("\0", "\ufffd") if "\0" in obj else obj)


def _prepare_postgresql(connection: Any, _record: object) -> None:  # noqa: ANN401 - a psycopg.Connection
    info = connection.info
    encoding = info.parameter_status("server_encoding")
    if encoding not in {_ENCODING, None}:  # None: something between us and the server does not pass it on
        error = DatabaseAwayError(
            DatabaseTrouble.ENCODING,
            where=f"{info.host}:{info.port}",
            database=info.dbname,
            user=info.user,
            said=f"encoding {encoding}",
        )
        connection.close()
        raise error
    connection.adapters.register_dumper(str, _WithoutNul)


def _begin_postgresql(connection: Connection) -> None:
    if _writes(connection):
        # Both until the end of the transaction, in one question.
        stalled = f"set_config('idle_in_transaction_session_timeout', '{STALLED}', true)"
        connection.exec_driver_sql(f"SELECT {stalled}, pg_advisory_xact_lock({WRITERS})")


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("writes", False))
