"""The queue of workers: Procrastinate's own tables beside ours, and the way of its workers to them.

Imported where there are workers alone: an installation on SQLite needs no Procrastinate.
"""

from pathlib import Path

import psycopg
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.schema import SchemaManager
from sqlalchemy import Connection, Engine, text

CONNECTIONS = 4
"""Of one worker to its queue: to take tasks and to end them, each for a moment. One more waits for news of tasks."""

AWAY = (ConnectorException, psycopg.Error)
"""What is raised when the queue can't be reached, or not any more."""

_THERE = text("SELECT to_regclass('procrastinate_jobs') IS NOT NULL")
_FOUND_BY_LOCK = text("SELECT to_regclass('newsdigest_tasks_lock') IS NOT NULL")
_FIND_BY_LOCK = (
    # Taking one task compares the locks of all: of 10,000 without it in seconds, and with it in milliseconds.
    "CREATE INDEX newsdigest_tasks_lock ON procrastinate_jobs (lock) WHERE status IN ('todo', 'doing')"
)
_VERSION = text("SELECT obj_description('procrastinate_jobs'::regclass, 'pg_class')")


def upgrade(connection: Connection) -> None:
    """Bring Procrastinate's tables to what the installed version needs; such as need nothing are left alone.

    Which of its migrations (procrastinate.readthedocs.io, "Deploy Procrastinate migrations") they have seen is noted
    beside them, as a comment. Tables without one are taken to be the installed version's.
    """
    migrations = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    newest = migrations[-1].stem
    seen = None
    if not connection.execute(_THERE).scalar_one():
        _run(connection, SchemaManager.get_schema())
    elif (seen := connection.execute(_VERSION).scalar()) is not None:
        for one in migrations:
            if one.stem > seen:
                _run(connection, one.read_text(encoding="utf-8"))
    if seen is None or seen < newest:
        _run(connection, f"COMMENT ON TABLE procrastinate_jobs IS '{newest}'")
    if not connection.execute(_FOUND_BY_LOCK).scalar_one():
        _run(connection, _FIND_BY_LOCK)


def _run(connection: Connection, script: str) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None  # it is open
    driver.execute(script)  # without values: several statements, and none of their % is a place for one


def open_queue(engine: Engine) -> App:
    """The queue of the database, not connected to yet, without any task."""
    _, found = engine.dialect.create_connect_args(engine.url)
    found.pop("context", None)  # of SQLAlchemy's own types
    # Two of them are there from the start, and one that waits for a connection for so long takes the database for gone.
    return App(connector=PsycopgConnector(kwargs=found, min_size=2, max_size=CONNECTIONS, timeout=10))
