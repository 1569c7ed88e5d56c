from dataclasses import replace
from datetime import timedelta

import pytest

from builders import NOW, entry, read_article, utc
from digests.errors import FeedExistsError, UnknownFeedError
from digests.model import Feed, Move, Validators, Wishes
from digests.store.feeds import READ, UNREADABLE

URL = "https://agency.example/feed.xml"
HOUR = timedelta(hours=1)


@pytest.fixture
def work(store):
    with store.begin() as opened:
        yield opened


@pytest.fixture
def feed(work):
    return work.feeds.add(URL, title="Agency", site_url="https://agency.example/", now=NOW)


def keys(unread):
    return [one.entry.key for one in unread]


def test_a_new_feed_is_due_at_once(work, feed):
    expected = Feed(
        id=feed.id,
        url=URL,
        title="Agency",
        site_url="https://agency.example/",
        validators=Validators(),
        next_poll_at=NOW,
        last_success_at=None,
        failures=0,
        error="",
    )
    assert feed == expected
    assert work.feeds.get(feed.id) == expected
    assert work.feeds.due(NOW) == (expected,)
    assert work.feeds.due(NOW - timedelta(microseconds=1)) == ()


def test_an_address_is_followed_once(work, feed):
    with pytest.raises(FeedExistsError) as refused:
        work.feeds.add(URL, title="Another name", site_url="", now=NOW)
    assert refused.value.title == "Agency"
    assert work.feeds.all() == (feed,)


def test_where_the_polling_stands_comes_back_as_it_was(work, feed):
    standing = replace(
        feed,
        validators=Validators(etag='"1"', last_modified="today", body_hash="abc"),
        next_poll_at=NOW + HOUR,
        last_success_at=NOW,
        failures=2,
        error="timeout",
        is_stopped=True,
        wishes=Wishes(ttl=HOUR, skip_hours=frozenset({0, 23})),
        move=Move(to="https://b.example/", since=NOW, polls=2),
    )
    work.feeds.save([standing])
    assert work.feeds.get(feed.id) == standing
    work.feeds.save([feed])
    assert work.feeds.get(feed.id) == feed


def test_what_a_poll_does_not_bring_is_left_alone(work, feed):
    work.feeds.describe(feed.id, title="Renamed", site_url="https://a.example/")
    work.feeds.save([replace(feed, failures=1)])
    found = work.feeds.get(feed.id)
    assert (found.title, found.site_url, found.failures) == ("Renamed", "https://a.example/", 1)
    work.feeds.save([])


def test_a_stopped_feed_is_never_due_until_somebody_asks(work, feed):
    work.feeds.save([replace(feed, is_stopped=True)])
    assert work.feeds.due(NOW + 1000 * HOUR) == ()
    work.feeds.poll_soon(NOW, [feed.id])
    assert [one.id for one in work.feeds.due(NOW)] == [feed.id]


def test_a_feed_moves_where_no_other_is(work, feed):
    work.feeds.add("https://b.example/", title="B", site_url="", now=NOW)
    assert not work.feeds.move(feed.id, "https://b.example/")
    assert work.feeds.get(feed.id).url == URL
    assert work.feeds.move(feed.id, "https://c.example/")
    assert work.feeds.get(feed.id).url == "https://c.example/"


def test_a_weight_stays_whatever_polls_bring(work, feed):
    work.feeds.say(replace(feed, weight=0.5))
    work.feeds.save([feed])
    assert (feed.weight, work.feeds.get(feed.id).weight) == (1.0, 0.5)


def test_feeds_are_due_in_order_and_listed_by_title(work):
    added = {title: work.feeds.add(f"https://{title}.example/", title=title, site_url="", now=NOW) for title in "cab"}
    work.feeds.poll_soon(NOW - HOUR, [added["b"].id])
    assert [feed.title for feed in work.feeds.all()] == ["a", "b", "c"]
    assert work.feeds.due(NOW)[0].title == "b"
    work.feeds.poll_soon(NOW + HOUR)
    assert work.feeds.due(NOW) == ()


def test_a_feed_is_forgotten_with_all_it_said(work, feed):
    work.entries.add(feed.id, [entry()], [], now=NOW)
    story_id = work.articles.new_story(NOW)
    work.articles.add(read_article(), feed_id=feed.id, story_id=story_id, now=NOW)
    work.feeds.remove(feed.id)
    assert work.feeds.all() == ()
    assert work.entries.unread(NOW, limit=9) == ()
    assert work.articles.story(story_id) is None
    with pytest.raises(UnknownFeedError):
        work.feeds.get(feed.id)


