"""How long to wait before trying a delivery again, and when to stop. Pure."""

from datetime import datetime, timedelta

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=10)

GIVE_UP_AFTER = timedelta(hours=12)
"""A digest that could not be handed over for half a day is old: what it told becomes part of the next one."""


SPREAD = 0.25
"""The share by which a pause may be longer, so that all whom one failure hit do not come back in one moment."""


def pause_before(attempts: int, asked: timedelta, *, chance: float = 0.0) -> timedelta:
    """The pause after `attempts` attempts before this one: doubling, bounded, and never shorter than `asked`.

    chance: from 0 to 1, of the `SPREAD` on top.
    """
    return max(min(FIRST_PAUSE * (1 << min(attempts, 10)), LONGEST_PAUSE), asked) * (1 + SPREAD * chance)


def is_stale(edition_at: datetime, now: datetime) -> bool:
    """Whether an edition is too old to be handed over."""
    return now - edition_at > GIVE_UP_AFTER
