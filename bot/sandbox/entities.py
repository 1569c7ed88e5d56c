"""Markup -> text and entities, by TDLib itself (`tdjson`), which Telegram's own Bot API server uses.

What TDLib does only on the way to the network (cleaning, trimming, the cut at 100 entities) follows
`fix_formatted_text` and `get_input_message_entities` of td/telegram/MessageEntity.cpp. A call takes 0.01-1 ms (300
entities in 9 KB: 0.7 ms), so it stays on the event loop.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from html import escape

import tdjson

from bot.sandbox.errors import BadRequestError
from bot.sandbox.model import Text
from bot.sandbox.rendering import Entity, utf16_length

MAX_ENTITIES = 100
"""The server keeps so many entities that a sender asked for, the rest is dropped silently."""

_SPLITTABLE = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
_QUOTES = frozenset({"blockquote", "expandable_blockquote"})
# Entities with a meaning besides their text: TDLib keeps them even over white space.
_HIDDEN_DATA = frozenset({"text_link", "text_mention", "custom_emoji"})
_KINDS = {
    "Bold": "bold",
    "Italic": "italic",
    "Underline": "underline",
    "Strikethrough": "strikethrough",
    "Spoiler": "spoiler",
    "Code": "code",
    "Pre": "pre",
    "PreCode": "pre",
    "TextUrl": "text_link",
    "MentionName": "text_mention",
    "CustomEmoji": "custom_emoji",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
    "DateTime": "date_time",
    "Url": "url",
    "EmailAddress": "email",
    "BotCommand": "bot_command",
    "Mention": "mention",
    "Hashtag": "hashtag",
    "Cashtag": "cashtag",
    "PhoneNumber": "phone_number",
}
_MODES: Mapping[str, Mapping[str, object]] = {
    "html": {"@type": "textParseModeHTML"},
    "markdown": {"@type": "textParseModeMarkdown", "version": 1},
    "markdownv2": {"@type": "textParseModeMarkdown", "version": 2},
}
_BLANK = " \n"
_CONTROL = {code: " " for code in range(32) if chr(code) not in "\n\r"}
_REMOVED = re.compile("[\r\u2028-\u202e\u030a\u0333\u033f]")


@cache
def _tdlib_is_quiet() -> bool:
    """Silences TDLib's log once in a process."""
    tdjson.td_execute(json.dumps({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0}).encode())
    return True


def _execute(request: Mapping[str, object]) -> dict[str, object]:
    assert _tdlib_is_quiet()
    raw = tdjson.td_execute(json.dumps(request).encode())
    assert raw is not None  # TDLib answers every synchronous request
    answer: dict[str, object] = json.loads(raw)
    return answer


def lower_first(reason: str) -> str:
    """TDLib's error as the Bot API server words it: with a small first letter."""
    return reason[:1].lower() + reason[1:]


def _entities(found: object) -> list[Entity]:
    """TDLib's entities in the Bot API's shape; those that the Bot API does not know are left out."""
    assert isinstance(found, list)
    result = []
    for one in found:
        kind = _KINDS.get(one["type"]["@type"].removeprefix("textEntityType"))
        if kind is not None:
            details = {
                key: one["type"].get(key) for key in ("url", "language", "user_id", "custom_emoji_id", "unix_time")
            }
            result.append(Entity(type=kind, offset=one["offset"], length=one["length"], **details))
    return result


def parse(text: str, parse_mode: str) -> tuple[str, list[Entity]]:
    """The text without its markup, and what the markup said.

    parse_mode: any case; empty for none.

    Raises:
        BadRequestError: the mode is unknown, or TDLib cannot parse the markup.
    """
    if not parse_mode or parse_mode.lower() == "none":
        return text, []
    mode = _MODES.get(parse_mode.lower())
    if mode is None:
        raise BadRequestError("unsupported parse_mode")
    answer = _execute({"@type": "parseTextEntities", "text": text, "parse_mode": mode})
    if answer["@type"] == "error":
        raise BadRequestError(lower_first(str(answer["message"])))
    return str(answer["text"]), _entities(answer["entities"])


