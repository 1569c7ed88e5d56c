import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from builders import NOW, read_article, subscriber
from digests.store import engine, schema
from digests.store.unit_of_work import Store


def test_a_transaction_is_stored_whole(store):
    with store.begin() as work:
        work.remember("a", "1")
        work.remember("a", "2")
        work.remember("b", "3")
    with store.read() as work:
        assert (work.fact("a"), work.fact("b"), work.fact("c")) == ("2", "3", None)


def test_a_transaction_that_raises_leaves_nothing(store):
    def fail():
        with store.begin() as work:
            work.remember("a", "1")
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    with store.read() as work:
        assert work.fact("a") is None


def test_a_reading_transaction_changes_nothing(store):
    with store.read() as work:
        work.remember("a", "1")
    with store.read() as work:
        assert work.fact("a") is None


def test_a_reader_waits_for_no_writer_and_sees_what_was(store):
    with store.begin() as writing:
        writing.remember("a", "1")
        with store.read() as reading:
            assert reading.fact("a") is None


def test_threads_that_write_at_once_take_turns(store):
    together = threading.Barrier(4)

    def count(number):
        together.wait()
        for _ in range(10):
            with store.begin() as work:
                work.remember("count", str(int(work.fact("count") or 0) + 1))
                work.readers.save(subscriber(number), now=NOW)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(count, range(4)))
    with store.read() as work:
        assert work.fact("count") == "40"


def test_who_writes_in_bulk_takes_turns_with_the_others(store):
    def count(to):
        for _ in range(10):
            with to.begin() as work:
                work.remember("count", str(int(work.fact("count") or 0) + 1))

    def count_in_bulk():
        with store.in_bulk() as bulk:
            count(bulk)

    with ThreadPoolExecutor(4) as threads:
        for done in [threads.submit(count_in_bulk), threads.submit(count_in_bulk), threads.submit(count, store)]:
            done.result()
    with store.read() as work:
        assert work.fact("count") == "30"


def test_a_transaction_in_bulk_that_raises_leaves_nothing_and_the_next_is_stored(store):
    def fail(bulk):
        with bulk.begin() as work:
            work.remember("a", "1")
            raise LookupError

    with store.in_bulk() as bulk:
        with pytest.raises(LookupError):
            fail(bulk)
        with bulk.begin() as work:
            work.remember("b", "2")
        with store.begin() as work:
            work.remember("c", "3")
    with store.read() as work:
        assert (work.fact("a"), work.fact("b"), work.fact("c")) == (None, "2", "3")


def test_a_transaction_in_bulk_that_another_process_keeps_out_is_none_and_the_next_is_stored(tmp_path, monkeypatch):
    monkeypatch.setattr(engine, "BUSY_TIMEOUT", 50)
    file = tmp_path / "bot.sqlite3"
    store = Store(engine.open_engine(f"sqlite:///{file}"))
    schema.upgrade(store.engine)

    def remember(name):
        with bulk.begin() as work:
            work.remember(name, "1")

    with store.in_bulk() as bulk, closing(sqlite3.connect(file, isolation_level=None)) as another:
        remember("a")
        another.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"):
            remember("b")
        another.execute("COMMIT")
        remember("c")
    with store.read() as work:
        assert [work.fact(name) for name in "abc"] == ["1", None, "1"]
    store.close()


def test_what_is_stored_in_bulk_before_the_store_is_closed_is_stored(database_url):
    store = Store(engine.open_engine(database_url))
    schema.upgrade(store.engine)
    with store.in_bulk() as bulk:
        with bulk.begin() as work:
            work.remember("a", "1")
        store.close()
        with bulk.begin() as work:
            work.remember("b", "2")
    with store.read() as work:
        assert (work.fact("a"), work.fact("b")) == ("1", "2")
    store.close()


@pytest.mark.parametrize("setting", ["cache_size", "wal_autocheckpoint"])
def test_sqlite_has_more_room_in_bulk_and_no_longer(store, setting):
    if store.engine.dialect.name != "sqlite":
        pytest.skip("of SQLite alone")

    def now():
        with store.engine.connect() as connection:
            return abs(connection.exec_driver_sql(f"PRAGMA {setting}").scalar())

    def write(*, fails):
        with store.in_bulk() as bulk, bulk.begin() as work:
            assert abs(work._connection.exec_driver_sql(f"PRAGMA {setting}").scalar()) > usual
            if fails:
                raise LookupError

    usual = now()
    write(fails=False)
    assert [now() for _ in range(3)] == [usual] * 3
    with pytest.raises(LookupError):
        write(fails=True)
    assert [now() for _ in range(3)] == [usual] * 3


def test_foreign_keys_are_kept(store):
    with pytest.raises(IntegrityError), store.begin() as work:
        work.articles.add(read_article(), feed_id=99, story_id=99, now=NOW)


def test_instants_come_back_aware_and_in_utc(store):
    at = NOW + timedelta(microseconds=5)
    with store.begin() as work:
        added = work.feeds.add("https://a.example/", title="A", site_url="", now=at)
    with store.read() as work:
        found = work.feeds.get(added.id).next_poll_at
    assert (found, found.tzinfo) == (at, UTC)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(datetime(2026, 3, 2, 6), id="naive"),  # noqa: DTZ001 - that is the point
        pytest.param(NOW.astimezone(timezone(timedelta(hours=5))), id="in another zone"),
    ],
)
def test_instants_in_any_other_form_are_refused(store, wrong):
    with pytest.raises(StatementError, match="must be in UTC"), store.begin() as work:
        work.feeds.add("https://a.example/", title="A", site_url="", now=wrong)
