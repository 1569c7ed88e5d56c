"""`newsdigest worker`: takes gathering, reading and planning from the queue, wherever the database is in reach."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from procrastinate import App, JobContext

from bot.app import News, open_news, utc_now
from bot.monitoring.metrics import Metrics
from bot.monitoring.probes import monitored
from bot.monitoring.status import Status
from bot.running import Attempts, let_the_event_loop_go_first, set_imports_aside, told_to_stop
from bot.settings import Settings
from digests.gather.turns import STRANGERS
from digests.pipeline.regrouping import BEFORE_EDITIONS
from digests.store.queue import AWAY, open_queue
from digests.store.tasks import HOST, PLAN, POLL, QUEUE, READ, REGROUP

log = logging.getLogger(__name__)

AT_ONCE = 32
"""Tasks of one worker: most of them wait for a site, and a few for a core."""

SIGN_OF_LIFE = timedelta(seconds=2)
"""How often a worker says that it is alive; see `digests.store.tasks.SILENT`."""

LOOKS = timedelta(seconds=2)
"""How often the queue is looked at besides the news of it: tasks that are put back make none."""

LAST_TASKS = timedelta(seconds=3)
"""For tasks under way when the worker is told to stop; what they leave undone is due still."""


async def run_worker(settings: Settings) -> None:
    """Work until SIGINT or SIGTERM. settings: with workers outside, on PostgreSQL.

    Raises:
        DatabaseError: the database can't be used at the start; later it is waited for.
        SettingsError: nobody can listen at METRICS_LISTEN.
    """
    stop = told_to_stop()
    asyncio.get_running_loop().set_exception_handler(_tell)
    status, metrics = Status(), Metrics()
    async with monitored(settings, status, metrics, utc_now), open_news(settings, metrics=metrics) as news:
        set_imports_aside()
        let_the_event_loop_go_first()
        with status.working(news.store):
            await _work(news, stop)


def _tell(loop: asyncio.AbstractEventLoop, what: dict[str, Any]) -> None:
    """What nobody waits for: a line where the end of a task could not be noted, as of one that was given to another."""
    error = what.get("exception")
    if isinstance(error, AWAY):
        log.warning("the end of a task could not be noted (%s)", error.__cause__ or error)
    else:
        loop.default_exception_handler(what)


async def _work(news: News, stop: asyncio.Event) -> None:
    """Take tasks until told to stop; where the database is out of reach, wait for it."""
    attempts = Attempts(asyncio.get_running_loop().time)
    while not stop.is_set():
        app = open_queue(news.store.engine)
        add_tasks(app, news)
        try:
            async with app.open_async():
                attempts.begin()
                log.info("taking tasks from the queue")
                await _take(app, news, stop)
        except AWAY as error:
            pause = attempts.pause()
            log.warning("the queue could not be reached (%s); again in %d s", error, pause)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)


async def _take(app: App, news: News, stop: asyncio.Event) -> None:
    taking = asyncio.create_task(
        app.run_worker_async(
            queues=[QUEUE],
            concurrency=AT_ONCE,
            install_signal_handlers=False,
            delete_jobs="always",  # what failed is in the log, and due still
            fetch_job_polling_interval=LOOKS.total_seconds(),
            update_heartbeat_interval=SIGN_OF_LIFE.total_seconds(),
            shutdown_graceful_timeout=LAST_TASKS.total_seconds(),
        )
    )
    told = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({taking, told}, return_when=asyncio.FIRST_COMPLETED)
        if not taking.done():
            log.info("stopping")
            news.planner.stop()
            taking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await taking
    finally:
        told.cancel()


def add_tasks(app: App, news: News) -> None:
    """The tasks by the names that the store gives them; each is one call of a use case."""

    @app.task(name=POLL, pass_context=True)
    async def poll(context: JobContext, *, number: int) -> None:
        await _spaced(context, news.gatherer.poll_one, number)

    @app.task(name=READ, pass_context=True)
    async def read(context: JobContext, *, number: int) -> None:
        await _spaced(context, news.gatherer.read_one, number)

    @app.task(name=PLAN)
    async def plan(*, number: int) -> None:  # noqa: ARG001 - all tasks have one
        await news.regrouper.regroup(patience=BEFORE_EDITIONS)
        count = await asyncio.to_thread(news.planner.plan)
        log.info("%d editions planned", count)

    @app.task(name=REGROUP)
    async def regroup(*, number: int) -> None:  # noqa: ARG001 - as above
        await news.regrouper.regroup()


async def _spaced(context: JobContext, use_case: Callable[[int], Awaitable[object]], number: int) -> None:
    """Do it; where it has a host to itself, no sooner be done than the next worker may ask that host."""
    loop = asyncio.get_running_loop()
    free_at = loop.time() + STRANGERS.apart.total_seconds()
    await use_case(number)
    if (context.job.lock or "").startswith(HOST):
        await asyncio.sleep(free_at - loop.time())
