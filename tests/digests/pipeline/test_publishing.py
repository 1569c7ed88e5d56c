import asyncio
from dataclasses import replace
from datetime import time, timedelta
from itertools import pairwise

import pytest

from builders import NOW, read_article, subscriber, subscription, topic, utc
from digests.deliver import FIRST_PAUSE, GIVE_UP_AFTER, LONGEST_PAUSE, pause_before
from digests.errors import (
    ChatMovedError,
    DeliveryDelayedError,
    DeliveryRefusedError,
    DeliveryUnknownError,
    SubscriberGoneError,
    UnknownSubscriberError,
)
from digests.model import EditionKind, Part, SubscriberState
from digests.pipeline.publishing import FRESH, Publisher, preview
from digests.subscribers import Subscribers
from fakes import FakeSender, plain_renderer

MORNING = utc("2026-03-02T08:00")
DAY = timedelta(days=1)


class Desk:
    """A newsroom with one topic, whose readers get editions at eight, and the sender to them."""

    def __init__(self, store, clock):
        self.store, self.clock = store, clock
        self.sender = FakeSender()
        self.publisher = self.restarted()
        self.subscribers = Subscribers(store, clock, zone="UTC")
        with store.begin() as work:
            work.topics.add(topic("science"))
            self.feed_id = work.feeds.add("https://agency.example/", title="Agency", site_url="", now=NOW).id

    def restarted(self, renderer=plain_renderer):
        """What a new process would work with."""
        self.publisher = Publisher(self.store, renderer, self.sender, self.clock)
        return self.publisher

    def join(self, chat_id=1, **values):
        with self.store.begin() as work:
            work.readers.save(subscriber(chat_id), now=self.clock())
            return work.readers.add_subscription(subscription(chat_id=chat_id, **values))

    def tell(self, *titles, topics=("science",), published_at=None):
        now = published_at or self.clock()
        ids = []
        with self.store.begin() as work:
            for title in titles:
                ids.append(work.articles.new_story(now))
                read = read_article(title, published_at=now)
                article_id = work.articles.add(read, feed_id=self.feed_id, story_id=ids[-1], now=now)
                work.articles.set_topics({article_id: dict.fromkeys(topics)})
        return ids

    async def tick(self):
        """What the scheduler does each minute."""
        planned = self.publisher.plan()
        await self.publisher.deliver()
        return planned

    async def next_morning(self):
        self.clock.now = self.clock.now.replace(hour=8, minute=0) + (DAY if self.clock.now.hour >= 8 else timedelta())
        return await self.tick()

    def seen(self, chat_id=1):
        with self.store.read() as work:
            return set(work.readers.seen(chat_id))

    def reader(self, chat_id=1):
        with self.store.read() as work:
            return work.readers.find(chat_id)


@pytest.fixture
def desk(store, clock):
    clock.now = MORNING - timedelta(hours=1)
    return Desk(store, clock)


async def test_an_edition_is_sent_at_its_hour(desk):
    desk.join()
    desk.tell("One", "Two")
    assert await desk.tick() == 0
    assert desk.sender.sent == []
    desk.clock.now = MORNING
    assert await desk.tick() == 1
    assert desk.sender.sent == [(1, "One"), (1, "Two")]


async def test_an_edition_is_planned_once_however_often_one_looks(desk):
    desk.join()
    desk.tell("One")
    desk.clock.now = MORNING
    assert [desk.publisher.plan(), desk.publisher.plan(), desk.restarted().plan()] == [1, 0, 0]
    desk.clock.now += timedelta(minutes=1)
    assert await desk.tick() == 0
    assert desk.sender.texts == ["One"]


async def test_two_processes_that_plan_at_once_plan_one_edition(desk):
    desk.join()
    desk.tell("One")
    desk.clock.now = MORNING
    other = Publisher(desk.store, plain_renderer, desk.sender, desk.clock)
    planned = await asyncio.gather(*(asyncio.to_thread(one.plan) for one in (desk.publisher, other)))
    assert sum(planned) == 1


