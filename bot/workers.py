"""The ports Worker and Benches over processes: what hangs is killed and replaced, and the event loop never computes."""

import asyncio
import contextlib
import gc
import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from datetime import timedelta
from functools import partial
from typing import ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from digests.errors import NewsDigestError, WorkerError, WorkTimedOutError

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE = timedelta(seconds=30)
"""For one piece of work, the start of a process included; an ordinary page takes a twentieth of a second."""

MEMORY = 2 * 1024**3
"""Bytes of address space of one process; the dearest of hostile documents that we take needs a quarter of it."""

NICE = 10
"""By how much the processes stand back (nice(2)): people who wait for answers go before articles that wait."""

TASKS_OF_ONE = 2000
"""Pieces of work after which a process is replaced, so that what libraries leak stays small."""


class ProcessWorker:
    """Worker processes that are started when first needed. Close it at the end."""

    def __init__(
        self,
        processes: int = 0,
        *,
        patience: timedelta = PATIENCE,
        prepare: Callable[[], None] | None = None,
    ) -> None:
        """processes: 0 for one for each core, at least one and at most four. prepare: run at the start of each."""
        self._patience = patience
        self._open = partial(
            ProcessPool,
            max_workers=processes or _processes(),
            max_tasks=TASKS_OF_ONE,
            initializer=_begin,
            initargs=(prepare,),
            # Not forked from the bot: its threads and connections are no business of a worker.
            context=multiprocessing.get_context("spawn"),
        )
        self._pool = self._open()
        self._is_closed = False

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """See `digests.ports.Worker`."""
        pool = self._pool
        try:
            return await self._run(pool, function, *args, **kwargs)
        except BrokenProcessPool as error:
            # Processes that die with nothing to do, as the system's choice when memory is short, take the pool with
            # them. Whoever finds it so opens another.
            if self._is_closed:
                raise WorkerError("the workers have been closed") from error
            if self._pool is pool:
                self._pool = self._open()
            try:
                return await self._run(self._pool, function, *args, **kwargs)
            except BrokenProcessPool:
                raise WorkerError("worker processes keep dying") from error

    async def _run(self, pool: ProcessPool, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            future = pool.schedule(function, args=args, kwargs=kwargs, timeout=self._patience.total_seconds())
        except RuntimeError as error:  # how a pool says that it takes nothing more
            raise BrokenProcessPool from error
        try:
            result: T = await asyncio.wrap_future(future)
        except (NewsDigestError, BrokenProcessPool):
            raise
        except Exception as error:
            raise _meaning(error, function.__name__, self._patience) from error
        return result

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        self._is_closed = True
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


def _meaning(error: BaseException, name: str, patience: timedelta) -> NewsDigestError:
    """What the failure of the function of that name means to whoever asked for it."""
    match error:
        case NewsDigestError():
            return error
        case TimeoutError() | FutureTimeoutError():
            return WorkTimedOutError(f"killed after {patience}")
        case ProcessExpired() | BrokenProcessPool():
            return WorkerError("a worker process died")
        case _:
            return WorkerError(f"{name}: {type(error).__name__}")


def _processes() -> int:
    return max(1, min(4, os.cpu_count() or 1))


class ProcessBenches:
    """Processes beside, each with a line of work of its own (see `digests.ports.Benches`). Close them at the end.

    They are the standard library's: one that dies, at its start too, fails all that it was given. A thread hands each
    its work: what a process is to keep is written to it as it starts, which takes a second.
    """

    def __init__(self, prepare: Callable[[], None], *, processes: int = 0) -> None:
        """prepare: run at the start of each. processes: as of `ProcessWorker`."""
        self._benches = [
            ProcessPoolExecutor(
                max_workers=1,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_begin,
                initargs=(partial(_prepare_bench, prepare),),
            )
            for _ in range(processes or _processes())
        ]
        self._hands = [ThreadPoolExecutor(max_workers=1, thread_name_prefix="bench") for _ in self._benches]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._benches)

    def submit(self, bench: int, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """See `digests.ports.Benches`."""
        told: Future[T] = Future()

        def pass_on(future: Future[T]) -> None:
            if future.cancelled():
                told.set_exception(WorkerError("the processes are closed"))
            elif (error := future.exception()) is None:
                told.set_result(future.result())
            else:
                told.set_exception(_meaning(error, function.__name__, PATIENCE))

        def hand_over() -> None:
            try:
                future = self._benches[bench].submit(function, *args, **kwargs)
            except (RuntimeError, OSError) as error:  # it takes nothing more, or the system starts no more processes
                raise WorkerError(f"{function.__name__}: {error}") from error
            future.add_done_callback(pass_on)

        def handed_over(handing: Future[None]) -> None:
            if handing.cancelled():
                told.set_exception(WorkerError("the processes are closed"))
            elif (error := handing.exception()) is not None:
                told.set_exception(_meaning(error, function.__name__, PATIENCE))

        try:
            self._hands[bench].submit(hand_over).add_done_callback(handed_over)
        except RuntimeError as error:  # they are closed
            told.set_exception(WorkerError(f"{function.__name__}: {error}"))
        return told

    def close(self) -> None:
        """End the processes; what one is at is waited for by nobody."""
        for hand, one in zip(self._hands, self._benches, strict=True):
            hand.shutdown(wait=False, cancel_futures=True)
            # One that is being started can't be shut down before it has read what it is to keep.
            end = partial(one.shutdown, wait=False, cancel_futures=True)
            threading.Thread(target=end, daemon=True).start()


def _prepare_bench(prepare: Callable[[], None]) -> None:
    """What it keeps stays for as long as the process, so that the garbage collector need not look through it."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    prepare()
    gc.collect()
    gc.freeze()


def _end_with_parent() -> None:
    """A process of the standard library's does not notice that the one it works for was killed."""
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        os._exit(1)


def _begin(prepare: Callable[[], None] | None) -> None:
    """The start of a process. Where the system knows no bounds of memory, time and size must do."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - there is none on Windows

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        bound = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
        resource.setrlimit(resource.RLIMIT_AS, (bound, most))
    if hasattr(os, "nice"):  # not on Windows
        os.nice(NICE)
    if prepare is not None:
        prepare()
