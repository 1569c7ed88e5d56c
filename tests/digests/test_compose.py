from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW, coverage, story, subscription, topic
from digests.compose import compose
from digests.model import OWN_WORDS, Ranked, Standing, Story, Strictness, Tally

SCIENCE, SPORT, ECONOMY = TOPICS = [topic(slug) for slug in ("science", "sport", "economy")]


def placed(one, at=0, **factors):
    """The story at that place of a ranking."""
    usual = {
        "owners": 1,
        "copies": 0,
        "weight": 1.0,
        "support": 1 - at / 1000,
        "age": timedelta(),
        "freshness": 1.0,
        "language": 1.0,
    }
    return Ranked(story=one, standing=Standing(**{**usual, **factors}))


def composed(mine, ranked, *, seen=(), since=None):
    return compose(
        mine,
        [one if isinstance(one, Ranked) else placed(one, at) for at, one in enumerate(ranked)],
        topics=TOPICS,
        seen=seen if isinstance(seen, dict) else dict.fromkeys(seen, NOW),
        since=since,
        edition_at=NOW,
        next_edition_at=NOW + timedelta(days=1),
    )


def told(digest):
    return [one.id for one in digest.stories]


def test_a_digest_says_what_is_new_on_the_readers_topics():
    ranked = [story("sport", id=1), story("economy", id=2), story("science", id=3), story("", id=4)]
    digest = composed(subscription(["science", "sport"]), ranked, seen=[9])
    assert [(section.topic, section.stories) for section in digest.sections] == [
        (SCIENCE, (ranked[2],)),
        (SPORT, (ranked[0],)),
    ]
    assert digest.tally == Tally(read=4, shown=2, repeats=0, off_topic=2, held_back=0)
    assert digest.following == 2


def test_nothing_seen_comes_again():
    ranked = [story("science", id=1), story("science", id=2)]
    digest = composed(subscription(), ranked, seen=[1])
    assert told(digest) == [2]
    assert digest.tally == Tally(read=2, shown=1, repeats=1, off_topic=0, held_back=0)


@pytest.mark.parametrize(
    ("topics", "seen"),
    [pytest.param(["sport"], [], id="nothing on topic"), pytest.param(["science"], [1], id="nothing new")],
)
def test_an_edition_without_news_has_no_sections(topics, seen):
    assert composed(subscription(topics), [story("science", id=1)], seen=seen).sections == ()


def test_a_reader_without_topics_is_told_nothing():
    digest = composed(subscription([]), [story("science")])
    assert digest.sections == ()
    assert digest.following == 0


def test_no_topic_takes_more_than_its_share_while_others_have_news():
    ranked = [*(story("science", id=n) for n in range(1, 7)), story("sport", id=7), story("sport", id=8)]
    digest = composed(subscription(["science", "sport"], max_stories=4), ranked)
    assert told(digest) == [1, 2, 7, 8]
    assert digest.tally.held_back == 4


def test_room_that_others_leave_is_used():
    ranked = [*(story("science", id=n) for n in range(1, 7)), story("sport", id=7)]
    digest = composed(subscription(["science", "sport"], max_stories=5), ranked)
    assert told(digest) == [1, 2, 3, 4, 7]


def test_one_source_leads_every_third_story_at_most_while_others_have_news():
    loud = [story("science", id=n, feed_id=1) for n in range(1, 7)]
    others = [story("science", id=n, feed_id=n) for n in range(7, 11)]
    assert told(composed(subscription(max_stories=6), [*loud, *others])) == [1, 2, 7, 8, 9, 10]


def test_room_that_other_sources_leave_is_used():
    loud = [story("science", id=n, feed_id=1) for n in range(1, 7)]
    other = story("science", id=7, feed_id=2)
    assert told(composed(subscription(max_stories=6), [*loud, other])) == [1, 2, 3, 4, 5, 7]


def named(title, topics="science", **values):
    return story(topics, title=title, summary=(), **values)


