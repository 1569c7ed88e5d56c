"""Methods that keep the bot's name, descriptions and menu buttons."""

from collections.abc import Mapping
from functools import partial

from bot.sandbox.errors import BadRequestError
from bot.sandbox.methods.base import Method, MethodCall
from bot.sandbox.methods.commands import language_code
from bot.sandbox.model import JsonObject

_LIMITS = {"name": 64, "description": 512, "short_description": 120}
_TITLES = {"name": "name", "description": "description", "short_description": "short description"}


def set_text(field: str, call: MethodCall) -> object:
    """SetMyName, setMyDescription, setMyShortDescription."""
    text = call.params.string(field).strip()
    if len(text) > _LIMITS[field]:
        raise BadRequestError(f"bot {_TITLES[field]} is too long")
    call.world.profile.set_text(field, language_code(call), text)
    call.world.tell_everybody()
    return True


def get_text(field: str, call: MethodCall) -> object:
    """GetMyName, getMyDescription, getMyShortDescription."""
    return {field: call.world.profile.text(field, language_code(call))}


def _button(source: object) -> JsonObject:
    if source is None:
        return {"type": "default"}
    if not isinstance(source, Mapping) or source.get("type") not in {"default", "commands", "web_app"}:
        raise BadRequestError("can't parse menu button: unsupported type specified")
    if source["type"] != "web_app":
        return {"type": source["type"]}
    page = source.get("web_app")
    if not source.get("text") or not isinstance(page, Mapping):
        raise BadRequestError('can\'t parse menu button: field "text" and "web_app" are needed')
    if not str(page.get("url", "")).startswith("https://"):
        raise BadRequestError("menu button Web App URL is invalid: Only HTTPS links are allowed")
    return dict(source)


def _chat_id(call: MethodCall) -> int:
    """The private chat of the call; 0 for all."""
    if not call.params.has("chat_id"):
        return 0
    chat = call.chat()
    if not chat.is_private:
        raise BadRequestError("chat not found")
    return chat.id


def set_menu_button(call: MethodCall) -> object:
    """SetChatMenuButton."""
    call.world.profile.set_menu_button(_chat_id(call), _button(call.params.json("menu_button")))
    call.world.tell_everybody()
    return True


def get_menu_button(call: MethodCall) -> object:
    """GetChatMenuButton."""
    return call.world.profile.menu_button(_chat_id(call))


METHODS = (
    Method("setMyName", partial(set_text, "name")),
    Method("getMyName", partial(get_text, "name")),
    Method("setMyDescription", partial(set_text, "description")),
    Method("getMyDescription", partial(get_text, "description")),
    Method("setMyShortDescription", partial(set_text, "short_description")),
    Method("getMyShortDescription", partial(get_text, "short_description")),
    Method("setChatMenuButton", set_menu_button),
    Method("getChatMenuButton", get_menu_button),
)
