"""Groups, supergroups and channels that the bot can be in."""

from collections.abc import Callable

from bot.sandbox.conversation import Conversation
from bot.sandbox.entities import compose
from bot.sandbox.errors import SandboxError
from bot.sandbox.incoming import Incoming
from bot.sandbox.model import Message
from bot.sandbox.people import Person
from bot.sandbox.state import GENERAL, IN_CHAT, Chat, Thread
from bot.sandbox.wire import user_json


class Group(Conversation):
    """A chat of several people; members write with `person.send(text, to=group)`."""

    def __init__(self, incoming: Incoming, chat: Chat, adopt: Callable[[Chat], "Group"]) -> None:
        super().__init__(incoming.world, chat)
        self._incoming = incoming
        self._adopt = adopt

    @property
    def title(self) -> str:
        """The group's name."""
        return self._chat.title

    @property
    def has_bot(self) -> bool:
        """Whether the bot is inside."""
        return self._chat.members.get(self._world.bot.id) in IN_CHAT

    def add(self, person: Person, *, admin: bool = False) -> None:
        """Lets a person in, or changes their rights."""
        inside = self._chat.members.get(person.id) in IN_CHAT
        self._incoming.membership(self._chat, person.user, "administrator" if admin else "member", person.user)
        if not inside and self._chat.type != "channel":
            self._incoming.service(self._chat, {"new_chat_members": [user_json(person.user)]}, person.user)

    def remove(self, person: Person) -> None:
        """A person leaves."""
        self._incoming.membership(self._chat, person.user, "left", person.user)
        if self._chat.type != "channel":
            self._incoming.service(self._chat, {"left_chat_member": user_json(person.user)}, person.user)

    def add_bot(self, by: Person, *, admin: bool = False) -> None:
        """A member adds the bot, or changes its rights."""
        bot = self._world.bot
        inside = self.has_bot
        self.mark()
        self._incoming.membership(self._chat, bot, "administrator" if admin else "member", by.user)
        if not inside and self._chat.type != "channel":
            self._incoming.service(self._chat, {"new_chat_members": [user_json(bot)]}, by.user)

    def kick_bot(self, by: Person) -> None:
        """A member throws the bot out."""
        self._incoming.membership(self._chat, self._world.bot, "kicked", by.user)
        if self._chat.type != "channel":
            self._incoming.service(self._chat, {"left_chat_member": user_json(self._world.bot)}, by.user)

    def limit_bot(self, *rights: str, told: bool = True) -> None:
        """Takes these rights from the bot, and gives back those taken before.

        rights: `can_send_messages` of any member of a group, others of an administrator. told: whether the bot hears of
        it, as it does of an administrator's rights, unless it is offline for long.
        """
        self._incoming.limit(self._chat, frozenset(rights), told=told)

    def open_thread(self, name: str) -> int:
        """The number of a new thread that somebody opens in the forum.

        Raises:
            SandboxError: the group is no forum.
        """
        if not self._chat.threads:
            raise SandboxError(f"{self.title} is no forum")
        opening = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        creator = next(self._world.users[number] for number in self._chat.members if self._chat.is_admin(number))
        number = self._incoming.service(self._chat, opening, creator).id
        self._chat.threads[number] = Thread(name=name)
        return number

    def close_thread(self, number: int) -> None:
        """From now on only admins who manage threads write there. number: `GENERAL` for General."""
        self._chat.threads[number].is_closed = True

    def delete_thread(self, number: int) -> None:
        """The thread goes, with every message in it."""
        del self._chat.threads[number]
        for message in self.in_thread(number):
            self._world.remove(self._chat, message.id)

    @property
    def threads(self) -> dict[str, int]:
        """The forum's threads by their names, but for General."""
        return {one.name: number for number, one in self._chat.threads.items() if number != GENERAL}

    def in_thread(self, number: int | None) -> list[Message]:
        """The messages of that thread, oldest first; of General, or of a group without threads, for None."""
        return [one for one in self.messages if one.extra.get("message_thread_id") == number and not one.service]

    def upgrade(self) -> "Group":
        """The supergroup that takes this group's place, under a new number; both say so with service messages.

        Raises:
            SandboxError: it is no ordinary group, or was upgraded before.
        """
        if self._chat.type != "group" or self._chat.upgraded_to is not None:
            raise SandboxError(f"{self.title} cannot become a supergroup")
        chat = self._world.add_group(self.title, kind="supergroup")
        chat.members = dict(self._chat.members)
        chat.lacking = set(self._chat.lacking)
        creator = next((n for n, status in chat.members.items() if status in {"creator", "administrator"}), None)
        sender = self._world.users[creator if creator is not None else next(iter(chat.members))]
        self._incoming.service(self._chat, {"migrate_to_chat_id": chat.id}, sender)
        self._chat.upgraded_to = chat.id
        self._incoming.service(chat, {"migrate_from_chat_id": self._chat.id}, sender)
        return self._adopt(chat)


class Channel(Group):
    """A channel: only posts, without a sender."""

    async def post(self, text: str) -> Message:
        """Puts a post into the channel."""
        self.mark()
        message = Message(id=0, chat_id=self.chat_id, sent_at=self._world.clock(), body=compose(text, ()))
        return self._incoming.message(self._chat, message)

    @property
    def from_bot(self) -> list[Message]:
        """All posts: Telegram does not tell who wrote them."""
        return self.messages
