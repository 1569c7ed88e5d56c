"""Feeds as OPML, the list format of feed readers (opml.org, version 2.0). Pure: bytes in, values out, and back."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from digests.errors import ListTooLongError, TopicsFileError, UnreadablePageError
from digests.extract.markup import require_parsable
from digests.gather.feed_address import feed_address, feed_key
from digests.gather.feeds.encodings import decoded
from digests.gather.feeds.repair import mended
from digests.gather.feeds.tree import xml_parser
from digests.model import MAX_FEED_TITLE

MAX_BYTES = 5 * 1024 * 1024
MAX_FEEDS = 5000
MOST_NAMED = 20_000
"""Addresses in one file, the same one several times included: with more it is too long whatever they are."""

MAX_FOLDER = 60
"""Characters of a folder's name."""

INSIDE = " / "
"""Between the names of a folder and of one in it."""

_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?opml[\s>/]", re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, kw_only=True)
class Listed:
    """What a list names. feeds: address -> title, as `read` gives them.

    folders: name -> addresses of the feeds right in it; one in another has both names, parted by `INSIDE`. Those with
    no feed of their own are not among them.
    """

    feeds: Mapping[str, str]
    folders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read(body: bytes) -> dict[str, str]:
    """Address -> title of every feed, in the order of the file, folders of any depth included.

    See `read_folders` for what is taken and what is refused.
    """
    return dict(read_folders(body).feeds)


def read_folders(body: bytes) -> Listed:
    """Every feed of the file, in its order, and the folders that it keeps them in; a feed may be in several.

    Outlines without an http(s) address are passed over, as readers write folders and notes that way. Broken markup is
    mended where what was meant is certain; a file that was cut off gives what it still names.

    Raises:
        TopicsFileError: it is no OPML, too large, meant to do harm, or names no feed.
    """
    if len(body) > MAX_BYTES:
        raise TopicsFileError([f"more than {MAX_BYTES} bytes"])
    text = decoded(body, "")
    if text.casefold().count("xmlurl=") > MOST_NAMED:
        raise ListTooLongError(MAX_FEEDS)
    feeds: dict[str, str] = {}
    first: dict[str, str] = {}  # key of an address -> the address under which the list names its feed first
    folders: dict[str, dict[str, None]] = {}
    for outline, folder in _outlines(_tree(text)):
        written = _attributes(outline)
        address = feed_address(written.get("xmlurl", ""))
        if not address:
            continue
        if feed_key(address) not in first:
            first[feed_key(address)] = address
            named = (_title(written.get(name, "")) for name in ("title", "text"))
            # Some write the address where they know no title, and `write` does, as an outline has to have a text.
            feeds[address] = next((title for title in named if title and title != address[:MAX_FEED_TITLE]), "")
            if len(feeds) > MAX_FEEDS:
                raise ListTooLongError(MAX_FEEDS)
        if folder:
            folders.setdefault(folder, {})[first[feed_key(address)]] = None
    if not feeds:
        raise TopicsFileError(["no feed in it"])
    return Listed(feeds=feeds, folders={name: tuple(addresses) for name, addresses in folders.items()})


def _outlines(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Every outline in the order of the file, with the name of the folder it is in, "" for none."""
    waiting = [(root, "")]
    while waiting:
        one, folder = waiting.pop()
        if not isinstance(one.tag, str):
            continue
        if etree.QName(one).localname.casefold() == "outline":
            yield one, folder
            written = _attributes(one)
            if not written.get("xmlurl"):
                name = next(filter(None, (_title(written.get(key, "")) for key in ("text", "title"))), "")
                folder = INSIDE.join(filter(None, (folder, name)))[:MAX_FOLDER].strip()
        waiting += [(inner, folder) for inner in reversed(one)]


def _attributes(outline: etree._Element) -> dict[str, str]:
    return {etree.QName(name).localname.casefold(): str(value) for name, value in outline.attrib.items()}


def write(feeds: Mapping[str, str], folders: Mapping[str, Iterable[str]] | None = None) -> bytes:
    """The file that `read_folders` gives the same for. feeds: address -> title. folders: name -> addresses in it.

    Feeds in no folder stand before the folders.
    """
    kept = {name: [one for one in inside if one in feeds] for name, inside in (folders or {}).items()}
    within = {address for inside in kept.values() for address in inside}
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Feeds of News Digest Bot"
    body = etree.SubElement(root, "body")
    for address in feeds:
        if address not in within:
            _write_feed(body, address, feeds[address])
    for name, inside in kept.items():
        if inside:
            folder = etree.SubElement(body, "outline", text=_title(name), title=_title(name))
            for address in inside:
                _write_feed(folder, address, feeds[address])
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def _write_feed(under: etree._Element, address: str, title: str) -> None:
    name = _title(title) or address
    etree.SubElement(under, "outline", type="rss", text=name, title=name, xmlUrl=address)


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
        return etree.fromstring(text.encode("utf-8", "replace"), xml_parser(recover=False))
    except UnreadablePageError as error:
        raise TopicsFileError([str(error)]) from error
    except etree.XMLSyntaxError:
        found = etree.fromstring(mended(text).encode("utf-8", "replace"), xml_parser(recover=True))
    if found is None:
        raise TopicsFileError(["not XML"])
    return found


def _title(written: str) -> str:
    return " ".join(_UNPRINTABLE.sub("", written).split())[:MAX_FEED_TITLE]
