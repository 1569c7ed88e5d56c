import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from builders import NOW, entry, read_article, subscriber, subscription, topic, utc
from digests.language.words import stem
from digests.model import Act, Actor, EditionKind, Part, SavedArticle
from digests.pipeline import pruning
from digests.pipeline.pruning import COMPARED_FOR, SHORTEST, Pruner
from digests.pipeline.publishing import Publisher
from digests.store import tables
from digests.store.outbox import DeliveryState
from fakes import FakeSender, plain_renderer

DAY = timedelta(days=1)
KEEP = 30 * DAY


class Archive:
    """A newsroom whose bot forgets what is older than 30 days."""

    def __init__(self, store, clock):
        self.store, self.clock = store, clock
        self.pruner = Pruner(store, clock, keep=KEEP)
        self.publisher = Publisher(store, plain_renderer, FakeSender(), clock)
        with store.begin() as work:
            work.topics.add(topic("science"))
            self.feed_id = work.feeds.add("https://agency.example/", title="Agency", site_url="", now=NOW).id

    def tell(self, title, *, story_id=None, entry_id=None, **values):
        with self.store.begin() as work:
            story_id = story_id or work.articles.new_story(self.clock())
            read = read_article(title, **{"published_at": self.clock(), **values})
            article_id = work.articles.add(
                read, feed_id=self.feed_id, story_id=story_id, entry_id=entry_id, now=self.clock()
            )
            work.articles.set_topics({article_id: {"science": None}})
        return story_id

    def join(self, chat_id=1, **values):
        with self.store.begin() as work:
            work.readers.save(subscriber(chat_id), now=self.clock())
            return work.readers.add_subscription(subscription(chat_id=chat_id, planned_until=self.clock(), **values))

    def list(self, *keys):
        """What a poll of the feed does with what it lists."""
        said = [entry(key) for key in keys]
        with self.store.begin() as work:
            unknown, _ = work.entries.compare(self.feed_id, said)
            work.entries.note_listed(self.feed_id, said, now=self.clock())
            work.entries.add(self.feed_id, [], unknown, now=self.clock())
        return {one.key for one in unknown}

    def send(self, mine, *story_ids, kind=EditionKind.SCHEDULED, state=DeliveryState.DONE):
        """An edition of now that told these stories."""
        parts = [Part(text="Told", stories=story_ids)]
        with self.store.begin() as work:
            added = work.outbox.add(
                mine, parts, edition_at=self.clock(), kind=kind, stories=len(story_ids), now=self.clock()
            )
            if state is not DeliveryState.QUEUED:
                work.outbox.claim(added, 0)
                work.outbox.settle(added, state, now=self.clock())
        return added

    async def pass_by(self, span):
        self.clock.now += span
        return await self.pruner.prune()

    def titles(self):
        with self.store.read() as work:
            return {told.title for story in work.articles.stories(utc("2000-01-01")) for told in story.coverage}

    def count(self, name):
        with self.store.engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(tables.metadata.tables[name])).scalar_one()


@pytest.fixture
def archive(store, clock):
    return Archive(store, clock)


async def test_articles_go_when_they_are_older_than_is_kept_and_not_a_day_before(archive):
    archive.tell("Rocket lands")
    archive.clock.now += 5 * DAY
    archive.tell("Comet found")
    assert not await archive.pass_by(KEEP - 5 * DAY)
    assert archive.titles() == {"Rocket lands", "Comet found"}
    pruned = await archive.pass_by(DAY)
    assert (pruned.articles, archive.titles()) == (1, {"Comet found"})


async def test_nothing_of_an_old_article_is_left(archive):
    archive.tell("Rocket lands")
    await archive.pass_by(KEEP + DAY)
    assert [archive.count(name) for name in ("articles", "stories", "article_topics")] == [0, 0, 0]
    with archive.store.read() as work:
        assert work.articles.find([frozenset({stem("rocket", "en")})], start=0, limit=5) == (0, ())
        assert work.articles._search.count() == 0


async def test_a_story_that_goes_on_keeps_what_is_young_of_it(archive):
    story_id = archive.tell("The strike begins")
    archive.clock.now += 20 * DAY
    archive.tell("The strike goes on", story_id=story_id)
    await archive.pass_by(11 * DAY)
    with archive.store.read() as work:
        story = work.articles.story(story_id)
    assert (story.lead.title, story.others) == ("The strike goes on", ())


async def test_what_was_gathered_late_is_kept_from_then_on(archive):
    archive.tell("An old report", published_at=NOW - 300 * DAY)
    await archive.pass_by(KEEP - DAY)
    assert archive.titles() == {"An old report"}


