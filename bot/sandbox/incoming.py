"""What people do, turned into messages and updates; the one place that decides what the bot gets to see."""

from collections.abc import Mapping

from bot.sandbox.model import JsonObject, Message, User
from bot.sandbox.rendering import utf16_slice
from bot.sandbox.state import IN_CHAT, Callback, Chat, InlineQuery, World
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.wire import callback_json, chat_json, member_json, message_json, timestamp, user_json


class Incoming:
    """The way from people to the bot."""

    def __init__(self, world: World, queue: UpdateQueue) -> None:
        self.world = world
        self._queue = queue

    def message(self, chat: Chat, message: Message) -> Message:
        """Puts a person's message, a post or a service message into the chat; the bot hears of it if it may."""
        stored = self.world.post(chat, message)
        if self._bot_hears(chat, stored):
            kind = "channel_post" if chat.type == "channel" else "message"
            self._queue.add(kind, message_json(self.world, stored), chat.id)
        return stored

    def edited(self, chat: Chat, message: Message) -> Message:
        """Puts an edited message in its place."""
        stored = self.world.replace(chat, message)
        if self._bot_hears(chat, stored):
            kind = "edited_channel_post" if chat.type == "channel" else "edited_message"
            self._queue.add(kind, message_json(self.world, stored), chat.id)
        return stored

    def callback(self, callback: Callback) -> None:
        """A button was pressed."""
        self._queue.add("callback_query", callback_json(self.world, callback), callback.chat_id)

    def inline(self, query: InlineQuery) -> None:
        """Words were typed after the bot's name."""
        payload: JsonObject = {
            "id": query.id,
            "from": user_json(self.world.users[query.user_id]),
            "query": query.query,
            "offset": query.offset,
        }
        self._queue.add("inline_query", payload, query.user_id)

    def membership(self, chat: Chat, member: User, status: str, by: User) -> None:
        """Changes a member's status, the bot's included, and tells the bot (my_chat_member, chat_member)."""
        old = chat.members.get(member.id, "left")
        chat.members[member.id] = status
        if old == status:
            return
        self._tell_membership(chat, by, member_json(chat, member, old), member_json(chat, member, status))

    def _tell_membership(self, chat: Chat, by: User, old: JsonObject, new: JsonObject) -> None:
        payload: JsonObject = {
            "chat": chat_json(chat),
            "from": user_json(by),
            "date": timestamp(self.world.clock()),
            "old_chat_member": old,
            "new_chat_member": new,
        }
        own = new["user"] == user_json(self.world.bot)
        # Other people's changes reach only bots that manage the chat (Bot API page, Update.chat_member).
        if own or chat.is_admin(self.world.bot.id):
            self._queue.add("my_chat_member" if own else "chat_member", payload, chat.id)
        self.world.tell_chat(chat, "chat", {})

    def limit(self, chat: Chat, lacking: frozenset[str], *, told: bool) -> None:
        """Takes rights from the bot and gives others back; of an administrator's it is told (my_chat_member)."""
        bot = self.world.bot
        status = chat.members.get(bot.id, "left")
        before = member_json(chat, bot, status)
        chat.lacking = set(lacking)
        now = member_json(chat, bot, status)
        if told and before != now:
            admin = next(self.world.users[number] for number in chat.members if chat.is_admin(number))
            self._tell_membership(chat, admin, before, now)

    def service(self, chat: Chat, fields: Mapping[str, object], sender: User | None) -> Message:
        """Puts a service message into the chat."""
        return self.message(
            chat, Message(id=0, chat_id=chat.id, sent_at=self.world.clock(), sender=sender, service=fields)
        )

    def _bot_hears(self, chat: Chat, message: Message) -> bool:
        """Privacy mode (Bot API FAQ): in groups come commands, replies, inline and service messages."""
        bot = self.world.bot
        if message.from_bot or chat.members.get(bot.id) not in IN_CHAT:
            # Being removed is the one thing that a bot hears of a group it is no longer in.
            return "left_chat_member" in message.service and not message.from_bot
        if chat.is_private or chat.type == "channel" or not self.world.group_privacy or chat.is_admin(bot.id):
            return True
        original = chat.messages.get(message.reply_to or 0)
        to_bot = original is not None and original.from_bot
        return bool(message.service) or to_bot or "via_bot" in message.extra or self._is_own_command(message)

    def _is_own_command(self, message: Message) -> bool:
        """A command at the start, bare or with this bot's name; a bare one would be anybody's were there more bots."""
        for entity in message.entities:
            if entity.type == "bot_command" and entity.offset == 0:
                _, _, name = utf16_slice(message.text, 0, entity.length).partition("@")
                return name.lower() in {"", (self.world.bot.username or "").lower()}
        return False
