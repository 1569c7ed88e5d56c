"""Gathers in a process of its own and prints what that took, as JSON.

`python gathering.py`, with an object on standard input:

feeds: their addresses. allowed: what the fetcher may reach though it is private.
passes: how often everything is polled after the first time. reading: whether pages are read too.
pulse: whether the event loop's lag is measured, which itself takes a little time.
"""

import asyncio
import json
import os
import random
import sys
import threading
import time
import traceback
from contextlib import asynccontextmanager, nullcontext, suppress
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

CAPTURED_AT = datetime(2026, 2, 18, 2, tzinfo=UTC)
"""When the last of the real feeds was captured: their entries are as fresh as they were then."""

BEAT = 0.005
STALL = 0.03
"""Seconds: the loop's stack is written down when a beat is so late."""

TICK = os.sysconf("SC_CLK_TCK")
WARM = b"<rss version='2.0'><channel><title>Feed</title><item><title>Title</title></item></channel></rss>"


def workers():
    """Process ids of our children."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if fields(stat)[1] == str(os.getpid()):
                found.append(int(stat.parent.name))
    return found


def fields(stat):
    return stat.read_text().rpartition(") ")[2].split()


def cpu():
    """(ours, our workers' living and dead) in seconds."""
    theirs = sum(os.times()[2:4])
    for pid in workers():
        with suppress(OSError):
            theirs += sum(map(int, fields(Path(f"/proc/{pid}/stat"))[11:13])) / TICK
    return time.process_time(), theirs


def megabytes(name, pid="self"):
    """Of memory, by its name in the status of a process; 0 for one that has ended."""
    with suppress(OSError, StopIteration):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith(name)).split()[1]) / 1024
    return 0


class Stopwatch:
    """What goes by in a block."""

    def __enter__(self):
        self.took = {}
        self._wall, self._cpu = time.perf_counter(), cpu()
        return self

    def __exit__(self, *_):
        (main, theirs), (main_before, theirs_before) = cpu(), self._cpu
        self.took = {
            "wall": time.perf_counter() - self._wall,
            "main": main - main_before,
            "workers": theirs - theirs_before,
            "cpu": main + theirs - main_before - theirs_before,
            "peak": megabytes("VmHWM"),
            "workers_peak": sorted(megabytes("VmHWM", pid) for pid in workers()),
        }


class Pulse:
    """How late the event loop is, and what it was doing when it was late."""

    def __init__(self):
        self.lags = []
        self.stalls = []
        self._beat = time.perf_counter()
        self._thread = threading.get_ident()
        self._over = threading.Event()

    @asynccontextmanager
    async def measured(self):
        beating = asyncio.create_task(self._beats())
        watching = threading.Thread(target=self._watch)
        watching.start()
        yield
        self._over.set()
        beating.cancel()
        await asyncio.to_thread(watching.join)

    async def _beats(self):
        while True:
            before, busy, ours = time.perf_counter(), time.thread_time(), time.process_time()
            await asyncio.sleep(BEAT)
            self._beat = time.perf_counter()
            lag = self._beat - before - BEAT
            self.lags.append(lag)
            if lag > STALL and self.stalls and "lag" not in self.stalls[-1]:
                spent = {"loop": time.thread_time() - busy, "process": time.process_time() - ours}
                self.stalls[-1] |= {"lag": lag, **spent}

    def _watch(self):
        told = 0.0
        while not self._over.wait(BEAT):
            beat = self._beat
            if beat != told and time.perf_counter() - beat > STALL + BEAT:
                told = beat
                stacks = {
                    threads.name: traceback.format_stack(frame)[-7:]
                    for threads in threading.enumerate()
                    if (frame := sys._current_frames().get(threads.ident)) and threads is not threading.current_thread()
                }
                self.stalls.append({"stacks": stacks})

    def told(self):
        lags = sorted(self.lags) or [0.0]
        return {
            "worst": lags[-1],
            "p999": lags[int(0.999 * len(lags))],
            "beats": len(lags),
            "stalls": [one for one in self.stalls if "lag" in one],
        }


LOADING = 0.3
"""CPU seconds; all workers together need less for the feeds that warm them, and each more to load what it needs."""


async def settled(news):
    """Once every worker has loaded what it needs for feeds, and rests."""
    from digests.gather.feeds import parse

    before = -LOADING
    while cpu()[1] - before >= LOADING:
        before = cpu()[1]
        warming = partial(news.worker.run, parse, WARM, url="http://127.0.0.1/", content_type="", now=CAPTURED_AT)
        await asyncio.gather(*(warming() for _ in range(16)))
        await asyncio.sleep(0.5)


async def run(feeds, *, allowed, passes, reading, pulse):
    from bot.app import open_news  # not at the top: workers import this file, and are to be as small as the bot's
    from bot.running import let_the_event_loop_go_first, set_imports_aside
    from bot.settings import load

    started = time.monotonic()
    with TemporaryDirectory() as folder:
        settings = load(_env_file=None, data_dir=Path(folder), fetch_allow_private=allowed)
        clock = lambda: CAPTURED_AT + timedelta(seconds=time.monotonic() - started)  # noqa: E731
        async with open_news(settings, clock) as news:
            set_imports_aside()
            let_the_event_loop_go_first()
            with news.store.begin() as work:
                for url in feeds:
                    work.feeds.add(url, title="", site_url="", now=CAPTURED_AT)
            await settled(news)
            told = {"start": megabytes("VmHWM"), "passes": []}
            for number in range(1 + passes):
                beats = Pulse()
                async with beats.measured() if pulse else nullcontext():
                    with Stopwatch() as watch:
                        report = await news.gatherer.gather(reading=reading, all_feeds=number > 0)
                told["passes"].append(asdict(report) | watch.took | {"lag": beats.told()})
            with news.store.read() as work:
                stored = work.feeds.all()
                told["readable"] = sum(one.last_success_at is not None for one in stored)
                told["stopped"] = sum(one.is_stopped for one in stored)
                told["entries"] = entries(work)
        return told


def entries(work):
    return work._connection.exec_driver_sql("SELECT count(*) FROM entries").scalar_one()


if __name__ == "__main__":
    random.seed(1)
    asked = json.load(sys.stdin)
    json.dump(asyncio.run(run(asked.pop("feeds"), **asked)), sys.stdout)
