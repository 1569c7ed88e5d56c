import asyncio
import math
from dataclasses import replace
from datetime import timedelta

import pytest

from builders import NOW, page, read_article, rss, rss_item, topic
from digests.desk import Desk
from digests.errors import (
    FeedExistsError,
    HttpStatusError,
    InvalidTopicError,
    InvalidWeightError,
    NoFeedFoundError,
    TopicExistsError,
    TopicsFileError,
    UnknownArticleError,
    UnknownFeedError,
    UnknownTopicError,
)
from digests.model import Reason, Strictness
from digests.pipeline.matching import Matching
from digests.sources import Sources
from digests.topics_file import TopicsFile, read, write
from fakes import FakeFetcher, InlineWorker

SITE, FEED = "https://agency.example/", "https://agency.example/news.xml"
NAMING_IT = page("Agency", "News from the lake.").replace(
    b"<head>",
    b'<head><link rel="alternate" type="application/rss+xml" href="/news.xml">',
)


@pytest.fixture
def web():
    return FakeFetcher({SITE: NAMING_IT, FEED: rss(*(rss_item(str(number)) for number in range(5)))})


@pytest.fixture
def desk(store, web, clock):
    return Desk(store, web, worker := InlineWorker(), Matching(store, worker, clock), clock)


@pytest.fixture
def sources(store, desk, web, clock):
    return Sources(store, desk, web, InlineWorker(), clock)


def add_article(store, title, *, days=0):
    with store.begin() as work:
        feeds = {feed.url: feed for feed in work.feeds.all()}
        feed = feeds.get(FEED) or work.feeds.add(FEED, title="Agency", site_url="", now=NOW)
        published_at = NOW - timedelta(days=days)
        story_id = work.articles.new_story(NOW)
        work.articles.add(read_article(title, published_at=published_at), feed_id=feed.id, story_id=story_id, now=NOW)
        return story_id


def topics_of(store, story_id):
    with store.read() as work:
        return work.articles.story(story_id).topics


async def add_feed(desk, url):
    return desk.follow((await desk.find_feeds(url))[0])


@pytest.mark.parametrize("url", [FEED, SITE])
async def test_a_feed_is_followed_by_its_address_or_its_sites(desk, url):
    (found,) = await desk.find_feeds(url)
    feed = desk.follow(found)
    assert (feed.url, feed.title, feed.site_url, feed.next_poll_at) == (FEED, "Agency", SITE, NOW)
    assert [one.feed for one in desk.feeds()] == [feed]


async def test_an_address_that_leads_to_no_feed_changes_nothing(desk, web):
    web.bodies = {SITE: page("Agency", "News.")}
    with pytest.raises(NoFeedFoundError):
        await desk.find_feeds(SITE)
    with pytest.raises(HttpStatusError):
        await desk.find_feeds("https://nowhere.example/")
    assert desk.feeds() == ()


async def test_a_feed_is_followed_once(desk, web):
    await add_feed(desk, SITE)
    (again,) = await desk.find_feeds(SITE)
    assert again.followed_as == "Agency"
    with pytest.raises(FeedExistsError) as refused:
        desk.follow(again)
    assert refused.value.title == "Agency"


async def test_an_address_that_is_followed_is_known_without_asking_its_site(desk, web):
    await add_feed(desk, SITE)
    web.bodies.clear()
    with pytest.raises(FeedExistsError) as refused:
        await desk.find_feeds(FEED.replace("https://", "http://www."))
    assert refused.value.title == "Agency"


async def test_a_feed_without_a_title_is_called_by_its_address(desk, web):
    web.bodies[FEED] = rss(title="", link="")
    assert (await add_feed(desk, FEED)).title == FEED


async def test_a_removed_feed_is_gone(desk, sources):
    feed = await add_feed(desk, FEED)
    assert sources.remove(feed.id).feed == feed
    assert desk.feeds() == ()
    with pytest.raises(UnknownFeedError):
        sources.remove(feed.id)


LISTED = b"""<opml><body><outline text="A"><outline xmlUrl="http://agency.example/news.xml/" text="Mine"/></outline>
<outline xmlUrl="https://paper.example/rss" title="Paper"/></body></opml>"""


async def test_a_list_is_looked_at_before_its_feeds_are_followed(desk):
    await add_feed(desk, FEED)
    read = await desk.read_list(LISTED)
    assert list(read.feeds) == ["http://agency.example/news.xml/", "https://paper.example/rss"]
    assert read.new == {"https://paper.example/rss": "Paper"}
    assert len(desk.feeds()) == 1
    assert (desk.follow_list(read.feeds), desk.follow_list(read.feeds)) == (1, 0)
    assert [one.feed.title for one in desk.feeds()] == ["Agency", "Paper"]


