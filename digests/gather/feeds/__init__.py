r"""Bytes of a feed -> entries. Pure, and meant for a worker process: a large feed takes its time.

bytes --encodings--> text --tree--> elements --rss, atom, sitemap--> Written --entries--> Entry
                       \--second_opinion, where the tree is refused--/
bytes --json_feed--> Written
"""

from datetime import datetime

from lxml import etree

from digests.errors import NotAFeedError
from digests.gather.feeds import atom, json_feed, rss, second_opinion, sitemap
from digests.gather.feeds.encodings import decoded
from digests.gather.feeds.entries import MAX_ENTRIES, Head, Written, document
from digests.gather.feeds.tree import RefusedError, tree
from digests.gather.feeds.words import MAX_TITLE, plain
from digests.model import FeedDocument

__all__ = ["MAX_BYTES", "MAX_ENTRIES", "MAX_TITLE", "parse", "plain"]

MAX_BYTES = 10 * 1024 * 1024

_BEFORE_JSON = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
"""Marks of the byte order, blanks, and what goes with them where a sign has two bytes or four."""

_READERS = {
    "rss": rss.read,
    "rdf": rss.read,
    "channel": rss.read,
    "feed": atom.read,
    "urlset": sitemap.read,
    "sitemapindex": sitemap.read,
}


def parse(body: bytes, *, url: str, content_type: str, now: datetime) -> FeedDocument:
    """What the feed says.

    url: the address it came from; relative links without another base are resolved against it.
    now: dates ahead of this are held to be this. Those more than a year ahead are mistakes, and dropped like all that
        cannot be read, so that the page may say; none is ever invented.

    Raises:
        NotAFeedError: it is no feed.
    """
    if body.lstrip(_BEFORE_JSON)[:1] == b"{":
        head, entries = json_feed.read(body, url, content_type)
    else:
        text = decoded(body[:MAX_BYTES], content_type)
        try:
            head, entries = _read(tree(text), url)
        except RefusedError:
            head, entries = second_opinion.read(text, url)
    return document(head, entries, url=url, now=now)


def _read(root: etree._Element, url: str) -> tuple[Head, list[Written]]:
    name = root.tag.rpartition("}")[2].rpartition(":")[2].lower()
    reader = _READERS.get(name)
    if reader is None:
        raise NotAFeedError("no feed format")
    return reader(root, url)
