"""When a language model that fails is asked again. Pure: the present is an argument, so no library's clock will do."""

from datetime import datetime, timedelta

PATIENCE = 3
"""Failures in a row before it is left alone."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
"""Each pause is twice the one before, until it answers."""


class Breaker:
    """A circuit breaker: open while the model is left alone; after a pause one more try shows whether it is back."""

    def __init__(self) -> None:
        self._failures = 0
        self._until: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """Whether it is not to be asked now."""
        return self._until is not None and now < self._until

    def is_probing(self) -> bool:
        """Whether it failed up to now, so that one request at a time is enough."""
        return self._failures > 0

    def failed(self, now: datetime, retry_in: timedelta | None = None) -> None:
        """It did not answer. retry_in: it asks for that long a pause, which counts up to the longest of ours."""
        self._failures += 1
        if retry_in is not None:
            self._until = now + min(retry_in, LONGEST_PAUSE)
        if self._failures >= PATIENCE:
            pause: timedelta = min(FIRST_PAUSE * 2 ** min(self._failures - PATIENCE, 10), LONGEST_PAUSE)
            self._until = max(now + pause, self._until or now)

    def answered(self) -> None:
        """It is well."""
        self._failures, self._until = 0, None
