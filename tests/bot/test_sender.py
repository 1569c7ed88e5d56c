"""What Telegram answers, as the reaction it asks for."""

from datetime import timedelta

import pytest
from telegram.ext import ExtBot

from bot.limiter import TurnLimiter
from bot.pace import Pace
from bot.render import write_keyboard
from bot.request import AiohttpRequest
from bot.sender import TelegramSender
from digests.errors import (
    ChatMovedError,
    DeliveryDelayedError,
    DeliveryRefusedError,
    DeliveryUnknownError,
    SubscriberGoneError,
    ThreadGoneError,
    WritingBarredError,
)
from digests.model import Part

HELLO = Part(text="<b>Hello</b>")


@pytest.fixture
async def sender(sandbox):
    request = AiohttpRequest(connections=8, read_timeout=0.5, connect_timeout=0.5)
    pace = Pace()
    bot = ExtBot(sandbox.token, f"{sandbox.url}/bot", request=request, rate_limiter=TurnLimiter(pace))
    async with bot:
        yield TelegramSender(bot, pace)


@pytest.fixture
async def alice(sandbox):
    alice = sandbox.person("Alice")
    await alice.send("/start")
    return alice


async def test_a_message_arrives_with_its_buttons_and_without_previews(sender, alice, sandbox):
    await sender.send(alice.id, Part(text="<b>Hello</b>", keyboard=write_keyboard([[("Press", "p")]]), silent=True))
    assert (alice.last.html, alice.last.buttons[0].data) == ("<b>Hello</b>", "p")
    params = sandbox.journal.of("sendMessage")[-1].params
    assert params["link_preview_options"] == {"is_disabled": True}
    assert params["disable_notification"]


async def test_a_reader_who_blocked_the_bot_is_gone(sender, alice):
    alice.block()
    with pytest.raises(SubscriberGoneError):
        await sender.send(alice.id, HELLO)


async def test_a_reader_who_deleted_the_account_is_gone(sender, alice):
    alice.deactivate()
    with pytest.raises(SubscriberGoneError):
        await sender.send(alice.id, HELLO)


async def test_somebody_who_never_came_is_gone(sender, sandbox):
    with pytest.raises(SubscriberGoneError):
        await sender.send(4711, HELLO)


async def test_a_group_that_threw_the_bot_out_is_gone(sender, sandbox, alice):
    group = sandbox.group("Newsroom", members=[alice], admins=[alice])
    group.kick_bot(alice)
    with pytest.raises(SubscriberGoneError):
        await sender.send(group.chat_id, HELLO)


async def test_a_group_that_became_a_supergroup_has_another_number(sender, sandbox, alice):
    group = sandbox.group("Newsroom", members=[alice], admins=[alice])
    moved = group.upgrade()
    with pytest.raises(ChatMovedError) as caught:
        await sender.send(group.chat_id, HELLO)
    assert caught.value.new_chat_id == moved.chat_id


async def test_a_channel_that_threw_the_bot_out_is_gone(sender, sandbox, alice):
    channel = sandbox.channel("Wire", owner=alice)
    channel.kick_bot(alice)
    with pytest.raises(SubscriberGoneError):
        await sender.send(channel.chat_id, HELLO)


@pytest.mark.parametrize(
    "text",
    [
        "Bad Request: not enough rights to send text messages to the chat",
        "Bad Request: need administrator rights in the channel chat",
        "Bad Request: CHAT_WRITE_FORBIDDEN",
    ],
)
async def test_a_chat_where_the_bot_may_not_write_is_paused(sender, alice, sandbox, text):
    sandbox.faults.status("sendMessage", 400, text=text)
    with pytest.raises(WritingBarredError):
        await sender.send(alice.id, HELLO)


async def test_a_thread_that_was_deleted_is_left(sender, sandbox, alice):
    group = sandbox.group("Newsroom", members=[alice], admins=[alice], forum=True)
    with pytest.raises(ThreadGoneError) as caught:
        await sender.send(group.chat_id, Part(text="Hello", thread=77))
    assert caught.value.thread == 77


