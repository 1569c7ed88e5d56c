"""Elements of a feed by the names their namespaces give them, and what they hold. Pure."""

import base64
import binascii
import html
import re
from collections.abc import Iterable, Iterator

from lxml import etree

from digests.gather.urls import web_address

Fields = dict[str, list[etree._Element]]  # noqa: SLF001 - lxml has no public name for the type
"""The children of an element: name -> elements of that name, in order."""

_BASE = "{http://www.w3.org/XML/1998/namespace}base"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

_PREFIXES = {
    "": "",
    "http://www.w3.org/2005/atom": "atom:",
    "http://purl.org/atom/ns#": "atom:",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://www.w3.org/1999/xhtml": "xhtml:",
    "http://www.sitemaps.org/schemas/sitemap/0.9": "",
    "http://www.google.com/schemas/sitemap-news/0.9": "news:",
    "http://www.google.com/schemas/sitemap-image/1.1": "image:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://purl.org/rss/1.0/modules/syndication/": "sy:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://search.yahoo.com/mrss": "media:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
}
_BY_PREFIX = set(_PREFIXES.values()) - {""}

_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "source", "track", "wbr"})
_MARKUP = re.compile(r"</[a-zA-Z][\w:-]*\s*>|<(?:br|hr|img|p)\b|&(?:#\w+|\w+);")


class Names:
    """Short names of elements. own: the prefix of the format itself, which its elements go without."""

    def __init__(self, own: str = "") -> None:
        self._own = own
        self._known: dict[str, str] = {}

    def __call__(self, element: etree._Element) -> str:
        """`title`, `dc:creator`, ...: by the namespace where it is known, else by the prefix that the feed wrote."""
        tag = element.tag
        name = self._known.get(tag)
        if name is None:
            name = self._known[tag] = self._short(tag, element.prefix)
        return name

    def fields(self, element: etree._Element) -> Fields:
        """The children by name."""
        found: Fields = {}
        for child in element:
            found.setdefault(self(child), []).append(child)
        return found

    def _short(self, tag: str, prefix: str | None) -> str:
        namespace, _, local = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
        short = _PREFIXES.get(namespace.strip().lower())
        if short is None:  # some write another address for a namespace, and hardly anyone another prefix
            short = f"{prefix.lower()}:" if prefix and f"{prefix.lower()}:" in _BY_PREFIX else "?:" if prefix else ""
        # A prefix that was never declared stays part of the name.
        return (short + local.lower()).removeprefix("rss:").removeprefix(self._own)


def text(element: etree._Element) -> str:
    """All its words, as references or CDATA hold them, without elements."""
    if not len(element):
        return (element.text or "").strip()
    return "".join(element.itertext()).strip()


def texts(fields: Fields, *names: str) -> Iterator[str]:
    """What the elements of these names say, without those that say nothing."""
    for name in names:
        for element in fields.get(name, ()):
            if found := text(element):
                yield found


def first(fields: Fields, *names: str) -> str:
    """What the first of these says, "" when none says anything."""
    return next(texts(fields, *names), "")


def attribute(fields: Fields, name: str, wanted: str) -> str:
    """An attribute of the first element of that name, in whatever case it is written; "" without one."""
    for element in fields.get(name, ())[:1]:
        for key, value in element.items():
            if key.lower() == wanted:
                return str(value).strip()
    return ""


def joined(names: Iterable[str]) -> str:
    """Several names of people as one line, each once."""
    return ", ".join(dict.fromkeys(" ".join(name.split()) for name in names))


def markup(element: etree._Element) -> str:
    """HTML that an element holds, be it escaped, in CDATA or naked."""
    if not len(element):
        return element.text or ""
    parts = [element.text or ""]
    for child in element:
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


def base_of(element: etree._Element, base: str) -> str:
    """The base of addresses in it (XML Base)."""
    own = element.get(_BASE)
    return (web_address(own, base) or base) if own else base


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
        attributes = "".join(f' {key.rpartition("}")[2]}="{html.escape(value)}"' for key, value in element.items())
        parts.append(f"<{name}{attributes}>" + html.escape(element.text or "", quote=False))
        for child in element:
            _write(child, parts)
        if name not in _VOID:
            parts.append(f"</{name}>")
    parts.append(html.escape(element.tail or "", quote=False))
