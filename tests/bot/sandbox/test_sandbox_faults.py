import asyncio

import aiohttp
import pytest
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut


def order(faults, kind):
    return {
        "status": lambda: faults.status("sendMessage", 502),
        "garbled": lambda: faults.garbled("sendMessage"),
        "drop_before": lambda: faults.drop_before("sendMessage"),
        "drop_after": lambda: faults.drop_after("sendMessage"),
        "flood": lambda: faults.flood("sendMessage", 7),
    }[kind]()


@pytest.mark.parametrize(
    ("kind", "error", "happened", "status"),
    [
        pytest.param("status", NetworkError, False, 502, id="bad gateway"),
        pytest.param("garbled", TelegramError, True, 200, id="an answer that is no JSON"),
        pytest.param("drop_before", NetworkError, False, 0, id="dropped before"),
        pytest.param("drop_after", NetworkError, True, 0, id="dropped after"),
        pytest.param("flood", RetryAfter, False, 429, id="flood"),
    ],
)
async def test_a_fault_spoils_one_call(sandbox, bot, alice, kind, error, happened, status):
    order(sandbox.faults, kind)
    with pytest.raises(error):
        await bot.send_message(alice.id, "x")
    assert bool(alice.from_bot) is happened
    call = sandbox.journal.of("sendMessage")[-1]
    assert (call.accepted, call.status, call.fault) == (happened, status, kind)
    await bot.send_message(alice.id, "y")
    assert alice.last.text == "y"


async def test_a_slow_answer_is_accepted_at_once(sandbox, bot, alice):
    sandbox.faults.slow("sendMessage", 0.5)
    with pytest.raises(TimedOut):
        await bot.send_message(alice.id, "x", read_timeout=0.1)
    assert alice.last.text == "x"


async def test_faults_by_predicate_and_for_all_time(sandbox, bot, alice):
    bob = sandbox.person("Bob")
    await bob.send("/start")
    sandbox.faults.status(None, 500, times=None, when=lambda _, params: params.get("chat_id") == str(bob.id))
    for _ in range(2):
        with pytest.raises(NetworkError):
            await bot.send_message(bob.id, "x")
    await bot.send_message(alice.id, "x")
    sandbox.faults.clear()
    await bot.send_message(bob.id, "x")


async def test_faults_are_used_up_in_order(sandbox, api, alice):
    sandbox.faults.flood("sendMessage", 3)
    sandbox.faults.status("sendMessage", 503, times=2)
    statuses = [(await api("sendMessage", chat_id=alice.id, text=str(number)))[0] for number in range(4)]
    assert statuses == [429, 503, 503, 200]


async def test_the_journal_shows_decoded_parameters(sandbox, bot, alice):
    await bot.send_message(alice.id, '{"not": "decoded"}', disable_notification=True)
    await bot.set_my_commands([("help", "What I can do")])
    sent, commands = sandbox.journal.of("sendMessage")[-1], sandbox.journal.of("setMyCommands")[-1]
    assert sent.params["text"] == '{"not": "decoded"}'
    assert commands.params["commands"] == [{"command": "help", "description": "What I can do"}]
    assert sandbox.journal.accepted("sendMessage") == [sent]
    sandbox.journal.clear()
    assert len(sandbox.journal) == 0


async def test_a_dropped_connection_answers_nothing(sandbox, api, alice):
    sandbox.faults.drop_before("sendMessage")
    with pytest.raises((aiohttp.ServerDisconnectedError, aiohttp.ClientOSError)):
        await api("sendMessage", chat_id=alice.id, text="x")
    await asyncio.sleep(0)
    assert alice.from_bot == []
