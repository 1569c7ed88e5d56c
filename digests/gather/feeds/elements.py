"""Elements of a feed by the names their namespaces give them, and the words in them. Pure."""

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


class Names:
    """Short names of elements.

    own: the prefix of the format itself, which its elements go without.
    home: an element of the format; whatever its namespace is called, the format's elements are in it.
    """

    def __init__(self, own: str = "", *, home: etree._Element | None = None) -> None:
        self._own = own
        self._home = home.tag.rpartition("}")[0] if home is not None else ""
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
        known = self._known
        for child in element:
            name = known.get(child.tag) or self(child)
            if name in found:
                found[name].append(child)
            else:
                found[name] = [child]
        return found

    def _short(self, tag: str, prefix: str | None) -> str:
        namespace, _, local = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
        short = _PREFIXES.get(namespace.strip().lower())
        if short is None and self._home == f"{{{namespace}":
            short = self._own
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


def dates(fields: Fields, names: Iterable[str]) -> Iterator[str]:
    """What the elements of these names say; of several of one name the last first, as feedparser has it."""
    for name in names:
        for element in reversed(fields.get(name, ())):
            yield text(element)


def joined(names: Iterable[str]) -> str:
    """Several names of people as one line, each once."""
    return ", ".join(dict.fromkeys(" ".join(name.split()) for name in names))


def base_of(element: etree._Element, base: str) -> str:
    """The base of addresses in it (XML Base)."""
    own = element.get(_BASE)
    return (web_address(own, base) or base) if own else base