async def test_of_many_who_are_due_together_each_gets_one_however_few_are_planned_at_a_time(desk, monkeypatch):
    monkeypatch.setattr("digests.pipeline.planning.AT_A_TIME", 2)
    for chat_id in range(1, 8):
        desk.join(chat_id)
    desk.tell("One")
    assert await desk.next_morning() == 7
    desk.tell("Two")
    assert await desk.next_morning() == 7
    assert sorted(desk.sender.sent) == sorted((chat_id, text) for chat_id in range(1, 8) for text in ("One", "Two"))


async def test_those_who_get_the_same_share_it_and_whoever_had_other_things_does_not(desk):
    for chat_id in (1, 2, 3):
        desk.join(chat_id)
    desk.tell("One")
    assert await desk.publisher.digest_now(3)
    desk.tell("Two")
    await desk.next_morning()
    assert sorted(desk.sender.sent) == [(1, "One"), (1, "Two"), (2, "One"), (2, "Two"), (3, "One"), (3, "Two")]
    with desk.store.read() as work:
        shared = [work.outbox.compositions_of(chat_id) for chat_id in (1, 2, 3)]
    assert shared[0] == shared[1]
    assert not shared[0] & shared[2]


async def test_the_next_edition_tells_only_what_is_new(desk):
    desk.join()
    desk.tell("One")
    await desk.next_morning()
    desk.tell("Two")
    await desk.next_morning()
    assert desk.sender.texts == ["One", "Two"]


async def test_after_downtime_one_edition_stands_for_all(desk):
    desk.join()
    desk.tell("One")
    desk.clock.now = MORNING + 3 * DAY + timedelta(hours=2)
    desk.tell("Two")
    assert await desk.tick() == 1
    assert sorted(desk.sender.texts) == ["One", "Two"]
    assert await desk.tick() == 0


async def test_an_edition_without_news_is_a_short_silent_note(desk):
    desk.join()
    desk.tell("Off topic", topics=())
    await desk.next_morning()
    assert desk.sender.parts == [Part(text="nothing new", silent=True)]


async def test_a_renderer_with_nothing_to_say_sends_nothing_and_is_asked_once(desk):
    asked = []
    desk.restarted(renderer=lambda *told: asked.append(told) or ())
    desk.join()
    desk.clock.now = MORNING
    assert (await desk.tick(), await desk.tick()) == (1, 0)
    assert (len(asked), desk.sender.tried) == (1, [])


@pytest.mark.parametrize("state", [SubscriberState.JOINING, SubscriberState.PAUSED, SubscriberState.GONE])
async def test_only_the_active_get_editions(desk, state):
    desk.join()
    with desk.store.begin() as work:
        work.readers.save(subscriber(state=state), now=NOW)
    desk.tell("One")
    assert await desk.next_morning() == 0


async def test_a_story_too_old_is_not_told(desk):
    desk.join()
    desk.tell("Old", published_at=MORNING - FRESH - timedelta(hours=1))
    desk.tell("New", published_at=MORNING - FRESH + timedelta(hours=1))
    await desk.next_morning()
    assert desk.sender.texts == ["New"]


async def test_readers_get_their_own_language_first(desk):
    with desk.store.begin() as work:
        for chat_id, language in [(1, "en"), (2, "ru")]:
            work.readers.save(subscriber(chat_id, language=language), now=NOW)
            work.readers.add_subscription(subscription(chat_id=chat_id))
        for title, language in [("English", "en"), ("Русский", "ru")]:
            story_id = work.articles.new_story(NOW)
            article_id = work.articles.add(
                read_article(title, language=language),
                feed_id=desk.feed_id,
                story_id=story_id,
                now=NOW,
            )
            work.articles.set_topics({article_id: dict.fromkeys(["science"])})
    await desk.next_morning()
    assert [text for chat, text in desk.sender.sent if chat == 1] == ["English", "Русский"]
    assert [text for chat, text in desk.sender.sent if chat == 2] == ["Русский", "English"]


# --- outcomes ------------------------------------------------------------------------------------------------------


