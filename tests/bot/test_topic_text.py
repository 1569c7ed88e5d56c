import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.topic_text import changed_topic, new_topic
from builders import topic
from digests.errors import InvalidTopicError


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


@given(st.text(max_size=300))
def test_anything_is_a_topic_or_a_clear_error(text):
    try:
        new_topic(text, "en")
    except InvalidTopicError:
        pass