async def test_what_is_no_list_is_refused(desk):
    with pytest.raises(TopicsFileError):
        await desk.read_list(b"<rss/>")


async def test_a_feed_left_alone_is_polled_when_asked(desk, sources, store):
    feed = await add_feed(desk, FEED)
    with store.begin() as work:
        work.feeds.save([replace(feed, error="timeout", next_poll_at=NOW + timedelta(days=1))])
    sources.retry(feed.id)
    (health,) = desk.feeds()
    assert (health.feed.next_poll_at, health.feed.error, health.entries_a_day) == (NOW, "timeout", 0)


async def test_a_new_topic_takes_what_is_there_already(desk, store):
    bridge, comet, old = add_article(store, "Bridge"), add_article(store, "Comet"), add_article(store, "Bridge", days=8)
    reach = await desk.add_topic(topic("roads", "bridge"))
    assert (reach.topic, reach.stories_a_week) == (topic("roads", "bridge"), 1)
    assert [topics_of(store, one) for one in (bridge, comet, old)] == [{"roads"}, set(), set()]


async def test_a_changed_topic_is_matched_anew(desk, store):
    bridge, comet = add_article(store, "Bridge"), add_article(store, "Comet")
    await desk.add_topic(topic("roads", "bridge"))
    assert (await desk.replace_topic(topic("roads", "comet"))).stories_a_week == 1
    assert [topics_of(store, one) for one in (bridge, comet)] == [set(), {"roads"}]
    assert [one.topic.words for one in desk.topics()] == [("comet",)]


async def test_a_removed_topic_takes_nothing(desk, store):
    bridge = add_article(store, "Bridge")
    await desk.add_topic(topic("roads", "bridge"))
    assert desk.remove_topic("roads") == topic("roads", "bridge")
    assert topics_of(store, bridge) == set()
    assert desk.topics() == ()


async def outcome_of(change, wrong):
    answer = change(wrong)
    return await answer if asyncio.iscoroutine(answer) else answer


async def test_a_topic_that_makes_no_sense_changes_nothing(desk):
    await desk.add_topic(topic("roads", "bridge"))
    for change, wrong, error in [
        (desk.add_topic, topic("roads", "other"), TopicExistsError),
        (desk.add_topic, topic("Roads", "other"), InvalidTopicError),
        (desk.replace_topic, topic("roads", "*"), InvalidTopicError),
        (desk.replace_topic, topic("rails", "train"), UnknownTopicError),
        (desk.remove_topic, "rails", UnknownTopicError),
        (desk.topic, "rails", UnknownTopicError),
    ]:
        with pytest.raises(error):
            await outcome_of(change, wrong)
    assert [one.topic for one in desk.topics()] == [topic("roads", "bridge")]


async def test_a_topic_of_sites_follows_their_feeds(desk, web):
    web.bodies["https://paper.example/feed"] = rss(title="Paper")
    await add_feed(desk, "https://paper.example/feed")
    wanted = topic("roads", "bridge", feed_urls=("http://paper.example/feed", SITE, FEED))
    reach = await desk.take_topic(wanted, new=True)
    assert reach.topic.feed_urls == ("https://paper.example/feed", FEED)
    assert [one.feed.title for one in desk.feeds()] == ["Agency", "Paper"]
    assert web.count("https://paper.example/feed") == 1


async def test_a_topic_of_an_address_without_a_feed_is_refused(desk, web):
    web.bodies[SITE + "no"] = page("Agency", "News.")
    with pytest.raises(NoFeedFoundError):
        await desk.take_topic(topic("roads", feed_urls=(FEED, SITE + "no")), new=True)
    assert (desk.feeds(), desk.topics()) == ((), ())


async def test_two_topics_at_once_may_bring_the_same_feed(desk):
    taken = (desk.take_topic(topic(slug, feed_urls=(SITE,)), new=True) for slug in ("roads", "rails"))
    assert [reach.topic.feed_urls for reach in await asyncio.gather(*taken)] == [(FEED,), (FEED,)]
    assert len(desk.feeds()) == 1


@pytest.mark.parametrize(
    ("slug", "new", "error"), [("roads", True, TopicExistsError), ("rails", False, UnknownTopicError)]
)
async def test_a_topic_that_cannot_be_taken_follows_nothing_and_asks_nobody(desk, web, slug, new, error):
    await desk.add_topic(topic("roads", "bridge"))
    with pytest.raises(error):
        await desk.take_topic(topic(slug, feed_urls=(SITE,)), new=new)
    assert (desk.feeds(), web.requests) == ((), [])


