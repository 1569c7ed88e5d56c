"""The order of stories as seen at `now`. Pure."""

import math
from collections.abc import Iterable
from datetime import datetime, timedelta

from digests.model import Story

HALF_LIFE = timedelta(hours=12)
"""After this long a story counts half: half of the day between two daily editions."""


def importance(story: Story, now: datetime) -> float:
    """How much the story matters at `now`: more with each outlet that tells it (sub-linear), less with age."""
    age = max(now - story.published_at, timedelta())
    return math.log2(1 + story.sources) * math.pow(2, -(age / HALF_LIFE))


def rank(stories: Iterable[Story], now: datetime) -> list[Story]:
    """The stories, best first; equals in the order of their ids, so that the order never wavers."""
    return sorted(stories, key=lambda story: (-importance(story, now), story.id))
