"""Planning waits for stories to be compared, and not for ever: as a task of workers, and where there are none."""

import asyncio
from datetime import timedelta
from types import SimpleNamespace

import pytest
from procrastinate import App
from procrastinate.testing import InMemoryConnector

from bot import app, tasks
from builders import read_article
from digests.pipeline.regrouping import Regrouper
from digests.store.tasks import PLAN
from fakes import SlowWorker


class Planning:
    """Stories that a worker compares, and somebody who plans editions."""

    def __init__(self, store, clock):
        self.worker, self.planned = SlowWorker(), []
        self.regrouper = Regrouper(store, self.worker, clock)
        self.dispatcher = None
        self.planner = SimpleNamespace(plan=self.plan)
        with store.begin() as work:
            feed = work.feeds.add("https://a.example/feed", title="A", site_url="", now=clock())
            for title in ("Bridge opens", "Comet comes"):
                story_id = work.articles.new_story(clock())
                work.articles.add(read_article(title), feed_id=feed.id, story_id=story_id, now=clock())

    def plan(self):
        self.planned.append(self.worker.calls.total())
        return 1


async def by_a_worker(planning):
    taking = App(connector=InMemoryConnector())
    tasks.add_tasks(taking, planning)
    await taking.tasks[PLAN].func(number=0)


async def by_the_bot(planning):
    await app._plan(planning, planning)


@pytest.fixture(params=[by_a_worker, by_the_bot])
def plan(request):
    return request.param


async def test_editions_are_planned_once_stories_have_been_compared(store, clock, plan):
    planning = Planning(store, clock)
    planning.worker.let.set()
    await plan(planning)
    assert planning.planned == [1]


async def test_editions_that_are_due_do_not_wait_long_for_that(store, clock, plan, monkeypatch):
    for module in (app, tasks):
        monkeypatch.setattr(module, "BEFORE_EDITIONS", timedelta(milliseconds=20))
    planning = Planning(store, clock)
    await asyncio.wait_for(plan(planning), 10)
    assert planning.planned == [0]
    await planning.regrouper.close()
