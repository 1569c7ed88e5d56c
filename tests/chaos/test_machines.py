"""Several processes on one PostgreSQL, as on several machines: workers and bots killed at random, and one cut off."""

import asyncio
import random
import signal
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from builders import subscriber, subscription, topic
from digests.lease import LASTS
from machines import all_read, by_cable, installation, postgresql, sites
from outside import judge, kill, telegram, until
from telegram_server import FIRST_READER

SHORT = {"kills": 1, "feeds": 10, "articles": 4, "workers": 2, "readers": 3}
LONG = {"kills": 25, "feeds": 100, "articles": 10, "workers": 3, "readers": 50}

TAKEN_OVER = 30
"""Seconds in which another process sends and answers."""


def waiting_for(bot):
    """What the bot that stands by says of the other one: where it runs, and its number."""
    return next(line for line in bot.log.splitlines() if "another process" in line)


def add_readers(bot, count):
    """Readers whose edition was due a minute ago, and tells everything there is."""
    now = datetime.now(UTC)
    due = (now - timedelta(minutes=1)).time().replace(second=0, microsecond=0)
    with bot.store.begin() as work:
        for chat_id in range(FIRST_READER, FIRST_READER + count):
            work.readers.save(subscriber(chat_id), now=now)
            until_then = now - timedelta(hours=3)
            work.readers.add_subscription(subscription(chat_id=chat_id, times=(due,), planned_until=until_then))


async def battered(folder, *, seed, kills, feeds, articles, workers, readers):
    """Workers read while some of them are killed; then the bot that sends is killed, and another one takes over."""
    chance = random.Random(seed)
    async with (
        postgresql(folder) as url,
        sites(feeds=feeds, articles=articles) as web,
        telegram(readers=readers) as server,
        installation(folder, server.url, url, WORKERS="external", FETCH_ALLOW_PRIVATE=web.host) as bot,
    ):
        with bot.store.begin() as work:
            work.topics.add(topic("science", "rocket"))
            for one in web.feed_urls:
                work.feeds.add(one, title="Agency", site_url="", now=datetime.now(UTC))
        bots = [await bot.start("run"), await bot.start("run")]
        working = [await bot.start("worker") for _ in range(workers)]
        for _ in range(kills):
            before = len(web.asked)

            async def more_is_asked(before=before):
                return len(web.asked) > before or all_read(bot, feeds * articles)

            await until(more_is_asked, 60, "a worker at work")
            await asyncio.sleep(chance.random() * 2)
            killed = working.pop(chance.randrange(len(working)))
            kill(killed)
            await killed.wait()
            working.append(await bot.start("worker"))

        async def is_read():
            return all_read(bot, feeds * articles)

        await until(is_read, 300, "everything is read")
        add_readers(bot, readers)
        active = bots[0] if f" {bots[1].pid} " not in waiting_for(bot) else bots[1]
        bots.remove(active)
        kill(active)
        began_at = time.monotonic()

        async def is_told():
            return await server.accepted() >= readers

        await until(is_told, TAKEN_OVER, "the second bot sends")
        assert float(await server.ask(f"ask {FIRST_READER} /help")) < TAKEN_OVER, "the second bot polls"
        taken_over = time.monotonic() - began_at
        await asyncio.sleep(1)
        calls = await server.ask("calls")
        for process in (*bots, *working):
            process.send_signal(signal.SIGTERM)
        for process in (*bots, *working):
            await asyncio.wait_for(process.wait(), 6)
            assert process.returncode == 0
        assert "editions planned" in bot.log, "a worker has planned them"
        with bot.store.read() as work:
            story_of = work.articles.story_of(datetime.min.replace(tzinfo=UTC))
            unread = work.entries.unread(datetime.now(UTC) + timedelta(days=1), limit=10)
    editions = Counter(call["chat"] for call in calls if call["accepted"] and "Rocket" in call["text"])
    return web, story_of, unread, editions, taken_over


def assert_once(web, story_of, unread, editions, *, kills, feeds, articles, readers, **_):
    assert len(story_of) == feeds * articles, "each entry has become one article"
    assert unread == ()
    again = sum(number - 1 for path, number in web.asked.items() if path.startswith("/page"))
    assert again <= kills * 32, "a page is asked for again where its worker was killed alone"
    assert {path: most for path, most in web.at_once.items() if most > 1 and path.startswith("/feed")} == {}
    assert editions == dict.fromkeys(range(FIRST_READER, FIRST_READER + readers), 1), "each edition was sent once"


async def test_workers_and_the_sender_are_killed_and_everything_is_read_once_and_sent_once(tmp_path):
    *found, _ = await battered(tmp_path, seed=3, **SHORT)
    assert_once(*found, **SHORT)


