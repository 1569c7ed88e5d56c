"""What waits for an admin's press: callback data is too short to hold it. In memory, so that a restart forgets it."""

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from digests.desk import FeedList
from digests.model import FoundFeed, Part
from digests.ports import Clock

T = TypeVar("T")

LIFETIME = timedelta(hours=1)
MOST = 5_000
"""Kept at a time; of more, the oldest go first."""


@dataclass(frozen=True)
class FeedChoice:
    """Feeds of one site to choose from."""

    feeds: tuple[FoundFeed, ...]


@dataclass(frozen=True)
class ListChoice:
    """A list of feeds, to be followed or not."""

    feeds: FeedList


@dataclass(frozen=True)
class Undoable:
    """A feed followed just now."""

    feed_id: int


@dataclass(frozen=True)
class Searched:
    """What somebody searched the archive for."""

    query: str


@dataclass(frozen=True)
class Previewed:
    """A digest that was shown as it would be, in pages."""

    pages: tuple[Part, ...]


@dataclass(frozen=True)
class Written:
    """What an admin is about to write to readers, as HTML."""

    text: str


class Offers:
    """Offers under names that nobody can guess, for an hour."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: OrderedDict[str, tuple[datetime, object]] = OrderedDict()

    def add(self, offer: object) -> str:
        """The name under which `get` gives it back."""
        name = secrets.token_urlsafe(9)
        self.replace(name, offer)
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)
        return name

    def replace(self, name: str, offer: object) -> None:
        """Keep it under a name given before, from now on for an hour."""
        self._kept[name] = (self._clock() + LIFETIME, offer)

    def get(self, name: str, kind: type[T]) -> T | None:
        """The offer of that name; None when it was too long ago, or is of another kind."""
        until, offer = self._kept.get(name, (None, None))
        if until is None or until < self._clock():
            self._kept.pop(name, None)
            return None
        return offer if isinstance(offer, kind) else None
