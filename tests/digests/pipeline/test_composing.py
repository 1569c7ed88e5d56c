import os
from concurrent.futures import Future
from datetime import time, timedelta
from functools import partial

import pytest

from bot.workers import ProcessBenches
from builders import NOW, read_article, subscriber, subscription, topic, utc
from digests.errors import WorkerError
from digests.model import Part, QuietHours
from digests.pipeline import composing, planning
from digests.pipeline.planning import Planner
from digests.store.turns import Had
from fakes import plain_renderer

MORNING = utc("2026-03-02T08:00")
TOPICS = ("science", "markets", "weather")


class LostBenches:
    """Processes that die of whatever they are given."""

    count = 2

    def __init__(self, prepare):
        self.closed = False

    def submit(self, bench, function, *args):
        lost = Future()
        lost.set_exception(WorkerError("a worker process died"))
        return lost

    def close(self):
        self.closed = True


@pytest.fixture
def newsroom(store, clock):
    """Forty readers of three topics in two languages, whose edition falls on eight, and what there is to tell."""
    clock.now = MORNING - timedelta(hours=1)
    with store.begin() as work:
        for slug in TOPICS:
            work.topics.add(topic(slug))
        feed_id = work.feeds.add("https://agency.example/", title="Agency", site_url="", now=NOW).id
        for number in range(12):
            story_id = work.articles.new_story(clock.now)
            read = read_article(f"Headline {number}", published_at=clock.now)
            article_id = work.articles.add(read, feed_id=feed_id, story_id=story_id, now=clock.now)
            work.articles.set_topics({article_id: {TOPICS[number % 3]: None}})
        for number in range(1, 41):
            work.readers.save(subscriber(number, language="en" if number % 2 else "ru"), now=clock.now)
            mine = frozenset(slug for place, slug in enumerate(TOPICS) if (number % 7 + 1) >> place & 1)
            work.readers.add_subscription(subscription(chat_id=number, topics=mine, minutes=2 + number % 3))
    clock.now = MORNING
    return store


def told(store):
    """What each reader is to get."""
    with store.read() as work:
        waiting = work.outbox.due(MORNING + timedelta(minutes=1), limit=1_000)
    return {one.chat_id: [part.text for part in one.parts.values()] for one in waiting}


def test_processes_beside_compose_what_would_be_composed_here(newsroom, clock, monkeypatch):
    monkeypatch.setattr(planning, "AT_A_TIME", 10)
    expected = composed_here(newsroom)
    monkeypatch.setattr(composing, "FEW", 0)
    opened = []

    def open_benches(prepare):
        opened.append(ProcessBenches(prepare, processes=2))
        return opened[-1]

    planner = Planner(newsroom, plain_renderer, clock, open_benches=open_benches)
    assert planner.plan() == 40
    assert len(opened) == 1
    assert told(newsroom) == expected
    assert any(len(texts) > 1 for texts in expected.values())


def composed_here(store):
    """What each would get without any process beside; nothing is stored."""
    with store.read() as work:
        stories, topics = work.articles.stories(MORNING - planning.FRESH), work.topics.all()
        readers = work.readers.active()
    cohorts = planning.Cohorts(stories, topics, plain_renderer, now=MORNING)
    found = {}
    for reader, mine in readers:
        order = composing.Order(
            subscription=mine,
            language=reader.language,
            seen={},
            earlier={},
            since=None,
            edition_at=MORNING,
            next_edition_at=MORNING + timedelta(days=1),
        )
        found[reader.chat_id] = [part.text for part in composing.compose_order(cohorts, order).new.messages]
    return found


def test_what_processes_beside_lose_is_composed_here(newsroom, clock, monkeypatch, caplog):
    monkeypatch.setattr(composing, "FEW", 0)
    expected = composed_here(newsroom)
    assert Planner(newsroom, plain_renderer, clock, open_benches=LostBenches).plan() == 40
    assert told(newsroom) == expected
    assert "a worker process died" in caplog.text


