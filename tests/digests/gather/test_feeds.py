import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW, rss, rss_item, utc
from digests.errors import NotAFeedError
from digests.gather.feeds import MAX_ENTRIES, MAX_TITLE, parse
from digests.gather.feeds.entries import MAX_KEY
from digests.model import Entry, FeedDocument

FEEDS = Path(__file__).parents[2] / "data" / "feeds"
URL = "https://agency.example/feed.xml"
PUBLISHED_AT = utc("2026-03-02T01:30")


def parsed(body, *, content_type=""):
    return parse(body, url=URL, content_type=content_type, now=NOW)


def only(body, **options):
    (found,) = parsed(body, **options).entries
    return found


def item(inside):
    return only(rss(f"<item>{inside}</item>"))


def json_feed(*items, **values):
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items, **values}).encode()


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        pytest.param(
            "rss.xml",
            FeedDocument(
                title="Lake Agency & Partners",
                site_url="https://agency.example/",
                language="en",
                entries=(
                    Entry(
                        key="agency-41",
                        url="https://agency.example/news/bridge?utm_source=rss",
                        title="Bridge opens — at last",
                        html="<p>The whole text of the article, longer than its teaser.</p>",
                        author="Dana Serik",
                        image_url="https://agency.example/pictures/bridge.jpg",
                        published_at=PUBLISHED_AT,
                    ),
                    Entry(
                        key="https://agency.example/news/ferry",
                        url="https://agency.example/news/ferry",
                        title="Ferry stops",
                        html="The ferry makes its last trip.",
                        image_url="https://agency.example/pictures/ferry.png",
                    ),
                ),
            ),
            id="RSS 2.0",
        ),
        pytest.param(
            "atom.xml",
            FeedDocument(
                title="Lake Blog",
                site_url="https://agency.example/blog/",
                language="en",
                entries=(
                    Entry(
                        key="urn:lake:blog:bridge",
                        url="https://agency.example/blog/bridge",
                        title="Bridge opens",
                        html="<p>The whole text of the article.</p>",
                        author="Dana Serik",
                        published_at=PUBLISHED_AT,
                    ),
                    Entry(
                        key="urn:lake:blog:ferry",
                        url="https://archive.example/2026/ferry",
                        title="Ferry stops",
                        published_at=utc("2026-03-01T05:00"),
                    ),
                ),
            ),
            id="Atom with xml:base",
        ),
        pytest.param(
            "rdf.xml",
            FeedDocument(
                title="Lake Archive",
                site_url="https://agency.example/",
                language="en",
                entries=(
                    Entry(
                        key="https://agency.example/news/bridge",
                        url="https://agency.example/news/bridge",
                        title="Bridge opens",
                        html="A teaser.",
                        published_at=PUBLISHED_AT,
                    ),
                ),
            ),
            id="RDF",
        ),
        pytest.param(
            "feed.json",
            FeedDocument(
                title="Lake JSON",
                site_url="https://agency.example/",
                language="en",
                entries=(
                    Entry(
                        key="https://agency.example/news/bridge",
                        url="https://agency.example/news/bridge",
                        title="Bridge <opens> & closes",
                        html="<p>The whole text of the article.</p>",
                        author="Dana Serik, Ivan Petrov",
                        image_url="https://agency.example/pictures/bridge.jpg",
                        published_at=PUBLISHED_AT,
                    ),
                    Entry(
                        key="42",
                        url="https://other.example/ferry",
                        title="",
                        html="<p>One &amp; two.</p><p>Three.</p>",
                    ),
                ),
            ),
            id="JSON Feed",
        ),
        pytest.param(
            "windows-1251.xml",
            FeedDocument(
                title="Озёрное агентство",
                site_url="https://agency.example/ru/",
                language="ru",
                entries=(
                    Entry(
                        key="https://agency.example/ru/most",
                        url="https://agency.example/ru/most",
                        title="Открыт мост — «наконец-то»",
                        html="Мост через озеро открыт.",
                        published_at=PUBLISHED_AT,
                    ),
                ),
            ),
            id="RSS in windows-1251",
        ),
    ],
)
def test_every_format_is_read_whole(file, expected):
    assert parsed((FEEDS / file).read_bytes()) == expected


