"""Tasks for workers, put into the queue in the transaction that makes them needed.

What is due is told by the tables of the product. A task only sends a worker there, who finds nothing to do where
another one was before: so a lost task costs time and nothing else, and one that comes twice does no harm.

The queue is Procrastinate's (procrastinate.readthedocs.io), reached by its SQL functions. Everything that puts tasks
into it holds the lock of writers, so no two put in the same.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, TextClause, text

from digests.gather.urls import article_key

LockOf = Callable[[str], str | None]
"""Address -> the host that is to be asked for one thing at a time, by whichever worker; None where many may ask."""

POLL, READ, PLAN, REGROUP = "poll", "read", "plan", "regroup"
"""The kinds of tasks: poll a feed, read an entry, plan all editions that are due, compare stories again."""

URGENT = {PLAN: 1}
"""What goes before all others: readers wait for it at a minute of their own."""

QUEUE = "gathering"

AT_A_TIME = 500
"""Tasks that are put in by one transaction."""

MANY = 500
"""Tasks in the queue; to take one of fewer is quick in any way."""

HOST = "host "
"""How the locks of hosts begin."""

SILENT = timedelta(seconds=10)
"""A worker that has given no sign of life for so long is gone; it gives one every two seconds."""

ENDLESS = timedelta(minutes=10)
"""A task that has been under way for so long is not: its end could not be noted. The slowest take half of that."""

_TO_POLL = text(
    "SELECT id, url FROM feeds WHERE next_poll_at <= :now AND NOT is_stopped AND NOT is_paused"
    " AND NOT EXISTS (SELECT FROM procrastinate_jobs WHERE queueing_lock = 'poll ' || feeds.id AND status = 'todo')"
    " AND NOT EXISTS (SELECT FROM procrastinate_jobs WHERE queueing_lock = 'poll ' || feeds.id AND status = 'doing')"
    " ORDER BY next_poll_at, id LIMIT :limit"
)

_TO_READ = text(
    "SELECT id, payload ->> 'url' AS url FROM entries WHERE state = 'unread' AND next_read_at <= :now"
    " AND (CAST(:feed_id AS bigint) IS NULL OR feed_id = :feed_id)"
    " AND NOT EXISTS (SELECT FROM procrastinate_jobs WHERE queueing_lock = 'read ' || entries.id AND status = 'todo')"
    " AND NOT EXISTS (SELECT FROM procrastinate_jobs WHERE queueing_lock = 'read ' || entries.id AND status = 'doing')"
    " ORDER BY next_read_at, id LIMIT :limit"
)

_PUT_IN = text(
    "SELECT procrastinate_defer_jobs_v1(array_agg("
    "ROW(:queue, kind, priority, lock, kind || ' ' || number, jsonb_build_object('number', number), NULL)"
    "::procrastinate_job_to_defer_v1 ORDER BY place))"
    " FROM jsonb_to_recordset(CAST(:tasks AS jsonb)) "
    " AS one(place integer, kind text, priority integer, number bigint, lock text)"
)

_STALLED = """
    FROM procrastinate_jobs jobs LEFT JOIN procrastinate_workers workers ON workers.id = jobs.worker_id
    WHERE jobs.status = 'doing' AND (
        workers.id IS NULL OR workers.last_heartbeat < now() - CAST(:silent AS interval)
        OR (SELECT max(at) FROM procrastinate_events WHERE job_id = jobs.id AND type = 'started')
            < now() - CAST(:endless AS interval)
    )
