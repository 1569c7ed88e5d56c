import random
from datetime import timedelta

import pytest

from bot.callbacks import Press, addressed, read
from digests.errors import UnknownSubscriberError
from digests.model import SubscriberState


@pytest.fixture
async def owner(stage):
    """A reader of economy at 21:00, who owns a channel that the bot is not in yet."""
    return await stage.reader("economy", at="21:00", name="Olga")


@pytest.fixture
async def channel(stage, owner):
    """The channel, with the bot its administrator and not set up."""
    channel = stage.sandbox.channel("City <news>", owner=owner, bot=False)
    owner.mark()
    channel.add_bot(owner, admin=True)
    await owner.wait_for(lambda message: "I can post" in message.text)
    return channel


@pytest.fixture
async def set_up(stage, owner, channel):
    """The channel follows science at eight."""
    await owner.press("Set it up")
    await owner.next_message()
    for button in ("Science", "Next", "Next", "Next", "Done"):
        await owner.press(button, message=owner.last)
        await owner.next_message()
    return channel


def profile(stage, chat):
    return stage.bot.services.subscribers.profile(chat.chat_id)


async def noted(stage, chat):
    """The bot has heard that it was let in."""
    await stage.until(lambda: stage.bot.services.places.known(chat.chat_id))
    await stage.settle()


async def edition(stage, clock, title="Rocket lands on the moon"):
    clock.now += timedelta(days=1)
    stage.publish(title)
    clock.now += timedelta(hours=2)
    await stage.publish_editions()


async def test_who_makes_the_bot_an_admin_is_asked_to_set_the_channel_up(stage, owner, channel):
    assert "City <news>" in owner.last.text
    assert [button.text for button in owner.last.buttons] == ["⚙️ Set it up"]
    await owner.press("Set it up")
    assert (await owner.next_message()).text.startswith("📢 City <news>\n")
    assert profile(stage, channel).subscription.topics == frozenset()


async def test_who_never_pressed_start_can_not_be_written_to_and_nothing_breaks(stage):
    stranger = stage.person("Stranger")
    channel = stage.sandbox.channel("Quiet news", owner=stranger)
    await noted(stage, channel)
    assert stranger.messages == []
    await stranger.send("/channels")
    await stranger.wait_for(lambda message: "Quiet news" in str(message.buttons))
    assert channel.messages == []


async def test_a_channel_gets_its_own_topics_and_its_admin_keeps_theirs(stage, owner, set_up):
    assert profile(stage, set_up).subscription.topics == {"science"}
    assert profile(stage, set_up).subscriber.state is SubscriberState.ACTIVE
    assert profile(stage, owner).subscription.topics == {"economy"}
    await owner.press("Settings", message=owner.last)
    await owner.next_message()
    await owner.press("Length", message=owner.last)
    await owner.next_message()
    await owner.press("10 minutes", message=owner.last)
    await owner.next_message()
    assert profile(stage, set_up).subscription.minutes == 10
    assert profile(stage, owner).subscription.minutes == 5


async def test_posts_of_a_channel_have_no_buttons_and_no_sender(stage, set_up, clock):
    await edition(stage, clock)
    (post,) = set_up.messages
    assert "Rocket lands" in post.text
    assert post.buttons == ()


async def test_a_long_digest_is_posted_whole_since_nobody_turns_pages_there(stage, set_up, clock):
    stage.bot.services.subscribers.set_minutes(set_up.chat_id, 10)
    clock.now += timedelta(days=1)
    chance = random.Random(1)
    for _ in range(20):
        words = ["".join(chance.choices("abcdefghij", k=9)) for _ in range(70)]
        stage.publish(f"Rocket {words[0]} {words[1]}", f"{' '.join(words)}. End.")
    clock.now += timedelta(hours=2)
    await stage.publish_editions()
    posts = set_up.messages
    assert len(posts) > 1
    assert [post.buttons for post in posts] == [()] * len(posts)
    with stage.store.read() as work:
        assert len(work.readers.seen(set_up.chat_id)) == sum(post.text.count("Agency · ") for post in posts)


async def test_what_only_a_person_has_is_not_asked_for_a_channel(stage, owner, set_up):
    await owner.press(data=f"{set_up.chat_id}~go:zone", message=owner.last)
    shown = await owner.next_message()
    assert not [button for button in shown.buttons if button.data.endswith("~lo")]
    pressed = await owner.press(data=f"{set_up.chat_id}~lo", message=shown)
    assert "out of date" in (await pressed.told())


