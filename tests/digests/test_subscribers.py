from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from builders import NOW, subscriber, topic, utc
from digests.editions import missed_edition_at
from digests.errors import (
    InvalidTimeError,
    InvalidTopicError,
    NothingTriedError,
    UnknownStoryError,
    UnknownSubscriberError,
    UnknownTopicError,
    UnknownZoneError,
)
from digests.model import TRYING, QuietHours, SubscriberState
from digests.subscribers import MOST_TIMES, Subscribers

ALMATY_MORNING = utc("2026-03-02T03:00")


@pytest.fixture
def subscribers(store, clock):
    with store.begin() as work:
        for slug in ("science", "sport"):
            work.topics.add(topic(slug, slug))
    return Subscribers(store, clock, zone="Asia/Almaty")


@pytest.fixture
def active(subscribers):
    subscribers.join(1, language="ru")
    return subscribers.resume(1)


def test_a_newcomer_chooses_before_anything_comes(subscribers):
    profile = subscribers.join(1, language="kk")
    assert profile.subscriber == subscriber(1, language="kk", state=SubscriberState.JOINING)
    mine = profile.subscription
    assert (mine.topics, mine.times, mine.zone, mine.minutes) == (set(), (time(8),), "Asia/Almaty", 5)
    assert [one.slug for one in profile.topics] == ["science", "sport"]
    assert profile.next_edition_at is None


def test_who_has_chosen_gets_the_next_edition_and_none_before(subscribers, active, clock):
    assert active.subscriber.state is SubscriberState.ACTIVE
    assert active.next_edition_at == ALMATY_MORNING + timedelta(days=1)
    assert missed_edition_at(active.subscription, clock()) is None


def test_who_joins_again_is_found_as_it_was(subscribers, active):
    subscribers.set_topic(1, "science", followed=True)
    again = subscribers.join(1, language="en")
    assert (again.subscriber, again.subscription.topics) == (active.subscriber, {"science"})


def test_who_closed_the_chat_and_joins_again_is_back(subscribers, active, clock):
    subscribers.gone(1)
    assert subscribers.profile(1).next_edition_at is None
    clock.now += timedelta(days=3)
    back = subscribers.join(1, language="en")
    assert back.subscriber.state is SubscriberState.ACTIVE
    assert missed_edition_at(back.subscription, clock()) is None


@pytest.mark.parametrize("state", [SubscriberState.JOINING, SubscriberState.PAUSED])
def test_a_chat_that_opens_again_changes_nothing_for_who_had_not_left(subscribers, store, active, state):
    with store.begin() as work:
        work.readers.save(subscriber(1, state=state), now=NOW)
    subscribers.gone(1)
    subscribers.back(1)
    assert subscribers.profile(1).subscriber.state is state


def test_strangers_come_and_go_unnoticed(subscribers):
    subscribers.gone(1)
    subscribers.back(1)
    subscribers.move(1, 2)
    subscribers.erase(1)
    assert subscribers.language(1) is None
    for use in (subscribers.profile, subscribers.pause, subscribers.resume):
        with pytest.raises(UnknownSubscriberError):
            use(1)


def test_topics_are_followed_and_left(subscribers, active):
    assert subscribers.toggle_topic(1, "sport").subscription.topics == {"sport"}
    assert subscribers.set_topic(1, "science", followed=True).subscription.topics == {"sport", "science"}
    assert subscribers.set_topic(1, "science", followed=True).subscription.topics == {"sport", "science"}
    assert subscribers.toggle_topic(1, "sport").subscription.topics == {"science"}
    assert subscribers.set_topic(1, "sport", followed=False).subscription.topics == {"science"}
    assert subscribers.set_topics(1, ["sport", "gone"]).subscription.topics == {"sport"}
    with pytest.raises(UnknownTopicError):
        subscribers.toggle_topic(1, "gone")


@pytest.mark.parametrize(
    ("at", "next_edition_at"),
    [
        pytest.param(time(10), "2026-03-03T05:00", id="an hour that was past at joining"),
        pytest.param(time(11, 30), "2026-03-03T06:30", id="an hour that has passed since"),
        pytest.param(time(13), "2026-03-02T08:00", id="an hour still to come"),
    ],
)
def test_a_new_hour_counts_from_now_on(subscribers, active, clock, at, next_edition_at):
    clock.now += timedelta(hours=1)  # noon in Almaty
    changed = subscribers.set_time(1, at)
    assert changed.next_edition_at == utc(next_edition_at)
    assert missed_edition_at(changed.subscription, clock()) is None


@pytest.mark.parametrize("wrong", [time(8, 0, 1), time(8, 0, 0, 1), time(8, tzinfo=NOW.tzinfo)])
def test_an_hour_is_of_whole_minutes_and_local(subscribers, active, wrong):
    with pytest.raises(InvalidTimeError):
        subscribers.set_time(1, wrong)


