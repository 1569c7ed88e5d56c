"""Ten readers at once, a press that waits, and Telegram's own limits."""

import asyncio
import inspect
import time

import pytest
from telegram import Chat, Message, Update

from bot import limiter
from bot.sandbox import Rules, Sandbox
from bot.updates import PerChatProcessor
from builders import NOW
from stage import on_stage


@pytest.fixture
async def limited(folder, clock):
    """The bot on a Telegram that refuses what comes too fast."""
    async with Sandbox() as sandbox, on_stage(sandbox, folder, clock) as stage:
        stage.add_topics()
        yield stage


async def test_commands_in_a_row_are_all_answered(limited):
    alice = limited.person()
    for _ in range(8):
        await alice.send("/help")
    async with asyncio.timeout(20):
        while len(alice.from_bot) < 8:
            await limited.settle()
    assert limited.sandbox.journal.of("sendMessage")


async def test_ten_readers_join_at_once(limited):
    async def join(number):
        person = limited.person(f"Reader {number}")
        await person.send("/start")
        await person.next_message(timeout=20)
        await person.press("Science")
        await person.next_message(timeout=20)
        await person.press(data="ok")
        return (await person.next_message(timeout=20)).text

    assert all("All set" in text for text in await asyncio.gather(*map(join, range(10))))


async def test_what_waits_for_its_turn_when_the_bot_stops_is_closed():
    processor, turn = PerChatProcessor(), asyncio.Event()
    update = Update(1, message=Message(1, NOW, Chat(7, "private"), text="/help"))

    async def handled():
        await turn.wait()

    first, second = handled(), handled()
    tasks = [asyncio.create_task(processor.do_process_update(update, one)) for one in (first, second)]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert [inspect.getcoroutinestate(one) for one in (first, second)] == [inspect.CORO_CLOSED] * 2


async def test_presses_of_one_chat_keep_no_others_waiting(limited, monkeypatch):
    alice, bob = limited.person("Alice"), limited.person("Bob")
    for person in (alice, bob):
        await person.send("/start")
        await person.next_message()
    subscribers = limited.bot.services.subscribers
    profile = subscribers.profile

    def slow(chat_id, **values):
        if chat_id == alice.id:
            time.sleep(0.2)
        return profile(chat_id, **values)

    monkeypatch.setattr(subscribers, "profile", slow)
    for _ in range(80):
        await alice.press(data="go:topics")
    pressed = await bob.press(data="go:language")
    await pressed.answered(timeout=1.5)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("whatever", "out of date"),
        ("thm", "out of date"),
        ("-1001~p", "no longer in that channel"),
        ("s:1", "not here any more"),
    ],
)
async def test_words_that_come_too_late_for_an_answer_come_as_a_message(limited, monkeypatch, data, words):
    alice = await limited.reader()
    slow_down(limited, monkeypatch)
    pressed = await alice.press(data=data)
    assert (await pressed.answered()).text == ""
    assert words in await pressed.told()


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "garbled", "page", "status"])
async def test_a_press_does_what_it_is_for_although_it_can_not_be_answered(stage, monkeypatch, fault):
    monkeypatch.setattr(limiter, "FAULT_PAUSE", 0.01)
    alice = await stage.reader()
    getattr(stage.sandbox.faults, fault)("answerCallbackQuery", times=limiter.TRIES)
    await alice.press(data="t:economy")
    shown = await alice.next_message()
    assert "✅ Economy" in [button.text for button in shown.buttons], shown.text


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "garbled"])
async def test_a_screen_of_which_nobody_knows_whether_it_was_shown_is_shown(stage, fault):
    alice = await stage.reader()
    getattr(stage.sandbox.faults, fault)("editMessageText")
    await alice.press(data="t:economy")
    shown = await alice.next_message()
    assert "✅ Economy" in [button.text for button in shown.buttons], shown.text
    await alice.send("/help")
    assert "/digest" in (await alice.next_message()).text, "and no word of an error before"


async def test_words_that_could_not_be_said_as_an_answer_come_as_a_message(stage):
    alice = await stage.reader()
    stage.sandbox.faults.drop_before("answerCallbackQuery")
    await alice.press(data="whatever")
    assert "out of date" in (await alice.next_message()).text


async def test_words_to_a_press_that_is_too_old_for_an_answer_come_as_a_message(folder, clock):
    async with Sandbox(rules=Rules(callback_seconds=-1)) as sandbox, on_stage(sandbox, folder, clock) as stage:
        alice = stage.person()
        await alice.send("/start")
        await alice.next_message()
        await alice.press(data="whatever")
        assert "out of date" in (await alice.next_message()).text
        assert sandbox.journal.refused("answerCallbackQuery")


async def test_in_a_group_nobody_else_reads_what_comes_too_late(limited, monkeypatch):
    alice = limited.person("Alice")
    group = limited.sandbox.group("Family", admins=[alice])
    await alice.send(f"/start@{limited.sandbox.bot_username}", to=group)
    shown = await group.next_message()
    slow_down(limited, monkeypatch)
    pressed = await alice.press(data="whatever", message=shown)
    assert (await pressed.answered()).text == ""
    await alice.send(f"/help@{limited.sandbox.bot_username}", to=group)
    await group.next_message()  # which is the answer to that, as one waits for the other
    assert not [message for message in group.messages if "out of date" in message.text]


def slow_down(limited, monkeypatch):
    """What has to be known of a chat's language comes after the patience with presses."""
    language = limited.bot.services.subscribers.language

    def slow(chat_id):
        time.sleep(0.8)
        return language(chat_id)

    monkeypatch.setattr(limited.bot.services.subscribers, "language", slow)
