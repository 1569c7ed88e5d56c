"""Everything the sandbox's Telegram remembers: people, chats, messages, files, pressed buttons.

Single-threaded: used from one event loop only, and no method waits.
"""

import itertools
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.sandbox.changes import Change, Changes
from bot.sandbox.model import JsonObject, Message, StoredFile, User
from bot.sandbox.profile import Profile

Clock = Callable[[], datetime]
Timer = Callable[[], float]

IN_CHAT = frozenset({"creator", "administrator", "member"})
"""Statuses of a `ChatMember` who is inside."""


GENERAL = 1
"""The number of the thread that every forum has; messages in it carry none, and none may be sent with it."""


@dataclass(kw_only=True)
class Thread:
    """A topic of a forum."""

    name: str
    is_closed: bool = False


@dataclass(kw_only=True)
class Chat:
    """A chat and the messages in it now.

    type: `private`, `group`, `supergroup` or `channel`.
    members: status by user id, the bot's own included; in a private chat the bot is `member` or `kicked` (blocked).
    started: whether the person of a private chat ever wrote; a bot can never write first.
    upgraded_to: the supergroup that took the place of this group.
    threads: of a forum, by their numbers, `GENERAL` among them; empty where the chat is none.
    lacking: rights of the bot that were taken away, as `ChatAdministratorRights` and `ChatPermissions` name them.
    bot_log: numbers of the bot's messages in the order in which they came or were edited.
    """

    id: int
    type: str
    title: str = ""
    username: str | None = None
    members: dict[int, str] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    started: bool = False
    deactivated: bool = False
    upgraded_to: int | None = None
    pinned: int | None = None
    next_message_id: int = 1
    threads: dict[int, Thread] = field(default_factory=dict)
    lacking: set[str] = field(default_factory=set)
    bot_log: list[int] = field(default_factory=list)

    @property
    def is_private(self) -> bool:
        """Whether it is the chat of one person with the bot."""
        return self.type == "private"

    def is_admin(self, user_id: int) -> bool:
        """Whether the user manages this chat."""
        return self.members.get(user_id) in {"creator", "administrator"}


@dataclass(kw_only=True)
class Callback:
    """A press of a button. pressed: reading of the timer; answer: what the bot said, None until it did."""

    id: str
    user_id: int
    chat_id: int
    message_id: int
    data: str
    pressed: float
    answer: JsonObject | None = None


@dataclass(kw_only=True)
class InlineQuery:
    """Words after the bot's name in some chat. asked: reading of the timer; answer: what the bot said, None till then.

    messages: what choosing a result sends, by the result's id.
    """

    id: str
    user_id: int
    query: str
    offset: str
    asked: float
    answer: JsonObject | None = None
    messages: dict[str, Message] = field(default_factory=dict)


class World:
    """The memory of one sandbox.

    clock: instants that messages carry, aware; timer: seconds, monotonic, for everything that runs out.
    inline: whether BotFather has inline mode on.
    inline_cache: (query, offset, person or 0 for anybody) -> until when by the timer, and the query that was answered.
    group_privacy: in groups where it is no administrator, the bot gets only what concerns it.
    """

    def __init__(self, bot: User, clock: Clock, timer: Timer, *, group_privacy: bool, inline: bool) -> None:
        self.bot = bot
        self.inline = inline
        self.group_privacy = group_privacy
        self.clock = clock
        self.timer = timer
        self.changes = Changes()
        self.profile = Profile(bot.first_name)
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.callbacks: dict[str, Callback] = {}
        self.inline_queries: dict[str, InlineQuery] = {}
        self.inline_cache: dict[tuple[str, str, int], tuple[float, InlineQuery]] = {}
        self._account_ids = itertools.count(1)
        self._group_ids = itertools.count(1)

    def add_user(self, user: User) -> Chat:
        """A new person, with the still empty chat they have with the bot."""
        self.users[user.id] = user
        chat = Chat(id=user.id, type="private", title=user.first_name, username=user.username)
        chat.members = {user.id: "member", self.bot.id: "member"}
        self.chats[chat.id] = chat
        self.changes.publish(Change(kind="chat", chat_id=chat.id))
        return chat

    def add_group(self, title: str, *, kind: str, username: str | None = None) -> Chat:
        """A new group, supergroup or channel without members."""
        number = next(self._group_ids)
        chat_id = -4_000_000_000 - number if kind == "group" else -1_002_000_000_000 - number
        chat = Chat(id=chat_id, type=kind, title=title, username=username)
        self.chats[chat_id] = chat
        return chat

    def next_message_id(self, chat: Chat) -> int:
        """One row of numbers for all private chats and groups, one of its own for each supergroup and channel."""
        if chat.type in {"private", "group"}:
            return next(self._account_ids)
        chat.next_message_id += 1
        return chat.next_message_id - 1

    def post(self, chat: Chat, message: Message) -> Message:
        """Puts `message` into the chat under its next number, at the clock's time."""
        stored = replace(message, id=self.next_message_id(chat), chat_id=chat.id, sent_at=self.clock())
        chat.messages[stored.id] = stored
        self._log(chat, stored)
        self.changes.publish(Change(kind="new", chat_id=chat.id, message_id=stored.id))
        return stored

    def replace(self, chat: Chat, message: Message) -> Message:
        """Puts `message` in the place of the one with its number."""
        chat.messages[message.id] = message
        self._log(chat, message)
        self.changes.publish(Change(kind="edited", chat_id=chat.id, message_id=message.id))
        return message

    def remove(self, chat: Chat, message_id: int) -> None:
        """Takes a message away; the chat must have it."""
        del chat.messages[message_id]
        self.changes.publish(Change(kind="deleted", chat_id=chat.id, message_id=message_id))

    def _log(self, chat: Chat, message: Message) -> None:
        if message.from_bot or (chat.type == "channel" and message.sender is None):
            chat.bot_log.append(message.id)

    def store_file(self, name: str, mime_type: str, data: bytes) -> StoredFile:
        """Keeps a file under a new id."""
        file_id = f"BQACAgI{secrets.token_urlsafe(24)}"
        file = StoredFile(file_id=file_id, unique_id=secrets.token_hex(8), name=name, mime_type=mime_type, data=data)
        self.files[file_id] = file
        return file

    def press(self, *, user_id: int, chat_id: int, message_id: int, data: str) -> Callback:
        """Remembers that a button was pressed, until the bot answers."""
        callback_id = str(secrets.randbits(62))
        callback = Callback(
            id=callback_id,
            user_id=user_id,
            chat_id=chat_id,
            message_id=message_id,
            data=data,
            pressed=self.timer(),
        )
        self.callbacks[callback_id] = callback
        return callback

    def tell_chat(self, chat: Chat, kind: str, details: Mapping[str, object], *, user_id: int = 0) -> None:
        """Shows something passing in the chat: `action` or `answer`."""
        self.changes.publish(Change(kind=kind, chat_id=chat.id, user_id=user_id, details=details))

    def tell_everybody(self) -> None:
        """Something that shows in every chat changed: commands, the menu button, the bot's texts."""
        self.changes.publish(Change(kind="chat", chat_id=0))
