"""What a bot tells of itself: name, descriptions, commands, menu buttons; by language and scope. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.sandbox.model import JsonObject


@dataclass(frozen=True)
class Scope:
    """`BotCommandScope`: a kind, and the chat and user it is narrowed to (0 where it is not)."""

    type: str = "default"
    chat_id: int = 0
    user_id: int = 0


@dataclass(frozen=True)
class Command:
    """`BotCommand`: name without the slash, and what it does."""

    name: str
    description: str


def scopes_of(chat_id: int, user_id: int, *, private: bool, admin: bool) -> list[Scope]:
    """The scopes that count for a person in a chat, the nearest first (Bot API page, BotCommandScope)."""
    if private:
        return [Scope("chat", chat_id), Scope("all_private_chats"), Scope()]
    return [
        Scope("chat_member", chat_id, user_id),
        *([Scope("chat_administrators", chat_id)] if admin else []),
        Scope("chat", chat_id),
        *([Scope("all_chat_administrators")] if admin else []),
        Scope("all_group_chats"),
        Scope(),
    ]


class Profile:
    """The texts, commands and menu buttons that setMy... methods keep.

    Languages are two-letter codes; the empty one stands for everybody without a text of their own.
    """

    def __init__(self, name: str) -> None:
        self._default_name = name
        self._texts: dict[tuple[str, str], str] = {}
        self._commands: dict[tuple[Scope, str], tuple[Command, ...]] = {}
        self._menu_buttons: dict[int, JsonObject] = {}

    def set_text(self, field: str, language: str, text: str) -> None:
        """Keeps `name`, `description` or `short_description`; an empty text takes it away."""
        self._texts.pop((field, language), None)
        if text:
            self._texts[field, language] = text

    def text(self, field: str, language: str) -> str:
        """The text in that language, else the one for everybody, else the first name or nothing."""
        fallback = self._default_name if field == "name" else ""
        return self._texts.get((field, language)) or self._texts.get((field, "")) or fallback

    def set_commands(self, scope: Scope, language: str, commands: tuple[Command, ...]) -> None:
        """Keeps the commands of a scope and language; none takes the entry away."""
        self._commands.pop((scope, language), None)
        if commands:
            self._commands[scope, language] = commands

    def commands(self, scope: Scope, language: str) -> tuple[Command, ...]:
        """Exactly what was set there."""
        return self._commands.get((scope, language), ())

    def commands_seen(self, scopes: list[Scope], language: str) -> tuple[Command, ...]:
        """What a person sees: at each scope in order their language first, then none."""
        for scope in scopes:
            found = self.commands(scope, language) or self.commands(scope, "")
            if found:
                return found
        return ()

    def set_menu_button(self, chat_id: int, button: Mapping[str, object]) -> None:
        """Keeps the menu button of a private chat; chat 0 is for all."""
        self._menu_buttons[chat_id] = dict(button)

    def menu_button(self, chat_id: int) -> JsonObject:
        """The menu button of a chat, else the one for all, else Telegram's default."""
        own = self._menu_buttons.get(chat_id, {"type": "default"})
        return own if own["type"] != "default" else self._menu_buttons.get(0, {"type": "default"})
