"""A message without markup, for where Telegram refuses what we marked up. Pure."""

import html
import re
from collections.abc import Iterator

from bot.render import MAX_UNITS

MOST_UNITS = MAX_UNITS // 2
"""UTF-16 units of one message: half of what Telegram promises to take, as it refused what we had counted."""

_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_MARKS = frozenset({"↗"})
"""Links that only repeat, more exactly, one that stands beside them."""


def plain_messages(marked_up: str) -> list[str]:
    """What the HTML says, each link followed by its address, in messages of at most `MOST_UNITS`; at least one.

    Broken between lines, else between words, else wherever it has to be.
    """
    text = html.unescape(_TAG.sub("", _LINK.sub(_with_address, marked_up))).strip()
    return list(_split(text)) or ["…"]


def _with_address(link: re.Match[str]) -> str:
    address, shown = link[1], link[2]
    if _TAG.sub("", shown).strip() in _MARKS:
        return ""
    return f"{shown} ({address})"


def _split(text: str) -> Iterator[str]:
    while text:
        fitting = text.encode("utf-16-le", "surrogatepass")[: 2 * MOST_UNITS].decode("utf-16-le", "ignore")
        if len(fitting) == len(text):
            yield text
            return
        end = next((at for sign in ("\n", " ") if (at := fitting.rfind(sign)) > 0), len(fitting))
        if piece := text[:end].rstrip():
            yield piece
        text = text[end:].lstrip()
