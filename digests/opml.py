"""Feeds as OPML, the list format of feed readers (opml.org, version 2.0). Pure: bytes in, values out, and back."""

from collections.abc import Mapping

from lxml import etree

from digests.errors import TopicsFileError
from digests.gather.urls import web_address

MAX_BYTES = 5 * 1024 * 1024
MAX_FEEDS = 5000


def read(body: bytes) -> dict[str, str]:
    """Address -> title of every feed, in the order of the file, folders of any depth included.

    Outlines without an http(s) address are passed over, as readers write folders and notes that way.

    Raises:
        TopicsFileError: it is no OPML, too large, or names no feed.
    """
    if len(body) > MAX_BYTES:
        raise TopicsFileError([f"more than {MAX_BYTES} bytes"])
    # A file from strangers: no entities, no network, no deep trees.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise TopicsFileError([f"not XML: {error}"]) from error
    if root is None or etree.QName(root).localname.casefold() != "opml":
        raise TopicsFileError(["not OPML"])
    feeds: dict[str, str] = {}
    for outline in root.iter("outline"):
        written = {name.casefold(): value for name, value in outline.attrib.items()}
        address = web_address(written.get("xmlurl", ""))
        if address and len(feeds) < MAX_FEEDS:
            feeds.setdefault(address, (written.get("title") or written.get("text") or "").strip())
    if not feeds:
        raise TopicsFileError(["no feed in it"])
    return feeds


def write(feeds: Mapping[str, str]) -> bytes:
    """The file that `read` gives the same feeds for. feeds: address -> title."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Feeds of News Digest Bot"
    body = etree.SubElement(root, "body")
    for address, title in feeds.items():
        name = "".join(sign for sign in title or address if sign.isprintable())
        etree.SubElement(body, "outline", type="rss", text=name, title=name, xmlUrl=address)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return written
