import random
from datetime import timedelta

import pytest

from builders import NOW, entry
from digests.errors import FetchTimeoutError, HttpStatusError
from digests.gather.polling import FIRST_ENTRIES, next_poll_after, next_poll_after_failure, worth_reading

HOUR = timedelta(hours=1)


class Middle(random.Random):
    """Chance that never leans to either side."""

    def uniform(self, a, b):
        return (a + b) / 2


def keys(entries):
    return [one.key for one in entries]


def days_ago(days):
    return NOW - timedelta(days=days)


def test_polls_are_spread_around_the_interval():
    chance = random.Random(1)
    polls = [next_poll_after(NOW, HOUR, chance) - NOW for _ in range(100)]
    assert len(set(polls)) > 90
    assert HOUR * 0.9 <= min(polls) < HOUR < max(polls) <= HOUR * 1.1


@pytest.mark.parametrize(
    ("failures", "hours"),
    [(0, 1), (1, 2), (2, 4), (3, 8), (4, 16), (5, 24), (6, 24), (10_000, 24)],
)
def test_pauses_double_up_to_a_day(failures, hours):
    again = next_poll_after_failure(NOW, HOUR, failures, FetchTimeoutError(), Middle())
    assert again == NOW + hours * HOUR


@pytest.mark.parametrize(
    ("asked", "pause"),
    [
        pytest.param(None, HOUR, id="nothing asked"),
        pytest.param(timedelta(minutes=5), HOUR, id="less than our own"),
        pytest.param(timedelta(hours=6), timedelta(hours=6), id="more than our own"),
        pytest.param(timedelta(days=9), timedelta(days=1), id="more than a day"),
    ],
)
def test_what_the_server_asks_for_counts_when_it_is_longer(asked, pause):
    error = HttpStatusError(429, retry_in=asked)
    assert next_poll_after_failure(NOW, HOUR, 0, error, Middle()) == NOW + pause


def test_old_entries_are_remembered_and_not_read():
    several = [entry("old", published_at=days_ago(8)), entry("new", published_at=days_ago(6)), entry("undated")]
    wanted, skipped = worth_reading(several, first_time=False, now=NOW)
    assert (keys(wanted), keys(skipped)) == (["undated", "new"], ["old"])


def test_of_a_feed_seen_first_the_newest_are_read_whatever_their_age():
    several = [entry(str(days), published_at=days_ago(days)) for days in range(40, 9, -1)]
    wanted, skipped = worth_reading(several, first_time=True, now=NOW)
    assert keys(wanted) == [str(days) for days in range(10, 10 + FIRST_ENTRIES)]
    assert len(skipped) == len(several) - FIRST_ENTRIES


def test_of_a_feed_seen_first_everything_fresh_is_read():
    several = [entry(str(number), published_at=days_ago(1)) for number in range(30)]
    wanted, skipped = worth_reading(several, first_time=True, now=NOW)
    assert (len(wanted), skipped) == (30, [])


def test_of_a_feed_without_dates_the_first_are_read():
    several = [entry(str(number)) for number in range(30)]
    wanted, skipped = worth_reading(several, first_time=True, now=NOW)
    assert keys(wanted) == [str(number) for number in range(FIRST_ENTRIES)]
    assert len(skipped) == 20


def test_nothing_gives_nothing():
    assert worth_reading([], first_time=True, now=NOW) == ([], [])
