from datetime import time, timedelta
from time import sleep

import pytest

from builders import subscriber, topic
from digests.model import SubscriberState


async def test_a_newcomer_joins_by_buttons_alone(stage):
    alice = stage.person()
    await alice.send("/start")
    assert "What are you interested in?" in (await alice.next_message()).text
    await alice.press("Science")
    assert "✅ Science" in [button.text for button in (await alice.next_message()).buttons]
    await alice.press("Next")
    assert "When shall the digest come?" in (await alice.next_message()).text
    await alice.press("21")
    assert "21:00" in (await alice.next_message()).text
    await alice.press("Next")
    assert "Where are you?" in (await alice.next_message()).text
    await alice.press("Almaty")
    assert "Almaty, where it is 11:00" in (await alice.next_message()).text
    await alice.press("Next")
    assert "How long may a digest be?" in (await alice.next_message()).text
    await alice.press("2 minutes")
    assert "• 2 minutes" in [button.text for button in (await alice.next_message()).buttons]
    await alice.press("Done")
    # 21:00 in Almaty is 16:00 UTC, today.
    assert "The next digest comes Mon 2 Mar, 21:00" in (await alice.next_message()).text
    assert len(alice.from_bot) == 1, "one message, edited in place"


@pytest.mark.parametrize(
    ("language", "greeting", "name"),
    [
        pytest.param("ru", "Что вам интересно?", "Наука", id="Russian"),
        pytest.param("kk", "Сізге не қызық?", "Ғылым", id="Kazakh"),
        pytest.param("pt-br", "What are you interested in?", "Science", id="no catalogue, so English"),
        pytest.param(None, "What are you interested in?", "Science", id="none stated"),
    ],
)
async def test_the_profile_chooses_the_language(stage, language, greeting, name):
    alice = stage.person(language=language)
    await alice.send("/start")
    message = await alice.next_message()
    assert greeting in message.text
    assert any(name in button.text for button in message.buttons)


async def test_nobody_goes_on_without_a_topic(stage):
    alice = stage.person()
    await alice.send("/start")
    await alice.next_message()
    answer = await (await alice.press("Next")).answered()
    assert answer.alert
    assert "at least one topic" in answer.text
    answer = await (await alice.press(data="ok")).answered()
    assert "at least one topic" in answer.text
    assert stage.bot.services.subscribers.profile(alice.id).subscriber.state is SubscriberState.JOINING


async def test_a_link_with_a_topic_follows_it(stage):
    alice = stage.person()
    await alice.start("economy")
    assert "✅ Economy" in [button.text for button in (await alice.next_message()).buttons]


async def test_a_time_and_a_city_can_be_typed(stage):
    alice = await stage.reader()
    await alice.send("7.35")
    assert "07:35" in (await alice.next_message()).text
    await alice.send("нью-йорк")
    assert "New York, where it is 01:00 now" in (await alice.next_message()).text
    mine = stage.bot.services.subscribers.profile(alice.id).subscription
    assert (mine.times[0].isoformat("minutes"), mine.zone) == ("07:35", "America/New_York")


async def test_minutes_are_shifted_by_buttons(stage):
    alice = await stage.reader()
    await alice.press(data="go:time")
    await alice.next_message()
    for label in ("+15", "−1", "−5"):
        await alice.press(label)
        message = await alice.next_message()
    assert "08:09" in message.text


