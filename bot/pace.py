"""When the next message may be sent: Telegram's limits, kept by everything that writes, the more urgent first.

Telegram's FAQ promises bots about 30 messages a second in all, one a second to a chat with short bursts, and 20 a
minute to a group; with `allow_paid_broadcast` 1,000 a second in all. It counts a message at some moment between our
sending it and its answer. So turns are evenly apart, and a message leaves when the one that many before it was
certainly counted more than a second ago: no second then holds more, however late calls arrive.
"""

import asyncio
import contextlib
import heapq
import itertools
from collections import OrderedDict, deque
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from enum import IntEnum

PER_SECOND, PAID_PER_SECOND = 30, 1_000
"""Messages of any second to all chats together."""

MARGIN = 0.002
"""Seconds on top of the second: 0.2 % of the rate. Clocks of two processes do not tell less."""

LUCK = 0.003
"""Seconds by which a call may get there, or an answer back, sooner than any call with its answer has shown."""

FEW = 10
"""Calls under way at a time up to which that holds. More of them wait for each other, now before they are counted and
now after, so that what they take together says nothing of either way."""

SLACK = 0.1
"""Seconds by which turns that came late are made up for. What comes after a rest goes in a burst of so many."""

UNANSWERED = 3.0
"""Seconds after which a call without an answer is taken for counted."""

ABANDONED = 60.0
"""Seconds after which a turn that no message followed is forgotten: what was to be sent was not waiting any more."""

_REMEMBERED_CALLS, _ENOUGH_CALLS = 1_000, 60
"""... by which it is known how soon an answer can come, and how long after its turn a message leaves."""

BETWEEN_TO_PERSON, BETWEEN_TO_GROUP = 1.05, 3.05
"""Seconds between two messages to one chat, unless a person waits for them. Groups and channels have negative ids."""

GROUP_MINUTE, MINUTE = 20, 60.5
"""Messages to one group within so many seconds, answers among them; half a second for calls that arrive late."""

CAREFUL = 60.0
"""Seconds after a refusal in which answers to that chat keep its distance too."""

TOGETHER = 1.0
"""Seconds within which refusals by several chats mean the bot as a whole, as Telegram does not say which it means."""

_REMEMBERED = 10_000


class Urgency(IntEnum):
    """The lower goes first: answers to people, then editions, then what admins write to readers."""

    ANSWER = 0
    EDITION = 1
    BROADCAST = 2


