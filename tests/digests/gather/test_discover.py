import time
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW, rss, rss_item
from digests.errors import NotAFeedError
from digests.gather.discover import (
    MAX_NAMED,
    MAX_PLACES,
    Specimen,
    best_first,
    blind_places,
    places,
    read_specimen,
)
from digests.model import FoundFeed

URL = "https://agency.example/news/"
ROOT_PATHS = [
    *("feed/", "rss.xml", "feed.xml", "atom.xml", "rss/", "index.xml", "feed.json", "rss/feed.xml", "index.rss"),
    *("feed.atom", "rss", "feed"),
]
NAMED = '<link rel="alternate" type="application/rss+xml" href="/named.rss">'


def named(body, url=URL):
    return list(places(body.encode(), url=url).named)


def test_feeds_that_the_page_names_come_first_then_links():
    page = """<html><head><link rel="stylesheet" href="/a.css">
        <link rel="alternate" type="application/rss+xml" href="/named.rss">
        <link rel="ALTERNATE" type="Application/Atom+XML; charset=utf-8" href="named.atom"></head>
        <body><a href="https://feeds.example/linked">Our <b>RSS</b></a><a href="/about">About</a></body></html>"""
    assert named(page) == [
        "https://agency.example/named.rss",
        "https://agency.example/news/named.atom",
        "https://feeds.example/linked",
    ]


