import asyncio
import threading
from datetime import timedelta

import pytest

from builders import NOW, page, read_article, rss, rss_item, topic
from digests.errors import FetchTimeoutError, HttpStatusError, WorkerError
from digests.gather.polling import MOST_EDITS, STILL_EDITED
from digests.model import Response, Unchanged, Validators
from digests.pipeline.gathering import GatherReport
from digests.pipeline.matching import Matching, match_anew
from digests.pipeline.reading import PAUSES
from digests.store.articles import Articles
from digests.store.feeds import Entries
from fakes import FakeFetcher, InlineWorker
from newsroom import AGENCY, BRIDGE, COMET, INTERVAL, PAPER, SAME_BRIDGE, Newsroom


class Crashing(InlineWorker):
    """A worker that dies of the functions named."""

    def __init__(self, *names):
        super().__init__()
        self.names = names

    async def run(self, function, *args, **kwargs):
        if function.__name__ in self.names:
            raise WorkerError("a worker process died")
        return await super().run(function, *args, **kwargs)


@pytest.fixture
def newsroom(store, clock):
    return Newsroom(store, clock)


async def test_a_pass_brings_articles_in_stories_and_topics(newsroom):
    with newsroom.store.begin() as work:
        work.topics.add(topic("roads", "bridge"))
        work.topics.add(topic("sky", "comet", "telescope"))
    agency = newsroom.follow(AGENCY, rss_item("1", "Bridge opens"), rss_item("2", "Comet in the sky"))
    paper = newsroom.follow(PAPER, rss_item("3", "Mayor opens bridge", url="https://paper.example/3"), title="Paper")
    newsroom.web.bodies |= {
        "https://agency.example/1": page("Bridge opens across Karund lake", *BRIDGE),
        "https://agency.example/2": page("Comet in the sky", *COMET),
        "https://paper.example/3": page("Mayor of Larton opens bridge across Karund lake", *SAME_BRIDGE),
    }
    assert await newsroom.gather() == GatherReport(due=2, unchanged=0, changed=2, new=3, read=3)
    by_topic = {one.topics: one for one in newsroom.stories()}
    assert set(by_topic) == {frozenset({"roads"}), frozenset({"sky"})}
    bridge, comet = by_topic[frozenset({"roads"})], by_topic[frozenset({"sky"})]
    assert {one.feed_id for one in bridge.coverage} == {agency.id, paper.id}
    assert {one.source for one in bridge.coverage} == {"Agency", "Paper"}
    assert comet.lead.summary[0] == COMET[0]
    assert (comet.lead.language, comet.lead.published_at, comet.lead.gathered_at) == ("en", NOW, NOW)


async def test_those_who_answer_people_find_a_thread_however_many_entries_are_read(newsroom, monkeypatch):
    newsroom.follow(AGENCY, *(rss_item(str(number), f"Bridge {number} opens", html=BRIDGE[0]) for number in range(200)))
    may_go_on = threading.Event()
    ask = Articles.at

    def slowly(articles, url):
        may_go_on.wait()
        return ask(articles, url)

    monkeypatch.setattr(Articles, "at", slowly)
    gathering = asyncio.create_task(newsroom.gather())
    try:
        await asyncio.sleep(0.3)  # until entries wait for the database
        async with asyncio.timeout(5):
            assert await asyncio.to_thread(lambda: "an answer") == "an answer"
    finally:
        may_go_on.set()
    assert (await gathering).new == 200


async def test_a_second_pass_adds_nothing(newsroom):
    newsroom.follow(AGENCY, rss_item("1", "Bridge opens", html=BRIDGE[0]))
    await newsroom.gather()
    before = newsroom.stories()
    assert await newsroom.gather() == GatherReport(due=0, unchanged=0, changed=0, new=0)
    newsroom.clock.now += 24 * INTERVAL
    assert await newsroom.gather() == GatherReport(due=1, unchanged=1, changed=0, new=0)
    newsroom.web.bodies[AGENCY] += b"<!-- changed -->"
    assert await newsroom.gather(all_feeds=True) == GatherReport(due=1, unchanged=0, changed=1, new=0)
    assert newsroom.stories() == before


