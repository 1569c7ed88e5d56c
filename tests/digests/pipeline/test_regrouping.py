import asyncio
from datetime import timedelta

import pytest

from builders import NOW, read_article, subscriber, subscription
from digests.browsing import Browsing
from digests.errors import WorkerError
from digests.model import UNSURE, EditionKind, Part
from digests.pipeline.regrouping import AGAIN, Regrouper
from digests.store.unit_of_work import Store
from fakes import FakeClock, InlineWorker, SlowWorker

BRIDGE = ("Bridge over the Karund lake opens", "The bridge over the Karund lake opened on Monday after four years.")
AGAIN_TOLD = ("Karund lake bridge opens after years", "After four years the Karund lake bridge opened to cars.")
COMET = ("Comet visible until Thursday", "A comet can be seen with the naked eye in the north until Thursday.")
RATES = ("Central bank lowers its rates", "The central bank lowered its key rate to nine percent, citing cheaper food.")
DAY = [
    COMET,
    RATES,
    ("Rain floods streets", "Heavy rain flooded the streets of Velmor, and schools stayed closed on Tuesday."),
    ("Team wins cup", "Sarnen United won the national cup after beating Ostrad three to one in the final."),
    ("Museum finds painting", "A lost painting by Helmar was found in the cellar of a museum in the capital."),
    ("Airline cancels flights", "The airline Nordis cancelled forty flights because its pilots went on strike."),
]


class Night:
    """Articles, each a story of its own, and a regrouper over them."""

    def __init__(self, store: Store):
        self.store, self.clock = store, FakeClock(NOW)
        self.regrouper = Regrouper(store, InlineWorker(), self.clock)
        with store.begin() as work:
            self.feed = work.feeds.add("https://a.example/feed.xml", title="A", site_url="", now=NOW)

    def tell(self, told, **values):
        with self.store.begin() as work:
            story_id = work.articles.new_story(self.clock())
            read = read_article(*told, **values)
            work.articles.add(read, feed_id=self.feed.id, story_id=story_id, now=self.clock())
            return story_id

    def stories(self):
        with self.store.read() as work:
            found = work.articles.stories(NOW - timedelta(days=7))
        return {one.id: len(one.coverage) for one in found}


@pytest.fixture
def night(store):
    night = Night(store)
    for told in DAY:
        night.tell(told)
    return night


async def test_two_stories_about_one_event_become_the_older(night):
    first, second = night.tell(BRIDGE), night.tell(AGAIN_TOLD)
    assert await night.regrouper.regroup() == 1
    assert night.stories()[first] == 2
    assert second not in night.stories()


async def test_an_article_of_unsure_language_stays_alone(night):
    night.tell(BRIDGE)
    night.tell(AGAIN_TOLD, language=UNSURE)
    assert await night.regrouper.regroup() == 0


async def test_a_story_that_a_reader_has_had_keeps_its_id(night):
    first, second = night.tell(BRIDGE), night.tell(AGAIN_TOLD)
    with night.store.begin() as work:
        work.readers.save(subscriber(), now=NOW)
        mine = work.readers.add_subscription(subscription(()))
        told = [Part(text="It happened.", stories=(second,))]
        kind = EditionKind.SCHEDULED
        work.outbox.add(mine, told, edition_at=NOW, kind=kind, stories=1, now=NOW)
    assert await night.regrouper.regroup() == 1
    assert night.stories()[second] == 2
    assert first not in night.stories()


async def test_what_was_composed_before_two_stories_became_one_counts_as_told_of_that_one(night):
    first, second = night.tell(BRIDGE), night.tell(AGAIN_TOLD)
    assert await night.regrouper.regroup() == 1
    with night.store.begin() as work:
        oldest = work.articles.new_story(NOW)
        work.articles.join_stories({first: oldest})
        work.readers.save(subscriber(), now=NOW)
        mine = work.readers.add_subscription(subscription(()))
        composed_before = [Part(text="It happened.", stories=(second,)), Part(text="It rains.", stories=(1,))]
        work.outbox.add(mine, composed_before, edition_at=NOW, kind=EditionKind.SCHEDULED, stories=2, now=NOW)
        assert work.readers.seen(mine.chat_id).keys() == {oldest, 1}
    opened = Browsing(night.store, night.clock).open(mine.chat_id, second).story  # as a button below it says
    assert (opened.id, len(opened.coverage)) == (oldest, 2)


