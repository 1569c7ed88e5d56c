"""Asking the bot from inside any chat, as people do: `@bot words`, then choosing a result."""

import asyncio
import secrets
from dataclasses import replace

from bot.sandbox.conversation import PATIENCE
from bot.sandbox.errors import SandboxError
from bot.sandbox.incoming import Incoming
from bot.sandbox.model import JsonObject, Message, User
from bot.sandbox.state import Chat, InlineQuery, World
from bot.sandbox.wire import user_json

MAX_QUERY = 256
"""Characters that an app sends of a query."""


class InlineAsk:
    """A list that the bot may fill, or that Telegram has from an earlier answer."""

    def __init__(self, world: World, query: InlineQuery) -> None:
        self._world = world
        self._query = query

    @property
    def answer(self) -> JsonObject | None:
        """The parameters of the answer; None as long as there is none."""
        return self._query.answer

    @property
    def titles(self) -> list[str]:
        """What the list shows."""
        results = (self.answer or {}).get("results")
        return [str(one["title"]) for one in results] if isinstance(results, list) else []

    async def answered(self, *, timeout: float = PATIENCE) -> "InlineAsk":  # noqa: ASYNC109 - the caller's patience
        """This, once it is filled.

        Raises:
            TimeoutError: the bot did not answer within `timeout` seconds.
        """
        with self._world.changes.listen(self._query.user_id) as changes:
            async with asyncio.timeout(timeout):
                while self.answer is None:
                    await changes.get()
        return self

    def message(self, title: str) -> Message:
        """What choosing the result of that title sends.

        Raises:
            SandboxError: there is no such result.
        """
        if title not in self.titles:
            raise SandboxError(f"no result {title!r}; there are {self.titles}")
        return list(self._query.messages.values())[self.titles.index(title)]


def ask(incoming: Incoming, user: User, query: str, offset: str) -> InlineAsk:
    """Types the bot's name and the words; what was answered lately, to all or to this person, is shown at once.

    Raises:
        SandboxError: inline mode is off, or the words are longer than apps send.
    """
    world = incoming.world
    if not world.inline:
        raise SandboxError("inline mode is off")
    if len(query) > MAX_QUERY:
        raise SandboxError(f"apps send at most {MAX_QUERY} characters")
    for owner in (user.id, 0):
        until, earlier = world.inline_cache.get((query, offset, owner), (0.0, None))
        if earlier is not None and until > world.timer():
            return InlineAsk(world, earlier)
    asked = InlineQuery(id=str(secrets.randbits(62)), user_id=user.id, query=query, offset=offset, asked=world.timer())
    world.inline_queries[asked.id] = asked
    incoming.inline(asked)
    return InlineAsk(world, asked)


def choose(incoming: Incoming, user: User, chat: Chat, message: Message) -> Message:
    """Sends the message of a result as the person's own, via the bot."""
    via = {"via_bot": user_json(incoming.world.bot)}
    return incoming.message(chat, replace(message, chat_id=chat.id, sender=user, extra={**message.extra, **via}))