async def test_only_what_is_new_is_read(newsroom):
    newsroom.follow(AGENCY, rss_item("1", html=BRIDGE[0]))
    await newsroom.gather()
    newsroom.web.bodies[AGENCY] = rss(rss_item("2", html=COMET[0]), rss_item("1", html=BRIDGE[0]))
    assert await newsroom.gather(all_feeds=True) == GatherReport(due=1, unchanged=0, changed=1, new=1, read=1)
    assert newsroom.worker.calls["read_entry"] == 2


async def test_an_article_of_two_feeds_is_read_once(newsroom):
    newsroom.follow(AGENCY, rss_item("a", url="https://agency.example/1", html=BRIDGE[0]))
    newsroom.follow(PAPER, rss_item("b", url="http://www.agency.example/1/?utm_source=paper", html=BRIDGE[0]))
    report = await newsroom.gather()
    assert (report.read, report.known) == (1, 1)
    (story,) = newsroom.stories()
    assert story.others == ()


async def test_an_article_known_from_before_is_not_fetched_again(newsroom):
    newsroom.follow(AGENCY, rss_item("a", url="https://agency.example/1", html=BRIDGE[0]))
    await newsroom.gather()
    newsroom.follow(PAPER, rss_item("b", url="https://agency.example/1", html=BRIDGE[0]))
    assert (await newsroom.gather()).known == 1
    assert newsroom.web.count("https://agency.example/1") == 1


async def test_the_address_that_a_page_states_is_the_articles(newsroom):
    newsroom.follow(
        AGENCY, rss_item("a", url="https://agency.example/amp/1"), rss_item("b", url="https://agency.example/1")
    )
    body = page("Bridge opens", *BRIDGE, canonical="https://agency.example/1")
    newsroom.web.bodies |= {"https://agency.example/amp/1": body, "https://agency.example/1": body}
    report = await newsroom.gather()
    assert (report.read, report.known) == (1, 1)
    assert newsroom.stories()[0].lead.url == "https://agency.example/1"


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(HttpStatusError(403), id="refused"),
        pytest.param(FetchTimeoutError(), id="too slow"),
        pytest.param(Unchanged(url=""), id="unchanged, says a server nobody asked"),
        pytest.param(b"<html></html>", id="an empty page"),
    ],
)
async def test_a_page_that_cannot_be_had_leaves_the_feeds_own_text(newsroom, answer):
    newsroom.follow(AGENCY, rss_item("1", "Bridge opens", html=f"<p>{BRIDGE[0]}</p>"))
    newsroom.web.bodies["https://agency.example/1"] = answer
    assert (await newsroom.gather()).read == 1
    assert newsroom.stories()[0].lead.summary == (BRIDGE[0],)


async def test_one_bad_feed_does_not_stop_the_others(newsroom):
    slow = newsroom.follow("https://slow.example/", body=FetchTimeoutError())
    newsroom.follow("https://gone.example/", body=HttpStatusError(410))
    newsroom.follow("https://page.example/", body=page("Not a feed", *BRIDGE))
    newsroom.follow(AGENCY, rss_item("1", "Bridge opens", html=BRIDGE[0]))
    report = await newsroom.gather()
    assert report.failed == {"timeout": 1, "status:410": 1, "not_a_feed": 1}
    assert (report.due, report.new, report.read) == (4, 1, 1)
    found = newsroom.feed(slow.id)
    assert (found.failures, found.error, found.last_success_at) == (1, "timeout", None)


async def test_a_feed_that_kills_its_worker_is_one_more_bad_feed(store, clock):
    newsroom = Newsroom(store, clock, Crashing("parse"))
    feed = newsroom.follow(AGENCY, rss_item("1"))
    assert (await newsroom.gather()).failed == {"parsing": 1}
    assert newsroom.feed(feed.id).failures == 1


async def test_a_feed_that_fails_is_left_alone_longer_and_longer_until_it_is_back(newsroom):
    feed = newsroom.follow(AGENCY, body=HttpStatusError(503))
    pauses = []
    for _ in range(3):
        await newsroom.gather()
        pauses.append(newsroom.feed(feed.id).next_poll_at - newsroom.clock.now)
        newsroom.clock.now = newsroom.feed(feed.id).next_poll_at
    assert [round(pause / INTERVAL) for pause in pauses] == [1, 2, 4]
    newsroom.web.bodies[AGENCY] = rss(rss_item("1", html=BRIDGE[0]))
    await newsroom.gather()
    back = newsroom.feed(feed.id)
    assert (back.failures, back.error, back.last_success_at) == (0, "", newsroom.clock.now)
    assert INTERVAL <= back.next_poll_at - newsroom.clock.now <= 9 * INTERVAL


