"""Use cases of an admin: topics and feeds."""

import asyncio
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from digests.curate.topics import check
from digests.errors import FetchError, NoFeedFoundError, NotAFeedError
from digests.gather.discover import candidates
from digests.gather.feeds import MAX_BYTES, parse
from digests.model import Feed, FoundFeed, Response, Topic
from digests.pipeline.reading import match_anew
from digests.ports import Clock, Fetcher, Worker
from digests.store.unit_of_work import Store, UnitOfWork
from digests.topics_file import TopicsFile

log = logging.getLogger(__name__)

SEEDED = "topics_file_read"


@dataclass(frozen=True, kw_only=True)
class FeedHealth:
    """A feed as an admin sees it. entries_a_day: first seen in the last 24 hours."""

    feed: Feed
    entries_a_day: int


@dataclass(frozen=True, kw_only=True)
class TopicReach:
    """A topic as an admin sees it. stories_a_week: published in the last seven days that it took."""

    topic: Topic
    stories_a_week: int


class Desk:
    """What admins can do. The asynchronous ones reach into the network; the others are one short transaction."""

    def __init__(self, store: Store, fetcher: Fetcher, worker: Worker, clock: Clock) -> None:
        self._store = store
        self._fetcher = fetcher
        self._worker = worker
        self._clock = clock
        # Of two changes at once the later must have the last word about which articles a topic takes.
        self._one_at_a_time = threading.Lock()

    def topics(self) -> tuple[TopicReach, ...]:
        """Every topic, in order."""
        with self._store.read() as work:
            counted = work.articles.count_by_topic(self._clock() - timedelta(days=7))
            return tuple(TopicReach(topic=one, stories_a_week=counted.get(one.slug, 0)) for one in work.topics.all())

    def topic(self, slug: str) -> Topic:
        """One topic.

        Raises:
            UnknownTopicError: there is none of that slug.
        """
        with self._store.read() as work:
            return work.topics.get(slug)

    def add_topic(self, topic: Topic) -> TopicReach:
        """Add it, and match what is already there.

        Raises:
            InvalidTopicError, TopicExistsError: nothing was added.
        """
        check(topic)
        return self._changed(topic.slug, lambda work: work.topics.add(topic))

    def replace_topic(self, topic: Topic) -> TopicReach:
        """Change an existing topic, and match afresh.

        Raises:
            InvalidTopicError, UnknownTopicError: nothing was changed.
        """
        check(topic)

        def change(work: UnitOfWork) -> None:
            work.topics.get(topic.slug)
            work.topics.replace(topic)

        return self._changed(topic.slug, change)

    def remove_topic(self, slug: str) -> Topic:
        """Forget the topic.

        Raises:
            UnknownTopicError: there is none of that slug.
        """
        with self._store.begin() as work:
            topic = work.topics.get(slug)
            work.topics.remove(slug)
            return topic

    def feeds(self) -> tuple[FeedHealth, ...]:
        """Every feed with its health, by title."""
        with self._store.read() as work:
            counted = work.entries.count_by_feed(self._clock() - timedelta(days=1))
            return tuple(FeedHealth(feed=feed, entries_a_day=counted.get(feed.id, 0)) for feed in work.feeds.all())

    def remove_feed(self, feed_id: int) -> Feed:
        """Forget the feed with all its articles.

        Raises:
            UnknownFeedError: it is not there, or no longer.
        """
        with self._store.begin() as work:
            feed = work.feeds.get(feed_id)
            work.feeds.remove(feed_id)
            return feed

    def poll_soon(self) -> None:
        """Make every feed due now, also those that are left alone after failures."""
        with self._store.begin() as work:
            work.feeds.poll_soon(self._clock())

    async def find_feed(self, url: str) -> FoundFeed:
        """The feed at the address, or the best one that the site there names.

        Raises:
            FetchError: the address could not be had.
            NoFeedFoundError: neither it nor its site is a feed.
        """
        answer = await self._get(url)
        try:
            return await self._as_feed(answer)
        except NotAFeedError:
            others = await self._worker.run(candidates, answer.body, url=answer.url)
        for candidate in others:
            try:
                return await self._as_feed(await self._get(candidate))
            except FetchError as error:
                log.info("no feed at a usual place: %s", error)
        raise NoFeedFoundError

    async def add_feed(self, url: str) -> tuple[Feed, tuple[str, ...]]:
        """Find a feed as `find_feed` does, and follow it: the feed, and its latest three titles.

        Raises:
            FeedExistsError: it is followed already.
        """
        found = await self.find_feed(url)
        return await asyncio.to_thread(self._add_found, found), found.latest

    async def with_feeds(self, topic: Topic) -> Topic:
        """The topic limited to the feeds behind its addresses; feeds that are not followed yet are, from now on.

        Raises:
            FetchError, NoFeedFoundError: an address leads to no feed.
        """
        known = {one.feed.url for one in await asyncio.to_thread(self.feeds)}
        urls = []
        for url in topic.feed_urls:
            if url in known:
                urls.append(url)
                continue
            found = await self.find_feed(url)
            urls.append(found.url)
            if found.url not in known:
                known.add(found.url)
                await asyncio.to_thread(self._add_found, found)
        return replace(topic, feed_urls=tuple(dict.fromkeys(urls)))

    def seed(self, wanted: TopicsFile) -> bool:
        """Take a topics file into an installation that has never taken one; whether it was taken."""
        with self._store.begin() as work:
            if work.fact(SEEDED) is not None:
                return False
            self._take(work, wanted)
            work.remember(SEEDED, self._clock().isoformat())
        match_anew(self._store, self._clock())
        return True

    def take(self, wanted: TopicsFile) -> None:
        """Add the file's topics and feeds; topics of the same slug are replaced, nothing is removed."""
        with self._store.begin() as work:
            self._take(work, wanted)
        match_anew(self._store, self._clock())

    def everything(self) -> TopicsFile:
        """All topics and feeds, as a file would hold them."""
        with self._store.read() as work:
            return TopicsFile(topics=work.topics.all(), feeds={feed.url: feed.title for feed in work.feeds.all()})

    def _take(self, work: UnitOfWork, wanted: TopicsFile) -> None:
        now = self._clock()
        present = {feed.url for feed in work.feeds.all()}
        for url, title in wanted.feeds.items():
            if url not in present:
                work.feeds.add(url, title=title, site_url="", now=now)
        known = {topic.slug for topic in work.topics.all()}
        for topic in wanted.topics:
            (work.topics.replace if topic.slug in known else work.topics.add)(topic)

    def _changed(self, slug: str, change: Callable[[UnitOfWork], None]) -> TopicReach:
        now = self._clock()
        with self._one_at_a_time:
            with self._store.begin() as work:
                change(work)
            match_anew(self._store, now)
        with self._store.read() as work:
            counted = work.articles.count_by_topic(now - timedelta(days=7))
            return TopicReach(topic=work.topics.get(slug), stories_a_week=counted.get(slug, 0))

    def _add_found(self, found: FoundFeed) -> Feed:
        title = found.title or found.site_url or found.url
        with self._store.begin() as work:
            return work.feeds.add(found.url, title=title, site_url=found.site_url, now=self._clock())

    async def _get(self, url: str) -> Response:
        answer = await self._fetcher.get(url, limit=MAX_BYTES)
        assert isinstance(answer, Response)  # without validators nothing is unchanged
        return answer

    async def _as_feed(self, answer: Response) -> FoundFeed:
        now = self._clock()
        document = await self._worker.run(
            parse,
            answer.body,
            url=answer.url,
            content_type=answer.content_type,
            now=now,
        )
        return FoundFeed(
            url=answer.url,
            title=document.title,
            site_url=document.site_url,
            latest=tuple(entry.title for entry in document.entries[:3]),
        )
