"""Use case of those who run the bot: how it is doing, in figures."""

import csv
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from digests.model import EditionKind, Feed, SubscriberState, Topic
from digests.ports import Clock
from digests.store.unit_of_work import Store

LONGEST = 90
"""Days that can be looked back."""

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class FeedFigures:
    """A feed and how many entries were first seen on it within the days looked at."""

    feed: Feed
    entries: int


@dataclass(frozen=True, kw_only=True)
class Figures:
    """How the bot did in the last days, which are of UTC and end with the present one.

    readers: how many are in each state now. joined, editions, requests, notices, articles: day -> how many; days
    without any are left out. editions came by schedule, requests were asked for.
    delays: seconds from due to handed over of scheduled editions, sorted.
    stories: topic -> stories, in the order of the topics. feeds: by title.
    """

    days: tuple[date, ...]
    readers: Mapping[SubscriberState, int]
    joined: Mapping[date, int]
    editions: Mapping[date, int]
    requests: Mapping[date, int]
    notices: Mapping[date, int]
    articles: Mapping[date, int]
    delays: tuple[float, ...]
    stories: tuple[tuple[Topic, int], ...]
    feeds: tuple[FeedFigures, ...]

    @property
    def feeds_by_state(self) -> dict[str, int]:
        """How many feeds are "well", "failing", "stopped", or "new": not read yet."""
        found = dict.fromkeys(("well", "failing", "stopped", "new"), 0)
        for one in self.feeds:
            found[feed_state(one.feed)] += 1
        return found

    def delay(self, share: float) -> float | None:
        """The seconds within which that share of the editions was handed over, 0..1; None where there was none."""
        if not self.delays:
            return None
        return self.delays[max(0, math.ceil(share * len(self.delays)) - 1)]


def feed_state(feed: Feed) -> str:
    """One of "well", "failing", "stopped", "new"."""
    if feed.is_stopped or feed.is_paused:
        return "stopped"
    if feed.error:
        return "failing"
    return "new" if feed.last_success_at is None else "well"


class FigureDesk:
    """Collects figures. Safe to call from any thread."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def collect(self, days: int) -> Figures:
        """The figures of so many days, today included.

        Raises:
            ValueError: not 1 to `LONGEST` days.
        """
        if not 1 <= days <= LONGEST:
            raise ValueError(f"not a span of days: {days}")
        now = self._clock()
        start = _midnight(now) - (days - 1) * _ONE_DAY
        with self._store.read() as work:
            topics = work.topics.all()
            stories = work.articles.count_by_topic(start)
            entries = work.entries.count_by_feed(start)
            return Figures(
                days=tuple((start + number * _ONE_DAY).date() for number in range(days)),
                readers=work.figures.readers(),
                joined=work.figures.joined(start),
                editions=work.figures.editions(start, EditionKind.SCHEDULED),
                requests=work.figures.editions(start, EditionKind.ON_DEMAND),
                notices=work.figures.editions(start, EditionKind.NOTICE),
                articles=work.figures.articles(start),
                delays=tuple(sorted(work.figures.delays(start))),
                stories=tuple((topic, stories.get(topic.slug, 0)) for topic in topics),
                feeds=tuple(FeedFigures(feed=feed, entries=entries.get(feed.id, 0)) for feed in work.feeds.all()),
            )


def as_csv(figures: Figures) -> str:
    """All figures as a table of three columns: the figure, what it is of, the number."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["figure", "of", "number"])
    writer.writerows(_rows(figures))
    return out.getvalue()


def _rows(figures: Figures) -> Iterator[Sequence[str | float]]:
    for state, count in sorted(figures.readers.items()):
        yield "readers", state.value, count
    for name in ("joined", "editions", "requests", "notices", "articles"):
        by_day: Mapping[date, int] = getattr(figures, name)
        for day in figures.days:
            yield name, day.isoformat(), by_day.get(day, 0)
    for topic, count in figures.stories:
        yield "stories", topic.slug, count
    for one in figures.feeds:
        yield "entries", one.feed.url, one.entries
        yield "feed state", one.feed.url, feed_state(one.feed)
    for share in (0.5, 0.9, 0.99):
        delay = figures.delay(share)
        if delay is not None:
            yield "seconds until handed over", f"{share:.0%}", round(delay, 3)


def _midnight(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)
