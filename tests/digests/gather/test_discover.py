from hypothesis import given
from hypothesis import strategies as st

from digests.gather.discover import MAX_CANDIDATES, candidates

URL = "https://agency.example/news/"
USUAL = [
    f"https://agency.example/{path}"
    for path in ("feed", "rss", "atom.xml", "feed.xml", "rss.xml", "index.xml", "feed.json")
]


def found(body):
    return list(candidates(body.encode(), url=URL))


def test_feeds_that_the_page_names_come_first_then_links_then_usual_places():
    page = """<html><head><link rel="stylesheet" href="/a.css">
        <link rel="alternate" type="application/rss+xml" href="/named.rss">
        <link rel="ALTERNATE" type="Application/Atom+XML" href="named.atom"></head>
        <body><a href="https://feeds.example/linked">Our <b>RSS</b></a><a href="/about">About</a></body></html>"""
    assert found(page) == [
        "https://agency.example/named.rss",
        "https://agency.example/news/named.atom",
        "https://feeds.example/linked",
        *USUAL,
    ]


def test_feeds_of_comments_come_after_those_of_articles():
    page = """<link rel="alternate" type="application/rss+xml" href="/comments/feed">
        <link rel="alternate" type="application/rss+xml" href="/main">"""
    assert found(page)[:2] == ["https://agency.example/main", "https://agency.example/comments/feed"]


def test_the_pages_own_base_counts():
    page = '<base href="https://cdn.example/x/"><link rel="alternate" type="text/xml" href="f">'
    assert found(page)[0] == "https://cdn.example/x/f"


def test_what_is_no_feed_is_not_tried():
    page = """<link rel="alternate" type="application/rss+xml" href="javascript:feed()">
        <link rel="alternate" type="application/feed+json" href="/wp-json/wp/v2/posts/1">
        <link rel="alternate" hreflang="ru" href="/ru/">
        <link rel="icon" type="application/rss+xml" href="/icon">
        <a href="mailto:rss@agency.example">rss</a>"""
    assert found(page) == USUAL


def test_links_that_end_like_feeds_are_tried():
    page = '<a href="/all/rss">Subscribe</a><a href="/x.RSS">here</a><a href="/y">now</a>'
    assert found(page)[:2] == ["https://agency.example/all/rss", "https://agency.example/x.RSS"]


def test_a_page_of_feeds_gives_no_more_than_can_be_tried():
    page = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{number}">' for number in range(99))
    assert len(found(page)) == MAX_CANDIDATES


@given(st.binary(max_size=400) | st.text(alphabet="<>/abase linkhref=\"'&#;\x00é", max_size=200).map(str.encode))
def test_any_bytes_give_addresses(body):
    several = candidates(body, url=URL)
    assert len(several) == len(set(several)) <= MAX_CANDIDATES
    assert all(one.startswith(("http://", "https://")) for one in several)
