"""Work one by one, as workers do it, and having it done."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import text

from builders import NOW, page, rss_item, subscriber, subscription, topic
from digests.errors import DatabaseLostError
from digests.pipeline import dispatching
from digests.pipeline.dispatching import Dispatcher
from digests.pipeline.planning import Planner
from digests.pipeline.regrouping import AGAIN
from digests.store.unit_of_work import Store
from fakes import FakeClock, plain_renderer
from newsroom import AGENCY, BRIDGE, COMET, PAPER, SAME_BRIDGE, Newsroom

PAGES = {
    "https://agency.example/1": ("A bridge opens", BRIDGE),
    "https://paper.example/1": ("Bridge open", SAME_BRIDGE),
}


@pytest.fixture
def newsroom(store, clock):
    room = Newsroom(store, clock)
    for url, (title, texts) in PAGES.items():
        room.web.bodies[url] = page(title, *texts)
    return room


@pytest.fixture
def another(store, clock, newsroom):
    """Another worker on the same database."""
    other = Newsroom(store, clock)
    other.web.bodies = newsroom.web.bodies
    return other


def unread(store, now=NOW):
    with store.read() as work:
        return [one.id for one in work.entries.unread(now, limit=100)]


def of(url):
    return rss_item("1", PAGES[url][0], url=url)


async def test_a_feed_is_polled_while_it_is_due_and_its_entries_are_left_to_others(newsroom, store, clock):
    feed = newsroom.follow(AGENCY, of("https://agency.example/1"))
    report = await newsroom.gatherer.poll_one(feed.id)
    assert (report.due, report.new, report.read) == (1, 1, 0)
    assert (await newsroom.gatherer.poll_one(feed.id)).due == 0
    assert len(unread(store)) == 1


async def test_a_feed_that_is_gone_is_nothing_to_poll(newsroom):
    assert (await newsroom.gatherer.poll_one(7)).due == 0


async def test_an_entry_is_read_once(newsroom, another, store):
    feed = newsroom.follow(AGENCY, of("https://agency.example/1"))
    await newsroom.gatherer.poll_one(feed.id)
    (entry_id,) = unread(store)
    assert (await newsroom.gatherer.read_one(entry_id)).read == 1
    assert (await another.gatherer.read_one(entry_id)).read == 0
    assert (await newsroom.gatherer.read_one(99)).read == 0
    assert len(newsroom.stories()) == 1


async def test_an_entry_that_two_workers_read_at_once_becomes_one_article(newsroom, another, store):
    feed = newsroom.follow(AGENCY, of("https://agency.example/1"))
    await newsroom.gatherer.poll_one(feed.id)
    (entry_id,) = unread(store)
    reports = await asyncio.gather(newsroom.gatherer.read_one(entry_id), another.gatherer.read_one(entry_id))
    assert sum(one.read for one in reports) == 1
    assert sum(one.revised for one in reports) == 0
    assert len(newsroom.stories()) == 1


async def test_a_database_that_is_out_of_reach_is_no_fault_of_feed_and_entry(newsroom, store, monkeypatch):
    def lost():
        raise DatabaseLostError

    feed = newsroom.follow(AGENCY, of("https://agency.example/1"))
    with monkeypatch.context() as away:
        away.setattr(store, "begin", lost)
        assert (await newsroom.gatherer.poll_one(feed.id)).failed == {}
    assert newsroom.feed(feed.id) == feed, "it is due as before"
    await newsroom.gatherer.poll_one(feed.id)
    (entry_id,) = unread(store)
    with monkeypatch.context() as away:
        away.setattr(store, "begin", lost)
        assert (await newsroom.gatherer.read_one(entry_id)).postponed == 0
    assert (await newsroom.gatherer.read_one(entry_id)).read == 1


async def test_what_one_worker_has_read_is_known_to_the_next(newsroom, another, store, clock):
    newsroom.follow(AGENCY, of("https://agency.example/1"))
    newsroom.follow(PAPER, of("https://paper.example/1"), title="Paper")
    newsroom.web.bodies["https://agency.example/comet"] = page("A comet comes", *COMET)
    comet = newsroom.follow(
        "https://agency.example/sky", rss_item("1", "A comet comes", url="https://agency.example/comet")
    )
    await another.gatherer.poll_one(comet.id)
    (first,) = unread(store)
    await another.gatherer.read_one(first)  # so that it has caught up before the others come
    await newsroom.gather(reading=False)
    mine, theirs = unread(store)
    await newsroom.gatherer.read_one(mine)
    await another.gatherer.read_one(theirs)
    assert sorted(len(story.coverage) for story in newsroom.stories()) == [1, 2]


async def test_an_article_goes_to_the_story_that_the_one_like_it_was_moved_to(newsroom, another, store):
    newsroom.follow(AGENCY, of("https://agency.example/1"))
    newsroom.follow(PAPER, of("https://paper.example/1"), title="Paper")
    await newsroom.gather(reading=False)
    first, second = unread(store)
    await newsroom.gatherer.read_one(first)
    (story,) = newsroom.stories()
    with store.begin() as work:
        elsewhere = work.articles.new_story(NOW)
        work.articles.join_stories({story.id: elsewhere})
    await newsroom.gatherer.read_one(second)
    assert [one.id for one in newsroom.stories()] == [elsewhere]


@pytest.fixture
def dispatcher(store, clock, monkeypatch):
    monkeypatch.setattr(dispatching, "BETWEEN_LOOKS", 0.01)
    monkeypatch.setattr(dispatching, "TAKEN_WITHIN", 0.3)
    if store.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no queue")
    return Dispatcher(Store(store.engine, lambda _: None), clock)


async def test_what_is_due_is_put_in_once_and_waited_for(dispatcher, newsroom, store):
    assert not dispatcher.is_gathering
    feed = newsroom.follow(AGENCY, of("https://agency.example/1"))
    assert await dispatcher.dispatch() == 1
    assert await dispatcher.dispatch() == 0
    assert dispatcher.is_gathering
    assert not await dispatcher.finish(timedelta(seconds=0.05))
    waiting = asyncio.create_task(dispatcher.gather())
    await newsroom.gatherer.poll_one(feed.id)
    (entry_id,) = unread(store)
    assert await dispatcher.gather(reading=False)
    assert not waiting.done()
    await newsroom.gatherer.read_one(entry_id)
    assert await waiting
    assert await dispatcher.finish(timedelta(seconds=0))
    assert not dispatcher.is_gathering


async def test_stories_are_compared_again_where_something_has_come_and_not_too_often(
    dispatcher, newsroom, store, clock
):
    def regroupings():
        with store.read() as work:
            return work.tasks.workload().waiting["regroup"]

    async def after(span):
        clock.now += span
        await dispatcher.dispatch()
        with store.engine.begin() as connection:
            found = regroupings()
            connection.execute(text("DELETE FROM procrastinate_jobs WHERE task_name = 'regroup'"))
        return found

    assert await after(timedelta()) == 0
    newsroom.follow(AGENCY, of("https://agency.example/1"))
    await newsroom.gather()
    assert await after(timedelta()) == 1
    assert await after(AGAIN) == 0, "nothing has come"
    newsroom.follow(PAPER, of("https://paper.example/1"), title="Paper")
    await newsroom.gather()
    assert await after(timedelta()) == 1
    newsroom.web.bodies["https://agency.example/comet"] = page("A comet comes", *COMET)
    newsroom.follow("https://agency.example/sky", rss_item("1", "A comet", url="https://agency.example/comet"))
    await newsroom.gather()
    assert await after(AGAIN / 2) == 0, "too soon"
    assert await after(AGAIN / 2) == 1


@dataclass
class Planning:
    """Editions that are due, and who plans them."""

    store: Store
    here: int = 0

    async def plan_here(self):
        self.here += 1
        self.plan()

    def plan(self):
        assert Planner(self.store, plain_renderer, FakeClock()).plan() == 1

    def be_taken(self):
        """By a worker."""
        with self.store.engine.begin() as connection:
            connection.execute(text("UPDATE procrastinate_jobs SET status = 'doing' WHERE task_name = 'plan'"))

    def be_ended(self):
        with self.store.engine.begin() as connection:
            connection.execute(text("DELETE FROM procrastinate_jobs WHERE task_name = 'plan'"))


@pytest.fixture
def planning(store, dispatcher):
    with store.begin() as work:
        work.topics.add(topic("science", "rocket"))
        work.readers.save(subscriber(7), now=NOW)
        work.readers.add_subscription(
            subscription(chat_id=7, times=(NOW.time(),), planned_until=NOW - timedelta(hours=1))
        )
    return Planning(store)


async def test_editions_are_planned_by_a_worker_and_waited_for(dispatcher, planning):
    waiting = asyncio.create_task(dispatcher.plan(planning.plan_here))
    await asyncio.sleep(0.1)
    planning.be_taken()
    await asyncio.sleep(0.5)
    assert not waiting.done()
    planning.plan()
    planning.be_ended()
    await waiting
    assert planning.here == 0


async def test_editions_that_no_worker_plans_are_planned_here(dispatcher, planning):
    await dispatcher.plan(planning.plan_here)
    assert planning.here == 1


async def test_editions_that_a_worker_failed_to_plan_are_planned_here(dispatcher, planning):
    waiting = asyncio.create_task(dispatcher.plan(planning.plan_here))
    await asyncio.sleep(0.1)
    planning.be_ended()
    await waiting
    assert planning.here == 1
