"""Methods about messages that exist: editing, deleting, pinning, answers to buttons."""

from dataclasses import replace
from datetime import timedelta

from bot.sandbox.errors import BadRequestError
from bot.sandbox.keyboards import inline_keyboard
from bot.sandbox.limits import caption, message_text
from bot.sandbox.methods.base import Cost, Method, MethodCall
from bot.sandbox.model import JsonObject, Message
from bot.sandbox.rendering import utf16_length
from bot.sandbox.state import Chat
from bot.sandbox.wire import message_json

DELETABLE_FOR = timedelta(hours=48)
"""How long messages of a private chat can be deleted."""
ANSWER_LIMIT = 200
"""UTF-16 code units of a callback answer."""
MAX_DELETED = 100
"""Messages of one deleteMessages."""
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def _own_message(call: MethodCall) -> tuple[Chat, Message]:
    """The message to edit, which must be the bot's own and no service message."""
    chat = call.writable_chat()
    number = call.params.integer("message_id")
    if number <= 0:
        raise BadRequestError("message identifier is not specified")
    message = chat.messages.get(number)
    if message is None:
        raise BadRequestError("message to edit not found")
    is_post = chat.type == "channel" and message.sender is None
    if not (message.from_bot or is_post) or message.service:
        raise BadRequestError("message can't be edited")
    return chat, message


def _replace(call: MethodCall, chat: Chat, old: Message, new: Message) -> JsonObject:
    if (old.body, old.keyboard, old.extra) == (new.body, new.keyboard, new.extra):
        raise BadRequestError(_NOT_MODIFIED)
    stored = call.world.replace(chat, replace(new, edited_at=call.world.clock()))
    return message_json(call.world, stored)


def edit_message_text(call: MethodCall) -> object:
    """EditMessageText; without reply_markup the keyboard goes."""
    chat, old = _own_message(call)
    if old.media is not None:
        raise BadRequestError("there is no text in the message to edit")
    params = call.params
    body = message_text(params.string("text"), params.string("parse_mode"), call.entities("entities"), editing=True)
    preview = params.json("link_preview_options")
    extra = {key: value for key, value in old.extra.items() if key != "link_preview_options"}
    if preview is None and params.flag("disable_web_page_preview"):
        preview = {"is_disabled": True}
    if preview:
        extra["link_preview_options"] = preview
    keyboard = inline_keyboard(params.json("reply_markup"))
    return _replace(call, chat, old, replace(old, body=call.known(body), keyboard=keyboard, extra=extra))


def edit_message_caption(call: MethodCall) -> object:
    """EditMessageCaption; without reply_markup the keyboard goes."""
    chat, old = _own_message(call)
    if old.media is None:
        raise BadRequestError("there is no caption in the message to edit")
    params = call.params
    body = caption(params.string("caption"), params.string("parse_mode"), call.entities("caption_entities"))
    keyboard = inline_keyboard(params.json("reply_markup"))
    return _replace(call, chat, old, replace(old, body=call.known(body), keyboard=keyboard))


def edit_message_reply_markup(call: MethodCall) -> object:
    """EditMessageReplyMarkup; without reply_markup the keyboard goes."""
    chat, old = _own_message(call)
    return _replace(call, chat, old, replace(old, keyboard=inline_keyboard(call.params.json("reply_markup"))))


def _refusal_to_delete(call: MethodCall, chat: Chat, number: int) -> str:
    """Why the message cannot be deleted; empty where it can."""
    message = chat.messages.get(number)
    if message is None:
        return "message to delete not found"
    if chat.is_private:
        too_old = call.world.clock() - message.sent_at > DELETABLE_FOR
        return "message can't be deleted for everyone" if too_old else ""
    if message.from_bot or chat.is_admin(call.world.bot.id):
        return ""
    return "message can't be deleted"


def delete_message(call: MethodCall) -> object:
    """DeleteMessage."""
    chat = call.writable_chat()
    number = call.params.integer("message_id")
    refusal = _refusal_to_delete(call, chat, number)
    if refusal:
        raise BadRequestError(refusal)
    call.world.remove(chat, number)
    return True


def delete_messages(call: MethodCall) -> object:
    """DeleteMessages; unknown ones are skipped."""
    chat = call.writable_chat()
    numbers = call.params.json("message_ids")
    if not isinstance(numbers, list) or not numbers:
        raise BadRequestError("message identifiers are not specified")
    if len(numbers) > MAX_DELETED:
        raise BadRequestError("too many message identifiers specified")
    for number in numbers:
        if not _refusal_to_delete(call, chat, int(number)):
            call.world.remove(chat, int(number))
    return True


def pin_chat_message(call: MethodCall) -> object:
    """PinChatMessage; in groups only an administrator can."""
    chat = call.writable_chat()
    number = call.params.integer("message_id")
    if not chat.is_private and not chat.is_admin(call.world.bot.id):
        raise BadRequestError("not enough rights to manage pinned messages in the chat")
    if number not in chat.messages:
        raise BadRequestError("message to pin not found")
    chat.pinned = number
    return True


def unpin_chat_message(call: MethodCall) -> object:
    """UnpinChatMessage."""
    chat = call.writable_chat()
    if chat.pinned is None:
        raise BadRequestError("message to unpin not found")
    chat.pinned = None
    return True


def answer_callback_query(call: MethodCall) -> object:
    """AnswerCallbackQuery; once only, and within some seconds of the press."""
    world, params = call.world, call.params
    callback = world.callbacks.get(params.string("callback_query_id"))
    if callback is None or callback.answer is not None or world.timer() - callback.pressed > call.callback_seconds:
        raise BadRequestError("query is too old and response timeout expired or query ID is invalid")
    text, url = params.string("text"), params.string("url")
    if utf16_length(text) > ANSWER_LIMIT:
        raise BadRequestError("MESSAGE_TOO_LONG")
    if url and not url.startswith(
        (f"https://t.me/{world.bot.username}?start=", f"tg://resolve?domain={world.bot.username}")
    ):
        raise BadRequestError("URL_INVALID")
    callback.answer = {"text": text, "show_alert": params.flag("show_alert"), "url": url}
    details = {**callback.answer, "id": callback.id}
    world.tell_chat(world.chats[callback.chat_id], "answer", details, user_id=callback.user_id)
    return True


METHODS = (
    Method("editMessageText", edit_message_text, Cost.EDIT),
    Method("editMessageCaption", edit_message_caption, Cost.EDIT),
    Method("editMessageReplyMarkup", edit_message_reply_markup, Cost.EDIT),
    Method("deleteMessage", delete_message),
    Method("deleteMessages", delete_messages),
    Method("pinChatMessage", pin_chat_message),
    Method("unpinChatMessage", unpin_chat_message),
    Method("answerCallbackQuery", answer_callback_query),
)