@pytest.mark.parametrize(
    ("written", "title"),
    [
        pytest.param("A&nbsp;&mdash;&laquo;B&raquo;", "A —«B»", id="entities XML does not know"),
        pytest.param("Salt & pepper", "Salt & pepper", id="a bare ampersand"),
        pytest.param("1 < 2", "1 < 2", id="a bare less-than"),
        pytest.param("A &lt;b&gt;bold&lt;/b&gt; word", "A bold word", id="markup in a title"),
        pytest.param("<![CDATA[A <i>slanted</i> word]]>", "A slanted word", id="markup in CDATA"),
        pytest.param("<![CDATA[H<sub>2</sub>O <b>boil</b>s]]>", "H2O boils", id="markup within words"),
        pytest.param("<![CDATA[one<br>two<p>three</p>four]]>", "one two three four", id="markup between words"),
        pytest.param("<![CDATA[A<script>b()</script> c<style>d{}</style>]]>", "A c", id="what browsers don't show"),
        pytest.param("<![CDATA[A<!-- remark --> word]]>", "A word", id="a remark"),
        pytest.param("<![CDATA[A <script>b(]]>", "A", id="a script without an end"),
        pytest.param("AT&amp;amp;T", "AT&T", id="escaped twice"),
        pytest.param("  Two\n   lines ", "Two lines", id="blanks and line breaks"),
        pytest.param("&#55357;&#56832; &#xD83D;&#xDE00; &#xD800;", "😀 😀 \ufffd", id="emoji as halves of pairs"),
        pytest.param("&#55000;", "훘", id="a letter numbered like a half"),
        pytest.param("one&#0;&#1;two", "onetwo", id="control characters"),
        pytest.param("x" * 900, "x" * MAX_TITLE, id="a title without end"),
    ],
)
def test_titles_are_plain_text(written, title):
    assert item(f"<guid>1</guid><title>{written}</title>").title == title


@pytest.mark.parametrize(
    "spoilt",
    [
        pytest.param(lambda body: b"\n\n  " + body, id="blank lines before the prolog"),
        pytest.param(lambda body: b"<br />\n<b>Warning</b>: a PHP warning\n" + body, id="a warning before the prolog"),
        pytest.param(lambda body: b"\xef\xbb\xbf" + body, id="a byte order mark"),
        pytest.param(lambda body: body.replace(b'encoding="utf-8"', b""), id="no encoding declared"),
        pytest.param(lambda body: body.replace(b'<?xml version="1.0" encoding="utf-8"?>', b""), id="no prolog"),
        pytest.param(lambda body: body.replace(b"utf-8", b"no-such-encoding"), id="an encoding nobody knows"),
        pytest.param(lambda body: body.replace(b"</channel></rss>", b""), id="no end"),
        pytest.param(lambda body: body + b"<script>alert(1)</script>", id="something after the end"),
        pytest.param(lambda body: body.replace(b"<rss", b"<!DOCTYPE rss SYSTEM 'rss.dtd'><rss"), id="a DOCTYPE"),
    ],
)
def test_what_is_wrong_around_a_feed_does_no_harm(spoilt):
    body = rss(rss_item("1", "Мост открыт", html="Текст"), rss_item("2"))
    assert [one.title for one in parsed(spoilt(body)).entries] == ["Мост открыт", "Entry 2"]


@pytest.mark.parametrize(
    "content_type",
    ["text/html", "text/plain; charset=nonsense", "application/rss+xml; charset=utf-8", "\x00", "image/png"],
)
def test_a_server_that_names_another_type_does_no_harm(content_type):
    assert only(rss(rss_item("1", "Мост")), content_type=content_type).title == "Мост"


def test_a_feed_cut_short_keeps_what_came_whole():
    body = rss(*(rss_item(str(number)) for number in range(5)))
    titles = [one.title for one in parsed(body[: body.index(b"Entry 3")]).entries]
    assert titles[:3] == ["Entry 0", "Entry 1", "Entry 2"]


@pytest.mark.parametrize(
    ("inside", "key"),
    [
        pytest.param("<guid isPermaLink='false'>a</guid><link>https://b.example/</link><title>c</title>", "a", id="id"),
        pytest.param("<link>https://b.example/</link><title>c</title>", "https://b.example/", id="address"),
        pytest.param("<title>c</title><description>d</description>", "c", id="title"),
    ],
)
def test_an_entry_is_known_by_its_id_else_its_address_else_its_title(inside, key):
    assert item(inside).key == key


@pytest.mark.parametrize("inside", ["", "<author>d</author>", "<guid>1</guid>"])
def test_an_entry_of_nothing_is_none(inside):
    assert parsed(rss(f"<item>{inside}</item>")).entries == ()


def test_an_address_alone_is_an_entry_for_its_page_has_the_rest():
    found = item("<link>/a</link>")
    assert (found.key, found.url, found.title, found.html) == (("https://agency.example/a",) * 2 + ("", ""))


