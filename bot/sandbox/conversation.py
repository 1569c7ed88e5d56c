"""A chat as its people read it: what is in it now, and waiting for what the bot does."""

import asyncio
from collections.abc import Callable

from bot.sandbox.errors import SandboxError
from bot.sandbox.model import Message
from bot.sandbox.state import Chat, World

PATIENCE = 5.0
"""Seconds that waiting takes unless told otherwise."""


class Conversation:
    """Reads one chat.

    `next_message` and `wait_for` see what the bot sent or edited since the last thing done here, so an answer is not
    missed however fast it came, and an older message is never taken for it.
    """

    def __init__(self, world: World, chat: Chat) -> None:
        self._world = world
        self._chat = chat
        self._since = 0
        self._read = 0

    @property
    def chat_id(self) -> int:
        """The chat's number, as the bot sees it."""
        return self._chat.id

    @property
    def messages(self) -> list[Message]:
        """Everything in the chat now, oldest first; of everybody."""
        return list(self._chat.messages.values())

    @property
    def from_bot(self) -> list[Message]:
        """The bot's messages in the chat now, oldest first."""
        return [message for message in self.messages if message.from_bot]

    @property
    def last(self) -> Message:
        """The newest message of the bot.

        Raises:
            SandboxError: there is none.
        """
        sent = self.from_bot
        if not sent:
            raise SandboxError(f"the bot has sent nothing to {self._chat.title}")
        return sent[-1]

    def mark(self) -> None:
        """From here on, only what comes later counts as an answer; every own action does this by itself."""
        self._since = self._read = len(self._chat.bot_log)

    async def next_message(self, *, timeout: float = PATIENCE) -> Message:  # noqa: ASYNC109 - the caller's patience
        """The next message that the bot sends or edits, as it is now; each change is handed out once.

        Raises:
            TimeoutError: nothing came within `timeout` seconds.
        """

        def unread() -> Message | None:
            while self._read < len(self._chat.bot_log):
                self._read += 1
                message = self._chat.messages.get(self._chat.bot_log[self._read - 1])
                if message is not None:
                    return message
            return None

        return await self._wait(unread, timeout, "a message")

    async def wait_for(
        self,
        wanted: Callable[[Message], bool],
        *,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - the caller's patience
    ) -> Message:
        """The newest message that the bot sent or edited and that is wanted; waits until there is one.

        Raises:
            TimeoutError: none within `timeout` seconds; tells what there was instead.
        """

        def found() -> Message | None:
            numbers = dict.fromkeys(reversed(self._chat.bot_log[self._since :]))
            current = (self._chat.messages.get(number) for number in numbers)
            return next((message for message in current if message is not None and wanted(message)), None)

        return await self._wait(found, timeout, "the message waited for")

    async def _wait(self, look: Callable[[], Message | None], seconds: float, what: str) -> Message:
        with self._world.changes.listen(self._chat.id) as changes:
            try:
                async with asyncio.timeout(seconds):
                    while True:
                        message = look()
                        if message is not None:
                            return message
                        await changes.get()
            except TimeoutError as error:
                there = [message.text for message in self.from_bot[-5:]]
                raise TimeoutError(
                    f"{what} did not come to {self._chat.title} within {seconds} s; the bot's last: {there!r}"
                ) from error
