"""Entities and what they look like as Telegram HTML; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, kw_only=True)
class Entity:
    """`MessageEntity` of the Bot API. offset, length: UTF-16 code units."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    user_id: int | None = None
    custom_emoji_id: str | None = None
    unix_time: int | None = None

    @property
    def end(self) -> int:
        """The first code unit after the entity."""
        return self.offset + self.length


_TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "spoiler": ("<tg-spoiler>", "</tg-spoiler>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote expandable>", "</blockquote>"),
    "text_link": ('<a href="{url}">', "</a>"),
    "text_mention": ('<a href="tg://user?id={user_id}">', "</a>"),
    "custom_emoji": ('<tg-emoji emoji-id="{custom_emoji_id}">', "</tg-emoji>"),
    "date_time": ('<tg-time unix="{unix_time}">', "</tg-time>"),
}
_CODE_TAGS = ('<pre><code class="language-{language}">', "</code></pre>")


def utf16_length(text: str) -> int:
    """The length of `text` as Telegram counts it: in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def utf16_slice(text: str, offset: int, length: int) -> str:
    """The part of `text` that an entity with this offset and length covers."""
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le")


def _tags(entity: Entity) -> tuple[str, str]:
    """The opening and the closing tag; two empty strings for what Telegram marks up by itself."""
    opening, closing = _CODE_TAGS if entity.language else _TAGS.get(entity.type, ("", ""))
    details = {name: escape(str(value)) for name, value in vars(entity).items()}
    return opening.format_map(details), closing


def to_html(text: str, entities: Sequence[Entity]) -> str:
    """`text` with `entities` written as tags; where two entities cross, the inner one is closed and opened again."""
    units = text.encode("utf-16-le")
    bounds = sorted({0, len(units) // 2, *(e.offset for e in entities), *(e.end for e in entities)})
    waiting = sorted(entities, key=lambda entity: (entity.offset, -entity.length), reverse=True)
    opened: list[Entity] = []
    parts: list[str] = []
    for start, end in zip(bounds, [*bounds[1:], bounds[-1]], strict=True):
        outermost = next((i for i, entity in enumerate(opened) if entity.end <= start), len(opened))
        parts += [_tags(entity)[1] for entity in reversed(opened[outermost:])]
        kept = [entity for entity in opened[outermost:] if entity.end > start]
        while waiting and waiting[-1].offset <= start:
            kept.append(waiting.pop())
        parts += [_tags(entity)[0] for entity in kept]
        opened[outermost:] = kept
        parts.append(escape(units[2 * start : 2 * end].decode("utf-16-le"), quote=False))
    return "".join(parts)