@pytest.mark.parametrize(
    ("links", "urls"),
    [
        pytest.param(("/a#one", "/a#two"), ["/a#one", "/a#two"], id="anchors"),
        pytest.param(("/#!/a", "/#!/b"), ["/#!/a", "/#!/b"], id="routes"),
        pytest.param(("/a#rss", "/a#xtor=RSS-1"), ["/a"], id="what only says where the reader came from"),
        pytest.param(("/a#comments", "/a"), ["/a"], id="comments below the article"),
    ],
)
def test_places_in_a_page_part_entries_without_an_id(links, urls):
    found = parsed(rss(*(f"<item><title>a</title><link>{link}</link></item>" for link in links))).entries
    assert [one.url.removeprefix("https://agency.example") for one in found] == urls
    assert [one.key for one in found] == [one.url for one in found]


def test_places_in_a_page_do_not_part_entries_of_one_id():
    body = rss(rss_item("1", url="https://a.example/b#now"), rss_item("1", url="https://a.example/b#then"))
    assert [one.url for one in parsed(body).entries] == ["https://a.example/b#now"]


def test_one_id_for_two_addresses_makes_two_entries():
    body = rss(
        rss_item("same", "First", url="https://a.example/1"),
        rss_item("same", "Second", url="https://a.example/2"),
        rss_item("same", "First again", url="https://a.example/1"),
        rss_item("same", "Second again", url="https://a.example/2"),
    )
    assert [(one.key, one.title) for one in parsed(body).entries] == [
        ("same", "First"),
        ("https://a.example/2", "Second"),
    ]


@pytest.mark.parametrize("link", ["", "javascript:alert(1)", "data:text/html,a", "file:///etc/passwd", "http://[bad"])
def test_a_link_that_is_no_web_address_is_dropped(link):
    found = item(f"<guid isPermaLink='false'>1</guid><title>a</title><link>{link}</link>")
    assert (found.key, found.url, found.image_url) == ("1", "", "")


@pytest.mark.parametrize("url", ["", "javascript:alert(1)"])
def test_a_link_of_a_json_feed_that_is_no_web_address_is_dropped(url):
    assert only(json_feed({"id": "1", "title": "a", "url": url})) == Entry(key="1", url="", title="a")


def test_a_relative_link_is_resolved_against_the_feed():
    assert item("<guid isPermaLink='false'>1</guid><title>a</title><link>/b</link>").url == "https://agency.example/b"


@pytest.mark.parametrize(
    ("written", "published_at"),
    [
        pytest.param("Mon, 02 Mar 2026 01:30:00 GMT", PUBLISHED_AT, id="RFC 822"),
        pytest.param("2026-03-02T06:30:00+05:00", PUBLISHED_AT, id="RFC 3339"),
        pytest.param("Tue, 03 Mar 2026 01:30:00 GMT", NOW, id="tomorrow is now"),
        pytest.param("Fri, 01 Mar 2099 01:30:00 GMT", None, id="2099"),
        pytest.param("Mon, 02 Mar 0001 01:30:00 GMT", None, id="the year one"),
        pytest.param("Thu, 01 Jan 1970 00:00:00 GMT", None, id="a clock that was never set"),
        pytest.param("Tue, 31 Feb 2026 01:30:00 GMT", None, id="a day there is not"),
        pytest.param("yesterday", None, id="a word"),
        pytest.param("1541771160", utc("2018-11-09T13:46"), id="a number of seconds"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_dates_are_taken_as_they_are_or_not_at_all(written, published_at):
    assert item(f"<guid>1</guid><title>a</title><pubDate>{written}</pubDate>").published_at == published_at


@pytest.mark.parametrize(
    ("written", "published_at"),
    [
        pytest.param("2026-03-02T01:30:00Z", PUBLISHED_AT, id="UTC"),
        pytest.param("2026-03-02T01:30:00", PUBLISHED_AT, id="no zone"),
        pytest.param("2026-03-09T01:30:00Z", NOW, id="next week is now"),
        pytest.param("0001-01-01T00:00:00+14:00", None, id="before the year one"),
        pytest.param(1541771160, None, id="a number"),
    ],
)
def test_dates_of_a_json_feed_too(written, published_at):
    assert only(json_feed({"id": "1", "title": "a", "date_published": written})).published_at == published_at


def test_an_undated_entry_stays_undated():
    assert item("<guid>1</guid><title>a</title>").published_at is None


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            b"<!doctype html><html><head><title>News</title></head><body><p>Hello</p></body></html>", id="page"
        ),
        pytest.param(b"", id="nothing"),
        pytest.param(b"  \n", id="blanks"),
        pytest.param(b"Not found", id="plain text"),
        pytest.param(b"\x1f\x8b\x08\x00\x00", id="packed bytes"),
        pytest.param(b"<?xml version='1.0'?><opml><body/></opml>", id="another XML"),
        pytest.param(b"<!DOCTYPE html><p>Hello</p>", id="a page of few words"),
        pytest.param(b'{"error": "no such feed"}', id="JSON of something else"),
        pytest.param(b'{"version": "https://jsonfeed.org/version/1.1"}', id="JSON Feed without items"),
        pytest.param(
            b'{"version": "https://jsonfeed.org/version/1.1", "items": {"a": 1}}', id="items that are no list"
        ),
        pytest.param(b'{"items": []}', id="JSON without version"),
        pytest.param(b'{"items": [', id="JSON cut short"),
        pytest.param(b'{"a":' * 100_000, id="JSON nested without end"),
        pytest.param(b'{"a": ' + b"9" * 5000 + b"}", id="JSON with a number of many digits"),
        pytest.param(b'{"a": "\xff"}', id="JSON in no encoding"),
    ],
)
def test_what_is_no_feed_is_told(body):
    with pytest.raises(NotAFeedError):
        parsed(body)