def test_a_new_zone_moves_the_hour(subscribers, active, clock):
    changed = subscribers.set_zone(1, "America/New_York")
    assert changed.next_edition_at == utc("2026-03-02T13:00")
    assert missed_edition_at(changed.subscription, clock()) is None


@pytest.mark.parametrize("wrong", ["", "Nowhere/Atlantis", "../../etc/passwd", "/etc/localtime", "UTC\x00", "Europe"])
def test_a_zone_nobody_knows_is_refused(subscribers, active, wrong):
    with pytest.raises(UnknownZoneError):
        subscribers.set_zone(1, wrong)
    assert subscribers.profile(1).subscription.zone == "Asia/Almaty"


def test_length_and_language_can_be_chosen(subscribers, active):
    assert subscribers.set_minutes(1, 10).subscription.minutes == 10
    assert subscribers.set_language(1, "en").subscriber.language == "en"
    assert subscribers.language(1) == "en"
    with pytest.raises(ValueError, match="not a length"):
        subscribers.set_minutes(1, 1000)


def test_editions_of_a_pause_are_not_made_up_for(subscribers, active, clock):
    assert subscribers.pause(1).next_edition_at is None
    clock.now += timedelta(days=5)
    resumed = subscribers.resume(1)
    assert resumed.next_edition_at == ALMATY_MORNING + timedelta(days=6)
    assert missed_edition_at(resumed.subscription, clock()) is None


def test_resuming_what_was_not_paused_skips_no_edition(subscribers, active, clock):
    clock.now = ALMATY_MORNING + timedelta(days=1)
    assert missed_edition_at(subscribers.resume(1).subscription, clock()) == clock.now


def test_who_moves_or_leaves_is_no_longer_there(subscribers, active):
    subscribers.move(1, -100)
    assert subscribers.profile(-100).subscription.id == active.subscription.id
    subscribers.move(1, -100)
    assert subscribers.language(-100) == "ru"
    subscribers.erase(-100)
    assert subscribers.language(-100) is None


def test_hours_come_and_go_and_one_stays(subscribers, active):
    assert subscribers.toggle_time(1, time(19)).subscription.times == (time(8), time(19))
    assert subscribers.toggle_time(1, time(8)).subscription.times == (time(19),)
    assert subscribers.toggle_time(1, time(19)).subscription.times == (time(19),)
    for hour in range(MOST_TIMES - 1):
        subscribers.toggle_time(1, time(hour))
    with pytest.raises(InvalidTimeError):
        subscribers.toggle_time(1, time(12))


def test_weekends_have_hours_of_their_own_until_they_have_none(subscribers, active):
    assert subscribers.toggle_time(1, time(10), weekend=True).subscription.weekend_times == (time(10),)
    assert subscribers.toggle_time(1, time(10), weekend=True).subscription.weekend_times == ()
    subscribers.toggle_time(1, time(11), weekend=True)
    mine = subscribers.weekend_as_usual(1).subscription
    assert (mine.times, mine.weekend_times) == ((time(8),), ())


def test_days_come_and_go_and_one_stays(subscribers, active):
    assert subscribers.set_days(1, [0, 1]).subscription.days == {0, 1}
    assert subscribers.toggle_day(1, 0).subscription.days == {1}
    assert subscribers.toggle_day(1, 1).subscription.days == {1}
    for wrong in ([], [7], [-1, 2]):
        with pytest.raises(ValueError, match="not days"):
            subscribers.set_days(1, wrong)


def test_a_day_that_is_dropped_brings_nothing_though_it_was_due(subscribers, active, clock):
    clock.now = ALMATY_MORNING + timedelta(days=1, minutes=1)
    today = clock.now.astimezone(ZoneInfo("Asia/Almaty")).weekday()
    mine = subscribers.toggle_day(1, today).subscription
    assert missed_edition_at(mine, clock()) is None


def test_sources_and_words_are_muted_and_heard_again(subscribers, active):
    subscribers.mute(1, "a.example")
    subscribers.exclude(1, " football ")
    mine = subscribers.exclude(1, '"royal family"').subscription
    assert (mine.muted, mine.excluded) == ({"a.example"}, ("football", '"royal family"'))
    assert subscribers.drop_word(1, "excluded", "football").subscription.excluded == ('"royal family"',)
    assert subscribers.mute(1, "a.example", muted=False).subscription.muted == frozenset()
    with pytest.raises(ValueError, match="kind"):
        subscribers.drop_word(1, "topics", "football")


