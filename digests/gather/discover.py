"""Where a site keeps its feeds, and which of those found is the best. Pure, and meant for a worker process.

The order is that of miniflux's finder (internal/reader/subscription/finder.go): what the kind of site is known to have,
what the page names, what it links, where feeds usually stand.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree, html

from digests.errors import UnreadablePageError
from digests.extract.markup import MAX_BYTES, decode, require_parsable
from digests.gather.feed_address import feed_address, feed_key
from digests.gather.feeds import parse
from digests.gather.known_sites import feeds_of_page, feeds_of_site
from digests.gather.urls import article_key, web_address
from digests.model import Entry, FoundFeed

MAX_NAMED = 10
MAX_PLACES = 20
"""Addresses in all: every usual place at the root of a site that names nothing, and those under the path given."""

_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "text/xml"}
    | {"application/xml", "application/x.atom+xml", "application/x-atom+xml", "text/rss+xml", "text/atom+xml"}
    | {"application/rss", "application/atom", "application/rdf", "text/rss", "text/rdf+xml"},
)
_NO_FEED = re.compile("/wp-json/|oembed", re.IGNORECASE)
_MAX_ADDRESS = 2000
_WORDS = re.compile(r"\b(?:rss|atom|feeds?)\b", re.IGNORECASE)
_LIKE_A_FEED = re.compile(
    r"(?:^|[/.?&=_-])(?:rss2?|atom|feeds?|rdf)(?:\.(?:xml|json|php|aspx?))?(?:[/?&#]|$)", re.IGNORECASE
)
_COMMENTS = re.compile(r"comment|replies|коммент|отзыв|пікір", re.IGNORECASE)
_USUAL = (
    *("feed/", "rss.xml", "feed.xml", "atom.xml", "rss/", "index.xml", "feed.json", "rss/feed.xml", "index.rss"),
    *("feed.atom", "rss", "feed"),
)
_BELOW = 7
"""So many of them are tried under the path of a page, too."""

_CUTS = (MAX_BYTES, 300_000, 30_000)
"""Characters of a page to be parsed: of one too intricate as a whole, its beginning, as feeds are named there."""

_COMPARED = 30
"""Entries by which two feeds are held to be the same."""

_FORMATS = {"rss": "RSS", "rdf": "RSS", "feed": "Atom", "urlset": "Sitemap"}
_ROOT = re.compile(rb"<!--.*?(?:-->|\Z)|<(?:[\w.-]{1,40}:)?(rss|rdf|feed|urlset)\b", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Places:
    """Addresses that may be feeds, best first. named: by the site or by its kind. usual: where many sites have one."""

    named: tuple[str, ...]
    usual: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Specimen:
    """A feed that was read, with what it is compared by. keys, links: of its first entries. fullness: HTML in each."""

    found: FoundFeed
    keys: frozenset[str]
    links: frozenset[str]
    fullness: float


def places(body: bytes, *, url: str, content_type: str = "") -> Places:
    """Where the page at `url` has its feeds: as it says itself, as sites like it do. Feeds of comments come last."""
    sure = feeds_of_site(url)
    named = [*(sure or ()), *feeds_of_page(url, body)]
    linked: list[str] = []
    tree = _tree(decode(body[:MAX_BYTES], content_type).replace("\0", ""))
    if tree is not None:
        base = web_address(next(iter(tree.xpath("//base/@href")), ""), url) or url
        named += _named(tree, base)
        linked += _linked(tree, base)
    found = _distinct((*named, *linked))[:MAX_NAMED]
    known = {feed_key(one) for one in found}
    usual = () if sure is not None else (one for one in _usual(url) if feed_key(one) not in known)
    return Places(named=found, usual=tuple(islice(usual, MAX_PLACES - len(found))))


def blind_places(url: str) -> Places:
    """The same for a page that can't be had."""
    return places(b"", url=url)


def read_specimen(body: bytes, *, url: str, content_type: str, now: datetime) -> Specimen:
    """The feed in `body`, read as it will be when it is polled.

    Raises:
        NotAFeedError: it is no feed.
    """
    document = parse(body, url=url, content_type=content_type, now=now)
    entries = document.entries
    first = entries[:_COMPARED]
    return Specimen(
        found=FoundFeed(
            url=url,
            title=document.title,
            site_url=document.site_url,
            latest=tuple(filter(None, (entry.title for entry in _newest_first(entries))))[:3],
            entries=len(entries),
            newest_at=max((one.published_at for one in entries if one.published_at), default=None),
            format=_format(body),
        ),
        keys=frozenset(entry.key for entry in first),
        links=frozenset(article_key(entry.url) for entry in first if entry.url),
        fullness=sum(len(entry.html) for entry in first) / max(len(first), 1),
    )


