import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest

from digests.errors import HttpStatusError
from digests.gather.turns import OWN, STRANGERS, Pace, Turns

MOMENT = timedelta(seconds=0.05)
EVER = timedelta(hours=1)


def pace(*, at_once=1, apart=timedelta(), silence=EVER, asleep=0):
    return Pace(at_once=at_once, apart=apart, silence=silence, asleep=asleep)


class Host:
    """Requests to one host, each answered when `answer` is set.

    most: under way at once. begun: when, by the loop's clock.
    """

    def __init__(self, turns, name="agency.example"):
        self.turns, self.name = turns, name
        self.answer = asyncio.Event()
        self.begun, self.under_way, self.most = [], 0, 0

    async def ask(self, at_pace):
        async with self.turns.of(self.name, at_pace):
            self.begun.append(asyncio.get_running_loop().time())
            self.under_way += 1
            self.most = max(self.most, self.under_way)
            await self.answer.wait()
            self.under_way -= 1

    def all(self, count, at_pace):
        return asyncio.gather(*(self.ask(at_pace) for _ in range(count)))


@pytest.fixture
def turns():
    return Turns()


async def test_a_host_is_asked_no_more_at_once_than_it_bears(turns):
    host = Host(turns)
    asking = host.all(7, pace(at_once=2))
    await asyncio.sleep(0.01)
    assert host.under_way == 2
    host.answer.set()
    await asking
    assert (len(host.begun), host.most) == (7, 2)


async def test_requests_to_a_host_begin_apart(turns):
    host = Host(turns)
    host.answer.set()
    await host.all(4, pace(apart=MOMENT))
    gaps = [later - earlier for earlier, later in zip(host.begun, host.begun[1:], strict=False)]
    assert min(gaps) > 0.9 * MOMENT.total_seconds()


async def test_the_distance_is_kept_from_requests_that_are_over(turns):
    host = Host(turns)
    host.answer.set()
    await host.ask(pace(apart=MOMENT))
    await host.ask(pace(apart=MOMENT))
    assert host.begun[1] - host.begun[0] > 0.9 * MOMENT.total_seconds()


async def test_no_host_waits_for_another(turns):
    slow, quick = Host(turns, "slow.example"), Host(turns, "quick.example")
    asking = slow.all(3, pace())
    quick.answer.set()
    await asyncio.wait_for(quick.all(3, pace()), 5)
    slow.answer.set()
    await asking


async def test_a_request_that_sleeps_lets_others_go_ahead_up_to_a_bound(turns):
    host = Host(turns)
    asking = host.all(6, pace(silence=MOMENT / 5, asleep=2))
    await asyncio.sleep(0.2)
    assert host.under_way == 3
    host.answer.set()
    await asking
    assert (len(host.begun), host.most) == (6, 3)


async def test_who_gives_up_waiting_keeps_nobody_from_a_turn(turns):
    host = Host(turns)
    asking = host.all(1, pace())
    waiting = asyncio.create_task(host.ask(pace()))
    await asyncio.sleep(0.01)
    waiting.cancel()
    host.answer.set()
    await asking
    await asyncio.wait_for(host.ask(pace()), 5)


async def test_a_request_that_fails_gives_its_turn_back(turns):
    with pytest.raises(OSError, match="down"):
        async with turns.of("agency.example", pace()):
            raise OSError("down")
    async with AsyncExitStack() as stack:
        await asyncio.wait_for(stack.enter_async_context(turns.of("agency.example", pace())), 5)


async def test_hosts_are_forgotten_when_they_have_nothing_to_do(turns):
    host = Host(turns)
    host.answer.set()
    await host.all(3, pace(apart=MOMENT / 5))
    await asyncio.sleep(0.1)
    assert turns._hosts == {}


# --- pauses that hosts ask for ---------------------------------------------------------------------------------------


async def test_a_host_that_asks_for_a_pause_gives_no_turn_before(turns):
    host, other = Host(turns), Host(turns, "other.example")
    for each in (host, other):
        each.answer.set()
    turns.pause(host.name, pace(), lasts=MOMENT, status=429)
    began_at = asyncio.get_running_loop().time()
    await asyncio.gather(host.all(2, pace()), other.ask(pace()))
    assert other.begun[0] - began_at < MOMENT.total_seconds() / 2
    assert min(host.begun) - began_at > 0.9 * MOMENT.total_seconds()


async def test_a_long_pause_is_not_waited_for(turns):
    turns.pause("agency.example", pace(), lasts=EVER, status=503)
    with pytest.raises(HttpStatusError) as refused:
        await asyncio.wait_for(Host(turns).ask(pace()), 5)
    assert refused.value.status == 503
    assert EVER - timedelta(seconds=5) < refused.value.retry_in <= EVER


async def test_no_pause_is_longer_than_a_host_may_ask_for(turns):
    turns.pause("agency.example", STRANGERS, lasts=timedelta(days=7), status=429)
    with pytest.raises(HttpStatusError) as refused:
        turns.check("agency.example")
    assert refused.value.retry_in <= STRANGERS.longest_pause


async def test_a_host_of_the_operators_own_answers_for_one_request_alone(turns):
    turns.pause("bridge.example", OWN, lasts=EVER, status=429)
    host = Host(turns, "bridge.example")
    host.answer.set()
    await asyncio.wait_for(host.ask(OWN), 5)


@pytest.mark.parametrize("waits_for", ["an answer", "its moment"])
async def test_who_waits_already_heeds_a_pause_too(turns, waits_for):
    host = Host(turns)
    own = pace(apart=MOMENT) if waits_for == "its moment" else pace()
    if waits_for == "its moment":
        host.answer.set()
    asking = host.all(3, own)
    await asyncio.sleep(0.01)
    turns.pause(host.name, own, lasts=EVER, status=429)
    host.answer.set()
    with pytest.raises(HttpStatusError):
        await asyncio.wait_for(asking, 5)
    await asyncio.sleep(0.2)
    assert (len(host.begun), host.under_way) == (1, 0)


async def test_a_shorter_pause_does_not_end_a_longer_one(turns):
    turns.pause("agency.example", pace(), lasts=EVER, status=503)
    turns.pause("agency.example", pace(), lasts=MOMENT, status=429)
    await asyncio.sleep(2 * MOMENT.total_seconds())
    with pytest.raises(HttpStatusError):
        turns.check("agency.example")


async def test_a_pause_that_is_over_is_forgotten(turns):
    turns.pause("agency.example", pace(), lasts=MOMENT / 5, status=429)
    assert turns._hosts
    await asyncio.sleep(0.1)
    turns.check("agency.example")
    assert turns._hosts == {}


async def test_moments_keep_the_distance_and_wait_for_no_answer(turns):
    host = Host(turns)
    own = pace(apart=MOMENT)
    asking = host.all(1, own)
    await asyncio.sleep(0.01)
    for number in (1, 2):
        await asyncio.wait_for(turns.moment(host.name, own), 5)
        assert asyncio.get_running_loop().time() - host.begun[0] > 0.9 * number * MOMENT.total_seconds()
    assert host.under_way == 1
    host.answer.set()
    await asking


async def test_a_long_pause_gives_no_moment_either(turns):
    turns.pause("agency.example", pace(), lasts=EVER, status=429)
    with pytest.raises(HttpStatusError):
        await asyncio.wait_for(turns.moment("agency.example", pace()), 5)
