"""What the queue costs: tasks that find nothing to do, taken and ended by two workers while thousands wait."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from machines import installation, postgresql
from outside import until

WAITING = 10_000
SECONDS = 15

LEAST = 150
"""Tasks a CPU second of the workers; one reads at most twenty pages in that time."""


def cpu_seconds(process):
    """Of the process itself, so far."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def fill(bot):
    """Tasks to read entries that are not there any more."""
    with bot.store.begin() as work:
        for start in range(0, WAITING, 500):
            work.tasks._put_in_all(
                [
                    {"place": number, "kind": "read", "number": number, "lock": f"page {number}"}
                    for number in range(start, start + 500)
                ]
            )
        work.tasks._lock_of = lambda _: None
        work.tasks.tend()


@pytest.mark.bench
async def test_tasks_are_taken_and_ended_while_thousands_wait(tmp_path):
    async with postgresql(tmp_path) as url, installation(tmp_path, "", url, WORKERS="external") as bot:
        fill(bot)
        workers = [await bot.start("worker") for _ in range(2)]

        def waiting():
            with bot.store.read() as work:
                return work.tasks.workload().waiting["read"]

        async def has_begun():
            return waiting() < WAITING

        await until(has_begun, 60, "a worker takes a task")
        before, used = waiting(), sum(map(cpu_seconds, workers))
        await asyncio.sleep(SECONDS)
        done, used = before - waiting(), sum(map(cpu_seconds, workers)) - used
        for one in workers:
            one.send_signal(signal.SIGTERM)
        for one in workers:
            assert await asyncio.wait_for(one.wait(), 6) == 0
    print(f"\n{done / SECONDS:.0f} tasks a second, {done / used:.0f} a CPU second of two workers")  # noqa: T201
    assert done / used > LEAST
