"""SQLite files as a whole: copied while they are in use, and put in the place of another (sqlite.org/backup.html)."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from digests.errors import CopyRefusedError

_MAGIC = b"SQLite format 3\0"


def snapshot(source: Path, to: Path) -> None:
    """Write one moment of the database in `source`, which may be in use, to the new file `to`, for its owner alone."""
    to.touch(mode=0o600)
    with _open(source) as before, _open(to) as after:
        before.backup(after)


def replace(target: Path, source: Path) -> None:
    """Let the database in `target` be what `source` has, in one transaction; whoever has it open sees it change."""
    with _open(source) as before, _open(target) as after:
        before.backup(after)


def seal(file: Path) -> None:
    """Make sure that the file is whole, and a single one.

    Raises:
        CopyRefusedError: it is damaged.
    """
    with _open(file) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        found = [row[0] for row in connection.execute("PRAGMA quick_check")]
    if found != ["ok"]:
        raise CopyRefusedError(f"{file} is damaged: {found[0]}")


def require_backup(file: Path) -> None:
    """Raises CopyRefusedError where the file is no database of this product."""
    with file.open("rb") as stream:
        is_sqlite = stream.read(len(_MAGIC)) == _MAGIC
    if is_sqlite:
        with contextlib.suppress(sqlite3.DatabaseError), _open(file) as connection:
            connection.execute("SELECT version_num FROM alembic_version").fetchone()
            connection.execute("SELECT name FROM facts").fetchone()
            return
    raise CopyRefusedError(f"{file} is no backup of this bot")


@contextlib.contextmanager
def _open(file: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(file, timeout=15)
    try:
        yield connection
    finally:
        connection.close()