async def test_a_part_that_may_have_arrived_is_never_sent_again(desk):
    desk.join()
    one, two = desk.tell("One", "Two")
    desk.sender.outcomes = [DeliveryUnknownError(1)]
    await desk.next_morning()
    assert desk.sender.tried == [(1, "One"), (1, "Two")]
    desk.clock.now += timedelta(hours=1)
    await desk.tick()
    await desk.next_morning()
    assert desk.sender.texts == ["Two", "nothing new"]
    assert desk.seen() == {one, two}


@pytest.mark.parametrize(
    ("outcomes", "doubted"),
    [
        pytest.param([DeliveryUnknownError(1), DeliveryUnknownError(1)], [1], id="nothing is known to have arrived"),
        pytest.param([DeliveryUnknownError(1), None], [], id="a part has arrived"),
        pytest.param([None, DeliveryUnknownError(1)], [], id="the first part has"),
        pytest.param([None, None], [], id="all have"),
    ],
)
async def test_who_perhaps_got_nothing_of_an_edition_is_told_once(desk, outcomes, doubted):
    told = []

    async def tell(chat_id):
        told.append(chat_id)

    desk.publisher = Publisher(desk.store, plain_renderer, desk.sender, desk.clock, on_doubt=tell)
    desk.join()
    desk.tell("One", "Two")
    desk.sender.outcomes = [*outcomes]
    await desk.next_morning()
    await desk.tick()
    assert told == doubted


async def test_what_a_crash_left_open_is_told_after_the_restart(desk):
    told = []

    async def tell(chat_id):
        told.append(chat_id)

    desk.join()
    desk.tell("One")
    desk.clock.now = MORNING
    desk.publisher.plan()
    with desk.store.begin() as work:
        (delivery,) = work.outbox.due(MORNING, limit=1)
        work.outbox.claim(delivery.id, 0)
    desk.publisher = Publisher(desk.store, plain_renderer, desk.sender, desk.clock, on_doubt=tell)
    desk.publisher.recover()
    await desk.tick()
    assert (told, desk.sender.tried) == ([1], [])
    assert desk.publisher.missed(1).editions[0].is_in_doubt


async def test_a_part_that_is_refused_does_not_hold_up_the_others(desk):
    desk.join()
    desk.tell("One", "Two")
    desk.sender.outcomes = [DeliveryRefusedError(1)]
    await desk.next_morning()
    await desk.tick()
    assert desk.sender.tried == [(1, "One"), (1, "Two")]


async def test_what_is_delayed_is_sent_later_from_where_it_stopped(desk):
    desk.join()
    desk.tell("One", "Two", "Three")
    desk.sender.outcomes = [None, DeliveryDelayedError(1, retry_in=timedelta(minutes=3))]
    await desk.next_morning()
    assert desk.sender.texts == ["One"]
    desk.clock.now += timedelta(minutes=2, seconds=59)
    await desk.tick()
    assert desk.sender.texts == ["One"]
    desk.clock.now += timedelta(seconds=1)
    await desk.tick()
    assert desk.sender.texts == ["One", "Two", "Three"]


async def test_pauses_grow_while_the_messenger_is_away(desk):
    desk.join()
    desk.tell("One")
    desk.sender.outcomes = [DeliveryDelayedError(1, retry_in=timedelta()) for _ in range(3)]
    await desk.next_morning()
    tried = [desk.clock.now]
    while not desk.sender.sent:
        desk.clock.now += timedelta(seconds=1)
        before = len(desk.sender.tried)
        await desk.publisher.deliver()
        if len(desk.sender.tried) > before:
            tried.append(desk.clock.now)
    assert [later - earlier for earlier, later in pairwise(tried)] == [
        FIRST_PAUSE,
        2 * FIRST_PAUSE,
        4 * FIRST_PAUSE,
    ]


@pytest.mark.parametrize(
    ("attempts", "asked", "pause"),
    [
        pytest.param(0, timedelta(), FIRST_PAUSE, id="the first"),
        pytest.param(3, timedelta(), 8 * FIRST_PAUSE, id="doubled three times"),
        pytest.param(10_000, timedelta(), LONGEST_PAUSE, id="bounded"),
        pytest.param(0, timedelta(hours=1), timedelta(hours=1), id="as long as asked"),
        pytest.param(10, timedelta(seconds=1), LONGEST_PAUSE, id="longer than asked"),
    ],
)
def test_a_pause_is_at_least_what_was_asked(attempts, asked, pause):
    assert pause_before(attempts, asked) == pause


