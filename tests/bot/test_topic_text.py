import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.topic_text import changed_topic, new_topic
from builders import topic
from digests.errors import InvalidTopicError
from digests.model import Strictness


@pytest.mark.parametrize(
    ("written", "words"),
    [
        pytest.param("words: rocket, orbit*", ("rocket", "orbit*"), id="words"),
        pytest.param('words: "space station", rocket', ('"space station"', "rocket"), id="a phrase"),
        pytest.param("слова: ракета; «космическая станция»", ("ракета", "«космическая станция»"), id="in Russian"),
        pytest.param("СӨЗДЕР: зымыран", ("зымыран",), id="in Kazakh, in capitals"),
        pytest.param("words: rocket,, rocket ,", ("rocket",), id="twice and nothing between"),
        pytest.param('words: "a, b", c', ('"a, b"', "c"), id="a comma inside a phrase"),
    ],
)
def test_words_as_admins_write_them(written, words):
    assert new_topic(f"Space\n{written}", "en").words == words


def test_names_in_several_languages_and_the_slug_from_the_english_one():
    made = new_topic("Космос\nwords: ракета\nen: Outer Space\nkk: Ғарыш", "ru")
    assert made.names == {"ru": "Космос", "en": "Outer Space", "kk": "Ғарыш"}
    assert made.slug == "outer-space"


def test_a_change_without_signs_replaces_the_words():
    assert changed_topic("science\nwords: moon", topic("science", "rocket"), "en").words == ("moon",)


def test_a_change_with_signs_adds_and_takes_away():
    before = topic("science", "rocket", '"space station"')
    assert changed_topic('science\nwords: +moon, -"space station"', before, "en").words == ("rocket", "moon")
    assert changed_topic('science\nwords: moon, -"space station"', before, "en").words == ("rocket", "moon")


def test_examples_are_added_line_by_line_and_taken_away_by_a_hyphen():
    made = new_topic("Sky\nlike: Moon lander lands\nнравится: Комета над городом\ndislike: Film about Mars", "en")
    assert made.liked == ("Moon lander lands", "Комета над городом")
    assert made.disliked == ("Film about Mars",)
    more = changed_topic("sky\nlike: A planet, seen twice\ndislike: -", made, "en")
    assert more.liked == (*made.liked, "A planet, seen twice")
    assert more.disliked == ()


@pytest.mark.parametrize(
    ("written", "strictness"),
    [("strictness: strict", Strictness.STRICT), ("Строгость: Broad", Strictness.BROAD)],
)
def test_a_topic_says_how_strict_it_is(written, strictness):
    assert new_topic(f"Sky\nwords: comet\n{written}", "en").strictness is strictness


def test_another_strictness_is_refused():
    with pytest.raises(InvalidTopicError) as raised:
        new_topic("Sky\nwords: comet\nstrictness: very", "en")
    assert (raised.value.problem, raised.value.detail) == ("strictness", "very")


@given(st.text(max_size=300))
def test_anything_is_a_topic_or_a_clear_error(text):
    try:
        new_topic(text, "en")
    except InvalidTopicError:
        pass
