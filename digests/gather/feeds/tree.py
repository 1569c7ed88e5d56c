"""The text of a feed as a tree of elements, by lxml with everything off that reads files, opens addresses or expands
entities. A prolog and a DOCTYPE, with all that it declares, are dropped before.
"""

import re

from lxml import etree

from digests.errors import NotAFeedError
from digests.gather.feeds.repair import declared, mended
from digests.gather.feeds.truncation import entries_in, without_half_entry, without_half_tag

_FEED = "rss|feed|rdf|urlset|sitemapindex|channel"
_ROOT = re.compile(
    r"<!--.*?(?:-->|\Z)|<!ENTITY\s[^\"'<>]{0,100}(?:\"[^\"]{0,2000}\"|'[^']{0,2000}')"
    rf"|<(?P<page>html)\b|<!DOCTYPE\s+(?P<kind>html)\b|<(?:[\w.-]{{1,40}}:)?(?P<feed>{_FEED})(?=[\s>/])",
    re.IGNORECASE | re.DOTALL,
)
_ENTRY = re.compile(r"<(?:[\w.-]{1,40}:)?(?:item|entry)(?=[\s>/])", re.IGNORECASE)
_OPAQUE = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)
_PARTS = re.compile(r"<(?:[\w.-]{1,40}:)?(?:channel|item|entry)\b", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\"[^\"]*\"|'[^']*'|=\s*(?P<bare>[^\s\"'<>]+)")
_LONGEST_ROOT = 10_000
_SEARCHED = 200_000
"""Characters before the root element: more than any warning of a broken server has."""

_MISMATCH = etree.ErrorTypes.ERR_TAG_NAME_MISMATCH
_CUT = etree.ErrorTypes.ERR_TAG_NOT_FINISHED


class RefusedError(NotAFeedError):
    """Markup that this parser would have to guess at."""


def tree(text: str) -> etree._Element:
    """The root element of a feed.

    Raises:
        RefusedError: elements are not closed in the order they were opened, or the root is of no known format.
        NotAFeedError: it is a page, or no markup at all.
    """
    at = _root_at(text)
    entities = declared(text[:at])
    text = text[at:]
    parser = xml_parser(recover=False)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        pass
    text = without_half_tag(text)
    parser = xml_parser(recover=True)
    root = etree.fromstring(_quoted(mended(text, entities)).encode("utf-8", "replace"), parser)
    if root is None:
        raise NotAFeedError("broken XML")
    if any(error.type == _MISMATCH for error in parser.error_log):
        raise RefusedError("elements overlap")
    cut = any(error.type == _CUT for error in parser.error_log)
    # What follows an attribute that lacks a quotation mark may be lost without a word.
    if entries_in(root) + cut < len(_ENTRY.findall(_OPAQUE.sub("", text))):
        raise RefusedError("entries are lost")
    if cut:
        without_half_entry(root, text)
    return root


def _quoted(text: str) -> str:
    """The same, with quotation marks around all attributes of the root: without them nothing else is read."""
    end = text.find(">", 0, _LONGEST_ROOT) + 1
    root = _ATTRIBUTE.sub(lambda found: f'="{found["bare"]}"' if found["bare"] else found[0], text[:end])
    return root + text[end:]


def _root_at(text: str) -> int:
    page = False
    for found in _ROOT.finditer(text, 0, _SEARCHED):
        page = page or bool(found["kind"])  # some templates put a DOCTYPE of pages before everything they write
        if found["page"]:
            raise NotAFeedError("a page")
        if found["feed"]:
            return found.start()
    if page:
        raise NotAFeedError("a page")
    if not _PARTS.search(text):
        raise NotAFeedError("no markup of feeds")
    raise RefusedError("no known format")


def xml_parser(*, recover: bool) -> etree.XMLParser:
    """One for what strangers wrote. recover: go on behind what is not well-formed."""
    # Depth, lengths of names and texts, and attributes in all are bounded by libxml2 as long as huge_tree is off.
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