@pytest.mark.bench
@pytest.mark.parametrize("seed", [1, 2])
async def test_through_many_kills(tmp_path, seed):
    began_at = time.monotonic()
    *found, taken_over = await battered(tmp_path, seed=seed, **LONG)
    web = found[0]
    again = sum(number - 1 for path, number in web.asked.items() if path.startswith("/page"))
    print(  # noqa: T201
        f"\n{LONG['kills']} of {LONG['workers']} workers killed, {len(found[1])} articles in "
        f"{time.monotonic() - began_at:.0f} s, {again} pages asked for again; taken over in {taken_over:.1f} s"
    )
    assert_once(*found, **LONG)


@pytest.mark.bench
async def test_a_sender_that_is_cut_off_from_the_database_has_stopped_before_another_one_sends(tmp_path):
    async with (
        postgresql(tmp_path) as url,
        by_cable(url) as (cable, far_url),
        telegram(readers=600, flood=30) as server,
        installation(tmp_path, server.url, url) as bot,
    ):
        bot.fill(queued=600)
        first = await bot.start("run", DATABASE_URL=far_url)

        async def has_begun():
            return await server.accepted() > 20

        await until(has_begun, 60, "the first bot sends")
        second = await bot.start("run")

        async def stands_by():
            return "another process" in bot.log

        await until(stands_by, 30, "the second bot stands by")
        cut_at = time.time()
        cable.cut()

        async def has_stopped():
            return "this one stops sending" in bot.log

        async def has_taken_over():
            return bot.log.count("is running; polling") == 2

        await until(has_stopped, LASTS.total_seconds(), "the first bot stops")
        stopped = time.time() - cut_at
        await until(has_taken_over, LASTS.total_seconds() + 10, "the second bot runs")
        taken_over = time.time() - cut_at

        async def is_done():
            return not bot.waiting()

        await until(is_done, 120, "all deliveries settled")
        cable.mend()

        async def stands_by_again():
            return bot.log.count("another process") == 2

        await until(stands_by_again, 60, "the first bot stands by")
        calls = await server.ask("calls")
        for process in (first, second):
            process.send_signal(signal.SIGTERM)
        for process in (first, second):
            await asyncio.wait_for(process.wait(), 6)
            assert process.returncode == 0
    verdict = judge(bot.expected, calls)
    between = [call for call in calls if stopped + 3 < call["at"] - cut_at < taken_over]
    print(  # noqa: T201
        f"\ncut off, the first bot stopped after {stopped:.1f} s, and the second one ran after {taken_over:.1f} s; "
        f"{verdict}"
    )
    assert stopped < taken_over < TAKEN_OVER
    assert between == []
    assert verdict.repeated == []
    assert len(verdict.missing) <= 100, "those on their way in the moment of the cut"


@pytest.mark.bench
async def test_a_worker_that_is_cut_off_is_replaced_and_goes_on_when_it_is_back(tmp_path):
    async with (
        postgresql(tmp_path) as url,
        by_cable(url) as (cable, far_url),
        sites(feeds=20, articles=10) as web,
        telegram(readers=1) as server,
        installation(tmp_path, server.url, url, WORKERS="external", FETCH_ALLOW_PRIVATE=web.host) as bot,
    ):
        with bot.store.begin() as work:
            for one in web.feed_urls:
                work.feeds.add(one, title="Agency", site_url="", now=datetime.now(UTC))
        await bot.start("run")
        far = await bot.start("worker", DATABASE_URL=far_url)

        async def is_at_work():
            return sum(path.startswith("/page") for path in web.asked) > 20

        await until(is_at_work, 60, "the far worker reads")
        cable.cut()
        near = await bot.start("worker")

        async def is_read():
            return all_read(bot, 200)

        await until(is_read, 120, "the near worker reads the rest")
        cable.mend()

        def workers():
            with bot.store.read() as work:
                return work.tasks.workload()

        async def both_are_alive():
            return workers().workers == 2 and not workers().under_way

        await until(both_are_alive, 60, "the far worker is back")
        kill(near)
        with bot.store.begin() as work:
            work.feeds.poll_soon(datetime.now(UTC))
        asked = web.asked["/feed-0"]

        async def is_polled():
            return web.asked["/feed-0"] > asked

        await until(is_polled, 60, "the far worker works again")
        far.send_signal(signal.SIGTERM)
        await asyncio.wait_for(far.wait(), 6)
        assert far.returncode == 0
        assert all_read(bot, 200)
        with bot.store.read() as work:
            assert work.articles.last_id() >= 200
            assert len(work.articles.story_of(datetime.min.replace(tzinfo=UTC))) == 200
