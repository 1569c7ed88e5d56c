"""What waits, in counts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from builders import NOW, entry, subscriber, subscription
from digests.model import EditionKind, Part, SubscriberState


def look(store, now=NOW):
    with store.read() as work:
        return work.backlog(now)


def test_nothing_waits_in_an_empty_database(store):
    found = look(store)
    assert (found.feeds, found.feeds_due, found.unread, found.editions_due) == (0, 0, 0, 0)
    assert found.last_success_at is None
    assert found.oldest_edition_at is None
    assert found.deliveries == {}


def test_feeds_are_counted_by_how_they_fare(store):
    with store.begin() as work:
        made = [
            work.feeds.add(f"https://{name}.example/feed", title=name, site_url="", now=NOW)
            for name in ("due", "late", "later", "failing", "stopped", "paused")
        ]
        _, late, later, failing, stopped, paused = made
        work.feeds.save(
            [
                replace(late, next_poll_at=NOW - timedelta(minutes=11)),
                replace(later, next_poll_at=NOW + timedelta(minutes=1), last_success_at=NOW - timedelta(minutes=3)),
                replace(failing, next_poll_at=NOW + timedelta(hours=1), error="timeout", failures=2),
                replace(stopped, is_stopped=True, error="gone"),
            ]
        )
        work.feeds.say(replace(paused, is_paused=True))
    found = look(store)
    assert (found.feeds, found.stopped, found.paused) == (4, 1, 1)
    assert (found.feeds_due, found.feeds_late, found.feeds_failing) == (2, 1, 1)
    assert found.last_success_at == NOW - timedelta(minutes=3)


def test_entries_wait_until_their_pages_may_be_asked_for(store):
    with store.begin() as work:
        feed = work.feeds.add("https://agency.example/feed", title="Agency", site_url="", now=NOW)
        work.entries.add(feed.id, [entry("1"), entry("2")], [entry("3")], now=NOW)
        (first, _) = work.entries.unread(NOW, limit=9)
        work.entries.postpone(first.id, until=NOW + timedelta(hours=1))
    assert look(store).unread == 1
    assert look(store, NOW + timedelta(hours=1)).unread == 2


def reader(work, chat_id, *, due_at, state=SubscriberState.ACTIVE):
    """Somebody whose next edition comes at that moment."""
    work.readers.save(replace(subscriber(chat_id), state=state), now=NOW)
    times = (due_at.time(),)
    mine = work.readers.add_subscription(subscription(chat_id=chat_id, zone="UTC", times=times, topics=frozenset()))
    work.readers.planned(mine, until=due_at - timedelta(minutes=1))
    return mine


@pytest.mark.parametrize(
    ("minutes", "due", "late"),
    [
        pytest.param(-1, 0, 0, id="not yet"),
        pytest.param(0, 1, 0, id="just now"),
        pytest.param(5, 1, 1, id="for five minutes"),
    ],
)
def test_an_edition_that_nobody_has_planned_counts(store, minutes, due, late):
    with store.begin() as work:
        reader(work, 1, due_at=NOW)
        reader(work, 2, due_at=NOW, state=SubscriberState.PAUSED)
    found = look(store, NOW + timedelta(minutes=minutes))
    assert (found.editions_due, found.editions_late) == (due, late)
    assert found.oldest_edition_at == (NOW if due else None)
    assert found.subscribers == {SubscriberState.ACTIVE: 1, SubscriberState.PAUSED: 1}


def test_what_waits_in_the_outbox_counts_and_broadcasts_are_never_late(store):
    before = NOW - timedelta(minutes=20)
    with store.begin() as work:
        mine = reader(work, 1, due_at=NOW + timedelta(hours=1))
        for number, kind in enumerate((EditionKind.SCHEDULED, EditionKind.BROADCAST)):
            edition_at = before + timedelta(seconds=number)
            work.outbox.add(mine, [Part(text="x")], edition_at=edition_at, kind=kind, stories=0, now=NOW)
    found = look(store)
    assert found.deliveries == {EditionKind.SCHEDULED: 1, EditionKind.BROADCAST: 1}
    assert (found.editions_due, found.editions_late, found.oldest_edition_at) == (1, 1, before)
