"""Turns to send. Time is the event loop's own, so that these tests take a few seconds in all."""

import asyncio
import itertools
from itertools import pairwise

import pytest
from telegram.error import BadRequest, NetworkError, RetryAfter

from bot.limiter import HAS_TURN, TurnLimiter
from bot.pace import BETWEEN_TO_GROUP, BETWEEN_TO_PERSON, UNANSWERED, Pace, Urgency


def now():
    return asyncio.get_running_loop().time()


async def times_of(pace, urgency, chats, *, answer_after=0.0):
    """When turns were given. answer_after: seconds from one to the end of its call."""
    taken = []

    async def one(chat_id):
        await pace.turn(chat_id, urgency)
        await pace.leave(chat_id)
        taken.append(now())
        if answer_after:
            await asyncio.sleep(answer_after)
        pace.ended(chat_id)

    await asyncio.gather(*map(one, chats))
    return taken


def most_in_a_second(times):
    return max(sum(start <= one < start + 1 for one in times) for start in times)


async def test_no_second_has_more_messages_than_telegram_takes():
    taken = await times_of(Pace(20), Urgency.EDITION, range(1, 61))
    assert most_in_a_second(taken) == 20


async def test_turns_are_evenly_apart():
    taken = await times_of(Pace(20), Urgency.EDITION, range(1, 31))
    assert max(later - earlier for earlier, later in pairwise(taken)) < 0.5


async def test_calls_that_may_have_arrived_late_count_from_then_on():
    pace, chats = Pace(20), itertools.count(1)
    await times_of(pace, Urgency.EDITION, [next(chats) for _ in range(20)])
    counted = []

    async def late(chat_id):
        await pace.turn(chat_id, Urgency.EDITION)
        await pace.leave(chat_id)
        await asyncio.sleep(0.4)  # the last moment at which Telegram can have counted it
        counted.append(now())
        pace.ended(chat_id)

    async def prompt(chat_id):
        await pace.turn(chat_id, Urgency.EDITION)
        await pace.leave(chat_id)
        counted.append(now())
        pace.ended(chat_id)

    await asyncio.gather(*((late if number < 5 else prompt)(next(chats)) for number in range(45)))
    assert most_in_a_second(counted) <= 20


async def test_many_calls_that_wait_for_each_other_are_counted_when_they_end():
    pace, chats, counted = Pace(200), itertools.count(1), []

    async def call(seconds):
        chat_id = next(chats)
        await pace.turn(chat_id, Urgency.EDITION)
        await pace.leave(chat_id)
        await asyncio.sleep(seconds)  # all of it before it is counted
        counted.append(now())
        pace.ended(chat_id)

    await asyncio.gather(*(call(0.1 if number < 300 else 0) for number in range(500)))
    assert most_in_a_second(counted) <= 200


async def test_a_message_that_was_long_in_getting_ready_leaves_no_sooner_than_the_second_has_room():
    pace, left = Pace(20), []

    async def one(chat_id, delay):
        await pace.turn(chat_id, Urgency.EDITION)
        await asyncio.sleep(delay)
        await pace.leave(chat_id)
        left.append(now())
        pace.ended(chat_id)

    await asyncio.gather(*(one(number, 0.6 if number % 20 < 10 else 0.0) for number in range(1, 61)))
    assert most_in_a_second(left) <= 20


async def test_calls_without_answers_hold_up_the_others_for_a_while_only():
    pace, begun = Pace(20), now()
    for chat_id in range(1, 21):
        await pace.turn(chat_id, Urgency.EDITION)
        await pace.leave(chat_id)
    (other,) = await times_of(pace, Urgency.EDITION, [99])
    assert UNANSWERED <= other - begun < UNANSWERED + 2


async def test_a_group_gets_twenty_a_minute_answers_among_them(monkeypatch):
    monkeypatch.setattr("bot.pace.MINUTE", 1.5)
    pace = Pace(1000)
    taken = await times_of(pace, Urgency.ANSWER, [-7] * 21 + [8])
    assert max(taken) - taken[0] >= 1.5
    assert sorted(taken)[-2] - taken[0] < 1.0