async def test_settings_tell_and_change_everything(stage):
    alice = await stage.reader("science")
    await alice.send("/settings")
    text = (await alice.next_message()).text
    assert all(part in text for part in ("Topics: Science", "Hours: 08:00", "Time zone: UTC", "up to 5 minutes"))
    await alice.press("Length")
    await alice.next_message()
    await alice.press("10 minutes")
    await alice.next_message()
    await alice.press("Back")
    assert "up to 10 minutes" in (await alice.next_message()).text
    await alice.press("Language")
    await alice.next_message()
    await alice.press("Қазақша")
    assert "Баптаулар" in (await alice.next_message()).text


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("t:no-such-topic", id="a topic that is gone"),
        pytest.param("h:25:99", id="no time"),
        pytest.param("h:", id="no value"),
        pytest.param("z:Mars/Olympus", id="no zone"),
        pytest.param("z:posix/Europe/Moscow", id="a file that is no zone's name"),
        pytest.param("z:../../etc/passwd", id="a path for a zone"),
        pytest.param("m:1000", id="a length not on offer"),
        pytest.param("m:٣", id="a digit of another script"),
        pytest.param("ds:", id="no day at all"),
        pytest.param("ds:9", id="a ninth day"),
        pytest.param("dt:7", id="an eighth day"),
        pytest.param("ht:8", id="half a time"),
        pytest.param("pd:1000", id="a pause of years"),
        pytest.param("pd:-1", id="a pause that ended yesterday"),
        pytest.param("l:xx", id="no language"),
        pytest.param("go:nowhere", id="no screen"),
    ],
)
async def test_a_made_up_button_shows_how_things_are(stage, data):
    alice = await stage.reader()
    answer = await (await alice.press(data=data)).answered()
    assert "out of date" in answer.text
    profile = stage.bot.services.subscribers.profile(alice.id)
    assert (profile.subscription.zone, profile.subscription.minutes) == ("UTC", 5)
    assert profile.subscriber == subscriber(alice.id)


async def test_an_unknown_button_is_answered_too(stage):
    alice = await stage.reader()
    assert "out of date" in (await (await alice.press(data="whatever")).told())


async def test_a_button_pressed_twice_is_answered_twice(stage):
    alice = await stage.reader()
    await alice.send("/settings")
    message = await alice.next_message()
    presses = [await alice.press("Hour", message=message) for _ in range(3)]
    for press in presses:
        await press.answered()
    assert not stage.sandbox.journal.of("sendMessage")[-1].params["text"].startswith("Something went wrong")


async def test_strangers_are_asked_to_begin(stage):
    alice = stage.person()
    for command in ("/digest", "/settings", "/pause", "/topics", "08:30"):
        await alice.send(command)
        assert "/start" in (await alice.next_message()).text


async def test_pause_silences_and_resume_brings_the_next_one(stage):
    alice = await stage.reader()
    await alice.send("/pause")
    await alice.next_message()
    stage.publish("A rocket flies")
    stage.clock.now = stage.clock.now.replace(hour=9)
    alice.mark()
    await stage.publish_editions()
    await alice.press("Resume")
    assert "The next digest comes Tue 3 Mar, 08:00" in (await alice.next_message()).text
    stage.clock.now = stage.clock.now.replace(day=3)
    await stage.publish_editions()
    assert "A rocket flies" in (await alice.next_message()).text


async def test_leaving_asks_first_and_erases_everything(stage):
    alice = await stage.reader()
    await alice.send("/stop")
    await alice.next_message()
    await alice.press("erase everything")
    assert "erased" in (await alice.next_message()).text
    with stage.store.read() as work:
        assert work.readers.find(alice.id) is None


async def test_a_reader_who_blocks_is_kept_and_comes_back_as_before(stage):
    alice = await stage.reader("economy", at="21:00")
    alice.block()
    await _until(stage, alice.id, SubscriberState.GONE)
    alice.unblock()
    await _until(stage, alice.id, SubscriberState.ACTIVE)
    mine = stage.bot.services.subscribers.profile(alice.id).subscription
    assert (mine.topics, mine.times[0].hour) == (frozenset({"economy"}), 21)


async def test_a_group_that_becomes_a_supergroup_keeps_its_subscription(stage):
    alice = stage.person()
    group = stage.sandbox.group("Newsroom", members=[alice], admins=[alice])
    await alice.send(f"/start@{stage.sandbox.bot_username}", to=group)
    await group.next_message()
    await alice.press("Economy", message=group.last)
    await group.next_message()
    moved = group.upgrade()
    await _until(stage, moved.chat_id, SubscriberState.JOINING)
    assert stage.bot.services.subscribers.profile(moved.chat_id).subscription.topics == {"economy"}


async def test_help_tells_admins_more(stage):
    alice, admin = stage.person(), stage.admin()
    await alice.send("/help")
    assert "/feeds" not in (await alice.next_message()).text
    await admin.send("/help")
    assert "/feeds" in (await admin.next_message()).text


async def _until(stage, chat_id, state):
    """Wait for what the bot does without a word: all updates handled, then look."""
    for _ in range(200):
        await stage.settle()
        with stage.store.read() as work:
            found = work.readers.find(chat_id)
        if found is not None and found.state is state:
            return
    raise AssertionError(f"never {state}: {found}")