def best_first(specimens: Sequence[Specimen]) -> tuple[FoundFeed, ...]:
    """Each feed once, in the order given, but of twins in two formats the fuller first, and empty ones last."""
    kept: list[Specimen] = []
    for one in specimens:
        if any(_same(one, other) for other in kept):
            continue
        twins = [at for at, other in enumerate(kept) if _twins(one, other) and one.fullness > other.fullness]
        kept.insert(twins[0] if twins else len(kept), one)
    return tuple(one.found for one in sorted(kept, key=lambda one: one.found.entries == 0))


def _tree(text: str) -> html.HtmlElement | None:
    for length in _CUTS:
        if length != _CUTS[0] and length >= len(text):
            continue
        try:
            require_parsable(text[:length])
            parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
            return html.document_fromstring(text[:length].encode("utf-8", "replace"), parser=parser)
        except (UnreadablePageError, etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
            continue
    return None


def _named(tree: html.HtmlElement, base: str) -> list[str]:
    """Behind `<link rel="alternate">` of a feed's type."""
    found = []
    for link in tree.iter("link"):
        kind = (link.get("type") or "").partition(";")[0].strip().casefold()
        rel = (link.get("rel") or "").casefold().split()
        if ("alternate" in rel and kind in _FEED_TYPES) or "feed" in rel:
            found.append((feed_address(link.get("href") or "", base), link.get("title") or ""))
    return _comments_last(found)


def _linked(tree: html.HtmlElement, base: str) -> list[str]:
    """Behind `<a>` whose address, or else whose words, speak of feeds."""
    by_address, by_words = [], []
    for anchor in tree.iter("a"):
        href = anchor.get("href") or ""
        words = "".join(islice(anchor.itertext(), 20))[:200] + f" {anchor.get('title') or ''}"
        if _LIKE_A_FEED.search(href):
            by_address.append((feed_address(href, base), words))
        elif _WORDS.search(words):
            by_words.append((feed_address(href, base), words))
    return _comments_last([*by_address, *by_words])


def _comments_last(found: Iterable[tuple[str, str]]) -> list[str]:
    fit = [(url, said) for url, said in found if 0 < len(url) <= _MAX_ADDRESS and not _NO_FEED.search(url)]
    return [url for url, _ in sorted(fit, key=lambda one: is_of_comments(*one))]


def is_of_comments(url: str, said: str = "") -> bool:
    """Whether a feed carries what readers say rather than news. said: its title, or the words of a link to it."""
    page = urlsplit(url)
    return bool(_COMMENTS.search(f"{page.path}?{page.query} {said}"))


def _distinct(addresses: Iterable[str]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for address in addresses:
        kept.setdefault(feed_key(address), address)
    # What one page names as feeds of comments comes after what others links of it lead to.
    return tuple(sorted(kept.values(), key=is_of_comments))


def _usual(url: str) -> Iterable[str]:
    """At the root and, where the path is deeper, under it: the likeliest of both first."""
    root = web_address("/", url)
    page = urlsplit(url)
    folder = page.path if page.path.endswith("/") else page.path.rpartition("/")[0] + "/"
    last = page.path.rpartition("/")[2]
    if last and "." not in last:
        folder = f"{page.path}/"
    below = web_address(folder, url)
    for number, path in enumerate(_USUAL):
        if below != root and number < _BELOW:
            yield web_address(path, below)
        yield web_address(path, root)


def _newest_first(entries: Sequence[Entry]) -> Sequence[Entry]:
    """By date where all have one, else as the feed orders them."""
    dated = [(entry.published_at, entry) for entry in entries if entry.published_at]
    if len(dated) < len(entries):
        return entries
    return [entry for _, entry in sorted(dated, key=lambda one: one[0], reverse=True)]


def _format(body: bytes) -> str:
    start = body[:200_000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"{"):
        return "JSON"
    root = next((found[1] for found in _ROOT.finditer(start) if found[1]), b"rss")
    return _FORMATS[root.decode().lower()]


def _same(one: Specimen, other: Specimen) -> bool:
    """One address, or one site's same entries in the same format."""
    if feed_key(one.found.url) == feed_key(other.found.url):
        return True
    return (
        bool(one.keys) and one.keys == other.keys and one.found.format == other.found.format and _one_site(one, other)
    )


def _twins(one: Specimen, other: Specimen) -> bool:
    """The same articles in two formats."""
    common = len(one.links & other.links)
    return one.found.format != other.found.format and common * 2 > min(len(one.links), len(other.links))


def _one_site(one: Specimen, other: Specimen) -> bool:
    return urlsplit(one.found.url).hostname == urlsplit(other.found.url).hostname or (
        bool(one.found.site_url) and one.found.site_url == other.found.site_url
    )