async def test_the_more_urgent_goes_first():
    pace, order = Pace(5), []

    async def one(chat_id, urgency):
        await pace.turn(chat_id, urgency)
        await pace.leave(chat_id)
        order.append(urgency)
        pace.ended(chat_id)

    await asyncio.gather(*(one(chat_id, Urgency.BROADCAST) for chat_id in range(5)))
    kinds = [Urgency.BROADCAST, Urgency.EDITION, Urgency.ANSWER]
    await asyncio.gather(*(one(chat_id, kind) for chat_id, kind in enumerate(kinds, 10)))
    assert order[5:] == [Urgency.ANSWER, Urgency.EDITION, Urgency.BROADCAST]


@pytest.mark.parametrize(("chat_id", "between"), [(7, BETWEEN_TO_PERSON), (-7, BETWEEN_TO_GROUP)])
async def test_editions_to_one_chat_are_apart(chat_id, between):
    first, second = await times_of(Pace(), Urgency.EDITION, [chat_id, chat_id])
    assert second - first >= between - 0.01


async def test_answers_do_not_wait_for_their_chat():
    first, second = await times_of(Pace(), Urgency.ANSWER, [7, 7])
    assert second - first < 0.5


async def test_a_chat_that_was_refused_waits_alone():
    pace, begun = Pace(), now()
    pace.refused(7, 0.4)
    (other,) = await times_of(pace, Urgency.EDITION, [8])
    (refused,) = await times_of(pace, Urgency.EDITION, [7])
    assert other - begun < 0.2
    assert refused - begun >= 0.4


async def test_where_several_chats_are_refused_all_wait():
    pace, begun = Pace(), now()
    pace.refused(7, 0.4)
    pace.refused(8, 0.4)
    (other,) = await times_of(pace, Urgency.ANSWER, [9])
    assert other - begun >= 0.4


async def test_who_gave_up_waiting_takes_no_turn():
    pace = Pace(1)
    await pace.turn(1, Urgency.EDITION)
    await pace.leave(1)
    pace.ended(1)
    waiting = asyncio.create_task(pace.turn(2, Urgency.EDITION))
    await asyncio.sleep(0)
    waiting.cancel()
    begun = now()
    await pace.turn(3, Urgency.EDITION)
    assert now() - begun < 1.2


async def test_a_turn_that_no_message_followed_is_forgotten(monkeypatch):
    monkeypatch.setattr("bot.pace.ABANDONED", 0.05)
    pace = Pace(1000)
    await pace.turn(-7, Urgency.ANSWER)  # and then there is nothing to be sent
    await asyncio.sleep(0.1)
    await times_of(pace, Urgency.ANSWER, [-7])
    assert pace._calls == {}


class Endpoint:
    """A call to Telegram with scripted outcomes."""

    def __init__(self, *outcomes):
        self.outcomes = list(outcomes)
        self.calls = 0

    async def __call__(self):
        self.calls += 1
        outcome = self.outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


async def ask(endpoint, name="sendMessage", mark=None):
    limiter = TurnLimiter(Pace())
    return await limiter.process_request(endpoint, (), {}, name, {"chat_id": 7}, mark)


async def test_an_answer_that_is_refused_comes_after_the_pause():
    endpoint = Endpoint(RetryAfter(0), "sent")
    assert await ask(endpoint) == "sent"


async def test_a_fault_of_telegram_is_tried_again():
    assert await ask(Endpoint(NetworkError("Bad Gateway"), "sent")) == "sent"


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(BadRequest("can't parse entities"), id="of ours"),
        pytest.param(RetryAfter(600), id="a pause that nobody waits for"),
    ],
)
async def test_what_would_not_help_is_not_tried_again(error):
    endpoint = Endpoint(error)
    with pytest.raises(type(error)):
        await ask(endpoint)
    assert endpoint.calls == 1


async def test_what_may_have_arrived_is_not_sent_again():
    lost = NetworkError("connection lost")
    lost.__cause__ = OSError()
    with pytest.raises(NetworkError):
        await ask(Endpoint(lost))


async def test_what_is_the_same_when_done_twice_is_asked_again_without_an_answer():
    lost = NetworkError("connection lost")
    lost.__cause__ = OSError()
    assert await ask(Endpoint(lost, True), "setMyCommands") is True


@pytest.mark.parametrize(("name", "mark"), [("sendMessage", HAS_TURN), ("getUpdates", None)])
async def test_some_calls_are_left_to_others(name, mark):
    endpoint = Endpoint(RetryAfter(0))
    with pytest.raises(RetryAfter):
        await ask(endpoint, name, mark)
