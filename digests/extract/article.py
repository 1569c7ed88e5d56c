"""Entry, with or without its page -> article: whose word counts for the headline, the date and the address."""

from datetime import UTC, datetime

from digests.errors import UnreadablePageError
from digests.extract.feed_text import feed_lines
from digests.extract.furniture import without_furniture
from digests.extract.titles import is_cut, site_names, without_site
from digests.gather.urls import web_address, without_trackers
from digests.language.identify import identify
from digests.model import Article, Entry, Page, Published


def to_article(entry: Entry, page: Page, *, source: str, gathered_at: datetime) -> Article:
    """The article of `page`, which `entry` announced.

    published_at: the feed's date, else the page's where its zone is known, else `gathered_at`; never after that.
    The headline is the feed's unless that is empty or cut short.
    """
    stated = without_site(entry.title, site_names(page.publisher or source, page.url))
    title = page.title if page.title and (not stated or is_cut(stated)) else stated
    return Article(
        url=page.url or _address(entry),
        title=title,
        text=page.text,
        author=entry.author or page.author,
        # Who asks to be cited is credited by the name it gives itself.
        source=page.publisher if page.citation and page.publisher else source,
        language=page.language,
        image_url=page.image_url or entry.image_url,
        published_at=_published(entry, page.published, gathered_at),
        from_feed=False,
        citation=page.citation,
        translations=page.translations,
    )


def from_entry(entry: Entry, *, source: str, gathered_at: datetime) -> Article:
    """The article as the feed itself carries it, for when its page can't be had.

    Raises:
        UnreadablePageError: the feed carries no text.
    """
    text = "\n\n".join(without_furniture(feed_lines(entry.html)))
    if not any(letter.isalnum() for letter in text):
        raise UnreadablePageError("the feed carries no text")
    return _own(entry, text, source=source, gathered_at=gathered_at)


def from_headline(entry: Entry, *, source: str, gathered_at: datetime) -> Article:
    """The article of which nothing can be had but the headline; its text is empty."""
    return _own(entry, "", source=source, gathered_at=gathered_at)


def _own(entry: Entry, text: str, *, source: str, gathered_at: datetime) -> Article:
    title = without_site(entry.title, site_names(source, entry.url))
    return Article(
        url=_address(entry),
        title=title,
        text=text,
        author=entry.author,
        source=source,
        language=identify(f"{title}\n{text}"),
        image_url=entry.image_url,
        published_at=_published(entry, None, gathered_at),
        from_feed=True,
    )


def _address(entry: Entry) -> str:
    address = web_address(entry.url, anchors=True)
    return without_trackers(address) if address else entry.url


def _published(entry: Entry, stated: Published | None, gathered_at: datetime) -> datetime:
    """A date to come is a mistake, or an announcement that is news now."""
    at = entry.published_at or (stated.at if stated and stated.zone_known else gathered_at)
    return min(at, gathered_at).astimezone(UTC)
