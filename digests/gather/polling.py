"""When a feed is polled next, and which of its entries are worth reading. Pure."""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta

from digests.errors import FetchError, HttpStatusError
from digests.model import Entry

LONGEST_PAUSE = timedelta(hours=24)
JITTER = 0.1
"""The part of an interval by which polls are spread, so that feeds added together drift apart."""

STILL_NEWS = timedelta(days=7)
"""Entries older than this are remembered and not read."""

FIRST_ENTRIES = 10
"""Of a feed seen for the first time, so many newest entries are read whatever their age or lack of a date."""


def next_poll_after(now: datetime, interval: timedelta, chance: random.Random) -> datetime:
    """When to poll a feed again that went well."""
    return now + interval * (1 + JITTER * chance.uniform(-1, 1))


def next_poll_after_failure(
    now: datetime,
    interval: timedelta,
    failures: int,
    error: FetchError,
    chance: random.Random,
) -> datetime:
    """When to try a feed again that went wrong `failures` times in a row before: doubling up to a day.

    What the server asked for by Retry-After counts when it is longer.
    """
    pause = min(interval * (1 << min(failures, 10)), LONGEST_PAUSE) * (1 + JITTER * chance.uniform(-1, 1))
    asked = error.retry_in if isinstance(error, HttpStatusError) else None
    return now + max(pause, min(asked or timedelta(), LONGEST_PAUSE))


def worth_reading(entries: Iterable[Entry], *, first_time: bool, now: datetime) -> tuple[list[Entry], list[Entry]]:
    """(to be read, only to be remembered), newest first; entries without a date keep the feed's order, at the front."""
    newest_first = sorted(entries, key=lambda entry: entry.published_at or now, reverse=True)
    wanted: list[Entry] = []
    skipped: list[Entry] = []
    for number, entry in enumerate(newest_first):
        dated = entry.published_at is not None or not first_time
        fresh = dated and now - (entry.published_at or now) <= STILL_NEWS
        (wanted if fresh or (first_time and number < FIRST_ENTRIES) else skipped).append(entry)
    return wanted, skipped
