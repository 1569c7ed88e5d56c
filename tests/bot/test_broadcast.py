from datetime import timedelta

import pytest
from telegram import Chat, Message, MessageEntity

from bot import limiter
from bot.handlers import broadcast
from bot.handlers.broadcast import written_text
from builders import NOW, subscriber, subscription
from digests.model import Actor


def message(text, *entities):
    """A message as Telegram hands it over."""
    return Message(1, NOW, Chat(1, "private"), text=text, entities=entities)


@pytest.fixture
async def admin(stage):
    person = stage.admin()
    await person.send("/help")
    await person.next_message()
    return person


async def agreed(stage, name):
    person = await stage.reader("science", name=name)
    await person.press("Messages from the admins")
    await person.next_message()
    assert stage.bot.services.subscribers.profile(person.id).subscription.announcements
    return person


async def asked(admin, text="Hello, <b>readers</b>"):
    """The question whether to send it, below what readers will see."""
    await admin.send(f"/broadcast {text}")
    shown = await admin.next_message()
    return shown, await admin.next_message()


async def told(stage, person):
    await stage.bot.services.publisher.deliver(broadcasts=True)
    return person.last.text


async def test_who_agrees_is_told_what_to(stage):
    alice = await stage.reader("science", name="Alice")
    pressed = await alice.press("Messages from the admins")
    assert "You get messages" in (await pressed.answered()).text


async def test_only_readers_who_agreed_get_it(stage, admin):
    alice, bob = await agreed(stage, "Alice"), await stage.reader("science", name="Bob")
    shown, question = await asked(admin, "Hello & welcome")
    assert shown.text == "Hello & welcome"
    assert "1 reader who agreed" in question.text
    await admin.press("Send to 1")
    await alice.wait_for(lambda message: message.text == "Hello & welcome")
    assert "Hello & welcome" not in [message.text for message in bob.from_bot]
    await admin.wait_for(lambda message: "1 of 1 sent" in message.text)


async def test_its_progress_is_told_until_it_is_over(stage, admin):
    await agreed(stage, "Alice")
    await asked(admin)
    await admin.press("Send to 1")
    done = await admin.wait_for(lambda message: "Done" in message.text, timeout=8)
    assert "▰▰▰▰▰▰▰▰▰▰" in done.text
    await admin.send("/broadcast")
    assert "Done" in (await admin.next_message()).text


async def test_its_end_is_told_although_telegram_can_not_be_reached_then(stage, admin, monkeypatch):
    monkeypatch.setattr(limiter, "FAULT_PAUSE", 0.01)
    monkeypatch.setattr(broadcast, "BETWEEN_LOOKS", timedelta(seconds=0.1))
    await agreed(stage, "Alice")
    await asked(admin)
    stage.sandbox.faults.drop_before(
        "editMessageText", times=limiter.TRIES + 1, when=lambda _method, params: "Done" in params["text"]
    )
    await admin.press("Send to 1")
    await admin.wait_for(lambda message: "Done" in message.text, timeout=8)


async def test_pressed_twice_it_is_sent_once(stage, admin):
    alice = await agreed(stage, "Alice")
    _, question = await asked(admin, "Hello")
    await admin.press("Send to 1", message=question)
    await admin.wait_for(lambda message: "1 of 1" in message.text, timeout=8)
    again = await admin.press(data=question.buttons[0].data, message=question)
    assert "no longer open" in (await again.told())
    await stage.bot.services.publisher.deliver(broadcasts=True)
    assert [message.text for message in alice.from_bot].count("Hello") == 1


async def test_what_is_stopped_goes_to_nobody_more(stage, admin):
    alice = await agreed(stage, "Alice")
    services = stage.bot.services
    progress = services.broadcasting.begin(Actor(user_id=admin.id, name="Admin"), "Hello")
    assert (progress.readers, progress.waiting) == (1, 1)
    await admin.send("/broadcast")
    await admin.next_message()
    await admin.press("Stop")
    assert "Stopped" in (await admin.next_message()).text
    assert "Hello" not in await told(stage, alice)
    assert services.broadcasting.progress(progress.id).is_over


