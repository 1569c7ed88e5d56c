import pytest

from digests.summarize.headline import LONGEST, telling_title
from tests.builders import article

FIRE = (
    "The central market of Astana burned for six hours on Tuesday night.\n\n"
    "Firemen of four districts came. Nobody of the traders was hurt, the mayor said. "
    "The market had been closed for repairs since the beginning of September."
)
LONG = (
    "The central market of Astana, the oldest of the city and the one where most of its bread is sold, burned for six "
    "hours on Tuesday, which left four hundred traders without a place to work during the weeks before the holidays."
)


@pytest.mark.parametrize("title", ["", "Photos of the day", "Video", "You won't believe this"])
def test_a_headline_that_says_nothing_of_the_text_gives_way_to_a_clause_of_it(title):
    assert telling_title(article(title=title, text=FIRE)) == FIRE.partition(".")[0]


@pytest.mark.parametrize(
    "title", ["Market burns", "Fire in the market", "Blaze leaves hundreds jobless before holidays"]
)
def test_a_headline_that_says_something_stays(title):
    assert telling_title(article(title=title, text=FIRE)) == title


def test_a_long_sentence_gives_its_longest_clause_that_is_short_enough():
    made = telling_title(article(title="Video", text=f"{LONG} Firemen of four districts came to help on the spot."))
    assert made in {"Video", LONG[: len(made)]}
    assert len(made) <= LONGEST


def test_without_a_whole_sentence_the_headline_stays():
    assert telling_title(article(title="Video", text="Watch here")) == "Video"
