"""How fast editions are handed over: at Telegram's rate, at none, and at the paid one; and how soon an answer comes.

Telegram is the sandbox in a process of its own, so that one of two cores is its. A machine that is busy with other
things shows less.
"""

import asyncio
import itertools
import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.pace import PAID_PER_SECOND, PER_SECOND
from outside import HEADLINE, installation, telegram
from telegram_server import FIRST_READER

pytestmark = pytest.mark.bench

HERE = Path(__file__).parent
TESTS = HERE.parent

SUSTAINED = int(os.environ.get("SUSTAINED_READERS", "3600"))
"""Readers of the run at 30 a second: two minutes."""

LEAST_SHARE = 0.99
"""Of the permitted rate."""

BARE_READERS, LEAST_RATIO = 4_000, 0.3
RUSH = 10_000


def quantile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))]


async def delivered(server, database, **config):
    """What the sending process says of itself."""
    await server.ask("rest")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, str(HERE / "delivering.py"), json.dumps({"url": server.url, "database": database, **config})),
        stdout=asyncio.subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join((str(TESTS.parent), str(TESTS)))},
    )
    out, _ = await process.communicate()
    assert process.returncode == 0
    return json.loads(out)


@pytest.fixture
def database(empty_database, tmp_path):
    names = itertools.count()

    def fresh():
        file = tmp_path / f"{next(names)}.sqlite3"
        file.write_bytes(empty_database.read_bytes())
        return f"sqlite:///{file}"

    return fresh


async def test_the_whole_of_thirty_a_second_is_used_and_nothing_is_refused(database):
    async with telegram(readers=SUSTAINED, flood=PER_SECOND) as server:
        told = await delivered(server, database(), readers=SUSTAINED, per_second=PER_SECOND)
        calls = await server.ask("calls")
    refused = [call for call in calls if call["status"] == 429]
    times = sorted(call["seconds"] for call in calls if call["accepted"])
    rate = (len(times) - 1) / (times[-1] - times[0])
    print(  # noqa: T201
        f"\n{len(times)} messages in {times[-1] - times[0]:.1f} s: {rate:.2f} a second, {rate / PER_SECOND:.2%} of "
        f"what is permitted; {len(refused)} refused; {told['cpu'] / len(times) * 1000:.2f} ms of CPU a message"
    )
    assert (len(times), refused, told["waiting"]) == (SUSTAINED, [], 0)
    assert rate >= LEAST_SHARE * PER_SECOND


async def test_without_a_limit_messages_go_out_at_a_good_part_of_what_a_bare_client_sends(database):
    rates = {}
    async with telegram(readers=BARE_READERS) as server:
        for name, config in (("ours", {"per_second": 1_000_000}), ("bare", {"bare": True})):
            told = await delivered(server, database(), readers=BARE_READERS, **config)
            assert len(await server.ask("calls")) == BARE_READERS
            rates[name] = BARE_READERS / told["seconds"], told["cpu"] / BARE_READERS * 1000
    ratio = rates["ours"][0] / rates["bare"][0]
    print(  # noqa: T201
        "\n"
        + "; ".join(f"{name}: {rate:.0f} a second, {cpu:.2f} ms of CPU each" for name, (rate, cpu) in rates.items())
        + f"; ratio {ratio:.2f}"
    )
    assert ratio >= LEAST_RATIO


@pytest.mark.parametrize("per_second", [PER_SECOND, PAID_PER_SECOND])
async def test_ten_thousand_readers_due_in_one_minute_wait_for_little_but_the_rate(database, per_second):
    async with telegram(readers=RUSH, flood=per_second) as server:
        told = await delivered(server, database(), readers=RUSH, per_second=per_second)
        calls = await server.ask("calls")
    waits = [call["at"] - told["began"] for call in calls if call["accepted"]]
    assert len(waits) == RUSH
    queue = {share: RUSH * share / per_second for share in (0.5, 0.99)}
    print(  # noqa: T201
        f"\n{RUSH} readers at {per_second} a second: "
        + "; ".join(
            f"p{share * 100:.0f} {quantile(waits, share):.1f} s of {ideal:.1f} s in line"
            for share, ideal in queue.items()
        )
        + f"; {(refused := sum(call['status'] == 429 for call in calls))} refused"
    )
    assert not refused
    if per_second == PER_SECOND:
        assert all(quantile(waits, share) <= 1.02 * ideal + 1 for share, ideal in queue.items())


ASKED = 100
MOST_WAIT = 0.25
"""Seconds that one in a hundred may wait longer for a digest, while feeds are gathered."""


@pytest.fixture
def web(corpora):
    """Real feeds on loopback, each of which has pages to be read."""
    command = [sys.executable, str(HERE / "web.py"), str(corpora / "feeds" / "real")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield f"127.0.0.1:{int(process.stdout.readline())}"
        process.stdin.close()


async def test_a_digest_is_there_at_once_while_feeds_are_gathered(web, tmp_path, database_url):
    async with telegram(readers=ASKED, flood=PER_SECOND) as server:
        bot = installation(tmp_path, database_url, server.url, FETCH_ALLOW_PRIVATE=web)
        bot.fill(planned=ASKED)
        now = datetime.now(UTC)
        with bot.store.begin() as work:
            for number in range(ASKED):  # nothing is due by itself
                mine = work.readers.subscription(FIRST_READER + number)
                work.readers.planned(mine, until=now)
            for number in range(300):
                work.feeds.add(f"http://{web}/feed/{number}", title="", site_url="", now=now)
        process = await bot.start()
        await asyncio.sleep(15)  # until gathering is well under way
        waits = []
        for number in range(ASKED):
            waits.append(await server.ask(f"ask {FIRST_READER + number} /digest"))
            await asyncio.sleep(0.1)
        calls = await server.ask("calls")
        with bot.store.read() as work:
            unread = len(work.entries.unread(datetime.now(UTC), limit=10_000))
        process.send_signal(signal.SIGTERM)
        await process.wait()
        bot.store.close()
    print(  # noqa: T201
        f"\n/digest while feeds are gathered ({unread} pages still to be read): p50 "
        f"{quantile(waits, 0.5) * 1000:.0f} ms, p99 {quantile(waits, 0.99) * 1000:.0f} ms"
    )
    assert sum(HEADLINE in call["text"] for call in calls) == ASKED
    assert unread > 0, "gathering was over before it was measured"
    assert quantile(waits, 0.99) <= MOST_WAIT