def test_a_story_told_twice_in_almost_the_same_words_is_told_once():
    first, twin = named("Comet Helmar passes the moon tonight", id=1), named("Comet Helmar passes the moon today", id=2)
    digest = composed(subscription(), [first, twin, named("Rain floods Velmor", id=3)])
    assert told(digest) == [1, 3]
    assert digest.tally.held_back == 1


def test_what_resembles_a_story_above_it_makes_way_for_something_else():
    ranked = [
        named("Comet Helmar passes the moon tonight", id=1),
        named("Comet Helmar passes the sun in a week", id=2),
        named("Rain floods Velmor", id=3),
    ]
    digest = composed(subscription(max_stories=2), ranked)
    assert told(digest) == [1, 3]
    assert digest.standings[3].variety == 1.0


def test_what_resembles_a_story_that_the_reader_has_had_stands_further_back():
    ranked = [
        named("Comet Helmar passes the moon tonight", id=1),
        named("Comet Helmar passes the sun tonight", id=2),
        named("Rain floods Velmor", id=3),
    ]
    digest = composed(subscription(max_stories=1), ranked, seen=[1])
    assert told(digest) == [3]
    assert told(composed(subscription(max_stories=2), ranked, seen=[1])) == [3, 2]


def test_a_story_that_is_surely_on_topic_stands_before_one_that_barely_is():
    topics = [topic("science", "comet", strictness=Strictness.NORMAL)]
    barely, surely = (story(["science"], id=n, scores={"science": score}) for n, score in ((1, 1.5), (2, 4.0)))
    digest = compose(
        subscription(),
        [placed(barely, 0), placed(surely, 1)],
        topics=topics,
        seen={},
        since=None,
        edition_at=NOW,
        next_edition_at=None,
    )
    assert told(digest) == [2, 1]
    assert digest.standings[1].relevance == 0.5


def test_great_news_of_a_quiet_topic_is_told_among_many_of_a_loud_one():
    loud = [placed(story("science", id=n, feed_id=n), support=3.0) for n in range(1, 20)]
    quiet = placed(story("economy", id=50, feed_id=99), support=1.0)
    assert 50 in told(composed(subscription(["science", "economy"]), [*loud, quiet]))


def long(word="word"):
    """A summary that takes 48 seconds to read."""
    return " ".join([word] * 160)


def test_an_edition_is_as_long_as_the_reader_has_minutes():
    ranked = [story("science", id=n, feed_id=n, title=f"Report {n}", summary=(long(f"word{n}"),)) for n in range(1, 9)]
    assert told(composed(subscription(minutes=2), ranked)) == [1, 2]
    assert told(composed(subscription(minutes=5), ranked)) == [1, 2, 3, 4, 5, 6]


def test_a_short_story_fills_the_room_that_a_long_one_leaves():
    ranked = [
        story("science", id=n, feed_id=n, title=f"Report {n}", summary=(long(f"word{n}"), long())) for n in (1, 2)
    ]
    digest = composed(subscription(minutes=2), [*ranked, named("Rain floods Velmor", id=3, feed_id=3)])
    assert told(digest) == [1, 3]


def test_one_story_longer_than_all_the_minutes_is_told_all_the_same():
    assert told(composed(subscription(minutes=2), [story("science", id=1, summary=(long(),) * 3)])) == [1]


def test_a_muted_source_is_left_out_of_stories_and_leads_none():
    both = story("science", coverage("science", owner="herald.example", article_id=77), id=1, owner="agency.example")
    alone = story("science", id=2, owner="agency.example")
    digest = composed(subscription(muted=frozenset({"agency.example"})), [both, alone])
    assert [one.lead.article_id for one in digest.stories] == [77]
    assert digest.stories[0].others == ()
    assert digest.tally.muted == 1


