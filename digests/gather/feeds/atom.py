"""Atom 1.0 (RFC 4287) and 0.3, with Media RSS and Dublin Core as they are found in it."""

from collections.abc import Iterator

from lxml import etree

from digests.gather.feeds.elements import LANGUAGE, Fields, Names, base_of, dates, first, joined, texts
from digests.gather.feeds.entries import Head, Written, newest
from digests.gather.feeds.markup import construct
from digests.gather.feeds.pictures import pictures
from digests.gather.urls import web_address

_DATES = ("published", "issued", "updated", "modified", "dc:date", "pubdate", "dcterms:issued", "created")
_HTMLS = ("content", "summary", "description", "content:encoded", "media:description")
_PAGES = ("", "text/html", "application/xhtml+xml")


def read(root: etree._Element, url: str) -> tuple[Head, list[Written]]:
    """What the feed says of itself, and its entries in its order."""
    names = Names("atom:", home=root)
    fields = names.fields(root)
    base = base_of(root, url)
    # Some write the entries of RSS between the lines of Atom.
    children = (*fields.get("entry", ()), *fields.get("item", ()))
    entries = [(child, names.fields(child)) for child in children]
    head = Head(
        title=next(map(construct, fields.get("title", ())), ""),
        link=web_address(next(_links(fields, base), ""), base),
        language=root.get(LANGUAGE, "") or first(fields, "language", "dc:language"),
    )
    return head, [_entry(names, *one, base) for one in newest(entries, lambda one: dates(one[1], _DATES))]


def _entry(names: Names, entry: etree._Element, fields: Fields, base: str) -> Written:
    base = base_of(entry, base)
    own = first(fields, "id", "guid")
    groups = [names.fields(group) for group in fields.get("media:group", ())]
    texts_ = [element for some in (fields, *groups) for name in _HTMLS for element in some.get(name, ())]
    titles = (construct(element) for name in ("title", "dc:title", "media:title") for element in fields.get(name, ()))
    return Written(
        key=own,
        title=next((title for title in titles if title.strip()), ""),
        author=joined(_authors(names, fields)),
        links=[*texts(fields, "feedburner:origlink"), *_links(fields, base), _id_as_link(own)],
        htmls=[construct(element) for element in texts_],
        images=list(pictures(fields)),
        dates=list(dates(fields, _DATES)),
        base=base,
    )


def _links(fields: Fields, base: str) -> Iterator[str]:
    """Addresses of the page itself, absolute, the likeliest first."""
    alternates = [one for one in fields.get("link", ()) if one.get("rel", "alternate").strip().lower() == "alternate"]
    pages = [one for one in alternates if one.get("type", "").partition(";")[0].strip().lower() in _PAGES]
    others = [one for one in alternates if one not in pages]
    for link in (*pages, *others):
        written = link.get("href") or link.text or ""
        own = base_of(link, base)
        yield written if own is base else web_address(written, own, anchors=True)
    for content in fields.get("content", ()):  # an article that lies elsewhere: RFC 4287, section 4.1.3.2
        yield web_address(content.get("src", ""), base_of(content, base), anchors=True)


def _id_as_link(own: str) -> str:
    """An id that is an address, whole or of the site; RFC 4287 asks for no more than an IRI that is unique."""
    return own if own.startswith(("http", "/")) else ""


def _authors(names: Names, fields: Fields) -> Iterator[str]:
    """Each as feedparser writes it: the name with the address, or either, or what stands there without elements."""
    for element in fields.get("author", ()):
        parts = names.fields(element)
        name, address = first(parts, "name"), first(parts, "email")
        yield f"{name} ({address})" if name and address else name or address or (element.text or "")
    yield from texts(fields, "dc:creator") if not fields.get("author") else ()
