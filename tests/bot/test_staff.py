from dataclasses import replace

import pytest

from builders import topic
from digests.errors import TopicChangedError
from digests.model import Actor, Role


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
    assert "Only admins" in (await pressed.told())
    assert {one.topic.slug for one in stage.bot.services.desk.topics()} == {"science", "economy"}


async def test_an_admin_invites_editors_but_no_admins(stage, owner):
    ada = await invited(stage, owner, "Admin")
    message = await ask(ada, "/admins")
    assert [button.text for button in message.buttons] == ["➕ Editor", "📜 Log of changes"]
    pressed = await ada.press(data="ai")
    assert "may not" in (await pressed.told())


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
    assert "can't be taken back" in (await again.told())


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


async def test_what_staff_ask_for_is_nothing_for_the_others_of_a_group(stage, owner):
    group = stage.sandbox.group("Newsroom", members=[owner], admins=[owner])
    name = stage.sandbox.bot_username
    for command in ("admin", "admins", "topic", "feeds", "stats", "broadcast"):
        await owner.send(f"/{command}@{name}", to=group)
    await owner.send(f"/help@{name}", to=group)
    told = (await group.next_message()).text
    assert "/digest" in told
    assert len(group.from_bot) == 1
    pressed = await owner.press(data="ai", message=group.last)
    assert (await pressed.answered()).alert


async def test_links_of_whoever_was_dismissed_lead_nowhere(stage, owner):
    ada = await invited(stage, owner, "Admin")
    await ask(ada, "/admins")
    for button in ("Editor", "Science"):
        await ada.press(button)
        message = await ada.next_message()
    token = message.text.partition("?start=")[2].split()[0]
    stage.bot.services.staffing.dismiss(Actor(user_id=owner.id, name="Admin"), ada.id)
    assert "used already" in (await ask(ada, f"/start {token}")).text
    assert stage.bot.services.staffing.role(ada.id) is None


async def test_an_editor_names_feeds_that_are_followed_and_adds_none(stage, owner):
    ed = await invited(stage, owner, "Editor", "Science", name="Ed")
    told = (await ask(ed, "/topic edit science\nfeeds: https://evil.example/feed")).text
    assert "may not do that" in told
    assert stage.bot.services.desk.feeds() == ()


async def test_an_editor_may_think_better_of_it(stage, owner):
    ed = await invited(stage, owner, "Editor", "Science", name="Ed")
    await ask(ed, "/topic remove science")
    await ed.press("Cancel")
    assert "Nothing was changed" in (await ed.next_message()).text


async def test_a_topic_that_was_added_taken_back_and_brought_back_has_its_readers_and_its_place(stage, owner):
    await ask(owner, "/topic add Sea\nwords: whale")
    await ask(owner, "/topic add Sky\nwords: cloud")
    alice = await stage.reader("sea")
    desk, by = stage.bot.services.desk, Actor(user_id=owner.id, name="Admin")
    (added,) = [one for one in stage.bot.services.staffing.log() if one.subject == "sea"]
    await desk.revert(added.id, by=by)
    assert stage.bot.services.subscribers.profile(alice.id).subscription.topics == set()
    (removed, *_) = stage.bot.services.staffing.log()
    await desk.revert(removed.id, by=by)
    assert stage.bot.services.subscribers.profile(alice.id).subscription.topics == {"sea"}
    assert [one.topic.slug for one in desk.topics()] == ["science", "economy", "sea", "sky"]


async def test_an_editor_may_have_any_of_many_topics(stage, owner):
    with stage.store.begin() as work:
        for number in range(50):
            work.topics.add(topic(f"t{number}", f"word{number}"))
    await ask(owner, "/admins")
    await owner.press("Editor")
    await owner.next_message()
    for _ in range(2):
        await owner.press("▸")
        await owner.next_message()
    await owner.press("T49")
    assert "editor of t49" in (await owner.next_message()).text
