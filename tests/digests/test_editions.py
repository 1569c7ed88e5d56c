from datetime import UTC, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import subscription, utc
from digests.editions import missed_edition_at, next_edition_at

ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Asia/Almaty",
    "Australia/Lord_Howe",  # its clock changes by half an hour
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Pacific/Apia",  # left out a whole day in 2011
    "UTC",
]


def at(zone, *times):
    return subscription(zone=zone, times=tuple(time.fromisoformat(one) for one in times))


@pytest.mark.parametrize(
    ("zone", "times", "after", "expected"),
    [
        pytest.param("Europe/Berlin", ["08:00"], "2026-03-28T07:00", "2026-03-29T06:00", id="the day summer begins"),
        pytest.param("Europe/Berlin", ["08:00"], "2026-10-24T06:00", "2026-10-25T07:00", id="the day it ends"),
        pytest.param("Europe/Berlin", ["02:30"], "2026-03-28T12:00", "2026-03-29T01:30", id="a skipped hour, Berlin"),
        pytest.param("Europe/Berlin", ["02:30"], "2026-03-29T01:30", "2026-03-30T00:30", id="and the day after"),
        pytest.param("Europe/Berlin", ["02:30"], "2026-10-24T12:00", "2026-10-25T00:30", id="a doubled hour, Berlin"),
        pytest.param("Europe/Berlin", ["02:30"], "2026-10-25T00:30", "2026-10-26T01:30", id="comes but once"),
        pytest.param("America/New_York", ["02:30"], "2026-03-07T12:00", "2026-03-08T07:30", id="skipped, New York"),
        pytest.param("America/New_York", ["01:30"], "2026-10-31T12:00", "2026-11-01T05:30", id="doubled, New York"),
        pytest.param("America/New_York", ["01:30"], "2026-11-01T05:30", "2026-11-02T06:30", id="once there too"),
        pytest.param("Asia/Kolkata", ["08:00"], "2026-03-02T00:00", "2026-03-02T02:30", id="a half-hour zone"),
        pytest.param("Pacific/Kiritimati", ["08:00"], "2026-03-01T17:59", "2026-03-01T18:00", id="a day ahead"),
        pytest.param("Pacific/Pago_Pago", ["20:00"], "2026-03-02T06:59", "2026-03-02T07:00", id="a day behind"),
        pytest.param("UTC", ["08:00"], "2026-03-02T08:00", "2026-03-03T08:00", id="strictly later"),
        pytest.param("UTC", ["08:00", "20:00"], "2026-03-02T08:00", "2026-03-02T20:00", id="twice a day"),
        pytest.param("UTC", ["08:00", "20:00"], "2026-03-02T20:00", "2026-03-03T08:00", id="and over night"),
        pytest.param("Europe/Berlin", ["02:30", "03:30"], "2026-03-29T01:30", "2026-03-30T00:30", id="two become one"),
    ],
)
def test_the_next_edition_comes_at_the_local_hour(zone, times, after, expected):
    assert next_edition_at(at(zone, *times), utc(after)) == utc(expected)


@pytest.mark.parametrize(
    ("planned_until", "now", "expected"),
    [
        pytest.param("2026-03-02T08:00", "2026-03-02T19:59", None, id="none is due"),
        pytest.param("2026-03-02T08:00", "2026-03-02T20:00", "2026-03-02T20:00", id="one is due this minute"),
        pytest.param("2026-03-02T08:00", "2026-03-02T20:07", "2026-03-02T20:00", id="a little late"),
        pytest.param("2026-03-01T08:00", "2026-03-02T20:07", "2026-03-02T20:00", id="the latest of three"),
        pytest.param("2025-03-02T08:00", "2026-03-02T07:00", "2026-03-01T20:00", id="after a year of standstill"),
        pytest.param("2026-03-02T20:00", "2026-03-02T20:00", None, id="dealt with already"),
        pytest.param("2026-03-03T00:00", "2026-03-02T20:00", None, id="the clock was set back"),
    ],
)
def test_missed_editions_collapse_into_the_latest(planned_until, now, expected):
    twice_daily = subscription(times=(time(8), time(20)), planned_until=utc(planned_until))
    assert missed_edition_at(twice_daily, utc(now)) == (None if expected is None else utc(expected))


@given(
    zone=st.sampled_from(ZONES),
    minutes=st.sets(st.integers(0, 24 * 60 - 1), min_size=1, max_size=4),
    start=st.integers(0, 30 * 365 * 24 * 60).map(lambda passed: utc("2005-01-01") + timedelta(minutes=passed)),
)
def test_editions_follow_each_other_at_the_chosen_hours(zone, minutes, start):
    times = tuple(time(minute // 60, minute % 60) for minute in sorted(minutes))
    mine = subscription(zone=zone, times=times)
    editions = [start]
    for _ in range(6):
        editions.append(next_edition_at(mine, editions[-1]))
    assert all(one < other for one, other in pairwise(editions))
    assert all(other - one <= timedelta(hours=50) for one, other in pairwise(editions))
    for edition_at in editions[1:]:
        local = edition_at.astimezone(ZoneInfo(zone))
        assert local.fold == 0
        assert local.time() in times or falls_after_a_gap(local)


def falls_after_a_gap(local):
    an_hour_before = (local.astimezone(UTC) - timedelta(hours=2)).astimezone(local.tzinfo)
    return local.utcoffset() > an_hour_before.utcoffset()


@pytest.mark.parametrize(
    ("values", "after", "expected"),
    [
        pytest.param({"days": {0}}, "2026-03-02T08:00", "2026-03-09T08:00", id="once a week"),
        pytest.param({"days": {0, 1, 2, 3, 4}}, "2026-03-06T08:00", "2026-03-09T08:00", id="over the weekend"),
        pytest.param({"weekend_times": ["10:00"]}, "2026-03-06T08:00", "2026-03-07T10:00", id="later on Saturday"),
        pytest.param({"weekend_times": ["10:00"]}, "2026-03-08T10:00", "2026-03-09T08:00", id="and early on Monday"),
        pytest.param({"weekend_times": ["10:00"], "days": {6}}, "2026-03-02T08:00", "2026-03-08T10:00", id="Sundays"),
    ],
)
def test_days_and_weekends_have_editions_of_their_own(values, after, expected):
    wanted = {
        "days": frozenset(values.get("days", range(7))),
        "weekend_times": tuple(map(time.fromisoformat, values.get("weekend_times", ()))),
    }
    assert next_edition_at(subscription(times=(time(8),), **wanted), utc(after)) == utc(expected)


def test_a_weekly_edition_missed_during_a_standstill_is_made_up_for():
    weekly = subscription(times=(time(8),), days=frozenset({0}), planned_until=utc("2026-02-02T08:00"))
    assert missed_edition_at(weekly, utc("2026-03-08T12:00")) == utc("2026-03-02T08:00")
