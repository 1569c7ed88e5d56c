"""The ports, the limiter and the jobs once more, each counting what passes through it and changing nothing."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec, TypeVar

from apscheduler.events import (
    EVENT_JOB_ERROR,
    EVENT_JOB_EXECUTED,
    EVENT_JOB_MAX_INSTANCES,
    JobEvent,
)
from apscheduler.schedulers.base import BaseScheduler
from prometheus_client import Counter
from telegram import Update
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import BaseRateLimiter

from bot.limiter import seconds
from bot.monitoring.metrics import Metrics
from digests.errors import (
    ChatMovedError,
    DeliveryDelayedError,
    DeliveryError,
    DeliveryRefusedError,
    NewsDigestError,
    SubscriberGoneError,
    ThreadGoneError,
    WorkerError,
    WorkTimedOutError,
    WritingBarredError,
)
from digests.model import EditionKind, Part
from digests.pipeline.gathering import GatherReport
from digests.ports import Sender, Worker

P = ParamSpec("P")
T = TypeVar("T")

SUMMARIZING = frozenset({"read_entry", "read_document", "read_pasted"})
"""The functions of `digests.reading` that give a summary."""

_SENDS: tuple[tuple[type[DeliveryError], str], ...] = (
    (SubscriberGoneError, "gone"),
    (ChatMovedError, "moved"),
    (WritingBarredError, "barred"),
    (ThreadGoneError, "thread_gone"),
    (DeliveryRefusedError, "refused"),
    (DeliveryDelayedError, "delayed"),
)

_ANSWERS: tuple[tuple[type[TelegramError], str], ...] = (
    (RetryAfter, "flood"),
    (Forbidden, "forbidden"),
    (ChatMigrated, "moved"),
    (InvalidToken, "token"),
    (Conflict, "conflict"),
    (BadRequest, "bad_request"),  # before NetworkError, of which it is a subclass
    (TimedOut, "timeout"),
    (NetworkError, "network"),
)

_JOBS = {EVENT_JOB_EXECUTED: "done", EVENT_JOB_ERROR: "failed", EVENT_JOB_MAX_INSTANCES: "skipped"}


def _name(error: BaseException, names: tuple[tuple[type[Any], str], ...], otherwise: str) -> str:
    return next((name for kind, name in names if isinstance(error, kind)), otherwise)


class MeteredSender:
    """A Sender that counts what came of each message."""

    def __init__(self, sender: Sender, metrics: Metrics) -> None:
        self._sender = sender
        self._sends = metrics.sends

    async def wait_for_turn(self, chat_id: int, kind: EditionKind) -> None:
        """See `digests.ports.Sender`."""
        await self._sender.wait_for_turn(chat_id, kind)

    async def send(self, chat_id: int, part: Part, kind: EditionKind = EditionKind.ON_DEMAND) -> int:
        """See `digests.ports.Sender`."""
        try:
            number = await self._sender.send(chat_id, part, kind)
        except DeliveryError as error:
            self._sends.labels(_name(error, _SENDS, "unknown")).inc()
            raise
        self._sends.labels("accepted").inc()
        return number


class MeteredWorker:
    """A Worker that counts pieces of work and times them."""

    def __init__(self, worker: Worker, metrics: Metrics) -> None:
        self._worker = worker
        self._metrics = metrics

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """See `digests.ports.Worker`."""
        name = function.__name__
        result = "failed"
        with self._metrics.work_seconds.labels(name).time():
            try:
                done = await self._worker.run(function, *args, **kwargs)
                result = "done"
            except WorkTimedOutError:
                result = "timeout"
                raise
            except WorkerError:
                raise
            except NewsDigestError:  # the function's own answer
                result = "declined"
                raise
            finally:
                self._metrics.work.labels(name, result).inc()
        if name in SUMMARIZING:
            self._metrics.summaries.inc()
        return done


class MeteredLimiter(BaseRateLimiter[str]):
    """A limiter of whose requests to Telegram each attempt is counted, and each pause that Telegram asks for."""

    def __init__(self, limiter: BaseRateLimiter[str], metrics: Metrics) -> None:
        self._limiter = limiter
        self._metrics = metrics

    async def initialize(self) -> None:
        """See `telegram.ext.BaseRateLimiter`."""
        await self._limiter.initialize()

    async def shutdown(self) -> None:
        """See `telegram.ext.BaseRateLimiter`."""
        await self._limiter.shutdown()

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,  # noqa: ANN401 - the library's own
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: str | None,
    ) -> Any:  # noqa: ANN401 - whatever the call gives
        """See `telegram.ext.BaseRateLimiter`."""

        async def counted(*one: Any, **named: Any) -> Any:  # noqa: ANN401 - the library's own
            return await self._count(endpoint, callback, *one, **named)

        return await self._limiter.process_request(counted, args, kwargs, endpoint, data, rate_limit_args)

    async def _count(
        self, endpoint: str, callback: Callable[..., Coroutine[Any, Any, Any]], *args: object, **kwargs: object
    ) -> object:
        began_at = _now()
        try:
            answer = await callback(*args, **kwargs)
        except TelegramError as error:
            self._metrics.requests.labels(endpoint, _name(error, _ANSWERS, "other")).inc()
            if isinstance(error, RetryAfter):
                self._metrics.flood_waits.inc()
                self._metrics.flood_wait_seconds.inc(seconds(error))
            raise
        self._metrics.requests.labels(endpoint, "ok").inc()
        if endpoint != "getUpdates":
            self._metrics.request_seconds.observe(_now() - began_at)
        return answer


def _now() -> float:
    return asyncio.get_running_loop().time()


def count_report(metrics: Metrics) -> Callable[[GatherReport], None]:
    """To be told what each gathering pass did."""

    def count(report: GatherReport) -> None:
        polls = {"changed": report.changed, "unchanged": report.unchanged, **report.failed}
        _add(metrics.polls, polls)
        _add(metrics.entries, {"new": report.new, "edited": report.edited})
        read = ("read", "known", "unreadable", "postponed", "revised")
        _add(metrics.articles, {name: getattr(report, name) for name in read})

    return count


def count_retellings(metrics: Metrics) -> Callable[[str, str, int], None]:
    """To be told what came of each text that the language model was asked for."""

    def count(kind: str, result: str, tokens: int) -> None:
        metrics.retellings.labels(kind, result).inc()
        metrics.model_tokens.inc(tokens)

    return count


def _add(counter: Counter, counts: dict[str, int]) -> None:
    for label, number in counts.items():
        counter.labels(label).inc(number)


def count_jobs(scheduler: BaseScheduler, metrics: Metrics) -> None:
    """Count what became of each timed job."""

    def count(event: JobEvent) -> None:
        metrics.jobs.labels(event.job_id, _JOBS[event.code]).inc()

    scheduler.add_listener(count, EVENT_JOB_EXECUTED | EVENT_JOB_ERROR | EVENT_JOB_MAX_INSTANCES)


def count_updates(metrics: Metrics) -> Callable[[Update, object], Coroutine[Any, Any, None]]:
    """A handler to be told every update."""

    async def count(update: Update, _context: object) -> None:
        kinds = (one for one in Update.ALL_TYPES if getattr(update, one, None) is not None)
        metrics.updates.labels(next(kinds, "other")).inc()

    return count


def count_failures(metrics: Metrics) -> Callable[[object, Any], Coroutine[Any, Any, None]]:
    """An error handler to be told what went wrong with updates: what is expected is no failure."""

    async def count(_update: object, context: Any) -> None:  # noqa: ANN401 - of the library, whose error is all we see
        if not isinstance(context.error, NewsDigestError | TelegramError):
            metrics.update_failures.inc()

    return count