async def test_hours_are_switched_on_and_off_by_buttons(stage):
    alice = await stage.reader()
    await alice.send("/settings")
    await alice.next_message()
    await alice.press("Hours and days")
    assert "Your hours: 08:00" in (await alice.next_message()).text
    pressed = await alice.press("19")
    assert "Next: Mon 2 Mar, 08:00" in (await pressed.answered()).text
    assert "Your hours: 08:00, 19:00" in (await alice.next_message()).text
    await alice.press("• 08")
    assert "Your hours: 19:00" in (await alice.next_message()).text
    await alice.press("• 19")
    await stage.settle()
    assert stage.bot.services.subscribers.profile(alice.id).subscription.times == (time(19),)


async def test_days_and_weekends_have_buttons_of_their_own(stage):
    alice = await stage.reader()
    await alice.press(data="go:days")
    await alice.next_message()
    await alice.press("Mon–Fri")
    assert "08:00 · Mon, Tue, Wed, Thu, Fri" in (await alice.next_message()).text
    await alice.press("▫️ Sat")
    assert "Fri, Sat" in (await alice.next_message()).text
    await alice.press("Weekend hours")
    assert "At the same hours as other days" in (await alice.next_message()).text
    await alice.press("10")
    assert "At 10:00." in (await alice.next_message()).text
    await alice.press("Back")
    assert "08:00 · Mon, Tue, Wed, Thu, Fri, Sat · Sat 10:00" in (await alice.next_message()).text


@pytest.mark.parametrize("asked", ["/pause 3", "pd:3"])
async def test_a_pause_of_some_days_ends_by_itself(stage, asked):
    alice = await stage.reader()
    if asked.startswith("/"):
        assert "Paused until Thu 5 Mar, 06:00" in await answered(alice, asked)
    else:
        await alice.press(data=asked)
        assert "Paused until Thu 5 Mar, 06:00" in (await alice.next_message()).text
    stage.publish("A rocket flies")
    subscribers = stage.bot.services.subscribers
    stage.clock.now += timedelta(days=2, hours=23)
    assert subscribers.wake() == 0
    stage.clock.now += timedelta(hours=1)
    assert subscribers.wake() == 1
    stage.clock.now += timedelta(hours=2)
    alice.mark()
    await stage.publish_editions()
    assert "A rocket flies" in (await alice.next_message()).text
    assert subscribers.wake() == 0


async def answered(person, text):
    await person.send(text)
    return (await person.next_message()).text


async def test_the_end_of_joining_shows_what_a_digest_would_bring(stage):
    stage.publish("A rocket flies")
    stage.publish("A bank opens")
    alice = stage.person("Alice")
    await alice.send("/start")
    await alice.next_message()
    await alice.press("Science")
    await alice.next_message()
    await alice.press(data="ok")
    told = (await alice.next_message()).text
    assert "A digest of now would have 1 story, among them:\n• A rocket flies" in told
    assert "bank" not in told


async def test_settings_show_what_they_would_bring_and_nothing_counts_as_told(stage):
    alice = await stage.reader("science")
    stage.publish("A rocket flies")
    await alice.press(data="pv")
    assert "None of it counts as told" in (await alice.next_message()).text
    shown = await alice.wait_for(lambda message: "A rocket flies" in message.text)
    assert not shown.keyboard
    assert "A rocket flies" in await answered(alice, "/digest")


async def test_topics_are_described_in_a_line(stage):
    with stage.store.begin() as work:
        work.topics.add(topic("sea", "whale", names={"en": "Sea"}, descriptions={"en": "All that swims"}))
    alice = stage.person("Alice")
    await alice.send("/start")
    assert "Sea – All that swims" in (await alice.next_message()).text


async def test_hours_on_offer_are_taken_at_once(stage):
    alice = stage.person()
    await alice.send("/start")
    await alice.next_message()
    await alice.press("Science")
    await alice.next_message()
    await alice.press("Next")
    await alice.next_message()
    await alice.press("08:00, 19:00")
    assert "08:00, 19:00" in (await alice.next_message()).text


