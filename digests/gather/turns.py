"""Manners towards hosts: how many requests at a time, and how far apart. Knows nothing of HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, kw_only=True)
class Pace:
    """What one host is asked to bear.

    at_once: requests that it is answering. apart: between the beginnings of two.
    silence: a request without an answer for so long is held to be asleep: it lets the next one go ahead.
    asleep: such requests at most; beyond that, the next one waits for the end of one.
    """

    at_once: int
    apart: timedelta
    silence: timedelta
    asleep: int


STRANGERS = Pace(at_once=1, apart=timedelta(seconds=1), silence=timedelta(seconds=5), asleep=4)
"""For hosts of the public internet."""

OWN = Pace(at_once=4, apart=timedelta(), silence=timedelta(seconds=1), asleep=60)
"""For hosts that the operator has opened by name or network: they are the operator's own."""


@dataclass
class _Host:
    """free_at: the loop's time at which the next request may begin. pending: those that wait or are under way."""

    slots: asyncio.Semaphore
    room: asyncio.Semaphore
    free_at: float = 0.0
    pending: int = 0


class Turns:
    """Gives requests their turns, host by host; no host waits for another."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def of(self, host: str, pace: Pace) -> AsyncIterator[None]:
        """Entered once `host` may be asked; left when it has answered."""
        mine = self._hosts.get(host)
        if mine is None:
            slots, room = asyncio.Semaphore(pace.at_once), asyncio.Semaphore(pace.at_once + pace.asleep)
            mine = self._hosts[host] = _Host(slots, room)
        mine.pending += 1
        try:
            async with mine.room:
                await mine.slots.acquire()
                with ExitStack() as slot:  # given back once: by silence, or at the end
                    slot.callback(mine.slots.release)
                    await _until_free(mine, pace)
                    asleep = asyncio.get_running_loop().call_later(pace.silence.total_seconds(), slot.close)
                    slot.callback(asleep.cancel)
                    yield
        finally:
            mine.pending -= 1
            self._forget_idle(host, mine)

    def _forget_idle(self, host: str, state: _Host) -> None:
        loop = asyncio.get_running_loop()
        if state.pending or self._hosts.get(host) is not state:
            return
        if state.free_at <= loop.time():
            del self._hosts[host]
        else:
            loop.call_at(state.free_at + 0.01, self._forget_idle, host, state)


async def _until_free(host: _Host, pace: Pace) -> None:
    now = asyncio.get_running_loop().time()
    begins_at = max(host.free_at, now)
    host.free_at = begins_at + pace.apart.total_seconds()
    if begins_at > now:
        await asyncio.sleep(begins_at - now)