async def test_a_text_whose_markup_is_refused_arrives_as_plain_text_with_its_links_and_buttons(sender, alice):
    text = '<b>Heading</b>\n\n<a href="https://agency.example/1">A &lt;story&gt;</a><b>'
    await sender.send(alice.id, Part(text=text, keyboard=write_keyboard([[("Press", "p")]])))
    assert alice.last.text == "Heading\n\nA <story> (https://agency.example/1)"
    assert alice.last.buttons[0].data == "p"


async def test_a_text_that_is_too_long_arrives_whole_in_several_messages(sender, alice):
    words = [f"word{number}" for number in range(900)]
    number = await sender.send(alice.id, Part(text=" ".join(words), keyboard=write_keyboard([[("Press", "p")]])))
    texts = [message.text for message in alice.from_bot]
    assert " ".join(texts).split() == words
    assert (alice.last.id, alice.last.buttons[0].data) == (number, "p")


async def test_of_a_text_in_several_messages_that_breaks_off_nothing_comes_twice(sender, alice, sandbox):
    calls = []
    sandbox.faults.status("sendMessage", 502, when=lambda *call: calls.append(call) or len(calls) == 3)
    with pytest.raises(DeliveryUnknownError):
        await sender.send(alice.id, Part(text="word " * 1000))
    assert len(alice.from_bot) == 1


async def test_a_message_whose_buttons_are_refused_arrives_without_them(sender, alice):
    await sender.send(alice.id, Part(text="<b>Hello</b>", keyboard=write_keyboard([[("Press", "p" * 65)]])))
    assert (alice.last.html, alice.last.buttons) == ("<b>Hello</b>", ())


async def test_a_message_that_will_never_do_is_refused(sender, alice):
    with pytest.raises(DeliveryRefusedError):
        await sender.send(alice.id, Part(text=" "))


async def test_flood_control_says_when(sender, alice, sandbox):
    sandbox.faults.flood("sendMessage", 7)
    with pytest.raises(DeliveryDelayedError) as caught:
        await sender.send(alice.id, HELLO)
    assert caught.value.retry_in == timedelta(seconds=7)


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "garbled"])
async def test_without_an_answer_nobody_knows(sender, alice, sandbox, fault):
    getattr(sandbox.faults, fault)("sendMessage")
    with pytest.raises(DeliveryUnknownError):
        await sender.send(alice.id, HELLO)


async def test_an_answer_too_late_is_none(sender, alice, sandbox):
    sandbox.faults.slow("sendMessage", 2)
    with pytest.raises(DeliveryUnknownError):
        await sender.send(alice.id, HELLO)


async def test_a_server_that_is_not_there_got_nothing_so_it_can_be_tried_again(sandbox, sender, alice):
    number = alice.id
    await sandbox.stop()
    with pytest.raises(DeliveryDelayedError):
        await sender.send(number, HELLO)


async def test_a_server_that_says_it_failed_is_tried_again(sender, alice, sandbox):
    sandbox.faults.status("sendMessage", 502)
    with pytest.raises(DeliveryDelayedError):
        await sender.send(alice.id, HELLO)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 413, 429, 500, 502, 503])
async def test_a_page_of_a_proxy_is_no_word_of_telegram_s(sender, alice, sandbox, status):
    sandbox.faults.page("sendMessage", status)
    with pytest.raises(DeliveryDelayedError):
        await sender.send(alice.id, HELLO)
    await sender.send(alice.id, HELLO)
    assert len(alice.from_bot) == 1


@pytest.mark.parametrize("status", [200, 504])
async def test_a_page_in_place_of_an_answer_says_nothing_of_what_became_of_the_message(sender, alice, sandbox, status):
    sandbox.faults.page("sendMessage", status)
    with pytest.raises(DeliveryUnknownError):
        await sender.send(alice.id, HELLO)


@pytest.mark.parametrize("status", [401, 404, 409])
async def test_a_token_that_is_doubted_for_once_costs_nobody_the_message(sender, alice, sandbox, status):
    sandbox.faults.status("sendMessage", status)
    with pytest.raises(DeliveryDelayedError):
        await sender.send(alice.id, HELLO)