async def test_a_digest_that_is_half_a_day_late_is_dropped_and_its_rest_told_by_the_next(desk):
    desk.join()
    one, two = desk.tell("One", "Two")
    desk.sender.outcomes = [None, DeliveryDelayedError(1, retry_in=timedelta(hours=13))]
    await desk.next_morning()
    assert desk.seen() == {one, two}
    desk.clock.now += GIVE_UP_AFTER + timedelta(hours=1)
    await desk.tick()
    assert desk.seen() == {one}
    desk.clock.now += timedelta(hours=2)
    await desk.tick()
    assert desk.sender.texts == ["One"]
    await desk.next_morning()
    assert desk.sender.texts == ["One", "Two"]


async def test_an_edition_that_waits_until_the_next_one_becomes_part_of_it_and_the_ledger_says_so(desk):
    desk.join(times=(time(8), time(18)))
    desk.tell("One")
    desk.sender.outcomes = [DeliveryDelayedError(1, retry_in=timedelta(hours=10))]
    await desk.next_morning()
    assert desk.publisher.missed(1).editions[0].state == "dropped"
    desk.tell("Two")
    desk.clock.now = MORNING + timedelta(hours=10)
    await desk.tick()
    assert sorted(desk.sender.texts) == ["One", "Two"]


async def test_a_digest_of_yesterday_is_not_sent_after_a_standstill_but_told_by_the_next(desk):
    desk.join()
    desk.tell("One")
    desk.clock.now = MORNING
    desk.publisher.plan()
    desk.restarted().recover()
    desk.clock.now = MORNING + timedelta(hours=23)
    await desk.tick()
    assert desk.sender.tried == []
    await desk.next_morning()
    assert desk.sender.texts == ["One"]


async def test_attempts_that_fail_together_are_not_repeated_together(desk):
    chances = iter([0.0, 0.5, 1.0])
    desk.publisher = Publisher(desk.store, plain_renderer, desk.sender, desk.clock, chance=lambda: next(chances))
    for chat_id in (1, 2, 3):
        desk.join(chat_id)
    desk.tell("One")
    desk.sender.outcomes = [DeliveryDelayedError(1, retry_in=timedelta(minutes=4)) for _ in range(3)]
    await desk.next_morning()
    sent = []
    for _ in range(3):
        desk.clock.now += timedelta(seconds=30) if sent else timedelta(minutes=4)
        await desk.publisher.deliver()
        sent.append(len(desk.sender.sent))
    assert sent == [1, 2, 3]


async def test_a_reader_who_closed_the_chat_gets_nothing_until_back_and_then_what_was_left(desk):
    desk.join()
    one, _, _ = desk.tell("One", "Two", "Three")
    desk.sender.outcomes = [None, SubscriberGoneError(1)]
    await desk.next_morning()
    assert desk.reader().state is SubscriberState.GONE
    assert desk.seen() == {one}
    assert await desk.next_morning() == 0
    assert len(desk.sender.tried) == 2
    desk.subscribers.back(1)
    assert await desk.tick() == 0
    await desk.next_morning()
    assert desk.sender.texts == ["One", "Two", "Three"]


async def test_a_chat_that_moved_gets_the_digest_under_its_new_number(desk):
    desk.join()
    desk.tell("One", "Two")
    desk.sender.outcomes = [ChatMovedError(1, -100)]
    await desk.next_morning()
    assert desk.sender.sent == [(-100, "One"), (-100, "Two")]
    assert desk.reader(1) is None
    assert desk.reader(-100).state is SubscriberState.ACTIVE


async def test_a_chat_that_two_deliveries_find_moved_is_moved_once(desk):
    desk.join()
    desk.tell("One")
    desk.clock.now = MORNING
    desk.publisher.plan()
    desk.tell("Two")
    desk.clock.now += DAY
    desk.publisher.plan()

    class Moved(FakeSender):
        async def send(self, chat_id, part, kind):
            if chat_id == 1:
                raise ChatMovedError(1, -100)
            return await super().send(chat_id, part, kind)

    desk.sender = Moved()
    desk.restarted()
    await desk.publisher.deliver()
    assert sorted(desk.sender.sent) == [(-100, "One"), (-100, "Two")]


