"""Bytes of a feed -> entries. Pure, and meant for a worker process: a large feed takes seconds.

RSS, Atom and their ancestors by feedparser, JSON Feed by the format's own page (jsonfeed.org, version 1.1).
"""

import calendar
import html
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser

from digests.errors import NotAFeedError
from digests.gather.urls import web_address
from digests.model import Entry, FeedDocument

MAX_BYTES = 10 * 1024 * 1024
MAX_ENTRIES = 500
MAX_TITLE = 500
"""Characters; titles beyond it are texts in the wrong place."""

MAX_HTML = 500_000

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""A date before the web is a clock that was never set."""

_TAG = re.compile(r"<[^<>]*>")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""What neither a database nor a message takes: control characters, and halves of pairs of UTF-16."""

_REFERENCES = re.compile(rb"(?:&#(?:[xX]0{0,8}[dD][89a-fA-F][0-9a-fA-F]{2}|0{0,8}5[5-7][0-9]{3});)+")
"""References in a row to code points around those of UTF-16's halves: some write emoji as two of them."""


def parse(body: bytes, *, url: str, content_type: str, now: datetime) -> FeedDocument:
    """What the feed says.

    url: the address it came from; relative links are resolved against it.
    now: dates later than this are held to be this; none is ever invented.

    Raises:
        NotAFeedError: it is no feed.
    """
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _json_feed(body, url=url, now=now)
    headers = {"content-location": url, **({"content-type": content_type} if content_type else {})}
    try:
        # feedparser opens files and addresses named by a string, so it is only ever given bytes.
        source = io.BytesIO(_REFERENCES.sub(_whole, body))
        parsed = feedparser.parse(source, response_headers=headers, sanitize_html=False)
    except Exception as error:  # it promises to raise nothing, and input that breaks the promise is no feed
        raise NotAFeedError(type(error).__name__) from error
    if not parsed.get("version") and not parsed.entries:
        raise NotAFeedError("no feed format")
    return FeedDocument(
        title=plain(_string(parsed.feed, "title")),
        site_url=web_address(_string(parsed.feed, "link"), url),
        language=plain(_string(parsed.feed, "language")).partition("-")[0].casefold(),
        entries=_distinct(_entry(item, url, now) for item in parsed.entries[:MAX_ENTRIES]),
    )


def plain(text: str) -> str:
    """The words of a title: without markup, in one line, bounded."""
    return " ".join(_fit(html.unescape(_TAG.sub(" ", text))).split())[:MAX_TITLE]


def _fit(text: str) -> str:
    return _UNFIT.sub("", text)


def _whole(references: re.Match[bytes]) -> bytes:
    """The same characters, each as one reference; a half without its other half becomes U+FFFD."""
    numbers = [
        int(written[1:], 16) if written[:1] in b"xX" else int(written)
        for written in references[0].replace(b"&#", b"").split(b";")[:-1]
    ]
    halves = b"".join(number.to_bytes(2, "big") for number in numbers)
    return "".join(f"&#{ord(sign)};" for sign in halves.decode("utf-16-be", "replace")).encode()


def _entry(item: Mapping[str, Any], feed_url: str, now: datetime) -> Entry | None:
    url = web_address(_string(item, "link"), feed_url)
    title = plain(_string(item, "title"))
    return _checked(
        Entry(
            key=_fit(_string(item, "id") or url or title)[:2000],
            url=url,
            title=title,
            html=_fullest(
                [_string(item, "summary"), *(_string(part, "value") for part in item.get("content") or ())],
            ),
            author=plain(_string(item, "author")),
            image_url=web_address(_image(item), feed_url),
            published_at=_instant(item.get("published_parsed") or item.get("updated_parsed"), now),
        ),
    )


def _image(item: Mapping[str, Any]) -> str:
    pictures = [*(item.get("media_content") or ()), *(item.get("media_thumbnail") or ())]
    enclosures = [one for one in item.get("enclosures") or () if _string(one, "type").startswith("image/")]
    return next((url for one in (*pictures, *enclosures) if (url := _string(one, "url") or _string(one, "href"))), "")


def _instant(parsed: Any, now: datetime) -> datetime | None:  # noqa: ANN401 - a struct_time as feedparser makes them
    if parsed is None:
        return None
    try:
        instant = datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (OverflowError, OSError, ValueError):
        return None
    return _plausible(instant, now)


def _plausible(instant: datetime, now: datetime) -> datetime | None:
    return min(instant, now) if _EARLIEST <= instant <= now + timedelta(days=400) else None


def _json_feed(body: bytes, *, url: str, now: datetime) -> FeedDocument:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotAFeedError("broken JSON") from error
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, list) or "jsonfeed" not in str(found.get("version", "")):
        raise NotAFeedError("JSON, but no JSON Feed")
    return FeedDocument(
        title=plain(_string(found, "title")),
        site_url=web_address(_string(found, "home_page_url"), url),
        language=plain(_string(found, "language")).partition("-")[0].casefold(),
        entries=_distinct(_json_entry(item, url, now) for item in items[:MAX_ENTRIES] if isinstance(item, dict)),
    )


def _json_entry(item: dict[str, Any], feed_url: str, now: datetime) -> Entry | None:
    url = web_address(_string(item, "url") or _string(item, "external_url"), feed_url)
    title = plain(html.escape(_string(item, "title")))
    authors = item.get("authors")
    names = [_string(one, "name") for one in authors if isinstance(one, dict)] if isinstance(authors, list) else []
    return _checked(
        Entry(
            key=_fit(_string(item, "id") or url or title)[:2000],
            url=url,
            title=title,
            html=_fullest(
                [
                    _string(item, "content_html"),
                    *(_marked_up(_string(item, name)) for name in ("content_text", "summary")),
                ],
            ),
            author=plain(html.escape(", ".join(name for name in names if name))),
            image_url=web_address(_string(item, "image"), feed_url),
            published_at=_rfc3339(_string(item, "date_published") or _string(item, "date_modified"), now),
        ),
    )


def _marked_up(text: str) -> str:
    return "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n\n") if part)


def _string(values: Mapping[str, Any], name: str) -> str:
    """The text under that name; numbers as text, as old feeds write ids; "" for anything else."""
    found = values.get(name)
    return str(found) if isinstance(found, str | int | float) and not isinstance(found, bool) else ""


def _rfc3339(written: str, now: datetime) -> datetime | None:
    try:
        instant = datetime.fromisoformat(written)
        return _plausible(instant.astimezone(UTC), now) if instant.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _fullest(texts: Iterable[str]) -> str:
    return _fit(max(texts, key=len, default=""))[:MAX_HTML]


def _checked(entry: Entry) -> Entry | None:
    return entry if entry.key and (entry.title or entry.html) else None


def _distinct(entries: Iterator[Entry | None]) -> tuple[Entry, ...]:
    """Each key once. Where a feed gives one id to entries of different addresses, the address parts them."""
    kept: dict[str, Entry] = {}
    for entry in entries:
        if entry is None:
            continue
        known = kept.get(entry.key)
        if known is None:
            kept[entry.key] = entry
        elif known.url != entry.url and entry.url:
            kept.setdefault(entry.url, replace(entry, key=entry.url))
    return tuple(kept.values())