"""

_PUT_BACK = text(
    # One that ends in this very moment is left alone.
    f"WITH stalled AS MATERIALIZED (SELECT jobs.id {_STALLED} FOR UPDATE OF jobs SKIP LOCKED)"  # noqa: S608
    " SELECT procrastinate_retry_job_v2(stalled.id, now(), NULL, NULL, NULL) FROM stalled"
)

_FORGET_SILENT = text("SELECT procrastinate_prune_stalled_workers_v1(:seconds)")

_STATES = text("SELECT status FROM procrastinate_jobs WHERE task_name = :kind AND status IN ('todo', 'doing')")

_COUNT_WAITING = text("SELECT task_name, count(*) FROM procrastinate_jobs WHERE status = 'todo' GROUP BY task_name")

_LOOK_AT_ALL = text("ANALYZE procrastinate_jobs")

_COUNT_UNDER_WAY = text("SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'")

_COUNT_STALLED = text("SELECT count(*)" + _STALLED)

_COUNT_WORKERS = text(
    "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat >= now() - CAST(:silent AS interval)"
)

_THERE = text("SELECT to_regclass('procrastinate_jobs') IS NOT NULL")


@dataclass(frozen=True, kw_only=True)
class Workload:
    """The queue at one moment. waiting: kind of task -> how many. workers: that gave a sign of life just now.

    under_way: tasks that workers have; stalled: those of them that nobody works at.
    """

    workers: int = 0
    waiting: dict[str, int] = field(default_factory=dict)
    under_way: int = 0
    stalled: int = 0


class Tasks:
    """The queue, as far as there is one."""

    def __init__(self, connection: Connection, lock_of: LockOf | None) -> None:
        """lock_of: None where there is no queue, and whoever finds something due does it in its own process."""
        self._connection = connection
        self._lock_of = lock_of

    def poll(self, now: datetime) -> int:
        """Have feeds polled that are due, `AT_A_TIME` at most; how many tasks were put in."""
        return self._put_in(POLL, _TO_POLL, {"now": now}) if self._lock_of else 0

    def read(self, now: datetime, *, feed_id: int | None = None) -> int:
        """Have entries read that are due, `AT_A_TIME` at most, of one feed or of all; how many tasks were put in."""
        return self._put_in(READ, _TO_READ, {"now": now, "feed_id": feed_id}) if self._lock_of else 0

    def plan(self) -> bool:
        """Have editions planned that are due; False, changing nothing, where that is to be done already."""
        return self._put_in_one(PLAN)

    def is_planning(self) -> bool | None:
        """Whether a worker has the task of planning; None where there is none."""
        return self._is_taken(PLAN)

    def regroup(self) -> bool:
        """Have stories compared again; False, changing nothing, where that is to be done already."""
        return self._put_in_one(REGROUP)

    def rescue(self) -> int:
        """Have what stalled, as by the death of its worker, done by another one; how many tasks that were."""
        if self._lock_of is None:
            return 0
        count = len(self._connection.execute(_PUT_BACK, _SPANS).all())
        self._connection.execute(_FORGET_SILENT, {"seconds": ENDLESS.total_seconds()})
        return count

    def tend(self) -> None:
        """Let the database know how long the queue is, where that decides in which way it takes a task from it.

        By itself it does so once a minute, and a queue may be filled in seconds.
        """
        if self._lock_of is not None and sum(row[1] for row in self._connection.execute(_COUNT_WAITING)) > MANY:
            self._connection.execute(_LOOK_AT_ALL)

    def workload(self) -> Workload | None:
        """What the queue has; None where there is none."""
        if self._connection.dialect.name != "postgresql" or not self._connection.execute(_THERE).scalar_one():
            return None
        waiting = {row[0]: row[1] for row in self._connection.execute(_COUNT_WAITING)}
        return Workload(
            workers=self._connection.execute(_COUNT_WORKERS, {"silent": SILENT}).scalar_one(),
            waiting={kind: waiting.get(kind, 0) for kind in (POLL, READ, PLAN, REGROUP)},
            under_way=self._connection.execute(_COUNT_UNDER_WAY).scalar_one(),
            stalled=self._connection.execute(_COUNT_STALLED, _SPANS).scalar_one(),
        )

    def _put_in(self, kind: str, which: TextClause, values: dict[str, object]) -> int:
        found = self._connection.execute(which, {**values, "limit": AT_A_TIME}).all()
        tasks: list[dict[str, object]] = [
            {"place": place, "kind": kind, "number": row.id, "lock": self._lock(kind, row.id, row.url or "")}
            for place, row in enumerate(found)
        ]
        if tasks:
            self._put_in_all(tasks)
        return len(tasks)

    def _is_taken(self, kind: str) -> bool | None:
        states = set(self._connection.execute(_STATES, {"kind": kind}).scalars())
        return "doing" in states if states else None

    def _put_in_one(self, kind: str) -> bool:
        """Of a kind of which there is one at a time."""
        if self._lock_of is None or self._is_taken(kind) is not None:
            return False
        self._put_in_all([{"place": 0, "kind": kind, "number": 0, "lock": kind}])
        return True

    def _put_in_all(self, tasks: list[dict[str, object]]) -> None:
        written = json.dumps([{**one, "priority": URGENT.get(str(one["kind"]), 0)} for one in tasks])
        self._connection.execute(_PUT_IN, {"queue": QUEUE, "tasks": written})

    def _lock(self, kind: str, number: int, url: str) -> str:
        """What no two tasks under way may share: the host, or else the feed, or the address of the article."""
        assert self._lock_of is not None  # there is a queue
        host = self._lock_of(url) if url else None
        if host:
            return f"{HOST}{host}"
        return f"page {article_key(url)}" if kind == READ and url else f"{kind} {number}"


_SPANS = {"silent": SILENT, "endless": ENDLESS}