def test_a_feed_without_entries_is_a_feed():
    assert parsed(rss()) == FeedDocument(title="Agency", site_url="https://agency.example/", language="", entries=())


@pytest.mark.parametrize(
    ("body", "said"),
    [
        pytest.param(b"\xef\xbb\xbf" + json_feed({"id": "1", "title": "A"}), "A", id="a byte order mark"),
        pytest.param(json_feed({"id": "1", "title": "A"}).decode().encode("utf-16-le"), "A", id="UTF-16"),
        pytest.param(json_feed({"id": "1", "title": "A"}).decode().encode("utf-16-be"), "A", id="UTF-16 the other way"),
        pytest.param(json_feed({"id": "1", "title": "A"}).decode().encode("utf-16"), "A", id="UTF-16 with its mark"),
        pytest.param(json_feed({"id": "1", "title": "A"}).decode().encode("utf-32"), "A", id="UTF-32 with its mark"),
        pytest.param(
            json_feed({"id": "1", "title": "A", "n": 9}).replace(b": 9", b": " + b"9" * 5000), "A", id="many digits"
        ),
        pytest.param(
            json_feed({"id": "1", "title": "*"}).replace(b"*", "Мо".encode() + b"\xff" + "ст".encode()),
            "Мо\ufffdст",
            id="one bad byte",
        ),
        pytest.param(
            json_feed({"id": "1", "title": "A*"}).replace(b"*", b"\n\tB"), "A B", id="line breaks as they are"
        ),
        pytest.param(json_feed({"id": 1.5, "title": "A"}), "A", id="a number for an id"),
        pytest.param(json_feed({"id": "1", "title": "A"}, version=1.1), "A", id="a number for the version"),
    ],
)
def test_a_json_feed_survives(body, said):
    assert [one.title for one in parsed(body).entries] == [said]


@pytest.mark.parametrize(
    ("values", "author"),
    [
        pytest.param({"authors": [{"name": "A"}, {"name": "B"}]}, "A, B", id="version 1.1"),
        pytest.param({"author": {"name": "A"}}, "A", id="version 1.0"),
        pytest.param({"authors": {"name": "A"}}, "A", id="one that is no list"),
        pytest.param({"authors": [], "author": {"name": "A"}}, "A", id="both"),
        pytest.param({"authors": 7, "author": "A"}, "", id="neither"),
    ],
)
def test_authors_of_a_json_feed(values, author):
    assert only(json_feed({"id": "1", "title": "a", **values})).author == author


def test_wrong_types_in_a_json_feed_cost_only_themselves():
    body = json_feed(
        "text",
        None,
        {"id": ["1"], "title": {"a": 1}},
        {"id": True, "title": "A", "authors": "Dana", "url": {}, "image": [], "date_published": {}},
        {"id": "3", "title": "B", "authors": [1, {"name": 2}, {"name": "\ud800"}], "summary": "\x00\ud800S"},
        title=None,
        language=7,
        home_page_url=[],
    )
    assert parsed(body).entries == (
        Entry(key="A", url="", title="A"),
        Entry(key="3", url="", title="B", author="2,", html="<p>S</p>"),
    )