async def test_a_feed_names_itself_where_nobody_did(newsroom):
    unnamed = newsroom.follow(AGENCY, title="")
    named = newsroom.follow(PAPER, title="My paper")
    await newsroom.gather()
    assert newsroom.feed(unnamed.id).title == "Agency"
    assert newsroom.feed(named.id).title == "My paper"
    assert newsroom.feed(named.id).site_url == "https://agency.example/"


async def test_old_entries_are_remembered_and_never_fetched(newsroom):
    old = [rss_item(str(number), html=BRIDGE[0], published_at=NOW - timedelta(days=20)) for number in range(12)]
    newsroom.follow(AGENCY, *old)
    report = await newsroom.gather()
    assert (report.new, report.read + report.known) == (12, 10)
    assert newsroom.web.count("https://agency.example/11") == 0


async def test_an_unreadable_entry_is_tried_again_and_then_given_up(newsroom):
    newsroom.follow(AGENCY, rss_item("1"))
    for pause in PAUSES:
        assert await newsroom.gather(all_feeds=True) is not None
        tried = newsroom.web.count("https://agency.example/1")
        await newsroom.gather(all_feeds=True)
        assert newsroom.web.count("https://agency.example/1") == tried
        newsroom.clock.now += pause
    assert (await newsroom.gather()).unreadable == 1
    newsroom.clock.now += timedelta(days=1)
    assert (await newsroom.gather()).unreadable == 0
    assert newsroom.web.count("https://agency.example/1") == 1 + len(PAUSES)


async def test_an_entry_that_becomes_readable_is_read(newsroom):
    newsroom.follow(AGENCY, rss_item("1"))
    assert (await newsroom.gather()).read == 0
    newsroom.web.bodies["https://agency.example/1"] = page("Bridge opens", *BRIDGE)
    newsroom.clock.now += PAUSES[0]
    assert (await newsroom.gather()).read == 1


async def test_of_a_page_that_is_closed_for_good_the_headline_is_told_at_once(newsroom):
    newsroom.follow(AGENCY, rss_item("1", "Bridge across the lake opens"))
    newsroom.web.bodies["https://agency.example/1"] = HttpStatusError(403)
    assert (await newsroom.gather()).read == 1
    (story,) = newsroom.stories()
    assert (story.lead.title, story.lead.summary, story.lead.from_feed) == ("Bridge across the lake opens", (), True)


async def test_of_a_page_that_is_out_of_reach_the_headline_is_told_in_the_end(newsroom):
    newsroom.follow(AGENCY, rss_item("1", "Bridge across the lake opens"))
    newsroom.web.bodies["https://agency.example/1"] = FetchTimeoutError()
    reports = [await newsroom.gather()]
    for pause in PAUSES:
        newsroom.clock.now += pause
        reports.append(await newsroom.gather())
    assert [report.read for report in reports] == [0, 0, 1]


async def test_an_article_that_kills_its_worker_does_not_stop_the_pass(store, clock):
    newsroom = Newsroom(store, clock, Crashing("read_entry"))
    newsroom.follow(AGENCY, rss_item("1", html=BRIDGE[0]), rss_item("2", html=COMET[0]))
    report = await newsroom.gather()
    assert (report.new, report.read, report.postponed, report.unreadable) == (2, 0, 2, 0)


async def test_a_feed_removed_while_it_is_polled_is_simply_gone(newsroom):
    gone = newsroom.follow(AGENCY)
    newsroom.follow(PAPER, rss_item("2", "Comet", html=COMET[0]))

    def removed_just_now():
        with newsroom.store.begin() as work:
            work.feeds.remove(gone.id)
        return rss(rss_item("1", html=BRIDGE[0]))

    newsroom.web.bodies[AGENCY] = removed_just_now
    assert (await newsroom.gather()).read == 1
    assert [one.lead.title for one in newsroom.stories()] == ["Comet"]


