"""Processes that stand still and come back to find another in their place, and a database that goes and comes back."""

import asyncio
import os
import random
import signal
import time
from datetime import UTC, datetime
from functools import partial

import psycopg
import pytest

from databases import own_server
from machines import all_read, installation, postgresql, sites
from outside import judge, telegram, until

pytestmark = pytest.mark.bench

QUEUED = 1_200
"""Messages: 40 seconds of them, so that the last outage meets some that wait."""

UNDER_WAY = 100
"""Messages that may be missing at most: on their way in the moment of an outage, of which nobody knows."""


async def begun(server):
    async def has_begun():
        return await server.accepted() > 20

    await until(has_begun, 60, "the first bot sends")


async def told_to_stop(*processes):
    for process in processes:
        assert process.returncode is None, "outages end no process"
        process.send_signal(signal.SIGTERM)
    for process in processes:
        await asyncio.wait_for(process.wait(), 6)
        assert process.returncode == 0


@pytest.mark.parametrize(("seconds", "bots"), [(12, 1), (40, 2)], ids=["shorter than its lease", "longer"])
async def test_a_sender_that_stood_still_sends_nothing_again(tmp_path, seconds, bots):
    async with (
        postgresql(tmp_path) as url,
        telegram(readers=QUEUED, flood=30) as server,
        installation(tmp_path, server.url, url) as bot,
    ):
        bot.fill(queued=QUEUED)
        first = await bot.start("run")

        async def runs():
            return "is running; polling" in bot.log

        async def stands_by():
            return "another process" in bot.log

        await until(runs, 60, "the first bot runs")
        second = await bot.start("run")
        await until(stands_by, 30, "the second bot stands by")
        await begun(server)
        first.send_signal(signal.SIGSTOP)
        assert bot.waiting(), "it stood still in the midst of sending"
        await asyncio.sleep(seconds)
        first.send_signal(signal.SIGCONT)

        async def is_done():
            return not bot.waiting()

        await until(is_done, 120, "all deliveries settled")
        await asyncio.sleep(2)
        calls = await server.ask("calls")
        assert bot.log.count("is running; polling") == bots
        await told_to_stop(first, second)
    verdict = judge(bot.expected, calls)
    print(f"\na sender stood still for {seconds} s; {verdict}")  # noqa: T201
    assert verdict.repeated == []
    assert len(verdict.missing) <= (UNDER_WAY if bots > 1 else 0)


async def test_a_worker_that_stood_still_finds_its_tasks_done_by_another(tmp_path):
    async with (
        postgresql(tmp_path) as url,
        sites(feeds=20, articles=10) as web,
        telegram(readers=1) as server,
        installation(tmp_path, server.url, url, WORKERS="external", FETCH_ALLOW_PRIVATE=web.host) as bot,
    ):
        add_feeds(bot, web)
        run, still = await bot.start("run"), await bot.start("worker")

        async def is_at_work():
            return sum(path.startswith("/page") for path in web.asked) > 20

        await until(is_at_work, 60, "the first worker reads")
        still.send_signal(signal.SIGSTOP)
        assert articles(bot) < 200, "it stood still in the midst of reading"
        other = await bot.start("worker")

        async def is_read():
            return all_read(bot, 200)

        await until(is_read, 120, "the other worker reads the rest")
        still.send_signal(signal.SIGCONT)

        async def both_are_alive():
            with bot.store.read() as work:
                workload = work.tasks.workload()
            return workload.workers == 2 and not workload.under_way

        await until(both_are_alive, 60, "the first worker is back")
        assert articles(bot) == 200
        await told_to_stop(run, still, other)


async def test_a_database_that_throws_everybody_out_again_and_again(tmp_path):
    chance = random.Random(1)
    async with postgresql(tmp_path) as url:

        async def outages():
            for _ in range(8):
                await asyncio.sleep(1 + 3 * chance.random())
                with psycopg.connect(url, autocommit=True) as connection:
                    connection.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                    )

        await survived(tmp_path, url, outages)


async def test_a_database_that_dies_and_comes_back(tmp_path):
    with own_server(tmp_path / "pgdata") as (database, url):

        async def outages():
            for seconds in (3, 25):
                pid = database.get_pid()
                os.kill(pid, signal.SIGQUIT)  # as if the machine had lost its power
                await until(partial(is_gone, pid), 30, "the database is down")
                await asyncio.sleep(seconds)
                await asyncio.to_thread(database.ensure_postgres_running)
                await asyncio.sleep(4)

        await survived(tmp_path, url, outages)


async def survived(folder, url, outages):
    """Two bots and two workers on that database go on after the outages, and repeat nothing."""
    async with (
        sites(feeds=20, articles=10) as web,
        telegram(readers=QUEUED, flood=30) as server,
        installation(folder, server.url, url, WORKERS="external", FETCH_ALLOW_PRIVATE=web.host) as bot,
    ):
        bot.fill(queued=QUEUED)
        add_feeds(bot, web)
        processes = [await bot.start(command) for command in ("run", "run", "worker", "worker")]
        await begun(server)
        await outages()
        assert await server.accepted() < QUEUED, "the last outage came in between"
        bot.store.engine.dispose()
        ended_at = time.monotonic()

        async def is_done():
            return not bot.waiting() and all_read(bot, 201)

        await until(is_done, 240, "everything is read and sent")
        took = time.monotonic() - ended_at
        await asyncio.sleep(2)
        calls = await server.ask("calls")
        await told_to_stop(*processes)
        assert articles(bot) == 201, "of each entry one, and the one that was there"
    verdict = judge(bot.expected, calls)
    print(f"\neverything was read and sent {took:.0f} s after the last outage; {verdict}")  # noqa: T201
    assert verdict.repeated == []
    assert len(verdict.missing) <= UNDER_WAY


def add_feeds(bot, web):
    with bot.store.begin() as work:
        for one in web.feed_urls:
            work.feeds.add(one, title="Agency", site_url="", now=datetime.now(UTC))


def articles(bot):
    with bot.store.read() as work:
        return len(work.articles.story_of(datetime.min.replace(tzinfo=UTC)))


async def is_gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False
