from dataclasses import replace
from datetime import time, timedelta

import pytest

from builders import NOW, read_article, subscriber, subscription, topic
from digests.errors import UnknownSubscriberError
from digests.model import EditionKind, Part, PartState, SubscriberState
from digests.store.outbox import DeliveryState, NewEdition

HOUR = timedelta(hours=1)


@pytest.fixture
def work(store):
    with store.begin() as opened:
        for slug in ("science", "sport"):
            opened.topics.add(topic(slug))
        yield opened


@pytest.fixture
def mine(work):
    return join(work, 1)


@pytest.fixture
def story_ids(work):
    feed = work.feeds.add("https://agency.example/", title="Agency", site_url="", now=NOW)
    ids = [work.articles.new_story(NOW) for _ in range(3)]
    for story_id in ids:
        work.articles.add(read_article(), feed_id=feed.id, story_id=story_id, now=NOW)
    return ids


def join(work, chat_id, **values):
    work.readers.save(subscriber(chat_id), now=NOW)
    return work.readers.add_subscription(subscription(chat_id=chat_id, **values))


def queue(work, mine, *texts, edition_at=NOW, stories=(), now=NOW):
    messages = [Part(text=text, stories=told) for text, told in zip(texts, stories or [()] * len(texts), strict=True)]
    return work.outbox.add(
        mine,
        messages,
        edition_at=edition_at,
        kind=EditionKind.SCHEDULED,
        stories=len(texts),
        now=now,
    )


def texts(delivery):
    return {number: part.text for number, part in delivery.parts.items()}


def test_a_reader_comes_back_as_saved(work):
    assert work.readers.find(1) is None
    work.readers.save(subscriber(1, language="kk", state=SubscriberState.JOINING), now=NOW)
    work.readers.save(subscriber(1, language="ru", state=SubscriberState.PAUSED), now=NOW)
    assert work.readers.find(1) == subscriber(1, language="ru", state=SubscriberState.PAUSED)
    assert work.figures.readers() == {SubscriberState.PAUSED: 1}


def test_a_subscription_comes_back_as_saved(work, mine):
    changed = replace(
        mine,
        topics=frozenset({"sport", "science"}),
        times=(time(8), time(20, 15)),
        zone="Asia/Almaty",
        max_stories=5,
        planned_until=NOW,
    )
    work.readers.change(changed)
    assert work.readers.subscription(1) == changed
    work.readers.planned(changed, until=NOW + HOUR)
    assert work.readers.subscription(1).planned_until == NOW + HOUR


def test_a_stranger_has_no_subscription(work):
    with pytest.raises(UnknownSubscriberError):
        work.readers.subscription(1)


def test_only_the_active_get_editions(work):
    for chat_id, state in enumerate(SubscriberState):
        mine = join(work, chat_id, topics=["sport"])
        work.readers.save(subscriber(chat_id, state=state), now=NOW)
        if state is SubscriberState.ACTIVE:
            expected = ((subscriber(chat_id), mine),)
    assert work.readers.active() == expected


def test_a_topic_that_is_removed_leaves_the_others(work):
    join(work, 1, topics=["science", "sport"])
    work.topics.remove("sport")
    assert work.readers.subscription(1).topics == {"science"}


def test_a_reader_is_forgotten_with_everything(work, mine, story_ids):
    delivery_id = queue(work, mine, "one", stories=[story_ids])
    work.readers.erase(1)
    assert work.readers.find(1) is None
    assert set(work.readers.seen(1)) == set()
    assert work.outbox.get(delivery_id) is None
    with pytest.raises(UnknownSubscriberError):
        work.readers.subscription(1)


def test_a_chat_that_moves_takes_everything_along(work, mine, story_ids):
    queue(work, mine, "one", stories=[story_ids])
    join(work, -100, topics=["sport"])
    work.readers.move(1, -100)
    assert work.readers.find(1) is None
    assert work.readers.subscription(-100) == replace(mine, chat_id=-100)
    assert set(work.readers.seen(-100)) == set(story_ids)
    assert [one.chat_id for one in work.outbox.due(NOW, limit=9)] == [-100]


@pytest.mark.parametrize("old", [1, -100])
def test_a_chat_that_has_moved_already_stays(work, old):
    mine = join(work, -100)
    work.readers.move(old, -100)
    assert work.readers.subscription(-100) == mine


def test_seen_stories_add_up(work, mine, story_ids):
    queue(work, mine, "one", stories=[story_ids[:2]])
    queue(work, mine, "two", stories=[story_ids[1:]], edition_at=NOW + HOUR)
    assert set(work.readers.seen(1)) == set(story_ids)
    assert set(work.readers.seen(2)) == set()


def test_what_was_not_sent_is_new_again(work, mine, story_ids):
    first, second, third = story_ids
    delivery_id = queue(work, mine, "one", "two", "three", stories=[(first,), (second,), (third,)])
    assert work.outbox.claim(delivery_id, 0)
    work.outbox.mark(delivery_id, 0, PartState.SENT)
    work.outbox.mark(delivery_id, 1, PartState.UNKNOWN)
    assert set(work.readers.seen(1)) == {first, second, third}
    work.outbox.settle(delivery_id, DeliveryState.DROPPED, now=NOW)
    assert set(work.readers.seen(1)) == {first, second}


def test_an_edition_is_queued_once(work, mine):
    assert queue(work, mine, "one") is not None
    assert queue(work, mine, "two") is None
    assert [texts(one) for one in work.outbox.due(NOW, limit=9)] == [{0: "one"}]
    assert queue(work, mine, "three", edition_at=NOW + HOUR) is not None
    assert queue(work, join(work, 2), "four") is not None


