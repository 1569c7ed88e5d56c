"""A bot that has gathered for longer than it keeps anything: what it takes on the disk, and how fast it answers.

Run by itself, so that its memory and its file are its own: `year.py FEEDS DAILY DAYS`, of which the first 30 are what
is kept; each further day forgets one. Prints JSON. Rows are written in bulk, past the use cases; pruning,
`/digest`, and `/search` are the product's own.

Articles are in Russian, of 1,500 characters, from 2,000 texts under titles of their own, of a vocabulary in which words
are as frequent as in any language (Zipf); 6 of 10 are on one or two of 12 topics; 3 of 10 tell a story that another one
tells too. 1,000 readers get one of 40 digests of 12 stories each day. Of those who ask for a digest half have mutes and
words of their own: 5 sources and 3 frequent words to leave out, 3 rare words that come whatever their topic.
"""

import asyncio
import json
import random
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, insert, select, text

from bot.render import digest_messages
from digests.browsing import Browsing
from digests.curate.fingerprint import fingerprint
from digests.language.words import stems
from digests.model import (
    Article,
    ReadArticle,
    Subscriber,
    SubscriberState,
    Subscription,
    Summary,
    SummarySentence,
    Topic,
    as_told,
)
from digests.pipeline.pruning import Pruner
from digests.pipeline.publishing import Publisher
from digests.reading import searchable
from digests.store import tables
from digests.store.articles import wording_columns
from digests.store.engine import open_engine
from digests.store.schema import upgrade
from digests.store.unit_of_work import Store

FIRST = datetime(2025, 3, 1, tzinfo=UTC)
KEEP = timedelta(days=30)
READERS, DIGESTS, STORIES = 1_000, 40, 12
TOPICS = [f"topic-{number}" for number in range(12)]
DAY = timedelta(days=1)
TEXTS = 2_000
SYLLABLES = [a + b for a in "бвгдзклмнпрст" for b in "аеиоуя"]


class Silent:
    """The Sender port over nothing: what is handed over is gone."""

    async def send(self, chat_id: int, part: object, **_: object) -> int:
        return 1


def main(feeds: int, daily: int, days: int) -> None:
    chance = random.Random(1)
    now = FIRST
    with TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
        upgrade(engine)
        store = Store(engine)
        _people(store, feeds)
        words, weights, texts = _texts(chance)
        pruner = Pruner(store, lambda: now, keep=KEEP)
        sizes, pruning = [], []
        for day in range(days):
            titles = [_title(chance, words, weights) for _ in range(feeds * daily)]
            _one_day(engine, chance, texts, titles, day, feeds)
            now = FIRST + (day + 1) * DAY
            began = time.perf_counter()
            pruned = asyncio.run(pruner.prune())
            if pruned.articles:
                pruning.append({"seconds": time.perf_counter() - began, "articles": pruned.articles})
            sizes.append(_size(folder))
            print(f"day {day + 1}: {sizes[-1]:.0f} MB", file=sys.stderr)  # noqa: T201
        with engine.connect() as connection:
            counted = {
                name: connection.execute(select(func.count()).select_from(tables.metadata.tables[name])).scalar()
                for name in ("articles", "stories", "entries", "deliveries", "compositions")
            }
        answers = _answers(store, lambda: now, chance, words)
        store.close()
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"sizes": sizes, "pruning": pruning, "counted": counted, "answers": answers, "megabytes": megabytes}
    print(json.dumps(told))  # noqa: T201


def _size(folder: str) -> float:
    return sum(one.stat().st_size for one in Path(folder).iterdir()) / 2**20


def _people(store: Store, feeds: int) -> None:
    with store.begin() as work:
        for slug in TOPICS:
            work.topics.add(Topic(slug=slug, names={"en": slug.title()}, words=("x",)))
        for number in range(feeds):
            work.feeds.add(f"https://{number}.example/feed", title=f"Источник {number}", site_url="", now=FIRST)
        for chat_id in range(1, READERS + 1):
            work.readers.save(Subscriber(chat_id=chat_id, language="ru", state=SubscriberState.ACTIVE), now=FIRST)
            mine = Subscription(
                id=0,
                chat_id=chat_id,
                topics=frozenset(TOPICS[chat_id % 12 :][:3]) or frozenset(TOPICS[:2]),
                times=(clock_time(8),),
                zone="Asia/Almaty",
                max_stories=STORIES,
                planned_until=FIRST,
            )
            work.readers.add_subscription(mine)


def _texts(chance: random.Random) -> tuple[list[str], list[float], list[ReadArticle]]:
    """(the vocabulary, how frequent its words are, summed up, the texts)."""
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(30_000)]
    weights = list(accumulate(1 / (rank + 10) for rank in range(len(words))))
    made = []
    for number in range(TEXTS):
        sentences = [" ".join(chance.choices(words, cum_weights=weights, k=14)).capitalize() + "." for _ in range(14)]
        body = " ".join(sentences)
        article = Article(
            url=f"https://a.example/{number}",
            title=_title(chance, words, weights),
            text=body,
            author="",
            source="Источник",
            language="ru",
            image_url="https://a.example/pictures/lead.jpg",
            published_at=FIRST,
            from_feed=False,
        )
        shown = tuple(SummarySentence(text=one, start=0, end=len(one)) for one in sentences[:2])
        made.append(
            ReadArticle(
                article=article,
                summary=Summary(sentences=shown, engine="news"),
                fingerprint=fingerprint(article.title, body, "ru"),
                stems=searchable(article, Summary(sentences=shown, engine="news")),
            )
        )
    return words, weights, made


def _title(chance: random.Random, words: list[str], weights: list[float]) -> str:
    return " ".join(chance.choices(words, cum_weights=weights, k=9)).capitalize()