async def test_a_story_that_gets_articles_again_is_itself_again(night):
    first, second = night.tell(BRIDGE), night.tell(AGAIN_TOLD)
    with night.store.begin() as work:
        work.articles.join_stories({second: first})
        work.articles.join_stories({first: second})
        work.readers.save(subscriber(), now=NOW)
        mine = work.readers.add_subscription(subscription(()))
        told = [Part(text="It happened.", stories=(first,))]
        work.outbox.add(mine, told, edition_at=NOW, kind=EditionKind.SCHEDULED, stories=1, now=NOW)
        assert work.readers.seen(mine.chat_id).keys() == {second}


async def test_it_is_done_again_after_a_while_and_only_where_something_came(night):
    night.tell(BRIDGE)
    assert await night.regrouper.regroup() == 0
    night.tell(AGAIN_TOLD)
    assert await night.regrouper.regroup() == 0
    night.clock.now += AGAIN
    assert await night.regrouper.regroup() == 1
    night.clock.now += AGAIN
    assert await night.regrouper.regroup() == 0


async def test_what_failed_is_done_again_after_a_while_though_nothing_came(night):
    night.tell(BRIDGE)
    night.tell(AGAIN_TOLD)
    failing = SlowWorker()
    failing.let.set()
    failing.error = WorkerError("took too long")
    regrouper = Regrouper(night.store, failing, night.clock)
    assert await regrouper.regroup() == 0
    failing.error = None
    assert await regrouper.regroup() == 0
    night.clock.now += AGAIN
    assert await regrouper.regroup() == 1


async def test_who_is_in_a_hurry_goes_on_and_the_comparing_goes_on_too(night):
    first, _ = night.tell(BRIDGE), night.tell(AGAIN_TOLD)
    slow = SlowWorker()
    regrouper = Regrouper(night.store, slow, night.clock)
    assert await regrouper.regroup(patience=timedelta(milliseconds=20)) is None
    assert night.stories()[first] == 1
    slow.let.set()
    assert await regrouper.regroup() == 1
    assert night.stories()[first] == 2
    assert slow.calls.total() == 1


async def test_who_is_in_a_hurry_gets_what_is_done_in_time(night):
    night.tell(BRIDGE)
    night.tell(AGAIN_TOLD)
    assert await night.regrouper.regroup(patience=timedelta(minutes=1)) == 1


async def test_a_fault_that_nobody_waits_for_any_more_is_in_the_log_once(night, caplog):
    night.tell(BRIDGE)
    slow = SlowWorker()
    regrouper = Regrouper(night.store, slow, night.clock)
    for _ in range(2):
        assert await regrouper.regroup(patience=timedelta(milliseconds=20)) is None
    slow.error = RuntimeError("no space left")
    slow.let.set()
    assert await regrouper.regroup() == 0
    assert caplog.text.count("stories can't be compared") == 1
    assert "no space left" in caplog.text


async def test_it_is_closed_in_the_midst_of_comparing(night):
    night.tell(BRIDGE)
    slow = SlowWorker()
    regrouper = Regrouper(night.store, slow, night.clock)
    assert await regrouper.regroup(patience=timedelta(milliseconds=20)) is None
    await regrouper.close()
    slow.let.set()
    await asyncio.sleep(0)
    assert slow.calls.total() == 0


async def test_one_event_in_two_languages_becomes_one_story(night):
    told = ("Tokayev meets Niyazov in Lartonabad", "President Tokayev met Niyazov in Lartonabad on Monday; 24 accords.")
    first = night.tell(told)
    second = night.tell(
        ("Токаев встретился с Ниязовым в Лартонабаде", "Президент Токаев и Ниязов подписали 24 соглашения."),
        language="ru",
        url="https://b.example/1",
    )
    assert await night.regrouper.regroup() == 1
    assert second not in night.stories()
    assert night.stories()[first] == 2
