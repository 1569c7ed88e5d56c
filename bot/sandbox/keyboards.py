"""`reply_markup` -> rows of inline buttons, refused where Telegram refuses; pure."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from bot.sandbox.entities import valid_link
from bot.sandbox.errors import BadRequestError
from bot.sandbox.model import Button, JsonObject, Keyboard

MAX_BUTTONS = 100
"""Buttons of one message (python-telegram-bot's constants; undocumented)."""
MAX_ROW = 8
"""Buttons of one row (the same source)."""
MAX_DATA_BYTES = 64
"""Bytes of callback_data; at least one."""

_NESTED = {"web_app": "url", "copy_text": "text"}
_PLAIN = ("callback_data", "url", "switch_inline_query", "switch_inline_query_current_chat")
_OTHER_MARKUPS = ("keyboard", "remove_keyboard", "force_reply")


def _button_error(reason: str) -> BadRequestError:
    return BadRequestError(f"can't parse inline keyboard button: {reason}")


def _checked_url(url: str) -> str:
    """The address as Telegram completes it."""
    link = valid_link(url)
    if link is None:
        scheme = urlsplit(url).scheme
        reason = "Wrong HTTP URL" if scheme in {"", "http", "https"} else "Unsupported URL protocol"
        raise BadRequestError(f"inline keyboard button URL '{url}' is invalid: {reason}")
    return link


def _nested_button(text: str, source: Mapping[str, object]) -> Button | None:
    """A button whose kind is an object around one string."""
    for kind, inside in _NESTED.items():
        holder = source.get(kind)
        if isinstance(holder, Mapping):
            value = str(holder.get(inside, ""))
            if kind == "web_app" and not value.startswith("https://"):
                raise BadRequestError(
                    f"inline keyboard button Web App URL '{value}' is invalid: Only HTTPS links are allowed"
                )
            return Button(text=text, kind=kind, value=value)
    return None


def _plain_button(text: str, source: Mapping[str, object]) -> Button | None:
    """A button whose kind is a string; empty data or an empty address is as good as none."""
    for kind in _PLAIN:
        value = source.get(kind)
        if not isinstance(value, str) or (kind in {"callback_data", "url"} and not value):
            continue
        if kind == "callback_data" and len(value.encode()) > MAX_DATA_BYTES:
            raise BadRequestError("BUTTON_DATA_INVALID")
        return Button(text=text, kind=kind, value=_checked_url(value) if kind == "url" else value)
    return None


def _button(source: object) -> Button:
    if not isinstance(source, Mapping):
        raise _button_error("InlineKeyboardButton must be an Object")
    text = source.get("text")
    if not isinstance(text, str):
        raise _button_error('Can\'t find field "text"')
    button = _nested_button(text, source) or _plain_button(text, source)
    if button is None:
        raise _button_error("Text buttons are unallowed in the inline keyboard")
    return button


def _rows(markup: Mapping[str, object]) -> list[list[object]]:
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise BadRequestError('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    return rows


def inline_keyboard(markup: object) -> Keyboard:
    """The inline keyboard of a `reply_markup`; empty for None and for the other sorts of markup.

    A button whose text is empty is left out without a word, and so is a row without buttons, as TDLib does.

    Raises:
        BadRequestError: the shape, an address or callback data is wrong, or there are too many buttons.
    """
    if markup is None:
        return ()
    if not isinstance(markup, Mapping):
        raise BadRequestError("object expected as reply markup")
    if "inline_keyboard" not in markup:
        if markup and not any(kind in markup for kind in _OTHER_MARKUPS):
            raise BadRequestError("can't parse reply keyboard markup JSON object")
        return ()
    keyboard = [tuple(button for button in map(_button, row) if button.text.strip()) for row in _rows(markup)]
    if sum(map(len, keyboard)) > MAX_BUTTONS or any(len(row) > MAX_ROW for row in keyboard):
        raise BadRequestError("reply markup is too long")
    return tuple(row for row in keyboard if row)


def to_json(keyboard: Keyboard) -> JsonObject:
    """`InlineKeyboardMarkup` of the Bot API."""

    def button(one: Button) -> JsonObject:
        inside = _NESTED.get(one.kind)
        return {"text": one.text, one.kind: {inside: one.value} if inside else one.value}

    return {"inline_keyboard": [[button(one) for one in row] for row in keyboard]}
