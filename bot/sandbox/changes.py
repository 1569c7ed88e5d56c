"""What just happened in the sandbox, told to whoever listens: waiting people and open chat pages."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Change:
    """Something that a person could see.

    kind: `new`, `edited`, `deleted` (a message), `action` (typing), `answer` (to a button), `chat` (rights, menus).
    chat_id: 0 where it concerns every chat.
    message_id: of the message concerned; 0 where there is none.
    user_id: the only person who sees it; 0 where the whole chat does.
    details: of actions and answers.
    """

    kind: str
    chat_id: int
    message_id: int = 0
    user_id: int = 0
    details: Mapping[str, object] = field(default_factory=dict)


class Changes:
    """Hands every change to the listeners of its chat, in order."""

    def __init__(self) -> None:
        self._listeners: dict[int, set[asyncio.Queue[Change]]] = {}

    def publish(self, change: Change) -> None:
        """Tells the listeners of the chat, or all listeners where the change has no chat; never waits for them."""
        chats = [change.chat_id] if change.chat_id else list(self._listeners)
        for chat_id in chats:
            for listener in self._listeners.get(chat_id, ()):
                listener.put_nowait(change)

    @contextmanager
    def listen(self, chat_id: int) -> Iterator[asyncio.Queue[Change]]:
        """A queue of the chat's changes, and of those without a chat, until the block is left."""
        queue: asyncio.Queue[Change] = asyncio.Queue()
        self._listeners.setdefault(chat_id, set()).add(queue)
        try:
            yield queue
        finally:
            self._listeners[chat_id].discard(queue)
            if not self._listeners[chat_id]:
                del self._listeners[chat_id]