async def test_one_reader_s_trouble_is_no_one_else_s(desk):
    for chat_id in range(1, 5):
        desk.join(chat_id)
    desk.tell("One")

    def fail_for_the_even(chat_id):
        return DeliveryDelayedError(chat_id, retry_in=timedelta(hours=1)) if chat_id % 2 == 0 else None

    class Sender(FakeSender):
        async def send(self, chat_id, part, kind):
            self.outcomes = [fail_for_the_even(chat_id)]
            return await super().send(chat_id, part, kind)

    desk.sender = Sender()
    desk.restarted()
    await desk.next_morning()
    assert sorted(chat for chat, _ in desk.sender.sent) == [1, 3]


# --- restarts ------------------------------------------------------------------------------------------------------


async def test_nothing_comes_twice_after_a_restart(desk):
    desk.join()
    desk.tell("One")
    await desk.next_morning()
    desk.restarted().recover()
    await desk.tick()
    assert desk.sender.texts == ["One"]


async def test_what_was_planned_before_a_restart_is_sent_after_it(desk):
    desk.join()
    desk.tell("One")
    desk.clock.now = MORNING
    desk.publisher.plan()
    desk.restarted().recover()
    await desk.tick()
    assert desk.sender.texts == ["One"]


async def test_a_part_on_its_way_at_a_crash_is_not_sent_again_and_the_rest_is(desk):
    class PowerCutError(BaseException):
        """Ends the process between the call and its answer."""

    desk.join()
    told = desk.tell("One", "Two", "Three")
    desk.sender.outcomes = [None, PowerCutError()]
    with pytest.raises(PowerCutError):
        await desk.next_morning()
    assert desk.restarted().recover() == 1
    assert desk.publisher.recover() == 0
    await desk.tick()
    assert desk.sender.tried == [(1, "One"), (1, "Two"), (1, "Three")]
    assert desk.sender.texts == ["One", "Three"]
    await desk.next_morning()
    assert desk.sender.texts[2:] == ["nothing new"]
    assert desk.seen() == set(told)


async def test_a_delivery_is_not_begun_again_while_it_is_under_way(desk):
    desk.join()
    desk.tell("One", "Two")
    begun, go_on = asyncio.Event(), asyncio.Event()

    class Slow(FakeSender):
        async def send(self, chat_id, part, kind):
            begun.set()
            await go_on.wait()
            return await super().send(chat_id, part, kind)

    desk.sender = Slow()
    desk.restarted()
    desk.clock.now = MORNING
    desk.publisher.plan()
    first = asyncio.create_task(desk.publisher.deliver())
    await begun.wait()
    assert await desk.publisher.deliver() == 0
    go_on.set()
    assert await first == 1
    assert desk.sender.texts == ["One", "Two"]


async def test_a_reader_who_pauses_after_planning_still_gets_that_edition_and_no_other(desk):
    desk.join()
    desk.tell("One")
    desk.clock.now = MORNING
    desk.publisher.plan()
    desk.subscribers.pause(1)
    await desk.publisher.deliver()
    desk.tell("Two")
    assert await desk.next_morning() == 0
    assert desk.sender.texts == ["One"]


async def test_a_reader_who_leaves_for_good_takes_the_queued_digest_along(desk):
    desk.join()
    desk.tell("One")
    desk.clock.now = MORNING
    desk.publisher.plan()
    desk.subscribers.erase(1)
    assert await desk.publisher.deliver() == 0


async def test_a_reader_erased_while_a_message_is_on_its_way_is_simply_gone(desk):
    desk.join()
    desk.tell("One", "Two")
    desk.sender.before = lambda _: desk.subscribers.erase(1)
    await desk.next_morning()
    assert desk.sender.tried == [(1, "One")]
    assert desk.reader() is None