async def test_much_is_forgotten_in_small_portions(archive, monkeypatch):
    monkeypatch.setattr(pruning, "AT_A_TIME", 2)
    for number in range(7):
        archive.tell(f"Report {number}")
    assert (await archive.pass_by(KEEP + DAY)).articles == 7


async def test_others_write_while_much_is_forgotten(archive, monkeypatch):
    monkeypatch.setattr(pruning, "AT_A_TIME", 1)
    for number in range(30):
        archive.tell(f"Report {number}")
    archive.clock.now += KEEP + DAY
    task = asyncio.create_task(archive.pruner.prune())
    while archive.count("articles") == 30:  # noqa: ASYNC110 - it begins in a thread
        await asyncio.sleep(0)
    await asyncio.to_thread(archive.tell, "News")
    left = archive.count("articles")
    await task
    assert left > 1
    assert archive.titles() == {"News"}


async def test_what_waits_to_be_sent_keeps_its_stories(archive):
    mine = archive.join()
    told, untold = archive.tell("Rocket lands"), archive.tell("Comet found")
    archive.send(mine, told, state=DeliveryState.QUEUED)
    await archive.pass_by(KEEP + DAY)
    assert archive.titles() == {"Rocket lands"}
    with archive.store.read() as work:
        assert work.articles.story(untold) is None
        assert work.backlog(archive.clock()).deliveries == {EditionKind.SCHEDULED: 1}


async def test_what_readers_saved_stays(archive):
    archive.join()
    saved = SavedArticle(url="https://a.example/1", title="Rocket lands", source="Agency", saved_at=NOW)
    with archive.store.begin() as work:
        work.readers.save_article(1, saved, most=5)
    archive.tell("Rocket lands", url="https://a.example/1")
    await archive.pass_by(400 * DAY)
    assert archive.titles() == set()
    with archive.store.read() as work:
        assert work.readers.saved(1) == (saved,)


async def test_old_deliveries_go_with_what_they_said(archive):
    mine = archive.join()
    for title in ("One", "Two", "Three"):
        archive.send(mine, archive.tell(title))
        archive.clock.now += DAY
    pruned = await archive.pass_by(KEEP)
    assert pruned.deliveries == 2  # the latest one stays
    assert [archive.count(name) for name in ("deliveries", "compositions", "composition_parts", "parts")] == [1] * 4


async def test_a_reader_who_was_away_keeps_the_latest_edition(archive):
    mine = archive.join()
    archive.send(mine, archive.tell("One"))
    told_at = archive.clock()
    archive.clock.now += DAY
    archive.send(mine)  # nothing was new
    await archive.pass_by(100 * DAY)
    with archive.store.read() as work:
        assert work.outbox.last_told_at(mine.id) == told_at
        assert work.outbox.last_edition_at(mine.id) == told_at + DAY
        assert len(work.outbox.last_messages(mine.id)[1]) == 1


async def test_notices_and_what_was_given_up_go_too(archive):
    mine = archive.join()
    archive.send(mine, archive.tell("One"), kind=EditionKind.NOTICE)
    archive.clock.now += DAY
    archive.send(mine, archive.tell("Two"), state=DeliveryState.DROPPED)
    archive.clock.now += DAY
    archive.send(mine, archive.tell("Three"))
    assert (await archive.pass_by(KEEP + DAY)).deliveries == 2


async def test_what_a_reader_has_had_is_known_as_long_as_it_may_be_told_on(archive):
    mine = archive.join()
    strike, rocket = archive.tell("The strike begins"), archive.tell("Rocket lands")
    archive.send(mine, strike, rocket)
    archive.clock.now += 20 * DAY
    archive.tell("The strike goes on", story_id=strike)
    archive.send(mine, archive.tell("Comet found"))
    assert (await archive.pass_by(11 * DAY)).deliveries == 0
    with archive.store.read() as work:
        assert strike in work.readers.seen(1)


async def test_of_a_story_without_end_the_latest_telling_is_enough(archive):
    mine = archive.join()
    strike = archive.tell("The strike begins")
    for day in range(40):
        archive.tell(f"Day {day} of the strike", story_id=strike)
        archive.send(mine, strike)
        archive.clock.now += DAY
    await archive.pruner.prune()
    assert archive.count("deliveries") == 30
    with archive.store.read() as work:
        assert work.readers.seen(1)[strike] == archive.clock() - DAY


