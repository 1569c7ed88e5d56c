"""What Telegram answers, as the reaction it asks for."""

from datetime import timedelta

import pytest
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.limiter import TurnLimiter
from bot.pace import Pace
from bot.render import write_keyboard
from bot.sender import TelegramSender
from digests.errors import (
    ChatMovedError,
    DeliveryDelayedError,
    DeliveryRefusedError,
    DeliveryUnknownError,
    SubscriberGoneError,
)
from digests.model import Part

HELLO = Part(text="<b>Hello</b>")


@pytest.fixture
async def sender(sandbox):
    request = HTTPXRequest(read_timeout=0.5, connect_timeout=0.5)
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


@pytest.mark.parametrize(
    "text", [pytest.param("<b>Hello", id="broken markup"), pytest.param("x" * 5000, id="too long")]
)
async def test_a_message_that_will_never_do_is_refused(sender, alice, text):
    with pytest.raises(DeliveryRefusedError):
        await sender.send(alice.id, Part(text=text))


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
