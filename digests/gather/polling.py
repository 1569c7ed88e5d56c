"""When a feed is polled next, where it has moved to, and which of its entries are worth reading. Pure."""

import random
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from digests.errors import FetchError, HttpStatusError
from digests.gather.urls import article_key
from digests.model import Entry, Feed, FeedDocument, Move, Response, Unchanged, Validators, Wishes

LONGEST_PAUSE = timedelta(hours=24)

QUIETEST = 8
"""A feed that says nothing is polled so many times more rarely than one that never stops."""

JITTER = 0.1
"""The part of a pause by which it may be longer, so that feeds added together drift apart."""

SETTLED_AFTER = timedelta(days=1)
SETTLED_POLLS = 3
"""A permanent redirect is believed once it has been seen on so many polls in a row over so long: some are mistakes."""

STILL_NEWS = timedelta(days=7)
"""Entries older than this are remembered and not read."""

FIRST_ENTRIES = 10
"""Of a feed seen for the first time, so many newest entries are read whatever their age or lack of a date."""

_SAME_HEADLINE = 0.5
"""The share of words that two wordings of one headline have in common at least."""

STILL_EDITED = timedelta(days=2)
MOST_EDITS = 3
"""For so long, and so many times, an article is read again after its feed has changed it."""

WEEK = timedelta(days=7)

_LETTERS = re.compile(r"[^\W\d_]+")
_MARKUP = re.compile(r"<[^<>]*>|&#?\w+;")


def rhythm(entries_a_week: int, shortest: timedelta) -> timedelta:
    """The interval for a feed of so many entries in the last week: half the time between two of them.

    Not shorter than `shortest`, nor longer than `QUIETEST` times that, nor than a day.
    """
    longest = max(shortest, min(shortest * QUIETEST, LONGEST_PAUSE))
    return min(max(WEEK / (2 * max(entries_a_week, 1)), shortest), longest)


def after_success(
    feed: Feed,
    answer: Response | Unchanged,
    document: FeedDocument | None,
    *,
    now: datetime,
    interval: timedelta,
    chance: random.Random,
) -> Feed:
    """The feed after a poll that went well. document: None when it is unchanged.

    What the feed and its server ask for (ttl, skipHours, max-age, Expires) counts when it is longer than `interval`, up
    to a day.
    """
    wishes = feed.wishes if document is None else Wishes(ttl=document.ttl, skip_hours=document.skip_hours)
    wait = min(max(interval, wishes.ttl or timedelta(), answer.fresh_for), LONGEST_PAUSE)
    return replace(
        feed,
        validators=answer.validators,
        last_success_at=now,
        next_poll_at=_outside(now + wait * (1 + JITTER * chance.random()), wishes.skip_hours),
        failures=0,
        error="",
        failing_since=None,
        is_stopped=False,
        wishes=wishes,
        move=_move(feed, answer.moved_to, now),
    )


def after_failure(feed: Feed, error: FetchError, *, now: datetime, shortest: timedelta, chance: random.Random) -> Feed:
    """The feed after a poll that went wrong: pauses double up to a day, and a feed that is gone is polled no longer.

    What the server asked for by Retry-After counts when it is longer.
    """
    pause = min(shortest * (1 << min(feed.failures, 10)), LONGEST_PAUSE) * (1 + JITTER * chance.random())
    status = error if isinstance(error, HttpStatusError) else None
    asked = (status and status.retry_in) or timedelta()
    return replace(
        feed,
        next_poll_at=now + max(pause, min(asked, LONGEST_PAUSE)),
        failures=feed.failures + 1,
        error=error.code,
        failing_since=feed.failing_since or now,
        is_stopped=status is not None and status.is_gone,
    )


def moved(feed: Feed, url: str, now: datetime) -> Feed:
    """The feed when an admin says that it is elsewhere: to be asked there at once, as if for the first time."""
    return replace(
        feed,
        url=url,
        validators=Validators(),
        next_poll_at=now,
        failures=0,
        error="",
        failing_since=None,
        is_stopped=False,
        move=None,
    )


