from datetime import time, timedelta

import pytest

from builders import NOW, read_article, subscriber, subscription, topic
from digests.model import QuietHours
from digests.pipeline.notices import BETWEEN, MOST, STALE, Notices
from digests.store.outbox import DeliveryState
from fakes import plain_renderer

MINUTE = timedelta(minutes=1)


class Desk:
    """A newsroom, and readers who want to hear of earthquakes at once."""

    def __init__(self, store, clock):
        self.store, self.clock = store, clock
        self.notices = Notices(store, plain_renderer, clock)
        with store.begin() as work:
            work.topics.add(topic("science"))
            self.feed_id = work.feeds.add("https://agency.example/", title="Agency", site_url="", now=NOW).id

    def join(self, chat_id=1, **values):
        with self.store.begin() as work:
            work.readers.save(subscriber(chat_id), now=self.clock())
            wanted = {"alerts": ("earthquake",), "noticed_until": self.clock(), **values}
            return work.readers.add_subscription(subscription(chat_id=chat_id, **wanted))

    def tell(self, title="Earthquake in Larton", *, published_at=None, story_id=None, text=""):
        self.clock.now += MINUTE
        with self.store.begin() as work:
            story_id = story_id or work.articles.new_story(self.clock())
            read = read_article(title, text, published_at=published_at or self.clock())
            work.articles.add(read, feed_id=self.feed_id, story_id=story_id, now=self.clock())
        return story_id

    async def told(self):
        """The headlines that go out now, each message a text."""
        await self.notices.plan()
        with self.store.begin() as work:
            due = work.outbox.due(self.clock(), limit=99)
            for one in due:
                work.outbox.settle(one.id, DeliveryState.DONE, now=self.clock())
        return [part.text for one in due for part in one.parts.values()]


@pytest.fixture
def desk(store, clock):
    return Desk(store, clock)


async def test_what_was_there_before_is_not_told_and_what_comes_is_told_once(desk):
    desk.tell("Earthquake of yesterday")
    desk.join()
    assert await desk.told() == []
    desk.tell("Earthquakes in Larton")
    desk.tell("Bank opens")
    assert await desk.told() == ["Earthquakes in Larton"]
    desk.clock.now += BETWEEN
    assert await desk.told() == []


async def test_notices_are_few_and_what_waits_comes_together(desk):
    desk.join()
    desk.tell("Earthquake one")
    assert await desk.told() == ["Earthquake one"]
    desk.tell("Earthquake two")
    desk.tell("Earthquake three")
    assert await desk.told() == []
    desk.clock.now += BETWEEN
    assert sorted(await desk.told()) == ["Earthquake three", "Earthquake two"]


async def test_one_notice_has_so_many_stories_at_most_and_the_rest_comes_with_the_next(desk):
    desk.join()
    for number in range(MOST + 3):
        desk.tell(f"Earthquake {number}")
    first = await desk.told()
    assert len(first) == MOST
    desk.clock.now += BETWEEN + MINUTE
    assert sorted(first + await desk.told()) == sorted(f"Earthquake {number}" for number in range(MOST + 3))


async def test_quiet_hours_may_be_long(desk):
    desk.join(quiet=QuietHours(start=time(6), end=time(20)))
    desk.tell()
    assert await desk.told() == []
    desk.clock.now = NOW.replace(hour=20, minute=1)
    assert await desk.told() == ["Earthquake in Larton"]


async def test_looking_in_vain_is_remembered_and_a_restart_looks_once_more(desk, store, clock):
    desk.join()
    desk.tell("Bank opens")
    assert await desk.told() == []
    desk.notices = Notices(store, plain_renderer, clock)
    desk.tell()
    assert await desk.told() == ["Earthquake in Larton"]


async def test_quiet_hours_keep_it_until_they_end(desk):
    desk.join(quiet=QuietHours(start=time(23), end=time(7)))  # it is six
    desk.tell()
    assert await desk.told() == []
    desk.clock.now = NOW.replace(hour=7)
    assert await desk.told() == ["Earthquake in Larton"]


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"excluded": ("Larton",)}, id="a word of it is muted"),
        pytest.param({"muted": frozenset({"agency.example"})}, id="its source is muted"),
        pytest.param({"alerts": ()}, id="no words"),
    ],
)
async def test_who_wants_nothing_of_it_hears_nothing(desk, values):
    desk.join(**values)
    desk.tell()
    assert await desk.told() == []


async def test_old_news_of_a_new_feed_rings_for_nobody(desk):
    desk.join()
    desk.tell(published_at=NOW - STALE - MINUTE)
    assert await desk.told() == []


async def test_what_was_told_at_once_is_not_in_the_next_edition(desk):
    mine = desk.join()
    story_id = desk.tell()
    await desk.told()
    with desk.store.read() as work:
        assert story_id in work.readers.seen(mine.chat_id)
        assert work.outbox.last_edition_at(mine.id) is None, "a notice is no edition"


async def test_one_readers_fault_is_nobody_elses(desk):
    desk.join(1, zone="Mars/Olympus", quiet=QuietHours(start=time(23), end=time(7)))
    desk.join(2)
    desk.tell()
    assert await desk.told() == ["Earthquake in Larton"]