async def test_a_newcomer_chooses_the_language_on_the_first_screen(stage):
    alice = stage.person()
    await alice.send("/start")
    await alice.next_message()
    await alice.press("Қазақша")
    assert "Сізге не қызық?" in (await alice.next_message()).text


async def test_many_topics_come_in_pages(stage):
    with stage.store.begin() as work:
        for number in range(30):
            work.topics.add(topic(f"t{number}", f"word{number}", descriptions={"en": f"All about {number}"}))
    alice = stage.person()
    await alice.send("/start")
    first = await alice.next_message()
    assert "1/4" in [button.text for button in first.buttons]
    await alice.press("▸")
    await alice.next_message()
    await alice.press("T10")
    second = await alice.next_message()
    assert "✅ T10" in [button.text for button in second.buttons]
    assert "All about 10" in second.text
    assert "All about 2\n" not in second.text


async def test_a_place_shared_gives_the_zone_and_is_kept_nowhere(stage):
    alice = await stage.reader()
    await alice.press(data="o:zone")
    await alice.next_message()
    await alice.press("Send my location")
    assert "share where you are" in (await alice.next_message()).text
    await alice.send_location(27.7, 85.3)
    assert "Kathmandu" in (await alice.next_message()).text
    assert "Your time zone is Kathmandu" in (await alice.next_message()).text
    assert stage.bot.services.subscribers.profile(alice.id).subscription.zone == "Asia/Kathmandu"


async def settings(alice):
    await alice.send("/settings")
    return await alice.next_message()


async def test_settings_can_be_tried_seen_and_dropped_or_kept(stage):
    alice = await stage.reader("science")
    stage.publish("Rocket lands on the moon", url="https://agency.example/moon")
    stage.publish("Bank lowers price of money", url="https://agency.example/bank")
    await settings(alice)
    await alice.press("Try before it counts")
    assert "nothing here counts until you keep it" in (await alice.next_message()).text
    await alice.press("Topics")
    await alice.next_message()
    await alice.press("Economy")
    assert any("✅ Economy" in button.text for button in (await alice.next_message()).buttons)
    await alice.press("Preview")
    assert "with what you are trying" in (await alice.next_message()).text
    assert "Bank lowers price" in (await alice.next_message()).text
    assert stage.bot.services.publisher.last_told_at(alice.id) is None
    await alice.press("Discard")
    assert "Topics: Science" in (await alice.next_message()).text
    await alice.press("Try before it counts")
    await alice.next_message()
    await alice.press(data="m:2")
    await alice.next_message()
    await alice.press("Keep")
    assert "up to 2 minutes" in (await alice.next_message()).text
    assert "Try before it counts" in " ".join(button.text for button in (await settings(alice)).buttons)


async def test_keeping_what_is_tried_no_longer_is_told(stage):
    alice = await stage.reader("science")
    assert "Nothing is being tried" in (await (await alice.press(data="tk")).told())


async def test_the_preview_is_of_the_latest_edition_as_it_would_have_been(stage):
    alice = await stage.reader("science")
    stage.publish("Rocket lands on the moon", url="https://agency.example/moon")
    stage.clock.now = stage.clock.now.replace(hour=8)
    await stage.publish_editions()
    assert "Rocket lands" in (await alice.next_message()).text
    stage.clock.now = stage.clock.now.replace(hour=9)
    stage.publish("Rocket returns", url="https://agency.example/returns")
    await alice.press(data="pv")
    assert "Your digest of Mon 2 Mar, 08:00" in (await alice.next_message()).text
    shown = (await alice.next_message()).text
    assert "Rocket lands" in shown
    assert "Rocket returns" not in shown


async def test_quiet_hours_are_chosen_or_written_and_editions_come_silently_in_them(stage):
    alice = await stage.reader("science")
    await settings(alice)
    await alice.press("Quiet hours")
    await alice.next_message()
    await alice.press("23:00–07:00")
    assert "Quiet hours: 23:00–07:00" in (await alice.next_message()).text
    await alice.send("07:30-08:30")
    assert "Quiet hours: 07:30–08:30" in (await alice.next_message()).text
    stage.publish("Rocket lands on the moon", url="https://agency.example/moon")
    stage.clock.now = stage.clock.now.replace(hour=8)
    await stage.publish_editions()
    await alice.next_message()
    assert stage.sandbox.journal.accepted("sendMessage")[-1].params["disable_notification"]


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        pytest.param("24 December", "Paused until Thu 24 Dec, 00:00", id="a day"),
        pytest.param("7", "Paused until Mon 9 Mar", id="days"),
        pytest.param("1 March 2026", "can't pause until", id="past"),
        pytest.param("999", "can't pause until", id="too many days"),
        pytest.param("forever", "can't pause until", id="no day"),
    ],
)
async def test_a_pause_ends_when_the_reader_says(stage, given, answer):
    alice = await stage.reader()
    await alice.send(f"/pause {given}")
    assert answer in (await alice.next_message()).text


