"""What a feed's format yields, and what becomes an `Entry`: bounded, plain, each key once, no date later than now."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from digests.gather.feeds.dates import instant
from digests.gather.feeds.words import fit, plain
from digests.gather.urls import same_page, web_address
from digests.model import Entry, FeedDocument

Item = TypeVar("Item")

MAX_ENTRIES = 500
MAX_HTML = 500_000
MAX_KEY = 2000
"""Bytes: databases refuse to look up by longer ones."""

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""A date before the web is a clock that was never set."""

_AHEAD = timedelta(days=400)
"""A date beyond it is a mistake, and the page may know better; one before it is a wrong zone or an announcement."""


@dataclass(frozen=True, kw_only=True)
class Written:
    """One entry as its format gives it, still unclean.

    key: the feed's own id, "" without one. title, author: markup, or text with its references.
    links: in order of preference, resolved against `base`; the first web address counts.
    htmls: the texts it carries; the fullest counts. dates: in order of preference; the first that can be read counts.
    """

    key: str = ""
    title: str = ""
    author: str = ""
    links: Sequence[str] = ()
    htmls: Sequence[str] = ()
    images: Sequence[str] = ()
    dates: Sequence[str] = ()
    base: str = ""


@dataclass(frozen=True, kw_only=True)
class Head:
    """What a feed says of itself. ttl, skip_hours: as in `FeedDocument`."""

    title: str = ""
    link: str = ""
    language: str = ""
    ttl: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()


def document(head: Head, entries: Iterable[Written], *, url: str, now: datetime) -> FeedDocument:
    """The feed, cleaned. url: what `head.link` is resolved against."""
    return FeedDocument(
        title=plain(head.title),
        site_url=web_address(head.link, url),
        language=plain(head.language).partition("-")[0].casefold(),
        entries=_distinct(_entry(one, now) for one in entries),
        ttl=head.ttl,
        skip_hours=head.skip_hours,
    )


def newest(items: Sequence[Item], dates_of: Callable[[Item], Iterable[str]]) -> Sequence[Item]:
    """No more of a feed's entries than anyone reads, in its order; of more, those with the latest dates."""
    if len(items) <= MAX_ENTRIES:
        return items
    dated = [next(filter(None, map(instant, dates_of(one))), None) for one in items]
    if None in dated:  # the order is all there is to go by, and nearly always the newest come first
        return items[:MAX_ENTRIES]
    latest = sorted(range(len(items)), key=lambda at: dated[at] or _EARLIEST, reverse=True)[:MAX_ENTRIES]
    return [items[at] for at in sorted(latest)]


def settled(dates: Iterable[str], now: datetime) -> datetime | None:
    """The first of these that can be read and believed; none is ever invented.

    One ahead of `now` is held to be `now`; one more than a year ahead is no more believed than one before the web.
    """
    for written in dates:
        found = instant(written)
        if found is not None and _EARLIEST <= found <= now + _AHEAD:
            return min(found, now)
    return None


def _entry(written: Written, now: datetime) -> Entry | None:
    url = _address(written.links, written.base, anchors=True)
    title = plain(written.title)
    text = fit(max(written.htmls, key=len, default=""))[:MAX_HTML]
    if not (title or text or url):  # an address alone is enough: the page has a title and a text
        return None
    key = fit(written.key.strip() or url or title)[:MAX_KEY]
    if len(key.encode()) > MAX_KEY:
        key = _print_of(key, "")
    return Entry(
        key=key or _print_of(title, text),
        url=url,
        title=title,
        html=text,
        author=plain(written.author),
        image_url=_address(written.images, written.base),
        published_at=settled(written.dates, now),
    )


def _address(written: Iterable[str], base: str, *, anchors: bool = False) -> str:
    return next((found for one in written if (found := web_address(one, base, anchors=anchors))), "")


def _distinct(entries: Iterable[Entry | None]) -> tuple[Entry, ...]:
    """Each key once. Where a feed gives one id to entries of different addresses, the address parts them; where
    entries without id and address share a title ("Weather"), their texts part them.
    """
    found = [entry for entry in entries if entry is not None]
    told: dict[str, set[str]] = {}
    for entry in found:
        if not entry.url and entry.key == entry.title:
            told.setdefault(entry.title, set()).add(entry.html)
    kept: dict[str, Entry] = {}
    for entry in found:
        shared = not entry.url and entry.key == entry.title and len(told[entry.title]) > 1
        key = _print_of(entry.title, entry.html) if shared else entry.key
        known = kept.setdefault(key, replace(entry, key=key) if shared else entry)
        if entry.url and not same_page(known.url, entry.url):
            kept.setdefault(entry.url, replace(entry, key=entry.url))
    return tuple(kept.values())


def _print_of(title: str, text: str) -> str:
    """A key for what has no other."""
    written = f"{title}\n{text}".encode()
    return f"sha256:{hashlib.sha256(written).hexdigest()[:32]}"
