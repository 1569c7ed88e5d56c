from dataclasses import replace
from datetime import timedelta

import pytest

from builders import NOW, subscriber
from digests.alarms import BETWEEN, LEAST_FAILURES, LEAST_SPAN
from digests.errors import (
    DeliveryDelayedError,
    DeliveryRefusedError,
    DeliveryUnknownError,
    SubscriberGoneError,
)
from digests.model import Part, Role, StaffMember, SubscriberState
from digests.pipeline.watching import PAUSES, FeedWatch
from digests.staff import Staffing
from fakes import FakeSender

OWNER, ADMIN, EDITOR, GONE, STRANGER = 1, 2, 3, 4, 5


@pytest.fixture
def sender():
    return FakeSender()


@pytest.fixture
def watch(store, clock, sender):
    return started(store, clock, sender)


def started(store, clock, sender):
    """As after a start of the bot."""
    staffing = Staffing(store, clock, owner_ids=frozenset({OWNER, STRANGER}))
    return FeedWatch(store, staffing, written, sender, clock, interval=timedelta(minutes=15))


def written(alarm, language):
    broken, back = (", ".join(feed.title for feed in several) for several in (alarm.broken, alarm.back))
    return Part(text=f"{language}: broken {broken or '-'}, back {back or '-'}")


@pytest.fixture(autouse=True)
def people(store):
    with store.begin() as work:
        for number, role in ((ADMIN, Role.ADMIN), (EDITOR, Role.EDITOR), (GONE, Role.ADMIN)):
            work.staff.save(
                StaffMember(user_id=number, name="", role=role, topics=frozenset({"a"}), invited_by=OWNER, since=NOW)
            )
        for number in (OWNER, EDITOR):
            work.readers.save(subscriber(number), now=NOW)
        work.readers.save(subscriber(ADMIN, language="kk", state=SubscriberState.PAUSED), now=NOW)
        work.readers.save(subscriber(GONE, state=SubscriberState.GONE), now=NOW)


def broken(store, title="Agency", *, since=NOW - LEAST_SPAN):
    with store.begin() as work:
        feed = work.feeds.add(f"https://{title.casefold()}.example/", title=title, site_url="", now=NOW)
        work.feeds.save([replace(feed, error="timeout", failures=LEAST_FAILURES, failing_since=since)])
        return feed


def mend(store, feed, at):
    with store.begin() as work:
        work.feeds.save(
            [replace(work.feeds.get(feed.id), error="", failures=0, last_success_at=at, failing_since=None)]
        )


async def test_those_with_rights_whose_chat_is_open_are_told_once_each_in_their_language(watch, store, sender):
    broken(store)
    broken(store, "Paper")
    assert await watch.look() == 2
    assert sender.sent == [(OWNER, "en: broken Agency, Paper, back -"), (ADMIN, "kk: broken Agency, Paper, back -")]
    assert await watch.look() == 0


async def test_a_start_of_the_bot_repeats_nothing(watch, store, clock, sender):
    feed = broken(store)
    await watch.look()
    clock.now += BETWEEN
    assert await started(store, clock, sender).look() == 0
    mend(store, feed, clock.now)
    assert await started(store, clock, sender).look() == 2
    assert sender.texts[-2:] == ["en: broken -, back Agency", "kk: broken -, back Agency"]
    assert await started(store, clock, sender).look() == 0


async def test_one_that_is_well_before_anybody_was_told_is_not_told_of(watch, store, sender):
    mend(store, broken(store), NOW)
    assert await watch.look() == 0


async def test_what_breaks_soon_after_waits_for_the_next_message(watch, store, clock, sender):
    broken(store)
    await watch.look()
    broken(store, "Paper")
    broken(store, "Herald")
    assert await watch.look() == 0
    clock.now += BETWEEN
    assert await watch.look() == 2
    assert sender.texts[-1] == "kk: broken Herald, Paper, back -"


async def test_a_feed_that_breaks_again_is_told_of_again(watch, store, clock, sender):
    feed = broken(store)
    await watch.look()
    clock.now += BETWEEN
    mend(store, feed, clock.now)
    await watch.look()
    clock.now += LEAST_SPAN
    with store.begin() as work:
        now = work.feeds.get(feed.id)
        failing = {"error": "timeout", "failures": LEAST_FAILURES, "failing_since": clock.now - LEAST_SPAN}
        work.feeds.save([replace(now, **failing)])
    await watch.look()
    assert sender.texts[-1] == "kk: broken Agency, back -"


async def test_a_message_that_is_delayed_comes_later_and_one_that_may_have_come_does_not(watch, store, clock, sender):
    broken(store)
    sender.outcomes = [DeliveryDelayedError(OWNER, retry_in=timedelta(seconds=5)), DeliveryUnknownError(ADMIN)]
    assert await watch.look() == 0
    assert await watch.look() == 0
    clock.now += PAUSES[0]
    assert await watch.look() == 1
    assert sender.sent == [(OWNER, "en: broken Agency, back -")]


async def test_a_message_is_given_up_in_the_end(watch, store, clock, sender):
    broken(store)
    sender.outcomes = [DeliveryDelayedError(OWNER, retry_in=timedelta())] * 100
    for _ in range(20):
        await watch.look()
        clock.now += timedelta(hours=7)
    assert len(sender.tried) == 2 * (len(PAUSES) + 1)


@pytest.mark.parametrize("error", [SubscriberGoneError(OWNER), DeliveryRefusedError(OWNER)])
async def test_a_closed_chat_keeps_nothing_from_the_others(watch, store, sender, error):
    broken(store)
    sender.outcomes = [error]
    assert await watch.look() == 1
    assert sender.sent == [(ADMIN, "kk: broken Agency, back -")]