def _one_day(
    engine: object, chance: random.Random, texts: list[ReadArticle], titles: list[str], day: int, feeds: int
) -> None:
    count = len(titles)
    first = day * count + 1
    rows, entries, on_topics, found, told = [], [], [], [], []
    at = FIRST + day * DAY
    story_id = first
    for number, title in enumerate(titles):
        article_id = first + number
        read = chance.choice(texts)
        gathered_at = at + DAY * (number / count)
        if chance.random() >= 0.3 or not number:
            story_id = article_id
            told.append({"id": story_id, "created_at": gathered_at})
        feed_id = chance.randint(1, feeds)
        url = f"https://{feed_id}.example/2026/news/{article_id}-{chance.getrandbits(64):x}"
        common = {"id": article_id, "feed_id": feed_id, "key": url, "gathered_at": gathered_at}
        rows.append(
            {
                **wording_columns(read),
                **common,
                "title": title,
                "url": url,
                "entry_id": article_id,
                "story_id": story_id,
                "published_at": gathered_at,
                "source": f"Источник {feed_id}",
            }
        )
        payload = {"key": url, "url": url, "title": title, "html": read.article.text[:300]}
        entries.append(
            {
                **common,
                "payload": payload,
                "state": "read",
                "attempts": 0,
                "next_read_at": gathered_at,
                "listed_at": gathered_at,
                "content_hash": "0" * 24,
                "edits": 0,
            }
        )
        if chance.random() < 0.6:
            slugs = chance.sample(TOPICS, chance.choice((1, 1, 2)))
            on_topics += [{"article_id": article_id, "slug": slug, "score": None} for slug in slugs]
        of_title = stems(title, "ru")
        found.append({"rowid": article_id, "stems": " ".join({*map(as_told, of_title), *read.stems.split()})})
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(insert(tables.stories), told)
        connection.execute(insert(tables.entries), entries)
        connection.execute(insert(tables.articles), rows)
        connection.execute(insert(tables.article_topics), on_topics)
        connection.execute(text("INSERT INTO article_search (rowid, stems) VALUES (:rowid, :stems)"), found)
        _send(connection, chance, day, [one["id"] for one in told])


def _send(connection: object, chance: random.Random, day: int, stories: list[int]) -> None:
    at = FIRST + day * DAY + timedelta(hours=23)
    ids = range(day * DIGESTS + 1, (day + 1) * DIGESTS + 1)
    common = {"created_at": at, "edition_at": at}
    connection.execute(insert(tables.compositions), [{"id": one, "tally": {}, **common} for one in ids])
    page = {"text": "Сводка. " * 450, "keyboard": "[]", "silent": False, "is_page": False}
    connection.execute(insert(tables.composition_parts), [{"composition_id": one, "number": 0, **page} for one in ids])
    told = [
        {"composition_id": one, "story_id": story_id, "part": 0, "message": 0}
        for one in ids
        for story_id in chance.sample(stories, STORIES)
    ]
    connection.execute(insert(tables.told_stories), told)
    numbers = range(day * READERS + 1, (day + 1) * READERS + 1)
    sent = {"kind": "scheduled", "state": "done", "stories": STORIES, "attempts": 0, "next_attempt_at": at}
    rows = [
        {
            "id": number,
            "subscription_id": place + 1,
            "composition_id": ids[place % DIGESTS],
            "settled_at": at,
            **sent,
            **common,
        }
        for place, number in enumerate(numbers)
    ]
    connection.execute(insert(tables.deliveries), rows)
    connection.execute(insert(tables.parts), [{"delivery_id": one, "number": 0, "state": "sent"} for one in numbers])
    connection.execute(
        insert(tables.sent_messages), [{"delivery_id": one, "message_id": one, "part": 0} for one in numbers]
    )


def _answers(
    store: Store, clock: Callable[[], datetime], chance: random.Random, words: list[str]
) -> dict[str, list[float]]:
    publisher = Publisher(store, digest_messages, Silent(), clock)
    browsing = Browsing(store, clock)
    asking = chance.sample(range(1, READERS + 1), 24)
    chats, particular = asking[:12], asking[12:]
    frequent, rare = words[:300], words[5_000:]
    for chat_id in particular:
        _become_particular(store, chat_id, chance, frequent, rare)

    def search(*asked: str) -> None:
        browsing.search(" ".join(asked), page=0)

    def story(chat_id: int) -> None:
        with store.read() as work:
            seen = list(work.readers.seen(chat_id))
        browsing.open(chat_id, seen[-1])

    return {
        "a digest now": [_took(lambda one=one: publisher._enter_now(one, None, None, None)) for one in chats],
        "a digest now with mutes and words": [
            _took(lambda one=one: publisher._enter_now(one, None, None, None)) for one in particular
        ],
        "a frequent word": [_took(lambda: search(chance.choice(frequent))) for _ in range(100)],
        "a rare word": [_took(lambda: search(chance.choice(rare))) for _ in range(100)],
        "two words": [_took(lambda: search(*chance.sample(frequent, 2))) for _ in range(100)],
        "a story opened": [_took(lambda one=one: story(one)) for one in chats * 5],
    }


def _become_particular(store: Store, chat_id: int, chance: random.Random, frequent: list[str], rare: list[str]) -> None:
    with store.begin() as work:
        mine = work.readers.subscription(chat_id)
        muted = frozenset(f"{feed}.example" for feed in chance.sample(range(1, 1_000), 5))
        wishes = {"excluded": tuple(chance.sample(frequent, 3)), "included": tuple(chance.sample(rare, 3))}
        work.readers.change(replace(mine, muted=muted, **wishes))


def _took(call: Callable[[], object]) -> float:
    """CPU seconds: the machine may be busy with other things."""
    began = time.process_time()
    call()
    return time.process_time() - began


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
