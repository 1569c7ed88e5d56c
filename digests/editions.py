"""Which editions are due, and when the next one is. Pure."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from digests.model import Subscription

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


def next_edition_at(subscription: Subscription, after: datetime) -> datetime:
    """The first edition strictly later than `after`, in UTC.

    Whoever lives at the date line skips a day with it, and its editions.

    A local time that a clock change skips falls just after the gap; one that comes twice is meant the first time
    (the rule of PEP 495 with fold=0).
    """
    return next(_editions(subscription, after))


def missed_edition_at(subscription: Subscription, now: datetime) -> datetime | None:
    """The edition to be dealt with at `now`: the latest since `planned_until`; None when none was due.

    Of several missed ones the latest stands for all: it tells what is new since the last digest, so nothing is lost.
    """
    due = None
    # After a long standstill the last nine days hold the latest edition, whatever the plan of the week.
    start = max(subscription.planned_until, now - 9 * _ONE_DAY)
    for edition_at in _editions(subscription, start):
        if edition_at > now:
            return due
        due = edition_at
    raise AssertionError("editions never end")  # pragma: no cover


def latest_edition_at(subscription: Subscription, now: datetime) -> datetime | None:
    """The last edition that the plan had at `now` or before, of the last eight days; None where it had none."""
    latest = None
    for edition_at in _editions(subscription, now - 8 * _ONE_DAY):
        if edition_at > now:
            return latest
        latest = edition_at
    raise AssertionError("editions never end")  # pragma: no cover


def is_quiet(subscription: Subscription, now: datetime) -> bool:
    """Whether `now` is among the reader's quiet hours."""
    quiet = subscription.quiet
    return quiet is not None and quiet.holds(now.astimezone(ZoneInfo(subscription.zone)).time())


def _editions(subscription: Subscription, after: datetime) -> Iterator[datetime]:
    zone = ZoneInfo(subscription.zone)
    # A local day may begin up to 14 hours before or after UTC's; one day earlier is early enough for all zones.
    day = after.astimezone(zone).date() - _ONE_DAY
    latest = after
    while True:
        for at in sorted(_instant(day, local, zone) for local in _times(subscription, day)):
            if at > latest:
                latest = at
                yield at
        day += _ONE_DAY


def _times(subscription: Subscription, day: date) -> tuple[time, ...]:
    if day.weekday() not in subscription.days:
        return ()
    weekend = day.weekday() >= _SATURDAY
    return subscription.weekend_times if weekend and subscription.weekend_times else subscription.times


def _instant(day: date, local: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, local, tzinfo=zone).astimezone(UTC)
