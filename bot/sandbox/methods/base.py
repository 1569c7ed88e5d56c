"""What every method gets, and the checks that several share."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum

from bot.sandbox.errors import BadRequestError, ForbiddenError
from bot.sandbox.model import Text
from bot.sandbox.params import Params
from bot.sandbox.rendering import Entity
from bot.sandbox.state import IN_CHAT, Chat, World
from bot.sandbox.webhook import Delivery


class Cost(Enum):
    """What a call spends of the flood control: sends count everywhere, edits not in private chats."""

    NOTHING = "nothing"
    EDIT = "edit"
    SEND = "send"


@dataclass(frozen=True)
class MethodCall:
    """One call: the memory it works on and its parameters. callback_seconds: how long a press waits for its answer."""

    world: World
    delivery: Delivery
    params: Params
    callback_seconds: float

    def chat(self, name: str = "chat_id") -> Chat:
        """The chat that the parameter names, by number or by @username.

        Raises:
            BadRequestError: no such chat, or a person who never wrote.
        """
        reference = self.params.string(name)
        if not reference:
            raise BadRequestError(f"{name} is empty")
        chat = self._named(reference) if reference.startswith("@") else self._numbered(reference)
        if chat is None or (chat.is_private and not chat.started):
            raise BadRequestError("chat not found")
        return chat

    def _named(self, reference: str) -> Chat | None:
        names = (chat for chat in self.world.chats.values() if not chat.is_private and chat.username)
        return next((chat for chat in names if f"@{chat.username}".lower() == reference.lower()), None)

    def _numbered(self, reference: str) -> Chat | None:
        digits = reference.removeprefix("-")
        return self.world.chats.get(int(reference)) if digits.isdecimal() and digits.isascii() else None

    def writable_chat(self) -> Chat:
        """The chat of `chat_id`, open to the bot's messages.

        Raises:
            BadRequestError: no such chat, one that was upgraded, or a channel where the bot may not post.
            ForbiddenError: the person blocked the bot or is gone, or the bot is not in the group.
        """
        chat = self.chat()
        if chat.upgraded_to is not None:
            raise BadRequestError(
                "group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": chat.upgraded_to}
            )
        if chat.deactivated:
            raise ForbiddenError("user is deactivated")
        status = chat.members.get(self.world.bot.id, "left")
        if chat.is_private and status == "kicked":
            raise ForbiddenError("bot was blocked by the user")
        if status == "kicked":
            raise ForbiddenError(f"bot was kicked from the {chat.type} chat")
        if status not in IN_CHAT:
            raise ForbiddenError(f"bot is not a member of the {chat.type} chat")
        may_post = chat.is_admin(self.world.bot.id) and "can_post_messages" not in chat.lacking
        if chat.type == "channel" and not may_post:
            raise BadRequestError("need administrator rights in the channel chat")
        return chat

    def entities(self, name: str) -> list[Entity]:
        """The entities that the sender lists instead of markup.

        Raises:
            BadRequestError: not an array of entities.
        """
        listed = self.params.json(name) or []
        if not isinstance(listed, list):
            raise BadRequestError(f"expected an Array of {name}")
        try:
            return [_entity(one) for one in listed]
        except (KeyError, TypeError, ValueError) as error:
            raise BadRequestError("can't parse MessageEntity") from error

    def known(self, text: Text) -> Text:
        """`text` without mentions of users whom the bot has never met: Telegram drops them."""
        users = self.world.users
        return Text(text.text, tuple(e for e in text.entities if e.type != "text_mention" or e.user_id in users))


def _entity(source: dict[str, object]) -> Entity:
    user = source.get("user")
    return Entity(
        type=str(source["type"]),
        offset=int(str(source["offset"])),
        length=int(str(source["length"])),
        url=str(source["url"]) if source.get("url") else None,
        language=str(source["language"]) if source.get("language") else None,
        user_id=int(user["id"]) if isinstance(user, dict) else None,
        custom_emoji_id=str(source["custom_emoji_id"]) if source.get("custom_emoji_id") else None,
    )


Handler = Callable[[MethodCall], object | Awaitable[object]]


@dataclass(frozen=True)
class Method:
    """A method of the Bot API. name: as the Bot API page spells it."""

    name: str
    handler: Handler
    cost: Cost = Cost.NOTHING
