import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.gather.urls import article_key, same_page, web_address, without_trackers


@pytest.mark.parametrize(
    ("url", "base", "expected"),
    [
        pytest.param("https://a.example/b", "", "https://a.example/b", id="absolute"),
        pytest.param(" http://a.example/b\n", "", "http://a.example/b", id="blanks around"),
        pytest.param("/c?d=1", "https://a.example/b/", "https://a.example/c?d=1", id="relative to the host"),
        pytest.param("c", "https://a.example/b/d", "https://a.example/b/c", id="relative to the path"),
        pytest.param("//b.example/c", "https://a.example/", "https://b.example/c", id="relative to the scheme"),
        pytest.param("www.b.example/c", "https://a.example/", "https://www.b.example/c", id="as people write it"),
        pytest.param("www.b.example/c", "", "", id="as people write it, and nothing to go by"),
        pytest.param(" ", "https://a.example/b", "", id="a missing link is not the base"),
        pytest.param("https://a.example/b#c", "", "https://a.example/b", id="fragment dropped"),
        pytest.param("https://a.example/#!/b", "", "https://a.example/#!/b", id="a route is a page"),
        pytest.param("#!b", "https://a.example/", "https://a.example/#!b", id="a relative route"),
        pytest.param("https://a.example/#!", "", "https://a.example/", id="a route to nowhere"),
        pytest.param("https://пример.example/ж", "", "https://xn--e1afmkfd.example/%D0%B6", id="not in ASCII"),
        pytest.param("", "", "", id="nothing"),
        pytest.param("/c", "", "", id="relative to nothing"),
        pytest.param("javascript:alert(1)", "https://a.example/", "", id="javascript"),
        pytest.param("data:text/html,hello", "https://a.example/", "", id="data"),
        pytest.param("file:///etc/passwd", "https://a.example/", "", id="file"),
        pytest.param("mailto:a@b.example", "https://a.example/", "", id="mail"),
        pytest.param("https:///path", "", "", id="no host"),
        pytest.param("https://known.example@other.example/a", "", "", id="a name before the host"),
        pytest.param("https://a:b@other.example/a", "", "", id="a name and a password"),
        pytest.param("https://:b@other.example/a", "", "", id="a password alone"),
        pytest.param("https://@other.example/a", "", "https://other.example/a", id="an empty name"),
        pytest.param("//known.example@other.example/a", "https://a.example/", "", id="a name, relative to the scheme"),
        pytest.param("/c", "https://known.example@other.example/", "", id="a name in the base"),
        pytest.param("https://a.example/@b?c=d@e", "", "https://a.example/@b?c=d@e", id="the sign further on"),
        pytest.param("https://a.example/" + "b" * 1983, "", "", id="too long"),
        pytest.param("https://a.example/" + "ж" * 400, "", "", id="too long once it is escaped"),
        pytest.param("https://a.example/" + "b" * 1982, "", "https://a.example/" + "b" * 1982, id="long"),
        pytest.param("http://[broken", "https://a.example/", "", id="broken IPv6"),
        pytest.param("http://a.example:99999/", "", "", id="port out of range"),
    ],
)
def test_a_web_address_is_absolute_http(url, base, expected):
    assert web_address(url, base) == expected