async def test_settings_lead_to_the_channels_of_their_admin_alone(stage, owner, set_up):
    await owner.send("/settings")
    await owner.next_message()
    await owner.press("Channels and groups", message=owner.last)
    assert [button.text for button in (await owner.next_message()).buttons] == ["📢 City <news>"]
    await owner.press("City", message=owner.last)
    shown = await owner.next_message()
    assert shown.text.startswith("📢 City <news>\n")
    assert "Science" in shown.text
    alice = await stage.reader("science", name="Alice")
    await alice.send("/settings")
    assert "Channels" not in str((await alice.next_message()).buttons)


async def test_a_new_admin_finds_the_channel_after_a_while(stage, set_up, clock):
    bob = await stage.reader("science", name="Bob")
    set_up.add(bob, admin=True)
    clock.now += timedelta(minutes=11)
    await bob.send("/channels")
    await bob.next_message()
    await bob.press("City", message=bob.last)
    assert "Settings" in (await bob.next_message()).text


@pytest.mark.parametrize("data", ["go:settings", "t:economy", "h:21:00", "p", "d", "x", "xq", "su", "m:2", "l:ru"])
async def test_who_is_no_admin_of_the_channel_changes_nothing(stage, set_up, data):
    before = profile(stage, set_up)
    mallory = await stage.reader("science", name="Mallory")
    pressed = await mallory.press(data=f"{set_up.chat_id}~{data}", message=mallory.last)
    assert "Only admins" in (await pressed.told())
    assert profile(stage, set_up) == before
    assert set_up.messages == []


async def test_who_was_an_admin_decides_no_longer(stage, owner, set_up):
    bob = await stage.reader("science", name="Bob")
    set_up.add(bob, admin=True)
    shown = bob.last
    pressed = await bob.press(data=f"{set_up.chat_id}~go:settings", message=shown)
    assert (await pressed.answered()).text == ""
    set_up.add(bob, admin=False)
    pressed = await bob.press(data=f"{set_up.chat_id}~p", message=shown)
    assert "Only admins" in (await pressed.told())
    assert profile(stage, set_up).subscriber.state is SubscriberState.ACTIVE


async def test_another_persons_private_chat_is_no_target(stage, owner, set_up):
    alice = await stage.reader("science", name="Alice")
    pressed = await owner.press(data=f"{alice.id}~p", message=owner.last)
    await pressed.answered()
    pressed = await owner.press(data=f"-{alice.id}~p", message=owner.last)
    assert "no longer in that channel" in (await pressed.told())
    assert profile(stage, alice).subscriber.state is SubscriberState.ACTIVE


async def test_buttons_for_a_channel_work_in_the_private_chat_alone(stage, owner, set_up):
    group = stage.sandbox.group("Family", admins=[owner])
    await owner.send(f"/start@{stage.sandbox.bot_username}", to=group)
    shown = await group.next_message()
    pressed = await owner.press(data=f"{set_up.chat_id}~p", message=shown)
    assert "out of date" in (await pressed.told())
    assert profile(stage, set_up).subscriber.state is SubscriberState.ACTIVE


async def test_a_digest_now_is_posted_and_reported(stage, owner, set_up):
    stage.publish("Rocket lands on the moon")
    await owner.press("Digest now", message=owner.last)
    assert (await owner.next_message()).text == "✅ Posted in City <news>."
    assert "Rocket lands" in set_up.messages[-1].text
    assert set_up.messages[-1].buttons == ()
    await owner.press(data=f"{set_up.chat_id}~d", message=owner.last)
    assert "Nothing new" in (await owner.next_message()).text
    assert len(set_up.messages) == 1


async def test_a_preview_stays_private(stage, owner, set_up):
    stage.publish("Rocket lands on the moon")
    await owner.press(data=f"{set_up.chat_id}~pv", message=owner.last)
    await owner.wait_for(lambda message: "Rocket lands" in message.text)
    assert set_up.messages == []


