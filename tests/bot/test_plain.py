from hypothesis import given
from hypothesis import strategies as st

from bot.plain import MOST_UNITS, plain_messages


def test_links_are_followed_by_their_addresses_and_marks_go():
    text = (
        '<b>One</b> &amp; <a href="https://a.example/?x=1&amp;y">two</a>. <a href="https://a.example/#:~:text=t">↗</a>'
    )
    assert plain_messages(text) == ["One & two (https://a.example/?x=1&y)."]


def test_what_is_no_tag_stays():
    assert plain_messages("1 < 2 &lt;b&gt; 3 > 2") == ["1 < 2 <b> 3 > 2"]


def test_long_texts_break_between_lines():
    lines = [f"line {number} " + "x" * 50 for number in range(100)]
    first, *_ = pieces = plain_messages("\n".join(lines))
    assert "\n".join(pieces).split("\n") == lines
    assert first.endswith("x")


def test_nothing_is_still_a_message():
    assert plain_messages("<b></b>") == ["…"]


@given(st.text(alphabet="ab \n😀", max_size=9000))
def test_no_message_is_too_long_and_no_letter_is_lost(text):
    pieces = plain_messages(text)
    assert all(0 < len(piece.encode("utf-16-le")) // 2 <= MOST_UNITS for piece in pieces)
    if text.strip():
        assert "".join("".join(pieces).split()) == "".join(text.split())
