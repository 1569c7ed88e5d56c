"""The queue of workers, on PostgreSQL alone."""

import asyncio
import subprocess
import sys
from datetime import timedelta

import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import text

from bot.monitoring.lookout import Lookout
from bot.monitoring.status import Status
from builders import NOW, entry
from digests.store import queue
from digests.store.engine import for_writing, open_engine
from digests.store.schema import upgrade
from digests.store.tasks import AT_A_TIME, MANY, Tasks
from digests.store.unit_of_work import Store

FEED = "https://agency.example/feed"


@pytest.fixture
def engine(database_url):
    opened = open_engine(database_url)
    if opened.dialect.name != "postgresql":
        pytest.skip("SQLite has no queue")
    yield opened
    opened.dispose()


@pytest.fixture
def store(engine):
    """The real store, of an installation with workers. The host busy.example is one that is asked for one at a time."""
    return Store(engine, lambda url: "busy.example" if "busy.example" in url else None)


def follow(store, url=FEED):
    with store.begin() as work:
        return work.feeds.add(url, title="Agency", site_url="", now=NOW)


def tasks(store):
    """What is in the queue: (name, lock, state)."""
    with store.engine.connect() as connection:
        rows = connection.execute(text("SELECT queueing_lock, lock, status FROM procrastinate_jobs ORDER BY id"))
        return [tuple(row) for row in rows]


def take(store, *, silent_for=timedelta(), begun=timedelta()):
    """As a worker does: take the next task; its last sign of life, and the beginning, were so long ago."""
    with store.engine.connect() as connection, connection.begin():
        worker = connection.execute(text("SELECT worker_id FROM procrastinate_register_worker_v1()")).scalar_one()
        task = connection.execute(
            text("SELECT id FROM procrastinate_fetch_job_v2(NULL, :worker)"), {"worker": worker}
        ).scalar_one()
        connection.execute(
            text("UPDATE procrastinate_workers SET last_heartbeat = now() - CAST(:ago AS interval) WHERE id = :worker"),
            {"ago": silent_for, "worker": worker},
        )
        connection.execute(
            text("UPDATE procrastinate_events SET at = at - CAST(:ago AS interval) WHERE job_id = :task"),
            {"ago": begun, "task": task},
        )
    return task


def put_in(store, now=NOW):
    with store.begin() as work:
        return work.tasks.poll(now), work.tasks.read(now)


def test_a_feed_that_is_due_is_put_in_once(store):
    feed = follow(store)
    assert put_in(store, NOW - timedelta(seconds=1)) == (0, 0)
    assert put_in(store) == (1, 0)
    assert put_in(store) == (0, 0)
    assert tasks(store) == [(f"poll {feed.id}", f"poll {feed.id}", "todo")]
    take(store)
    assert put_in(store) == (0, 0), "one that is under way is not put in again"


def test_feeds_that_are_paused_or_stopped_are_not(store):
    follow(store)
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE feeds SET is_paused = true"))
    assert put_in(store) == (0, 0)


def test_entries_are_put_in_by_the_transaction_that_stores_them_and_undone_with_it(store):
    feed = follow(store)
    with store.begin() as work:
        work.entries.add(feed.id, [entry("1"), entry("2", url="https://busy.example/2")], [entry("old")], now=NOW)
        assert work.tasks.read(NOW, feed_id=feed.id) == 2
    assert [(name.split()[0], state) for name, _, state in tasks(store)] == [("read", "todo")] * 2
    assert {lock for _, lock, _ in tasks(store)} >= {"host busy.example"}

    class UndoneError(Exception):
        pass

    def breaks():
        with store.begin() as work:
            work.entries.add(feed.id, [entry("3")], [], now=NOW)
            assert work.tasks.read(NOW, feed_id=feed.id) == 1
            raise UndoneError

    with pytest.raises(UndoneError):
        breaks()
    assert len(tasks(store)) == 2


def test_tasks_of_one_host_are_taken_one_at_a_time(store):
    for number in range(3):
        follow(store, f"https://busy.example/{number}")
    assert put_in(store) == (3, 0)
    take(store)
    with store.engine.connect() as connection:
        assert connection.execute(text("SELECT id FROM procrastinate_fetch_job_v2(NULL, NULL)")).scalar() is None


def test_so_many_are_put_in_at_a_time(store):
    with store.begin() as work:
        for number in range(AT_A_TIME + 1):
            work.feeds.add(f"https://agency.example/{number}", title="", site_url="", now=NOW)
    assert [put_in(store)[0] for _ in range(3)] == [AT_A_TIME, 1, 0]


