"""Timed jobs, each a single call into the pipeline. After a standstill none is dropped, and several runs become one."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from digests.pipeline.notices import Notices
from digests.pipeline.pruning import Pruner
from digests.pipeline.publishing import Publisher
from digests.pipeline.retelling import Reteller
from digests.pipeline.watching import FeedWatch
from digests.subscribers import Subscribers

log = logging.getLogger(__name__)

GATHER_CHECK = timedelta(seconds=20)
"""How often feeds are looked at for being due; each has its own interval."""

DISPATCH_CHECK = timedelta(seconds=5)
"""How often what is due is handed to workers, and what workers have left undone to others."""

RETRY_CHECK = timedelta(seconds=5)
"""How often the outbox is looked at for deliveries whose pause is over."""

RETELL_CHECK = timedelta(seconds=15)
"""How often articles are looked for that the language model has not been asked about."""

WATCH_CHECK = timedelta(minutes=2)
"""How often feeds are looked at for being broken or well again."""

PRUNE_CHECK = timedelta(hours=1)
"""How often what is old is forgotten: little each time."""

SETTLED = timedelta(minutes=3)
"""After a start, before anything is forgotten: a bot that is started often prunes too, and first does what is due."""


def build(
    gathering: Callable[[], Awaitable[object]],
    planning: Callable[[], Awaitable[object]],
    publisher: Publisher,
    notices: Notices,
    subscribers: Subscribers,
    watch: FeedWatch,
    *,
    check: timedelta,
    speed: float = 1,
) -> AsyncIOScheduler:
    """The jobs, not started yet.

    gathering: gathers what is due, or has it gathered; called every `check`. planning: plans the editions that are due,
    likewise. speed: how many times faster than real time the product's clock runs.
    """
    scheduler = AsyncIOScheduler(
        timezone=UTC,
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )

    background: set[asyncio.Task[int]] = set()

    async def publish() -> None:
        await asyncio.to_thread(subscribers.wake)
        if await asyncio.to_thread(publisher.is_due):
            await planning()
        await notices.plan()
        # Not waited for: the next minute has editions of its own, however long these take.
        sending = asyncio.create_task(publisher.deliver())
        background.add(sending)
        sending.add_done_callback(background.discard)

    often = partial(_often, speed=speed)

    # Editions are due on whole minutes; by a faster clock these pass too quickly for a cron.
    on_the_minute = CronTrigger(second=0) if speed == 1 else often(timedelta(minutes=1))
    now = datetime.now(UTC)
    _add(scheduler, "gather", gathering, often(check), next_run_time=now)
    _add(scheduler, "publish", publish, on_the_minute, next_run_time=now)
    _add(scheduler, "retry", publisher.deliver, often(RETRY_CHECK))
    _add(scheduler, "broadcast", partial(publisher.deliver, broadcasts=True), often(RETRY_CHECK))
    _add(scheduler, "watch", watch.look, often(WATCH_CHECK))
    return scheduler


def add_pruning(scheduler: AsyncIOScheduler, pruner: Pruner, *, speed: float = 1) -> None:
    """One more of the jobs that `build` gave. speed: as there."""
    first = datetime.now(UTC) + SETTLED / speed
    _add(scheduler, "prune", pruner.prune, _often(PRUNE_CHECK, speed=speed), next_run_time=first)


def add_retelling(scheduler: AsyncIOScheduler, reteller: Reteller, *, speed: float = 1) -> None:
    """The job of an installation that has a language model."""
    _add(scheduler, "retell", reteller.retell, _often(RETELL_CHECK, speed=speed))


def _add(
    scheduler: AsyncIOScheduler,
    name: str,
    work: Callable[[], Awaitable[object]],
    trigger: BaseTrigger,
    **options: datetime,
) -> None:
    async def job() -> None:
        # The scheduler cancels what is under way when it stops, and takes that for a fault: what is left is due still.
        with contextlib.suppress(asyncio.CancelledError):
            await work()

    scheduler.add_job(job, trigger, id=name, name=name, **options)


def _often(span: timedelta, *, speed: float) -> IntervalTrigger:
    return IntervalTrigger(seconds=max(0.5, span.total_seconds() / speed))