@pytest.mark.parametrize(
    ("excluded", "left"),
    [
        pytest.param(("comets",), [2], id="another form"),
        pytest.param(('"blue moon"',), [1], id="a phrase"),
        pytest.param(("moon AND bank",), [1, 2], id="a rule that nothing fulfils"),
        pytest.param(("rain*",), [1, 2], id="a beginning that nothing has"),
    ],
)
def test_a_readers_own_words_keep_stories_out(excluded, left):
    ranked = [named("Comet Helmar passes", id=1), named("Blue moon over Velmor tonight", id=2)]
    assert told(composed(subscription(excluded=excluded), ranked)) == left


FIRST = "The bridge over the lake Karund opened on Monday after four years of work."
MORE = "The bridge over the lake Karund will be closed to lorries until the spring of next year, engineers warned."


def followed(more=MORE, *, owner="herald.example", gathered_at=NOW):
    late = coverage("science", summary=(more,), owner=owner, source=owner, gathered_at=gathered_at)
    return story("science", late, id=1, title="Bridge opens", summary=(FIRST,), gathered_at=NOW - timedelta(hours=9))


HAD = {1: NOW - timedelta(hours=8)}


@pytest.mark.parametrize("owner", ["herald.example", "owner 1"], ids=["by somebody else", "by the same outlet"])
def test_a_story_that_moved_on_is_followed_up_with_what_is_new_alone(owner):
    digest = composed(subscription(), [followed(owner=owner)], seen=HAD, since=NOW - timedelta(hours=8))
    (told_now,) = digest.stories
    assert told_now.is_follow_up
    assert [one.text for one in told_now.additions] == [MORE]
    assert digest.tally == Tally(read=1, shown=1, repeats=0, off_topic=0, held_back=0)


@pytest.mark.parametrize(
    "story_",
    [
        pytest.param(followed(FIRST), id="the same once more"),
        pytest.param(followed(gathered_at=NOW - timedelta(hours=9)), id="known when it was told"),
        pytest.param(
            followed("Whales sing in the cold sea of the north for many hours a day."), id="nothing to do with it"
        ),
    ],
)
def test_a_story_that_did_not_move_on_is_not_told_again(story_):
    assert told(composed(subscription(), [story_], seen=HAD)) == []


def test_news_stands_before_what_is_followed_up():
    assert told(composed(subscription(), [followed(), named("Rain floods Velmor", id=3)], seen=HAD)) == [3, 1]


def test_a_story_stands_in_one_section_that_of_most_of_its_articles():
    both = story("science sport", coverage("sport"), id=1)
    digest = composed(subscription(["science", "sport"]), [both])
    assert [(section.topic.slug, told(digest)) for section in digest.sections] == [("sport", [1])]


def test_sections_stand_in_the_order_of_topics_and_stories_in_that_of_rank():
    ranked = [story("sport", id=4), story("science", id=3), story("sport", id=2), story("science", id=1)]
    assert told(composed(subscription(["science", "sport"]), ranked)) == [3, 1, 4, 2]


def test_the_tally_counts_what_arrived_since_the_last_edition_and_what_still_waits():
    before, since = NOW - timedelta(hours=30), NOW - timedelta(hours=24)
    ranked = [
        story("science", coverage("science", gathered_at=before), id=1, gathered_at=before),  # waits since yesterday
        story("science", coverage("science"), id=2, gathered_at=before),  # told yesterday, told by one more today
        story("sport", id=3, gathered_at=before),  # off topic yesterday
        story("sport", id=4),
    ]
    digest = composed(subscription(), ranked, seen=[2], since=since)
    assert digest.tally == Tally(read=4, shown=1, repeats=2, off_topic=1, held_back=0)


slugs = st.sets(st.sampled_from(["science", "sport", "economy"]), max_size=3)
instants = st.integers(-72, 0).map(lambda hours: NOW + timedelta(hours=hours))
stories = st.lists(
    st.lists(st.builds(coverage, slugs, gathered_at=instants), min_size=1, max_size=4),
    max_size=30,
).map(lambda told: [Story(id=n, lead=lead, others=tuple(rest)) for n, (lead, *rest) in enumerate(told)])


