"""Telegram and the bot as processes of their own, and what the journal of the one says of the other."""

import asyncio
import json
import os
import signal
import sys
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.sandbox import TOKEN
from builders import read_article, subscriber, subscription, topic
from digests.model import EditionKind, Part
from digests.store.engine import open_engine
from digests.store.outbox import NewEdition
from digests.store.unit_of_work import Store
from telegram_server import FIRST_READER

HERE = Path(__file__).parent
HEADLINE = "A rocket flies"
UNKNOWN_TO_THE_BOT = {"drop_before", "drop_after", "garbled", "slow"}
"""Faults after which nobody but the journal knows whether the message was accepted."""


@dataclass
class Telegram:
    """The sandbox in another process."""

    process: asyncio.subprocess.Process
    url: str

    async def ask(self, line):
        self.process.stdin.write(line.encode() + b"\n")
        await self.process.stdin.drain()
        return json.loads(await self.process.stdout.readline())

    async def accepted(self):
        return sum(call["accepted"] for call in await self.ask("calls"))


@asynccontextmanager
async def telegram(*, readers, flood=0, faults=None, seed=0):
    """flood: messages a second; 0 for no flood control. faults: kind -> share of all calls."""
    config = {"readers": readers, "flood": flood, "faults": faults or {}, "seed": seed}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, str(HERE / "telegram_server.py"), json.dumps(config)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=1 << 30,
        env=os.environ | {"PYTHONPATH": os.pathsep.join((str(HERE.parent), str(HERE)))},
    )
    try:
        yield Telegram(process, (await process.stdout.readline()).decode().strip())
    finally:
        process.stdin.close()
        await process.wait()


@dataclass
class Installation:
    """A database with readers whose editions are due, and the process that serves them.

    expected: (chat, text) of every message that is to arrive; planned editions are known by their headline.
    """

    folder: Path
    url: str
    database_url: str
    expected: set = field(default_factory=set)
    environment: dict = field(default_factory=dict)
    processes: list = field(default_factory=list)

    def __post_init__(self):
        self.store = Store(open_engine(self.database_url))

    def fill(self, *, planned=0, queued=0, parts=1, editions=1):
        """Readers whose edition is to be planned, and others with editions of several messages in the outbox."""
        now = datetime.now(UTC)
        chats = iter(range(FIRST_READER, FIRST_READER + planned + queued))
        with self.store.begin() as work:
            work.topics.add(topic("science", "rocket"))
            feed = work.feeds.add("https://agency.example/", title="Agency", site_url="", now=now)
            work.feeds.say(replace(feed, is_paused=True))  # nothing is there to be polled
            story_id = work.articles.new_story(now)
            read = read_article(HEADLINE, published_at=now)
            article_id = work.articles.add(read, feed_id=feed.id, story_id=story_id, now=now)
            work.articles.set_topics({article_id: dict.fromkeys(["science"])})
            a_minute_ago = (now - timedelta(minutes=1)).time().replace(second=0, microsecond=0)
            for chat_id in (next(chats) for _ in range(planned)):
                work.readers.save(subscriber(chat_id), now=now)
                until = now - timedelta(hours=3)
                work.readers.add_subscription(subscription(chat_id=chat_id, times=(a_minute_ago,), planned_until=until))
                self.expected.add((chat_id, HEADLINE))
            for chat_id in (next(chats) for _ in range(queued)):
                work.readers.save(subscriber(chat_id), now=now)
                # Its own next edition is far off.
                at = (now + timedelta(hours=12)).time().replace(second=0, microsecond=0)
                mine = work.readers.add_subscription(subscription(chat_id=chat_id, times=(at,), planned_until=now))
                for number in range(editions):
                    texts = [f"edition {number}, part {part}" for part in range(parts)]
                    (edition,) = work.outbox.compose(
                        [
                            NewEdition(
                                messages=tuple(Part(text=text) for text in texts),
                                edition_at=now - timedelta(seconds=number),
                                kind=EditionKind.SCHEDULED,
                                stories=1,
                            )
                        ],
                        now=now,
                    )
                    work.outbox.enter([(mine.id, edition)], now=now)
                    self.expected |= {(chat_id, text) for text in texts}

    def waiting(self):
        """Deliveries that are not yet done; those that are still to be planned among them."""
        with self.store.read() as work:
            waiting = sum(work.backlog(datetime.now(UTC)).deliveries.values())
            return waiting + work.readers.is_due(datetime.now(UTC))

    async def start(self, command="run", **environment):
        """`newsdigest run`, or another one; its log goes to a file beside the database."""
        with (self.folder / "log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", command),
                cwd=self.folder,
                env={
                    "PATH": os.environ["PATH"],
                    "TELEGRAM_BOT_TOKEN": TOKEN,
                    "TELEGRAM_API_URL": self.url,
                    "DATABASE_URL": self.database_url,
                    **self.environment,
                    **environment,
                },
                stderr=log,
            )
        self.processes.append(process)
        return process

    async def end(self):
        """Whatever became of the test: nothing of it goes on."""
        for process in self.processes:
            if process.returncode is None:
                kill(process)
                await process.wait()
        self.store.close()

    @property
    def log(self):
        return (self.folder / "log").read_text()


def installation(folder, database_url, url, **environment):
    (folder / "data").mkdir()
    return Installation(folder, url, environment=environment, database_url=database_url)


async def until(look, seconds, what):
    """Until `look` gives something true."""
    try:
        async with asyncio.timeout(seconds):
            while not (found := await look()):  # noqa: ASYNC110 - what it looks at is another process
                await asyncio.sleep(0.05)
            return found
    except TimeoutError:
        raise AssertionError(f"not within {seconds} s: {what}") from None


@dataclass(frozen=True)
class Verdict:
    """What the journal says. Each is a list of (chat, message).

    missing: never accepted. unexplained: those of them of which no call failed without an answer, so that a crash
    took them. repeated: accepted again, once for each time.
    """

    missing: list
    unexplained: list
    repeated: list
    unknown: int

    def __str__(self):
        return (
            f"{len(self.missing)} missing, {len(self.unexplained)} of them by crashes; {len(self.repeated)} repeated; "
            f"{self.unknown} calls without an answer that says anything"
        )


def judge(expected, calls):
    accepted, lost = Counter(), set()
    unknown = 0
    for call in calls:
        key = (call["chat"], HEADLINE if HEADLINE in call["text"] else call["text"])
        if call["accepted"]:
            accepted[key] += 1
        if call["fault"] in UNKNOWN_TO_THE_BOT:
            unknown += 1
            lost.add(key)
    missing = sorted(key for key in expected if not accepted[key])
    return Verdict(
        missing=missing,
        unexplained=[key for key in missing if key not in lost],
        repeated=sorted(key for key, times in accepted.items() for _ in range(times - 1)),
        unknown=unknown,
    )


def kill(process):
    process.send_signal(signal.SIGKILL)
