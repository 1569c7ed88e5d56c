"""A window of 100,000 articles: how quickly the next ones are matched and joined, and what it takes. Prints JSON.

Run by itself, so that the memory is that of the window alone: `window.py CORPORA`.
"""

import json
import random
import re
import sys
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

from digests.curate.fingerprint import fingerprint
from digests.curate.stories import Known, StoryFinder
from digests.curate.topics import KeywordMatcher
from digests.model import Topic
from digests.regrouping import regroup_window

NOW = datetime(2026, 3, 2, tzinfo=UTC)
SIZE, ASKED, REGROUPED = 100_000, 1_000, 20_000


def main(corpora: Path) -> None:
    chance = random.Random(1)
    sentences = _sentences(corpora)

    def told(story: int) -> tuple[str, str]:
        """An article on that story: its sentences in another order, and one of somebody else's."""
        base = [sentences[(7 * story + at) % len(sentences)] for at in range(3)]
        title = base[0].split()
        chance.shuffle(title)
        return " ".join(title[:9]), f"{base[1 + story % 2][:160]} {chance.choice(sentences)[:140]}"

    finder, known, asked = StoryFinder(), [], []
    before = _megabytes()
    for number in range(SIZE + ASKED):
        title, text = told(chance.randrange(SIZE // 2))
        made = fingerprint(title, text, "en")
        one = Known(
            article_id=number,
            story_id=number,
            owner=f"site {number % 300}",
            language="en",
            published_at=NOW + timedelta(seconds=2 * number),
            fingerprint=made,
        )
        if number < SIZE:
            finder.add(one)
        else:
            asked.append((title, text, one))
        if number < REGROUPED:
            known.append(one)
    megabytes = _megabytes() - before
    joined = _rate(lambda one: finder.find(one[2].fingerprint, language="en", owner="x", at=NOW), asked)
    topics = [Topic(slug=f"t{n}", names={"en": "T"}, words=tuple(sentences[n].split()[:25])) for n in range(10)]
    matcher = KeywordMatcher(topics)
    matched = _rate(lambda one: matcher.decide(title=one[0], text=one[1], language="en", feed_url=""), asked)
    online = _joined_on_arrival(known)
    began = time.process_time()
    regroup_window(online, {}, told=frozenset(), data_dir=None)
    sys.stdout.write(
        json.dumps(
            {
                "articles": SIZE,
                "megabytes": megabytes,
                "joined": joined,
                "matched": matched,
                "both": 1 / (1 / joined + 1 / matched),
                "regrouped": REGROUPED,
                "stories": len({one.story_id for one in online}),
                "seconds": time.process_time() - began,
            }
        )
    )


def _joined_on_arrival(articles: list[Known]) -> list[Known]:
    finder, found = StoryFinder(), []
    for one in articles:
        story_id = finder.find(one.fingerprint, language="en", owner=one.owner, at=one.published_at)
        values = {
            name: getattr(one, name) for name in ("article_id", "owner", "language", "published_at", "fingerprint")
        }
        found.append(Known(story_id=one.story_id if story_id is None else story_id, **values))
        finder.add(found[-1])
    return found


def _sentences(corpora: Path) -> list[str]:
    found = defaultdict(list)
    with (corpora / "summaries" / "bbc_extractive.jsonl").open(encoding="utf-8") as file:
        for line in file:
            article = json.loads(line)
            for one in re.split(r"(?<=[.!?])\s+", article.get("text") or article.get("article") or ""):
                if 40 < len(one) < 220:
                    found[one].append(None)
    several = list(found)
    random.Random(2).shuffle(several)
    return several


def _rate(work, several) -> float:
    began = time.process_time()
    for one in several:
        work(one)
    return len(several) / (time.process_time() - began)


def _megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


if __name__ == "__main__":
    main(Path(sys.argv[1]))
