"""When the next message may be sent: Telegram's limits, kept by everything that writes, the more urgent first.

Telegram's FAQ promises bots about 30 messages a second in all, one a second to a chat with short bursts, and 20 a
minute to a group; a bucket that fills evenly lets more go within a second than that, so the window itself is kept.
"""

import asyncio
import itertools
from collections import deque
from enum import IntEnum

PER_SECOND = 28
"""Messages of any second to all chats together; calls that come late at Telegram need the rest."""

BETWEEN_TO_PERSON, BETWEEN_TO_GROUP = 1.05, 3.05
"""Seconds between two messages to one chat, unless a person waits for them. Groups and channels have negative ids."""

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


class Pace:
    """Gives turns to send. For one event loop."""

    def __init__(self, per_second: int = PER_SECOND) -> None:
        self._sent: deque[float] = deque(maxlen=per_second)
        self._waiting: asyncio.PriorityQueue[tuple[Urgency, int, asyncio.Future[None]]] = asyncio.PriorityQueue()
        self._numbers = itertools.count()
        self._giving: asyncio.Task[None] | None = None
        self._free_at: dict[int, float] = {}
        self._careful_until: dict[int, float] = {}
        self._all_free_at = 0.0
        self._refused: tuple[int, float] | None = None

    async def turn(self, chat_id: int, urgency: Urgency) -> None:
        """Return when a message to that chat may be sent at once.

        Answers neither wait for their chat's own pause nor make one, as Telegram tolerates short bursts; unless the
        chat was refused just now.
        """
        now = _now()
        at_once = urgency is Urgency.ANSWER and self._careful_until.get(chat_id, 0.0) <= now
        if not at_once:
            free_at = max(now, self._free_at.get(chat_id, now))
            self._remember(chat_id, free_at + (BETWEEN_TO_PERSON if chat_id > 0 else BETWEEN_TO_GROUP))
            await asyncio.sleep(free_at - now)
        given: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.put_nowait((urgency, next(self._numbers), given))
        if self._giving is None or self._giving.done():
            self._giving = asyncio.create_task(self._give())
        await given

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
            await asyncio.sleep(max(0.0, self._next_at() - _now()))
            *_, given = self._waiting.get_nowait()
            if not given.done():  # whoever gave up waiting takes no turn
                self._sent.append(_now())
                given.set_result(None)

    def _next_at(self) -> float:
        full = len(self._sent) == self._sent.maxlen
        return max(self._all_free_at, self._sent[0] + 1.0 if full else 0.0)

    def _remember(self, chat_id: int, free_at: float) -> None:
        if len(self._free_at) > _REMEMBERED:
            now = _now()
            self._free_at = {chat: at for chat, at in self._free_at.items() if at > now}
            self._careful_until = {chat: at for chat, at in self._careful_until.items() if at > now}
        self._free_at[chat_id] = max(free_at, self._free_at.get(chat_id, 0.0))


def _now() -> float:
    return asyncio.get_running_loop().time()
