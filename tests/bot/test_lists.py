import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lists import in_messages, shortened
from bot.render import MAX_BYTES, MAX_ENTITIES, MAX_UNITS


def shown(message):
    return html.unescape(re.sub("<[^>]*>", "", message))


def units(text):
    return len(text.encode("utf-16-le")) // 2


def fits(message):
    tags = re.findall("<(?!/)", message)
    return units(shown(message)) <= MAX_UNITS and len(tags) <= MAX_ENTITIES and len(message.encode()) <= MAX_BYTES


def test_short_blocks_share_a_message():
    assert in_messages(["a", "b", "c"]) == ["a\n\nb\n\nc"]
    assert in_messages(["a", "b"], between="\n") == ["a\nb"]


def test_a_block_that_does_not_fit_any_more_begins_the_next_message():
    one, other = "a" * 4000, "b" * 92
    assert in_messages([one, other, "c"]) == [f"{one}\n\n{other}", "c"]


@pytest.mark.parametrize(
    ("sign", "whole"),
    [
        pytest.param("a", 4096, id="letters"),
        pytest.param("🐳", 2048, id="signs that count twice"),
        pytest.param("&amp;", 4096, id="references that count once"),
    ],
)
def test_lengths_are_counted_as_telegram_counts_them(sign, whole):
    assert in_messages([sign * whole]) == [sign * whole]
    assert len(in_messages([sign * (whole + 1)])) == 2


def test_a_block_longer_than_a_message_is_cut_between_its_lines():
    lines = [f"{number} " + "word " * 99 for number in range(30)]
    told = in_messages(["\n".join(lines)])
    assert [line.strip() for message in told for line in message.split("\n")] == [line.strip() for line in lines]
    assert len(told) == 4


def test_a_line_longer_than_a_message_is_cut_between_its_words():
    words = [f"слово{number}," for number in range(2000)]
    told = in_messages([" ".join(words)])
    assert " ".join(told).split() == words


def test_many_links_are_spread_over_messages_as_telegram_drops_more_than_a_hundred():
    told = in_messages([f'<a href="https://a.example/{number}">{number}</a>' for number in range(250)], between="\n")
    assert len(told) == 3
    assert all(map(fits, told))


def test_a_tag_that_is_open_where_a_message_ends_goes_on_in_the_next():
    first, second = in_messages(["<b><i>" + "word " * 1000 + "</i> end</b>"])
    assert first.endswith("</i></b>")
    assert second.startswith("<b><i>")
    assert second.endswith("</i> end</b>")


pieces = st.lists(
    st.text(alphabet="ab &<>é🐳\n", max_size=3000).map(html.escape)
    | st.sampled_from(["<b>bold</b>", '<a href="https://a.example/?a=1&amp;b=2">link</a>', "word " * 2000]),
    max_size=30,
)


@given(pieces)
def test_nothing_is_lost_and_everything_fits(blocks):
    told = in_messages(blocks)
    assert all(map(fits, told))
    assert re.sub(r"\s", "", shown("".join(told))) == re.sub(r"\s", "", shown("".join(blocks)))


def test_what_is_shortened_says_so():
    assert (shortened("abc", 3), shortened("abc d", 4), shortened("", 4)) == ("abc", "abc…", "")