def valid_link(url: str) -> str | None:
    """`url` as Telegram completes it (http:// before a bare host); None where Telegram finds it invalid."""
    _, found = parse(f'<a href="{escape(url)}">x</a>', "html")
    return found[0].url if found else None


def automatic_entities(text: str) -> list[Entity]:
    """What Telegram itself marks: URLs, addresses, @names, #tags, /commands, phone numbers."""
    return _entities(_execute({"@type": "getTextEntities", "text": text})["entities"])


def _clean(text: str, entities: Sequence[Entity]) -> tuple[str, list[Entity]]:
    """Control characters become spaces; carriage returns, direction overrides and vertical strokes go."""
    removed = [utf16_length(text[: match.start()]) for match in _REMOVED.finditer(text)]
    cleaned = _REMOVED.sub("", text).translate(_CONTROL)
    if not removed:
        return cleaned, list(entities)

    def moved(offset: int) -> int:
        return offset - sum(position < offset for position in removed)

    shifted = [replace(e, offset=moved(e.offset), length=moved(e.end) - moved(e.offset)) for e in entities]
    return cleaned, [entity for entity in shifted if entity.length]


def _without_blank_edges(text: str, entities: Iterable[Entity]) -> list[Entity]:
    """No entity starts with white space, and none covers nothing else, unless it carries hidden data."""
    units = text.encode("utf-16-le")
    result = []
    for entity in entities:
        covered = units[2 * entity.offset : 2 * entity.end].decode("utf-16-le", "replace")
        lead = len(covered) - len(covered.lstrip(_BLANK))
        if entity.type in _HIDDEN_DATA:
            result.append(entity)
        elif covered.strip(_BLANK):
            result.append(replace(entity, offset=entity.offset + lead, length=entity.length - lead))
    return result


def _trim(text: str, entities: Sequence[Entity]) -> tuple[str, list[Entity]]:
    """Blanks go from the end, and from the start as far as the first entity."""
    kept = text.rstrip(_BLANK)
    end = utf16_length(kept)
    inside = [replace(e, length=min(e.end, end) - e.offset) for e in entities if e.offset < end]
    first = min((e.offset for e in inside), default=end)
    lead = min(len(kept) - len(kept.lstrip(_BLANK)), first)
    return kept[lead:], [replace(e, offset=e.offset - lead) for e in inside]


def _within_limit(entities: Sequence[Entity]) -> list[Entity]:
    """The entities that the server keeps: links, code and quotes come first, bold and its like only after them."""
    solid = [entity for entity in entities if entity.type not in _SPLITTABLE]
    loose = [entity for entity in entities if entity.type in _SPLITTABLE]
    return (solid + loose)[:MAX_ENTITIES]


def is_blank(text: str) -> bool:
    """Whether `text` shows nothing: only spaces, control and invisible characters."""
    invisible = "\u2800\u3164\u115f\u1160\uffa0\ufffc"
    return all(c in invisible or unicodedata.category(c) in {"Zs", "Zl", "Zp", "Cc", "Cf"} for c in text)


def compose(text: str, entities: Iterable[Entity]) -> Text:
    """A text with the sender's entities as Telegram stores it; an invisible text comes back empty.

    Raises:
        BadRequestError: the text is no valid Unicode (a lone surrogate).
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise BadRequestError("strings must be encoded in UTF-8") from error
    ordered = sorted(entities, key=lambda entity: (entity.offset, -entity.length))
    cleaned, shifted = _clean(text, ordered)
    trimmed, own = _trim(cleaned, _without_blank_edges(cleaned, shifted))
    if is_blank(trimmed):
        return Text()
    own = _within_limit(own)
    solid = [entity for entity in own if entity.type not in _SPLITTABLE | _QUOTES]
    found = [
        entity
        for entity in automatic_entities(trimmed)
        if not any(entity.offset < other.end and other.offset < entity.end for other in solid)
    ]
    return Text(trimmed, tuple(sorted([*own, *found], key=lambda entity: (entity.offset, -entity.length))))