def test_planning_is_put_in_once_and_goes_first(store):
    follow(store)
    put_in(store)
    with store.begin() as work:
        assert work.tasks.is_planning() is None
        assert work.tasks.plan()
        assert not work.tasks.plan()
        assert work.tasks.is_planning() is False
    take(store)
    with store.begin() as work:
        assert work.tasks.is_planning() is True
        assert not work.tasks.plan()


@pytest.mark.parametrize(
    ("ago", "count"),
    [
        pytest.param({}, 0, id="alive"),
        pytest.param({"silent_for": timedelta(seconds=11)}, 1, id="silent"),
        pytest.param({"begun": timedelta(minutes=11)}, 1, id="endless"),
    ],
)
def test_what_stalled_is_given_to_others(store, ago, count):
    follow(store)
    put_in(store)
    task = take(store, **ago)
    with store.begin() as work:
        assert work.tasks.workload().stalled == count
        assert work.tasks.rescue() == count
        assert work.tasks.workload().stalled == 0
    assert [state for *_, state in tasks(store)] == ["todo" if count else "doing"]
    if count:
        assert take(store) == task


def test_the_workload_is_counted(store):
    for number in range(3):
        follow(store, f"https://agency.example/{number}")
    put_in(store)
    take(store)
    take(store, silent_for=timedelta(seconds=11))
    with store.read() as work:
        found = work.tasks.workload()
    assert (found.workers, found.waiting, found.under_way, found.stalled) == (
        1,
        {"poll": 1, "read": 0, "plan": 0, "regroup": 0},
        2,
        1,
    )


def test_metrics_tell_the_workload(store):
    follow(store)
    put_in(store)
    status, registry = Status(store=store), CollectorRegistry()
    lookout = Lookout(status, lambda: NOW)
    registry.register(lookout)
    asyncio.run(lookout.look())
    assert registry.get_sample_value("newsdigest_tasks_waiting", {"kind": "poll"}) == 1
    assert registry.get_sample_value("newsdigest_workers") == 0
    assert registry.get_sample_value("newsdigest_tasks_stalled") == 0


def test_a_long_queue_is_looked_at_by_its_locks(store):
    with store.begin() as work:
        for number in range(MANY + 1):
            work.feeds.add(f"https://agency.example/{number}", title="", site_url="", now=NOW)
        while work.tasks.poll(NOW):
            pass
        work.tasks.tend()
    with store.engine.connect() as connection:
        plan = connection.execute(
            text("EXPLAIN SELECT FROM procrastinate_jobs WHERE lock = 'poll 7' AND status IN ('todo', 'doing')")
        )
        assert "newsdigest_tasks_lock" in "".join(plan.scalars())


def test_without_workers_nothing_is_put_in(engine):
    alone = Store(engine)
    follow(alone)
    assert put_in(alone) == (0, 0)
    assert tasks(alone) == []


def test_the_queue_is_brought_up_to_date_once(engine, monkeypatch, tmp_path):
    def comment():
        with engine.connect() as connection:
            return connection.execute(
                text("SELECT obj_description('procrastinate_jobs'::regclass, 'pg_class')")
            ).scalar()

    before = comment()
    assert before
    upgrade(engine)
    assert comment() == before
    (tmp_path / f"{before}.sql").write_text("SELECT 1 / 0;")
    (tmp_path / "99.00.00_01_newer.sql").write_text("CREATE TABLE newer (one int); SELECT '100 %';")
    monkeypatch.setattr(queue.SchemaManager, "get_migrations_path", staticmethod(lambda: str(tmp_path)))
    for _ in range(2):
        upgrade(engine)
        assert comment() == "99.00.00_01_newer"
    with engine.connect() as connection:
        assert connection.execute(text("SELECT to_regclass('newer') IS NOT NULL")).scalar_one()


def test_a_queue_that_others_have_made_is_taken_as_it_is(engine):
    with for_writing(engine).connect() as connection, connection.begin():
        connection.execute(text("COMMENT ON TABLE procrastinate_jobs IS NULL"))
        queue.upgrade(connection)
        assert Tasks(connection, None).workload() is not None


def test_an_installation_on_sqlite_does_without_procrastinate(tmp_path):
    code = (
        "import sys, bot.app, bot.running\n"
        f"bot.app.open_at('sqlite:///{tmp_path}/x.sqlite3').close()\n"
        "assert not {'procrastinate', 'psycopg_pool'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
