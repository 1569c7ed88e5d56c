import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests import opml
from digests.errors import TopicsFileError

NESTED = b"""<?xml version="1.0"?><opml version="1.0"><body>
<outline text="News"><outline text="Local"><outline type="rss" text="Agency &amp; co" xmlUrl="https://agency.example/feed"/>
</outline></outline><outline text="A note"/><outline XMLURL="https://herald.example/rss" title="Herald" text="x"/>
<outline text="Again" xmlUrl="https://agency.example/feed"/><outline xmlUrl="javascript:alert(1)" text="bad"/>
</body></opml>"""


def test_folders_of_any_depth_are_read_and_each_feed_once():
    assert opml.read(NESTED) == {"https://agency.example/feed": "Agency & co", "https://herald.example/rss": "Herald"}


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


names = st.text(alphabet=st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30)


@given(
    st.dictionaries(
        st.integers(0, 999).map(lambda number: f"https://agency.example/{number}?a=1&b=2"), names, min_size=1
    )
)
def test_what_is_written_is_read_again(feeds):
    assert opml.read(opml.write(feeds)) == feeds
