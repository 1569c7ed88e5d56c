import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from builders import NOW, read_article, topic
from digests.curate.topics import MAX_EXAMPLES
from digests.desk import Desk
from digests.errors import (
    InvalidTopicError,
    NoDraftError,
    NothingToRevertError,
    TopicChangedError,
    TopicExistsError,
    UnknownArticleError,
    UnknownTopicError,
)
from digests.model import Actor, Kind, TopicDraft
from digests.pipeline.matching import Matching
from digests.sources import Sources
from digests.workbench import LABEL_TEXT, MOST_DRAFTS, MOST_LABELS, STEPS, Workbench
from fakes import FakeFetcher, InlineWorker

FEED = "https://agency.example/feed"
ANN, BOB = Actor(user_id=1, name="Ann"), Actor(user_id=2, name="Bob")
SPACE = topic("space", "rocket")


@pytest.fixture
def worker():
    return InlineWorker()


@pytest.fixture
def matching(store, worker, clock):
    return Matching(store, worker, clock)


@pytest.fixture
def desk(store, worker, matching, clock):
    return Desk(store, FakeFetcher(), worker, matching, clock)


@pytest.fixture
def sources(store, desk, worker, clock):
    return Sources(store, desk, FakeFetcher(), worker, clock)


@pytest.fixture
def workbench(store, worker, matching, desk, clock):
    return Workbench(store, worker, matching, desk, clock)


def publish(store, title, text="", *, days=0, **values):
    """The id of a new article in a story of its own."""
    with store.begin() as work:
        feed = next(iter(work.feeds.all()), None) or work.feeds.add(FEED, title="Agency", site_url="", now=NOW)
        read = read_article(title, text, published_at=NOW - timedelta(days=days), **values)
        return work.articles.add(read, feed_id=feed.id, story_id=work.articles.new_story(NOW), now=NOW)


def words_of(workbench, user_id=1):
    return workbench.open(user_id, "space").topic.words


def more(*words):
    return lambda before: replace(before, words=(*before.words, *words))


def test_steps_are_gone_back_one_by_one_and_the_first_is_where_it_began(workbench):
    workbench.begin(1, SPACE)
    workbench.change(1, "space", more("moon"))
    workbench.change(1, "space", more("crew"))
    workbench.step_back(1, "space")
    assert words_of(workbench) == ("rocket", "moon")
    workbench.step_back(1, "space")
    workbench.step_back(1, "space")
    assert words_of(workbench) == ("rocket",)


async def test_a_draft_that_is_back_where_it_began_is_none(workbench, desk):
    await desk.add_topic(SPACE)
    workbench.change(1, "space", more("moon"))
    assert workbench.step_back(1, "space").draft is None
    with pytest.raises(NoDraftError):
        workbench.step_back(1, "space")


async def test_a_change_that_changes_nothing_begins_no_draft(workbench, desk):
    await desk.add_topic(SPACE)
    assert workbench.change(1, "space", lambda before: before).draft is None


def test_history_is_bounded(workbench):
    workbench.begin(1, SPACE)
    for number in range(STEPS + 5):
        workbench.change(1, "space", more(f"word{number}"))
    draft = workbench.open(1, "space").draft
    assert len(draft.history) == STEPS
    assert draft.history[-1].words[-1] == f"word{STEPS + 3}"


def test_one_person_has_so_many_drafts_and_the_oldest_go(workbench, clock):
    for number in range(MOST_DRAFTS + 3):
        clock.now += timedelta(minutes=1)
        workbench.begin(1, replace(SPACE, slug=f"t{number}"))
    drafts = workbench.drafts(1)
    assert len(drafts) == MOST_DRAFTS
    assert drafts[0].slug == f"t{MOST_DRAFTS + 2}"


def test_a_draft_is_kept_whole(store, clock):
    rich = replace(SPACE, names={"en": "Space", "kk": "Ғарыш"}, liked=("A lander",), exclude=("film",))
    draft = TopicDraft(user_id=1, topic=rich, base=SPACE, history=(SPACE, rich), changed_at=clock())
    with store.begin() as work:
        work.drafts.save(replace(draft, topic=SPACE, base=None))
        work.drafts.save(draft)
        assert work.drafts.of(1) == (draft,)
        assert work.drafts.find(2, "space") is None


