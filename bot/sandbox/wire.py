"""Values of the sandbox -> JSON objects of the Bot API; pure."""

from collections.abc import Mapping
from datetime import datetime

from bot.sandbox.keyboards import to_json
from bot.sandbox.model import JsonObject, Media, Message, StoredFile, User
from bot.sandbox.rendering import Entity
from bot.sandbox.state import Callback, Chat, World


def timestamp(instant: datetime) -> int:
    """Unix time in whole seconds."""
    return int(instant.timestamp())


def user_json(user: User) -> JsonObject:
    """`User`, without the fields that are unknown."""
    optional = {"username": user.username, "language_code": user.language_code}
    return {
        "id": user.id,
        "is_bot": user.is_bot,
        "first_name": user.first_name,
        **{key: value for key, value in optional.items() if value},
    }


def chat_json(chat: Chat) -> JsonObject:
    """`Chat`: the few fields that come with every message."""
    name = "first_name" if chat.is_private else "title"
    username = {"username": chat.username} if chat.username else {}
    forum = {"is_forum": True} if chat.threads else {}
    return {"id": chat.id, "type": chat.type, name: chat.title, **username, **forum}


def entity_json(entity: Entity, users: Mapping[int, User]) -> JsonObject:
    """`MessageEntity`."""
    result: JsonObject = {"type": entity.type, "offset": entity.offset, "length": entity.length}
    for field in ("url", "language", "custom_emoji_id", "unix_time"):
        value = getattr(entity, field)
        if value:
            result[field] = value
    if entity.user_id is not None:
        result["user"] = user_json(users[entity.user_id])
    return result


def file_json(file: StoredFile) -> JsonObject:
    """The fields that `File`, `Document` and `PhotoSize` share."""
    return {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": file.size}


def media_json(media: Media) -> JsonObject:
    """The field of a message that holds its document or photo."""
    if media.kind == "photo":
        return {"photo": [{**file_json(media.file), "width": media.width, "height": media.height}]}
    return {"document": {**file_json(media.file), "file_name": media.file.name, "mime_type": media.file.mime_type}}


def message_json(world: World, message: Message) -> JsonObject:
    """`Message`, with the message it replies to one level deep."""
    chat = world.chats[message.chat_id]
    result: JsonObject = {"message_id": message.id, "date": timestamp(message.sent_at), "chat": chat_json(chat)}
    if message.sender is None:
        result["sender_chat"] = chat_json(chat)
    else:
        result["from"] = user_json(message.sender)
    if message.edited_at is not None:
        result["edit_date"] = timestamp(message.edited_at)
    if message.origin:
        result["forward_origin"] = dict(message.origin)
    if message.keyboard:
        result["reply_markup"] = to_json(message.keyboard)
    original = chat.messages.get(message.reply_to or 0)
    if original is not None:
        result["reply_to_message"] = {
            key: value for key, value in message_json(world, original).items() if key != "reply_to_message"
        }
    names = ("text", "entities")
    if message.media is not None:
        result |= media_json(message.media)
        names = ("caption", "caption_entities")
    if message.text:
        result[names[0]] = message.text
    if message.entities:
        result[names[1]] = [entity_json(entity, world.users) for entity in message.entities]
    return result | dict(message.service) | dict(message.extra)


def callback_json(world: World, callback: Callback) -> JsonObject:
    """`CallbackQuery`; a message deleted meanwhile comes as `InaccessibleMessage`."""
    chat = world.chats[callback.chat_id]
    message = chat.messages.get(callback.message_id)
    gone = {"chat": chat_json(chat), "message_id": callback.message_id, "date": 0}
    return {
        "id": callback.id,
        "from": user_json(world.users[callback.user_id]),
        "chat_instance": str(abs(chat.id) * 7919),
        "message": gone if message is None else message_json(world, message),
        "data": callback.data,
    }


def member_json(chat: Chat, user: User, status: str) -> JsonObject:
    """`ChatMember`; an administrator has all rights that a digest bot can need, but those taken from the bot."""
    result: JsonObject = {"user": user_json(user), "status": status}
    if status == "kicked":
        result["until_date"] = 0
    if status in {"creator", "administrator"}:
        result["is_anonymous"] = False
    if status == "administrator":
        rights = (
            "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
            "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories",
            "can_delete_stories",
        )  # fmt: skip
        result |= dict.fromkeys(rights, True) | {"can_be_edited": False}
        own = (
            ("can_post_messages", "can_edit_messages")
            if chat.type == "channel"
            else ("can_pin_messages", "can_manage_topics")
        )
        result |= dict.fromkeys(own, True)
        if user.is_bot:
            result |= dict.fromkeys(chat.lacking & result.keys(), False)
    return result
