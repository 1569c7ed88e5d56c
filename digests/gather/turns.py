"""Manners towards hosts: how many requests at a time, how far apart, and none while a host asks for a pause.

Knows nothing of addresses and answers: who asks a host says what it has answered.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta

from digests.errors import HttpStatusError

LONGEST_WAIT = timedelta(seconds=60)
"""For the end of a pause. Who would wait longer is told to come back later."""

_LEEWAY = 0.1
"""Seconds: a timer may go off as much too early."""


@dataclass(frozen=True, kw_only=True)
class Pace:
    """What one host is asked to bear.

    at_once: requests that it is answering. apart: between the beginnings of two.
    silence: a request without an answer for so long is held to be asleep: it lets the next one go ahead.
    asleep: such requests at most; beyond that, the next one waits for the end of one.
    longest_pause: of those that it asks for; what it asks beyond is for the one who asked it then to heed.
    """

    at_once: int
    apart: timedelta
    silence: timedelta
    asleep: int
    longest_pause: timedelta = timedelta(hours=1)


STRANGERS = Pace(at_once=1, apart=timedelta(seconds=1), silence=timedelta(seconds=5), asleep=4)
"""For hosts of the public internet."""

OWN = Pace(at_once=4, apart=timedelta(), silence=timedelta(seconds=1), asleep=60, longest_pause=timedelta())
"""For hosts that the operator has opened by name or network. They are the operator's own, and often stand for many
others, as a bridge to sites without feeds does: that one of those asks for a pause says nothing of the rest.
"""


@dataclass
class _Host:
    """One that has requests waiting or under way, or has had one of late. All times are the loop's.

    free_at: when the next request may begin. closed_until: the end of the pause that it asked for, answering `status`.
    pending: requests that wait or are under way. forgetting: the timer at which it is to be forgotten.
    """

    slots: asyncio.Semaphore
    room: asyncio.Semaphore
    free_at: float = 0.0
    closed_until: float = 0.0
    status: int = 0
    pending: int = 0
    forgetting: asyncio.TimerHandle | None = None

    def check(self, longest: float) -> None:
        """Raises HttpStatusError when the pause lasts longer than so many seconds from now."""
        rest = self.closed_until - asyncio.get_running_loop().time()
        if rest > longest:
            raise HttpStatusError(self.status, retry_in=timedelta(seconds=rest))


class Turns:
    """Gives requests their turns, host by host; no host waits for another."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def of(self, host: str, pace: Pace) -> AsyncIterator[None]:
        """Entered once `host` may be asked; left when it has answered.

        Raises:
            HttpStatusError: it has asked for a pause that lasts longer than `LONGEST_WAIT` from now.
        """
        with self._pending(host, pace) as mine:
            mine.check(LONGEST_WAIT.total_seconds())
            async with mine.room:
                await mine.slots.acquire()
                with ExitStack() as slot:  # given back once: by silence, or at the end
                    slot.callback(mine.slots.release)
                    await _until_free(mine, pace)
                    asleep = asyncio.get_running_loop().call_later(pace.silence.total_seconds(), slot.close)
                    slot.callback(asleep.cancel)
                    yield

    async def moment(self, host: str, pace: Pace) -> None:
        """Returns when one more request to `host` may begin.

        For who was sent there while it is another host's turn: waits for no answer, so that no two wait for each other.

        Raises:
            HttpStatusError: as `of`.
        """
        with self._pending(host, pace) as mine:
            await _until_free(mine, pace)

    def check(self, host: str) -> None:
        """Raises HttpStatusError while the pause lasts that `host` asked for. For who has its turn, or takes none."""
        if host in self._hosts:
            self._hosts[host].check(_LEEWAY)

    def pause(self, host: str, pace: Pace, *, lasts: timedelta, status: int) -> None:
        """Take note that `host` has answered `status`, and asked for no request until so long from now."""
        closed_until = asyncio.get_running_loop().time() + min(lasts, pace.longest_pause).total_seconds()
        with self._pending(host, pace) as mine:
            if closed_until > mine.closed_until:
                mine.closed_until, mine.status = closed_until, status

    @contextmanager
    def _pending(self, host: str, pace: Pace) -> Iterator[_Host]:
        mine = self._hosts.get(host)
        if mine is None:
            slots, room = asyncio.Semaphore(pace.at_once), asyncio.Semaphore(pace.at_once + pace.asleep)
            mine = self._hosts[host] = _Host(slots, room)
        mine.pending += 1
        try:
            yield mine
        finally:
            mine.pending -= 1
            self._forget_idle(host, mine)

    def _forget_idle(self, host: str, state: _Host) -> None:
        if state.forgetting is not None:
            state.forgetting.cancel()
            state.forgetting = None
        if state.pending:
            return
        loop = asyncio.get_running_loop()
        quiet_at = max(state.free_at, state.closed_until)
        if quiet_at <= loop.time():
            del self._hosts[host]
        else:
            state.forgetting = loop.call_at(quiet_at + 0.01, self._forget_idle, host, state)


async def _until_free(host: _Host, pace: Pace) -> None:
    loop = asyncio.get_running_loop()
    while True:
        host.check(LONGEST_WAIT.total_seconds())
        now = loop.time()
        begins_at = max(host.free_at, host.closed_until, now)
        host.free_at = begins_at + pace.apart.total_seconds()
        if begins_at > now:
            await asyncio.sleep(begins_at - now)
        if host.closed_until <= begins_at:  # no other answer has asked for a pause meanwhile
            return
