import pytest

from digests.gather.urls import article_key, web_address, without_trackers


@pytest.mark.parametrize(
    ("url", "base", "expected"),
    [
        pytest.param("https://a.example/b", "", "https://a.example/b", id="absolute"),
        pytest.param(" http://a.example/b\n", "", "http://a.example/b", id="blanks around"),
        pytest.param("/c?d=1", "https://a.example/b/", "https://a.example/c?d=1", id="relative to the host"),
        pytest.param("c", "https://a.example/b/d", "https://a.example/b/c", id="relative to the path"),
        pytest.param("//b.example/c", "https://a.example/", "https://b.example/c", id="relative to the scheme"),
        pytest.param(" ", "https://a.example/b", "", id="a missing link is not the base"),
        pytest.param("https://a.example/b#c", "", "https://a.example/b", id="fragment dropped"),
        pytest.param("https://пример.example/ж", "", "https://xn--e1afmkfd.example/%D0%B6", id="not in ASCII"),
        pytest.param("", "", "", id="nothing"),
        pytest.param("/c", "", "", id="relative to nothing"),
        pytest.param("javascript:alert(1)", "https://a.example/", "", id="javascript"),
        pytest.param("data:text/html,hello", "https://a.example/", "", id="data"),
        pytest.param("file:///etc/passwd", "https://a.example/", "", id="file"),
        pytest.param("mailto:a@b.example", "https://a.example/", "", id="mail"),
        pytest.param("https:///path", "", "", id="no host"),
        pytest.param("http://[broken", "https://a.example/", "", id="broken IPv6"),
        pytest.param("http://a.example:99999/", "", "", id="port out of range"),
    ],
)
def test_a_web_address_is_absolute_http(url, base, expected):
    assert web_address(url, base) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
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
    ],
)
def test_another_article_has_another_key(other):
    assert article_key(other) != article_key("https://a.example/b?c=1&d=2")
