"""How long to wait before trying a delivery again, and when to stop. Pure."""

from datetime import timedelta

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=10)

GIVE_UP_AFTER = timedelta(hours=12)
"""A digest that could not be handed over for half a day is old: what it told becomes part of the next one."""


def pause_before(attempts: int, asked: timedelta) -> timedelta:
    """The pause after `attempts` attempts before this one: doubling, bounded, and never shorter than `asked`."""
    return max(min(FIRST_PAUSE * (1 << min(attempts, 10)), LONGEST_PAUSE), asked)