def has_settled(move: Move | None, now: datetime) -> bool:
    """Whether the feed is to be polled at its new address from now on."""
    return move is not None and move.polls >= SETTLED_POLLS and now - move.since >= SETTLED_AFTER


def worth_reading(
    entries: Iterable[Entry], *, first_time: bool, now: datetime, told_until: datetime | None = None
) -> tuple[list[Entry], list[Entry]]:
    """(to be read, only to be remembered), newest first; entries without a date keep the feed's order, at the front.

    told_until: what was published up to then is known to readers; of a first time also what has no date.
    """
    newest_first = sorted(entries, key=lambda entry: entry.published_at or now, reverse=True)
    wanted: list[Entry] = []
    skipped: list[Entry] = []
    for number, entry in enumerate(newest_first):
        dated = entry.published_at is not None or not first_time
        fresh = dated and now - (entry.published_at or now) <= STILL_NEWS
        if told_until is not None and (entry.published_at or (told_until if first_time else now)) <= told_until:
            skipped.append(entry)
            continue
        (wanted if fresh or (first_time and number < FIRST_ENTRIES) else skipped).append(entry)
    return wanted, skipped


def says_else(before: Entry, after: Entry) -> bool:
    """Whether an entry of the same key tells its readers something else: another word, not another count or pixel."""
    return _words(before.title) != _words(after.title) or _words(before.html) != _words(after.html)


def is_another(before: Entry, after: Entry) -> bool:
    """Whether an entry of the same key is another one: some feeds give one id to all they ever say.

    An edit may change the address, the headline or the date; what changes all three is news.
    """
    if not after.url or article_key(before.url or after.url) == article_key(after.url):
        return False
    if after.published_at is not None and after.published_at == before.published_at:
        return False
    old, new = set(_words(before.title.casefold())), set(_words(after.title.casefold()))
    return len(old & new) < _SAME_HEADLINE * min(len(old), len(new))


def said_before(entries: Sequence[Entry], said: Iterable[Entry], keys: Collection[str]) -> list[Entry]:
    """Those of a feed's `entries` at a new address that it has said at the old one, though under other keys.

    said: what it said there of late. keys: of all it ever said there. An entry is known by its address; by its headline
    where the dates, if both have one, are no more than a day apart; and, where it has no date, by standing below one
    that is known, as feeds tell the newest first.
    """
    places, headlines = set(), {}
    for one in said:
        places |= {article_key(one.url)} if one.url else set()
        headlines[tuple(_words(one.title.casefold()))] = one.published_at
    found: list[Entry] = []
    below = False
    for entry in entries:
        headline = tuple(_words(entry.title.casefold()))
        known = bool(entry.url) and article_key(entry.url) in places
        if headline and headline in headlines:
            known |= _near(entry.published_at, headlines[headline])
        below |= known or entry.key in keys
        if entry.key not in keys and (known or (below and entry.published_at is None)):
            found.append(entry)
    return found


def _near(one: datetime | None, other: datetime | None) -> bool:
    return one is None or other is None or abs(one - other) <= timedelta(days=1)


def _words(text: str) -> list[str]:
    return _LETTERS.findall(_MARKUP.sub(" ", text))


def _move(feed: Feed, moved_to: str, now: datetime) -> Move | None:
    if not moved_to or moved_to == feed.url:
        return None
    if feed.move is not None and feed.move.to == moved_to:
        return replace(feed.move, polls=feed.move.polls + 1)
    return Move(to=moved_to, since=now, polls=1)


def _outside(at: datetime, hours: frozenset[int]) -> datetime:
    """`at`, or the first full hour after it that is none of these; as it is where they are all the day's."""
    for _ in range(24):
        if at.hour not in hours:
            return at
        at = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return at
