from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.errors import UnreadablePageError
from digests.extract.html import read_html
from digests.extract.markup import MAX_BYTES

PAGES = Path(__file__).parents[2] / "data" / "pages"
URL = "https://agency.example/news/wind?fbclid=1"
PAGE = (PAGES / "agency.html").read_text(encoding="utf-8")


def read(markup=PAGE, *, url=URL, content_type="text/html"):
    return read_html(markup.encode(), url=url, content_type=content_type)


def test_a_page_becomes_an_article():
    page = read()
    assert page.title == "Wind farm near the lake will power two hundred thousand homes"
    assert page.text.startswith("A wind farm of eighty turbines")
    assert page.text.endswith("pay for any loss.")
    assert page.text.count("\n\n") == 3
    assert (page.author, page.publisher, page.language) == ("Aliya Serik", "Steppe Agency", "en")
    assert page.published.at == datetime(2026, 3, 2, 4, 30, tzinfo=UTC)
    assert page.image_url == "https://agency.example/img/wind.jpg"
    assert page.url == "https://agency.example/news/wind"


@pytest.mark.parametrize(
    "furniture",
    ["Ctrl+Enter", "1512", "02.03.2026", "All rights", "hyperlink", "©", "Advertise", "About us", "Steppe Agency"],
)
def test_nothing_of_the_site_gets_into_the_text(furniture):
    assert furniture not in read().text


def without(markup, *pieces):
    for piece in pieces:
        assert piece in markup
        markup = markup.replace(piece, "")
    return markup


JSON_DATE = '"datePublished": "2026-03-02T09:30:00+05:00"'


@pytest.mark.parametrize(
    ("replacement", "expected"),
    [
        pytest.param('"datePublished": "2026-03-02T09:30:00"', "2026-03-02T09:30", id="markup without a zone"),
        pytest.param('"datePublished": "2026-03-02"', "2026-03-02T09:30", id="a date, and the line has the time"),
        pytest.param('"datePublished": "2026-03-01"', "2026-03-01T00:00", id="a date, and the line has another"),
        pytest.param('"x": "y"', "2026-03-02T09:30", id="the line alone"),
    ],
)
def test_without_a_zone_the_date_is_the_reading_of_some_clock(replacement, expected):
    published = read(PAGE.replace(JSON_DATE, replacement)).published
    assert published.at == datetime.fromisoformat(expected)
    assert not published.zone_known


def test_a_page_without_any_date_has_none():
    page = without(PAGE, JSON_DATE, '<div class="date">02.03.2026, 09:30 1512</div>', "© 2026 Steppe Agency")
    assert read(page).published is None


@pytest.mark.parametrize(
    "canonical",
    ["https://other.example/news/wind", "javascript:alert(1)", "//", "http://[", ""],
)
def test_a_page_can_not_pass_itself_off_as_another_sites(canonical):
    page = read(PAGE.replace("https://agency.example/news/wind?utm_source=feed", canonical))
    assert page.url == "https://agency.example/news/wind"


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        pytest.param("https://one.blogspot.com/wind", "https://two.blogspot.com/wind", id="of those who share a host"),
        pytest.param("https://one.go.jp/wind", "https://two.go.jp/wind", id="of ministries of one country"),
    ],
)
def test_nor_as_that_of_a_neighbor_under_one_public_suffix(url, canonical):
    page = read(PAGE.replace("https://agency.example/news/wind?utm_source=feed", canonical), url=url)
    assert page.url == url


def test_a_page_may_stand_at_another_host_of_its_own_site():
    canonical = "https://www.agency.com.kz/news/wind"
    page = read(
        PAGE.replace("https://agency.example/news/wind?utm_source=feed", canonical), url="https://m.agency.com.kz/1"
    )
    assert page.url == canonical


def test_broken_json_is_passed_over():
    assert read(PAGE.replace('{"@context"', '{{"@context"')).title.startswith("Wind farm")


def test_plain_text_is_read_as_such():
    page = read("Bank cuts rate\n\nThe bank has cut its rate for the third time this year.", content_type="text/plain")
    assert (page.title, page.url) == ("Bank cuts rate", URL)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        pytest.param(b"", "text/html", id="nothing"),
        pytest.param(b"<html></html>", "text/html", id="an empty page"),
        pytest.param(b"<p>Please enable JavaScript to continue.</p>", "text/html", id="a wall"),
        pytest.param(
            b"<ul>" + b"<li><a href='/a'>Some other headline</a></li>" * 50 + b"</ul>", "text/html", id="links"
        ),
        pytest.param(b"%PDF-1.7", "application/pdf", id="no page"),
        pytest.param(b" " * (MAX_BYTES + 1), "text/html", id="too large"),
        pytest.param(b"<div>" * 300, "text/html", id="too deep"),
        pytest.param(b"\x00\x01\x02", "text/html", id="rubbish"),
    ],
)
def test_what_holds_no_article_is_unreadable(body, content_type):
    with pytest.raises(UnreadablePageError):
        read_html(body, url=URL, content_type=content_type)


TAGS = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<div>",
            "<h1>",
            "<script>",
            "<!--",
            "<title>",
            "The bank has cut its rate. ",
            "&lt;",
            "\x00",
            "<meta ",
            "<br>",
            "'\"",
        ]
    )
)


@settings(deadline=None, max_examples=60)
@given(st.one_of(st.binary(), TAGS.map(lambda pieces: "".join(pieces).encode())), st.sampled_from([URL, ""]))
def test_any_bytes_give_a_page_or_a_refusal(body, url):
    try:
        page = read_html(body, url=url)
    except UnreadablePageError:
        return
    assert page.text


def test_the_same_in_other_languages_is_known_from_the_page():
    links = (
        '<link rel="alternate" hreflang="ru" href="/ru/1"><link rel="alternate" hreflang="kk" href="https://a.example/kk/1">'
        '<link rel="alternate" hreflang="en" href="https://a.example/en/1"><link rel="alternate" href="/feed.xml">'
        '<link rel="alternate" hreflang="x-default" href="javascript:alert(1)">'
    )
    body = PAGE.encode()
    body = body.replace(b"</head>", links.encode() + b"</head>")
    found = read_html(body, url="https://a.example/en/1", content_type="text/html")
    assert found.translations == ("https://a.example/ru/1", "https://a.example/kk/1")
