"""Two processes on one database: one runs the bot, the other waits until it may."""

import asyncio
import contextlib
import logging
import os
import secrets
import socket
from collections.abc import AsyncIterator
from pathlib import Path

from digests.lease import LASTS, RENEWED_EVERY, Lease
from digests.ports import Clock
from digests.store.unit_of_work import Store

log = logging.getLogger(__name__)

BETWEEN_LOOKS = 2.0
"""Seconds between two looks whether the other process is still there."""


def lease_of_this_process(store: Store, clock: Clock) -> Lease:
    """The lease of the sending process, for this one."""
    return Lease(store, clock, holder=f"{_here()} {os.getpid()} {secrets.token_hex(4)}", is_dead=is_dead)


def is_dead(holder: str) -> bool:
    """Whether the process that called itself so is known to be no more: it was one that this one would see."""
    here, _, rest = holder.partition(" ")
    number = rest.partition(" ")[0]
    if not _can_see() or here != _here() or not number.isdecimal():
        return False
    if int(number) == os.getpid():
        return True  # the number was given again, to us
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:  # it is there, and another user's
        return False
    return False


def _here() -> str:
    """This machine since its start, and which of its processes this one sees: containers have their own."""
    return ":".join((socket.gethostname(), *_SEEN))


def _can_see() -> bool:
    return all(_SEEN)


def _read_seen() -> tuple[str, str]:
    try:
        started = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return started, os.readlink("/proc/self/ns/pid")  # noqa: PTH115 - no path, but what the link says
    except OSError:
        return "", ""  # no Linux: then nothing is known of others


_SEEN = _read_seen()


@contextlib.asynccontextmanager
async def holding(lease: Lease, stop: asyncio.Event) -> AsyncIterator[asyncio.Event]:
    """Within, this process alone runs the bot on its database; waits for that as long as another one does.

    Gives an event that is set when the lease is lost, as by a process that slept for long, or when `stop` is.
    """
    await _wait(lease, stop)
    over = asyncio.Event()
    if stop.is_set():
        over.set()
    keeping = asyncio.create_task(_keep(lease, stop, over))
    try:
        yield over
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        await asyncio.to_thread(lease.give_up)


async def _wait(lease: Lease, stop: asyncio.Event) -> None:
    told = ""
    while not stop.is_set():
        other = await asyncio.to_thread(lease.take)
        if other is None:
            return
        if other != told:
            log.warning("another process, %s, runs the bot on this database; waiting until it is gone", other)
            told = other
        await _pause(stop, BETWEEN_LOOKS)


async def _keep(lease: Lease, stop: asyncio.Event, over: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    renewed_at = loop.time()
    while not stop.is_set():
        await _pause(stop, RENEWED_EVERY.total_seconds())
        try:
            other = await asyncio.to_thread(lease.take)
        except Exception:  # whatever ails the database: it may be well again before the lease runs out
            log.exception("the lease of this process could not be renewed")
            if loop.time() - renewed_at > LASTS.total_seconds():
                break
            continue
        renewed_at = loop.time()
        if other is not None:
            log.error("another process, %s, has taken over; this one stops sending", other)
            break
    over.set()


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
