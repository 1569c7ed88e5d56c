"""Long lists in Telegram's HTML -> messages within its limits, cut where a reader would cut them. Pure."""

import html
import re
from collections.abc import Iterable, Iterator

from bot.render import MAX_BYTES, MAX_ENTITIES, MAX_UNITS, units_of

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-z-]+)[^>]*>")
_WORDS = re.compile(r"\s+|(?:<[^>]*>|[^\s<])+")
_SIGNS = re.compile(r"<[^>]*>|&#?\w{1,10};|.", re.DOTALL)


def in_messages(blocks: Iterable[str], *, between: str = "\n\n") -> list[str]:
    """The blocks, parted by `between`, in as few messages as hold them.

    A block stays whole if one message can hold it; if not, its lines do; if not, the words of its lines. Tags that are
    open where a message ends are closed there and opened again in the next.
    """
    messages: list[str] = []
    text = ""
    for parting, piece in (piece for block in blocks for piece in _pieces(block, between)):
        if text and _fits(f"{text}{parting}{piece}"):
            text += parting + piece
            continue
        if text:
            messages.append(text.rstrip())
        text = piece.lstrip()
    return list(_closed([*messages, text]))


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters, marked as cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _pieces(block: str, between: str) -> Iterator[tuple[str, str]]:
    """The block in pieces that fit, each behind what parts it from the one before."""
    if _fits(block):
        yield between, block
        return
    for number, line in enumerate(block.split("\n")):
        parting = "\n" if number else between
        if _fits(line):
            yield parting, line
            continue
        for word in _WORDS.findall(line):
            for piece in [word] if _fits(word) else _SIGNS.findall(word):
                yield parting, piece
                parting = ""


def _fits(text: str) -> bool:
    units = units_of(html.unescape(_TAG.sub("", text)))
    # Tags of the message before that have to be opened again are few, and the limits leave room for them.
    entities = sum(not tag["close"] for tag in _TAG.finditer(text)) + _DEEPEST
    return units <= MAX_UNITS and entities <= MAX_ENTITIES and len(text.encode(errors="replace")) <= MAX_BYTES


_DEEPEST = 5


def _closed(messages: Iterable[str]) -> Iterator[str]:
    """Each with its tags in pairs."""
    tags: list[re.Match[str]] = []
    for message in messages:
        opening = "".join(tag[0] for tag in tags)
        for tag in _TAG.finditer(message):
            if not tag["close"]:
                tags.append(tag)
            elif tags:
                tags.pop()
        yield opening + message + "".join(f"</{tag['name']}>" for tag in reversed(tags))
