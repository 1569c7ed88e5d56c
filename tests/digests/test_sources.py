"""Lists with folders, feeds that are called in several ways, and feeds that move."""

from dataclasses import replace
from datetime import timedelta

import pytest

from builders import NOW, entry, read_article, topic
from digests.desk import Desk
from digests.errors import UnknownFeedError
from digests.gather.polling import said_before
from digests.model import UNSURE, Act, Actor
from digests.pipeline.matching import Matching
from digests.reading import read_entry
from digests.sources import MOST_FOLDERS, Sources
from digests.topics_file import TopicsFile
from fakes import FakeFetcher, InlineWorker

ADA = Actor(user_id=7, name="Ada")
FEEDS = {f"https://{name}.example/": name.capitalize() for name in ("a", "b", "c")}
A, B, C = FEEDS


@pytest.fixture
def desk(store, clock):
    return Desk(store, FakeFetcher(), worker := InlineWorker(), Matching(store, worker, clock), clock)


@pytest.fixture
def sources(store, desk, clock):
    return Sources(store, desk, FakeFetcher(), InlineWorker(), clock)


def topics(desk):
    return {one.topic.slug: one.topic for one in desk.topics()}


async def test_folders_become_topics_limited_to_their_feeds(desk, sources):
    taken = await sources.take_list(FEEDS, {"Новости": (A, B), "★": (C,)}, language="ru", by=ADA)
    assert (taken.followed, taken.added, taken.changed, taken.left) == (3, ("Новости",), (), ("★",))
    (made,) = topics(desk).values()
    assert (made.slug, made.names, made.feed_urls, made.words) == ("novosti", {"ru": "Новости"}, (A, B), ())
    again = await sources.take_list(FEEDS, {"Новости": (A, B)}, language="ru", by=ADA)
    assert (again.followed, again.changed, len(topics(desk))) == (0, ("Новости",), 1)


async def test_a_topic_of_that_name_has_the_feeds_besides_and_one_of_every_feed_is_left_alone(desk, sources):
    await desk.take(TopicsFile(topics=(), feeds={C: "C"}))
    await desk.add_topic(topic("local", names={"en": "Local", "ru": "Местное"}, feed_urls=(C,)))
    await desk.add_topic(topic("sport", "ball"))
    folders = {"местное": (A.replace("https://", "http://www."),), "Sport": (B,)}
    taken = await sources.take_list(FEEDS, folders, language="ru", by=ADA)
    assert (taken.followed, taken.added, taken.changed, taken.left) == (2, (), ("местное",), ("Sport",))
    assert topics(desk)["local"].feed_urls == (C, A)
    assert topics(desk)["sport"] == topic("sport", "ball")


async def test_articles_that_are_there_come_into_the_topic_of_a_folder(store, desk, sources):
    with store.begin() as work:
        feed = work.feeds.add(A, title="A", site_url="", now=NOW)
        story_id = work.articles.new_story(NOW)
        work.articles.add(read_article("A bridge"), feed_id=feed.id, story_id=story_id, now=NOW)
    await sources.take_list(FEEDS, {"News": (A,)}, language="en")
    with store.read() as work:
        assert work.articles.story(story_id).topics == {"news"}


async def test_no_more_topics_are_made_of_a_list_than_anybody_reads(desk, sources):
    folders = {f"Folder {number}": (A,) for number in range(MOST_FOLDERS + 2)}
    taken = await sources.take_list(FEEDS, folders, language="en")
    assert (len(taken.added), taken.left) == (MOST_FOLDERS, (f"Folder {MOST_FOLDERS}", f"Folder {MOST_FOLDERS + 1}"))


async def test_every_topic_and_feed_of_a_list_is_in_the_log_and_can_be_taken_back(store, desk, sources):
    await sources.take_list(FEEDS, {"News": (A,)}, language="en", by=ADA)
    with store.read() as work:
        noted = work.audit.since(0)
    assert [one.subject for one in noted] == [*FEEDS, "news"]
    assert {one.by for one in noted} == {ADA}
    await desk.revert(noted[-1].id, by=ADA)
    assert topics(desk) == {}