async def test_a_feed_removed_while_its_pages_are_read_is_simply_gone(newsroom):
    gone = newsroom.follow(AGENCY, rss_item("1"))
    newsroom.follow(PAPER, rss_item("2", "Comet", html=COMET[0]))

    def removed_just_now():
        with newsroom.store.begin() as work:
            work.feeds.remove(gone.id)
        return page("Bridge opens", *BRIDGE)

    newsroom.web.bodies["https://agency.example/1"] = removed_just_now
    await newsroom.gather()
    assert [one.lead.title for one in newsroom.stories()] == ["Comet"]


async def test_topics_changed_while_pages_are_read_count_from_then_on(newsroom):
    with newsroom.store.begin() as work:
        work.topics.add(topic("roads", "bridge"))

    def changed_just_now():
        with newsroom.store.begin() as work:
            work.topics.remove("roads")
            work.topics.add(topic("lakes", "lake"))
        return page("Bridge opens", *BRIDGE)

    newsroom.follow(AGENCY, rss_item("1"))
    newsroom.web.bodies["https://agency.example/1"] = changed_just_now
    assert (await newsroom.gather()).read == 1
    assert newsroom.stories()[0].topics == {"lakes"}


async def test_progress_is_told(newsroom):
    newsroom.follow(AGENCY, rss_item("1", html=BRIDGE[0]), rss_item("2", html=COMET[0]))
    newsroom.follow(PAPER, body=FetchTimeoutError())
    told = []
    await newsroom.gather(progress=lambda *step: told.append(step))
    assert told == [("poll", 1, 2), ("poll", 2, 2), ("read", 1, 2), ("read", 2, 2)]


async def test_passes_take_turns(newsroom):
    newsroom.follow(AGENCY, rss_item("1", html=BRIDGE[0]))
    reports = await asyncio.gather(newsroom.gather(), newsroom.gather())
    assert [report.due for report in reports] == [1, 0]
    assert newsroom.web.count(AGENCY) == 1


async def test_who_waits_for_a_pass_waits_until_it_is_over(newsroom):
    begun, go_on = asyncio.Event(), asyncio.Event()

    class Waiting(FakeFetcher):
        async def get(self, url, validators=None, **options):
            begun.set()
            await go_on.wait()
            return await super().get(url, validators, **options)

    newsroom.follow(AGENCY, rss_item("1", html=BRIDGE[0]))
    newsroom.gatherer._fetcher = Waiting(newsroom.web.bodies)
    assert not await newsroom.gatherer.finish(timedelta(seconds=9))
    under_way = asyncio.create_task(newsroom.gather())
    await begun.wait()
    assert not await newsroom.gatherer.finish(timedelta())
    waiting = asyncio.create_task(newsroom.gatherer.finish(timedelta(seconds=9)))
    go_on.set()
    assert await waiting
    assert (await under_way).read == 1


async def test_topics_are_matched_anew_for_what_is_still_news(store, clock):
    with store.begin() as work:
        feed = work.feeds.add(AGENCY, title="Agency", site_url="", now=NOW)
        ids = {}
        for days in (1, 6, 8):
            ids[days] = work.articles.new_story(NOW)
            read = read_article("Bridge opens", published_at=NOW - timedelta(days=days))
            work.articles.add(read, feed_id=feed.id, story_id=ids[days], now=NOW)
        work.topics.add(topic("roads", "bridge"))
    await match_anew(store, Matching(store, InlineWorker(), clock), NOW)
    with store.read() as work:
        assert {days: bool(work.articles.story(ids[days]).topics) for days in ids} == {1: True, 6: True, 8: False}


async def test_a_feed_that_hangs_keeps_the_articles_of_the_others_from_nobody(newsroom):
    let_go = asyncio.Event()
    newsroom.follow(AGENCY, rss_item("1", "Bridge opens"))
    newsroom.web.bodies["https://agency.example/1"] = page("Bridge opens", *BRIDGE)
    newsroom.follow("https://slow.example/feed")
    quick = newsroom.web.get

    async def get(url, validators=None, **options):
        if url == "https://slow.example/feed":
            await let_go.wait()
        return await quick(url, validators, **options)

    newsroom.web.get = get
    gathering = asyncio.create_task(newsroom.gather())
    async with asyncio.timeout(10):
        while not newsroom.stories():  # noqa: ASYNC110 - the store has no event to wait for
            await asyncio.sleep(0.01)
    assert not gathering.done()
    let_go.set()
    assert (await gathering).read == 1


# --- edits, moves and ends of feeds ----------------------------------------------------------------------------------


