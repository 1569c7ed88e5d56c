"""Matching: what speaks for each topic is weighed in a worker, many articles at a time; then rules have their say."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from digests.curate.neutral import NEUTRAL
from digests.curate.subjects import ENOUGH_RECENT, HEAD, RECENT, subject
from digests.curate.topics import KeywordMatcher, Relevances
from digests.errors import WorkerError
from digests.gather.polling import STILL_NEWS
from digests.model import UNSURE, Decision, Strictness, Topic
from digests.pipeline.books import Books
from digests.ports import Clock, Worker
from digests.store.unit_of_work import Store
from digests.weighing import weigh

log = logging.getLogger(__name__)

LEARN_AGAIN = timedelta(hours=3)
"""How often what is usual is asked of recent articles; how topics are spread over a week's news hardly changes."""

AT_ONCE = 400
"""Articles that a worker weighs in one go."""

AT_ONCE_BY_ENCODER = 100
"""The same where the encoder reads them all: it takes a tenth of a second for one, and some can wait for the others."""


@dataclass(frozen=True, kw_only=True)
class Matchable:
    """What matching needs of an article. text: whole, or at least its beginning."""

    title: str
    text: str
    language: str
    feed_url: str


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """What spoke for each topic, as the topics were."""

    topics: tuple[Topic, ...]
    relevances: Relevances


class Matching:
    """Decides which topics articles belong to."""

    def __init__(
        self, store: Store, worker: Worker, clock: Clock, *, data_dir: Path | None = None, thorough: bool = False
    ) -> None:
        """data_dir: for the table of meanings; None to go by words alone. thorough: as in `digests.weighing.weigh`."""
        self._store = store
        self._worker = worker
        self._clock = clock
        self.data_dir = data_dir
        self._thorough = thorough
        self._at_once = AT_ONCE_BY_ENCODER if thorough else AT_ONCE
        self._matcher = KeywordMatcher(())
        self._recent: dict[str, tuple[str, ...]] = {}
        self._learned_at: dict[str, datetime] = {}
        self._books: Books[Matchable, Weighed] = Books(self._weigh)

    async def weigh(self, article: Matchable) -> Weighed:
        """What speaks for its topics; articles that come while others are being weighed are weighed together."""
        return await self._books.enter(article)

    async def weigh_all(self, articles: Sequence[Matchable]) -> list[Weighed]:
        """What speaks for each article's topics, in order."""
        return [
            one
            for start in range(0, len(articles), self._at_once)
            for one in await self._weigh(articles[start : start + self._at_once])
        ]

    async def weigh_as_if(self, topics: tuple[Topic, ...], articles: Sequence[Matchable]) -> list[Relevances]:
        """What would speak for each article's topics, in order, if the topics were these.

        Somebody waits for it: where the encoder looks closer only at what is in doubt, that is left out.
        """
        found: list[Relevances] = []
        for start in range(0, len(articles), self._at_once):
            weighed = await self._weigh(articles[start : start + self._at_once], topics)
            found += [one.relevances for one in weighed]
        return found

    def decide(self, article: Matchable, weighed: Weighed) -> tuple[Decision, ...]:
        """Whether it belongs to each of the topics, and why."""
        if weighed.topics != self._matcher.topics:
            self._matcher = KeywordMatcher(weighed.topics)
        return self._matcher.decide(
            title=article.title,
            text=article.text,
            language=article.language,
            feed_url=article.feed_url,
            relevances=weighed.relevances,
        )

    async def _weigh(self, articles: Sequence[Matchable], as_if: tuple[Topic, ...] | None = None) -> list[Weighed]:
        """as_if: the topics in place of those there are."""
        by_language: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(articles):
            by_language[one.language].append(at)
        topics = await asyncio.to_thread(self._learn, tuple(by_language), as_if)
        weighed = [Weighed(topics=topics, relevances={}) for _ in articles]
        for language, places in by_language.items():
            own = [articles[at] for at in places]
            relevances = await self._in(language, topics, own, closer=as_if is None or self._thorough)
            for at, found in zip(places, relevances, strict=True):
                weighed[at] = Weighed(topics=topics, relevances=found)
        return weighed

    async def _in(
        self, language: str, topics: Iterable[Topic], articles: Sequence[Matchable], *, closer: bool
    ) -> list[Relevances]:
        asked = [topic for topic in topics if topic.decided_by is not Strictness.WORDS]
        recent = self._recent.get(language, ())
        if not asked or not recent:
            return [{} for _ in articles]
        try:
            found = await self._worker.run(
                weigh,
                [head_of(one.title, one.text) for one in articles],
                tuple(subject(topic, language) for topic in asked),
                recent=recent,
                language=language,
                data_dir=self.data_dir,
                thorough=self._thorough,
                closer=closer,
            )
        except WorkerError:  # words decide then, as before anything was learned
            log.exception("%d articles can't be weighed", len(articles))
            return [{} for _ in articles]
        return [dict(zip((topic.slug for topic in asked), row, strict=True)) for row in found]

    def _learn(self, languages: Iterable[str], as_if: tuple[Topic, ...] | None) -> tuple[Topic, ...]:
        """The topics, as they are now or as given; what is usual in these languages is learned where that is due."""
        now = self._clock()
        with self._store.read() as work:
            topics = work.topics.all() if as_if is None else as_if
            if all(topic.decided_by is Strictness.WORDS for topic in topics):
                return topics
            for language in languages:
                learned_at = self._learned_at.get(language)
                if language == UNSURE or (learned_at and now - learned_at < LEARN_AGAIN):
                    continue
                found = work.articles.heads(language, limit=RECENT, length=HEAD)
                if len(found) >= ENOUGH_RECENT:
                    self._learned_at[language] = now
                    self._recent[language] = tuple(head_of(title, text) for title, text in found)
                else:  # a few articles of one kind would make that kind the usual
                    self._recent[language] = NEUTRAL.get(language, ())
        return topics


def head_of(title: str, text: str) -> str:
    """What is weighed of an article."""
    return f"{title}\n{text[:HEAD]}"


async def match_anew(store: Store, matching: Matching, now: datetime) -> None:
    """Put all articles that are still news into topics afresh, after topics have changed.

    The matching is done outside of any transaction that writes: with a large archive it takes seconds. What is filed
    meanwhile is matched with the topics as they are then.
    """

    def look() -> dict[int, Matchable]:
        with store.read() as work:
            return {
                article_id: Matchable(title=title, text=text, language=language, feed_url=feed_url)
                for article_id, feed_url, language, title, text in work.articles.texts(now - STILL_NEWS)
            }

    articles = await asyncio.to_thread(look)
    weighed = await matching.weigh_all(list(articles.values()))

    def decide() -> None:
        slugs = {
            article_id: taken(matching.decide(article, own))
            for (article_id, article), own in zip(articles.items(), weighed, strict=True)
        }
        with store.begin() as work:
            work.articles.set_topics(slugs)

    await asyncio.to_thread(decide)


def taken(decisions: Iterable[Decision]) -> Mapping[str, float | None]:
    """Slug of each topic that the article belongs to -> how much spoke for it, None where rules alone decided."""
    return {one.slug: one.relevance.total if one.relevance else None for one in decisions if one.taken}
