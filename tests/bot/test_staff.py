from dataclasses import replace

import pytest

from digests.errors import TopicChangedError
from digests.model import Role


@pytest.fixture
async def owner(stage):
    person = stage.admin()
    await person.send("/start")
    await person.next_message()
    return person


async def ask(person, text):
    await person.send(text)
    return await person.next_message()


async def invited(stage, owner, *buttons, name="Ada"):
    """Somebody who has followed a link that the owner made by pressing these buttons."""
    await ask(owner, "/admins")
    for button in buttons:
        await owner.press(button)
        message = await owner.next_message()
    token = message.text.partition("?start=")[2].split()[0]
    person = stage.person(name)
    person.welcome = await ask(person, f"/start {token}")
    person.token = token
    return person


async def test_a_link_makes_an_admin_once(stage, owner):
    ada = await invited(stage, owner, "Admin")
    assert "you are an admin" in ada.welcome.text
    assert "Feeds" in (await ask(ada, "/feeds")).text
    eve = stage.person("Eve")
    assert "used already" in (await ask(eve, f"/start {ada.token}")).text
    assert "Only admins" in (await ask(eve, "/feeds")).text


async def test_an_admin_has_the_commands_in_the_menu_from_then_on(stage, owner):
    ada = await invited(stage, owner, "Admin")

    def menus():
        calls = stage.sandbox.journal.accepted("setMyCommands")
        return [one.params["commands"] for one in calls if one.params["scope"].get("chat_id") == ada.id]

    while len(menus()) < 4:
        await stage.settle()
    assert all({"topic", "feeds", "admins"} <= {one["command"] for one in menu} for menu in menus())


async def test_an_editor_changes_the_topic_given_and_nothing_else(stage, owner):
    ed = await invited(stage, owner, "Editor", "Science", name="Ed")
    assert "an editor of science" in ed.welcome.text
    assert "is changed" in (await ask(ed, "/topic edit science\nwords: +comet")).text
    for forbidden in ("/topic edit economy\nwords: +gold", "/topic add Sport\nwords: ball", "/topic remove economy"):
        assert "may not do that" in (await ask(ed, forbidden)).text
    for forbidden in ("/feeds", "/admins"):
        assert "Only admins" in (await ask(ed, forbidden)).text
    pressed = await ed.press(data="rt:economy")
    assert "Only admins" in (await pressed.answered()).text
    assert {one.topic.slug for one in stage.bot.services.desk.topics()} == {"science", "economy"}


async def test_an_admin_invites_editors_but_no_admins(stage, owner):
    ada = await invited(stage, owner, "Admin")
    message = await ask(ada, "/admins")
    assert [button.text for button in message.buttons] == ["➕ Editor", "📜 Log of changes"]
    pressed = await ada.press(data="ai")
    assert "may not" in (await pressed.answered()).text


async def test_who_is_dismissed_has_no_rights_from_then_on(stage, owner):
    ada = await invited(stage, owner, "Admin")
    await ask(owner, "/admins")
    await owner.press("✕ Ada")
    assert "Ada" not in (await owner.next_message()).text
    assert "Only admins" in (await ask(ada, "/feeds")).text
    assert stage.bot.services.staffing.role(ada.id) is None


@pytest.mark.parametrize("data", ["as", "ai", "ae", "at:science", "ad:5", "lg:0", "le:1.0", "lr:1"])
async def test_a_stranger_presses_in_vain(stage, owner, data, caplog):
    eve = await stage.reader("science", name="Eve")
    await ask(owner, "/topic edit science\nwords: +comet")
    answer = await (await eve.press(data=data)).answered()
    assert answer.alert
    assert "Only admins" in answer.text
    assert f"user {eve.id} was refused" in caplog.text
    assert stage.bot.services.staffing.role(eve.id) is None


async def test_the_log_tells_who_changed_what_and_takes_it_back(stage, owner):
    await ask(owner, "/topic edit science\nwords: +comet")
    await ask(owner, "/admins log")
    await owner.press("1")
    opened = (await owner.next_message()).text
    assert "Admin · changed the topic science" in opened
    assert "words: rocket, telescope → rocket, telescope, comet" in opened
    await owner.press("Take it back")
    assert "(taken back)" in (await owner.next_message()).text
    assert stage.bot.services.desk.topic("science").words == ("rocket", "telescope")
    again = await owner.press(data="lr:1")
    assert "can't be taken back" in (await again.answered()).text


async def test_a_topic_that_was_removed_comes_back_with_its_readers(stage, owner):
    alice = await stage.reader("science")
    await ask(owner, "/topic remove science")
    await owner.press("Yes, remove")
    await owner.next_message()
    assert stage.bot.services.subscribers.profile(alice.id).subscription.topics == set()
    await ask(owner, "/admins log")
    await owner.press("1")
    await owner.next_message()
    await owner.press("Take it back")
    await owner.next_message()
    assert stage.bot.services.subscribers.profile(alice.id).subscription.topics == {"science"}


async def test_of_two_changes_made_from_the_same_topic_the_second_is_told(stage, owner):
    desk = stage.bot.services.desk
    seen = desk.topic("science")
    await ask(owner, "/topic edit science\nwords: +comet")
    with pytest.raises(TopicChangedError):
        await desk.replace_topic(replace(seen, words=("moon",)), expected=seen)
    assert desk.topic("science").words == ("rocket", "telescope", "comet")
    assert stage.bot.services.staffing.role(owner.id) is Role.OWNER
