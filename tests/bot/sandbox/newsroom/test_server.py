"""What a visitor of the sample newsroom gets over HTTP."""

import asyncio
import json
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape

import aiohttp
import feedparser
import pytest

from bot.sandbox.newsroom import Newsroom, load_articles, load_outlets

OPENED_AT = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


@dataclass
class FakeClock:
    now: datetime

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return FakeClock(OPENED_AT)


@pytest.fixture
async def newsroom(clock):
    async with Newsroom(clock=clock, slow_for=timedelta(seconds=20)) as running:
        yield running


@pytest.fixture
async def http():
    async with aiohttp.ClientSession() as session:
        yield session


def feed_urls(newsroom):
    return [feed.url for site in newsroom.sites for feed in site.feeds]


def site(newsroom, key):
    return next(site for site in newsroom.sites if site.key == key)


async def entries(http, url):
    """(id, title, link, published, content or "") of each entry of the feed at `url`."""
    async with http.get(url) as response:
        assert response.status == 200
        body = await response.read()
        if response.content_type == "application/feed+json":
            feed = json.loads(body)
            assert feed["version"] == "https://jsonfeed.org/version/1.1"
            return [
                (item["id"], item["title"], item["url"], item.get("date_published"), item["content_html"])
                for item in feed["items"]
            ]
        parsed = feedparser.parse(body, response_headers={"content-type": response.headers["Content-Type"]})
    assert not parsed.bozo
    return [
        (
            entry.id,
            entry.title,
            entry.link,
            entry.get("published"),
            entry.content[0].value if "content" in entry else "",
        )
        for entry in parsed.entries
    ]


async def test_sites_differ_and_are_reachable(newsroom, http):
    assert len(newsroom.sites) >= 4
    assert len({site.port for site in newsroom.sites}) == len(newsroom.sites)
    assert {language for site in newsroom.sites for language in site.languages} == {"en", "ru", "kk"}
    for url in [newsroom.url, *(site.url for site in newsroom.sites)]:
        async with http.get(url) as response:
            assert response.status == 200
            assert response.content_type == "text/html"


async def test_feeds_list_what_is_published(newsroom, http):
    listed = set()
    for url in feed_urls(newsroom):
        found = await entries(http, url)
        assert found
        listed |= {id_ for id_, *_ in found}
    addresses = {publication.url for publication in newsroom.publications()}
    assert len(addresses) == sum(article.age >= timedelta() for article in load_articles())
    assert {id_.partition("#")[0] for id_ in listed} == addresses


async def test_feeds_misbehave_as_told(newsroom, http):
    found = {url: await entries(http, url) for url in feed_urls(newsroom)}
    everything = [entry for feed in found.values() for entry in feed]
    courier, technology = (feed.url for feed in site(newsroom, "courier").feeds)
    assert [content for *_, content in found[courier]].count("") == 1, "one teaser in a full feed"
    assert [published for *_, published, _ in everything].count(None) == 1
    assert [link.startswith("/") for _, _, link, *_ in everything].count(True) == 1
    assert any("R&amp;D" in title for _, title, *_ in everything)
    assert any("utm_campaign=second_edition" in link for _, _, link, *_ in everything)
    assert {id_ for id_, *_ in found[technology]} < {id_ for id_, *_ in found[courier]}
    assert all("utm_source=rss" in link for _, _, link, *_ in found[technology])


async def test_one_feed_is_in_windows_1251(newsroom, http):
    async with http.get(site(newsroom, "vestnik").feeds[0].url) as response:
        body = await response.read()
    assert response.charset == "windows-1251"
    assert "«Тур предгорий»".encode("cp1251") in body


@pytest.mark.parametrize("header", ["ETag", "Last-Modified"])
async def test_what_did_not_change_is_not_sent_again(newsroom, http, header):
    asked = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}[header]
    for url in [*feed_urls(newsroom), newsroom.publications()[0].url]:
        async with http.get(url) as first:
            headers = {asked: first.headers[header]}
        async with http.get(url, headers=headers) as second:
            assert second.status == 304
            assert await second.read() == b""


