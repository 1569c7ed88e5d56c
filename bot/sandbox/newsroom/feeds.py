"""Publications -> bytes of a feed, in RSS 2.0, Atom 1.0 and JSON Feed 1.1, misbehaving where an article asks for it."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from bot.sandbox.newsroom.content import Article, FeedFormat, FeedSpec, Publication, Quirk

CONTENT_TYPES = {
    FeedFormat.RSS_FULL: "application/rss+xml",
    FeedFormat.RSS_TEASER: "application/rss+xml",
    FeedFormat.ATOM_FULL: "application/atom+xml",
    FeedFormat.ATOM_SUMMARY: "application/atom+xml",
    FeedFormat.JSON_FEED: "application/feed+json",
}

_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_CREATOR = "http://purl.org/dc/elements/1.1/"
ET.register_namespace("content", _CONTENT)
ET.register_namespace("dc", _CREATOR)

_REPUBLISHED = "?utm_source=feed&utm_medium=repeat&utm_campaign=second_edition"


@dataclass(frozen=True, kw_only=True)
class _Entry:
    id: str
    link: str
    title: str
    teaser: str
    html: str | None
    published_at: datetime | None
    article: Article
    image_url: str


def write_feed(
    spec: FeedSpec, publications: Sequence[Publication], *, url: str, home_url: str, language: str, updated_at: datetime
) -> bytes:
    """The feed of `publications`, in their order; equal input gives equal bytes."""
    entries = [entry for publication in publications for entry in _entries(spec, publication)]
    match spec.format:
        case FeedFormat.JSON_FEED:
            return _json_feed(spec, entries, url=url, home_url=home_url, language=language)
        case FeedFormat.ATOM_FULL | FeedFormat.ATOM_SUMMARY:
            root = _atom(spec, entries, url=url, home_url=home_url, language=language, updated_at=updated_at)
        case FeedFormat.RSS_FULL | FeedFormat.RSS_TEASER:
            root = _rss(spec, entries, home_url=home_url, language=language, updated_at=updated_at)
    feed: bytes = ET.tostring(root, encoding=spec.encoding, xml_declaration=True)
    return feed


def _entries(spec: FeedSpec, publication: Publication) -> Iterator[_Entry]:
    article = publication.article
    link = publication.url + spec.utm
    if article.quirk is Quirk.RELATIVE_LINK:
        link = urlsplit(link)._replace(scheme="", netloc="").geturl()
    teaser_only = spec.format in {FeedFormat.RSS_TEASER, FeedFormat.ATOM_SUMMARY} or article.quirk is Quirk.TEASER
    entry = _Entry(
        id=publication.url,
        link=link,
        title=escape(article.feed_title) if article.quirk is Quirk.ESCAPED_TITLE else article.feed_title,
        teaser=article.teaser,
        html=None if teaser_only else _html(article.paragraphs),
        published_at=None if article.quirk is Quirk.UNDATED else publication.published_at,
        article=article,
        image_url=publication.image_url,
    )
    yield entry
    if article.quirk is Quirk.REPUBLISHED:
        yield replace(entry, id=f"{entry.id}#2", link=publication.url + _REPUBLISHED)


def _html(paragraphs: Iterable[str]) -> str:
    return "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in paragraphs)


def _rss(
    spec: FeedSpec, entries: Iterable[_Entry], *, home_url: str, language: str, updated_at: datetime
) -> ET.Element:
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    _text(channel, "title", spec.title)
    _text(channel, "link", home_url)
    _text(channel, "description", spec.title)
    _text(channel, "language", language)
    _text(channel, "lastBuildDate", format_datetime(updated_at, usegmt=True))
    for entry in entries:
        node = ET.SubElement(channel, "item")
        _text(node, "title", entry.title)
        _text(node, "link", entry.link)
        ET.SubElement(node, "guid", isPermaLink="false").text = entry.id
        if entry.published_at is not None:
            _text(node, "pubDate", format_datetime(entry.published_at, usegmt=True))
        _text(node, f"{{{_CREATOR}}}creator", entry.article.author)
        _text(node, "description", escape(entry.teaser, quote=False))
        if entry.html is not None:
            _text(node, f"{{{_CONTENT}}}encoded", entry.html)
        # The length is unknown before the drawing is made; RSS 2.0 asks for the attribute all the same.
        ET.SubElement(node, "enclosure", url=entry.image_url, type="image/svg+xml", length="0")
    return root


def _atom(
    spec: FeedSpec, entries: Iterable[_Entry], *, url: str, home_url: str, language: str, updated_at: datetime
) -> ET.Element:
    # The default namespace is written by hand: registering it for ElementTree would change it for every caller.
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": language})
    _text(root, "title", spec.title)
    _text(root, "id", url)
    _text(root, "updated", updated_at.isoformat())
    ET.SubElement(root, "link", rel="self", href=url)
    ET.SubElement(root, "link", rel="alternate", href=home_url)
    for entry in entries:
        node = ET.SubElement(root, "entry")
        _text(node, "title", entry.title)
        _text(node, "id", entry.id)
        ET.SubElement(node, "link", rel="alternate", href=entry.link)
        if entry.published_at is not None:
            _text(node, "published", entry.published_at.isoformat())
            _text(node, "updated", entry.published_at.isoformat())
        _text(ET.SubElement(node, "author"), "name", entry.article.author)
        _text(node, "summary", entry.teaser)
        if entry.html is not None:
            ET.SubElement(node, "content", type="html").text = entry.html
    return root


def _json_feed(spec: FeedSpec, entries: Iterable[_Entry], *, url: str, home_url: str, language: str) -> bytes:
    items: list[dict[str, Any]] = []
    for entry in entries:
        item: dict[str, Any] = {
            "id": entry.id,
            "url": entry.link,
            "title": entry.title,
            "summary": entry.teaser,
            "content_html": entry.html if entry.html is not None else _html([entry.teaser]),
            "image": entry.image_url,
            "authors": [{"name": entry.article.author}],
            "language": entry.article.language,
        }
        if entry.published_at is not None:
            item["date_published"] = entry.published_at.isoformat()
        items.append(item)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": spec.title,
        "home_page_url": home_url,
        "feed_url": url,
        "language": language,
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text
