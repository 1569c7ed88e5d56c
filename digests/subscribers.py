"""Use cases of a reader: join, choose, pause, leave. Each is one short transaction."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from digests.curate.topics import check_words
from digests.editions import next_edition_at
from digests.errors import InvalidTimeError, InvalidTopicError, NothingTriedError, UnknownStoryError, UnknownZoneError
from digests.language.words import SPOKEN, stop_words
from digests.model import (
    Draft,
    FollowedStory,
    QuietHours,
    Subscriber,
    SubscriberState,
    Subscription,
    Topic,
)
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

SHORTEST_WORD = 2
"""Characters of a word of the reader's own."""

LONGEST_PAUSE = 366
"""Days; whoever wants a longer one can end it by hand."""

MOST_FOLLOWED = 50
"""Stories of one reader; of more, the one followed longest gives way."""


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Everything about a reader that a screen shows.

    topics: all there are, in order; the reader's own are in `subscription.topics`.
    stories_a_day: topic -> stories of the last day.
    next_edition_at: None unless the reader is active.
    is_trying: subscription and language are what the reader tries; nothing of it counts yet.
    followed: the stories whose next turn the reader hears at once, the latest first.
    """

    subscriber: Subscriber
    subscription: Subscription
    topics: tuple[Topic, ...]
    stories_a_day: dict[str, int]
    next_edition_at: datetime | None
    is_trying: bool = False
    followed: tuple[FollowedStory, ...] = ()


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

    def profile(self, chat_id: int, *, tried: bool = True) -> Profile:
        """The reader as it stands. tried: with what it tries, if anything, in place of what counts.

        Raises:
            UnknownSubscriberError: nobody reads there.
        """
        with self._store.read() as work:
            return self._profile(work, chat_id, self._clock(), tried=tried)

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

    def set_topic(self, chat_id: int, slug: str, *, followed: bool | None, at_once: bool = False) -> Profile:
        """Follow the topic or not; None turns it round. at_once: from now on, whatever is tried.

        Raises:
            UnknownTopicError: it is not there, or no longer.
        """
        with self._store.read() as work:
            work.topics.get(slug)

        def changed(mine: Subscription) -> Subscription:
            follow = slug not in mine.topics if followed is None else followed
            return replace(mine, topics=mine.topics | {slug} if follow else mine.topics - {slug})

        return self._change(chat_id, changed, at_once=at_once)

    def unfollow_topic(self, chat_id: int, slug: str) -> Profile:
        """Follow the topic no longer, from now on, whatever is tried."""
        return self._change(chat_id, lambda mine: replace(mine, topics=mine.topics - {slug}), at_once=True)

    def set_topics(self, chat_id: int, slugs: Iterable[str]) -> Profile:
        """Follow exactly those topics; ones that no longer exist are passed over."""
        with self._store.read() as work:
            wanted = frozenset(slugs) & {topic.slug for topic in work.topics.all()}
        return self._change(chat_id, lambda mine: replace(mine, topics=wanted))

    def set_time(self, chat_id: int, at: time) -> Profile:
        """Get editions at that local time. The next one is the first that comes from now on.

        Raises:
            InvalidTimeError: it has a zone or seconds.
        """
        return self.set_times(chat_id, (at,))

    def set_times(self, chat_id: int, times: Iterable[time]) -> Profile:
        """Get editions at those local times, at least one.

        Raises:
            InvalidTimeError: one has a zone or seconds, or there are none, or more than `MOST_TIMES`.
        """
        wanted = tuple(sorted(set(times)))
        for at in wanted:
            _require_time(at)
        if not 1 <= len(wanted) <= MOST_TIMES:
            raise InvalidTimeError(wanted[0] if wanted else time())
        return self._change(chat_id, lambda mine: replace(mine, times=wanted))

    def set_zone(self, chat_id: int, zone: str) -> Profile:
        """Live in that zone from now on.

        Raises:
            UnknownZoneError: it is no IANA name.
        """
        if zone not in available_timezones():
            raise UnknownZoneError(zone)
        return self._change(chat_id, lambda mine: replace(mine, zone=zone))

    def toggle_time(self, chat_id: int, at: time, *, weekend: bool = False) -> Profile:
        """Get an edition at that local time besides the others, or no longer; one at least stays.

        weekend: of Saturdays and Sundays. Where these were days like others, they have that time alone from now on.

        Raises:
            InvalidTimeError: it has a zone or seconds, or there are `MOST_TIMES` already.
        """
        _require_time(at)

        def changed(mine: Subscription) -> Subscription:
            times = set(mine.weekend_times if weekend else mine.times) ^ {at}
            if len(times) > MOST_TIMES:
                raise InvalidTimeError(at)
            wanted = tuple(sorted(times))
            return replace(mine, weekend_times=wanted) if weekend else replace(mine, times=wanted or (at,))

        return self._change(chat_id, changed)

    def weekend_as_usual(self, chat_id: int) -> Profile:
        """Get the editions of Saturdays and Sundays at the times of other days."""
        return self._change(chat_id, lambda mine: replace(mine, weekend_times=()))

    def set_quiet(self, chat_id: int, quiet: QuietHours | None) -> Profile:
        """Have quiet hours, or none."""
        return self._change(chat_id, lambda mine: replace(mine, quiet=quiet))

    def set_days(self, chat_id: int, days: Iterable[int]) -> Profile:
        """Get editions on those days of the week alone; Monday is 0.

        Raises:
            ValueError: there are none, or one is no day.
        """
        wanted = frozenset(days)
        if not wanted or not wanted <= frozenset(range(7)):
            raise ValueError(f"not days of a week: {sorted(wanted)}")
        return self._change(chat_id, lambda mine: replace(mine, days=wanted))

    def toggle_day(self, chat_id: int, day: int) -> Profile:
        """Get editions on that day of the week, or no longer; one day at least stays.

        Raises:
            ValueError: it is no day.
        """
        if day not in range(7):
            raise ValueError(f"not a day of a week: {day}")
        return self._change(chat_id, lambda mine: replace(mine, days=(mine.days ^ {day}) or frozenset({day})))

    def set_minutes(self, chat_id: int, minutes: int) -> Profile:
        """Read at most that long: one of `MINUTES`.

        Raises:
            ValueError: it is none of them.
        """
        if minutes not in MINUTES:
            raise ValueError(f"not a length on offer: {minutes}")
        return self._change(chat_id, lambda mine: replace(mine, minutes=minutes))

    def mute(self, chat_id: int, owner: str, *, muted: bool = True) -> Profile:
        """Hear nothing more of that owner, or hear of it again; from now on, whatever is tried."""
        return self._change(
            chat_id,
            lambda mine: replace(mine, muted=mine.muted | {owner} if muted else mine.muted - {owner}),
            at_once=True,
        )

    def exclude(self, chat_id: int, word: str) -> Profile:
        """Hear nothing more of what has that word, phrase or rule in headline or summary.

        Raises:
            InvalidTopicError: it can't be read, or there are too many.
        """
        return self._change(
            chat_id,
            lambda mine: replace(
                mine,
                excluded=_with(mine.excluded, word),
                included=_without(mine.included, word),
                alerts=_without(mine.alerts, word),
            ),
            at_once=True,
        )

    def include(self, chat_id: int, word: str) -> Profile:
        """Have in digests what has that word, phrase or rule in headline or summary, whatever its topics.

        Raises:
            InvalidTopicError: it can't be read, or there are too many.
        """
        return self._change(
            chat_id,
            lambda mine: replace(mine, included=_with(mine.included, word), excluded=_without(mine.excluded, word)),
            at_once=True,
        )

    def alert(self, chat_id: int, word: str) -> Profile:
        """Hear at once of what has that word, phrase or rule in headline or summary, from now on.

        Raises:
            InvalidTopicError: it can't be read, or there are too many.
        """
        now = self._clock()

        def changed(mine: Subscription) -> Subscription:
            since = mine.noticed_until if mine.alerts and mine.noticed_until else now
            alerts, excluded = _with(mine.alerts, word), _without(mine.excluded, word)
            return replace(mine, alerts=alerts, excluded=excluded, noticed_until=since)

        return self._change(chat_id, changed, at_once=True)

    def drop_word(self, chat_id: int, kind: str, word: str) -> Profile:
        """Forget one of the reader's own words. kind: "excluded", "included" or "alerts".

        Raises:
            ValueError: there is no such kind.
        """
        if kind not in _KINDS:
            raise ValueError(f"not a kind of words: {kind}")

        def changed(mine: Subscription) -> Subscription:
            left = tuple(one for one in getattr(mine, kind) if one != word)
            return replace(mine, **{kind: left})  # type: ignore[arg-type]

        return self._change(chat_id, changed, at_once=True)

    def follow_story(self, chat_id: int, story_id: int, *, followed: bool = True) -> Profile:
        """Hear at once when a story that the reader has had moves on, or no longer.

        Raises:
            UnknownSubscriberError: nobody reads there.
            UnknownStoryError: the reader never had it.
        """
        now = self._clock()
        with self._store.begin() as work:
            if not followed:
                work.readers.unfollow_story(chat_id, story_id)
            elif story_id not in work.readers.seen(chat_id):
                raise UnknownStoryError
            else:
                work.readers.follow_story(chat_id, story_id, now=now, most=MOST_FOLLOWED)
            return self._profile(work, chat_id, now)

    def try_settings(self, chat_id: int) -> Profile:
        """From now on changes of settings are tried: they count once they are kept. Goes on with what is tried."""
        now = self._clock()
        with self._store.begin() as work:
            if self._tried(work, chat_id, now) is None:
                language = self._known(work, chat_id).language
                mine = work.readers.subscription(chat_id)
                work.readers.keep_draft(chat_id, Draft(subscription=mine, language=language, begun_at=now))
            return self._profile(work, chat_id, now)

    def keep_tried(self, chat_id: int) -> Profile:
        """What is tried counts from now on.

        Raises:
            NothingTriedError: nothing is, or it was too long ago.
        """
        now = self._clock()
        with self._store.begin() as work:
            draft = self._tried(work, chat_id, now)
            if draft is None:
                raise NothingTriedError
            work.readers.keep_draft(chat_id, None)
            work.readers.save(replace(self._known(work, chat_id), language=draft.language), now=now)
            self._store_change(work, chat_id, lambda _: draft.subscription, now)
            return self._profile(work, chat_id, now)

    def drop_tried(self, chat_id: int) -> Profile:
        """All is as it was before anything was tried."""
        with self._store.begin() as work:
            work.readers.keep_draft(chat_id, None)
            return self._profile(work, chat_id, self._clock())

    def set_announcements(self, chat_id: int, *, agreed: bool) -> Profile:
        """Hear from the bot's admins, or not."""
        return self._change(chat_id, lambda mine: replace(mine, announcements=agreed), at_once=True)

    def set_language(self, chat_id: int, language: str) -> Profile:
        """Be spoken to in that language."""
        now = self._clock()
        with self._store.begin() as work:
            draft = self._tried(work, chat_id, now)
            if draft is not None:
                work.readers.keep_draft(chat_id, replace(draft, language=language, begun_at=now))
                return self._profile(work, chat_id, now)
        return self._become(chat_id, language=language)

    def pause_until(self, chat_id: int, day: date) -> Profile:
        """No editions before that local day begins: one of the next `LONGEST_PAUSE` days.

        Raises:
            ValueError: it is none of these.
        """
        now = self._clock()
        with self._store.read() as work:
            zone = ZoneInfo(work.readers.subscription(chat_id).zone)
        if not timedelta() < day - now.astimezone(zone).date() <= timedelta(days=LONGEST_PAUSE):
            raise ValueError(f"not a day to pause until: {day}")
        until = datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
        return self._become(chat_id, state=SubscriberState.PAUSED, paused_until=until)

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
                # The edition of that very minute comes.
                self._activate(work, subscriber, (subscriber.paused_until or now) - timedelta(seconds=1))
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

    def barred(self, chat_id: int) -> bool:
        """We may not write there: pause it, until somebody resumes it; whether that changes anything."""
        with self._store.begin() as work:
            known = work.readers.find(chat_id)
            if known is None or known.state is not SubscriberState.ACTIVE:
                return False
            work.readers.save(replace(known, state=SubscriberState.PAUSED, paused_until=None), now=self._clock())
            return True

    def move(self, chat_id: int, new_chat_id: int) -> None:
        """The chat has another number now."""
        with self._store.begin() as work:
            if work.readers.find(chat_id) is not None:
                work.readers.move(chat_id, new_chat_id)
            work.places.move(chat_id, new_chat_id)

    def erase(self, chat_id: int) -> None:
        """Forget the reader and everything kept about it."""
        with self._store.begin() as work:
            work.readers.erase(chat_id)
            work.places.forget_person(chat_id)
        self._store.settle()

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

    def _change(
        self, chat_id: int, change: Callable[[Subscription], Subscription], *, at_once: bool = False
    ) -> Profile:
        """Change what is tried, where anything is; else what counts. at_once: what counts, in any case."""
        now = self._clock()
        with self._store.begin() as work:
            draft = self._tried(work, chat_id, now)
            if draft is not None:
                tried = replace(draft, subscription=change(draft.subscription), begun_at=now)
                work.readers.keep_draft(chat_id, tried)
            if draft is None or at_once:
                self._store_change(work, chat_id, change, now)
            return self._profile(work, chat_id, now)

    def _store_change(
        self, work: UnitOfWork, chat_id: int, change: Callable[[Subscription], Subscription], now: datetime
    ) -> None:
        """What was due before is past: a new hour earlier today must not look like a missed one."""
        mine = work.readers.subscription(chat_id)
        wanted = change(mine)
        if _plan(wanted) != _plan(mine):
            wanted = replace(wanted, planned_until=now)
        work.readers.change(wanted)

    def _tried(self, work: UnitOfWork, chat_id: int, now: datetime) -> Draft | None:
        draft = work.readers.draft(chat_id)
        return draft if draft is not None and draft.stands(now) else None

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

    def _profile(self, work: UnitOfWork, chat_id: int, now: datetime, *, tried: bool = True) -> Profile:
        subscriber = self._known(work, chat_id)
        subscription = work.readers.subscription(chat_id)
        draft = self._tried(work, chat_id, now) if tried else None
        if draft is not None:
            subscription, subscriber = draft.subscription, replace(subscriber, language=draft.language)
        active = subscriber.state is SubscriberState.ACTIVE
        return Profile(
            subscriber=subscriber,
            subscription=subscription,
            topics=work.topics.all(),
            stories_a_day=work.articles.count_by_topic(now - timedelta(days=1)),
            next_edition_at=next_edition_at(subscription, now) if active else None,
            is_trying=draft is not None,
            followed=tuple(
                FollowedStory(story_id=one, title=title)
                for one, title in work.articles.titles(work.readers.followed(chat_id)).items()
            ),
        )


def _require_time(at: time) -> None:
    """Raises InvalidTimeError for a time with a zone or seconds."""
    if at.tzinfo is not None or at.second or at.microsecond:
        raise InvalidTimeError(at)


_KINDS = frozenset({"excluded", "included", "alerts"})


def _with(several: tuple[str, ...], word: str) -> tuple[str, ...]:
    """Raises InvalidTopicError where the word can't be read, or is one too many."""
    word = word.strip()
    if len(word) < SHORTEST_WORD or any(word.casefold() in stop_words(language) for language in SPOKEN):
        raise InvalidTopicError("too_common", word)
    wanted = tuple(dict.fromkeys((*several, word)))
    try:
        check_words(wanted)
    except InvalidTopicError as error:
        if error.problem != "too_many":
            raise
        raise InvalidTopicError("too_many_own", error.detail) from error
    return wanted


def _without(several: tuple[str, ...], word: str) -> tuple[str, ...]:
    """A word that is wanted is not unwanted any longer, and the other way round."""
    return tuple(one for one in several if one.casefold() != word.strip().casefold())


def _plan(subscription: Subscription) -> tuple[object, ...]:
    """What decides when editions come."""
    return subscription.times, subscription.weekend_times, subscription.days, subscription.zone
