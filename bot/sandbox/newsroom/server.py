"""Serves the sample newsroom on loopback, a port for each site, as its clock tells the time.

Pages and feeds answer conditional requests (RFC 9110, section 13) and come compressed to those who ask.
"""

import asyncio
import json
from collections.abc import Callable, Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from types import TracebackType
from typing import Self

from aiohttp import ETag, web

from bot.sandbox.newsroom import pages
from bot.sandbox.newsroom.content import (
    Article,
    Edition,
    FeedSpec,
    Outlet,
    Publication,
    load_articles,
    load_outlets,
    load_topics_toml,
)
from bot.sandbox.newsroom.feeds import CONTENT_TYPES, write_feed

Clock = Callable[[], datetime]
"""The present moment, aware."""

_HOST = "127.0.0.1"
_RELATED = 4
_CACHE_CONTROL = "public, max-age=0, must-revalidate"
_ROBOTS = "User-agent: *\nDisallow: /slow\nAllow: /\n"
_BROKEN_FEED = (
    '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>Broken & cut off</title><item>'
)


@dataclass(frozen=True, kw_only=True)
class SiteFeed:
    """The address of one feed. language: two letters."""

    url: str
    title: str
    language: str


@dataclass(frozen=True, kw_only=True)
class Site:
    """One news site as served. languages: two letters each, the site's first language first.

    slow_url, broken_feed_url and missing_url misbehave as their names say; no page or list of feeds leads there.
    """

    key: str
    name: str
    languages: tuple[str, ...]
    url: str
    port: int
    feeds: tuple[SiteFeed, ...]

    @property
    def language(self) -> str:
        """The first language."""
        return self.languages[0]

    @property
    def slow_url(self) -> str:
        """A page that takes its time."""
        return f"{self.url}/slow"

    @property
    def broken_feed_url(self) -> str:
        """A feed that is no well-formed XML."""
        return f"{self.url}/broken.xml"

    @property
    def missing_url(self) -> str:
        """A page that is not there."""
        return f"{self.url}/404"


class Newsroom:
    """The invented news sites, served while the context lasts; every article appears at its own moment by `clock`.

    slow_for: how long a site's slow page lets its visitor wait.
    """

    def __init__(self, *, clock: Clock, slow_for: timedelta = timedelta(seconds=30)) -> None:
        self._clock = clock
        self._slow_for = slow_for
        self._presses: tuple[_Press, ...] = ()
        self._stack = AsyncExitStack()
        self._url = ""

    async def __aenter__(self) -> Self:
        opened_at = self._clock().astimezone(UTC)
        presses = []
        async with AsyncExitStack() as stack:
            for outlet in load_outlets():
                press = _Press(outlet, self._clock, opened_at=opened_at, slow_for=self._slow_for)
                press.port = await stack.enter_async_context(_Listening(press.application()))
                presses.append(press)
            self._presses = tuple(presses)
            kiosk = web.Application()
            kiosk.router.add_get("/", self._kiosk)
            self._url = _address(await stack.enter_async_context(_Listening(kiosk)))
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    @property
    def url(self) -> str:
        """A page that leads to all sites."""
        return self._url

    @property
    def sites(self) -> tuple[Site, ...]:
        """The sites, each with its feeds."""
        return tuple(press.site for press in self._presses)

    def publications(self) -> tuple[Publication, ...]:
        """What all sites have published by now, the newest first."""
        published = [publication for press in self._presses for publication in press.published()]
        return tuple(sorted(published, key=lambda publication: publication.published_at, reverse=True))

    def topics_toml(self) -> str:
        """The sample topics and all feeds in the operator's format."""
        feeds = "\n".join(
            f"[[feeds]]\nurl = {_toml_string(feed.url)}\ntitle = {_toml_string(feed.title)}\n"
            for site in self.sites
            for feed in site.feeds
        )
        return f"{feeds}\n{load_topics_toml()}"

    async def _kiosk(self, request: web.Request) -> web.Response:
        sites = [(press.outlet.name, press.outlet.editions[0].tagline, press.url + "/") for press in self._presses]
        return _answer(request, pages.kiosk_page(sites), content_type="text/html")


class _Listening:
    """An application served on a free loopback port while the context lasts; entering gives the port."""

    def __init__(self, application: web.Application) -> None:
        # Visitors of the slow page must not hold up the closing.
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)

    async def __aenter__(self) -> int:
        await self._runner.setup()
        await web.TCPSite(self._runner, _HOST, 0).start()
        port: int = self._runner.addresses[0][1]
        return port

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._runner.cleanup()


