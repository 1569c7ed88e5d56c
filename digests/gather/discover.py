"""Where a site keeps its feeds: candidates from its page, best first. Pure, and meant for a worker process."""

from urllib.parse import urlsplit

from lxml import html

from digests.gather.urls import web_address

_FEED_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/rdf+xml",
    "text/xml",
)
_USUAL_PATHS = ("feed", "rss", "atom.xml", "feed.xml", "rss.xml", "index.xml", "feed.json")
"""Where feeds stand when no page names them: the order of miniflux's finder, shortened."""

MAX_CANDIDATES = 10


def candidates(body: bytes, *, url: str) -> tuple[str, ...]:
    """Addresses that may be feeds of the page at `url`: those it names, then those it links, then usual ones.

    Feeds of comments come last.
    """
    named: list[str] = []
    linked: list[str] = []
    try:
        tree = html.document_fromstring(body[:2_000_000], parser=html.HTMLParser(huge_tree=False))
    except (ValueError, AssertionError, html.etree.ParserError):
        tree = None
    if tree is not None:
        base = web_address(next(iter(tree.xpath("//base/@href")), ""), url) or url
        for link in tree.iter("link"):
            rel, kind = (link.get("rel") or "").casefold().split(), (link.get("type") or "").casefold()
            address = web_address(link.get("href") or "", base)
            if "alternate" in rel and kind in _FEED_TYPES and "/wp-json/" not in address:
                named.append(address)
        for anchor in tree.iter("a"):
            href, words = anchor.get("href") or "", " ".join(anchor.itertext()).casefold().split()
            if {"rss", "atom", "feed"} & set(words) or href.casefold().endswith((".rss", "/rss", "/feed", "rss.xml")):
                linked.append(web_address(href, base))
    site = urlsplit(url)
    usual = [f"{site.scheme}://{site.netloc}/{path}" for path in _USUAL_PATHS]
    found = dict.fromkeys(address for address in (*named, *linked) if address)
    ordered = sorted(found, key=lambda address: "comment" in address.casefold())
    return tuple(dict.fromkeys((*ordered, *usual)))[:MAX_CANDIDATES]
