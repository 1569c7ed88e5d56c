"""RSS 0.9x and 2.0 (https://www.rssboard.org/rss-specification), RSS 1.0 (http://purl.org/rss/1.0/), the modules that
news use: content, Dublin Core, syndication, Media RSS, iTunes, Atom, FeedBurner, and what RSS came from: CDF
(https://www.w3.org/TR/NOTE-CDFsubmit.html).
"""

from collections.abc import Iterator
from datetime import timedelta

from lxml import etree

from digests.gather.feeds.elements import Fields, Names, base_of, dates, first, joined, texts
from digests.gather.feeds.entries import Head, Written, newest
from digests.gather.feeds.markup import markup
from digests.gather.feeds.pictures import pictures
from digests.gather.urls import web_address

_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_DATES = (
    *("pubdate", "atom:published", "dcterms:issued", "published"),
    *("dc:date", "atom:updated", "dcterms:modified", "updated", "date", "dcterms:created"),
)
_HTMLS = (
    *("description", "content:encoded", "encoded", "content", "body", "xhtml:body", "xhtml:div", "fullitem"),
    *("atom:content", "atom:summary", "itunes:summary", "media:description", "dc:description", "abstract"),
    "itunes:subtitle",
)
_MINUTES = {"hourly": 60, "daily": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
_LONGEST = 525_600


def read(root: etree._Element, url: str) -> tuple[Head, list[Written]]:
    """What the feed says of itself, and its entries in its order."""
    names = Names(home=root)
    channels = [child for child in root if names(child) == "channel"]
    channel = channels[0] if channels else root
    fields = names.fields(channel)
    link = _link(fields) or _attribute(channel, "href")
    base = base_of(channel, base_of(root, "") if channels else "")
    # Without xml:base addresses are relative to the site: the feed itself may lie anywhere.
    base = web_address(base, url) or web_address(link) or url
    items = [(child, names.fields(child)) for parent in (*channels, root) for child in parent if names(child) == "item"]
    head = Head(
        title=first(fields, "title", "dc:title", "atom:title"),
        link=link,
        language=first(fields, "language", "dc:language"),
        ttl=_ttl(fields),
        skip_hours=_skip_hours(names, fields),
    )
    return head, [_entry(*one, base) for one in newest(items, lambda one: dates(one[1], _DATES))]


def _entry(item: etree._Element, fields: Fields, base: str) -> Written:
    own = first(fields, "guid", "id", "atom:id")
    links = [first(fields, "feedburner:origlink"), _link(fields)]
    if _is_permalink(fields) and own.startswith(("http", "/")):
        links.append(own)  # by default an id is an address, and one that does not look like it is not
    about = item.get(_ABOUT, "")
    dates_, attributes = list(dates(fields, _DATES)), item.attrib
    if attributes:
        links += [about, _attribute(item, "href")]
        dates_.append(_attribute(item, "lastmod"))
    return Written(
        key=own or about,
        title=next((said for element in _titles(fields) if (said := markup(element).strip())), ""),
        author=joined(_authors(fields)),
        links=links,
        htmls=[markup(element) for name in _HTMLS for element in fields.get(name, ())],
        images=list(pictures(fields)),
        dates=dates_,
        base=base_of(next(iter(fields.get("link", ())), item), base_of(item, base)),
    )


def _attribute(element: etree._Element, name: str) -> str:
    """Of CDF, which says in attributes what RSS says in elements, and mostly in capitals."""
    return element.get(name.upper()) or element.get(name) or ""


def _is_permalink(fields: Fields) -> bool:
    guid = next(iter(fields.get("guid", ())), None)
    return guid is None or (guid.get("isPermaLink") or guid.get("ispermalink") or "").strip().lower() != "false"


def _titles(fields: Fields) -> Iterator[etree._Element]:
    for name in ("title", "dc:title", "atom:title", "media:title", "itunes:title"):
        yield from fields.get(name, ())


def _link(fields: Fields) -> str:
    """The address of the page: as text, or as Atom writes it, in an attribute."""
    alternate = (
        element.get("href", "")
        for name in ("link", "atom:link")
        for element in fields.get(name, ())
        if element.get("rel", "alternate") == "alternate"
    )
    # Escaped twice, or escaped in CDATA: no address has `&amp;` in it.
    written = first(fields, "link").replace("&amp;", "&")
    return written or next((found for found in alternate if found), "") or first(fields, "url")


def _authors(fields: Fields) -> list[str]:
    """Those of the first way of naming them that is used."""
    for name in ("dc:creator", "author", "dc:author", "atom:author", "itunes:author"):
        found = []
        for element in fields.get(name, ()):
            named = next((child for child in element if str(child.tag).endswith("name")), element)
            found.append("".join(named.itertext()))
        if any(map(str.strip, found)):
            return found
    return []


def _ttl(fields: Fields) -> timedelta | None:
    """How long the feed says it stays as it is: `ttl` in minutes, or the syndication module's frequency."""
    period = _MINUTES.get(first(fields, "sy:updateperiod").lower(), 0)
    frequency = first(fields, "sy:updatefrequency")
    written = first(fields, "ttl")
    if written.isascii() and written.isdigit() and len(written) <= len(str(_LONGEST)):
        minutes = int(written)
    else:
        minutes = period // max(1, int(frequency) if frequency.isdecimal() and len(frequency) < 5 else 1)  # noqa: PLR2004
    return timedelta(minutes=min(minutes, _LONGEST)) if minutes else None


def _skip_hours(names: Names, fields: Fields) -> frozenset[int]:
    """The hours, in GMT, in which the feed asks not to be read. Some count to 24, and mean midnight."""
    hours = [
        hour
        for element in fields.get("skiphours", ())
        for hour in texts(names.fields(element), "hour")
        if hour.isdecimal() and len(hour) <= 2  # noqa: PLR2004
    ]
    return frozenset(int(hour) % 24 for hour in hours)
