import random
from datetime import time, timedelta

import pytest

from bot.sandbox import GENERAL
from digests.model import Place


@pytest.fixture
async def forum(stage):
    """A forum that follows science and economy, started in General; its bot is a plain member."""
    alice, bob = stage.person("Alice"), stage.person("Bob")
    forum = stage.sandbox.group("Newsroom", members=[bob], admins=[alice], forum=True)
    forum.alice, forum.bob, forum.name = alice, bob, stage.sandbox.bot_username
    await tell(forum, "/start")
    subscribers = stage.bot.services.subscribers
    subscribers.set_topics(forum.chat_id, ["science", "economy"])
    subscribers.set_time(forum.chat_id, time(8))
    subscribers.resume(forum.chat_id)
    return forum


async def tell(forum, command, *, thread=None, person=None):
    await (person or forum.alice).send(f"{command}@{forum.name}", to=forum, thread=thread)
    return await forum.next_message()


async def edition(stage, clock):
    """Two stories, and the next morning."""
    clock.now += timedelta(days=1)
    stage.publish("Rocket lands on the moon")
    stage.publish("Bank raises prices")
    clock.now += timedelta(hours=2)
    await stage.publish_editions()


def said(forum, thread):
    return " ".join(message.text for message in forum.in_thread(thread))


def place(stage, forum):
    return stage.bot.services.places.place(forum.chat_id)


async def make_threads(forum):
    forum.add_bot(forum.alice, admin=True)
    await tell(forum, "/settings")
    await forum.alice.press("Threads", message=forum.last)
    await forum.next_message()
    await forum.alice.press("Make 2 threads", message=forum.last)
    return await forum.wait_for(lambda message: "All topics in one place" in str(message.buttons))


async def test_a_thread_is_made_for_each_topic_and_its_section_goes_there(stage, forum, clock):
    await make_threads(forum)
    assert set(forum.threads) == {"Science", "Economy"}
    await edition(stage, clock)
    science, economy = forum.threads["Science"], forum.threads["Economy"]
    assert "Rocket lands" in said(forum, science)
    assert "Bank raises" not in said(forum, science)
    assert "Bank raises" in said(forum, economy)
    assert "Rocket lands" not in said(forum, None) + said(forum, economy)
    sent = [call.params for call in stage.sandbox.journal.of("sendMessage")[-2:]]
    assert [int(call["message_thread_id"]) for call in sent] == [science, economy]
    assert [message.from_bot for message in forum.in_thread(science)] == [True]
    assert [call["disable_notification"] for call in sent] == ["false", "true"]


async def test_a_story_in_a_thread_opens_there(stage, forum, clock):
    await make_threads(forum)
    await edition(stage, clock)
    message = forum.in_thread(forum.threads["Economy"])[-1]
    await forum.bob.press("1", message=message)
    assert "Back" in str((await forum.next_message()).buttons)
    assert "Bank raises" in said(forum, forum.threads["Economy"])


async def test_without_the_right_it_says_which_and_what_an_admin_can_do(stage, forum):
    text = (await tell(forum, "/thread")).text
    assert "Manage topics" in text
    assert "/thread" in text
    assert "Make" not in str(forum.last.buttons)


async def test_a_right_taken_away_meanwhile_makes_no_thread_and_is_said(stage, forum):
    forum.add_bot(forum.alice, admin=True)
    await tell(forum, "/thread")
    forum.limit_bot("can_manage_topics")
    await forum.alice.press("Make 2 threads", message=forum.last)
    assert "Manage topics" in (await forum.next_message()).text
    assert forum.threads == {}


async def test_an_admin_gives_a_thread_to_a_topic_from_inside_it(stage, forum, clock):
    thread = forum.open_thread("Money")
    await tell(forum, "/thread", thread=thread)
    assert forum.last.extra["message_thread_id"] == thread
    await forum.alice.press("Economy", message=forum.last)
    await forum.next_message()
    assert place(stage, forum) == Place(threads={"economy": thread})
    await edition(stage, clock)
    assert "Bank raises" in said(forum, thread)
    assert "Rocket lands" in said(forum, None)


