import pytest

from digests.gather.feed_address import feed_address, feed_key, typed_address

FEED = "https://agency.example/feed"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(FEED, FEED, id="a web address"),
        pytest.param("feed://agency.example/feed", FEED, id="the scheme of a reader"),
        pytest.param("FEED:https://agency.example/feed", FEED, id="the scheme before an address"),
        pytest.param("feed:feed", "", id="the scheme before nothing"),
        pytest.param("agency.example/feed", "", id="no scheme"),
    ],
)
def test_an_address_of_a_feed_may_be_written_for_readers_of_feeds(written, expected):
    assert feed_address(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param("agency.example/feed", FEED, id="no scheme"),
        pytest.param("agency.example:8443/feed", "https://agency.example:8443/feed", id="no scheme, but a port"),
        pytest.param("қала.example", "https://xn--80aa6a83a.example", id="not in ASCII"),
        pytest.param("http://agency.example/feed", "http://agency.example/feed", id="the older scheme"),
        pytest.param("ftp://agency.example/feed", "", id="another scheme"),
        pytest.param("https://", "", id="a scheme alone"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_people_leave_out_the_scheme(written, expected):
    assert typed_address(written) == expected


@pytest.mark.parametrize(
    "other",
    [
        pytest.param("http://agency.example/feed", id="scheme"),
        pytest.param("https://www.agency.example/feed/", id="www and a closing slash"),
        pytest.param("https://agency.example:443/feed?utm_source=rss", id="port and campaign"),
    ],
)
def test_two_addresses_of_one_feed(other):
    assert feed_key(other) == feed_key(FEED)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param("https://agency.example/feed?feed=atom", id="a parameter"),
        pytest.param("https://news.agency.example/feed", id="another host"),
        pytest.param("https://agency.example/feed/sport", id="another path"),
    ],
)
def test_two_feeds(other):
    assert feed_key(other) != feed_key(FEED)
