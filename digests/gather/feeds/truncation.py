"""Feeds cut short on their way: the last entry may be half there, and its last element too. Pure."""

import re

from lxml import etree

_ENTRY = re.compile(r"<(/?)(?:[\w.-]{1,40}:)?(?:item|entry)(?=[\s>/])", re.IGNORECASE)
_TAIL = 400_000
"""Characters searched for the beginning of the last entry and element; of a longer one nothing is known to be whole."""


def without_half_tag(text: str) -> str:
    """`text` without the tag, or the CDATA section, that begins at its end and never ends."""
    if (at := text.rfind("<![CDATA[")) > text.rfind("]]>"):
        text = text[:at]
    return text[:at] if (at := text.rfind("<")) > text.rfind(">") else text


def without_half_entry(root: etree._Element, text: str) -> None:
    """Takes from the tree of `text`, which ends too early, the element that is cut, and an entry that is left without
    a title or an address.
    """
    tags = _ENTRY.findall(text, max(0, len(text) - _TAIL))
    last = _last_entry(root)
    if last is None or (tags and tags[-1]):
        return
    if len(last) and not _closed(last[-1], text[-_TAIL:]):
        last.remove(last[-1])
    parent = last.getparent()
    if parent is not None and not {"title", "link"} <= {_name(child) for child in last}:
        parent.remove(last)


def entries_in(root: etree._Element) -> int:
    """How many entries the tree has, whatever its format."""
    return sum(1 for element in root.iter(etree.Element) if _name(element) in {"item", "entry"})


def _last_entry(root: etree._Element) -> etree._Element | None:
    """The entry at the end of the tree, if that is how it ends."""
    element = root
    while len(element):
        element = element[-1]
        if _name(element) in {"item", "entry"}:
            return element
    return None


def _closed(element: etree._Element, text: str) -> bool:
    """Whether the last of the elements of this name ends in `text`."""
    written = element.tag.rpartition("}")[2]
    name = f"{element.prefix}:{written}" if element.prefix else written
    opened = text.rfind(f"<{name}")
    itself = text[: text.find(">", opened)].endswith("/")
    return opened >= 0 and (itself or text.find(f"</{name}", opened) >= 0)


def _name(element: etree._Element) -> str:
    return str(element.tag.rpartition("}")[2].rpartition(":")[2].lower())
