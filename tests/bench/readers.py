"""A million readers whose edition falls on the same minute: how long planning takes, and its memory. Prints JSON.

Run by itself, so that the memory is its own: `readers.py READERS STORIES DAYS`.

Readers choose 1 to 5 of 12 topics, the more popular more often; three languages, three lengths, three zones of one
offset, three rhythms; one in 200 has words or mutes of their own, which nobody else has.
"""

import json
import os
import random
import resource
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import insert

from bot.render import digest_messages
from bot.running import set_imports_aside
from bot.workers import ProcessBenches
from digests.curate.fingerprint import fingerprint
from digests.model import Article, ReadArticle, Summary, SummarySentence, Topic
from digests.pipeline.planning import Planner
from digests.store.engine import open_engine
from digests.store.schema import upgrade
from digests.store.tables import subscribers, subscription_topics, subscriptions
from digests.store.unit_of_work import Store

FIRST = datetime(2026, 3, 2, 3, tzinfo=UTC)
TOPICS = [f"topic-{number}" for number in range(12)]
POPULARITY = [1 / (number + 1) for number in range(12)]
LANGUAGES, ZONES = ("ru", "kk", "en"), ("Asia/Almaty", "Asia/Tashkent", "Asia/Karachi")
RHYTHMS = (["08:00"], ["08:00", "19:00"], ["08:00", "13:00", "19:00"])
BATCH = 20_000


def main(readers: int, stories: int, days: int) -> None:
    chance = random.Random(1)
    with TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
        upgrade(engine)
        store = Store(engine)
        with store.begin() as work:
            for slug in TOPICS:
                work.topics.add(Topic(slug=slug, names={"en": slug.title()}, words=("x",)))
            feeds = [
                work.feeds.add(f"https://{n}.example/", title=f"Source {n}", site_url="", now=FIRST).id
                for n in range(60)
            ]
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            for people, choices, topics in _readers(readers, chance):
                connection.execute(insert(subscribers), people)
                connection.execute(insert(subscriptions), choices)
                connection.execute(insert(subscription_topics), topics)
        now, told = FIRST, []
        set_imports_aside()  # as in the process that runs the bot
        for _ in range(days):
            _tell(store, feeds, stories, now, chance)
            began, cpu, beside = time.perf_counter(), time.process_time(), _cpu_beside()
            planned = Planner(store, digest_messages, lambda now=now: now, open_benches=ProcessBenches).plan()
            took = time.perf_counter() - began
            with engine.connect() as connection:
                counted = {
                    name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar()
                    for name in ("deliveries", "compositions")
                }
            spent = {"cpu": time.process_time() - cpu, "cpu_beside": _cpu_beside() - beside}
            told.append({"planned": planned, "seconds": took, **spent, **counted})
            now += timedelta(days=1)
        store.close()
        size = sum(one.stat().st_size for one in Path(folder).iterdir())
    beside = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (os.cpu_count() or 1)  # the largest, each at most
    megabytes = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + beside) / 1024
    print(json.dumps({"days": told, "megabytes": megabytes, "file": size / 2**20}))  # noqa: T201


def _cpu_beside() -> float:
    """Seconds of CPU of processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _readers(count: int, chance: random.Random) -> Iterator[tuple[list[dict], list[dict], list[dict]]]:
    for start in range(0, count, BATCH):
        people, choices, topics = [], [], []
        for number in range(start + 1, min(start + BATCH, count) + 1):
            language = chance.choices(LANGUAGES, (65, 20, 15))[0]
            people.append({"chat_id": number, "language": language, "state": "active", "created_at": FIRST})
            own = number % 200 == 0
            choices.append(
                {
                    "id": number,
                    "chat_id": number,
                    "times": chance.choices(RHYTHMS, (75, 20, 5))[0],
                    "zone": chance.choices(ZONES, (80, 15, 5))[0],
                    "max_stories": 20,
                    "planned_until": FIRST - timedelta(hours=1),
                    "next_edition_at": FIRST,
                    "minutes": chance.choices((2, 5, 10), (20, 60, 20))[0],
                    "days": list(range(7)) if chance.random() < 0.9 else list(range(5)),
                    "weekend_times": [],
                    "muted": [f"{chance.randrange(60)}.example"] if own and number % 400 else [],
                    "excluded": [f"word{number}"] if own else [],
                    "included": [],
                    "alerts": [],
                    "quiet": [],
                    "draft": {},
                    "announcements": True,
                    "is_listening": False,
                }
            )
            chosen = set(chance.choices(TOPICS, POPULARITY, k=chance.randint(1, 5)))
            topics += [{"subscription_id": number, "slug": slug} for slug in chosen]
        yield people, choices, topics


def _tell(store: Store, feeds: list[int], count: int, now: datetime, chance: random.Random) -> None:
    nothing = fingerprint("", "", "en")
    words = [f"{chance.choice('bcdfgklmnprst')}{chance.choice('aeiou')}{number}" for number in range(4_000)]
    with store.begin() as work:
        chosen = {}
        for _ in range(count):
            language = chance.choices(LANGUAGES, (65, 20, 15))[0]
            at = now - timedelta(minutes=chance.randrange(10, 24 * 60))
            story_id = work.articles.new_story(at)
            for _ in range(chance.choices((1, 2, 5), (70, 20, 10))[0]):
                sentences = tuple(" ".join(chance.choices(words, k=16)).capitalize() + "." for _ in range(2))
                text = " ".join(sentences)
                read = ReadArticle(
                    article=Article(
                        url=f"https://a.example/{story_id}/{chance.random()}",
                        title=" ".join(chance.choices(words, k=9)).capitalize(),
                        text=text,
                        author="",
                        source="Source",
                        language=language,
                        image_url="",
                        published_at=at,
                        from_feed=False,
                    ),
                    summary=Summary(
                        sentences=tuple(
                            SummarySentence(text=one, start=text.index(one), end=text.index(one) + len(one))
                            for one in sentences
                        ),
                        engine="lead",
                    ),
                    fingerprint=nothing,
                )
                article_id = work.articles.add(read, feed_id=chance.choice(feeds), story_id=story_id, now=at)
                chosen[article_id] = dict.fromkeys(chance.choices(TOPICS, k=chance.choice((1, 1, 2))))
        work.articles.set_topics(chosen)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
