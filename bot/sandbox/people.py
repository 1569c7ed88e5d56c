"""People who use the bot: they write, press, forward, block, and read what came."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.sandbox.conversation import PATIENCE, Conversation
from bot.sandbox.entities import compose
from bot.sandbox.errors import SandboxError
from bot.sandbox.images import image_size
from bot.sandbox.incoming import Incoming
from bot.sandbox.inline import InlineAsk, ask, choose
from bot.sandbox.limits import TEXT_LIMIT
from bot.sandbox.model import Button, JsonObject, Media, Message, User
from bot.sandbox.rendering import utf16_length
from bot.sandbox.state import IN_CHAT, Callback, Chat, World
from bot.sandbox.wire import timestamp, user_json

_CHANNEL_ID = -1_001_000_000_000


@dataclass(frozen=True)
class CallbackAnswer:
    """What the bot answered to a press. alert: to be confirmed, instead of passing by; url: empty for none."""

    text: str
    alert: bool
    url: str


class Press:
    """A press of a button, which the bot may answer."""

    def __init__(self, world: World, callback: Callback, chat: Conversation) -> None:
        self._world = world
        self._callback = callback
        self._chat = chat

    @property
    def id(self) -> str:
        """The id of the callback query."""
        return self._callback.id

    @property
    def answer(self) -> CallbackAnswer | None:
        """What the bot answered; None as long as it did not."""
        given = self._callback.answer
        if given is None:
            return None
        return CallbackAnswer(str(given["text"]), bool(given["show_alert"]), str(given["url"]))

    async def answered(self, *, timeout: float = PATIENCE) -> CallbackAnswer:  # noqa: ASYNC109 - the caller's patience
        """The answer, waited for.

        Raises:
            TimeoutError: the bot did not answer within `timeout` seconds.
        """
        with self._world.changes.listen(self._callback.chat_id) as changes:
            async with asyncio.timeout(timeout):
                while self.answer is None:
                    await changes.get()
        assert self.answer is not None
        return self.answer

    async def told(self, *, timeout: float = PATIENCE) -> str:  # noqa: ASYNC109 - the caller's patience
        """The words that answer it, waited for: in the answer, or in the next message where the answer has none.

        Raises:
            TimeoutError: there are none within `timeout` seconds for the answer and as many for the message.
        """
        answer = await self.answered(timeout=timeout)
        return answer.text or (await self._chat.next_message(timeout=timeout)).text


class Person(Conversation):
    """A person with a private chat with the bot; what they read is that chat."""

    def __init__(self, incoming: Incoming, chat: Chat, user: User, find: Callable[[int], Conversation]) -> None:
        super().__init__(incoming.world, chat)
        self.user = user
        self._incoming = incoming
        self._find = find

    @property
    def id(self) -> int:
        """The person's user id, which is their private chat's number too."""
        return self.user.id

    @property
    def name(self) -> str:
        """First name."""
        return self.user.first_name

    @property
    def has_blocked(self) -> bool:
        """Whether the bot is blocked."""
        return self._chat.members[self._world.bot.id] == "kicked"

    @property
    def has_started(self) -> bool:
        """Whether they ever wrote to the bot; before that it cannot write to them."""
        return self._chat.started

    async def send(
        self,
        text: str,
        *,
        to: Conversation | None = None,
        reply_to: Message | None = None,
        thread: int | None = None,
    ) -> Message:
        """Writes to the bot, or to a group; thread: of a forum, None for General.

        Raises:
            SandboxError: the text is empty or longer than an app sends at once, or the person cannot write there.
        """
        draft = self._draft(text, to)
        if thread is not None:
            if to is None or thread not in to._chat.threads:  # noqa: SLF001 - one family of classes
                raise SandboxError(f"there is no thread {thread}")
            draft = replace(draft, extra={"message_thread_id": thread, "is_topic_message": True})
        return await self._say(to, draft, reply_to)

    async def start(self, parameter: str = "") -> Message:
        """Presses Start, or follows a link `t.me/<bot>?start=<parameter>`."""
        return await self.send(f"/start {parameter}".strip())

    async def edit(self, message: Message, text: str) -> Message:
        """Changes one of the person's own messages.

        Raises:
            SandboxError: it is not theirs, or is gone.
        """
        place = self._find(message.chat_id)
        current = place._chat.messages.get(message.id)  # noqa: SLF001 - one family of classes
        if current is None or current.sender != self.user:
            raise SandboxError(f"{self.name} has no such message to edit")
        place.mark()
        body = compose(text, ())
        return self._incoming.edited(place._chat, replace(current, body=body, edited_at=self._world.clock()))  # noqa: SLF001

    async def forward(
        self,
        content: str | Message,
        *,
        from_channel: str | None = None,
        from_name: str | None = None,
        to: Conversation | None = None,
    ) -> Message:
        """Forwards a message, or a text said to be from a channel (by title) or from somebody hidden (by name)."""
        if isinstance(content, Message):
            draft = replace(content, keyboard=(), service={}, extra={}, reply_to=None, edited_at=None)
        else:
            draft = self._draft(content, to)
        when = timestamp(draft.sent_at)
        origin: JsonObject
        if from_channel is not None:
            channel = {"id": _CHANNEL_ID, "type": "channel", "title": from_channel}
            origin = {"type": "channel", "date": when, "chat": channel, "message_id": 1}
        elif from_name is not None or draft.sender is None or draft.sender == self.user:
            origin = {"type": "hidden_user", "date": when, "sender_user_name": from_name or "Somebody"}
        else:
            origin = {"type": "user", "date": when, "sender_user": user_json(draft.sender)}
        return await self._say(to, replace(draft, sender=self.user, origin=origin), None)

    async def send_location(self, latitude: float, longitude: float) -> Message:
        """Shares a place with the bot, in degrees."""
        place: JsonObject = {"location": {"latitude": latitude, "longitude": longitude}}
        draft = Message(id=0, chat_id=self.id, sent_at=self._world.clock(), sender=self.user, extra=place)
        return await self._say(None, draft, None)

    async def send_document(
        self,
        name: str,
        data: bytes,
        *,
        caption: str = "",
        mime_type: str = "application/octet-stream",
        to: Conversation | None = None,
    ) -> Message:
        """Sends a file."""
        media = Media(kind="document", file=self._world.store_file(name, mime_type, data))
        return await self._say(to, self._draft(caption, to, media), None)

    async def send_photo(self, data: bytes, *, caption: str = "", to: Conversation | None = None) -> Message:
        """Sends a picture, PNG or JPEG.

        Raises:
            SandboxError: it is neither.
        """
        size = image_size(data)
        if size is None:
            raise SandboxError("a photo must be PNG or JPEG")
        file = self._world.store_file("photo.jpg", "image/jpeg", data)
        media = Media(kind="photo", file=file, width=size[0], height=size[1])
        return await self._say(to, self._draft(caption, to, media), None)

    async def press(self, text: str | None = None, *, data: str | None = None, message: Message | None = None) -> Press:
        """Presses a button, found by its text (the whole, else a part) or by its callback data.

        message: whose button, as it stands now or stood then; by default the newest in the private chat that has one.
        With `data` that no button has, the press is forged: an altered app can send anything.

        Raises:
            SandboxError: no such button, or one that opens a link instead.
        """
        if (text is None) == (data is None):
            raise SandboxError("press needs either the text of a button or its data")
        target = message or self._message_with(text, data)
        if text is not None:
            button = _find_button(target, text)
            if button is None or button.data is None:
                raise SandboxError(f"no button {text!r} to press; there are {[b.text for b in target.buttons]}")
            data = button.data
        assert data is not None
        chat = self._find(target.chat_id)
        chat.mark()
        callback = self._world.press(user_id=self.id, chat_id=target.chat_id, message_id=target.id, data=data)
        self._incoming.callback(callback)
        return Press(self._world, callback, chat)

    def ask_inline(self, query: str = "", *, offset: str = "") -> InlineAsk:
        """Types the bot's name and words in the field of some chat. offset: of a further page of the list.

        Raises:
            SandboxError: inline mode is off, or the words are longer than apps send.
        """
        return ask(self._incoming, self.user, query, offset)

    def choose(self, title: str, of: InlineAsk, *, to: Conversation) -> Message:
        """Chooses a result of the list; its message goes into that chat via the bot.

        Raises:
            SandboxError: there is no such result, or the person is not in the chat.
        """
        message, chat = of.message(title), to._chat  # noqa: SLF001 - one family of classes
        if chat.members.get(self.id) not in IN_CHAT:
            raise SandboxError(f"{self.name} is not a member of {chat.title}")
        to.mark()
        return choose(self._incoming, self.user, chat, message)

    def block(self) -> None:
        """Blocks the bot."""
        self._incoming.membership(self._chat, self._world.bot, "kicked", self.user)

    def unblock(self) -> None:
        """Unblocks the bot; in apps, the Restart button."""
        self._incoming.membership(self._chat, self._world.bot, "member", self.user)

    def deactivate(self) -> None:
        """Deletes the account: the bot finds the user deactivated."""
        self._chat.deactivated = True

    def clear_history(self) -> None:
        """Deletes all messages for both sides; the bot is not told."""
        for number in list(self._chat.messages):
            self._world.remove(self._chat, number)

    def _message_with(self, text: str | None, data: str | None) -> Message:
        for message in reversed(self.from_bot):
            if text is not None and _find_button(message, text) is not None:
                return message
            if data is not None and any(button.data == data for button in message.buttons):
                return message
        if text is not None:
            shown = [button.text for message in self.from_bot[-3:] for button in message.buttons]
            raise SandboxError(f"no button {text!r} in the chat of {self.name}; the newest are {shown}")
        return self.last

    def _draft(self, text: str, to: Conversation | None, media: Media | None = None) -> Message:
        body = compose(text, ())
        if not body.text and media is None:
            raise SandboxError("apps do not send empty texts")
        if utf16_length(body.text) > TEXT_LIMIT:
            raise SandboxError(f"apps send at most {TEXT_LIMIT} UTF-16 units at once")
        chat_id = self.id if to is None else to.chat_id
        return Message(id=0, chat_id=chat_id, sent_at=self._world.clock(), sender=self.user, body=body, media=media)

    async def _say(self, to: Conversation | None, draft: Message, reply_to: Message | None) -> Message:
        place = to or self
        chat = place._chat  # noqa: SLF001 - one family of classes
        if self.has_blocked and place is self:
            raise SandboxError(f"{self.name} has blocked the bot and must unblock it first")
        if chat.members.get(self.id) not in IN_CHAT:
            raise SandboxError(f"{self.name} is not a member of {chat.title}")
        place.mark()
        chat.started = True
        number = None if reply_to is None else reply_to.id
        return self._incoming.message(chat, replace(draft, chat_id=chat.id, reply_to=number))


def _find_button(message: Message, text: str) -> Button | None:
    exact = [button for button in message.buttons if button.text == text]
    partly = [button for button in message.buttons if text in button.text]
    return next(iter(exact + partly), None)