@pytest.mark.parametrize("written", ["2", A, "http://www.a.example", " the  AGENCY ", "genc"])
def test_a_feed_is_meant_by_number_address_or_title(store, sources, written):
    with store.begin() as work:
        work.feeds.add(B, title="Paper", site_url="", now=NOW)
        work.feeds.add(A, title="The Agency", site_url="", now=NOW)
    assert sources.meant(written).url == A


def test_a_title_in_full_counts_more_than_as_a_part_of_another(store, sources):
    with store.begin() as work:
        work.feeds.add(A, title="Agency", site_url="", now=NOW)
        work.feeds.add(B, title="Agency Sport", site_url="", now=NOW)
    assert sources.meant("agency").url == A
    with pytest.raises(UnknownFeedError):
        sources.meant("")


def test_articles_are_credited_to_a_feed_under_its_new_name(store, sources):
    with store.begin() as work:
        feed = work.feeds.add(A, title="Agency", site_url="", now=NOW)
        stories = [work.articles.new_story(NOW) for _ in range(2)]
        for story_id, source in zip(stories, ("Agency", "Its guest"), strict=True):
            read = read_article(f"A bridge of {source}", source=source)
            work.articles.add(read, feed_id=feed.id, story_id=story_id, now=NOW)
    sources.rename(feed.id, "Herald")
    with store.read() as work:
        assert [work.articles.story(one).lead.source for one in stories] == ["Herald", "Its guest"]


async def test_a_change_noted_by_an_older_version_can_be_taken_back(store, sources, desk):
    with store.begin() as work:
        feed = work.feeds.add(A, title="Agency", site_url="", now=NOW)
        work.feeds.say(replace(feed, weight=2.0))
        old = {"url": A, "title": "Agency", "weight": 1.0}
        work.audit.add(ADA, Act.FEED_CHANGED, A, before=old, after=old | {"weight": 2.0}, now=NOW)
        entry_id = work.audit.latest(limit=1)[0].id
    await desk.revert(entry_id, by=ADA)
    assert sources.source(feed.id).feed.weight == 1.0


SAID = [entry("1", title="Rocket flies", published_at=NOW), entry("2", title="Bank opens", published_at=NOW)]


@pytest.mark.parametrize(
    ("there", "before"),
    [
        pytest.param(entry("x", url=SAID[0].url, title="Rocket has flown"), True, id="the same address"),
        pytest.param(entry("x", title="Rocket FLIES!", published_at=NOW + timedelta(hours=3)), True, id="the headline"),
        pytest.param(entry("x", title="Rocket flies"), True, id="the headline, without a date"),
        pytest.param(entry("x", title="Rocket flies", published_at=NOW + timedelta(days=2)), False, id="a later day"),
        pytest.param(entry("x", title="Comet seen", published_at=NOW), False, id="another headline"),
        pytest.param(entry("1", title="Rocket flies"), False, id="the same key, which is known anyway"),
    ],
)
def test_what_was_said_at_the_old_address_is_recognized_at_the_new_one(there, before):
    assert (said_before([there], SAID, {"1", "2"}) == [there]) is before


def test_what_stands_without_date_below_what_is_known_is_older_still():
    above, known, below = entry("x", title="Above"), entry("1"), entry("y", title="Below")
    assert said_before([above, known, below], SAID, {"1", "2"}) == [below]


@pytest.mark.parametrize(("language", "counted"), [("kk", "kk"), ("", UNSURE)])
def test_the_language_of_a_feed_counts_where_an_article_does_not_show_its_own(language, counted):
    short = entry(title="12 34 56 78", html="1234 5678 91011. " * 9)
    values = {"source": "A", "gathered_at": NOW, "sentences": 1, "engine": "lead"}
    assert read_entry(short, None, language=language, **values).article.language == counted
    sure = entry(title="The bridge opens", html="The bridge over the lake was opened by the mayor yesterday. " * 5)
    assert read_entry(sure, None, language="kk", **values).article.language == "en"
