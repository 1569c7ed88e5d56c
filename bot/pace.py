"""When the next message may be sent: Telegram's limits, kept by everything that writes, the more urgent first.

Telegram's FAQ promises bots about 30 messages a second in all, one a second to a chat with short bursts, and 20 a
minute to a group; with `allow_paid_broadcast` 1,000 a second in all. It counts a message at some moment between our
sending it and its answer. So turns are evenly apart, and each is given when the message a whole second's worth of turns
before it was certainly counted more than a second ago: no second then holds more, however late calls arrive.
"""

import asyncio
import heapq
import itertools
from collections import OrderedDict, defaultdict, deque
from enum import IntEnum

PER_SECOND, PAID_PER_SECOND = 30, 1_000
"""Messages of any second to all chats together."""

MARGIN = 0.003
"""Seconds on top of the second; 0.3 % of the rate. Calls differ by about as much on an idle network."""

SLACK = 0.1
"""Seconds by which turns that came late are made up for. What comes after a rest goes in a burst of so many."""

UNANSWERED = 3.0
"""Seconds after which a call without an answer is taken for counted."""

_DURATIONS = 64
"""Calls by which the usual time of an answer is known."""

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
        self._numbers = itertools.count()
        self._open: OrderedDict[int, float] = OrderedDict()  # number -> when its turn was
        self._of_chat: defaultdict[int, deque[int]] = defaultdict(deque)
        self._over: list[float] = []  # a heap: when those that were answered count no longer
        self._durations: deque[float] = deque(maxlen=_DURATIONS)
        self._usual = 0.0

    def next_at(self, now: float) -> float:
        """When one more may be sent, as far as is known now; an answer may bring it forward."""
        while self._over and self._over[0] <= now:
            heapq.heappop(self._over)
        while self._open and (first := next(iter(self._open.items())))[1] + UNANSWERED <= now:
            del self._open[first[0]]
        if len(self._open) + len(self._over) < self._size:
            return now
        oldest = next(iter(self._open.values())) + UNANSWERED if self._open else None
        return min(at for at in (self._over[0] if self._over else None, oldest) if at is not None)

    def begin(self, chat_id: int, now: float) -> None:
        """One is sent to that chat."""
        number = next(self._numbers)
        self._open[number] = now
        self._of_chat[chat_id].append(number)

    def end(self, chat_id: int, now: float) -> None:
        """The earliest to that chat was answered, or never will be."""
        numbers = self._of_chat.get(chat_id)
        if not numbers:
            return
        begun = self._open.pop(numbers.popleft(), None)
        if not numbers:
            del self._of_chat[chat_id]
        if begun is None:
            return  # it took so long that it was taken for counted
        # An answer as late as usual tells of a call that arrived as usual; one that is later may have arrived later.
        arrived_late = max(0.0, now - begun - self._usual)
        heapq.heappush(self._over, begun + arrived_late + 1.0 + MARGIN)
        self._durations.append(now - begun)
        self._usual = sorted(self._durations)[len(self._durations) // 2]


class Pace:
    """Gives turns to send. For one event loop."""

    def __init__(self, per_second: int = PER_SECOND) -> None:
        self._apart = 1.0 / per_second
        self._window = _Window(per_second)
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
        """Return when a message to that chat may be sent at once; `ended` is to be told how it went.

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

    def ended(self, chat_id: int) -> None:
        """The call of the chat's earliest turn has its answer, or has failed."""
        self._window.end(chat_id, _now())
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
            at = self._window.next_at(now)
            if at > now:
                self._answered.clear()
                await self._answer_or(at - now)
                continue
            *_, chat_id, given = self._waiting.get_nowait()
            if not given.done():  # whoever gave up waiting takes no turn
                self._window.begin(chat_id, now)
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
