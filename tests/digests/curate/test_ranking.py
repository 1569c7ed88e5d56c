from datetime import timedelta

import pytest

from builders import NOW, coverage, story, topic
from digests.curate.ranking import MOST_RELEVANCE, rank, relevance
from digests.model import MOST_WEIGHT, Strictness


def hours_ago(hours):
    return NOW - timedelta(hours=hours)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        pytest.param(
            story("science", coverage(feed_id=2), published_at=hours_ago(2)),
            story("science", published_at=hours_ago(2)),
            id="told by two outlets",
        ),
        pytest.param(
            story("science", coverage(feed_id=2)),
            story("science", coverage(feed_id=1), coverage(feed_id=1)),
            id="one outlet counts once",
        ),
        pytest.param(
            story("science", coverage(feed_id=2), coverage(feed_id=3)),
            story(
                "science",
                coverage(feed_id=2, title="Comet seen from the moon"),
                coverage(feed_id=3, title="Comet seen from the Moon"),
                title="Comet seen from the moon!",
            ),
            id="told by three rather than copied by two",
        ),
        pytest.param(
            story("science", weight=2.0),
            story("science"),
            id="told by an outlet that counts double",
        ),
        pytest.param(
            story("science", weight=0.5),
            story("science", weight=0.1),
            id="told by one of less account, though not of the least",
        ),
        pytest.param(
            story("science", *(coverage(feed_id=n, summary=(f"Outlet {n} was there.",)) for n in (2, 3, 4))),
            story("science", weight=MOST_WEIGHT),
            id="told by four rather than by the weightiest",
        ),
        pytest.param(
            story("science", published_at=hours_ago(1)),
            story("science", published_at=hours_ago(9)),
            id="newer",
        ),
        pytest.param(
            story("science", published_at=hours_ago(20)),
            story("science", language="ru", published_at=NOW),
            id="in the reader's language",
        ),
        pytest.param(
            story("science", coverage(language="en", feed_id=1), language="ru"),
            story("science", language="ru"),
            id="in the reader's language besides",
        ),
        pytest.param(
            story("science", *(coverage(feed_id=n, language="ru") for n in range(2, 9)), language="ru"),
            story("science", published_at=hours_ago(48)),
            id="a great event in another language over an old one",
        ),
    ],
)
def test_what_matters_more_stands_first(better, worse):
    assert [one.story.id for one in rank([worse, better], NOW, "en")] == [better.id, worse.id]
    assert [one.story.id for one in rank([better, worse], NOW, "en")] == [better.id, worse.id]


def test_equals_stand_in_the_order_of_their_ids():
    several = [story("science", id=number) for number in (3, 1, 2)]
    assert [one.story.id for one in rank(several, NOW, "en")] == [1, 2, 3]


def test_an_article_dated_in_the_future_gains_nothing_by_it():
    ahead = story("science", id=2, published_at=NOW + timedelta(days=3))
    assert rank([ahead, story("science", id=1)], NOW, "en")[0].story.id == 1


def test_a_copy_counts_for_less_than_a_telling_of_its_own():
    alone = rank([story("science", title="Comet seen from the moon", summary=("One.",))], NOW, "en")[0].standing
    copied = rank(
        [
            story(
                "science",
                coverage(feed_id=2, title="Comet seen from the moon", summary=("Two.",)),
                title="Comet seen from the moon",
                summary=("One.",),
            )
        ],
        NOW,
        "en",
    )[0].standing
    assert (copied.owners, copied.copies) == (1, 1)
    assert alone.support < copied.support < 1.6


def test_an_owner_weighs_what_its_weightiest_feed_does_that_tells_the_story():
    told = story("science", coverage(owner="agency.example", weight=2.0), owner="agency.example", weight=0.5)
    standing = rank([told], NOW, "en")[0].standing
    assert (standing.owners, standing.weight) == (1, 2.0)


def test_twice_the_weight_is_less_than_twice_the_support():
    usual, double = (rank([story("science", weight=weight)], NOW, "en")[0].standing for weight in (1.0, 2.0))
    assert usual.support < double.support < 2 * usual.support


def test_one_early_note_does_not_make_a_story_old():
    early = coverage(feed_id=9, published_at=hours_ago(40))
    many = [coverage(feed_id=n, published_at=hours_ago(1)) for n in range(2, 8)]
    assert rank([story("science", early, *many, published_at=hours_ago(1))], NOW, "en")[0].standing.age == hours_ago(
        0
    ) - hours_ago(1)


def test_the_first_article_in_the_readers_language_leads():
    told = story("science", coverage(language="kk", article_id=7), coverage(language="en"), language="ru", id=5)
    ranked = rank([told], NOW, "kk")[0].story
    assert ranked.lead.article_id == 7
    assert sorted(one.article_id for one in ranked.coverage) == sorted(one.article_id for one in told.coverage)
    assert rank([told], NOW, "de")[0].story == told


def test_a_surer_topic_weighs_more_and_rules_alone_weigh_one():
    wanted = topic("science", "comet", strictness=Strictness.NORMAL)
    sure, barely = (story(["science"], scores={"science": score}) for score in (9.0, 1.5))
    assert relevance(sure, wanted) == MOST_RELEVANCE
    assert relevance(barely, wanted) == 0.5
    assert relevance(story("science"), wanted) == 1.0