async def test_an_article_that_its_feed_edits_is_read_again_and_stays_where_it_was(newsroom):
    with newsroom.store.begin() as work:
        work.topics.add(topic("roads", "bridge"))
        work.topics.add(topic("ferries", "ferry"))
    newsroom.follow(AGENCY, rss_item("1", "Bridge opens"))
    newsroom.web.bodies["https://agency.example/1"] = page("Bridge opens", *BRIDGE)
    await newsroom.gather()
    (before,) = newsroom.stories()
    newsroom.web.bodies[AGENCY] = rss(rss_item("1", "Ferry goes on"))
    newsroom.web.bodies["https://agency.example/1"] = page("Ferry goes on", "The ferry of Larton goes on.", *COMET)
    report = await newsroom.gather(all_feeds=True)
    assert (report.new, report.edited, report.revised, report.read) == (0, 1, 1, 0)
    (after,) = newsroom.stories()
    assert (after.id, after.lead.article_id) == (before.id, before.lead.article_id)
    assert (after.lead.title, after.topics) == ("Ferry goes on", {"ferries"})


@pytest.mark.parametrize(
    "again",
    [
        pytest.param(
            rss_item("1", "Bridge opens", html=BRIDGE[0], published_at=NOW + timedelta(hours=1)), id="redated"
        ),
        pytest.param(
            rss_item("1", "Bridge opens", html=f"<div>{BRIDGE[0]}</div><img src='/9'>"), id="in another dress"
        ),
    ],
)
async def test_what_is_published_again_is_neither_new_nor_edited(newsroom, again):
    newsroom.follow(AGENCY, rss_item("1", "Bridge opens", html=BRIDGE[0]), rss_item("2", "Comet", html=COMET[0]))
    await newsroom.gather()
    before = newsroom.stories()
    newsroom.web.bodies[AGENCY] = rss(rss_item("2", "Comet", html=COMET[0]), again)
    newsroom.clock.now += timedelta(hours=2)
    report = await newsroom.gather(all_feeds=True)
    assert (report.changed, report.new, report.edited, report.read) == (1, 0, 0, 0)
    assert newsroom.stories() == before


async def test_an_entry_under_another_id_is_the_same_article(newsroom):
    newsroom.follow(AGENCY, rss_item("1", "Bridge opens", html=BRIDGE[0], url="https://agency.example/bridge"))
    await newsroom.gather()
    newsroom.web.bodies[AGENCY] = rss(
        rss_item("1-new", "Bridge opens", html=BRIDGE[0], url="https://agency.example/bridge?utm_source=rss")
    )
    report = await newsroom.gather(all_feeds=True)
    assert (report.new, report.known, report.read) == (1, 1, 0)
    assert len(newsroom.stories()) == 1


async def test_a_feed_that_edits_without_end_is_read_again_only_so_often(newsroom):
    newsroom.follow(AGENCY, rss_item("1", "Bridge opens", html=BRIDGE[0]))
    await newsroom.gather()
    revised = 0
    for word in ("One", "Two", "Three", "Four", "Five"):
        newsroom.web.bodies[AGENCY] = rss(rss_item("1", f"Bridge opens: {word}", html=BRIDGE[0]))
        revised += (await newsroom.gather(all_feeds=True)).revised
    assert revised == MOST_EDITS


async def test_an_edit_of_old_news_is_not_read_again(newsroom):
    newsroom.follow(AGENCY, rss_item("1", "Bridge opens", html=BRIDGE[0]))
    await newsroom.gather()
    newsroom.clock.now += STILL_EDITED + timedelta(seconds=1)
    newsroom.web.bodies[AGENCY] = rss(rss_item("1", "Bridge opened", html=BRIDGE[0]))
    assert (await newsroom.gather(all_feeds=True)).edited == 0


async def test_a_teaser_does_not_take_the_place_of_the_whole_page(newsroom):
    newsroom.follow(AGENCY, rss_item("1", "Bridge opens", html=BRIDGE[0]))
    newsroom.web.bodies["https://agency.example/1"] = page("Bridge opens", *BRIDGE)
    await newsroom.gather()
    before = newsroom.stories()
    newsroom.web.bodies[AGENCY] = rss(rss_item("1", "Bridge is open", html=BRIDGE[0]))
    newsroom.web.bodies["https://agency.example/1"] = FetchTimeoutError()
    report = await newsroom.gather(all_feeds=True)
    assert (report.edited, report.revised) == (1, 0)
    assert newsroom.stories() == before


