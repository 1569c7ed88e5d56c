import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests import opml
from digests.errors import ListTooLongError, TopicsFileError

NESTED = b"""<?xml version="1.0"?><opml version="1.0"><body>
<outline text="News"><outline text="Local"><outline type="rss" text="Agency &amp; co" xmlUrl="https://agency.example/feed"/>
</outline></outline><outline text="A note"/><outline XMLURL="https://herald.example/rss" title="Herald" text="x"/>
<outline text="Again" xmlUrl="https://agency.example/feed"/><outline xmlUrl="javascript:alert(1)" text="bad"/>
</body></opml>"""


def outline(address, **attributes):
    written = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<outline xmlUrl="{address}"{written}/>'


def listed(*outlines, prolog=""):
    return f"{prolog}<opml version='1.0'><body>{''.join(outlines)}</body></opml>".encode()


def test_folders_of_any_depth_are_read_and_each_feed_once():
    assert opml.read(NESTED) == {"https://agency.example/feed": "Agency & co", "https://herald.example/rss": "Herald"}


def test_folders_are_named_with_those_they_are_in_and_a_feed_may_be_in_several():
    listed = opml.read_folders(NESTED)
    assert listed.folders == {"News / Local": ("https://agency.example/feed",)}
    body = (
        b"<opml><body><outline title='A'><outline xmlUrl='https://a.example/'/><outline text='B'>"
        b"<outline xmlUrl='https://b.example/'/></outline></outline><outline text='B'>"
        b"<outline xmlUrl='http://www.a.example'/></outline><outline><outline xmlUrl='https://c.example/'/></outline>"
        b"<outline text='Empty'/></body></opml>"
    )
    assert opml.read_folders(body) == opml.Listed(
        feeds=dict.fromkeys(["https://a.example/", "https://b.example/", "https://c.example/"], ""),
        folders={"A": ("https://a.example/",), "A / B": ("https://b.example/",), "B": ("https://a.example/",)},
    )


def test_folders_that_are_written_are_read_again():
    feeds = {f"https://a.example/{number}": f"Feed {number}" for number in range(4)}
    one, two, three, four = feeds
    folders = {"News & co": (one, two), "News / Local": (two, three)}
    body = opml.write(feeds, {**folders, "Gone": ("https://gone.example/",)})
    assert opml.read_folders(body) == opml.Listed(feeds=feeds, folders=folders)
    assert list(opml.read(body)) == [four, one, two, three]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"not xml", id="no XML"),
        pytest.param(b"<rss/>", id="no OPML"),
        pytest.param(b"<opml><body/></opml>", id="no feed"),
        pytest.param(b"<opml>" + b" " * opml.MAX_BYTES, id="too large"),
        pytest.param(
            b'<!DOCTYPE o [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml><body><outline text="&x;"/></body></opml>',
            id="an entity and no feed",
        ),
        pytest.param(
            listed(outline("https://a.example/", text="&b;"), prolog='<!DOCTYPE o [<!ENTITY a "1"><!entity b "&a;">]>'),
            id="entities that may be a bomb",
        ),
        pytest.param(listed(*[outline("https://a.example/")] * 50_000), id="more outlines than anybody writes"),
        pytest.param(listed("<outline>" * 5_000), id="folders too deep"),
        pytest.param(
            listed(outline("https://a.example/", **{f"a{number}": 1 for number in range(6_000)})),
            id="attributes without end",
        ),
    ],
)
def test_what_is_no_list_of_feeds_is_refused(body):
    with pytest.raises(TopicsFileError):
        opml.read(body)


@given(st.binary(max_size=500))
def test_any_bytes_are_read_or_refused(body):
    try:
        opml.read(body)
    except TopicsFileError:
        pass


LATE = "https://late.example/rss"


@pytest.mark.parametrize(
    ("body", "feeds"),
    [
        pytest.param(
            listed(outline(LATE, text="Вестник"), prolog='<?xml version="1.0" encoding="windows-1251"?>')
            .decode()
            .encode("cp1251"),
            {LATE: "Вестник"},
            id="an encoding that its prolog names",
        ),
        pytest.param(listed(outline(LATE, text="Вестник")).decode().encode("utf-16"), {LATE: "Вестник"}, id="UTF-16"),
        pytest.param(
            listed(outline("https://a.example/?a=1&b=2", text="AT&T&nbsp;é")),
            {"https://a.example/?a=1&b=2": "AT&T é"},
            id="references that XML does not know",
        ),
        pytest.param(
            b'<opml><body><outline xmlUrl="https://late.example/rss"/><outline text="cut" xmlUrl="https://c.exa',
            {LATE: ""},
            id="a file cut off",
        ),
        pytest.param(listed(outline("feed://late.example/rss")), {LATE: ""}, id="the scheme of a reader"),
        pytest.param(listed(outline(LATE, text=LATE)), {LATE: ""}, id="an address for a title"),
        pytest.param(listed(outline(LATE, title=" ", text="Late")), {LATE: "Late"}, id="a title of blanks"),
        pytest.param(
            listed(outline("http://www.late.example/rss/", text="A"), outline(LATE, text="B")),
            {"http://www.late.example/rss/": "A"},
            id="one feed by two addresses",
        ),
        pytest.param(
            b'<!DOCTYPE opml SYSTEM "o.dtd"><x:opml xmlns:x="urn:x"><x:OUTLINE x:xmlUrl="https://late.example/rss"/></x:opml>',
            {LATE: ""},
            id="prefixes and capitals",
        ),
    ],
)
def test_what_other_readers_write_is_understood(body, feeds):
    assert opml.read(body) == feeds


def test_a_list_of_too_many_feeds_is_refused_whole():
    feeds = [outline(f"https://a.example/{number}") for number in range(opml.MAX_FEEDS + 1)]
    assert len(opml.read(listed(*feeds[1:]))) == opml.MAX_FEEDS
    with pytest.raises(ListTooLongError, match="more than 5000 feeds"):
        opml.read(listed(*feeds))
    with pytest.raises(ListTooLongError):
        opml.read(listed(*feeds * 5))


def test_a_feed_without_a_title_is_written_with_its_address_for_a_text_and_read_without():
    assert b'text="https://late.example/rss"' in opml.write({LATE: ""})
    assert opml.read(opml.write({LATE: ""})) == {LATE: ""}


names = st.text(alphabet=st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30)


@given(
    st.dictionaries(
        st.integers(0, 999).map(lambda number: f"https://agency.example/{number}?a=1&b=2"), names, min_size=1
    )
)
def test_what_is_written_is_read_again(feeds):
    assert opml.read(opml.write(feeds)) == feeds
