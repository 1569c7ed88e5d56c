"""The order of stories as seen at `now`. Pure."""

import math
from collections.abc import Iterable
from datetime import datetime, timedelta

from digests.model import Story

HALF_LIFE = timedelta(hours=12)
"""After this long a story counts half: half of the day between two daily editions."""


OTHER_LANGUAGE = 0.25
"""What a story in another language than the reader's counts beside one in it: as much as one a day older."""


def importance(story: Story, now: datetime, language: str) -> float:
    """How much the story matters at `now` to a reader of `language`.

    More with each outlet that tells it (sub-linear), less with age, less when none tells it in the reader's language.
    """
    age = max(now - story.published_at, timedelta())
    understood = any(one.language == language for one in story.coverage)
    share = 1 if understood else OTHER_LANGUAGE
    return share * math.log2(1 + story.sources) * math.pow(2, -(age / HALF_LIFE))


def rank(stories: Iterable[Story], now: datetime, language: str) -> list[Story]:
    """The stories, best first; equals in the order of their ids, so that the order never wavers."""
    return sorted(stories, key=lambda story: (-importance(story, now, language), story.id))