def test_an_edition_without_messages_is_done(work, mine):
    assert queue(work, mine) is not None
    assert work.outbox.due(NOW, limit=9) == ()
    assert work.outbox.last_edition_at(mine.id) == NOW
    assert work.outbox.last_told_at(mine.id) is None


def test_a_part_is_claimed_once(work, mine):
    delivery_id = queue(work, mine, "one", "two")
    assert work.outbox.claim(delivery_id, 0)
    assert not work.outbox.claim(delivery_id, 0)
    assert not work.outbox.claim(delivery_id, 2)
    assert not work.outbox.claim(delivery_id + 1, 0)
    assert texts(work.outbox.get(delivery_id)) == {1: "two"}


def test_a_part_given_back_is_claimed_again(work, mine):
    delivery_id = queue(work, mine, "one")
    work.outbox.claim(delivery_id, 0)
    work.outbox.mark(delivery_id, 0, PartState.QUEUED)
    assert work.outbox.claim(delivery_id, 0)


def test_parts_keep_their_order_and_their_manner(work, mine):
    messages = [Part(text=str(number), keyboard=f"[{number}]", silent=number % 2 == 0) for number in range(12)]
    delivery_id = work.outbox.add(mine, messages, edition_at=NOW, kind=EditionKind.ON_DEMAND, stories=12, now=NOW)
    assert list(work.outbox.get(delivery_id).parts.values()) == messages
    assert work.outbox.last_messages(mine.id) == (delivery_id, dict(enumerate(messages)))


def test_deliveries_wait_for_their_moment(work, mine):
    first = queue(work, mine, "one")
    second = queue(work, mine, "two", edition_at=NOW + HOUR, now=NOW - HOUR)
    assert [one.id for one in work.outbox.due(NOW, limit=9)] == [second, first]
    assert work.backlog(NOW).oldest_edition_at == NOW
    work.outbox.postpone(second, until=NOW + HOUR)
    assert [one.id for one in work.outbox.due(NOW, limit=9)] == [first]
    assert [(one.id, one.attempts) for one in work.outbox.due(NOW + HOUR, limit=9)] == [(first, 0), (second, 1)]
    work.outbox.settle(first, DeliveryState.DONE, now=NOW)
    work.outbox.settle(second, DeliveryState.DROPPED, now=NOW)
    assert work.outbox.due(NOW + HOUR, limit=9) == ()
    assert work.backlog(NOW).oldest_edition_at is None


def test_what_a_crash_left_in_flight_is_unknown(work, mine):
    delivery_id = queue(work, mine, "one", "two")
    work.outbox.claim(delivery_id, 0)
    assert work.outbox.forget_in_flight() == 1
    assert work.outbox.forget_in_flight() == 0
    assert texts(work.outbox.get(delivery_id)) == {1: "two"}


def test_the_last_edition_is_the_latest_that_was_due(work, mine):
    assert work.outbox.last_edition_at(mine.id) is None
    assert work.outbox.last_messages(mine.id) == (0, {})
    first = queue(work, mine, "one", edition_at=NOW)
    queue(work, mine, edition_at=NOW + HOUR)
    assert work.outbox.last_edition_at(mine.id) == NOW + HOUR
    assert work.outbox.last_told_at(mine.id) == NOW
    assert work.outbox.last_messages(mine.id) == (first, {0: Part(text="one")})


def told_alike(work, readers, message, *, edition_at=NOW):
    new = NewEdition(messages=(message,), edition_at=edition_at, kind=EditionKind.SCHEDULED, stories=1)
    (edition,) = work.outbox.compose([new], now=NOW)
    assert work.outbox.enter([(one.id, edition) for one in readers], now=NOW) == len(readers)


def test_what_many_get_is_kept_once_and_sent_to_each(work, story_ids):
    readers = [join(work, 1), join(work, 2)]
    told_alike(work, readers, Part(text="the same", stories=(story_ids[0],)))
    first, second = work.outbox.due(NOW, limit=9)
    assert texts(first) == texts(second) == {0: "the same"}
    assert work.outbox.claim(first.id, 0)
    assert work.outbox.get(first.id).parts == {}
    assert work.outbox.claim(second.id, 0)
    work.readers.erase(1)
    assert set(work.readers.seen(2)) == {story_ids[0]}
    assert work.outbox.part_that_told(2, story_ids[0]).text == "the same"


def test_what_is_told_to_nobody_any_longer_is_forgotten(work, story_ids):
    readers = [join(work, 1), join(work, 2)]
    told_alike(work, readers, Part(text="the same", stories=(story_ids[0],)))
    work.readers.erase(1)
    assert work.articles.told(story_ids) == {story_ids[0]}
    work.readers.erase(2)
    assert work.articles.told(story_ids) == frozenset()


def test_each_gets_more_of_a_story_as_an_answer_to_their_own_message(work, story_ids):
    readers = [join(work, 1), join(work, 2), join(work, 3)]
    told_alike(work, readers, Part(text="first", stories=(story_ids[0],)))
    of_chat = {delivery.chat_id: delivery for delivery in work.outbox.due(NOW, limit=9)}
    for delivery, message_id in zip((of_chat[1], of_chat[2]), (10, 20), strict=True):
        work.outbox.note_message(delivery.id, 0, message_id)
        work.outbox.settle(delivery.id, DeliveryState.DONE, now=NOW)
    told_alike(work, readers, Part(text="more", stories=(story_ids[0],), follows=story_ids[0]), edition_at=NOW + HOUR)
    answers = {
        (one.chat_id, part.text): part.reply_to for one in work.outbox.due(NOW, limit=9) for part in one.parts.values()
    }
    assert answers == {(1, "more"): 10, (2, "more"): 20, (3, "first"): None, (3, "more"): None}
