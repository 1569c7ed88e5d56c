import pytest


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
    assert "Only admins of this group" in (await pressed.answered()).text
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