@pytest.mark.parametrize("word", ["", "!!!", "moon AND", "NOT moon"])
def test_a_word_that_can_not_be_read_mutes_nothing(subscribers, active, word):
    with pytest.raises(InvalidTopicError):
        subscribers.exclude(1, word)
    assert subscribers.profile(1).subscription.excluded == ()


def test_what_is_tried_counts_once_it_is_kept(subscribers, active):
    subscribers.try_settings(1)
    tried = subscribers.set_topic(1, "science", followed=True)
    tried = subscribers.set_times(1, [time(7), time(19)])
    tried = subscribers.set_language(1, "kk")
    assert tried.is_trying
    assert (tried.subscription.topics, tried.subscription.times) == ({"science"}, (time(7), time(19)))
    assert subscribers.language(1) == "ru"
    kept = subscribers.keep_tried(1)
    assert not kept.is_trying
    assert (kept.subscription.topics, kept.subscription.times) == ({"science"}, (time(7), time(19)))
    assert subscribers.language(1) == "kk"


def test_hours_that_were_tried_make_no_edition_of_this_morning_due(subscribers, active, clock):
    subscribers.try_settings(1)
    subscribers.set_time(1, time(11))  # it is eleven in Almaty
    clock.now += timedelta(minutes=5)
    assert missed_edition_at(subscribers.keep_tried(1).subscription, clock()) is None


def test_what_is_dropped_or_left_lying_never_counted(subscribers, active, clock):
    subscribers.try_settings(1)
    subscribers.set_minutes(1, 10)
    assert subscribers.drop_tried(1).subscription.minutes == 5
    subscribers.try_settings(1)
    subscribers.set_minutes(1, 10)
    clock.now += TRYING
    assert subscribers.profile(1).subscription.minutes == 5
    with pytest.raises(NothingTriedError):
        subscribers.keep_tried(1)


def test_what_a_reader_mutes_counts_at_once_even_while_trying(subscribers, active):
    subscribers.try_settings(1)
    subscribers.exclude(1, "football")
    assert subscribers.drop_tried(1).subscription.excluded == ("football",)


@pytest.mark.parametrize(
    ("day", "goes_on"),
    [
        pytest.param(date(2026, 3, 3), utc("2026-03-03T03:00"), id="tomorrow"),
        pytest.param(date(2026, 12, 24), utc("2026-12-24T03:00"), id="Christmas Eve"),
    ],
)
def test_a_pause_until_a_day_ends_with_that_days_edition(subscribers, active, clock, day, goes_on):
    subscribers.pause_until(1, day)
    clock.now = goes_on
    assert subscribers.wake() == 1
    mine = subscribers.profile(1).subscription
    assert missed_edition_at(mine, clock()) == goes_on


@pytest.mark.parametrize("day", [date(2026, 3, 2), date(2026, 3, 1), date(2027, 4, 1)])
def test_a_pause_until_a_day_that_is_past_or_too_far_is_none(subscribers, active, day):
    with pytest.raises(ValueError, match="pause"):
        subscribers.pause_until(1, day)


def test_words_that_ring_do_so_from_the_first_of_them_on(subscribers, active, clock):
    first = subscribers.alert(1, "quake").subscription
    assert first.noticed_until == clock()
    clock.now += timedelta(hours=1)
    assert subscribers.alert(1, "flood").subscription.noticed_until == first.noticed_until


def test_only_a_story_that_was_had_can_be_followed(subscribers, active):
    with pytest.raises(UnknownStoryError):
        subscribers.follow_story(1, 5)


@pytest.mark.parametrize(
    ("at", "quiet"),
    [(time(22), True), (time(23, 59), True), (time(6, 59), True), (time(7), False), (time(21, 59), False)],
)
def test_quiet_hours_go_over_midnight(at, quiet):
    assert QuietHours(start=time(22), end=time(7)).holds(at) is quiet
    assert QuietHours(start=time(7), end=time(22)).holds(at) is not quiet


@pytest.mark.parametrize("word", ["the", "и", "және", "a", "5"])
def test_what_stands_in_nearly_everything_is_no_word_of_ones_own(subscribers, active, word):
    for change in (subscribers.exclude, subscribers.include, subscribers.alert):
        with pytest.raises(InvalidTopicError):
            change(1, word)


def test_what_is_wanted_is_unwanted_no_longer_and_the_other_way_round(subscribers, active):
    subscribers.exclude(1, "Rocket")
    mine = subscribers.include(1, "rocket").subscription
    assert (mine.included, mine.excluded) == (("rocket",), ())
    mine = subscribers.alert(1, "rocket").subscription
    assert (mine.alerts, mine.excluded) == (("rocket",), ())
    mine = subscribers.exclude(1, "rocket").subscription
    assert (mine.included, mine.alerts, mine.excluded) == ((), (), ("rocket",))
