"""How late the event loop is: what makes every answer late at once."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from prometheus_client import Histogram

EVERY = 0.25
"""Seconds between two looks."""


@asynccontextmanager
async def watching_lag(lag: Histogram) -> AsyncIterator[None]:
    """Note into `lag` how much later than asked for the loop goes on, several times a second, until the block ends."""
    watching = asyncio.create_task(_watch(lag))
    try:
        yield
    finally:
        watching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watching


async def _watch(lag: Histogram) -> None:
    loop = asyncio.get_running_loop()
    while True:
        due_at = loop.time() + EVERY
        await asyncio.sleep(EVERY)
        lag.observe(max(0.0, loop.time() - due_at))
