import asyncio
from datetime import timedelta

import pytest

from builders import NOW, page, rss, rss_item
from digests import feed_finder
from digests.errors import (
    FetchError,
    FetchTimeoutError,
    HttpStatusError,
    NoFeedFoundError,
    UnreachableError,
    WorkTimedOutError,
)
from digests.feed_finder import FeedFinder, sole
from digests.model import FoundFeed
from fakes import FakeClock, FakeFetcher, InlineWorker

SITE, FEED = "https://agency.example/", "https://agency.example/news.xml"
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Agency</title><entry><id>x1</id><title>Entry 1</title>
<link href="https://agency.example/1"/><content type="html">{}</content></entry></feed>"""


class Web(FakeFetcher):
    """moved: address -> where it redirects to. slow: addresses that never answer. at_once: the most asked at a time."""

    def __init__(self, bodies):
        super().__init__(bodies)
        self.moved = {}
        self.slow = set()
        self.at_once = self._asked = 0

    async def get(self, url, *args, **kwargs):
        self._asked += 1
        self.at_once = max(self.at_once, self._asked)
        try:
            await asyncio.sleep(3600 if url in self.slow else 0)
            return await super().get(self.moved.get(url, url), *args, **kwargs)
        finally:
            self._asked -= 1


def naming(*addresses):
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="{one}">' for one in addresses)
    return page("Agency", "News from the lake.").replace(b"<head>", f"<head>{links}".encode())


def feed(title="Agency", *keys):
    return rss(*(rss_item(key, url=f"https://agency.example/{key}") for key in keys or (title,)), title=title)


@pytest.fixture
def web(monkeypatch):
    monkeypatch.setattr(feed_finder, "PATIENCE", timedelta(milliseconds=50))
    monkeypatch.setattr(feed_finder, "LAST_PATIENCE", timedelta(milliseconds=100))
    return Web({SITE: naming("/news.xml"), FEED: feed()})


class Worker(InlineWorker):
    """failing: the name of a function that takes too long."""

    failing = ""

    async def run(self, function, *args, **kwargs):
        if function.__name__ == self.failing:
            raise WorkTimedOutError
        return await super().run(function, *args, **kwargs)


@pytest.fixture
def worker():
    return Worker()


@pytest.fixture
def finder(web, worker):
    return FeedFinder(web, worker, FakeClock())


async def titles(finder, url=SITE):
    return [one.title for one in await finder.find(url)]


async def test_a_feed_is_what_stands_at_its_address(finder, web):
    (found,) = await finder.find(FEED)
    assert (found.url, found.title, found.latest, found.entries, found.newest_at) == (
        *(FEED, "Agency", ("Entry Agency",)),
        *(1, NOW),
    )
    assert len(web.requests) == 1


async def test_every_feed_that_a_site_names_is_found_in_its_order(finder, web):
    web.bodies |= {SITE: naming("/sport.xml", "/comments.xml", "/news.xml", "/page")}
    web.bodies |= {SITE + "sport.xml": feed("Sport"), SITE + "comments.xml": feed("Comments")}
    assert await titles(finder) == ["Sport", "Agency", "Comments"]


async def test_usual_places_are_left_alone_where_a_site_names_a_feed(finder, web):
    await finder.find(SITE)
    assert [url for url, _ in web.requests] == [SITE, FEED]


async def test_a_site_that_names_no_feed_may_have_one_at_a_usual_place(finder, web):
    web.bodies = {SITE: page("Agency", "News."), SITE + "feed/": FetchTimeoutError(), SITE + "feed.xml": feed("F")}
    assert await titles(finder) == ["F"]
    assert len(web.requests) < 8, "after the first feed no more is tried"


async def test_a_usual_place_below_the_path_counts(finder, web):
    web.bodies = {SITE + "blog": page("Blog", "News."), SITE + "blog/feed/": feed("Blog")}
    assert await titles(finder, SITE + "blog") == ["Blog"]


async def test_what_is_named_and_is_no_feed_is_passed_over(finder, web):
    web.bodies |= {FEED: naming(), SITE + "atom.xml": feed("Atom")}
    assert await titles(finder) == ["Atom"]


async def test_addresses_that_lead_to_one_feed_give_one(finder, web):
    web.bodies[SITE] = naming("/old.xml", "/news.xml", "/copy.xml")
    web.bodies[SITE + "copy.xml"] = feed()
    web.moved[SITE + "old.xml"] = FEED
    (found,) = await finder.find(SITE)
    assert found.url == FEED


async def test_the_final_address_is_the_feeds(finder, web):
    web.moved["http://agency.example/rss"] = FEED
    assert [one.url for one in await finder.find("http://agency.example/rss")] == [FEED]


async def test_of_twins_the_fuller_comes_first_and_tells_its_format(finder, web):
    web.bodies |= {SITE: naming("/news.xml", "/atom.xml"), FEED: feed("Agency", "1")}
    web.bodies[SITE + "atom.xml"] = ATOM.format("The whole text. " * 9).encode()
    assert [one.format for one in await finder.find(SITE)] == ["Atom", "RSS"]


async def test_a_place_that_never_answers_does_not_keep_the_others_waiting(finder, web):
    names = [f"/{number}.xml" for number in range(6)]
    web.bodies |= {SITE: naming(*names), SITE + "5.xml": feed("Five"), SITE + "4.xml": feed("Four")}
    web.slow = {SITE + name.removeprefix("/") for name in names[:4]}
    async with asyncio.timeout(1):
        assert await titles(finder) == ["Four", "Five"]


async def test_a_few_places_are_asked_at_a_time(finder, web):
    web.bodies[SITE] = naming(*(f"/{number}.xml" for number in range(9)))
    with pytest.raises(NoFeedFoundError):
        await finder.find(SITE)
    assert web.at_once == feed_finder.AT_ONCE
    assert len(web.requests) <= 21


async def test_nothing_goes_on_behind_somebody_who_stopped_waiting(finder, web):
    web.slow = {FEED}
    looking = asyncio.ensure_future(finder.find(SITE))
    await asyncio.sleep(0.01)
    looking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await looking
    assert len(asyncio.all_tasks()) == 1


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        pytest.param(HttpStatusError(503), HttpStatusError, id="a feed that has trouble right now"),
        pytest.param(FetchTimeoutError(), FetchTimeoutError, id="one that is too slow"),
        pytest.param(HttpStatusError(404), NoFeedFoundError, id="one that is not there"),
    ],
)
async def test_a_feed_that_is_named_and_cannot_be_had_says_why(finder, web, error, expected):
    web.bodies[FEED] = error
    with pytest.raises(expected):
        await finder.find(SITE)


async def test_a_feed_that_is_named_and_hangs_says_so(finder, web):
    web.slow = {FEED}
    with pytest.raises(FetchTimeoutError):
        await finder.find(SITE)


def barred(code):
    error = FetchError()
    error.code = code
    return error


@pytest.mark.parametrize(
    "error", [HttpStatusError(403), barred("challenge"), barred("robots")], ids=lambda one: one.code
)
async def test_a_site_that_lets_no_program_in_may_still_offer_a_feed(finder, web, error):
    web.bodies = {SITE: error, SITE + "rss.xml": feed("Open")}
    assert await titles(finder) == ["Open"]
    web.bodies = {SITE: error}
    with pytest.raises(type(error)):
        await finder.find(SITE)


@pytest.mark.parametrize("error", [HttpStatusError(404), HttpStatusError(500), UnreachableError()])
async def test_a_site_that_is_not_there_is_not_searched(finder, web, error):
    web.bodies = {SITE: error, SITE + "feed/": feed()}
    with pytest.raises(type(error)):
        await finder.find(SITE)
    assert len(web.requests) == 1


async def test_a_known_site_need_not_let_us_in(finder, web):
    web.bodies = {"https://www.reddit.com/r/news/.rss": feed("r/news")}
    assert await titles(finder, "https://reddit.com/r/news") == ["r/news"]


async def test_a_page_that_stalls_its_parser_is_searched_without(finder, web, worker):
    worker.failing = "places"
    web.bodies[SITE + "rss.xml"] = feed("At a usual place")
    assert await titles(finder) == ["At a usual place"]


async def test_a_feed_that_stalls_its_parser_says_so(finder, worker):
    worker.failing = "read_specimen"
    with pytest.raises(WorkTimedOutError):
        await finder.find(FEED)


@pytest.mark.parametrize(
    ("titles", "meant"),
    [
        pytest.param(["News"], "News", id="the only one"),
        pytest.param(["News", "Comments on: News"], "News", id="the only one besides comments"),
        pytest.param(["News", "Sport"], None, id="a choice"),
        pytest.param(["Comments"], "Comments", id="comments alone"),
    ],
)
def test_a_feed_is_meant_without_a_doubt_when_there_is_no_other_news(titles, meant):
    found = [
        FoundFeed(url=f"https://agency.example/{number}", title=title, site_url="", latest=())
        for number, title in enumerate(titles)
    ]
    assert getattr(sole(found), "title", None) == meant
