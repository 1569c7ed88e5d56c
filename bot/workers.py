"""The Worker port over a pool of processes: what hangs is killed and replaced, and the event loop never computes."""

import asyncio
import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import TimeoutError as FutureTimeoutError
from datetime import timedelta
from typing import ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from digests.errors import NewsDigestError, WorkerError, WorkTimedOutError

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE = timedelta(seconds=30)
"""For one piece of work, the start of a process included; an ordinary page takes a twentieth of a second."""

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
        self._pool = ProcessPool(
            max_workers=processes or max(1, min(4, os.cpu_count() or 1)),
            max_tasks=TASKS_OF_ONE,
            initializer=prepare,
            # Not forked from the bot: its threads and connections are no business of a worker.
            context=multiprocessing.get_context("spawn"),
        )

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """See `digests.ports.Worker`."""
        future = self._pool.schedule(function, args=args, kwargs=kwargs, timeout=self._patience.total_seconds())
        try:
            result: T = await asyncio.wrap_future(future)
        except NewsDigestError:
            raise
        except (TimeoutError, FutureTimeoutError) as error:
            raise WorkTimedOutError(f"killed after {self._patience}") from error
        except ProcessExpired as error:
            raise WorkerError("a worker process died") from error
        except Exception as error:
            raise WorkerError(f"{function.__name__}: {type(error).__name__}") from error
        return result

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()