@pytest.mark.parametrize(
    "kind",
    ["application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "text/xml"],
)
def test_every_type_of_feeds_is_one(kind):
    assert named(f'<link type="{kind}" rel="alternate" href="/f">') == ["https://agency.example/f"]


@pytest.mark.parametrize(
    ("href", "address"),
    [
        pytest.param("/f", "https://agency.example/f", id="from the root"),
        pytest.param("f", "https://agency.example/news/f", id="from the page"),
        pytest.param("//cdn.example/f", "https://cdn.example/f", id="without a scheme"),
        pytest.param("https://қала.example/f", "https://xn--80aa6a83a.example/f", id="not in ASCII"),
        pytest.param("feed://agency.example/f", "https://agency.example/f", id="the scheme of a reader"),
        pytest.param(" /f?a=1&amp;b=2\n", "https://agency.example/f?a=1&b=2", id="blanks and references"),
    ],
)
def test_addresses_are_resolved(href, address):
    assert named(f'<link rel="alternate" type="text/xml" href="{href}">') == [address]


def test_feeds_of_comments_come_after_those_of_articles():
    page = """<link rel="alternate" type="application/rss+xml" title="Agency: Comments" href="/?feed=talk">
        <link rel="alternate" type="application/rss+xml" href="/comments/feed">
        <link rel="alternate" type="application/rss+xml" href="/main">
        <a href="/sport/rss">Sport</a>"""
    assert named(page) == [
        "https://agency.example/main",
        "https://agency.example/?feed=talk",
        "https://agency.example/sport/rss",
        "https://agency.example/comments/feed",
    ]


def test_the_pages_own_base_counts():
    page = '<base href="https://cdn.example/x/"><link rel="alternate" type="text/xml" href="f">'
    assert named(page) == ["https://cdn.example/x/f"]


def test_what_is_no_feed_is_not_tried():
    page = """<link rel="alternate" type="application/rss+xml" href="javascript:feed()">
        <link rel="alternate" type="application/feed+json" href="/wp-json/wp/v2/posts/1">
        <link rel="alternate" type="text/xml" href="/oembed?format=xml">
        <link rel="alternate" hreflang="ru" href="/ru/">
        <link rel="icon" type="application/rss+xml" href="/icon">
        <a href="mailto:rss@agency.example">rss</a><a href="/feedback">Give us feedback</a>"""
    assert named(page) == []


def test_links_whose_address_or_words_speak_of_feeds_are_tried():
    page = """<a href="/y">now</a><a href="/subscribe" title="RSS">here</a><a href="/all/rss">Subscribe</a>
        <a href="/x.RSS">here</a><a href="/index.php?format=feed">all</a>"""
    assert named(page) == [
        "https://agency.example/all/rss",
        "https://agency.example/x.RSS",
        "https://agency.example/index.php?format=feed",
        "https://agency.example/subscribe",
    ]


def test_one_feed_by_several_addresses_is_tried_once():
    page = f'{NAMED}<a href="http://www.agency.example/named.rss/?utm_source=site">RSS</a>'
    assert named(page) == ["https://agency.example/named.rss"]


def test_a_page_of_feeds_gives_no_more_than_can_be_tried():
    page = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{number}">' for number in range(99))
    where = places(page.encode(), url=URL)
    assert (len(where.named), len(where.named) + len(where.usual)) == (MAX_NAMED, MAX_PLACES)


def test_usual_places_are_at_the_root_and_under_the_path():
    assert blind_places("https://agency.example").usual == tuple(f"https://agency.example/{one}" for one in ROOT_PATHS)
    below = blind_places("https://agency.example/blog").usual
    assert below[:3] == tuple(f"https://agency.example/{one}" for one in ("blog/feed/", "feed/", "blog/rss.xml"))
    assert {f"https://agency.example/{one}" for one in ROOT_PATHS} <= set(below)


def test_a_file_is_no_path():
    assert "https://agency.example/a/feed/" in blind_places("https://agency.example/a/index.html").usual


def test_a_usual_place_that_the_page_names_is_not_tried_again():
    page = '<link rel="alternate" type="application/rss+xml" href="/feed"><a href="/rss.xml">RSS</a>'
    where = places(page.encode(), url="https://agency.example/")
    assert not {"https://agency.example/feed/", "https://agency.example/rss.xml"} & set(where.usual)


CHANNEL = "UCabcdefghijklmnopqrst-_"
YOUTUBE = f"https://www.youtube.com/feeds/videos.xml?channel_id={CHANNEL}"


@pytest.mark.parametrize(
    ("url", "feeds"),
    [
        pytest.param(f"https://www.youtube.com/channel/{CHANNEL}/videos", [YOUTUBE], id="YouTube channel"),
        pytest.param(
            "https://youtube.com/user/agency", [YOUTUBE.replace(f"channel_id={CHANNEL}", "user=agency")], id="user"
        ),
        pytest.param(
            "https://m.youtube.com/playlist?si=x&list=PL12",
            [YOUTUBE.replace(f"channel_id={CHANNEL}", "playlist_id=PL12")],
            id="playlist",
        ),
        pytest.param("https://www.youtube.com/@agency", [], id="a handle, which the page has to explain"),
        pytest.param(
            "https://github.com/agency/tool.js/issues",
            [f"https://github.com/agency/tool.js/{kind}.atom" for kind in ("releases", "commits", "tags")],
            id="GitHub repository",
        ),
        pytest.param("https://github.com/agency", ["https://github.com/agency.atom"], id="GitHub user"),
        pytest.param(
            "https://old.reddit.com/r/news/top/", ["https://www.reddit.com/r/news/.rss"], id="a part of Reddit"
        ),
        pytest.param("https://medium.com/@ann/a-tale-12", ["https://medium.com/feed/@ann"], id="Medium"),
        pytest.param("https://agency.substack.com/p/a", ["https://agency.substack.com/feed"], id="Substack"),
        pytest.param("https://t.me/agency", [], id="Telegram, which has none"),
    ],
)
def test_sites_that_are_known_need_not_name_their_feeds(url, feeds):
    where = blind_places(url)
    assert (list(where.named), where.usual) == (feeds, ())


@pytest.mark.parametrize(
    "page",
    [
        f'<link rel="canonical" href="https://www.youtube.com/channel/{CHANNEL}">',
        f'<meta itemprop="identifier" content="{CHANNEL}">',
        f'<script>{{"externalId":"{CHANNEL}"}}</script>',
    ],
)
def test_a_handle_of_youtube_is_explained_by_its_page(page):
    assert named(page, "https://www.youtube.com/@agency") == [YOUTUBE]


def test_a_profile_of_mastodon_is_a_feed():
    assert blind_places("https://social.example/@ann").named == ("https://social.example/@ann.rss",)


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param("<p " + " ".join(f"a{number}=1" for number in range(50_000)) + ">", id="50,000 attributes"),
        pytest.param("<div>" * 100_000, id="100,000 nested tags"),
        pytest.param("<a>" * 30_000 + "x" * 1_000_000, id="links within links"),
        pytest.param("<!--" * 700_000, id="comments without end"),
        pytest.param('<a href="' + "rss/" * 700_000 + '">', id="an address of megabytes"),
        pytest.param("<link rel=alternate type=text/xml href=/f>" * 30_000, id="30,000 feeds"),
    ],
)
def test_a_hostile_page_costs_no_more_than_a_moment_and_hides_no_feed_named_before(hostile):
    began = time.process_time()
    found = named(NAMED + " " * 100_000 + hostile)
    assert time.process_time() - began < 3
    assert found[0] == "https://agency.example/named.rss"