async def test_an_installation_is_seeded_once(desk, sources):
    seed = TopicsFile(topics=(topic("roads", "bridge"),), feeds={FEED: "Agency"})
    assert await desk.seed(seed)
    desk.remove_topic("roads")
    sources.remove(desk.feeds()[0].feed.id)
    assert not await desk.seed(seed)
    assert desk.everything() == TopicsFile(topics=(), feeds={})


async def test_a_file_adds_and_replaces_and_removes_nothing(desk, store):
    bridge = add_article(store, "Bridge over a lake")
    await desk.add_topic(topic("roads", "road"))
    await desk.add_topic(topic("sky", "comet"))
    await desk.take(
        TopicsFile(
            topics=(topic("roads", "bridge"), topic("water", "lake")),
            feeds={FEED: "Renamed", "https://paper.example/": ""},
        ),
    )
    kept = desk.everything()
    assert kept.topics == (topic("roads", "bridge"), topic("sky", "comet"), topic("water", "lake"))
    assert kept.feeds == {FEED: "Renamed", "https://paper.example/": ""}
    assert topics_of(store, bridge) == {"roads", "water"}


async def test_a_file_may_write_the_addresses_of_feeds_that_are_followed_in_another_way(desk):
    desk.follow_list({FEED: "Agency"})
    http = FEED.replace("https", "http")
    await desk.take(TopicsFile(topics=(topic("lakes", feed_urls=(http,)),), feeds={http: ""}))
    kept = desk.everything()
    assert (kept.topics, kept.feeds) == ((topic("lakes", feed_urls=(FEED,)),), {FEED: "Agency"})


async def test_a_file_weighs_feeds_and_says_so_when_it_is_written(desk):
    desk.follow_list({FEED: "Agency", "https://paper.example/": "Paper"})
    weighed = TopicsFile(topics=(), feeds={FEED: ""}, weights={FEED: 2.5})
    await desk.take(weighed)
    assert {one.feed.title: one.feed.weight for one in desk.feeds()} == {"Agency": 2.5, "Paper": 1.0}
    assert desk.everything().weights == {FEED: 2.5, "https://paper.example/": 1.0}


async def test_a_file_written_before_brings_back_what_was_changed_since(desk):
    desk.follow_list({FEED: "Agency"})
    before = read(write(desk.everything()))
    await desk.take(TopicsFile(topics=(), feeds={FEED: ""}, weights={FEED: 2.5}, languages={FEED: "kk"}))
    await desk.take(before)
    (agency,) = desk.feeds()
    assert (agency.feed.weight, agency.feed.language) == (1.0, "")


@pytest.mark.parametrize("weight", [0, 0.099, 3.01, math.nan, math.inf, -1])
def test_no_feed_counts_for_nothing_or_for_everything(desk, sources, weight):
    desk.follow_list({FEED: "Agency"})
    (agency,) = desk.feeds()
    with pytest.raises(InvalidWeightError):
        sources.weigh(agency.feed.id, weight)
    assert desk.feeds() == (agency,)


async def test_what_topics_say_of_an_article_is_explained(desk, store):
    await desk.add_topic(topic("sea", "whale", exclude=("film",)))
    await desk.add_topic(topic("far", "comet"))
    await desk.add_topic(topic("films", must=("film",)))
    add_article(store, "Whales sing in the north", days=1)
    with store.read() as work:
        (url,) = (one.lead.url for one in work.articles.stories(NOW - timedelta(days=7)))
    explanation = await desk.explain(f"{url}?utm_source=x")
    assert (explanation.title, explanation.story.lead.url) == ("Whales sing in the north", url)
    said = {one.slug: (decision.taken, decision.reason, decision.detail) for one, decision in explanation.decisions}
    assert said == {
        "sea": (True, Reason.WORD, "whale"),
        "far": (False, Reason.WORD, ""),
        "films": (False, Reason.MUST, "film"),
    }


async def test_what_is_weighed_is_explained_by_its_weight(desk, store):
    await desk.add_topic(topic("sea", "whale", strictness=Strictness.NORMAL))
    add_article(store, "Whales sing in the north")
    with store.read() as work:
        (url,) = (one.lead.url for one in work.articles.stories(NOW - timedelta(days=7)))
    ((_, decision),) = (await desk.explain(url)).decisions
    assert (decision.reason, decision.needed) == (Reason.EVIDENCE, 1.0)
    assert decision.taken == (decision.relevance.total >= 1.0)


async def test_an_article_that_was_not_gathered_can_not_be_explained(desk):
    with pytest.raises(UnknownArticleError):
        await desk.explain("https://elsewhere.example/1")
