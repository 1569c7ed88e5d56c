from dataclasses import replace
from datetime import timedelta

import pytest

from builders import NOW
from digests.alarms import BETWEEN, LEAST_FAILURES, LEAST_SPAN, alarm, is_broken
from digests.model import Feed, Validators

INTERVAL = timedelta(minutes=15)
WELL = Feed(
    id=1,
    url="https://agency.example/feed",
    title="Agency",
    site_url="",
    validators=Validators(),
    next_poll_at=NOW,
    last_success_at=NOW - timedelta(days=1),
    failures=0,
    error="",
)
BROKEN = replace(WELL, error="timeout", failures=LEAST_FAILURES, failing_since=NOW - LEAST_SPAN)
TOLD = replace(BROKEN, told_broken_at=NOW - timedelta(hours=1))


@pytest.mark.parametrize(
    ("feed", "broken"),
    [
        pytest.param(WELL, False, id="read without trouble"),
        pytest.param(BROKEN, True, id="several polls and hours"),
        pytest.param(replace(BROKEN, failures=LEAST_FAILURES - 1), False, id="few polls"),
        pytest.param(replace(BROKEN, failing_since=NOW - LEAST_SPAN + timedelta(seconds=1)), False, id="not long"),
        pytest.param(replace(BROKEN, failing_since=None), False, id="since when nobody knows"),
        pytest.param(
            replace(WELL, error="status:410", failures=1, failing_since=NOW, is_stopped=True), True, id="gone"
        ),
        pytest.param(replace(BROKEN, is_paused=True), False, id="paused"),
    ],
)
def test_a_feed_is_broken_when_that_is_no_hiccup(feed, broken):
    assert is_broken(feed, NOW, interval=INTERVAL) is broken
    assert (alarm([feed], NOW, interval=INTERVAL) is not None) is broken


def test_where_feeds_are_polled_rarely_more_time_has_to_pass():
    assert not is_broken(BROKEN, NOW, interval=timedelta(hours=6))
    assert is_broken(replace(BROKEN, failing_since=NOW - timedelta(hours=12)), NOW, interval=timedelta(hours=6))


@pytest.mark.parametrize(
    ("feed", "back"),
    [
        pytest.param(
            replace(WELL, told_broken_at=NOW - timedelta(hours=1), last_success_at=NOW), True, id="read since"
        ),
        pytest.param(TOLD, False, id="still broken"),
        pytest.param(replace(WELL, told_broken_at=NOW), False, id="at a new address, and not read there yet"),
        pytest.param(WELL, False, id="never told of"),
    ],
)
def test_a_feed_is_back_once_it_has_been_read(feed, back):
    told = alarm([feed], NOW, interval=INTERVAL)
    assert (told is not None and told.back == (feed,)) is back


def test_what_breaks_together_is_told_together():
    other = replace(BROKEN, id=2, title="Paper")
    back = replace(WELL, id=3, told_broken_at=NOW - timedelta(hours=1), last_success_at=NOW)
    told = alarm([BROKEN, other, WELL, back], NOW, interval=INTERVAL)
    assert (told.broken, told.back) == ((BROKEN, other), (back,))


def test_soon_after_a_message_there_is_no_other():
    assert alarm([BROKEN], NOW, interval=INTERVAL, last_told_at=NOW - BETWEEN + timedelta(seconds=1)) is None
    assert alarm([BROKEN], NOW, interval=INTERVAL, last_told_at=NOW - BETWEEN) is not None


def test_what_was_told_is_not_told_again():
    assert alarm([TOLD], NOW, interval=INTERVAL) is None