async def test_a_draft_of_a_topic_that_is_there_already_is_not_begun_as_new(workbench, desk):
    await desk.add_topic(SPACE)
    with pytest.raises(TopicExistsError):
        workbench.begin(1, SPACE)
    with pytest.raises(UnknownTopicError):
        workbench.change(1, "gone", more("moon"))


def test_rules_that_can_not_be_read_are_refused_and_an_empty_draft_is_not(workbench):
    with pytest.raises(InvalidTopicError):
        workbench.begin(1, topic("space", "rocket AND"))
    assert workbench.begin(1, topic("space")).topic.words == ()
    with pytest.raises(InvalidTopicError):
        workbench.change(1, "space", more("AND"))
    assert words_of(workbench) == ()


def test_addresses_of_feeds_are_taken_as_they_are_followed(workbench, store):
    publish(store, "A rocket flies")
    workbench.begin(1, SPACE)
    bench = workbench.change(1, "space", lambda one: replace(one, feed_urls=("http://www.agency.example/feed/",)))
    assert bench.topic.feed_urls == (FEED,)


async def test_publishing_ends_the_draft_and_is_noted(workbench, store):
    publish(store, "A rocket flies")
    workbench.begin(1, SPACE)
    reach = await workbench.publish(ANN, "space")
    assert (reach.topic, reach.stories_a_week) == (SPACE, 1)
    assert workbench.open(1, "space").draft is None
    assert workbench.last_change("space").by == ANN
    with pytest.raises(NoDraftError):
        await workbench.publish(ANN, "space")


async def test_of_two_that_publish_at_once_one_is_told(workbench, desk):
    await desk.add_topic(SPACE)
    workbench.change(1, "space", more("moon"))
    workbench.change(2, "space", more("crew"))
    outcomes = await asyncio.gather(
        workbench.publish(ANN, "space"), workbench.publish(BOB, "space"), return_exceptions=True
    )
    assert [type(one) for one in outcomes].count(TopicChangedError) == 1
    assert len(desk.topic("space").words) == 2
    loser = 1 if isinstance(outcomes[0], TopicChangedError) else 2
    assert workbench.open(loser, "space").draft is not None, "what was not published is not lost"


async def test_taking_over_what_has_been_changed_again_is_refused(workbench, desk):
    await desk.add_topic(SPACE, by=BOB)
    workbench.change(1, "space", more("moon"))
    seen = workbench.last_change("space").id
    await desk.replace_topic(replace(SPACE, words=("comet",)), by=BOB)
    with pytest.raises(TopicChangedError):
        workbench.take_over(1, "space", seen=seen, both=False)
    conflict = workbench.conflict(1, "space")
    assert (conflict.entry.by, conflict.base, conflict.theirs.words) == (BOB, SPACE, ("comet",))
    bench = workbench.take_over(1, "space", seen=conflict.entry.id, both=True)
    assert bench.topic.words == ("comet", "moon")
    assert workbench.step_back(1, "space").topic.words == ("rocket", "moon")


async def test_a_change_of_something_else_is_none_of_a_topic(workbench, sources, store):
    publish(store, "A rocket flies")
    sources.weigh(1, 2, by=ANN)
    with pytest.raises(NothingToRevertError):
        workbench.topic_change(1)
    assert workbench.last_change(FEED) is None


async def test_the_last_week_is_tried_and_nothing_older(workbench, store):
    publish(store, "A rocket flies", days=6)
    publish(store, "A rocket flew", days=8)
    trial = await workbench.try_on_archive(workbench.begin(1, SPACE))
    assert (trial.articles, trial.stories, trial.days) == (1, 1, 6)


async def test_turning_pages_of_a_trial_computes_nothing(workbench, store, worker):
    publish(store, "A rocket flies")
    bench = workbench.begin(1, SPACE)
    assert await workbench.try_on_archive(bench) is await workbench.try_on_archive(bench)
    assert worker.calls["try_topic"] == 1
    publish(store, "Another rocket flies")
    assert (await workbench.try_on_archive(bench)).stories == 2
    assert (await workbench.try_on_archive(workbench.change(1, "space", more("moon")))).stories == 2
    assert worker.calls["try_topic"] == 3


