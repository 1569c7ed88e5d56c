from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.errors import UnreadablePageError
from digests.extract.article import from_entry, to_article
from digests.extract.feed_text import feed_lines
from digests.model import Entry, Page, Published

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
EARLIER = NOW - timedelta(hours=3)
URL = "https://herald.example/a?utm_source=rss"
ENTRY = Entry(key="1", url=URL, title="Bank cuts rate | Herald", html="<p>The bank has cut its rate again.</p>")
PAGE = Page(
    url="https://herald.example/a",
    title="Bank cuts rate for the third time",
    text="The bank has cut its rate again, the governor said.",
    author="Jane Doe",
    published=None,
    language="en",
    image_url="https://herald.example/a.jpg",
    publisher="Herald",
)


def entry(**changes):
    return Entry(**{**{name: getattr(ENTRY, name) for name in ENTRY.__dataclass_fields__}, **changes})


def page(**changes):
    return Page(**{**{name: getattr(PAGE, name) for name in PAGE.__dataclass_fields__}, **changes})


def article(one=ENTRY, of=PAGE):
    return to_article(one, of, source="Herald", gathered_at=NOW)


@pytest.mark.parametrize(
    ("stated_by_feed", "stated_by_page", "expected"),
    [
        pytest.param(EARLIER, NOW - timedelta(days=1), EARLIER, id="the feed's first"),
        pytest.param(None, EARLIER, EARLIER, id="then the page's instant"),
        pytest.param(None, EARLIER.replace(tzinfo=None), NOW, id="not the page's clock reading"),
        pytest.param(None, None, NOW, id="else the time of gathering"),
        pytest.param(NOW + timedelta(days=9), None, NOW, id="never the future"),
        pytest.param(EARLIER.astimezone(timezone(timedelta(hours=5))), None, EARLIER, id="always in UTC"),
    ],
)
def test_when_an_article_was_published(stated_by_feed, stated_by_page, expected):
    stated = Published(at=stated_by_page) if stated_by_page else None
    assert article(entry(published_at=stated_by_feed), page(published=stated)).published_at == expected


@pytest.mark.parametrize(
    ("by_feed", "by_page", "expected"),
    [
        pytest.param("Bank cuts rate | Herald", "Other", "Bank cuts rate", id="the feed's, without the site"),
        pytest.param("", "Bank cuts", "Bank cuts", id="the page's where the feed has none"),
        pytest.param("Bank cuts…", "Bank cuts rate", "Bank cuts rate", id="the page's where the feed's is cut"),
        pytest.param("Bank cuts…", "", "Bank cuts…", id="a cut one where there is no other"),
    ],
)
def test_whose_headline_counts(by_feed, by_page, expected):
    assert article(entry(title=by_feed), page(title=by_page)).title == expected


def test_a_page_gives_text_address_and_picture():
    made = article()
    assert (made.url, made.text, made.author) == (PAGE.url, PAGE.text, PAGE.author)
    assert (made.image_url, made.source, made.from_feed) == (PAGE.image_url, "Herald", False)


def test_the_feeds_own_text_serves_without_a_page():
    made = from_entry(ENTRY, source="Herald", gathered_at=NOW)
    assert (made.url, made.title, made.text) == (
        "https://herald.example/a",
        "Bank cuts rate",
        "The bank has cut its rate again.",
    )
    assert made.from_feed


@pytest.mark.parametrize("html", ["", "<p></p>", "<img src='a'>", "<script>alert(1)</script>", "<div>" * 300, " … "])
def test_a_feed_without_text_gives_no_article(html):
    with pytest.raises(UnreadablePageError):
        from_entry(entry(html=html), source="Herald", gathered_at=NOW)


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        pytest.param("<p>One.</p><p>Two &amp; <b>three</b>.</p>", ["One.", "Two & three."], id="paragraphs"),
        pytest.param("One.<br/><br/>Two.", ["One.", "Two."], id="line breaks"),
        pytest.param("Plain text.", ["Plain text."], id="no markup"),
        pytest.param("AT&amp;T rose.", ["AT&T rose."], id="entities alone"),
        pytest.param("<style>p {}</style><p>One.</p><!-- two -->", ["One."], id="what is not shown"),
        pytest.param("<p>It ended. It was cut in the mid…</p>", ["It ended."], id="a sentence cut short"),
        pytest.param("<p>U.S. President Joe Biden went…</p>", [], id="an abbreviation"),
        pytest.param("<p>It ended.</p><p>It was cut in…</p>", ["It ended."], id="a paragraph cut short"),
        pytest.param("<p>It was cut in the […]</p>", [], id="the only sentence, cut short"),
        pytest.param("<p>It ended.</p><p>The post It ended appeared first on Herald.</p>", ["It ended."], id="signed"),
        pytest.param("<p>It ended. Continue reading →</p>", ["It ended."], id="an invitation"),
        pytest.param("<p>Он ушёл. Читать далее</p>", ["Он ушёл."], id="an invitation in Russian"),
        pytest.param("<p>Он рассказал подробнее о деле.</p>", ["Он рассказал подробнее о деле."], id="no invitation"),
    ],
)
def test_feed_html_becomes_paragraphs(html, lines):
    assert feed_lines(html) == lines


@settings(deadline=None)
@given(st.one_of(st.text(), st.text(alphabet="<>/pbr&; a.…![]-")))
def test_any_feed_html_gives_lines_or_a_refusal(html):
    with suppress(UnreadablePageError):
        assert all(line.strip() for line in feed_lines(html))
