from datetime import timedelta

import pytest

from digests.model import Place, SubscriberState


@pytest.fixture
async def group(stage):
    """A group that follows science, with an admin and a member."""
    alice, bob = stage.person("Alice"), stage.person("Bob")
    group = stage.sandbox.group("Newsroom", members=[alice, bob], admins=[alice])
    group.alice, group.bob, group.name = alice, bob, stage.sandbox.bot_username
    await alice.send(f"/start@{group.name}", to=group)
    await group.next_message()
    await alice.press("Science", message=group.last)
    await group.next_message()
    await alice.press(data="ok", message=group.last)
    assert "All set" in (await group.next_message()).text
    return group


async def ask(group, person, text):
    await person.send(text.replace(" ", f"@{group.name} ", 1) if " " in text else f"{text}@{group.name}", to=group)
    return (await group.next_message()).text


@pytest.mark.parametrize("command", ["/start", "/topics", "/settings", "/pause", "/pause 3", "/resume", "/stop"])
async def test_a_member_of_a_group_changes_nothing(stage, group, command):
    before = stage.bot.services.subscribers.profile(group.chat_id)
    assert "Only admins of this group" in await ask(group, group.bob, command)
    assert stage.bot.services.subscribers.profile(group.chat_id) == before


@pytest.mark.parametrize("data", ["t:economy", "h:21:00", "p", "x", "xq", "m:2", "ss:1", "sm:1", "go:settings"])
async def test_a_members_press_changes_nothing(stage, group, data):
    before = stage.bot.services.subscribers.profile(group.chat_id)
    pressed = await group.bob.press(data=data, message=group.last)
    assert "Only admins of this group" in (await pressed.told())
    assert stage.bot.services.subscribers.profile(group.chat_id) == before


async def test_an_admin_of_a_group_changes_what_it_gets(stage, group):
    assert "Settings" in await ask(group, group.alice, "/settings")
    await group.alice.press("Pause", message=group.last)
    await group.next_message()
    await group.alice.press("3 days", message=group.last)
    assert "Paused until" in (await group.next_message()).text


async def test_everybody_reads_and_opens_stories(stage, group):
    stage.publish("Rocket lands on the moon", url="https://agency.example/moon")
    assert "Rocket lands" in await ask(group, group.bob, "/digest")
    await group.bob.press("1", message=group.last)
    assert "Back" in " ".join(button.text for button in (await group.next_message()).buttons)


async def test_who_is_no_longer_an_admin_decides_no_longer(stage, group):
    group.add(group.alice, admin=False)
    assert "Only admins of this group" in await ask(group, group.alice, "/pause")


@pytest.mark.parametrize("heard", [True, False], ids=["told by a message", "found out at delivery"])
async def test_a_group_that_becomes_a_supergroup_loses_nothing(stage, group, clock, heard):
    services, old = stage.bot.services, group.chat_id
    stage.publish("Telescope finds a comet")
    await ask(group, group.bob, "/digest")
    with stage.store.read() as work:
        (story_id,) = work.readers.seen(old)
    services.browsing.save(old, story_id)
    services.places.use_thread(old, "science", 77)
    services.subscribers.set_minutes(old, 10)
    clock.now += timedelta(days=1)
    stage.publish("Rocket lands on the moon")
    clock.now += timedelta(hours=2)
    services.publisher.plan()
    before, kept = services.subscribers.profile(old), services.browsing.saved(old)
    if not heard:
        stage.sandbox._delivery.queue.allow(["callback_query"])
    bigger = group.upgrade()
    if heard:
        await stage.until(lambda: services.subscribers.language(bigger.chat_id))
    await services.publisher.deliver()
    await services.publisher.deliver()
    assert services.subscribers.language(old) is None
    after = services.subscribers.profile(bigger.chat_id)
    assert (after.subscription.topics, after.subscription.minutes) == (before.subscription.topics, 10)
    assert services.browsing.saved(bigger.chat_id) == kept != ()
    assert services.places.place(bigger.chat_id) == Place(threads={"science": 77})
    assert services.places.known(old) is None
    assert services.places.known(bigger.chat_id).keeper_id == group.alice.id
    assert "Rocket lands" in bigger.last.text
    assert len(bigger.from_bot) == 1


async def silenced(stage, group, clock):
    """The group's bot may write no more, and an edition is due."""
    group.limit_bot("can_send_messages")
    clock.now += timedelta(days=1)
    stage.publish("Rocket lands on the moon")
    clock.now += timedelta(hours=2)
    await stage.publish_editions()


async def test_a_group_that_silences_the_bot_is_paused_and_its_admin_is_told_once(stage, group, clock):
    await group.alice.send("/start")
    await group.alice.next_message()
    group.alice.mark()
    await silenced(stage, group, clock)
    warned = await group.alice.wait_for(lambda message: "no right to write" in message.text)
    assert stage.bot.services.subscribers.profile(group.chat_id).subscriber.state is SubscriberState.PAUSED
    clock.now += timedelta(days=1)
    await stage.publish_editions()
    assert sum("no right to write" in message.text for message in group.alice.from_bot) == 1
    group.limit_bot()
    await group.alice.press("Resume", message=warned)
    await group.alice.next_message()
    clock.now += timedelta(days=1)
    await stage.publish_editions()
    assert "Rocket lands" in group.last.text


async def test_where_nobody_can_be_told_the_group_is_paused_and_nothing_breaks(stage, group, clock):
    await silenced(stage, group, clock)
    assert stage.bot.services.subscribers.profile(group.chat_id).subscriber.state is SubscriberState.PAUSED
    assert group.alice.messages == []


async def test_a_command_in_a_silenced_group_is_answered_to_its_admin_privately(stage, group):
    await group.alice.send("/start")
    await group.alice.next_message()
    group.limit_bot("can_send_messages")
    group.alice.mark()
    await group.alice.send(f"/settings@{group.name}", to=group)
    assert "Newsroom" in (await group.alice.wait_for(lambda message: "no right to write" in message.text)).text
    assert stage.bot.services.subscribers.profile(group.chat_id).subscriber.state is SubscriberState.PAUSED


async def test_a_forum_whose_general_is_closed_to_the_bot_is_paused_and_told(stage, clock):
    alice = await stage.reader("science")
    forum = stage.sandbox.group("Newsroom", admins=[alice], forum=True)
    await alice.send(f"/start@{stage.sandbox.bot_username}", to=forum)
    await forum.next_message()
    stage.bot.services.subscribers.set_topics(forum.chat_id, ["science"])
    stage.bot.services.subscribers.resume(forum.chat_id)
    forum.close_thread(1)
    await alice.send("/pause")
    await alice.next_message()
    alice.mark()
    clock.now += timedelta(days=1)
    stage.publish("Rocket lands on the moon")
    clock.now += timedelta(hours=2)
    await stage.publish_editions()
    await alice.wait_for(lambda message: "no right to write" in message.text)
    assert stage.bot.services.subscribers.profile(forum.chat_id).subscriber.state is SubscriberState.PAUSED