async def test_a_feed_that_is_gone_for_good_is_asked_no_more_unless_an_admin_says_so(newsroom):
    feed = newsroom.follow(AGENCY, body=HttpStatusError(410))
    await newsroom.gather()
    newsroom.clock.now += timedelta(days=30)
    assert (await newsroom.gather()).due == 0
    newsroom.web.bodies[AGENCY] = rss(rss_item("1", html=BRIDGE[0]))
    with newsroom.store.begin() as work:
        work.feeds.poll_soon(newsroom.clock(), [feed.id])
    assert (await newsroom.gather()).read == 1
    assert not newsroom.feed(feed.id).is_stopped


def moved(url):
    body = rss(rss_item("1", html=BRIDGE[0]))
    return Response(url=url, content_type="", body=body, validators=Validators(), moved_to=url)


async def test_a_feed_that_has_moved_for_good_is_polled_there_with_all_it_said(newsroom):
    with newsroom.store.begin() as work:
        work.topics.add(topic("agency", feed_urls=(AGENCY, PAPER)))
    feed = newsroom.follow(AGENCY)
    newsroom.web.bodies[AGENCY] = moved("https://new.agency.example/feed.xml")
    for _ in range(3):
        await newsroom.gather(all_feeds=True)
        newsroom.clock.now += timedelta(hours=12)
    found = newsroom.feed(feed.id)
    assert (found.url, found.move) == ("https://new.agency.example/feed.xml", None)
    with newsroom.store.read() as work:
        assert work.topics.get("agency").feed_urls == ("https://new.agency.example/feed.xml", PAPER)
    newsroom.web.bodies[found.url] = rss(rss_item("1", html=BRIDGE[0]))
    assert (await newsroom.gather(all_feeds=True)).new == 0
    assert len(newsroom.stories()) == 1


async def test_a_feed_stays_where_it_is_when_another_one_is_followed_there(newsroom):
    feed, other = newsroom.follow(AGENCY), newsroom.follow(PAPER)
    newsroom.web.bodies[AGENCY] = moved(PAPER)
    for _ in range(4):
        await newsroom.gather(all_feeds=True)
        newsroom.clock.now += timedelta(days=1)
    assert (newsroom.feed(feed.id).url, newsroom.feed(other.id).url) == (AGENCY, PAPER)


async def test_polling_alone_reads_nothing(newsroom):
    newsroom.follow(AGENCY, rss_item("1", html=BRIDGE[0]))
    assert await newsroom.gather(reading=False) == GatherReport(due=1, unchanged=0, changed=1, new=1)
    assert (await newsroom.gather()).read == 1


async def test_a_feed_that_breaks_something_unexpected_is_one_more_bad_feed(newsroom):
    def broken():
        raise ZeroDivisionError

    newsroom.follow(AGENCY, body=broken)
    newsroom.follow(PAPER, rss_item("2", "Comet", html=COMET[0]))
    report = await newsroom.gather()
    assert (report.failed, report.read) == ({"parsing": 1}, 1)


async def test_what_cannot_be_stored_keeps_nothing_else_from_being_stored(newsroom, monkeypatch):
    feed = newsroom.follow(AGENCY, rss_item("1", html=BRIDGE[0]))
    newsroom.follow(PAPER, rss_item("2", "Comet", html=COMET[0]))
    add = Entries.add

    def breaks(entries, feed_id, *args, **options):
        if feed_id == feed.id:
            raise OverflowError
        return add(entries, feed_id, *args, **options)

    monkeypatch.setattr(Entries, "add", breaks)
    report = await newsroom.gather()
    assert (report.due, report.failed, report.read) == (2, {"parsing": 1}, 1)
    assert newsroom.feed(feed.id).failures == 1


async def test_five_hundred_feeds_share_few_transactions(newsroom, monkeypatch):
    for number in range(500):
        newsroom.follow(f"https://{number}.example/", rss_item("1", html=BRIDGE[0]))
    opened = []
    begin = type(newsroom.store).begin
    monkeypatch.setattr(type(newsroom.store), "begin", lambda store: opened.append(1) or begin(store))
    report = await newsroom.gather(reading=False)
    assert (report.due, report.changed, report.new) == (500, 500, 500)
    assert len(opened) < 100