@pytest.mark.parametrize(
    ("fragment", "kept"),
    [
        ("post-12", "post-12"),
        ("c4788628857625737701", "c4788628857625737701"),
        ("!/route", "!/route"),
        ("page=2", "page=2"),
        ("глава", "%D0%B3%D0%BB%D0%B0%D0%B2%D0%B0"),
        ("", ""),
        ("comments", ""),
        ("xtor=RSS-1", ""),
        ("rss", ""),
        ("RSS_feed", ""),
        ("ref=rss", ""),
        ("utm_source=rss&utm_medium=rss", ""),
        ("post-12&utm_source=x", "post-12"),
        (":~:text=a%20word", ""),
        ("post-12:~:text=a", "post-12"),
        ("rssi", "rssi"),
    ],
)
def test_of_anchors_those_stay_that_lead_somewhere(fragment, kept):
    found = web_address(f"https://a.example/b#{fragment}", anchors=True)
    assert found == "https://a.example/b" + (f"#{kept}" if kept else "")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/b#c", "https://a.example/b", True),
        ("https://a.example/b#c", "https://a.example/b#d", True),
        ("https://a.example/#!b", "https://a.example/#!c", False),
        ("https://a.example/b?c", "https://a.example/b", False),
        ("", "https://a.example/b", False),
    ],
)
def test_anchors_are_places_in_one_page(one, other, same):
    assert same_page(one, other) is same


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/b?from=rss", "https://a.example/b"),
        ("https://a.example/b?source=RSS_main&id=1", "https://a.example/b?id=1"),
        ("https://a.example/b?from=moscow", "https://a.example/b?from=moscow"),
        ("https://a.example/b?ref=feedback", "https://a.example/b?ref=feedback"),
        ("https://a.example/b?id=rss", "https://a.example/b?id=rss"),
        ("https://a.example/b?rss=1", "https://a.example/b"),
        ("https://a.example/b?rss=42", "https://a.example/b?rss=42"),
        ("https://a.example/b?ysclid=x&_openstat=y&p=1&page=2", "https://a.example/b?p=1&page=2"),
        ("https://a.example/b?mkt_tok=x&gbraid=y&__hstc=z", "https://a.example/b"),
        ("https://a.example/b?utm_source=x&id=1&fbclid=y", "https://a.example/b?id=1"),
        ("https://a.example/b?UTM_Source=x", "https://a.example/b"),
        ("https://a.example/b?z=1&a=2&yclid=3", "https://a.example/b?z=1&a=2"),
        ("https://a.example/b?z=1&a=%20", "https://a.example/b?z=1&a=%20"),
        ("https://a.example/b", "https://a.example/b"),
    ],
)
def test_trackers_are_dropped_and_nothing_else(url, expected):
    assert without_trackers(url) == expected


@pytest.mark.parametrize(
    "same",
    [
        pytest.param("http://a.example/b?c=1&d=2", id="scheme"),
        pytest.param("https://www.a.example/b?c=1&d=2", id="www"),
        pytest.param("https://m.a.example/b?c=1&d=2", id="mobile"),
        pytest.param("https://A.EXAMPLE/b?c=1&d=2", id="capitals in the host"),
        pytest.param("https://a.example:443/b?c=1&d=2", id="default port"),
        pytest.param("https://a.example/b/?c=1&d=2", id="closing slash"),
        pytest.param("https://a.example/b?d=2&c=1", id="order of parameters"),
        pytest.param("https://a.example/b?c=1&d=2&utm_medium=rss", id="tracker"),
        pytest.param("https://a.example/b?c=1&d=2#comments", id="fragment"),
        pytest.param("https://a.example/b?c=1&d=2&from=rss", id="the feed's mark"),
        pytest.param("https://a.example/x/../b?c=1&d=2", id="dots"),
    ],
)
def test_one_article_has_one_key(same):
    assert article_key(same) == article_key("https://a.example/b?c=1&d=2")


@pytest.mark.parametrize(
    "other",
    [
        "https://a.example/b?c=1",
        "https://a.example/b?c=1&d=3",
        "https://a.example/B?c=1&d=2",
        "https://b.example/b?c=1&d=2",
        "https://a.example:8080/b?c=1&d=2",
        "https://a.example/b?c=1&d=2#!/e",
        "https://a.example/b?c=1&d=2&from=a",
    ],
)
def test_another_article_has_another_key(other):
    assert article_key(other) != article_key("https://a.example/b?c=1&d=2")


@given(st.text(max_size=80) | st.text(alphabet="http:/.#!?&=%ab[]@~ж ", max_size=60).map("https://a.example/".__add__))
def test_any_text_is_an_address_or_none(written):
    for anchors in (False, True):
        found = web_address(written, "https://b.example/c", anchors=anchors)
        assert not found or found.startswith(("http://", "https://"))
        assert web_address(found, anchors=anchors) == found
        if found:
            assert article_key(without_trackers(found)) == article_key(found)
