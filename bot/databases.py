"""`newsdigest db backup|restore|copy`: a database kept in a file, brought back from it, and moved to another one."""

import contextlib
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from bot.app import open_at, open_store, utc_now
from bot.settings import Settings
from bot.standby import is_dead
from digests.errors import CopyRefusedError
from digests.lease import SENDING
from digests.store import copying, files
from digests.store.copying import Compared, Tell
from digests.store.engine import database_address, sqlite_file
from digests.store.unit_of_work import Store


def keep(settings: Settings, file: Path, out: Console, *, overwrite: bool) -> None:
    """Keep the database of `settings` in `file`, which is a SQLite database whatever kind that is.

    Raises:
        CopyRefusedError: the file is there already, or there is nothing to keep.
        DatabaseError: the database can't be used.
    """
    if file.exists() and not overwrite:
        raise CopyRefusedError(f"{file} is there already; give another name, or --overwrite")
    with _beside(file) as part:
        source = sqlite_file(settings.database)
        if source is None:
            with _opened(open_store(settings)) as kept, _new_file(part) as there:
                compared = _copied(kept, there)
            _require_equal(compared)
        elif source.is_file():
            files.snapshot(source, part)
        else:
            raise CopyRefusedError(f"there is no database at {source}")
        files.seal(part)
        part.replace(file)
    out.print(f"{file}: {file.stat().st_size / 1e6:,.1f} MB; `newsdigest db restore` brings it back")


def bring_back(settings: Settings, file: Path, out: Console, *, overwrite: bool) -> bool:
    """Let the database of `settings` be what `file` has, and show both; whether they are equal.

    A file of an older version is brought to the newest schema on the way, and stays as it is.

    Raises:
        CopyRefusedError: it is no such file, the database is not empty, or a bot runs on it.
        DatabaseError: the database can't be used.
    """
    files.require_backup(file)
    to = sqlite_file(settings.database)
    if to is not None:
        to.parent.mkdir(parents=True, exist_ok=True)
    with _folder(settings) as folder:
        files.snapshot(file, folder / "backup.sqlite3")
        with _opened(open_at(f"sqlite:///{folder / 'backup.sqlite3'}")) as source, _target(settings.database) as target:
            _require_free(target, overwrite=overwrite)
            if to is None:
                compared = _copied(source, target)
            else:
                files.replace(to, folder / "backup.sqlite3")
                compared = copying.compare(source.engine, target.engine)
    return _show(compared, out)


def move(settings: Settings, url: str, out: Console, *, overwrite: bool) -> bool:
    """Copy the database of `settings` to the one at `url`, and show both; whether they are equal.

    Raises:
        CopyRefusedError: the target is the source, is not empty, or a bot runs on it.
        DatabaseError: one of them can't be used.
    """
    if database_address(url) == database_address(settings.database):
        raise CopyRefusedError("source and target are the same database")
    source_file = sqlite_file(settings.database)
    if source_file is not None and not source_file.is_file():
        raise CopyRefusedError(f"there is no database at {source_file}")
    with _opened(open_store(settings)) as source, _target(url) as target:
        _require_free(target, overwrite=overwrite)
        in_use = _is_in_use(source)
        compared = _copied(source, target, is_last=not in_use)
    is_equal = _show(compared, out)
    if is_equal and in_use:
        out.print(
            "A bot runs on the source. To move over, stop it and give the same command again: it copies what has"
            " changed since. Until then no bot starts on the target.",
            soft_wrap=True,
        )
    elif is_equal:
        out.print("Set DATABASE_URL to the target and start the bot; the source is as it was.", soft_wrap=True)
    return is_equal


def _copied(source: Store, target: Store, *, is_last: bool = True) -> tuple[Compared, ...]:
    with _bars() as (tell, checked):
        return copying.copy(source.engine, target.engine, tell=tell, checked=checked, is_last=is_last)


@contextlib.contextmanager
def _bars() -> Iterator[tuple[Tell, Tell]]:
    """What tells how far a copy is, and how far it is looked through: bars on the standard error."""
    columns = (TextColumn("{task.description:<32}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bars:
        stages = {stage: bars.add_task(stage, total=None) for stage in ("Copying", "Comparing")}

        def of(stage: str) -> Tell:
            def tell(table: str, done: int, total: int) -> None:
                bars.update(stages[stage], description=f"{stage} {table}", completed=done, total=total)

            return tell

        yield of("Copying"), of("Comparing")


def _show(compared: Sequence[Compared], out: Console) -> bool:
    shown = Table(box=None, pad_edge=False)
    shown.add_column("table")
    for name in ("rows", "rows there", "checksum", "checksum there"):
        shown.add_column(name, justify="right")
    for one in compared:
        sums = (one.source, one.target)
        style = None if one.source == one.target else "bold red"
        cells = [*(f"{each.rows:,}" for each in sums), *(f"{each.checksum:016x}" for each in sums)]
        shown.add_row(one.name, *cells, style=style)
    out.print(shown)
    different = [one.name for one in compared if one.source != one.target]
    rows = sum(one.source.rows for one in compared)
    if different:
        out.print(f"Different: {', '.join(different)}. Give the same command again.", style="bold red")
    else:
        out.print(f"{rows:,} rows of {len(compared)} tables are equal on both sides.")
    return not different


def _require_equal(compared: Sequence[Compared]) -> None:
    different = [one.name for one in compared if one.source != one.target]
    if different:
        raise CopyRefusedError(f"what was written is not what was read: {', '.join(different)}")


def _require_free(target: Store, *, overwrite: bool) -> None:
    if _is_in_use(target):
        raise CopyRefusedError("a bot runs on the target, or a worker for it: stop it first")
    if not (overwrite or copying.is_unfinished(target.engine) or copying.is_empty(target.engine)):
        raise CopyRefusedError("the target is not empty: give an empty database, or --overwrite to replace what it has")


def _is_in_use(store: Store) -> bool:
    """Whether a bot or a worker runs on the database, or did so within the last seconds and was killed."""
    with store.read() as work:
        held, workload = work.leases.find(SENDING), work.tasks.workload()
    if workload is not None and workload.workers:
        return True
    return held is not None and held.until > utc_now() and not is_dead(held.holder)


@contextlib.contextmanager
def _opened(store: Store) -> Iterator[Store]:
    try:
        yield store
    finally:
        store.close()


@contextlib.contextmanager
def _target(url: str) -> Iterator[Store]:
    with _opened(open_at(url)) as store:
        yield store


@contextlib.contextmanager
def _new_file(file: Path) -> Iterator[Store]:
    file.touch(mode=0o600)
    with _opened(open_at(f"sqlite:///{file}")) as store:
        yield store


@contextlib.contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A name for what will be `file` when it is whole; nothing is left of it when it is not."""
    if not file.absolute().parent.is_dir():
        raise CopyRefusedError(f"there is no folder {file.absolute().parent}")
    part = file.absolute().with_name(f"{file.name}.part")
    names = [part, *(part.with_name(part.name + suffix) for suffix in ("-wal", "-shm", "-journal"))]
    for name in names:
        name.unlink(missing_ok=True)
    try:
        yield part
    finally:
        for name in names:
            name.unlink(missing_ok=True)


@contextlib.contextmanager
def _folder(settings: Settings) -> Iterator[Path]:
    """For a file as large as the database; where the data are there is room, and nobody else reads."""
    place = settings.data_dir if settings.data_dir.is_dir() else None
    with tempfile.TemporaryDirectory(dir=place, prefix="restoring-") as folder:
        yield Path(folder).absolute()
