"""HTML that elements of a feed hold: escaped, in CDATA, naked, or packed. Pure."""

import base64
import binascii
import html
import re

from lxml import etree

_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "source", "track", "wbr"})
_KEPT = ("href", "src", "alt", "title")
"""Attributes of naked markup that say something. To list all of an element's takes lxml quadratic time."""

_MOST_PARTS = 100_000
"""Tags and texts of naked markup: more than the longest article has."""

_MARKUP = re.compile(r"</[a-zA-Z][\w:-]*\s*>|<(?:br|hr|img|p)\b|&(?:#\w+|\w+);")


def markup(element: etree._Element) -> str:
    """HTML that an element holds, be it escaped, in CDATA or naked."""
    if not len(element):
        return element.text or ""
    parts = [element.text or ""]
    for child in element:
        if len(parts) > _MOST_PARTS:
            break
        _write(child, parts)
    return "".join(parts).strip()


def construct(element: etree._Element) -> str:
    """HTML of a text construct of Atom (RFC 4287, section 3.1) or Atom 0.3 (`mode`)."""
    kind = (element.get("type") or "text").strip().lower()
    if len(element):
        only = element[0] if len(element) == 1 else None
        wraps = only is not None and only.tag.endswith("}div") and not (element.text or "").strip()
        return markup(only) if wraps and only is not None else markup(element)
    written = element.text or ""
    if element.get("mode") == "base64":
        return _unpacked(written)
    if "html" in kind:
        return written
    if kind.startswith(("image/", "audio/", "video/")):
        return ""
    if kind not in {"text", "text/plain"} and "xml" not in kind:
        written = _unpacked(written)
    # Many leave the type out and write HTML: what looks like it is meant so.
    return written if _MARKUP.search(written) else html.escape(written, quote=False)


def _unpacked(written: str) -> str:
    try:
        return base64.b64decode("".join(written.split()), validate=True).decode()
    except (binascii.Error, ValueError):
        return written


def _write(element: etree._Element, parts: list[str]) -> None:
    """`element` as HTML at the end of `parts`; no deeper than libxml2 lets elements be."""
    tag = element.tag
    if isinstance(tag, str):
        name = tag.rpartition("}")[2].lower()
        attributes = "".join(f' {key}="{html.escape(value)}"' for key in _KEPT if (value := element.get(key)))
        parts.append(f"<{name}{attributes}>" + html.escape(element.text or "", quote=False))
        for child in element:
            _write(child, parts)
        if name not in _VOID:
            parts.append(f"</{name}>")
    parts.append(html.escape(element.tail or "", quote=False))
