"""The order of stories as seen at `now`. Pure.

Constants are starting points taken from the rankers of public news systems (tgcontest, NYAN); no clicks bear them out.
"""

import math
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from digests.curate.topics import ENOUGH
from digests.language.words import words
from digests.model import MOST_WEIGHT, Coverage, Outline, Ranked, Standing, Story, Strictness, Topic

HALF_LIFE = timedelta(hours=12)
"""After this long a story counts half: half of the day between two daily editions."""

OTHER_LANGUAGE = 0.25
"""What a story in another language than the reader's counts beside one in it: as much as one a day older."""

COPY = 0.3
"""What an owner adds to a story by a copy of somebody else's telling."""

LEAST_RELEVANCE, MOST_RELEVANCE = 0.25, 1.5

_ROUNDED = 1e-9  # more than floating point leaves out of a product
_EARLY = 0.2  # of a story's articles are older than the age that counts: one early note does not make it old


def rank(stories: Iterable[Story], now: datetime, language: str) -> list[Ranked]:
    """The stories for readers of `language`, best first; equals by their ids, so that the order never wavers."""
    ranked = [_ranked(story, now, language) for story in stories]
    return sorted(ranked, key=lambda one: (-one.standing.total, one.story.id))


def relevance(story: Story, topic: Topic) -> float:
    """How surely the story is the topic's: 1 where rules decided, else around 1 and within the bounds above."""
    scores = sorted(one.scores[topic.slug] for one in story.coverage if topic.slug in one.scores)
    if not scores or topic.decided_by is Strictness.WORDS:
        return 1.0
    median = scores[(len(scores) - 1) // 2]
    return max(LEAST_RELEVANCE, min(MOST_RELEVANCE, (median - ENOUGH[topic.decided_by] + 1) / 2))


def _ranked(story: Story, now: datetime, language: str) -> Ranked:
    """More with each owner that tells it (sub-linear), less with age, less where none tells it in the language."""
    own, copied = _owners(story)
    weight = math.fsum(own) + COPY * math.fsum(copied)
    age = _age(sorted(one.published_at for one in story.coverage), now)
    told = [one for one in story.coverage if one.language == language]
    standing = Standing(
        owners=len(own),
        copies=len(copied),
        weight=weight,
        support=_support(weight),
        age=age,
        freshness=_freshness(age),
        language=1.0 if told else OTHER_LANGUAGE,
    )
    return Ranked(story=_led_by(story, told), standing=standing)


def _owners(story: Story) -> tuple[list[float], list[float]]:
    """The weights of owners with words of their own, and of owners that only copy others.

    An owner weighs what the weightiest of its feeds does that tells the story.
    """
    if not story.others:
        return [story.lead.weight], []
    first: dict[str, str] = {}
    own: dict[str, bool] = {}
    weights: dict[str, float] = {}
    for one in sorted(story.coverage, key=lambda one: (one.published_at, one.article_id)):
        marks = _marks(one)
        copied = any(first.get(mark, one.owner) != one.owner for mark in marks)
        for mark in marks:
            first.setdefault(mark, one.owner)
        own[one.owner] = own.get(one.owner, False) or not copied
        weights[one.owner] = max(weights.get(one.owner, 0.0), one.weight)
    return [weights[owner] for owner in own if own[owner]], [weights[owner] for owner in own if not own[owner]]


def _marks(coverage: Coverage) -> list[str]:
    """What copies share: the headline, the summary."""
    return [mark for text in (coverage.title, " ".join(coverage.summary)) if (mark := " ".join(words(text)))]


def _support(weight: float) -> float:
    return math.log2(1 + weight)


def _age(published: Sequence[datetime], now: datetime) -> timedelta:
    """Since a story came out. published: when its articles were, in order."""
    return max(now - published[int(_EARLY * (len(published) - 1))], timedelta())


def _freshness(age: timedelta) -> float:
    return math.pow(2, -(age / HALF_LIFE))


def bounds(outlines: Sequence[Outline], now: datetime, language: str) -> tuple[float, float]:
    """The least and the greatest that may be the standing of the story that these articles tell, the earliest first.

    Only their words would tell whose are copies, so that each may add all of its weight, and all but the first nothing.
    """
    freshness = _freshness(_age([one.published_at for one in outlines], now))
    factor = freshness if any(one.language == language for one in outlines) else freshness * OTHER_LANGUAGE
    least = _support(outlines[0].weight) * factor * (1 - _ROUNDED)
    most = _support(math.fsum(one.weight for one in outlines)) * factor * (1 + _ROUNDED)
    return least, most


def highest(articles: int, age: timedelta) -> float:
    """The greatest that may be the standing of a story of so many articles, of that age or more."""
    return _support(MOST_WEIGHT * articles) * _freshness(age) * (1 + _ROUNDED)


def led_in(story: Story, language: str) -> Story:
    """The story as readers of `language` get it."""
    return _led_by(story, [one for one in story.coverage if one.language == language])


def _led_by(story: Story, told: list[Coverage]) -> Story:
    """The story as readers of a language get it: the first article in it leads, if there is one."""
    if not told or story.lead in told:
        return story
    lead = min(told, key=lambda one: (one.published_at, one.article_id))
    others = sorted((one for one in story.coverage if one is not lead), key=lambda one: one.published_at, reverse=True)
    return Story(id=story.id, lead=lead, others=tuple(others))