def test_an_entry_comes_back_as_it_was(work, feed):
    dated = entry(
        "1", html="<p>é\u2028</p>", author="D", image_url="https://a.example/i", published_at=utc("2026-03-01")
    )
    undated = entry("2", url="")
    assert work.entries.add(feed.id, [dated, undated], [], now=NOW) == 2
    first, second = work.entries.unread(NOW, limit=9)
    assert (first.entry, second.entry) == (dated, undated)
    assert (first.feed_id, first.source, first.attempts) == (feed.id, "Agency", 0)


def test_a_key_is_taken_once_a_feed(work, feed):
    other = work.feeds.add("https://b.example/", title="B", site_url="", now=NOW)
    assert work.entries.is_new_feed(feed.id)
    assert work.entries.add(feed.id, [entry("1"), entry("1", title="again")], [entry("2")], now=NOW) == 2
    assert work.entries.add(feed.id, [entry("2")], [entry("1")], now=NOW) == 0
    assert work.entries.add(other.id, [entry("1")], [], now=NOW) == 1
    said = [entry("1"), entry("2"), entry("3")]
    assert work.entries.compare(feed.id, said) == ([entry("3")], [])
    assert work.entries.compare(other.id, said) == ([entry("2"), entry("3")], [])
    assert not work.entries.is_new_feed(feed.id)
    assert work.entries.count_by_feed(NOW) == {feed.id: 1, other.id: 1}
    assert work.entries.count_by_feed(NOW, [other.id]) == {other.id: 1}
    assert work.entries.count_by_feed(NOW + HOUR) == {}


def test_entries_wait_until_they_are_settled(work, feed):
    work.entries.add(feed.id, [entry("1"), entry("2"), entry("3"), entry("4")], [entry("5")], now=NOW)
    one, two, three, _ = work.entries.unread(NOW, limit=9)
    work.entries.settle(one.id, READ, wording=one.entry, now=NOW)
    work.entries.settle(two.id, UNREADABLE, wording=two.entry, now=NOW)
    work.entries.postpone(three.id, until=NOW + HOUR)
    assert keys(work.entries.unread(NOW, limit=9)) == ["4"]
    assert keys(work.entries.unread(NOW + HOUR, limit=9)) == ["4", "3"]
    assert keys(work.entries.unread(NOW + HOUR, limit=1)) == ["4"]
    assert work.entries.unread(NOW + HOUR, limit=9)[1].attempts == 1


def test_what_a_feed_words_differently_is_found(work, feed):
    work.entries.add(feed.id, [entry("1", title="Bridge")], [entry("2", title="Comet")], now=NOW)
    now_said = [entry("1", title="Bridges"), entry("2", title="Comets")]
    unknown, ((before, after),) = work.entries.compare(feed.id, now_said)
    assert (unknown, before.entry, after) == ([], entry("1", title="Bridge"), now_said[0])
    assert (before.is_unread, before.edits, before.gathered_at) == (True, 0, NOW)
    work.entries.alter(before.id, after)
    assert work.entries.compare(feed.id, now_said) == ([], [])
    assert work.entries.unread(NOW, limit=9)[0].entry == after


def test_an_edited_entry_is_read_again(work, feed):
    work.entries.add(feed.id, [entry("1")], [], now=NOW)
    (first,) = work.entries.unread(NOW, limit=9)
    work.entries.postpone(first.id, until=NOW)
    work.entries.settle(first.id, READ, wording=first.entry, now=NOW)
    work.entries.read_again(first.id, now=NOW + HOUR)
    assert work.entries.unread(NOW, limit=9) == ()
    (again,) = work.entries.unread(NOW + HOUR, limit=9)
    assert (again.id, again.edits, again.attempts) == (first.id, 1, 0)


def test_an_entry_that_is_edited_while_it_is_read_is_read_once_more(work, feed):
    work.entries.add(feed.id, [entry("1", title="Bridge")], [], now=NOW)
    (first,) = work.entries.unread(NOW, limit=9)
    work.entries.alter(first.id, entry("1", title="Bridges"))
    work.entries.settle(first.id, READ, wording=first.entry, now=NOW)
    (again,) = work.entries.unread(NOW, limit=9)
    assert (again.entry.title, again.edits) == ("Bridges", 1)


def test_the_id_of_a_feed_that_is_gone_is_nobody_elses(work):
    first = work.feeds.add("https://one.example/", title="One", site_url="", now=NOW)
    work.feeds.remove(first.id)
    assert work.feeds.add("https://two.example/", title="Two", site_url="", now=NOW).id > first.id
