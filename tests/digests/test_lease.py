import pytest

from digests.lease import LASTS, RENEWED_EVERY, Lease


@pytest.fixture
def first(store, clock):
    return Lease(store, clock, holder="a:1:x")


@pytest.fixture
def second(store, clock):
    return Lease(store, clock, holder="b:2:y")


def test_one_holds_it_and_the_other_is_told_who(first, second):
    assert first.take() is None
    assert second.take() == "a:1:x"


def test_it_is_held_as_long_as_it_is_renewed(first, second, clock):
    for _ in range(10):
        assert first.take() is None
        clock.now += RENEWED_EVERY
        assert second.take() == "a:1:x"


def test_one_that_is_renewed_no_longer_is_taken_and_the_first_hears_of_it(first, second, clock):
    first.take()
    clock.now += LASTS
    assert second.take() is None
    assert first.take() == "b:2:y"


def test_one_that_is_given_up_is_free_at_once(first, second):
    first.take()
    second.give_up()
    assert second.take() == "a:1:x"
    first.give_up()
    assert second.take() is None


def test_one_of_a_process_that_is_dead_is_free_at_once(store, clock, first):
    first.take()
    third = Lease(store, clock, holder="c:3:z", is_dead=lambda holder: holder == "a:1:x")
    assert third.take() is None
