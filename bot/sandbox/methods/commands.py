"""Methods that keep the list of commands, by scope and language."""

import re
from collections.abc import Mapping

from bot.sandbox.errors import BadRequestError
from bot.sandbox.methods.base import Method, MethodCall
from bot.sandbox.profile import Command, Scope

MAX_COMMANDS = 100
"""Commands of one list."""
MAX_DESCRIPTION = 256
"""Characters of what a command does."""
_NAME = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"([a-z]{2})?")
_SCOPES = frozenset(
    {"default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat", "chat_administrators",
     "chat_member"}
)  # fmt: skip


def language_code(call: MethodCall) -> str:
    """The two-letter language of the call; empty for everybody.

    Raises:
        BadRequestError: it is anything else.
    """
    code = call.params.string("language_code")
    if not _LANGUAGE.fullmatch(code):
        raise BadRequestError("invalid language code specified")
    return code


def _scope(call: MethodCall) -> Scope:
    given = call.params.json("scope")
    if given is None:
        return Scope()
    if not isinstance(given, Mapping) or given.get("type") not in _SCOPES:
        raise BadRequestError("can't parse BotCommandScope: unsupported type specified")
    kind = str(given["type"])
    if not kind.startswith("chat"):
        return Scope(kind)
    chat_id = int(str(given.get("chat_id", 0)))
    chat = call.world.chats.get(chat_id)
    if chat is None or (chat.is_private and not chat.started):
        raise BadRequestError("chat not found")
    if kind == "chat_member" and int(str(given.get("user_id", 0))) not in call.world.users:
        raise BadRequestError("invalid user_id specified")
    return Scope(kind, chat_id, int(str(given.get("user_id", 0))) if kind == "chat_member" else 0)


def _command(source: object) -> Command:
    if not isinstance(source, Mapping) or not isinstance(source.get("command"), str):
        raise BadRequestError("can't parse BotCommand: expected an Object with a command")
    name = source["command"].removeprefix("/")
    description = str(source.get("description", "")).strip()
    if not _NAME.fullmatch(name):
        raise BadRequestError("BOT_COMMAND_INVALID")
    if not description:
        raise BadRequestError("command description must be non-empty")
    if len(description) > MAX_DESCRIPTION:
        raise BadRequestError("BOT_COMMAND_DESCRIPTION_INVALID")
    return Command(name, description)


def set_my_commands(call: MethodCall) -> object:
    """SetMyCommands."""
    given = call.params.json("commands")
    if not isinstance(given, list):
        raise BadRequestError("expected an Array of BotCommand")
    if len(given) > MAX_COMMANDS:
        raise BadRequestError("BOT_COMMANDS_TOO_MUCH")
    scope, language = _scope(call), language_code(call)
    call.world.profile.set_commands(scope, language, tuple(map(_command, given)))
    call.world.tell_everybody()
    return True


def get_my_commands(call: MethodCall) -> object:
    """GetMyCommands."""
    found = call.world.profile.commands(_scope(call), language_code(call))
    return [{"command": one.name, "description": one.description} for one in found]


def delete_my_commands(call: MethodCall) -> object:
    """DeleteMyCommands."""
    call.world.profile.set_commands(_scope(call), language_code(call), ())
    call.world.tell_everybody()
    return True


METHODS = (
    Method("setMyCommands", set_my_commands),
    Method("getMyCommands", get_my_commands),
    Method("deleteMyCommands", delete_my_commands),
)