async def test_a_described_draft_is_weighed_as_if_it_were_published(workbench, desk, store):
    """What the draft takes is what the topic takes once it is published."""
    await desk.add_topic(topic("economy", "bank", descriptions={"en": "Banks and money"}))
    for number in range(12):
        publish(store, f"Rocket {number} flies to the moon with its crew", "The launch of the rocket went well.")
        publish(store, f"Bank number {number} lends money", "The bank lowers the price of money.")
    workbench.begin(1, topic("space", "rocket", descriptions={"en": "Rockets, the moon and launches"}))
    trial = await workbench.try_on_archive(workbench.open(1, "space"))
    assert trial.takes
    assert {type(one.decision.relevance.strongest) for one in trial.takes} == {Kind}
    reach = await workbench.publish(ANN, "space")
    assert reach.stories_a_week == trial.stories == 12


async def test_labels_outlive_their_articles(workbench, store, sources):
    article_id = publish(store, "A rocket flies", "The rocket flew. " * 1000)
    workbench.begin(1, SPACE)
    workbench.label(1, "space", article_id, belongs=True)
    sources.remove(1)
    with pytest.raises(UnknownArticleError):
        workbench.label(1, "space", article_id, belongs=True)
    (label,) = workbench.labels("space")
    assert (label.title, len(label.text)) == ("A rocket flies", LABEL_TEXT)
    assert (await workbench.marks(workbench.open(1, "space"))).recall == 1


def test_the_last_word_on_an_article_counts(workbench, store):
    article_id = publish(store, "A rocket flies")
    workbench.begin(1, SPACE)
    workbench.label(1, "space", article_id, belongs=True)
    workbench.label(2, "space", article_id, belongs=False) if workbench.begin(2, SPACE) else None
    (label,) = workbench.labels("space")
    assert (label.belongs, label.by) == (False, 2)
    workbench.label(1, "space", article_id, belongs=False)
    assert workbench.labels("space") == ()


def test_labels_are_bounded_and_the_oldest_go(workbench, store, clock):
    workbench.begin(1, SPACE)
    first = publish(store, "The first rocket")
    workbench.label(1, "space", first, belongs=True)
    template = workbench.labels("space")[0]
    with store.begin() as work:
        for number in range(MOST_LABELS):
            at = clock() + timedelta(minutes=number)
            work.labels.save(replace(template, key=f"k{number}", title=f"Title {number}", at=at))
    clock.now += timedelta(days=1)
    workbench.label(1, "space", publish(store, "The last rocket"), belongs=False)
    labels = workbench.labels("space")
    assert len(labels) == MOST_LABELS
    assert labels[0].title == "The last rocket"
    assert "The first rocket" not in {one.title for one in labels}


def test_examples_are_the_latest_labels_and_no_more_than_a_topic_may_have(workbench, store, clock):
    workbench.begin(1, replace(SPACE, liked=("A lander",)))
    workbench.label(1, "space", publish(store, "A rocket flies", "It flew."), belongs=True)
    template = workbench.labels("space")[0]
    with store.begin() as work:
        for number in range(MAX_EXAMPLES + 5):
            at = clock() + timedelta(minutes=number)
            work.labels.save(replace(template, key=f"k{number}", title=f"Title {number}", at=at))
    bench, count = workbench.learn(1, "space")
    assert (len(bench.topic.liked), count) == (MAX_EXAMPLES, MAX_EXAMPLES - 1)
    assert bench.topic.liked[:2] == ("A lander", f"Title {MAX_EXAMPLES + 4}. It flew.")
    assert workbench.learn(1, "space")[1] == 0


def test_labels_of_a_topic_that_nobody_has_go_with_its_last_draft(workbench, store):
    workbench.begin(1, SPACE)
    workbench.begin(2, SPACE)
    workbench.label(1, "space", publish(store, "A rocket flies"), belongs=True)
    workbench.discard(1, "space")
    assert len(workbench.labels("space")) == 1
    workbench.discard(2, "space")
    assert workbench.labels("space") == ()


async def test_labels_of_a_published_topic_stay_also_when_it_is_removed(workbench, store, desk):
    await desk.add_topic(SPACE)
    workbench.label(1, "space", publish(store, "A rocket flies"), belongs=True)
    workbench.change(1, "space", more("moon"))
    desk.remove_topic("space")
    workbench.discard(1, "space")
    assert len(workbench.labels("space")) == 1
