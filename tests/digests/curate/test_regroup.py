import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.curate.fingerprint import fingerprint
from digests.curate.regroup import regroup


def told(*titles):
    return [fingerprint(title, "", "en") for title in titles]


BRIDGE = "Bridge over the Karund lake opens"
AGAIN = "Karund lake bridge opens after years"
COMET = "Comet visible until Thursday"
RATES = "Central bank lowers its rates"


def test_two_stories_about_one_event_become_the_older():
    assert regroup({3: told(BRIDGE), 1: told(COMET), 7: told(AGAIN), 9: told(RATES)}) == {7: 3}


def test_stories_about_different_events_stay_apart():
    assert regroup({1: told(BRIDGE), 2: told(COMET), 3: told(RATES)}) == {}


def test_a_story_told_already_keeps_its_id_though_it_is_younger():
    assert regroup({3: told(BRIDGE), 7: told(AGAIN), 9: told(RATES)}, frozen=frozenset({7})) == {3: 7}


def test_two_stories_told_already_are_never_joined():
    assert regroup({3: told(BRIDGE), 7: told(AGAIN), 9: told(RATES)}, frozen=frozenset({3, 7})) == {}


def test_three_of_one_event_have_one_id():
    stories = {5: told(BRIDGE), 2: told(AGAIN), 8: told("The bridge on lake Karund opens"), 9: told(RATES)}
    assert regroup(stories) == {5: 2, 8: 2}


def test_a_story_is_joined_by_all_of_its_articles_rather_than_the_nearest():
    mixed = {1: told(BRIDGE), 2: told(AGAIN, COMET, RATES, "Whales sing in the north", "Bread grows dearer")}
    assert regroup(mixed) == {}


@pytest.mark.parametrize("cut", [0.99, 1.0])
def test_a_high_cut_joins_copies_alone(cut):
    assert regroup({1: told(BRIDGE), 2: told(AGAIN), 3: told(BRIDGE)}, cut=min(cut, 0.999)) == {3: 1}


def saying(verdict):
    """A judge of one opinion, and the pairs that it was asked about."""
    asked = []

    def judge(pairs):
        asked.extend(pairs)
        return dict.fromkeys(pairs, verdict)

    return judge, asked


DAY = {1: told(BRIDGE), 2: told(AGAIN), 4: told(COMET), 5: told(RATES)}
JOINED, PARTED = 0.7, 0.95
"""Cuts to either side of the likeness of the two tellings of the bridge, both near enough to leave doubt."""


@pytest.mark.parametrize(("cut", "by_words"), [(JOINED, {2: 1}), (PARTED, {})])
@pytest.mark.parametrize(("verdict", "judged"), [(True, {2: 1}), (False, {})])
def test_where_likeness_leaves_doubt_a_judge_decides(cut, by_words, verdict, judged):
    assert regroup(DAY, cut=cut) == by_words
    assert regroup(DAY, cut=cut, judge=saying(verdict)[0]) == judged


def test_a_judge_is_asked_neither_about_copies_nor_about_what_shares_nothing():
    judge, asked = saying(False)
    regroup(DAY | {3: told(BRIDGE)}, cut=0.42, judge=judge)
    assert sorted(asked) == [(1, 2), (2, 3)]


def test_where_a_judge_can_not_tell_likeness_decides():
    assert regroup(DAY, cut=JOINED, judge=lambda _pairs: {}) == {2: 1}


def test_nothing_to_group():
    assert regroup({}) == {}


titles = st.lists(st.sampled_from([BRIDGE, AGAIN, COMET, RATES, "!!!", ""]), min_size=1, max_size=3)


@given(st.dictionaries(st.integers(0, 50), titles, max_size=12), st.frozensets(st.integers(0, 50)))
def test_no_story_is_joined_to_one_that_is_gone_and_none_told_is_lost(named, frozen):
    new = regroup({story_id: told(*several) for story_id, several in named.items()}, frozen=frozen)
    assert new.keys() <= named.keys()
    assert not set(new.values()) & new.keys()
    assert not new.keys() & frozen
