"""Limits of Telegram on texts, and the words of each refusal (Bot API page, sendMessage and editMessageText)."""

from collections.abc import Collection
from functools import lru_cache

from bot.sandbox.entities import compose, parse
from bot.sandbox.errors import BadRequestError
from bot.sandbox.model import Text
from bot.sandbox.rendering import Entity, utf16_length

TEXT_LIMIT = 4096
"""UTF-16 code units of a message."""
CAPTION_LIMIT = 1024
"""UTF-16 code units of a caption."""
RAW_LIMIT = 32 * 1024
"""Bytes of a text with its markup; more is not even parsed."""


@lru_cache(maxsize=200)  # an edition goes to many
def _marked_up(raw: str, parse_mode: str) -> Text:
    return compose(*parse(raw, parse_mode))


def _parsed(raw: str, parse_mode: str, entities: Collection[Entity]) -> Text:
    if len(raw.encode(errors="replace")) > RAW_LIMIT:
        raise BadRequestError("text is too long")
    if parse_mode:
        return _marked_up(raw, parse_mode)
    end = utf16_length(raw)
    for entity in entities:
        if entity.offset < 0 or entity.end > end:
            raise BadRequestError(f"entity beginning at UTF-16 offset {entity.offset} ends after the end of the text")
    return compose(raw, entities)


def message_text(raw: str, parse_mode: str, entities: Collection[Entity], *, editing: bool = False) -> Text:
    """The text of a message as Telegram takes it; `entities` count only where there is no `parse_mode`.

    Raises:
        BadRequestError: empty, invisible, too long, or its markup is wrong.
    """
    if not raw:
        raise BadRequestError("message text is empty")
    text = _parsed(raw, parse_mode, entities)
    if not text.text:
        raise BadRequestError("text must be non-empty")
    if utf16_length(text.text) > TEXT_LIMIT:
        raise BadRequestError("MESSAGE_TOO_LONG" if editing else "message is too long")
    return text


def caption(raw: str, parse_mode: str, entities: Collection[Entity]) -> Text:
    """The caption of a photo or a document as Telegram takes it; it may be empty.

    Raises:
        BadRequestError: too long, or its markup is wrong.
    """
    text = _parsed(raw, parse_mode, entities)
    if utf16_length(text.text) > CAPTION_LIMIT:
        raise BadRequestError("message caption is too long")
    return text
