"""The real process, killed at random instants while Telegram fails at random: judged by Telegram's journal alone."""

import asyncio
import random
import signal
import sys
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from bot.sandbox import TOKEN
from outside import installation, judge, kill, telegram, until

FAULTS = {
    "status": 0.03,
    "page": 0.02,
    "flood": 0.02,
    "drop_before": 0.02,
    "drop_after": 0.02,
    "garbled": 0.02,
    "slow": 0.01,
}
"""Kind of fault -> the share of calls, of every method."""

LONG = {"kills": 40, "planned": 150, "queued": 100, "editions": 4}
RUNS = "is running"
"""In the log of a bot that has begun."""

SHORT = {"kills": 2, "planned": 30, "queued": 15, "editions": 1}


async def battered(folder, database_url, *, seed, kills, planned, queued, editions, faults, calm=False):
    """Start the bot, kill it, and so on; then let it finish. What the journal says of that."""
    chance = random.Random(seed)
    async with telegram(readers=planned + queued, flood=30, faults=faults, seed=seed) as server:
        bot = installation(folder, database_url, server.url)
        bot.fill(planned=planned, queued=queued, parts=3, editions=editions)
        for _ in range(kills):
            before = await server.accepted()
            process = await bot.start()
            if chance.random() < 0.8:

                async def has_begun(before=before):
                    return await server.accepted() > before or not bot.waiting()

                await until(has_begun, 60, "a message after a start")
                await asyncio.sleep(chance.random() * 1.5)
            else:
                await asyncio.sleep(chance.random() * 4)
            kill(process)
            await process.wait()
        if calm:
            await server.ask("calm")
        runs = bot.log.count(RUNS)
        process = await bot.start()

        async def is_done():  # perhaps there was nothing left to do; then it is not told to stop before it listens
            return bot.log.count(RUNS) > runs and not bot.waiting()

        await until(is_done, 300, "all deliveries settled")
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), 5)
        assert process.returncode == 0
        calls = await server.ask("calls")
        assert TOKEN not in bot.log
        bot.store.close()
        return judge(bot.expected, calls), calls, bot.expected


def assert_nothing_lost(verdict, kills):
    """At most one part for each crash, and for each call of which nobody knows what became of it."""
    assert len(verdict.unexplained) + len(verdict.repeated) <= kills, str(verdict)
    assert len(verdict.missing) <= kills + verdict.unknown, str(verdict)


def whole_editions_lost(verdict, expected):
    """Editions of several parts of which nothing arrived."""
    missing = set(verdict.missing)
    editions = {(chat, text.rpartition(", part")[0]) for chat, text in expected if ", part" in text}
    return [one for one in editions if all((one[0], f"{one[1]}, part {number}") in missing for number in range(3))]


async def test_a_bot_killed_at_random_while_telegram_fails_at_random_loses_and_repeats_nothing(tmp_path, database_url):
    verdict, _, expected = await battered(tmp_path, database_url, seed=7, faults=FAULTS, calm=True, **SHORT)
    assert_nothing_lost(verdict, SHORT["kills"])
    assert whole_editions_lost(verdict, expected) == []


async def test_a_bot_told_to_stop_finishes_the_messages_on_their_way_and_leaves_within_five_seconds(
    tmp_path, database_url
):
    async with telegram(readers=90, faults={"slow": 1.0}) as server:
        bot = installation(tmp_path, database_url, server.url)
        bot.fill(queued=90)
        process = await bot.start()

        async def has_begun():
            return await server.accepted() > 10

        await until(has_begun, 60, "a message")
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), 5)
        assert process.returncode == 0
        with bot.store.begin() as work:
            assert work.outbox.forget_in_flight() == 0, "every message on its way was waited for"
        accepted = await server.accepted()
        assert accepted < 90, "none was begun any more"
        await server.ask("calm")
        process = await bot.start()

        async def is_done():
            return not bot.waiting()

        await until(is_done, 60, "all deliveries settled")
        kill(process)
        await process.wait()
        verdict = judge(bot.expected, await server.ask("calls"))
        assert (verdict.missing, verdict.repeated) == ([], [])