async def test_a_second_press_takes_the_thread_back(stage, forum):
    thread = forum.open_thread("Money")
    await tell(forum, "/thread", thread=thread)
    for _ in range(2):
        await forum.alice.press("Economy", message=forum.last)
        await forum.next_message()
    assert place(stage, forum) == Place()


async def test_what_has_no_thread_goes_to_where_the_bot_was_started(stage, forum, clock):
    thread = forum.open_thread("Bots")
    await tell(forum, "/start", thread=thread)
    await edition(stage, clock)
    assert "Rocket lands" in said(forum, thread)
    assert "Bank raises" in said(forum, thread)


async def test_all_topics_come_in_one_place_again(stage, forum):
    screen = await make_threads(forum)
    await forum.alice.press("All topics in one place", message=screen)
    await forum.next_message()
    assert place(stage, forum) == Place()


@pytest.mark.parametrize("data", ["th", "thm", "thf", "thu:economy", "thu"])
async def test_a_members_press_changes_no_thread(stage, forum, data):
    await make_threads(forum)
    before = place(stage, forum)
    pressed = await forum.bob.press(data=data, message=forum.last)
    assert "Only admins of this group" in (await pressed.told())
    assert place(stage, forum) == before


@pytest.mark.parametrize("command", ["/digest", "/help", "/settings"])
async def test_an_answer_stays_in_the_thread_of_the_question(stage, forum, command):
    await make_threads(forum)
    stage.publish("Rocket lands on the moon")
    thread = forum.open_thread("Chat")
    await tell(forum, command, thread=thread)
    assert forum.last.extra["message_thread_id"] == thread
    assert len(forum.in_thread(thread)) == 2


@pytest.mark.parametrize("trouble", ["close_thread", "delete_thread"])
async def test_what_a_thread_takes_no_longer_comes_to_the_chat_itself_once(stage, forum, clock, trouble):
    await make_threads(forum)
    thread = forum.threads["Economy"]
    forum.add_bot(forum.alice)
    getattr(forum, trouble)(thread)
    await edition(stage, clock)
    assert len([one for one in forum.in_thread(None) if "Bank raises" in one.text]) == 1
    assert "Rocket lands" in said(forum, forum.threads["Science"])
    assert place(stage, forum) == Place(threads={"science": forum.threads["Science"]})
    before = len(forum.from_bot)
    await stage.publish_editions()
    assert len(forum.from_bot) == before


async def test_a_long_section_leaves_a_closed_thread_whole(stage, forum, clock):
    await make_threads(forum)
    thread = forum.threads["Economy"]
    forum.add_bot(forum.alice)
    forum.delete_thread(thread)
    stage.bot.services.subscribers.set_minutes(forum.chat_id, 10)
    clock.now += timedelta(days=1)
    chance = random.Random(1)
    for _ in range(20):
        words = ["".join(chance.choices("abcdefghij", k=9)) for _ in range(70)]
        stage.publish(f"Bank {words[0]} {words[1]}", f"{' '.join(words)}. End.")
    clock.now += timedelta(hours=2)
    refused = len(stage.sandbox.journal.of("sendMessage"))
    await stage.publish_editions()
    calls = stage.sandbox.journal.of("sendMessage")[refused:]
    assert [call.accepted for call in calls] == [False, True]
    assert "message_thread_id" not in calls[-1].params
    first = forum.last.text
    await forum.bob.press("▸", message=forum.last)
    assert (await forum.next_message()).text != first


async def test_general_is_never_named(stage, forum, clock):
    await edition(stage, clock)
    numbers = [call.params.get("message_thread_id") for call in stage.sandbox.journal.of("sendMessage")]
    assert GENERAL not in numbers
    assert "Rocket lands" in said(forum, None)


async def test_help_tells_of_threads_where_there_are_some(forum):
    assert "/thread" in (await tell(forum, "/help")).text


async def test_a_group_without_threads_says_so(stage):
    alice = stage.person("Alice")
    group = stage.sandbox.group("Newsroom", admins=[alice], supergroup=True)
    group.alice, group.name = alice, stage.sandbox.bot_username
    await tell(group, "/start")
    assert "no threads" in (await tell(group, "/thread")).text
    pressed = await alice.press(data="thm", message=group.last)
    assert "out of date" in (await pressed.told())