async def test_a_press_is_answered_in_time_however_busy_the_database_is(stage, monkeypatch):
    alice = await stage.reader()
    profile = stage.bot.services.subscribers.profile

    def slow(chat_id):
        sleep(1.5)
        return profile(chat_id)

    monkeypatch.setattr(stage.bot.services.subscribers, "profile", slow)
    pressed = await alice.press(data="o:topics")
    assert not (await pressed.answered(timeout=1)).text
    assert "Your topics" in (await alice.next_message()).text


async def test_what_is_typed_while_trying_counts_no_more_than_what_is_pressed(stage):
    alice = await stage.reader("science")
    await settings(alice)
    await alice.press("Try before it counts")
    await alice.next_message()
    await alice.send("09:15")
    assert "nothing here counts" in (await alice.next_message()).text
    await alice.send("Tokyo")
    assert "nothing here counts" in (await alice.next_message()).text
    assert "Noted for the trial" in (await (await alice.press(data="m:2")).answered()).text
    await alice.press("Discard")
    while stage.bot.services.subscribers.profile(alice.id).is_trying:
        await stage.settle()
    mine = stage.bot.services.subscribers.profile(alice.id).subscription
    assert (mine.times, mine.zone, mine.minutes) == ((time(8),), "UTC", 5)


async def test_a_link_to_a_topic_counts_even_while_trying(stage):
    alice = await stage.reader("science")
    await alice.press(data="tr:settings")
    await alice.next_message()
    await alice.start("economy")
    await alice.next_message()
    counting = stage.bot.services.subscribers.profile(alice.id, tried=False)
    assert counting.subscription.topics == {"science", "economy"}


async def test_a_trial_that_was_forgotten_decides_no_preview(stage):
    alice = await stage.reader("science")
    stage.publish("Rocket lands on the moon", url="https://agency.example/moon")
    await alice.press(data="tr:topics")
    await alice.next_message()
    await alice.press(data="ta:0")
    await alice.next_message()
    stage.clock.now += timedelta(hours=3)
    await alice.press(data="pv")
    await alice.next_message()
    assert "Rocket lands" in (await alice.next_message()).text


@pytest.mark.parametrize("command", ["/resume", "/pause", "/pause 3"])
async def test_whoever_is_still_joining_has_nothing_to_pause_or_resume(stage, command):
    alice = stage.person()
    await alice.send("/start")
    await alice.next_message()
    await alice.send(command)
    assert "What are you interested in?" in (await alice.next_message()).text
    state = stage.bot.services.subscribers.profile(alice.id).subscriber.state
    assert state is SubscriberState.JOINING


async def test_one_edition_too_many_is_told(stage):
    alice = await stage.reader("science")
    for hour in (9, 10, 11, 12, 13):
        await alice.press(data=f"ht:{hour:02}:00")
        await alice.next_message()
    assert "At most 6 editions" in (await (await alice.press(data="ht:14:00")).told())


async def test_a_group_admin_writes_a_word_or_an_hour_in_answer_to_the_bot(stage):
    alice, bob = stage.person("Alice"), stage.person("Bob")
    group = stage.sandbox.group("Newsroom", members=[alice, bob], admins=[alice])
    await alice.send(f"/start@{stage.sandbox.bot_username}", to=group)
    first = await group.next_message()
    await bob.send("+avalanche", to=group, reply_to=first)
    await alice.send("+avalanche", to=group, reply_to=first)
    assert "avalanche" in (await group.next_message()).text
    await alice.send("07:35", to=group, reply_to=first)
    assert "07:35" in (await group.next_message()).text
    assert stage.bot.services.subscribers.profile(group.chat_id).subscription.included == ("avalanche",)