async def test_later_articles_appear_as_the_clock_moves(newsroom, http, clock):
    url = site(newsroom, "tan").feeds[0].url
    before = await entries(http, url)
    async with http.get(url) as response:
        etag = response.headers["ETag"]
    clock.now += timedelta(minutes=80)
    async with http.get(url, headers={"If-None-Match": etag}) as response:
        assert response.status == 200
    after = await entries(http, url)
    (new,) = {id_ for id_, *_ in after} - {id_ for id_, *_ in before}
    async with http.get(new) as response:
        assert response.status == 200
    clock.now -= timedelta(minutes=80)
    async with http.get(new) as response:
        assert response.status == 404, "nobody reads tomorrow's paper"


async def test_pages_never_change(newsroom, http, clock):
    pages = {}
    for publication in newsroom.publications():
        async with http.get(publication.url) as response:
            pages[publication.url] = response.headers["ETag"]
    clock.now += timedelta(days=1)
    for url, etag in pages.items():
        async with http.get(url) as response:
            assert response.headers["ETag"] == etag


async def test_furniture_stands_around_the_text(newsroom, http, clock):
    clock.now += timedelta(days=1)
    outlets = {outlet.key: outlet for outlet in load_outlets()}
    publications = newsroom.publications()
    assert len(publications) == len(load_articles())
    for publication in publications:
        article = publication.article
        edition = outlets[article.outlet].edition(article.language)
        async with http.get(publication.url) as response:
            assert response.status == 200
            page = unescape(await response.text())
        furniture = [*edition.labels.values(), *(remark for _, remark in edition.comments)]
        for text in (article.title, *article.paragraphs, *furniture, *edition.sections.values()):
            assert text in page
        assert f'<link rel="canonical" href="{publication.url}">' in page


@pytest.mark.parametrize(
    ("key", "mark"),
    [
        pytest.param("courier", '"datePublished": "', id="json-ld"),
        pytest.param("ledger", '<meta property="article:published_time"', id="opengraph"),
        pytest.param("gorod", "<time datetime=", id="time element"),
        pytest.param("agency", "<p>02.03.2026, 08:50 ", id="a plain local line"),
        pytest.param("agency", 'hreflang="kk" href="', id="translations"),
    ],
)
async def test_pages_state_their_date_each_in_its_way(newsroom, http, key, mark):
    publication = next(p for p in newsroom.publications() if p.article.outlet == key)
    async with http.get(publication.url) as response:
        assert mark in await response.text()


async def test_home_pages_name_their_feeds(newsroom, http):
    linked = 0
    for each in newsroom.sites:
        async with http.get(each.url) as response:
            page = await response.text()
        assert f'<a href="{each.feeds[0].url}">RSS</a>' in page
        linked += f'title="{each.feeds[0].title}" href="{each.feeds[0].url}">' in page
    assert linked == len(newsroom.sites) - 1


async def test_drawings_robots_and_compression(newsroom, http):
    async with http.get(newsroom.publications()[0].image_url) as response:
        assert response.content_type == "image/svg+xml"
    async with http.get(newsroom.sites[0].url + "/robots.txt") as response:
        assert "Disallow: /slow" in await response.text()
    async with http.get(newsroom.sites[0].url, headers={"Accept-Encoding": "gzip"}) as response:
        assert response.headers["Content-Encoding"] == "gzip"


async def test_bad_addresses_misbehave(newsroom, http):
    first = newsroom.sites[0]
    async with http.get(first.missing_url) as response:
        assert response.status == 404
    async with http.get(first.broken_feed_url) as response:
        assert feedparser.parse(await response.read()).bozo
    with pytest.raises(asyncio.TimeoutError):
        await http.get(first.slow_url, timeout=aiohttp.ClientTimeout(total=0.1))


async def test_the_operators_file_lists_topics_and_feeds(newsroom):
    written = tomllib.loads(newsroom.topics_toml())
    assert [feed["url"] for feed in written["feeds"]] == feed_urls(newsroom)
    assert all(feed["title"] for feed in written["feeds"])
    assert len(written["topics"]) == 7