async def test_a_right_taken_away_pauses_the_channel_and_is_said_and_nothing_is_lost(stage, owner, set_up, clock):
    owner.mark()
    set_up.limit_bot("can_post_messages")
    warned = await owner.wait_for(lambda message: "Post messages" in message.text)
    assert profile(stage, set_up).subscriber.state is SubscriberState.PAUSED
    await edition(stage, clock)
    assert set_up.messages == []
    owner.mark()
    set_up.limit_bot()
    await owner.wait_for(lambda message: "I can post" in message.text)
    await owner.press("Resume", message=warned)
    await owner.wait_for(lambda message: "The next digest comes" in message.text)
    clock.now += timedelta(days=1)
    await stage.publish_editions()
    assert "Rocket lands" in set_up.messages[-1].text


async def test_a_right_found_lacking_at_delivery_pauses_and_is_said_once(stage, owner, set_up, clock):
    owner.mark()
    set_up.limit_bot("can_post_messages", told=False)
    await edition(stage, clock)
    await owner.wait_for(lambda message: "Post messages" in message.text)
    assert profile(stage, set_up).subscriber.state is SubscriberState.PAUSED
    await edition(stage, clock, "Telescope finds a comet")
    assert sum("Post messages" in message.text for message in owner.from_bot) == 1
    set_up.limit_bot(told=False)
    stage.bot.services.subscribers.resume(set_up.chat_id)
    clock.now += timedelta(days=1)
    await stage.publish_editions()
    assert "Rocket lands" in set_up.messages[-1].text
    assert "Telescope finds" in set_up.messages[-1].text


async def test_a_post_that_is_refused_is_not_called_posted(stage, owner, set_up):
    stage.publish("Rocket lands on the moon")
    set_up.limit_bot("can_post_messages", told=False)
    await owner.press("Digest now", message=owner.last)
    await owner.wait_for(lambda message: "did not arrive" in message.text)
    assert not any("Posted" in message.text for message in owner.from_bot)


async def test_thrown_out_and_let_in_again_it_goes_on_as_before(stage, owner, set_up, clock):
    before = profile(stage, set_up).subscription.topics
    set_up.kick_bot(owner)
    await edition(stage, clock)
    assert profile(stage, set_up).subscriber.state is SubscriberState.GONE
    pressed = await owner.press(data=f"{set_up.chat_id}~go:settings", message=owner.last)
    assert "no longer in that channel" in (await pressed.told())
    owner.mark()
    set_up.add_bot(owner, admin=True)
    await owner.wait_for(lambda message: "I can post" in message.text)
    assert profile(stage, set_up).subscriber.state is SubscriberState.ACTIVE
    assert profile(stage, set_up).subscription.topics == before
    await edition(stage, clock, "Telescope finds a comet")
    assert "Rocket lands" in set_up.messages[-1].text


async def test_everything_about_a_channel_is_erased_after_a_question(stage, owner, set_up):
    await owner.press(data=f"{set_up.chat_id}~go:settings", message=owner.last)
    await owner.next_message()
    await owner.press("erase", message=owner.last)
    assert "City <news>" in (await owner.next_message()).text
    await owner.press("Yes", message=owner.last)
    assert "erased" in (await owner.next_message()).text
    with pytest.raises(UnknownSubscriberError):
        profile(stage, set_up)
    assert profile(stage, owner).subscription.topics == {"economy"}


async def test_a_group_is_set_up_from_the_private_chat_too(stage, owner):
    group = stage.sandbox.group("Family", admins=[owner])
    await noted(stage, group)
    await owner.send("/channels")
    assert [button.text for button in (await owner.next_message()).buttons] == ["👥 Family"]
    await owner.press("Family", message=owner.last)
    await owner.next_message()
    await owner.press("Science", message=owner.last)
    await owner.next_message()
    assert profile(stage, group).subscription.topics == {"science"}


def test_a_button_names_the_chat_it_acts_on():
    press = Press("t", "science", target=-1002000000001)
    assert read(press.data()) == press
    assert read(addressed("t:science", -1002000000001)) == press
    assert addressed(press.data(), -5) == press.data()
    assert addressed("ch", -5) == "ch"
    assert read("5~t:x").target is None


def test_the_longest_buttons_still_fit_with_a_chat_in_front():
    for data in (f"t:{'s' * 32}", "z:America/Argentina/ComodRivadavia"):
        assert read(addressed(data, -1009999999999)).target == -1009999999999