@given(
    ranked=stories,
    topics=slugs,
    seen=st.sets(st.integers(0, 29)),
    since=st.none() | instants,
    max_stories=st.sampled_from([1, 5, 9]),
)
def test_every_article_read_is_accounted_for(ranked, topics, seen, since, max_stories):
    digest = composed(subscription(topics, max_stories=max_stories), ranked, seen=seen, since=since)
    tally = digest.tally
    assert tally.read == tally.shown + tally.repeats + tally.off_topic + tally.held_back
    assert tally.shown == len(digest.stories) == len(set(told(digest))) <= max_stories
    assert not seen & set(told(digest))
    assert all(one.topics & topics for one in digest.stories)
    waiting = [one for one in ranked if one.topics & topics and one.id not in seen]
    assert tally.shown == min(len(waiting), max_stories)
    assert tally.held_back == len(waiting) - tally.shown


def test_own_words_bring_a_story_of_no_topic_into_a_section_of_their_own():
    ranked = [story("science", id=1), named("Comet passes", id=2, topics=""), named("Bank opens", id=3, topics="")]
    digest = composed(subscription(included=("comets",)), ranked)
    assert [(section.topic.slug, [one.id for one in section.stories]) for section in digest.sections] == [
        ("science", [1]),
        (OWN_WORDS.slug, [2]),
    ]
    assert digest.words == {2: "comets"}
    assert digest.tally == Tally(read=3, shown=2, repeats=0, off_topic=1, held_back=0)


def test_a_word_left_out_is_stronger_than_one_that_is_wanted():
    digest = composed(subscription(included=("comet",), excluded=("passes",)), [named("Comet passes", id=2, topics="")])
    assert (digest.sections, digest.tally.muted) == ((), 1)


def test_what_was_to_ring_and_did_not_comes_with_the_edition():
    digest = composed(subscription(alerts=("comet",)), [named("Comet passes", id=2, topics="")])
    assert told(digest) == [2]


def test_what_was_told_at_once_counts_as_a_repeat_and_not_as_off_topic():
    assert composed(subscription(), [named("Comet passes", id=2, topics="")], seen=[2]).tally.repeats == 1


LOUD = story("", coverage(feed_id=98), id=900, feed_id=99, title="Something else altogether happened")
"""On no topic, by two owners."""


@given(
    on=st.lists(st.sampled_from(["", "science", "sport", "economy", "science sport"]), min_size=1, max_size=40),
    owners=st.lists(st.integers(1, 3), min_size=40, max_size=40),
    had=st.dictionaries(st.integers(1, 40), st.integers(-3, 3), max_size=12),
    since=st.none() | st.integers(-3, 3),
    follows=st.sets(st.sampled_from(["science", "sport", "economy"]), min_size=1),
)
def test_wishes_that_meet_nothing_change_nothing(on, owners, had, since, follows):
    ranked = [
        story(
            slugs,
            *(coverage(slugs, feed_id=feed, gathered_at=NOW - timedelta(hours=feed)) for feed in range(2, owner + 1)),
            id=number,
            title=f"Event {number} of kind {number * 7} took place {number * 11}",
        )
        for number, (slugs, owner) in enumerate(zip(on, owners, strict=False), start=1)
    ]
    mine = subscription(follows)
    wishing = replace(mine, muted=frozenset({"owner 98", "owner 97"}), excluded=("unheard",))
    options = {
        "seen": {number: NOW + timedelta(hours=hours) for number, hours in had.items()},
        "since": None if since is None else NOW + timedelta(hours=since),
    }
    plain, wished = (composed(one, [*ranked, LOUD], **options) for one in (mine, wishing))
    assert (plain.stories, plain.tally) == (wished.stories, wished.tally)
