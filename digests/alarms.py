"""Whether admins are to be told that feeds are broken, or well again. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from digests.model import Feed

LEAST_FAILURES = 3
"""Polls that fail in a row before anybody is told."""

LEAST_SPAN = timedelta(hours=3)
"""For so long they have to have failed: most sites that fail are back within the hour."""

BETWEEN = timedelta(minutes=30)
"""From one message about feeds to the next, so that what breaks together is told together."""


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """What admins are to be told in one message. broken, back: by title; of both together at least one."""

    broken: tuple[Feed, ...]
    back: tuple[Feed, ...]


def is_broken(feed: Feed, now: datetime, *, interval: timedelta) -> bool:
    """Whether that is no hiccup: gone for good, or failing for several polls and hours.

    interval: between two polls of the busiest feeds; pauses double after each failure, so that a longer one needs more
    time to tell a hiccup from a fault.
    """
    if not feed.error or feed.is_paused:
        return False
    if feed.is_stopped:
        return True
    since = feed.failing_since
    span = max(LEAST_SPAN, 2 * interval)
    return feed.failures >= LEAST_FAILURES and since is not None and now - since >= span


def is_back(feed: Feed) -> bool:
    """Whether a feed of which admins were told that it is broken has been read since."""
    told, read = feed.told_broken_at, feed.last_success_at
    return told is not None and not feed.error and read is not None and read >= told


def alarm(
    feeds: Iterable[Feed], now: datetime, *, interval: timedelta, last_told_at: datetime | None = None
) -> Alarm | None:
    """What is to be told of the feeds now; None when that is nothing, or the last message was just before."""
    if last_told_at is not None and now - last_told_at < BETWEEN:
        return None
    known = list(feeds)
    broken = tuple(one for one in known if one.told_broken_at is None and is_broken(one, now, interval=interval))
    back = tuple(one for one in known if is_back(one))
    return Alarm(broken=broken, back=back) if broken or back else None
