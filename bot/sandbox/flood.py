"""Flood control: who may send now, and how long the others wait.

Telegram keeps its algorithm secret; these figures are what its FAQ promises ("My bot is hitting limits"): about one
message a second to one chat with short bursts, 20 a minute to a group, about 30 a second in all.
"""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox.errors import TooManyRequestsError


@dataclass(frozen=True, kw_only=True)
class FloodLimits:
    """How much the sandbox lets through.

    overall: messages in any second, of all chats together.
    private_rate, private_burst: messages a second to one person, and how many may come at once after a rest.
    group_minute: messages in any minute to one group or channel.
    least_pause: seconds that a refusal lasts at least.
    """

    overall: int = 30
    private_rate: float = 1.0
    private_burst: int = 5
    group_minute: int = 20
    least_pause: int = 1


@dataclass
class _Window:
    """At most `size` messages in any `span` seconds."""

    size: int
    span: float
    times: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        """Seconds until one more fits; 0 for now."""
        while self.times and self.times[0] <= now - self.span:
            self.times.popleft()
        return 0.0 if len(self.times) < self.size else self.times[0] + self.span - now

    def spend(self, now: float) -> None:
        """Counts one message."""
        self.times.append(now)


@dataclass
class _Bucket:
    """`burst` messages at once, `rate` a second in the long run."""

    burst: int
    rate: float
    full_at: float = -math.inf

    def wait(self, now: float) -> float:
        """Seconds until one more fits; 0 for now."""
        debt = max(0.0, self.full_at - now) * self.rate
        # A hair of tolerance: the debt of a bucket just refilled by one must not round up to a refusal.
        return max(0.0, debt + 1 - self.burst - 1e-9) / self.rate

    def spend(self, now: float) -> None:
        """Counts one message."""
        self.full_at = max(self.full_at, now) + 1 / self.rate


class Flood:
    """Counts what was accepted; a refused sender who comes back too early is refused for the rest of the pause.

    limits: None switches everything off. timer: seconds, monotonic.
    """

    def __init__(self, limits: FloodLimits | None, timer: Callable[[], float]) -> None:
        self.limits = limits
        self._timer = timer
        self._overall = _Window(limits.overall if limits else 0, 1.0)
        self._chats: dict[int, _Window | _Bucket] = {}
        self._shut_until: dict[int, float] = {}

    def check(self, chat_id: int, *, counts_in_chat: bool = True) -> None:
        """Lets one message to the chat pass, without counting it yet.

        counts_in_chat: False for what counts only overall, such as edits in a private chat.

        Raises:
            TooManyRequestsError: too fast; the pause begins with the first refusal and coming early does not move it.
        """
        if self.limits is None:
            return
        now = self._timer()
        gauges: list[tuple[int, _Window | _Bucket]] = [(0, self._overall)]
        if counts_in_chat:
            gauges.append((chat_id, self._gauge(chat_id, self.limits)))
        for key, gauge in gauges:
            shut = self._shut_until.get(key, now) - now
            if shut <= 0:
                shut = gauge.wait(now)
                if shut <= 0:
                    continue
                shut = max(math.ceil(shut), self.limits.least_pause)
                self._shut_until[key] = now + shut
            raise TooManyRequestsError(math.ceil(shut))

    def spend(self, chat_id: int, *, counts_in_chat: bool = True) -> None:
        """Counts one accepted message to the chat."""
        if self.limits is None:
            return
        now = self._timer()
        self._overall.spend(now)
        if counts_in_chat:
            self._gauge(chat_id, self.limits).spend(now)

    def _gauge(self, chat_id: int, limits: FloodLimits) -> _Window | _Bucket:
        if chat_id not in self._chats:
            self._chats[chat_id] = (
                _Bucket(limits.private_burst, limits.private_rate) if chat_id > 0 else _Window(limits.group_minute, 60)
            )
        return self._chats[chat_id]
