"""Use cases of a reader: join, choose, pause, leave. Each is one short transaction."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import available_timezones

from digests.curate.topics import check_words
from digests.editions import next_edition_at
from digests.errors import InvalidTimeError, UnknownZoneError
from digests.model import Subscriber, SubscriberState, Subscription, Topic
from digests.ports import Clock
from digests.store.unit_of_work import Store, UnitOfWork

USUAL_TIME = time(8)
USUAL_MINUTES = 5
MINUTES = (2, 5, 10)
"""Of reading that an edition may take, to choose from."""

MAX_STORIES = 40
"""Of one edition, however short they are."""

MOST_TIMES = 6
"""Editions of one day."""

LONGEST_PAUSE = 60
"""Days; whoever wants a longer one can end it by hand."""


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Everything about a reader that a screen shows.

    topics: all there are, in order; the reader's own are in `subscription.topics`.
    stories_a_day: topic -> stories of the last day.
    next_edition_at: None unless the reader is active.
    """

    subscriber: Subscriber
    subscription: Subscription
    topics: tuple[Topic, ...]
    stories_a_day: dict[str, int]
    next_edition_at: datetime | None


class Subscribers:
    """What readers can do. Safe to call from any thread."""

    def __init__(self, store: Store, clock: Clock, *, zone: str) -> None:
        """zone: IANA name; of readers who have not said theirs."""
        self._store = store
        self._clock = clock
        self._zone = zone

    def join(self, chat_id: int, *, language: str) -> Profile:
        """Enter the chat as a reader, or find it as it was; one that had closed the chat is back as it left.

        language: of a newcomer; a known reader's own is kept.
        """
        now = self._clock()
        with self._store.begin() as work:
            known = work.readers.find(chat_id)
            if known is None:
                state = SubscriberState.JOINING
                work.readers.save(Subscriber(chat_id=chat_id, language=language, state=state), now=now)
                work.readers.add_subscription(self._first_subscription(chat_id, now))
            elif known.state is SubscriberState.GONE:
                self._activate(work, known, now)
            return self._profile(work, chat_id, now)

    def profile(self, chat_id: int) -> Profile:
        """The reader as it stands.

        Raises:
            UnknownSubscriberError: nobody reads there.
        """
        with self._store.read() as work:
            return self._profile(work, chat_id, self._clock())

    def language(self, chat_id: int) -> str | None:
        """The language chosen in that chat, None where nobody reads."""
        with self._store.read() as work:
            known = work.readers.find(chat_id)
        return None if known is None else known.language

    def toggle_topic(self, chat_id: int, slug: str) -> Profile:
        """Follow the topic, or stop following it.

        Raises:
            UnknownTopicError: it is not there, or no longer.
        """
        return self.set_topic(chat_id, slug, followed=None)

    def set_topic(self, chat_id: int, slug: str, *, followed: bool | None) -> Profile:
        """Follow the topic or not; None turns it round.

        Raises:
            UnknownTopicError: it is not there, or no longer.
        """
        with self._store.begin() as work:
            topic = work.topics.get(slug)
            mine = work.readers.subscription(chat_id)
            follow = topic.slug not in mine.topics if followed is None else followed
            topics = mine.topics | {slug} if follow else mine.topics - {slug}
            work.readers.change(replace(mine, topics=topics))
            return self._profile(work, chat_id, self._clock())

    def set_topics(self, chat_id: int, slugs: Iterable[str]) -> Profile:
        """Follow exactly those topics; ones that no longer exist are passed over."""
        with self._store.begin() as work:
            known = {topic.slug for topic in work.topics.all()}
            mine = work.readers.subscription(chat_id)
            work.readers.change(replace(mine, topics=frozenset(slugs) & known))
            return self._profile(work, chat_id, self._clock())

    def set_time(self, chat_id: int, at: time) -> Profile:
        """Get editions at that local time. The next one is the first that comes from now on.

        Raises:
            InvalidTimeError: it has a zone or seconds.
        """
        _require_time(at)
        return self._change(chat_id, times=(at,))

    def set_zone(self, chat_id: int, zone: str) -> Profile:
        """Live in that zone from now on.

        Raises:
            UnknownZoneError: it is no IANA name.
        """
        if zone not in available_timezones():
            raise UnknownZoneError(zone)
        return self._change(chat_id, zone=zone)

    def toggle_time(self, chat_id: int, at: time, *, weekend: bool = False) -> Profile:
        """Get an edition at that local time besides the others, or no longer; one at least stays.

        weekend: of Saturdays and Sundays. Where these were days like others, they have that time alone from now on.

        Raises:
            InvalidTimeError: it has a zone or seconds, or there are `MOST_TIMES` already.
        """
        _require_time(at)
        with self._store.read() as work:
            mine = work.readers.subscription(chat_id)
        times = set(mine.weekend_times if weekend else mine.times) ^ {at}
        if len(times) > MOST_TIMES:
            raise InvalidTimeError(at)
        wanted = tuple(sorted(times))
        if weekend:
            return self._change(chat_id, weekend_times=wanted)
        return self._change(chat_id, times=wanted or (at,))

    def weekend_as_usual(self, chat_id: int) -> Profile:
        """Get the editions of Saturdays and Sundays at the times of other days."""
        return self._change(chat_id, weekend_times=())

    def set_days(self, chat_id: int, days: Iterable[int]) -> Profile:
        """Get editions on those days of the week alone; Monday is 0.

        Raises:
            ValueError: there are none, or one is no day.
        """
        wanted = frozenset(days)
        if not wanted or not wanted <= frozenset(range(7)):
            raise ValueError(f"not days of a week: {sorted(wanted)}")
        return self._change(chat_id, days=wanted)

    def toggle_day(self, chat_id: int, day: int) -> Profile:
        """Get editions on that day of the week, or no longer; one day at least stays.

        Raises:
            ValueError: it is no day.
        """
        with self._store.read() as work:
            mine = work.readers.subscription(chat_id)
        return self.set_days(chat_id, (mine.days ^ {day}) or {day})

    def set_minutes(self, chat_id: int, minutes: int) -> Profile:
        """Read at most that long: one of `MINUTES`.

        Raises:
            ValueError: it is none of them.
        """
        if minutes not in MINUTES:
            raise ValueError(f"not a length on offer: {minutes}")
        return self._change(chat_id, minutes=minutes)

    def mute(self, chat_id: int, owner: str, *, muted: bool = True) -> Profile:
        """Hear nothing more of that owner, or hear of it again."""
        with self._store.read() as work:
            mine = work.readers.subscription(chat_id)
        return self._change(chat_id, muted=mine.muted | {owner} if muted else mine.muted - {owner})

    def exclude(self, chat_id: int, word: str) -> Profile:
        """Hear nothing more of what has that word, phrase or rule in headline or summary.

        Raises:
            InvalidTopicError: it can't be read, or there are too many.
        """
        with self._store.read() as work:
            mine = work.readers.subscription(chat_id)
        wanted = tuple(dict.fromkeys((*mine.excluded, word.strip())))
        check_words(wanted)
        return self._change(chat_id, excluded=wanted)

    def include(self, chat_id: int, number: int) -> Profile:
        """Hear again of what has the word of that number, counted from 0.

        Raises:
            IndexError: there is no such word.
        """
        with self._store.read() as work:
            mine = work.readers.subscription(chat_id)
        if not 0 <= number < len(mine.excluded):
            raise IndexError(number)
        return self._change(chat_id, excluded=mine.excluded[:number] + mine.excluded[number + 1 :])

    def set_language(self, chat_id: int, language: str) -> Profile:
        """Be spoken to in that language."""
        return self._become(chat_id, language=language)

    def pause(self, chat_id: int, *, days: int | None = None) -> Profile:
        """No editions until `resume`, or for so many days: 1 to `LONGEST_PAUSE`.

        Raises:
            ValueError: it is another number.
        """
        if days is not None and not 1 <= days <= LONGEST_PAUSE:
            raise ValueError(f"not a pause: {days} days")
        until = None if days is None else self._clock() + timedelta(days=days)
        return self._become(chat_id, state=SubscriberState.PAUSED, paused_until=until)

    def wake(self) -> int:
        """Let those go on whose pause has ended; how many. What they missed is in their next edition."""
        now = self._clock()
        with self._store.read() as work:
            if not work.readers.waking(now):
                return 0
        with self._store.begin() as work:
            waking = work.readers.waking(now)
            for subscriber in waking:
                self._activate(work, subscriber, subscriber.paused_until or now)
            return len(waking)

    def resume(self, chat_id: int) -> Profile:
        """Editions again, from the next one on: those of the pause are not made up for, their stories are."""
        with self._store.begin() as work:
            subscriber = self._known(work, chat_id)
            if subscriber.state is not SubscriberState.ACTIVE:
                self._activate(work, subscriber, self._clock())
            return self._profile(work, chat_id, self._clock())

    def gone(self, chat_id: int) -> None:
        """The chat is closed to us. Everything is kept for the day it opens again.

        Somebody who gets no editions anyway, paused or still joining, stays so and finds it so.
        """
        with self._store.begin() as work:
            known = work.readers.find(chat_id)
            if known is not None and known.state is SubscriberState.ACTIVE:
                work.readers.save(replace(known, state=SubscriberState.GONE), now=self._clock())

    def back(self, chat_id: int) -> None:
        """The chat is open again; a reader that had left is active as before."""
        with self._store.read() as work:
            known = work.readers.find(chat_id)
        if known is None or known.state is not SubscriberState.GONE:
            return
        with self._store.begin() as work:
            known = work.readers.find(chat_id)
            if known is not None and known.state is SubscriberState.GONE:
                self._activate(work, known, self._clock())

    def move(self, chat_id: int, new_chat_id: int) -> None:
        """The chat has another number now."""
        with self._store.begin() as work:
            if work.readers.find(chat_id) is not None:
                work.readers.move(chat_id, new_chat_id)

    def erase(self, chat_id: int) -> None:
        """Forget the reader and everything kept about it."""
        with self._store.begin() as work:
            work.readers.erase(chat_id)

    def _first_subscription(self, chat_id: int, now: datetime) -> Subscription:
        return Subscription(
            id=0,
            chat_id=chat_id,
            topics=frozenset(),
            times=(USUAL_TIME,),
            zone=self._zone,
            max_stories=MAX_STORIES,
            minutes=USUAL_MINUTES,
            planned_until=now,
        )

    def _activate(self, work: UnitOfWork, subscriber: Subscriber, now: datetime) -> None:
        work.readers.save(replace(subscriber, state=SubscriberState.ACTIVE, paused_until=None), now=now)
        work.readers.change(replace(work.readers.subscription(subscriber.chat_id), planned_until=now))

    def _change(self, chat_id: int, **values: object) -> Profile:
        """Change the plan. What was due before is past: a new hour earlier today must not look like a missed one."""
        now = self._clock()
        with self._store.begin() as work:
            mine = work.readers.subscription(chat_id)
            wanted = replace(mine, **values)  # type: ignore[arg-type]
            if _plan(wanted) != _plan(mine):
                wanted = replace(wanted, planned_until=now)
            work.readers.change(wanted)
            return self._profile(work, chat_id, now)

    def _become(self, chat_id: int, **values: object) -> Profile:
        now = self._clock()
        with self._store.begin() as work:
            work.readers.save(replace(self._known(work, chat_id), **values), now=now)  # type: ignore[arg-type]
            return self._profile(work, chat_id, now)

    def _known(self, work: UnitOfWork, chat_id: int) -> Subscriber:
        work.readers.subscription(chat_id)  # raises for strangers
        known = work.readers.find(chat_id)
        assert known is not None  # a subscription has its subscriber by foreign key
        return known

    def _profile(self, work: UnitOfWork, chat_id: int, now: datetime) -> Profile:
        subscriber = self._known(work, chat_id)
        subscription = work.readers.subscription(chat_id)
        active = subscriber.state is SubscriberState.ACTIVE
        return Profile(
            subscriber=subscriber,
            subscription=subscription,
            topics=work.topics.all(),
            stories_a_day=work.articles.count_by_topic(now - timedelta(days=1)),
            next_edition_at=next_edition_at(subscription, now) if active else None,
        )


def _require_time(at: time) -> None:
    """Raises InvalidTimeError for a time with a zone or seconds."""
    if at.tzinfo is not None or at.second or at.microsecond:
        raise InvalidTimeError(at)


def _plan(subscription: Subscription) -> tuple[object, ...]:
    """What decides when editions come."""
    return subscription.times, subscription.weekend_times, subscription.days, subscription.zone