async def test_a_bot_told_to_stop_leaves_within_five_seconds_although_telegram_does_not_answer(
    tmp_path, database_url, unused_tcp_port
):
    bot = installation(tmp_path, database_url, f"http://127.0.0.1:{unused_tcp_port}")
    async with silent_server(unused_tcp_port) as is_asked:
        process = await bot.start()
        await asyncio.wait_for(is_asked.wait(), 60)
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), 5)
        assert process.returncode == 0


async def test_a_bot_told_to_stop_while_a_feed_does_not_answer_leaves_without_a_word_of_error(
    tmp_path, database_url, unused_tcp_port
):
    own = f"127.0.0.1:{unused_tcp_port}"
    async with telegram(readers=1) as server, silent_server(unused_tcp_port) as is_asked:
        bot = installation(tmp_path, database_url, server.url, FETCH_ALLOW_PRIVATE=own)
        bot.fill(planned=1)
        with bot.store.begin() as work:
            work.feeds.add(f"http://{own}/feed", title="", site_url="", now=datetime.now(UTC))
        process = await bot.start()
        await asyncio.wait_for(is_asked.wait(), 60)
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), 5)
        assert process.returncode == 0
        told = (tmp_path / "log").read_text(encoding="utf-8")
        assert "stopping" in told
        assert "ERROR" not in told
        bot.store.close()


HELD = """
import asyncio, time
from bot.running import told_to_stop

async def main():
    stop = told_to_stop()
    held = asyncio.get_running_loop().run_in_executor(None, time.sleep, 60)
    print("ready", flush=True)
    await stop.wait()

asyncio.run(main())
"""


async def test_a_process_told_to_stop_is_gone_within_five_seconds_although_a_thread_works_on():
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", HELD, stdout=asyncio.subprocess.PIPE)
    assert await asyncio.wait_for(process.stdout.readline(), 60) == b"ready\n"
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 5) == 0


@asynccontextmanager
async def silent_server(port):
    """Takes connections and never answers. Gives the event of the first one."""
    is_asked = asyncio.Event()

    async def stay_silent(reader, writer):
        is_asked.set()
        await reader.read()  # until whoever asked goes away
        writer.close()

    async with await asyncio.start_server(stay_silent, "127.0.0.1", port):
        yield is_asked


async def test_two_bots_on_one_database_send_nothing_twice_and_one_says_so(tmp_path, database_url):
    async with telegram(readers=60, flood=30) as server:
        bot = installation(tmp_path, database_url, server.url)
        bot.fill(planned=40, queued=20)
        both = [await bot.start() for _ in range(2)]

        async def is_done():
            return not bot.waiting() and "another process" in bot.log

        await until(is_done, 60, "all deliveries settled")
        for process in both:
            process.send_signal(signal.SIGTERM)
        for process in both:
            await asyncio.wait_for(process.wait(), 5)
        verdict = judge(bot.expected, await server.ask("calls"))
        assert (verdict.missing, verdict.repeated) == ([], [])
        assert bot.log.count("another process") == 1


@pytest.mark.bench
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("faults", [pytest.param({}, id="no faults"), pytest.param(FAULTS, id="faults")])
async def test_through_hundreds_of_editions(tmp_path, database_url, seed, faults):
    verdict, calls, expected = await battered(tmp_path, database_url, seed=seed, faults=faults, **LONG)
    refused = sum(call["status"] == 429 and call["fault"] != "flood" for call in calls)
    print(  # noqa: T201
        f"\n{LONG['kills']} kills, {len(expected)} messages of {LONG['planned'] + LONG['queued'] * LONG['editions']} "
        f"editions, {len(calls)} calls: {verdict}; {refused} refused by flood control"
    )
    assert_nothing_lost(verdict, LONG["kills"])
    assert whole_editions_lost(verdict, expected) == []