class _Press:
    """One site: its outlet's articles at their addresses and moments."""

    def __init__(self, outlet: Outlet, clock: Clock, *, opened_at: datetime, slow_for: timedelta) -> None:
        self.outlet = outlet
        self.port = 0
        self._articles = tuple(article for article in load_articles() if article.outlet == outlet.key)
        self._clock = clock
        self._opened_at = opened_at
        self._slow_for = slow_for

    @property
    def url(self) -> str:
        return _address(self.port)

    @property
    def site(self) -> Site:
        return Site(
            key=self.outlet.key,
            name=self.outlet.name,
            languages=tuple(edition.language for edition in self.outlet.editions),
            url=self.url,
            port=self.port,
            feeds=tuple(
                SiteFeed(url=self.url + feed.path, title=feed.title, language=edition.language)
                for edition in self.outlet.editions
                for feed in edition.feeds
            ),
        )

    def published(self) -> list[Publication]:
        """What is public by now, the newest first."""
        now = self._clock()
        return [
            publication for publication in map(self._publication, self._articles) if publication.published_at <= now
        ]

    def application(self) -> web.Application:
        """The site's pages, each at its path."""
        application = web.Application()
        get = application.router.add_get
        first = self.outlet.editions[0]
        if first.prefix:
            get("/", partial(self._front, first, None))
        for edition in self.outlet.editions:
            get(f"{edition.prefix}/", partial(self._front, edition, None))
            for topic in edition.sections:
                get(f"{edition.prefix}/section/{topic}", partial(self._front, edition, topic))
            for feed in edition.feeds:
                get(feed.path, partial(self._feed, edition, feed))
        for article in self._articles:
            get(self.outlet.path_of(article), partial(self._page, article))
            get(_image_path(article), partial(self._image, article))
        get("/robots.txt", _robots)
        get("/broken.xml", _broken_feed)
        get("/slow", self._slow)
        get("/{missing:.*}", self._missing)
        return application

    def _publication(self, article: Article) -> Publication:
        return Publication(
            article=article,
            url=self.url + self.outlet.path_of(article),
            image_url=self.url + _image_path(article),
            # Whole seconds, as the formats of feeds and of HTTP dates keep them.
            published_at=(self._opened_at - article.age).replace(microsecond=0),
        )

    def _published_in(self, edition: Edition, topic: str | None) -> list[Publication]:
        return [
            publication
            for publication in self.published()
            if publication.article.language == edition.language
            and (topic is None or topic in publication.article.topics)
        ]

    def _neighbors(self, article: Article) -> list[Publication]:
        """The nearest in time of the same edition, and none that was unknown when the article appeared.

        So the page of an article never changes, and its ETag holds.
        """
        known = (other for other in self._articles if other.age >= min(article.age, timedelta()))
        others = [other for other in known if other.language == article.language and other is not article]
        others.sort(key=lambda other: abs(other.age - article.age))
        return [self._publication(other) for other in others[:_RELATED]]

    def _translations(self, article: Article) -> list[Publication]:
        if article.event is None:
            return []
        # The translations appear together, so none of these links leads to a page that is still to come.
        return [self._publication(other) for other in self._articles if other.event == article.event]

    async def _front(self, edition: Edition, topic: str | None, request: web.Request) -> web.Response:
        publications = self._published_in(edition, topic)
        heading = edition.latest if topic is None else edition.sections[topic]
        page = pages.front_page(self.outlet, edition, publications, site_url=self.url, heading=heading)
        return _answer(request, page, content_type="text/html", modified_at=_newest(publications))

    async def _feed(self, edition: Edition, feed: FeedSpec, request: web.Request) -> web.Response:
        publications = self._published_in(edition, feed.topic)
        updated_at = _newest(publications) or self._opened_at
        body = write_feed(
            feed,
            publications,
            url=self.url + feed.path,
            home_url=self.url + edition.prefix + "/",
            language=edition.language,
            updated_at=updated_at,
        )
        return _answer(
            request, body, content_type=CONTENT_TYPES[feed.format], charset=feed.encoding, modified_at=updated_at
        )

    async def _page(self, article: Article, request: web.Request) -> web.Response:
        publication = self._publication(article)
        if publication.published_at > self._clock():
            return await self._missing(request)
        page = pages.article_page(
            self.outlet,
            publication,
            site_url=self.url,
            related=self._neighbors(article),
            translations=self._translations(article),
        )
        return _answer(request, page, content_type="text/html", modified_at=publication.published_at)

    async def _image(self, article: Article, request: web.Request) -> web.Response:
        return _answer(request, pages.drawing(self.outlet, article), content_type="image/svg+xml")

    async def _slow(self, _request: web.Request) -> web.Response:
        await asyncio.sleep(self._slow_for.total_seconds())
        return web.Response(text="At last.")

    async def _missing(self, _request: web.Request) -> web.Response:
        edition = self.outlet.editions[0]
        page = pages.front_page(self.outlet, edition, (), site_url=self.url, heading="404")
        return web.Response(text=page, content_type="text/html", status=404)


async def _robots(request: web.Request) -> web.Response:
    return _answer(request, _ROBOTS, content_type="text/plain")


async def _broken_feed(request: web.Request) -> web.Response:
    return _answer(request, _BROKEN_FEED, content_type="application/rss+xml")


def _answer(
    request: web.Request,
    body: str | bytes,
    *,
    content_type: str,
    charset: str = "utf-8",
    modified_at: datetime | None = None,
) -> web.Response:
    """`body`, or 304 when the visitor has it already."""
    content = body.encode() if isinstance(body, str) else body
    # Weak: the compressed and the plain answer share it (RFC 9110, section 8.8.3.3).
    etag = ETag(value=sha256(content).hexdigest()[:16], is_weak=True)
    response = web.Response(status=304) if _is_known(request, etag, modified_at) else web.Response(body=content)
    response.etag = etag
    response.last_modified = modified_at
    response.headers["Cache-Control"] = _CACHE_CONTROL
    response.headers["Vary"] = "Accept-Encoding"
    if response.status == web.HTTPOk.status_code:
        response.content_type = content_type
        response.charset = charset
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            response.enable_compression(web.ContentCoding.gzip)
    return response


def _is_known(request: web.Request, etag: ETag, modified_at: datetime | None) -> bool:
    if request.if_none_match is not None:
        return any(known.value == etag.value for known in request.if_none_match)
    since = request.if_modified_since
    return since is not None and modified_at is not None and modified_at <= since


def _newest(publications: Iterable[Publication]) -> datetime | None:
    return max((publication.published_at for publication in publications), default=None)


def _image_path(article: Article) -> str:
    return f"/images/{article.language}-{article.slug}.svg"


def _address(port: int) -> str:
    return f"http://{_HOST}:{port}"


def _toml_string(text: str) -> str:
    # A JSON string without escaped surrogates is a TOML basic string.
    return json.dumps(text, ensure_ascii=False)
