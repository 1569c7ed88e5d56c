"""Feeds as OPML, the list format of feed readers (opml.org, version 2.0). Pure: bytes in, values out, and back."""

import re
from collections.abc import Mapping

from lxml import etree

from digests.errors import TopicsFileError, UnreadablePageError
from digests.extract.markup import require_parsable
from digests.gather.feed_address import feed_address, feed_key
from digests.gather.feeds.encodings import decoded
from digests.gather.feeds.repair import mended

MAX_BYTES = 5 * 1024 * 1024
MAX_FEEDS = 5000
MAX_TITLE = 200

_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?opml[\s>/]", re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def read(body: bytes) -> dict[str, str]:
    """Address -> title of every feed, in the order of the file, folders of any depth included.

    Outlines without an http(s) address are passed over, as readers write folders and notes that way. Broken markup is
    mended where what was meant is certain; a file that was cut off gives what it still names.

    Raises:
        TopicsFileError: it is no OPML, too large, meant to do harm, or names no feed.
    """
    if len(body) > MAX_BYTES:
        raise TopicsFileError([f"more than {MAX_BYTES} bytes"])
    feeds: dict[str, str] = {}
    seen: set[str] = set()
    for outline in _tree(decoded(body, "")).iter():
        if not isinstance(outline.tag, str) or etree.QName(outline).localname.casefold() != "outline":
            continue
        written = {etree.QName(name).localname.casefold(): value for name, value in outline.attrib.items()}
        address = feed_address(written.get("xmlurl", ""))
        if not address or feed_key(address) in seen:
            continue
        seen.add(feed_key(address))
        named = (_title(written.get(name, "")) for name in ("title", "text"))
        # Some write the address where they know no title, and `write` does, as an outline has to have a text.
        feeds[address] = next((title for title in named if title and title != address[:MAX_TITLE]), "")
        if len(feeds) > MAX_FEEDS:
            raise TopicsFileError([f"more than {MAX_FEEDS} feeds: take it in parts"])
    if not feeds:
        raise TopicsFileError(["no feed in it"])
    return feeds


def write(feeds: Mapping[str, str]) -> bytes:
    """The file that `read` gives the same feeds for. feeds: address -> title."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Feeds of News Digest Bot"
    body = etree.SubElement(root, "body")
    for address, title in feeds.items():
        name = _title(title) or address
        etree.SubElement(body, "outline", type="rss", text=name, title=name, xmlUrl=address)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def _tree(text: str) -> etree._Element:
    root = _ROOT.search(text)
    if root is None:
        raise TopicsFileError(["not OPML"])
    # What stands before the root is not parsed; nobody who lists feeds declares entities there, but bombs do.
    if _ENTITY.search(text, 0, root.start()):
        raise TopicsFileError(["it declares entities"])
    text = text[root.start() :]
    try:
        require_parsable(text)
        return etree.fromstring(text.encode("utf-8", "replace"), _parser(recover=False))
    except UnreadablePageError as error:
        raise TopicsFileError([str(error)]) from error
    except etree.XMLSyntaxError:
        found = etree.fromstring(mended(text).encode("utf-8", "replace"), _parser(recover=True))
    if found is None:
        raise TopicsFileError(["not XML"])
    return found


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _title(written: str) -> str:
    return " ".join(_UNPRINTABLE.sub("", written).split())[:MAX_TITLE]