@given(st.binary(max_size=400) | st.text(alphabet="<>/abase linkhref=\"'&#;\x00é", max_size=200).map(str.encode))
def test_any_bytes_give_addresses(body):
    where = places(body, url=URL)
    several = [*where.named, *where.usual]
    assert len(several) == len(set(several)) <= MAX_PLACES
    assert all(one.startswith(("http://", "https://")) for one in several)


def test_a_feed_is_shown_by_what_is_newest_in_it():
    dates = [NOW - timedelta(days=number) for number in (3, 1, 2, 4)]
    body = rss(
        *(rss_item(str(number), f"E{number}", published_at=at) for number, at in enumerate(dates)), title="Agency"
    )
    found = read_specimen(body, url=URL, content_type="", now=NOW).found
    assert (found.title, found.entries, found.newest_at, found.format) == ("Agency", 4, NOW - timedelta(days=1), "RSS")
    assert found.latest == ("E1", "E2", "E0")


ATOM = b'<?xml version="1.0"?><!-- <rss> --><a:feed xmlns:a="http://www.w3.org/2005/Atom"></a:feed>'


@pytest.mark.parametrize(
    ("body", "called"),
    [
        pytest.param(ATOM, "Atom", id="Atom"),
        pytest.param(b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "JSON", id="JSON Feed"),
        pytest.param(rss().decode().encode("utf-16"), "RSS", id="RSS in UTF-16"),
    ],
)
def test_formats_are_called_by_their_names(body, called):
    assert read_specimen(body, url=URL, content_type="", now=NOW).found.format == called


def test_a_page_is_no_feed():
    with pytest.raises(NotAFeedError):
        read_specimen(b"<html></html>", url=URL, content_type="text/html", now=NOW)


def specimen(name, *, keys="abc", fullness=0, entries=3, feed_format="RSS", host="agency.example"):
    found = FoundFeed(
        url=f"https://{host}/{name}", title=name, site_url="", latest=(), entries=entries, format=feed_format
    )
    return Specimen(found=found, keys=frozenset(keys), links=frozenset(keys), fullness=fullness)


def order(*specimens):
    return [one.title for one in best_first(specimens)]


def test_one_feed_at_two_addresses_counts_once():
    assert order(specimen("feed"), specimen("rss"), specimen("sport", keys="xyz")) == ["feed", "sport"]


def test_two_sites_that_print_the_same_are_two():
    assert order(specimen("feed"), specimen("copy", host="mirror.example")) == ["feed", "copy"]


def test_of_twins_in_two_formats_the_fuller_comes_first():
    teasers, whole = specimen("rss", fullness=100), specimen("atom", fullness=900, feed_format="Atom", keys="abd")
    assert order(teasers, specimen("sport", keys="xyz"), whole) == ["atom", "rss", "sport"]
    assert order(whole, teasers) == ["atom", "rss"]


def test_empty_feeds_come_last():
    assert order(specimen("empty", keys="", entries=0), specimen("feed")) == ["feed", "empty"]