class _Window:
    """The messages of the last second, and those on their way."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._open: OrderedDict[int, float] = OrderedDict()  # number -> when it began
        self._over: list[float] = []  # a heap: when those that ended count no longer

    def next_at(self, now: float) -> float:
        """When one more fits, as far as is known now; the end of another may bring it forward."""
        while self._over and self._over[0] <= now:
            heapq.heappop(self._over)
        while self._open and (first := next(iter(self._open.items())))[1] + UNANSWERED <= now:
            del self._open[first[0]]
        if len(self._open) + len(self._over) < self._size:
            return now
        ends = [next(iter(self._open.values())) + UNANSWERED] if self._open else []
        return min(ends + self._over[:1])

    @property
    def under_way(self) -> int:
        """How many have begun and not ended."""
        return len(self._open)

    def begin(self, number: int, now: float) -> None:
        """One more is under way."""
        self._open[number] = now

    def end(self, number: int, counts_until: float) -> None:
        """It has ended."""
        if self._open.pop(number, None) is not None:  # else it took so long that it was taken for counted
            heapq.heappush(self._over, counts_until)


class _Least:
    """The least of the latest spans."""

    def __init__(self) -> None:
        self._spans: deque[float] = deque(maxlen=_REMEMBERED_CALLS)
        self._least = 0.0
        self._known_for = 0

    def add(self, span: float) -> None:
        """One more of them."""
        self._spans.append(span)
        self._known_for += 1
        if self._known_for >= _REMEMBERED_CALLS // 10:
            self._least, self._known_for = min(self._spans), 0
        elif len(self._spans) == 1 or span < self._least:
            self._least = span

    @property
    def span(self) -> float:
        """0 as long as few are known: the first ones open connections, and take longer than any other."""
        return self._least if len(self._spans) >= _ENOUGH_CALLS else 0.0


class _Usual:
    """The median of the latest spans."""

    def __init__(self) -> None:
        self._spans: deque[float] = deque(maxlen=_ENOUGH_CALLS)
        self.span = 0.0

    def add(self, span: float) -> None:
        """One more of them."""
        self._spans.append(span)
        self.span = sorted(self._spans)[len(self._spans) // 2]


@dataclass
class _Call:
    """A turn that was given, and the call that followed. left_at: None before the message left."""

    number: int
    given_at: float
    left_at: float | None = None


@dataclass(eq=False)
class Passage:
    """A message that has its turn, on its way through the library to the wire and back."""

    pace: "Pace"
    chat_id: int
    has_left: bool = False
    is_over: bool = False

    async def leave(self) -> None:
        """Return when it may be written to the wire; to be called right before."""
        if not self.has_left:
            self.has_left = True
            await self.pace.leave(self.chat_id)

    def end(self) -> None:
        """Its answer has begun to arrive, or the call has failed."""
        if not self.is_over:
            self.is_over = True
            self.pace.ended(self.chat_id)


passage: ContextVar[Passage | None] = ContextVar("passage", default=None)
"""Of the call that is under way in this task; None of one that is not counted."""


class Pace:
    """Gives turns to send. For one event loop."""

    def __init__(self, per_second: int = PER_SECOND) -> None:
        self._apart = 1.0 / per_second
        self._turns, self._sends = _Window(per_second), _Window(per_second)
        self._soonest_answer, self._usual_start = _Least(), _Usual()
        self._calls: dict[int, deque[_Call]] = {}
        self._even_at = 0.0
        self._waiting: asyncio.PriorityQueue[tuple[Urgency, int, int, asyncio.Future[None]]] = asyncio.PriorityQueue()
        self._numbers = itertools.count()
        self._giving: asyncio.Task[None] | None = None
        self._answered = asyncio.Event()
        self._free_at: dict[int, float] = {}
        self._of_minute: dict[int, deque[float]] = {}
        self._careful_until: dict[int, float] = {}
        self._all_free_at = 0.0
        self._refused: tuple[int, float] | None = None

    async def turn(self, chat_id: int, urgency: Urgency) -> None:
        """Return when it is the turn of a message to that chat; `passing` is to follow, or `leave` and `ended`.

        Answers neither wait for their chat's own pause nor make one, as Telegram tolerates short bursts; unless the
        chat was refused just now. Groups take twenty a minute, whatever they are.
        """
        now = _now()
        at_once = urgency is Urgency.ANSWER and self._careful_until.get(chat_id, 0.0) <= now
        free_at = now if at_once else max(now, self._free_at.get(chat_id, now))
        if chat_id < 0:
            free_at = max(free_at, self._next_of_minute(chat_id))
            self._of_minute[chat_id].append(free_at)
        if not at_once:
            self._remember(chat_id, free_at + (BETWEEN_TO_PERSON if chat_id > 0 else BETWEEN_TO_GROUP))
        if free_at > now:
            await asyncio.sleep(free_at - now)
        given: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.put_nowait((urgency, next(self._numbers), chat_id, given))
        if self._giving is None or self._giving.done():
            self._giving = asyncio.create_task(self._give())
        await given

    @contextlib.contextmanager
    def passing(self, chat_id: int) -> Iterator[None]:
        """Within is made the call of the chat's turn. Whoever writes to the wire calls `leave` and `end` of `passage`.

        So what the library does before and after is no part of the time in which Telegram may have counted it.
        """
        one = Passage(self, chat_id)
        before = passage.set(one)
        try:
            yield
        finally:
            passage.reset(before)
            one.end()

    async def leave(self, chat_id: int) -> None:
        """Return when the message of the chat's turn may go out at once; to be called after all that comes first."""
        while (at := self._sends.next_at(now := _now())) > now:
            self._answered.clear()
            await self._answer_or(at - now)
        call = next((one for one in self._calls.get(chat_id, ()) if one.left_at is None), None)
        if call is not None:
            call.left_at = now
            self._sends.begin(call.number, now)
            self._usual_start.add(now - call.given_at)

    def ended(self, chat_id: int) -> None:
        """The call of the chat's earliest turn has its answer, or has failed."""
        calls = self._calls.get(chat_id)
        if not calls:
            return
        call, now = calls.popleft(), _now()
        if not calls:
            del self._calls[chat_id]
        are_few = self._sends.under_way <= FEW
        if call.left_at is not None and are_few:
            self._soonest_answer.add(now - call.left_at)
        # It was counted no later than an answer needs to come back; the next one arrives no sooner than a call needs to
        # get there. Together these are the soonest answer, but of two calls: each may have been lucky.
        soonest = self._soonest_answer.span if are_few else 0.0
        counts_until = now + 1.0 + MARGIN - max(soonest / 2, soonest - LUCK)
        self._sends.end(call.number, counts_until)
        self._turns.end(call.number, counts_until - self._usual_start.span)
        self._answered.set()

    def refused(self, chat_id: int, pause: float) -> None:
        """Telegram wants `pause` seconds without messages to that chat; where others are refused too, to any."""
        now = _now()
        self._remember(chat_id, now + pause)
        self._careful_until[chat_id] = now + pause + CAREFUL
        if self._refused is not None and self._refused[0] != chat_id and now - self._refused[1] < TOGETHER:
            self._all_free_at = max(self._all_free_at, now + pause)
        self._refused = (chat_id, now)

    async def _give(self) -> None:
        while not self._waiting.empty():
            now = _now()
            even_at = max(self._all_free_at, self._even_at)
            if even_at > now:
                await asyncio.sleep(even_at - now)
                continue
            at = self._turns.next_at(now)
            if at > now:
                self._answered.clear()
                await self._answer_or(at - now)
                continue
            _, number, chat_id, given = self._waiting.get_nowait()
            if not given.done():  # whoever gave up waiting takes no turn
                self._turns.begin(number, now)
                calls = self._calls.setdefault(chat_id, deque())
                while calls and calls[0].left_at is None and calls[0].given_at + ABANDONED < now:
                    calls.popleft()
                calls.append(_Call(number, now))
                self._even_at = max(self._even_at, now - SLACK) + self._apart
                given.set_result(None)

    async def _answer_or(self, seconds: float) -> None:
        """Until a call ends, as that may free a place earlier; so many seconds at most."""
        try:
            async with asyncio.timeout(seconds):
                await self._answered.wait()
        except TimeoutError:
            return

    def _next_of_minute(self, chat_id: int) -> float:
        """When the group takes one more."""
        times = self._of_minute.setdefault(chat_id, deque(maxlen=GROUP_MINUTE))
        return times[0] + MINUTE if len(times) == GROUP_MINUTE else 0.0

    def _remember(self, chat_id: int, free_at: float) -> None:
        if len(self._free_at) > _REMEMBERED:
            now = _now()
            self._free_at = {chat: at for chat, at in self._free_at.items() if at > now}
            self._careful_until = {chat: at for chat, at in self._careful_until.items() if at > now}
            self._of_minute = {chat: times for chat, times in self._of_minute.items() if times[-1] + MINUTE > now}
        self._free_at[chat_id] = max(free_at, self._free_at.get(chat_id, 0.0))


def _now() -> float:
    return asyncio.get_running_loop().time()
