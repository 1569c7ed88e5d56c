"""The queue of updates and long polling. A webhook, when set, takes the queue over (webhook.py)."""

import asyncio
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass

from bot.sandbox.errors import ConflictError
from bot.sandbox.model import JsonObject

LONGEST_POLL = 50.0
"""Seconds to which Telegram cuts the timeout of getUpdates."""
LARGEST_BATCH = 100
"""Updates that one getUpdates answers at most."""
UNASKED_KINDS = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds that come only when allowed_updates names them."""
_FIRST_ID = 700_000_001


@dataclass(frozen=True)
class Update:
    """One update. kind: the field of `Update` that holds `payload`; chat_id: whose order it keeps."""

    id: int
    kind: str
    payload: JsonObject
    chat_id: int

    def to_json(self) -> JsonObject:
        """`Update` of the Bot API."""
        return {"update_id": self.id, self.kind: self.payload}


class UpdateQueue:
    """Updates that the bot has not confirmed, oldest first.

    allowed: kinds the bot wants; None is Telegram's default, all but `UNASKED_KINDS`.
    on_add: told of every new update while a webhook is set.
    """

    def __init__(self) -> None:
        self.pending: dict[int, Update] = {}
        self.allowed: frozenset[str] | None = None
        self.on_add: Callable[[Update], None] | None = None
        self._next_id = _FIRST_ID
        self._turn = 0
        self._why_ended = ""
        self._stirred = asyncio.Event()

    def add(self, kind: str, payload: JsonObject, chat_id: int) -> None:
        """Queues an update, unless the bot does not want its kind."""
        wanted = kind not in UNASKED_KINDS if self.allowed is None else kind in self.allowed
        if not wanted:
            return
        update = Update(self._next_id, kind, payload, chat_id)
        self._next_id += 1
        self.pending[update.id] = update
        if self.on_add is None:
            self._stir()
        else:
            self.on_add(update)

    def allow(self, kinds: Collection[str]) -> None:
        """Stores allowed_updates; an empty list brings the default back. Affects later updates only."""
        self.allowed = frozenset(kinds) or None

    def confirm(self, offset: int) -> None:
        """Forgets updates before `offset`; a negative one keeps only that many from the end."""
        first = sorted(self.pending)[offset:][0] if offset < 0 and len(self.pending) > -offset else offset
        for update_id in [number for number in self.pending if number < first]:
            del self.pending[update_id]

    async def poll(self, *, offset: int, limit: int, seconds: float) -> list[Update]:
        """The next updates, at most `limit`; waits up to `seconds` for the first.

        Raises:
            ConflictError: a webhook is set, or another poll or setWebhook came meanwhile.
        """
        if self.on_add is not None:
            raise ConflictError(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            )
        self.end_poll("terminated by other getUpdates request; make sure that only one bot instance is running")
        turn = self._turn
        self.confirm(offset)
        with suppress(TimeoutError):
            async with asyncio.timeout(min(seconds, LONGEST_POLL)):
                while not self.pending and turn == self._turn:
                    await self._stirred.wait()
        if turn != self._turn and self._why_ended:
            raise ConflictError(self._why_ended)
        return list(self.pending.values())[: min(limit, LARGEST_BATCH)]

    def end_poll(self, why: str) -> None:
        """Ends a waiting poll with 409 and these words; without words it just answers nothing."""
        self._turn += 1
        self._why_ended = why
        self._stir()

    def _stir(self) -> None:
        self._stirred.set()
        self._stirred = asyncio.Event()