def test_processes_that_die_at_their_start_fail_all_that_they_were_given(newsroom, clock, monkeypatch, caplog):
    monkeypatch.setattr(composing, "FEW", 0)
    expected = composed_here(newsroom)
    dying = partial(os._exit, 1)

    def open_benches(_):
        return ProcessBenches(dying, processes=2)

    # More than the system's pipes hold, so that not all of it has left when they die.
    monkeypatch.setattr(composing.Order, "__reduce__", lambda order: (_heavy, ("x" * 100_000,)))
    assert Planner(newsroom, plain_renderer, clock, open_benches=open_benches).plan() == 40
    assert told(newsroom) == expected
    assert "composed here" in caplog.text


def _heavy(_):
    raise AssertionError("nobody reads it")


def test_processes_that_do_not_answer_are_waited_for_once(newsroom, clock, monkeypatch, caplog):
    monkeypatch.setattr(composing, "FEW", 0)
    monkeypatch.setattr(composing, "PATIENCE", 0.2)
    monkeypatch.setattr(planning, "AT_A_TIME", 10)
    opened = []

    class SilentBenches(LostBenches):
        def submit(self, bench, function, *args):
            self.given = [*getattr(self, "given", []), Future()]
            return self.given[-1]

        def close(self):
            super().close()
            for one in self.given:
                one.set_exception(WorkerError("the processes are closed"))

    def open_benches(prepare):
        opened.append(SilentBenches(prepare))
        return opened[-1]

    expected = composed_here(newsroom)
    assert Planner(newsroom, plain_renderer, clock, open_benches=open_benches).plan() == 40
    assert told(newsroom) == expected
    assert [one.closed for one in opened] == [True]
    assert caplog.text.count("no answer") == 1


def test_an_installation_that_can_start_no_process_composes_here(newsroom, clock, monkeypatch, caplog):
    monkeypatch.setattr(composing, "FEW", 0)

    def open_benches(_):
        raise BlockingIOError("Resource temporarily unavailable")

    assert Planner(newsroom, plain_renderer, clock, open_benches=open_benches).plan() == 40
    assert "no more processes" in caplog.text


def test_groups_are_left_for_the_next_round_too(newsroom, clock, monkeypatch):
    monkeypatch.setattr(planning, "ALONE_AT_A_TIME", 2)
    with newsroom.begin() as work:
        for number in range(1, 11):
            work.readers.move(number, -number)

    def stopping(digest, kind, language):
        planner.stop()
        return plain_renderer(digest, kind, language)

    planner = Planner(newsroom, stopping, clock)
    first = planner.plan()
    assert first <= 2
    assert first + Planner(newsroom, plain_renderer, clock).plan() == 40


def test_few_editions_start_no_process(newsroom, clock):
    def open_benches(prepare):
        raise AssertionError("a process was started")

    assert Planner(newsroom, plain_renderer, clock, open_benches=open_benches).plan() == 40


def test_a_planner_that_is_stopped_leaves_the_rest_for_the_next(newsroom, clock, monkeypatch):
    monkeypatch.setattr(planning, "AT_A_TIME", 10)
    written = []

    def stopping(digest, kind, language):
        written.append(digest)
        if len(written) == 12:
            planner.stop()
        return plain_renderer(digest, kind, language)

    planner = Planner(newsroom, stopping, clock)
    first = planner.plan()
    assert 0 < first < 40
    assert first + Planner(newsroom, plain_renderer, clock).plan() == 40
    assert told(newsroom) == composed_here(newsroom)


