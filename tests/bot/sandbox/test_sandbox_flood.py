import aiohttp
import pytest

from bot.sandbox import FloodLimits, Sandbox
from bot.sandbox.errors import TooManyRequestsError
from bot.sandbox.flood import Flood


class Timer:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def timer():
    return Timer()


def accepted(flood, chats):
    """How many of the messages pass, one to each of the chats in turn."""
    count = 0
    for chat in chats:
        try:
            flood.check(chat)
        except TooManyRequestsError:
            continue
        flood.spend(chat)
        count += 1
    return count


@pytest.mark.parametrize(
    ("chats", "passed"),
    [
        pytest.param([7] * 20, 5, id="a burst to one person"),
        pytest.param([-7] * 30, 20, id="a minute's share of a group"),
        pytest.param(range(1, 61), 30, id="a second's share of all"),
    ],
)
def test_what_passes_at_once(timer, chats, passed):
    assert accepted(Flood(FloodLimits(), timer), chats) == passed


def test_one_message_a_second_to_one_person_passes_forever(timer):
    flood = Flood(FloodLimits(private_burst=1), timer)
    for _ in range(50):
        assert accepted(flood, [7]) == 1
        timer.now += 1.0


def test_coming_back_too_early_is_refused_for_the_rest(timer):
    flood = Flood(FloodLimits(group_minute=1), timer)
    assert accepted(flood, [-7]) == 1
    pauses = []
    for later in (0.0, 20.5, 39.0):
        timer.now += later
        with pytest.raises(TooManyRequestsError) as refusal:
            flood.check(-7)
        pauses.append(refusal.value.retry_after)
    assert pauses == [60, 40, 1]
    timer.now += 0.5
    flood.check(-7)


def test_a_busy_chat_does_not_hold_up_another(timer):
    flood = Flood(FloodLimits(), timer)
    accepted(flood, [7] * 6)
    flood.check(8)


def test_edits_count_overall_but_not_in_a_private_chat(timer):
    flood = Flood(FloodLimits(private_burst=1, overall=3), timer)
    for _ in range(3):
        flood.check(7, counts_in_chat=False)
        flood.spend(7, counts_in_chat=False)
    with pytest.raises(TooManyRequestsError):
        flood.check(7, counts_in_chat=False)


async def test_the_answer_tells_how_long_to_wait():
    async with (
        Sandbox(flood=FloodLimits(private_burst=1), timer=Timer()) as sandbox,
        aiohttp.ClientSession() as session,
    ):
        alice = sandbox.person("Alice")
        await alice.send("/start")
        url = f"{sandbox.url}/bot{sandbox.token}/sendMessage"
        answers = []
        for _ in range(2):
            async with session.post(url, json={"chat_id": alice.id, "text": "x"}) as answer:
                answers.append((answer.status, answer.headers.get("Retry-After"), await answer.json()))
        assert answers[0][0] == 200
        assert answers[1] == (
            429,
            "1",
            {
                "ok": False,
                "error_code": 429,
                "description": "Too Many Requests: retry after 1",
                "parameters": {"retry_after": 1},
            },
        )
        assert [call.description for call in sandbox.journal.refused()] == ["Too Many Requests: retry after 1"]
