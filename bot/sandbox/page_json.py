"""What the chat page is told of a chat and its messages; pure."""

from bot.sandbox.model import JsonObject, Media, Message
from bot.sandbox.people import Person
from bot.sandbox.profile import scopes_of
from bot.sandbox.state import World
from bot.sandbox.wire import timestamp


def _media_state(media: Media) -> JsonObject:
    return {
        "kind": media.kind,
        "name": media.file.name,
        "size": media.file.size,
        "path": f"/api/files/{media.file.unique_id}",
        "width": media.width,
        "height": media.height,
    }


def _origin(message: Message) -> str:
    """Whom a forwarded message names as its author; empty for ordinary ones."""
    origin = message.origin
    chat, user = origin.get("chat"), origin.get("sender_user")
    if isinstance(chat, dict):
        return str(chat["title"])
    if isinstance(user, dict):
        return str(user["first_name"])
    return str(origin.get("sender_user_name", ""))


def message_state(world: World, message: Message) -> JsonObject:
    """One message for the page; times are Unix seconds."""
    original = world.chats[message.chat_id].messages.get(message.reply_to or 0)
    return {
        "id": message.id,
        "own": not message.from_bot,
        "text": message.text,
        "entities": [
            {"type": e.type, "offset": e.offset, "length": e.length, "url": e.url, "language": e.language}
            for e in message.entities
        ],
        "keyboard": [[{"text": b.text, "kind": b.kind, "value": b.value} for b in row] for row in message.keyboard],
        "sentAt": timestamp(message.sent_at),
        "edited": message.edited_at is not None,
        "origin": _origin(message),
        "replyTo": original.text[:120] if original is not None else "",
        "media": _media_state(message.media) if message.media is not None else None,
    }


def chat_state(world: World, person: Person) -> JsonObject:
    """Everything the page shows of a person's chat."""
    language = person.user.language_code or ""
    scopes = scopes_of(person.chat_id, person.id, private=True, admin=False)
    commands = world.profile.commands_seen(scopes, language)
    return {
        "bot": {
            "name": world.profile.text("name", language),
            "about": world.profile.text("description", language),
        },
        "person": {"id": person.id, "name": person.name, "language": language},
        "blocked": person.has_blocked,
        "started": person.has_started,
        "commands": [{"name": one.name, "description": one.description} for one in commands],
        "messages": [message_state(world, message) for message in person.messages],
    }
