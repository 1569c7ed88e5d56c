import asyncio
import os
import signal
import time
from datetime import timedelta

import pytest

from bot.workers import MEMORY, ProcessWorker
from builders import NOW, rss
from digests import opml
from digests.errors import NotAFeedError, TopicsFileError, WorkerError, WorkTimedOutError
from digests.gather.feeds import parse

URL = "https://agency.example/"


@pytest.fixture(scope="module")
def worker():
    opened = ProcessWorker(1)
    yield opened
    opened.close()


async def test_work_is_done_in_another_process(worker):
    assert await worker.run(os.getpid) != os.getpid()
    assert (await worker.run(parse, rss(), url=URL, content_type="", now=NOW)).title == "Agency"


async def test_what_hangs_is_killed_and_the_next_work_is_done():
    impatient = ProcessWorker(1, patience=timedelta(seconds=1.5))
    try:
        with pytest.raises(WorkTimedOutError):
            await impatient.run(time.sleep, 600)
        assert await impatient.run(str.upper, "next") == "NEXT"
    finally:
        impatient.close()


async def test_a_crash_is_one_failure_and_the_next_work_is_done(worker):
    with pytest.raises(WorkerError):
        await worker.run(os._exit, 3)
    assert await worker.run(str.upper, "next") == "NEXT"


async def test_an_error_of_ours_passes_through(worker):
    with pytest.raises(NotAFeedError):
        await worker.run(parse, b"no feed", url=URL, content_type="", now=NOW)


async def test_an_error_of_ours_keeps_what_it_knows(worker):
    with pytest.raises(TopicsFileError) as error:
        await worker.run(opml.read, b"no list")
    assert (error.value.faults, str(error.value)) == (("not OPML",), "not OPML")


async def test_any_other_error_is_a_failure_of_the_worker(worker):
    with pytest.raises(WorkerError, match="ZeroDivisionError"):
        await worker.run(divmod, 1, 0)


async def test_the_loop_goes_on_meanwhile(worker):
    slow = asyncio.create_task(worker.run(time.sleep, 0.1))
    await asyncio.sleep(0)
    assert not slow.done()
    await slow


async def test_a_worker_is_prepared_once_before_its_first_work():
    worker = ProcessWorker(1, prepare=prepare)
    try:
        assert [await worker.run(os.getenv, "PREPARED") for _ in range(2)] == ["1", "1"]
    finally:
        worker.close()


def prepare():
    os.environ["PREPARED"] = os.environ.get("PREPARED", "") + "1"


async def test_processes_that_die_with_nothing_to_do_are_replaced():
    opened = ProcessWorker(1)
    try:
        os.kill(await opened.run(os.getpid), signal.SIGKILL)
        await asyncio.sleep(0.5)
        assert await opened.run(str.upper, "next") == "NEXT"
        assert await opened.run(str.upper, "and next") == "AND NEXT"
    finally:
        opened.close()


async def test_work_that_takes_all_the_memory_fails_alone(worker):
    with pytest.raises(WorkerError, match="MemoryError"):
        await worker.run(bytearray, 2 * MEMORY)
    assert await worker.run(str.upper, "next") == "NEXT"