async def test_two_weeks_of_a_readers_ledger_stay(archive):
    mine = archive.join()
    for day in range(60):
        archive.send(mine, archive.tell(f"News of day {day}"))
        archive.clock.now += DAY
    await Pruner(archive.store, archive.clock, keep=SHORTEST).prune()
    with archive.store.read() as work:
        assert len(work.outbox.ledger(mine.id, limit=14)) == 14
    with pytest.raises(ValueError, match="14 days"):
        Pruner(archive.store, archive.clock, keep=SHORTEST - DAY)


async def test_the_newest_broadcast_keeps_its_figures_and_older_ones_go(archive):
    archive.join(announcements=True)
    ids = []
    for text in ("Hello", "Hello again"):
        with archive.store.begin() as work:
            ids.append(work.broadcasts.add(text, user_id=5, now=archive.clock()))
            while work.broadcasts.queue(ids[-1], limit=10):
                pass
        await archive.publisher.deliver(broadcasts=True)
        archive.clock.now += DAY
    assert (await archive.pass_by(KEEP)).deliveries == 1
    with archive.store.read() as work:
        assert [work.broadcasts.progress(one).sent for one in ids] == [0, 1]


async def test_a_broadcast_that_is_not_queued_for_all_keeps_its_text(archive):
    archive.join(announcements=True)
    with archive.store.begin() as work:
        begun = work.broadcasts.add("Hello", user_id=5, now=archive.clock())
        work.broadcasts.queue(begun, limit=1)
    await archive.publisher.deliver(broadcasts=True)
    archive.clock.now += DAY
    with archive.store.begin() as work:
        work.broadcasts.add("Hello again", user_id=5, now=archive.clock())
    assert (await archive.pass_by(KEEP)).deliveries == 1
    assert archive.count("composition_parts") == 2


async def test_who_changed_what_is_known_for_a_year(archive):
    with archive.store.begin() as work:
        work.audit.add(
            Actor(user_id=5, name="Admin"), Act.TOPIC_ADDED, "science", after={"slug": "science"}, now=archive.clock()
        )
    assert (await archive.pass_by(365 * DAY)).changes == 0
    assert (await archive.pass_by(DAY)).changes == 1


async def test_what_a_feed_still_lists_is_remembered_however_old_it_is(archive):
    assert archive.list("pinned", "old") == {"pinned", "old"}
    for _ in range(5):
        archive.clock.now += 20 * DAY
        archive.list("pinned", "new")
    pruned = await archive.pruner.prune()
    assert pruned.entries == 1
    assert archive.list("pinned", "new", "old") == {"old"}


async def test_what_a_silent_feed_listed_last_is_remembered(archive):
    archive.list("1", "2")
    await archive.pass_by(400 * DAY)
    assert archive.list("1", "2", "3") == {"3"}


async def test_entries_stay_as_long_as_their_articles(archive):
    archive.list("1")
    with archive.store.engine.connect() as connection:
        entry_id = connection.execute(select(tables.entries.c.id)).scalar_one()
    archive.clock.now += 25 * DAY
    archive.list("2")
    archive.tell("Read late", entry_id=entry_id)
    assert (await archive.pass_by(6 * DAY)).entries == 0
    assert (await archive.pass_by(KEEP)).entries == 1


async def test_empty_stories_go(archive):
    with archive.store.begin() as work:
        work.articles.new_story(archive.clock())
    assert (await archive.pass_by(KEEP - DAY)).stories == 0
    assert (await archive.pass_by(2 * DAY)).stories == 1


async def test_words_are_forgotten_when_nothing_is_compared_with_them_any_more(archive, monkeypatch):
    monkeypatch.setattr(pruning, "ROWS_AT_A_TIME", 2)
    for number in range(5):
        archive.tell(f"Rocket {number} lands")
    archive.clock.now += 2 * DAY
    archive.tell("Comet found")
    archive.clock.now += COMPARED_FOR - DAY
    await archive.pruner.prune()
    with archive.store.read() as work:
        known = {one.article_id: one for one in work.articles.known(work.articles.story_of(NOW))}
    assert [bool(known[one].fingerprint.terms) for one in sorted(known)] == [False] * 5 + [True]
    assert len(archive.titles()) == 6
    await archive.pass_by(2 * DAY)
    with archive.store.read() as work:
        assert not any(one.fingerprint.terms for one in work.articles.known(work.articles.story_of(NOW)))


async def test_the_database_is_told_in_size(archive):
    archive.tell("Rocket lands")
    with archive.store.read() as work:
        size = work.size()
    assert (size.articles, size.since) == (1, NOW)
    assert size.total > 100_000
    assert 0 <= size.free < size.total
