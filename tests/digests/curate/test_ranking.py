from datetime import timedelta

import pytest

from builders import NOW, coverage, story
from digests.curate.ranking import rank


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
    assert rank([worse, better], NOW, "en") == [better, worse]
    assert rank([better, worse], NOW, "en") == [better, worse]


def test_equals_stand_in_the_order_of_their_ids():
    several = [story("science", id=number) for number in (3, 1, 2)]
    assert [one.id for one in rank(several, NOW, "en")] == [1, 2, 3]


def test_an_article_dated_in_the_future_gains_nothing_by_it():
    ahead = story("science", id=2, published_at=NOW + timedelta(days=3))
    assert rank([ahead, story("science", id=1)], NOW, "en")[0].id == 1
