"""The transaction: everything in it is stored together or not at all."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from copy import copy
from datetime import datetime

from sqlalchemy import Connection, Engine, func, select

from digests.store.articles import Articles
from digests.store.backlog import Backlog, backlog
from digests.store.broadcasts import Broadcasts
from digests.store.dialect import insert
from digests.store.drafts import Drafts, Labels
from digests.store.engine import BUSY_TIMEOUT, for_writing, roomier, telling_losses
from digests.store.feeds import Entries, Feeds
from digests.store.figures import Figures
from digests.store.leases import Leases
from digests.store.line import Line
from digests.store.outbox import Outbox
from digests.store.overview import Overview
from digests.store.places import Places
from digests.store.pruning import Pruning
from digests.store.readers import Readers
from digests.store.retellings import Retellings
from digests.store.sizes import Size, size
from digests.store.staff import Audit, Staff, StaffMessages
from digests.store.tables import facts
from digests.store.tasks import LockOf, Tasks
from digests.store.topics import Topics
from digests.store.turns import Turns


class UnitOfWork:
    """One open transaction. Keep it short, and never wait for anything inside."""

    def __init__(self, connection: Connection, lock_of: LockOf | None = None) -> None:
        """lock_of: as `Tasks` takes it."""
        self._connection = connection
        self.feeds = Feeds(connection)
        self.entries = Entries(connection)
        self.articles = Articles(connection)
        self.overview = Overview(connection)
        self.retellings = Retellings(connection)
        self.topics = Topics(connection)
        self.readers = Readers(connection)
        self.outbox = Outbox(connection)
        self.turns = Turns(connection)
        self.staff = Staff(connection)
        self.audit = Audit(connection)
        self.figures = Figures(connection)
        self.broadcasts = Broadcasts(connection)
        self.leases = Leases(connection)
        self.places = Places(connection)
        self.staff_messages = StaffMessages(connection)
        self.drafts = Drafts(connection)
        self.labels = Labels(connection)
        self.pruning = Pruning(connection)
        self.tasks = Tasks(connection, lock_of)

    @contextmanager
    def apart(self) -> Iterator[None]:
        """A part of the transaction that is undone alone when the block raises."""
        with self._connection.begin_nested():
            yield

    def backlog(self, now: datetime) -> Backlog:
        """What waits at `now`, in counts."""
        return backlog(self._connection, now)

    def size(self) -> Size:
        """How large the database is."""
        return size(self._connection)

    def time(self) -> datetime | None:
        """The present by the database's clock, which all machines share; None of SQLite, which is of one machine."""
        if self._connection.dialect.name == "sqlite":
            return None
        now: datetime = self._connection.execute(select(func.clock_timestamp())).scalar_one()
        return now

    def fact(self, name: str) -> str | None:
        """What the installation remembers under that name."""
        found: str | None = self._connection.execute(select(facts.c.value).where(facts.c.name == name)).scalar()
        return found

    def remember(self, name: str, value: str) -> None:
        """Remember `value` under that name, in place of what was there."""
        statement = insert(self._connection, facts).values(name=name, value=value)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


class Store:
    """The way to the database. Safe to use from several threads at once."""

    def __init__(self, engine: Engine, lock_of: LockOf | None = None) -> None:
        """lock_of: where workers take from the queue what this process finds due (`Tasks`); None where it does it."""
        self.engine = engine
        self._lock_of = lock_of
        self._writing = for_writing(engine)
        self._line = Line(BUSY_TIMEOUT / 1000)
        self._writer: Connection | None = None  # the only one to write through

    @contextmanager
    def begin(self) -> Iterator[UnitOfWork]:
        """A transaction that may write: stored at the end of the block, undone when the block raises.

        Raises:
            DatabaseLostError: the database is out of reach; so of `read`.
        """
        # Before a connection is taken, of which there are few.
        with self._line.turn(), telling_losses(self.engine), self._to_write() as connection, connection.begin():
            yield UnitOfWork(connection, self._lock_of)

    @contextmanager
    def read(self) -> Iterator[UnitOfWork]:
        """A transaction that sees one state of the database and changes nothing; it waits for no writer."""
        with (
            telling_losses(self.engine),
            self.engine.connect() as connection,
            connection.begin() as transaction,
        ):
            yield UnitOfWork(connection)
            transaction.rollback()

    @contextmanager
    def in_bulk(self) -> Iterator["Store"]:
        """This store for one thread that writes many rows in many transactions, until the block is left.

        On SQLite these are all of one connection, which keeps more of the database at hand.
        """
        if self.engine.dialect.name != "sqlite":
            yield self
            return
        with self._writing.connect() as connection, roomier(connection):
            bulk = copy(self)  # in the same line as others
            bulk._writer = connection  # noqa: SLF001 - it is one of ours
            yield bulk

    def settle(self) -> None:
        """Leave nothing of what was deleted in the files beside the database, where SQLite keeps what is new."""
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect() as connection:
                connection.exec_driver_sql("COMMIT")  # a checkpoint is no part of a transaction
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                connection.exec_driver_sql("BEGIN")

    @contextmanager
    def trial(self) -> Iterator[UnitOfWork]:
        """A transaction that may write and is always undone: for seeing what a change would do."""
        with self._writing.connect() as connection, connection.begin() as transaction:
            yield UnitOfWork(connection)
            transaction.rollback()

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()

    def _to_write(self) -> AbstractContextManager[Connection]:
        return self._writing.connect() if self._writer is None else nullcontext(self._writer)
