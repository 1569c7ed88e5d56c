import random
from dataclasses import replace
from datetime import timedelta

import pytest

from builders import NOW, entry, utc
from digests.errors import FetchTimeoutError, HttpStatusError
from digests.gather.polling import (
    FIRST_ENTRIES,
    JITTER,
    QUIETEST,
    after_failure,
    after_success,
    has_settled,
    rhythm,
    says_else,
    worth_reading,
)
from digests.model import Feed, FeedDocument, Move, Response, Unchanged, Validators, Wishes

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
QUARTER = timedelta(minutes=15)
URL, ELSEWHERE = "https://agency.example/feed.xml", "https://news.agency.example/feed.xml"
FEED = Feed(
    id=1,
    url=URL,
    title="Agency",
    site_url="",
    validators=Validators(),
    next_poll_at=NOW,
    last_success_at=None,
    failures=0,
    error="",
)


class Never(random.Random):
    """Chance that adds nothing."""

    def random(self):
        return 0.0


def polled(feed=FEED, *, document=None, now=NOW, interval=HOUR, chance=None, **answer):
    return after_success(
        feed,
        Unchanged(url=feed.url, **answer),
        document,
        now=now,
        interval=interval,
        chance=chance or Never(),
    )


def failed(error, *, failures=0, chance=None):
    feed = replace(FEED, failures=failures)
    return after_failure(feed, error, now=NOW, shortest=HOUR, chance=chance or Never())


def document(**values):
    return FeedDocument(title="", site_url="", language="", entries=(), **values)


def keys(entries):
    return [one.key for one in entries]


def days_ago(days):
    return NOW - timedelta(days=days)


# --- when a feed is polled next --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entries_a_week", "interval"),
    [
        pytest.param(0, QUIETEST * QUARTER, id="a silent one"),
        pytest.param(7, QUIETEST * QUARTER, id="one a day"),
        pytest.param(84, HOUR, id="one in two hours"),
        pytest.param(168, HOUR / 2, id="one an hour"),
        pytest.param(100_000, QUARTER, id="one that never stops"),
    ],
)
def test_the_interval_follows_the_feeds_own_rhythm(entries_a_week, interval):
    assert rhythm(entries_a_week, QUARTER) == interval


@pytest.mark.parametrize("shortest", [timedelta(seconds=1), QUARTER, 5 * HOUR, 2 * DAY], ids=str)
def test_no_interval_is_shorter_than_asked_nor_longer_than_a_day_but_for_that(shortest):
    for entries in (0, 1, 50, 5000):
        assert shortest <= rhythm(entries, shortest) <= max(shortest, DAY)


def test_polls_are_spread():
    chance = random.Random(1)
    pauses = {polled(chance=chance).next_poll_at - NOW for _ in range(100)}
    assert len(pauses) > 90
    assert HOUR <= min(pauses) < max(pauses) <= HOUR * (1 + JITTER)


@pytest.mark.parametrize(
    ("wishes", "fresh_for", "pause"),
    [
        pytest.param(Wishes(), timedelta(), HOUR, id="nothing asked"),
        pytest.param(Wishes(ttl=3 * HOUR), timedelta(), 3 * HOUR, id="the feed's ttl"),
        pytest.param(Wishes(ttl=3 * HOUR), 5 * HOUR, 5 * HOUR, id="the server's max-age"),
        pytest.param(Wishes(ttl=QUARTER), QUARTER, HOUR, id="less than our own"),
        pytest.param(Wishes(ttl=90 * DAY), timedelta(), DAY, id="more than a day"),
        pytest.param(Wishes(skip_hours=frozenset({6, 7})), timedelta(), 3 * HOUR, id="hours to be skipped"),
        pytest.param(Wishes(skip_hours=frozenset(range(24))), timedelta(), 25 * HOUR, id="every hour to be skipped"),
    ],
)
def test_what_feed_and_server_ask_for_counts_when_it_is_longer(wishes, fresh_for, pause):
    at_five = utc("2026-03-02T05:00")
    after = polled(replace(FEED, wishes=wishes), now=at_five, fresh_for=fresh_for)
    assert after.next_poll_at == at_five + pause
    assert after.wishes == wishes


def test_wishes_are_those_of_the_newest_document():
    before = replace(FEED, wishes=Wishes(ttl=DAY))
    assert polled(before, document=document(ttl=2 * HOUR)).wishes == Wishes(ttl=2 * HOUR)
    assert polled(before, document=document()).wishes == Wishes()