def laughs():
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 7))
    return f'<!DOCTYPE rss [<!ENTITY l0 "ha">{levels}]>'


@pytest.mark.parametrize(
    ("doctype", "reference"),
    [
        pytest.param(laughs(), "&l6;", id="a billion laughs"),
        pytest.param(f'<!DOCTYPE rss [<!ENTITY l "{"x" * 50_000}">]>', "&l;" * 50_000, id="quadratic growth"),
        pytest.param(f"<!DOCTYPE rss [<!ENTITY f SYSTEM '{Path(__file__).as_uri()}'>]>", "&f;", id="a file"),
        pytest.param("<!DOCTYPE rss [<!ENTITY h SYSTEM 'http://127.0.0.1:9/'>]>", "&h;", id="an address"),
        pytest.param("<!DOCTYPE rss [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/'>%p;]>", "", id="a parameter"),
    ],
)
def test_entities_are_neither_expanded_nor_fetched(doctype, reference):
    body = rss(f"<item><guid>1</guid><title>A{reference}</title><description>B{reference}</description></item>")
    found = parsed(body.replace(b"<rss", doctype.encode() + b"<rss"))
    for text in (text for one in found.entries for text in (one.title, one.html)):
        assert len(text) < 400_000
        assert "def test" not in text
        assert "haha" not in text


def test_no_more_entries_are_taken_than_anyone_reads():
    body = rss(*(rss_item(str(number), published_at=None) for number in range(MAX_ENTRIES + 20)))
    assert len(parsed(body).entries) == MAX_ENTRIES


def test_the_fullest_text_is_kept():
    found = item("<guid>1</guid><title>a</title><description>Short</description><content>The longer one</content>")
    assert found.html == "The longer one"


NESTED = "<item><title>t</title><link>/a</link><guid>g</guid><pubDate>Mon, 02 Mar 2026 01:30:00 GMT</pubDate></item>"
PIECES = [
    *("<rss>", "<rss version='2.0'>", "<channel>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "<item>"),
    *("<title>", "</title>", "<link>", "<link href='", "'/>", "<id>", "</id>", "<content type='xhtml'>", "</entry>"),
    *("<summary type='base64'>", "<updated>", "2026-03-02T01:30:00Z", "<media:content url='", "<author>", "</item>"),
    *("http://[", "http://a/", "&#xD800;", "&#99999999999;", "&nbsp;", "&", "<![CDATA[", "]]>", "<!--", "\x00", "é"),
    *("<?xml version='1.0' encoding='", "utf-16", "'?>", "<!DOCTYPE rss [", "<!ENTITY a '", "xml:base='", NESTED),
    *("<guid isPermaLink='false'>", "</guid>", "<enclosure url='x' type='image/png'/>", "<geo:lat>x</geo:lat>"),
    *("<georss:point>", "<gml:pos srsName='x' srsDimension='y'>", "<itunes:image href='", "<dcterms:valid>a=b;;"),
]
made_up = st.lists(st.sampled_from(PIECES), max_size=30).map(lambda pieces: "".join(pieces).encode())
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "x"]), inner, max_size=3),
    max_leaves=5,
)
FIELDS = [
    *("id", "url", "external_url", "title", "content_html", "content_text"),
    *("summary", "image", "date_published", "date_modified", "authors"),
]
json_items = st.lists(st.dictionaries(st.sampled_from(FIELDS), json_values, max_size=6), max_size=4)


@given(st.binary(max_size=300) | made_up | json_items.map(lambda items: json_feed(*items)))
def test_any_bytes_are_a_feed_or_none(body):
    try:
        found = parsed(body)
    except NotAFeedError:
        return
    keys = [one.key for one in found.entries]
    assert len(keys) == len(set(keys))
    for one in found.entries:
        assert one.key
        assert one.title or one.html or one.url
        assert not one.url or one.url.startswith(("http://", "https://"))
        assert one.published_at is None or one.published_at <= NOW
        for text in (one.key, one.url, one.title, one.html, one.author, one.image_url, found.title, found.language):
            assert "\x00" not in text
            text.encode()


def test_a_key_that_no_index_takes_is_kept_as_its_print():
    long = [parsed(rss(rss_item("ключ" * 400 + end, "Title"))).entries[0].key for end in ("a", "b", "a")]
    assert long[0] == long[2] != long[1]
    assert max(len(key.encode()) for key in long) <= MAX_KEY
    assert parsed(rss(rss_item("k" * 1900, "Title"))).entries[0].key == "k" * 1900