@pytest.mark.parametrize("second", [2, -2], ids=["a reader", "a group"])
def test_an_edition_is_made_anew_when_all_who_had_it_have_left(newsroom, clock, monkeypatch, second):
    """Whoever comes second is planned for in the moment after the first one left."""
    monkeypatch.setattr(planning, "AT_A_TIME", 1)
    with newsroom.begin() as work:
        work.readers.move(2, second)
        first = work.readers.subscription(1)
        work.readers.save(subscriber(50), now=clock.now)
        work.readers.add_subscription(
            subscription(chat_id=50, topics=first.topics, minutes=first.minutes, planned_until=first.planned_until)
        )
    expected = composed_here(newsroom)
    written = []

    def leaving(digest, kind, language):
        written.append(digest)
        if len(written) == 2:
            with newsroom.begin() as work:
                work.readers.erase(1)
        return plain_renderer(digest, kind, language)

    assert Planner(newsroom, leaving, clock).plan() == 41
    assert told(newsroom) == {chat_id: texts for chat_id, texts in expected.items() if chat_id != 1}


@pytest.mark.parametrize("most", ["MOST_KEYS", "MOST_COHORTS", "MOST_EDITIONS"])
@pytest.mark.parametrize("open_benches", [None, partial(ProcessBenches, processes=2)], ids=["here", "beside"])
def test_whatever_is_remembered_everybody_gets_what_is_theirs(newsroom, clock, monkeypatch, most, open_benches):
    monkeypatch.setattr(planning, "AT_A_TIME", 5)
    monkeypatch.setattr(composing, "FEW", 0)
    monkeypatch.setattr(planning, most, 3)
    expected = composed_here(newsroom)
    assert Planner(newsroom, plain_renderer, clock, open_benches=open_benches).plan() == 40
    assert told(newsroom) == expected


def test_an_order_that_fails_says_why_and_the_others_are_composed(newsroom, clock, caplog):
    def particular(digest, kind, language):
        if language == "ru":
            raise ValueError("no words for this")
        return (Part(text="done"),)

    assert Planner(newsroom, particular, clock).plan() == 20
    assert "no words for this" in caplog.text


def test_what_a_turn_says_of_a_reader_is_what_they_chose(store, clock):
    chosen = subscription(
        chat_id=5,
        topics=frozenset({"science", "markets"}),
        times=(time(8), time(19, 30)),
        weekend_times=(time(10),),
        days=frozenset({0, 5}),
        zone="Asia/Almaty",
        minutes=2,
        max_stories=7,
        muted=frozenset({"loud.example"}),
        excluded=('a "quoted" word', "[ice cream]"),
        included=("комета",),
        alerts=("пожар",),
        quiet=QuietHours(start=time(22), end=time(7)),
    )
    clock.now = MORNING + timedelta(days=7)
    with store.begin() as work:
        for slug in ("science", "markets"):
            work.topics.add(topic(slug))
        work.readers.save(subscriber(5), now=MORNING)
        work.readers.add_subscription(chosen)
        stored = work.readers.subscription(5)
        (turn,) = work.turns.due(clock.now, Had((), None), after=None, limit=10)
    assert turn.subscription(frozenset(turn.topics.split(","))) == stored


def test_a_process_beside_outlives_an_error_and_takes_nothing_once_it_is_closed():
    benches = ProcessBenches(int, processes=1)
    try:
        with pytest.raises(WorkerError):
            benches.submit(0, divmod, 1, 0).result()
        assert benches.submit(0, divmod, 7, 2).result() == (3, 1)
    finally:
        benches.close()
    with pytest.raises(WorkerError):
        benches.submit(0, divmod, 7, 2).result()


def test_what_can_t_be_given_to_a_process_at_its_start_is_told_at_once():
    benches = ProcessBenches(lambda: None, processes=1)  # no process can be given that
    try:
        with pytest.raises(WorkerError):
            benches.submit(0, divmod, 7, 2).result(timeout=30)
    finally:
        benches.close()


def test_whatever_a_process_beside_was_given_has_an_end_when_it_is_closed():
    benches = ProcessBenches(partial(len, "x" * 1_000_000), processes=1)
    given = [benches.submit(0, divmod, 7, 2) for _ in range(200)]
    benches.close()
    for one in given:
        error = one.exception(timeout=60)
        assert isinstance(error, WorkerError) or (error is None and one.result() == (3, 1))
    assert any(one.exception() is not None for one in given)
