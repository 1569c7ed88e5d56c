"""Methods that send: texts, photos, documents, typing."""

from bot.sandbox.errors import BadRequestError
from bot.sandbox.images import image_size
from bot.sandbox.keyboards import inline_keyboard
from bot.sandbox.limits import caption, message_text
from bot.sandbox.methods.base import Cost, Method, MethodCall
from bot.sandbox.model import JsonObject, Media, Message, StoredFile, Text
from bot.sandbox.state import GENERAL, Chat
from bot.sandbox.wire import message_json

PHOTO_BYTES = 10 * 1024 * 1024
"""Largest photo that can be sent."""
ACTIONS = frozenset(
    {
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
        "choose_sticker", "find_location", "record_video_note", "upload_video_note",
    }
)  # fmt: skip
"""What sendChatAction can show."""


def _reply_to(call: MethodCall, chat: Chat) -> int | None:
    """The message that the new one answers; None where it answers none, or may do without it."""
    parameters = call.params.json("reply_parameters") or {}
    if not isinstance(parameters, dict):
        raise BadRequestError("can't parse reply parameters JSON object")
    number = int(str(parameters.get("message_id") or call.params.integer("reply_to_message_id")))
    if number == 0 or number in chat.messages:
        return number or None
    if parameters.get("allow_sending_without_reply") or call.params.flag("allow_sending_without_reply"):
        return None
    raise BadRequestError("message to be replied not found")


def _extra(call: MethodCall) -> JsonObject:
    extra: JsonObject = {}
    preview = call.params.json("link_preview_options")
    if preview is None and call.params.flag("disable_web_page_preview"):
        preview = {"is_disabled": True}
    if preview:
        extra["link_preview_options"] = preview
    if call.params.flag("protect_content"):
        extra["has_protected_content"] = True
    return extra


def _thread(call: MethodCall, chat: Chat) -> JsonObject:
    """The fields of a message in a thread; none in General and in chats without threads.

    Raises:
        BadRequestError: there is no such thread, or it is closed to the bot.
    """
    number = call.params.integer("message_thread_id")
    if number and (chat.is_private or (chat.threads and (number == GENERAL or number not in chat.threads))):
        raise BadRequestError("message thread not found")
    thread = chat.threads.get(number or GENERAL)
    if thread is None:
        return {}  # ordinary groups ignore the number
    if thread.is_closed and not (chat.is_admin(call.world.bot.id) and "can_manage_topics" not in chat.lacking):
        raise BadRequestError("TOPIC_CLOSED")
    return {"message_thread_id": number, "is_topic_message": True} if number else {}


def _post(call: MethodCall, chat: Chat, body: Text, media: Media | None = None) -> JsonObject:
    if not chat.is_private and chat.type != "channel" and "can_send_messages" in chat.lacking:
        raise BadRequestError("not enough rights to send text messages to the chat")
    message = Message(
        id=0,
        chat_id=chat.id,
        sent_at=call.world.clock(),
        sender=None if chat.type == "channel" else call.world.bot,
        body=call.known(body),
        keyboard=inline_keyboard(call.params.json("reply_markup")),
        media=media,
        reply_to=_reply_to(call, chat),
        extra={**_extra(call), **_thread(call, chat)},
    )
    return message_json(call.world, call.world.post(chat, message))


def send_message(call: MethodCall) -> object:
    """SendMessage."""
    chat = call.writable_chat()
    params = call.params
    body = message_text(params.string("text"), params.string("parse_mode"), call.entities("entities"))
    return _post(call, chat, body)


def _file(call: MethodCall, kind: str) -> StoredFile:
    """The file of the call: a new one, or one the bot knows by its id."""
    upload = call.params.upload(kind)
    if upload is not None:
        if not upload.data:
            raise BadRequestError("file must be non-empty")
        return call.world.store_file(upload.name, upload.mime_type, upload.data)
    reference = call.params.string(kind)
    if not reference:
        raise BadRequestError(f"there is no {kind} in the request")
    if reference in call.world.files:
        return call.world.files[reference]
    if reference.startswith(("http://", "https://")):
        raise BadRequestError("failed to get HTTP URL content")  # the sandbox reaches nothing outside
    raise BadRequestError("wrong file identifier/HTTP URL specified")


def _caption(call: MethodCall) -> Text:
    params = call.params
    return caption(params.string("caption"), params.string("parse_mode"), call.entities("caption_entities"))


def send_document(call: MethodCall) -> object:
    """SendDocument."""
    chat = call.writable_chat()
    body = _caption(call)
    return _post(call, chat, body, Media(kind="document", file=_file(call, "document")))


def send_photo(call: MethodCall) -> object:
    """SendPhoto; takes PNG and JPEG."""
    chat = call.writable_chat()
    body = _caption(call)
    file = _file(call, "photo")
    if file.size > PHOTO_BYTES:
        raise BadRequestError("file is too big")
    size = image_size(file.data)
    if size is None:
        raise BadRequestError("IMAGE_PROCESS_FAILED")
    return _post(call, chat, body, Media(kind="photo", file=file, width=size[0], height=size[1]))


def send_chat_action(call: MethodCall) -> object:
    """SendChatAction."""
    chat = call.writable_chat()
    _thread(call, chat)
    action = call.params.string("action")
    if action not in ACTIONS:
        raise BadRequestError("wrong parameter action in request")
    call.world.tell_chat(chat, "action", {"action": action})
    return True


METHODS = (
    Method("sendMessage", send_message, Cost.SEND),
    Method("sendDocument", send_document, Cost.SEND),
    Method("sendPhoto", send_photo, Cost.SEND),
    Method("sendChatAction", send_chat_action),
)
