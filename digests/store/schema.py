"""Bringing a database to the newest schema."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from importlib.util import find_spec

from alembic import command
from alembic.config import Config
from alembic.script.revision import ResolutionError
from alembic.util import CommandError
from sqlalchemy import Connection, Engine

from digests.errors import NewerDatabaseError
from digests.store.engine import for_writing, telling_apart
from digests.store.told import complete_index


def upgrade(engine: Engine, *, to: str = "head") -> None:
    """Apply every migration that the database lacks; a database that lacks none is left alone.

    to: the last one to be applied.

    Raises:
        DatabaseAwayError: PostgreSQL can't be reached, or does not let us in.
        NewerDatabaseError: a newer version made it.
    """
    scripts_at = as_file(files("digests.store") / "migrations")
    with (
        telling_apart(engine),
        scripts_at as scripts,
        for_writing(engine).connect() as connection,
        _keeping_what_refers(connection),
    ):
        config = Config()
        config.set_main_option("script_location", str(scripts).replace("%", "%%"))
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, to)
        except CommandError as error:
            if isinstance(error.__cause__, ResolutionError):
                raise NewerDatabaseError from error
            raise
        if to != "head":
            return
        complete_index(connection)
        if engine.dialect.name == "postgresql" and find_spec("procrastinate") is not None:
            _upgrade_queue(connection)


def _upgrade_queue(connection: Connection) -> None:
    from digests.store import queue  # noqa: PLC0415 - with those who have workers

    with connection.begin():
        queue.upgrade(connection)


@contextmanager
def _keeping_what_refers(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by copying and dropping it, and dropping takes along all rows that refer to its own.

    Its manual asks to switch foreign keys off meanwhile (sqlite.org/lang_altertable.html, section 7), which it does
    outside of transactions alone: so here, and not in a migration.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    assert driver is not None  # it is open
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        connection.rollback()  # of what failed; what went well is stored already
        driver.execute("PRAGMA foreign_keys=ON")
