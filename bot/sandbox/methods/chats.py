"""Methods about chats, members and files, and the bot itself."""

from bot.sandbox.errors import BadRequestError, ForbiddenError
from bot.sandbox.methods.base import Method, MethodCall
from bot.sandbox.model import JsonObject
from bot.sandbox.state import IN_CHAT, Chat
from bot.sandbox.wire import chat_json, file_json, member_json, message_json, user_json

DOWNLOAD_BYTES = 20 * 1024 * 1024
"""Largest file that getFile gives out."""


def get_me(call: MethodCall) -> object:
    """GetMe."""
    world = call.world
    return {
        **user_json(world.bot),
        "first_name": world.profile.text("name", ""),
        "can_join_groups": True,
        "can_read_all_group_messages": not world.group_privacy,
        "supports_inline_queries": world.inline,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _entered(call: MethodCall) -> Chat:
    """A chat that the bot may look at: people who wrote to it, and groups it is in."""
    chat = call.chat()
    if chat.upgraded_to is not None:
        raise BadRequestError("group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": chat.upgraded_to})
    status = chat.members.get(call.world.bot.id, "left")
    if not chat.is_private and status not in IN_CHAT:
        reason = "bot was kicked from" if status == "kicked" else "bot is not a member of"
        raise ForbiddenError(f"{reason} the {chat.type} chat")
    return chat


def get_chat(call: MethodCall) -> object:
    """GetChat: `ChatFullInfo`."""
    chat = _entered(call)
    result: JsonObject = {
        **chat_json(chat),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
        ),
    }
    if chat.pinned in chat.messages:
        result["pinned_message"] = message_json(call.world, chat.messages[chat.pinned])
    return result


def get_chat_member(call: MethodCall) -> object:
    """GetChatMember."""
    chat = _entered(call)
    user = call.world.users.get(call.params.integer("user_id"))
    if user is None:
        raise BadRequestError("invalid user_id specified")
    return member_json(chat, user, chat.members.get(user.id, "left"))


def get_chat_administrators(call: MethodCall) -> object:
    """GetChatAdministrators: without other bots."""
    chat = _entered(call)
    if chat.is_private:
        raise BadRequestError("there are no administrators in the private chat")
    users = call.world.users
    return [
        member_json(chat, users[number], status) for number, status in chat.members.items() if chat.is_admin(number)
    ]


def get_chat_member_count(call: MethodCall) -> object:
    """GetChatMemberCount."""
    return sum(status in IN_CHAT for status in _entered(call).members.values())


def leave_chat(call: MethodCall) -> object:
    """LeaveChat."""
    chat = _entered(call)
    if chat.is_private:
        raise BadRequestError("chat member status can't be changed in private chats")
    chat.members[call.world.bot.id] = "left"
    return True


def get_file(call: MethodCall) -> object:
    """GetFile."""
    file = call.world.files.get(call.params.string("file_id"))
    if file is None:
        raise BadRequestError("invalid file_id")
    if file.size > DOWNLOAD_BYTES:
        raise BadRequestError("file is too big")
    return {**file_json(file), "file_path": file.path}


METHODS = (
    Method("getMe", get_me),
    Method("getChat", get_chat),
    Method("getChatMember", get_chat_member),
    Method("getChatAdministrators", get_chat_administrators),
    Method("getChatMemberCount", get_chat_member_count),
    Method("leaveChat", leave_chat),
    Method("getFile", get_file),
)