def test_a_poll_that_goes_well_makes_up_for_all_that_failed():
    before = replace(FEED, failures=5, error="status:410", is_stopped=True)
    after = polled(before, validators=Validators(etag='"2"'))
    assert (after.failures, after.error, after.is_stopped, after.last_success_at) == (0, "", False, NOW)
    assert after.validators == Validators(etag='"2"')


@pytest.mark.parametrize(
    ("failures", "hours"),
    [(0, 1), (1, 2), (2, 4), (3, 8), (4, 16), (5, 24), (6, 24), (10_000, 24)],
)
def test_pauses_double_up_to_a_day(failures, hours):
    after = failed(FetchTimeoutError(), failures=failures)
    assert after.next_poll_at == NOW + hours * HOUR
    assert (after.failures, after.error, after.is_stopped) == (failures + 1, "timeout", False)


@pytest.mark.parametrize(
    ("asked", "pause"),
    [
        pytest.param(None, HOUR, id="nothing asked"),
        pytest.param(timedelta(minutes=5), HOUR, id="less than our own"),
        pytest.param(6 * HOUR, 6 * HOUR, id="more than our own"),
        pytest.param(9 * DAY, DAY, id="more than a day"),
    ],
)
def test_a_server_that_asks_for_a_pause_gets_it(asked, pause):
    assert failed(HttpStatusError(429, retry_in=asked)).next_poll_at == NOW + pause


def test_a_feed_that_is_gone_is_polled_no_longer():
    assert failed(HttpStatusError(410)).is_stopped
    assert not failed(HttpStatusError(404)).is_stopped


# --- where it has moved to -------------------------------------------------------------------------------------------


def test_a_permanent_redirect_is_believed_when_it_lasts():
    feed, settled = FEED, []
    for poll in range(4):
        now = NOW + poll * DAY / 2
        feed = polled(feed, now=now, moved_to=ELSEWHERE)
        settled.append(has_settled(feed.move, now))
    assert settled == [False, False, True, True]
    assert feed.move == Move(to=ELSEWHERE, since=NOW, polls=4)


def test_many_polls_in_an_hour_do_not_settle_a_move():
    assert not has_settled(Move(to=ELSEWHERE, since=NOW - HOUR, polls=50), NOW)


@pytest.mark.parametrize(
    "moved_to",
    [pytest.param("", id="back"), pytest.param(URL, id="to itself")],
)
def test_a_feed_that_is_back_has_not_moved(moved_to):
    before = replace(FEED, move=Move(to=ELSEWHERE, since=NOW - DAY, polls=9))
    assert polled(before, moved_to=moved_to).move is None


def test_another_address_begins_anew():
    before = replace(FEED, move=Move(to=ELSEWHERE, since=NOW - DAY, polls=9))
    assert polled(before, moved_to="https://third.example/").move == Move(
        to="https://third.example/", since=NOW, polls=1
    )


def test_a_body_may_move_too():
    answer = Response(url=ELSEWHERE, content_type="", body=b"", validators=Validators(), moved_to=ELSEWHERE)
    after = after_success(FEED, answer, document(), now=NOW, interval=HOUR, chance=Never())
    assert after.move == Move(to=ELSEWHERE, since=NOW, polls=1)


# --- which entries are read ------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize(
    ("change", "differs"),
    [
        pytest.param({"title": "Bridge closes"}, True, id="another headline"),
        pytest.param({"html": "<p>Two people were hurt, not three.</p>"}, True, id="a correction"),
        pytest.param(
            {"html": '<p>Two people were hurt.</p><img src="https://count.example/?r=77">'}, False, id="pixel"
        ),
        pytest.param({"html": "<p>Two people were hurt.</p> 1,024 views"}, True, id="new words around a number"),
        pytest.param({"html": "<div>Two   people were\nhurt.</div>"}, False, id="another layout"),
        pytest.param({"title": "Bridge opens (12)"}, False, id="a count"),
        pytest.param({"published_at": NOW}, False, id="another date"),
    ],
)
def test_an_edit_is_what_says_something_else(change, differs):
    before = entry("1", title="Bridge opens", html="<p>Two people were hurt.</p>")
    assert says_else(before, replace(before, **change)) == differs