# --- on demand -----------------------------------------------------------------------------------------------------


async def test_a_digest_on_demand_and_the_scheduled_one_tell_nothing_twice(desk):
    desk.join()
    desk.tell("One", "Two")
    assert await desk.publisher.digest_now(1)
    desk.tell("Three")
    await desk.next_morning()
    assert desk.sender.texts == ["One", "Two", "Three"]
    assert not await desk.publisher.digest_now(1)
    assert len(desk.sender.tried) == 3


async def test_the_renderer_is_told_which_kind_it_is(desk):
    rendered = []

    def renderer(digest, kind, language):
        rendered.append((kind, language, digest.edition_at, digest.since, digest.next_edition_at))
        return plain_renderer(digest, kind, language)

    desk.restarted(renderer)
    desk.join()
    desk.tell("One")
    asked_at = desk.clock.now
    await desk.publisher.digest_now(1)
    await desk.next_morning()
    assert rendered == [
        (EditionKind.ON_DEMAND, "en", asked_at, None, MORNING),
        (EditionKind.SCHEDULED, "en", MORNING, asked_at, MORNING + DAY),
    ]


async def test_who_asks_where_news_are_slow_gets_older_ones(desk):
    desk.join()
    desk.tell("Old", published_at=MORNING - timedelta(days=20))
    desk.tell("Ancient", published_at=MORNING - timedelta(days=40))
    assert await desk.publisher.digest_now(1)
    assert desk.sender.texts == ["Old"]


async def test_who_is_paused_may_still_ask(desk):
    desk.join()
    desk.subscribers.pause(1)
    desk.tell("One")
    assert await desk.publisher.digest_now(1)
    assert desk.sender.texts == ["One"]


async def test_a_stranger_gets_no_digest(desk):
    for ask in (desk.publisher.digest_now, desk.publisher.last_digest):
        with pytest.raises(UnknownSubscriberError):
            await ask(1)
    with pytest.raises(UnknownSubscriberError):
        desk.publisher.last_told_at(1)


async def test_the_last_digest_can_be_read_again(desk):
    desk.join()
    assert desk.publisher.last_digest(1) == (0, {})
    assert desk.publisher.last_told_at(1) is None
    desk.tell("One", "Two")
    await desk.next_morning()
    told_at = desk.clock.now
    await desk.next_morning()
    _, messages = desk.publisher.last_digest(1)
    assert {number: part.text for number, part in messages.items()} == {0: "One", 1: "Two"}
    assert desk.publisher.last_told_at(1) == told_at


def test_a_preview_shows_what_a_first_edition_would_say_and_marks_nothing(desk):
    mine = replace(desk.join(), max_stories=1)
    first, _ = desk.tell("One", "Two")
    digest = preview(desk.store, mine, desk.clock(), language="en")
    assert [one.id for one in digest.stories] == [first]
    assert (digest.tally.held_back, digest.next_edition_at) == (1, None)
    assert desk.seen() == set()


async def test_a_digest_on_demand_counts_what_is_off_topic_though_it_is_not_read(desk):
    desk.join()
    with desk.store.begin() as work:
        work.topics.add(topic("economy"))
    desk.tell("One")
    desk.tell("Two", "Three", topics=("economy",))
    desk.tell("Four", topics=())
    assert await desk.publisher.digest_now(1)
    with desk.store.read() as work:
        tally = work.outbox.ledger(work.readers.subscription(1).id, limit=1)[0].tally
    assert (tally.read, tally.shown, tally.off_topic) == (4, 1, 3)


async def test_settings_that_change_while_a_digest_is_composed_count(desk, monkeypatch):
    desk.join()
    with desk.store.begin() as work:
        work.topics.add(topic("economy"))
    desk.tell("One")
    desk.tell("Two", topics=("economy",))
    composing = desk.publisher._compose

    def compose(*arguments, **values):
        monkeypatch.undo()
        composed = composing(*arguments, **values)
        desk.subscribers.toggle_topic(1, "economy")
        return composed

    monkeypatch.setattr(desk.publisher, "_compose", compose)
    assert await desk.publisher.digest_now(1)
    assert len(desk.seen()) == 2
