from hypothesis import given
from hypothesis import strategies as st

from builders import topic
from digests.model import Strictness
from digests.records import changed_fields, merged, recorded_topic, topic_record

BASE = topic("space", "rocket", "moon", names={"en": "Space", "ru": "Космос"}, exclude=("film",))

words = st.lists(st.sampled_from("abcdef"), unique=True, max_size=5).map(tuple)
topics = st.builds(
    lambda words, exclude, names, strictness: topic(
        "space", *words, exclude=exclude, names={"en": "Space", **names}, strictness=strictness
    ),
    words,
    words,
    st.dictionaries(st.sampled_from(["ru", "kk"]), st.sampled_from(["x", "y"])),
    st.sampled_from([None, *Strictness]),
)


def changed(**values):
    return recorded_topic(topic_record(BASE) | values)


def test_what_was_changed_is_named():
    assert changed_fields(BASE, changed(words=["rocket"], strictness="strict")) == ("words", "strictness")
    assert changed_fields(BASE, BASE) == ()


def test_both_of_two_changes_are_had():
    mine = changed(words=["rocket", "comet"], names={"en": "Cosmos", "ru": "Космос"})
    theirs = changed(words=["rocket", "moon", "star"], names={"en": "Space", "ru": "Небо"}, exclude=[])
    both = merged(BASE, mine, theirs)
    assert both.words == ("rocket", "star", "comet")
    assert both.names == {"en": "Cosmos", "ru": "Небо"}
    assert both.exclude == ()


def test_of_two_changes_of_one_thing_mine_stands():
    assert merged(BASE, changed(strictness="broad"), changed(strictness="strict")).strictness is Strictness.BROAD


@given(topics, topics)
def test_one_change_alone_is_that_change(base, other):
    record = topic_record(other)
    assert topic_record(merged(base, base, other)) == record
    mine = topic_record(merged(base, other, base))
    assert {name: sorted(value) if isinstance(value, list) else value for name, value in mine.items()} == {
        name: sorted(value) if isinstance(value, list) else value for name, value in record.items()
    }


@given(topics, topics, topics)
def test_nothing_that_both_have_is_lost(base, mine, theirs):
    both = merged(base, mine, theirs)
    assert set(mine.words) & set(theirs.words) <= set(both.words)
    assert set(both.words) <= set(mine.words) | set(theirs.words)