async def test_a_restart_goes_on_with_it_and_repeats_nothing(stage, admin):
    alice = await agreed(stage, "Alice")
    stage.bot.services.broadcasting.begin(Actor(user_id=admin.id, name="Admin"), "Hello")
    assert await told(stage, alice) == "Hello"
    await told(stage, alice)
    assert [message.text for message in alice.from_bot].count("Hello") == 1


async def test_it_is_no_edition_and_keeps_none_from_coming(stage, admin):
    alice = await agreed(stage, "Alice")
    stage.bot.services.broadcasting.begin(Actor(user_id=admin.id, name="Admin"), "Hello")
    await told(stage, alice)
    assert stage.bot.services.publisher.last_told_at(alice.id) is None
    stage.clock.now += timedelta(minutes=1)
    await alice.send("/missed")
    assert "None yet" in (await alice.next_message()).text


@pytest.mark.parametrize("text", ["", " ", "\n"])
async def test_without_words_it_tells_how_to_write_one(stage, admin, text):
    await admin.send(f"/broadcast{text}")
    assert "no broadcast yet" in (await admin.next_message()).text


async def test_where_nobody_agreed_that_is_told(stage, admin):
    await stage.reader("science")
    await admin.send("/broadcast Hello")
    await admin.next_message()
    assert "Nobody has agreed" in (await admin.next_message()).text


async def test_a_reader_writes_to_nobody(stage):
    eve = await agreed(stage, "Eve")
    await eve.send("/broadcast Hello")
    assert "Only admins" in (await eve.next_message()).text
    for data in ("bg:x", "bs:1", "bc:1"):
        assert "Only admins" in (await (await eve.press(data=data)).told())


async def test_whoever_began_it_can_stop_it_while_it_is_sent(stage, admin):
    for number in range(40):
        await agreed(stage, f"Reader {number}")
    _, question = await asked(admin, "Hello")
    await admin.press("Send to 40", message=question)
    await admin.wait_for(lambda message: "of 40 sent" in message.text)
    await admin.press("Stop")
    stopped = await admin.wait_for(lambda message: "Stopped" in message.text)
    assert "40 of 40" not in stopped.text


def test_what_is_stopped_while_it_is_queued_is_queued_for_nobody_more(stage, monkeypatch):
    monkeypatch.setattr("digests.broadcasting.AT_A_TIME", 1)
    broadcasting = stage.bot.services.broadcasting
    with stage.store.begin() as work:
        for chat_id in (1, 2, 3):
            work.readers.save(subscriber(chat_id), now=stage.clock())
            work.readers.add_subscription(subscription(chat_id=chat_id, topics=(), announcements=True))
        broadcast_id = work.broadcasts.add("Hello", user_id=5, now=stage.clock())
        assert work.broadcasts.queue(broadcast_id, limit=1)
    assert not broadcasting.progress(broadcast_id).is_over, "a standstill came before all were queued"
    assert broadcasting.resume() == 1
    assert broadcasting.progress(broadcast_id).readers == 3
    with stage.store.begin() as work:
        second = work.broadcasts.add("Hello again", user_id=5, now=stage.clock() + timedelta(seconds=1))
        work.broadcasts.queue(second, limit=1)
    broadcasting.cancel(second)
    assert broadcasting.resume() == 0
    assert broadcasting.progress(second).readers == 1


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("/broadcast Hello & welcome", "Hello &amp; welcome", id="plain"),
        pytest.param("/broadcast\nHello", "Hello", id="on the next line"),
        pytest.param("/broadcast   ", "", id="nothing"),
        pytest.param("/broadcast", "", id="the command alone"),
    ],
)
def test_what_stands_behind_the_command_is_sent(text, html):
    assert written_text(message(text)) == html


@pytest.mark.parametrize(("offset", "length"), [(0, 16), (11, 5), (0, 200)])
def test_markup_that_begins_at_the_command_ends_where_the_text_does(offset, length):
    said = message("/broadcast Hello", MessageEntity("bold", offset, min(length, 16 - offset)))
    assert written_text(said) == "<b>Hello</b>"
