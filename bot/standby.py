"""Two processes on one database: one runs the bot, the other waits until it may."""

import asyncio
import contextlib
import logging
import os
import secrets
import socket
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

from digests.lease import LASTS, RENEWED_EVERY, Lease
from digests.ports import Clock
from digests.store.unit_of_work import Store

log = logging.getLogger(__name__)

BETWEEN_LOOKS = 2.0
"""Seconds between two looks whether the other process is still there."""

SURE = (LASTS - timedelta(seconds=5)).total_seconds()
"""Seconds since it was renewed that a process counts on its lease: what it is sending is sent before it runs out."""


def lease_of_this_process(store: Store, clock: Clock) -> Lease:
    """The lease of the sending process, for this one."""
    holder = f"{_here()} {os.getpid()} {secrets.token_hex(4)}"
    return Lease(store, clock, holder=holder, is_dead=is_dead, by_database=True)


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
    """This machine since its start, and which of its processes this one sees: containers have their own.

    No digits before a colon: the log would take them for a token.
    """
    return "/".join((socket.gethostname(), *_SEEN))


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

    Gives an event that is set when the lease is lost, as by a process that slept for long or can't reach the database,
    or when `stop` is.
    """
    sure_until = await _wait(lease, stop)
    over = asyncio.Event()
    if stop.is_set():
        over.set()
    keeping = asyncio.create_task(_keep(lease, stop, over, sure_until))
    try:
        yield over
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        try:
            await asyncio.to_thread(lease.give_up)
        except Exception as error:  # noqa: BLE001 - whatever ails the database: the lease runs out by itself
            log.warning("the lease could not be given up: %s", error)


async def _wait(lease: Lease, stop: asyncio.Event) -> float:
    """Until when, by the loop's clock, the lease that was taken may be counted on."""
    loop = asyncio.get_running_loop()
    told = ""
    while not stop.is_set():
        began_at = loop.time()
        try:
            other = await asyncio.to_thread(lease.take)
        except Exception:  # whatever ails the database: whoever stands by does so until it is well again
            log.exception("the database can't be asked whether another process runs the bot")
            other = told
        if other is None:
            return began_at + SURE
        if other != told:
            log.warning("another process, %s, runs the bot on this database; waiting until it is gone", other)
            told = other
        await _pause(stop, BETWEEN_LOOKS)
    return loop.time()


async def _keep(lease: Lease, stop: asyncio.Event, over: asyncio.Event, sure_until: float) -> None:
    """Renew the lease. An attempt that takes too long is not waited for: nobody sends on what may be another's."""
    loop = asyncio.get_running_loop()
    while not stop.is_set():
        await _pause(stop, min(RENEWED_EVERY.total_seconds(), sure_until - loop.time()))
        if stop.is_set():
            break
        began_at = loop.time()
        try:
            async with asyncio.timeout_at(sure_until):
                other = await asyncio.to_thread(lease.take)
        except Exception as error:  # noqa: BLE001 - whatever ails the database: it may be well again in time
            log.warning("the lease of this process could not be renewed: %s", error or "no answer")
            if loop.time() < sure_until:
                continue
            log.error("the database is out of reach, and another process may take over; this one stops sending")  # noqa: TRY400 - told above
            break
        sure_until = began_at + SURE
        if other is not None:
            log.error("another process, %s, has taken over; this one stops sending", other)
            break
    over.set()


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
