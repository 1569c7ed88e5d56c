"""Use cases of an admin: topics and feeds."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from digests import opml
from digests.curate.topics import check
from digests.errors import (
    FeedExistsError,
    NotAllowedError,
    NothingToRevertError,
    TopicChangedError,
    TopicExistsError,
    UnknownArticleError,
)
from digests.feed_finder import FeedFinder
from digests.gather.feed_address import feed_key
from digests.gather.polling import moved
from digests.model import (
    OPERATOR,
    Act,
    Actor,
    AuditEntry,
    Decision,
    Feed,
    FoundFeed,
    Story,
    Topic,
)
from digests.pipeline.matching import Matchable, Matching, match_anew
from digests.ports import Clock, Fetcher, Worker
from digests.records import feed_record, recorded_feed, recorded_topic, topic_record, whole_feed_record
from digests.store.articles import StoredArticle
from digests.store.unit_of_work import Store, UnitOfWork
from digests.topics_file import TopicsFile

T = TypeVar("T")

SEEDED = "topics_file_read"
"""The fact that remembers when a topics file was taken in at the start, so that no later start takes one."""


@dataclass(frozen=True, kw_only=True)
class FeedHealth:
    """A feed as an admin sees it. entries_a_day: first seen in the last 24 hours."""

    feed: Feed
    entries_a_day: int


@dataclass(frozen=True, kw_only=True)
class FeedList:
    """Feeds of somebody's list, address -> title. new: those that are not followed yet.

    folders: name -> addresses of the feeds in it.
    """

    feeds: Mapping[str, str]
    new: Mapping[str, str]
    folders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class TopicReach:
    """A topic as an admin sees it. stories_a_week: published in the last seven days that it took."""

    topic: Topic
    stories_a_week: int


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Why an article belongs to some topics and not to others. story: None when it is gone by now."""

    title: str
    source: str
    story: Story | None
    decisions: tuple[tuple[Topic, Decision], ...]

    def about(self, decisions: Iterable[tuple[Topic, Decision]]) -> "Explanation":
        """The same for some of the topics alone."""
        return replace(self, decisions=tuple(decisions))


class Desk:
    """What admins can do.

    What is asynchronous reaches into the network, or matches all articles anew; the rest is one short transaction each.
    """

    def __init__(self, store: Store, fetcher: Fetcher, worker: Worker, matching: Matching, clock: Clock) -> None:
        self._store = store
        self._matching = matching
        self._finder = FeedFinder(fetcher, worker, clock)
        self._worker = worker
        self._clock = clock
        # Of two changes at once the later must have the last word about which articles a topic takes.
        self._one_at_a_time = asyncio.Lock()

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

    async def add_topic(self, topic: Topic, feeds: Iterable[FoundFeed] = (), *, by: Actor = OPERATOR) -> TopicReach:
        """Add it, and match what is already there; follow `feeds` that are not followed yet.

        Raises:
            InvalidTopicError, TopicExistsError: nothing was added.
        """
        check(topic)

        def change(work: UnitOfWork) -> None:
            work.topics.add(topic)
            self._note(work, by, Act.TOPIC_ADDED, topic.slug, after=topic_record(topic))
            self._add_missing(work, feeds, by)

        return await self._reach_after(topic.slug, change)

    async def replace_topic(
        self,
        topic: Topic,
        feeds: Iterable[FoundFeed] = (),
        *,
        by: Actor = OPERATOR,
        expected: Topic | None = None,
    ) -> TopicReach:
        """Change an existing topic, and match afresh; follow `feeds` that are not followed yet.

        expected: as whoever changes it has seen it last; None to change it whatever it is by now.

        Raises:
            InvalidTopicError, UnknownTopicError, TopicChangedError: nothing was changed.
        """
        check(topic)

        def change(work: UnitOfWork) -> None:
            before = work.topics.get(topic.slug)
            if expected is not None and topic_record(before) != topic_record(expected):
                raise TopicChangedError(topic.slug)
            work.topics.replace(topic)
            record = topic_record(before), topic_record(topic)
            if record[0] != record[1]:
                self._note(work, by, Act.TOPIC_CHANGED, topic.slug, before=record[0], after=record[1])
            self._add_missing(work, feeds, by)

        return await self._reach_after(topic.slug, change)

    def remove_topic(self, slug: str, *, by: Actor = OPERATOR) -> Topic:
        """Forget the topic.

        Raises:
            UnknownTopicError: there is none of that slug.
        """
        with self._store.begin() as work:
            topic = work.topics.get(slug)
            self._forget_topic(work, topic, by)
            return topic

    def _forget_topic(self, work: UnitOfWork, topic: Topic, by: Actor) -> int:
        """Remove it, and note what its return needs: its readers, and its place."""
        place, followers = work.topics.place(topic.slug), list(work.topics.followers(topic.slug))
        work.topics.remove(topic.slug)
        before = topic_record(topic) | {_FOLLOWERS: followers, _PLACE: place}
        return self._note(work, by, Act.TOPIC_REMOVED, topic.slug, before=before)

    async def revert(self, entry_id: int, *, by: Actor) -> AuditEntry:
        """Take back a change of a topic or a feed; the entry as it was.

        A topic that was removed has its readers again; of a feed that was removed what it
        publishes from its removal on is told.

        Raises:
            UnknownChangeError: the log has no such entry.
            NothingToRevertError: it was taken back already, or its subject has been changed again, or nobody can.
        """

        def change(work: UnitOfWork) -> AuditEntry:
            entry = work.audit.get(entry_id)
            if entry.reverted_by is not None or entry.act not in _REVERTED:
                raise NothingToRevertError
            noted = _REVERTED[entry.act](self, work, entry, by)
            work.audit.mark_reverted(entry_id, noted)
            return entry

        return await self.changed(change)

    def _revert_topic(self, work: UnitOfWork, entry: AuditEntry, by: Actor) -> int:
        known = {topic.slug: topic for topic in work.topics.all()}
        now = known.get(entry.subject)
        if (now and topic_record(now)) != entry.after:
            raise NothingToRevertError
        if entry.before is None:
            if now is None:
                raise NothingToRevertError
            return self._forget_topic(work, now, by)
        before = recorded_topic(entry.before)
        if now is not None:
            work.topics.replace(before)
            after = topic_record(before)
            return self._note(work, by, Act.TOPIC_CHANGED, entry.subject, before=entry.after, after=after)
        work.topics.add(before)
        work.topics.follow_again(entry.subject, entry.before.get(_FOLLOWERS, ()))
        if _PLACE in entry.before:
            work.topics.put(entry.subject, entry.before[_PLACE])
        return self._note(work, by, Act.TOPIC_ADDED, entry.subject, after=topic_record(before))

    def _revert_feed(self, work: UnitOfWork, entry: AuditEntry, by: Actor) -> int:
        feed = _followed(work).get(feed_key(entry.subject))
        if (feed and feed_record(feed)) != (entry.after and whole_feed_record(entry.after)):
            raise NothingToRevertError
        if feed is not None and entry.before is None:
            work.feeds.remove(feed.id)
            return self._note(work, by, Act.FEED_REMOVED, entry.subject, before=entry.after)
        if entry.before is None:
            raise NothingToRevertError
        before = entry.before
        if feed is None:
            feed = work.feeds.add(before["url"], title=before["title"], site_url="", now=self._clock())
            work.feeds.say(recorded_feed(before, feed))
            work.feeds.know_until(feed.id, entry.at)
            return self._note(work, by, Act.FEED_ADDED, entry.subject, after=feed_record(work.feeds.get(feed.id)))
        work.feeds.say(recorded_feed(before, feed))
        if before["url"] != feed.url:
            move_feed(work, feed, before["url"], self._clock())
        after = feed_record(work.feeds.get(feed.id))
        return self._note(work, by, Act.FEED_CHANGED, before["url"], before=entry.after, after=after)

    def _note(
        self,
        work: UnitOfWork,
        by: Actor,
        act: Act,
        subject: str,
        *,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> int:
        return work.audit.add(by, act, subject, before=before, after=after, now=self._clock())

    async def explain(self, url: str) -> Explanation:
        """What every topic, as it is now, says of the article at that address, and why.

        Raises:
            UnknownArticleError: it has not been gathered.
        """

        def look() -> tuple[StoredArticle, Story | None]:
            with self._store.read() as work:
                stored = work.articles.stored(url)
                if stored is None:
                    raise UnknownArticleError(url)
                return stored, work.articles.story(stored.story_id)

        stored, story = await asyncio.to_thread(look)
        article = Matchable(title=stored.title, text=stored.text, language=stored.language, feed_url=stored.feed_url)
        weighed = await self._matching.weigh(article)
        decisions = await asyncio.to_thread(self._matching.decide, article, weighed)
        known = {topic.slug: topic for topic in weighed.topics}
        return Explanation(
            title=stored.title,
            source=stored.source,
            story=story,
            decisions=tuple((known[one.slug], one) for one in decisions),
        )

    def feeds(self) -> tuple[FeedHealth, ...]:
        """Every feed with its health, by title."""
        with self._store.read() as work:
            counted = work.entries.count_by_feed(self._clock() - timedelta(days=1))
            return tuple(FeedHealth(feed=feed, entries_a_day=counted.get(feed.id, 0)) for feed in work.feeds.all())

    async def find_feeds(self, url: str) -> tuple[FoundFeed, ...]:
        """The feed at the address; else every feed found on the site there, best first. At least one.

        Raises:
            FetchError: the address could not be had, or none of the feeds that it names.
            WorkerError: what stands there could not be read.
            NoFeedFoundError: neither it nor its site is a feed.
            FeedExistsError: the address itself is followed already.
        """
        await asyncio.to_thread(self._require_new, url)
        found = await self._finder.find(url)
        return await asyncio.to_thread(self._marked, found)

    def follow(self, found: FoundFeed, *, by: Actor = OPERATOR) -> Feed:
        """Poll it from now on.

        Raises:
            FeedExistsError: it is followed already.
        """
        with self._store.begin() as work:
            if known := _followed(work).get(feed_key(found.url)):
                raise FeedExistsError(known.name)
            return self._add(work, found, by)

    async def read_list(self, body: bytes) -> FeedList:
        """The feeds of an OPML file; nothing is followed yet.

        Raises:
            TopicsFileError: it can't be taken.
            WorkerError: it takes too long to be read.
        """
        listed = await self._worker.run(opml.read_folders, body)
        new = await asyncio.to_thread(self._not_followed, listed.feeds)
        return FeedList(feeds=listed.feeds, new=new, folders=listed.folders)

    def follow_list(self, feeds: Mapping[str, str], *, by: Actor = OPERATOR) -> int:
        """Poll those that are not followed yet from now on; how many they were. feeds: address -> title."""
        with self._store.begin() as work:
            return self.follow_all(work, feeds, by)

    async def take_topic(
        self,
        topic: Topic,
        *,
        new: bool,
        by: Actor = OPERATOR,
        expected: Topic | None = None,
        only_followed: bool = False,
    ) -> TopicReach:
        """Add the topic, or change it; its addresses may be of sites, whose feeds are followed from now on.

        only_followed: `by` may name no feeds but those that are followed already.

        Raises:
            InvalidTopicError, TopicExistsError, UnknownTopicError, TopicChangedError: nothing was changed, nothing
                followed.
            FetchError, WorkerError, NoFeedFoundError: the same; an address leads to no feed.
        """
        check(topic)
        await asyncio.to_thread(self._require, topic.slug, new=new)
        if only_followed:
            known = await asyncio.to_thread(self._followed_addresses)
            if any(feed_key(url) not in known for url in topic.feed_urls):
                raise NotAllowedError
        limited, found = await self._with_feeds(topic)
        if new:
            return await self.add_topic(limited, found, by=by)
        return await self.replace_topic(limited, found, by=by, expected=expected)

    async def seed(self, wanted: TopicsFile) -> bool:
        """Take a topics file into an installation that has never taken one; whether it was taken."""

        def change() -> bool:
            with self._store.begin() as work:
                if work.fact(SEEDED) is not None:
                    return False
                self._take(work, wanted, OPERATOR)
                work.remember(SEEDED, self._clock().isoformat())
                return True

        async with self._one_at_a_time:
            if not await asyncio.to_thread(change):
                return False
            await match_anew(self._store, self._matching, self._clock())
        return True

    async def take(self, wanted: TopicsFile, *, by: Actor = OPERATOR) -> None:
        """Add the file's topics and feeds; topics of the same slug are replaced, nothing is removed."""
        await self.changed(lambda work: self._take(work, wanted, by))

    def would_take(self, wanted: TopicsFile) -> tuple[AuditEntry, ...]:
        """What `take` would note in the log, in order; nothing is changed."""
        with self._store.trial() as work:
            newest = work.audit.latest(limit=1)
            self._take(work, wanted, OPERATOR)
            return work.audit.since(newest[0].id if newest else 0)

    async def changed(self, change: Callable[[UnitOfWork], T]) -> T:
        """What `change` does to topics, in one transaction, after which all articles are matched anew."""

        def store() -> T:
            with self._store.begin() as work:
                return change(work)

        async with self._one_at_a_time:
            outcome = await asyncio.to_thread(store)
            await match_anew(self._store, self._matching, self._clock())
        return outcome

    def everything(self) -> TopicsFile:
        """All topics and feeds, as a file would hold them: all is said, so that it can all be brought back."""
        with self._store.read() as work:
            feeds = work.feeds.all()
            return TopicsFile(
                topics=work.topics.all(),
                feeds={feed.url: feed.title for feed in feeds},
                weights={feed.url: feed.weight for feed in feeds},
                languages={feed.url: feed.language for feed in feeds},
                credits={feed.url: feed.credit for feed in feeds},
                paused={feed.url: feed.is_paused for feed in feeds},
            )

    def _take(self, work: UnitOfWork, wanted: TopicsFile, by: Actor) -> None:
        before_it = _followed(work)
        self.follow_all(work, wanted.feeds, by, said=wanted.said)
        for url in wanted.feeds:
            feed = before_it.get(feed_key(url))
            if feed is not None:
                say_of_feed(work, feed, wanted.said(url), by=by, now=self._clock())
        followed = _followed(work)
        known = {topic.slug: topic_record(topic) for topic in work.topics.all()}
        for topic in wanted.topics:
            # The file may write the address of a feed in another way than it was followed by.
            written = ((followed.get(feed_key(url)), url) for url in topic.feed_urls)
            topic = replace(topic, feed_urls=tuple(feed.url if feed else url for feed, url in written))  # noqa: PLW2901
            before, after = known.get(topic.slug, {}), topic_record(topic)
            if not before:
                work.topics.add(topic)
                self._note(work, by, Act.TOPIC_ADDED, topic.slug, after=after)
            elif before != after:
                work.topics.replace(topic)
                self._note(work, by, Act.TOPIC_CHANGED, topic.slug, before=before, after=after)

    def follow_all(
        self,
        work: UnitOfWork,
        feeds: Mapping[str, str],
        by: Actor,
        *,
        said: Callable[[str], Mapping[str, Any]] = lambda _: {},
    ) -> int:
        """Poll those that are not followed yet, within a transaction; how many they were. feeds: address -> title.

        said: what else is said of the feed at an address.
        """
        now = self._clock()
        known = set(_followed(work))
        count = 0
        for url, title in feeds.items():
            if feed_key(url) not in known:
                known.add(feed_key(url))
                feed = work.feeds.add(url, title=title, site_url="", now=now)
                if values := said(url):
                    feed = replace(feed, **values)
                    work.feeds.say(feed)
                self._note(work, by, Act.FEED_ADDED, url, after=feed_record(feed))
                count += 1
        return count

    async def _reach_after(self, slug: str, change: Callable[[UnitOfWork], None]) -> TopicReach:
        def count() -> TopicReach:
            with self._store.read() as work:
                counted = work.articles.count_by_topic(self._clock() - timedelta(days=7))
                return TopicReach(topic=work.topics.get(slug), stories_a_week=counted.get(slug, 0))

        await self.changed(change)
        return await asyncio.to_thread(count)

    def _require_new(self, url: str) -> None:
        with self._store.read() as work:
            if known := _followed(work).get(feed_key(url)):
                raise FeedExistsError(known.name)

    def _require(self, slug: str, *, new: bool) -> None:
        with self._store.read() as work:
            if not new:
                work.topics.get(slug)
            elif slug in {topic.slug for topic in work.topics.all()}:
                raise TopicExistsError(slug)

    async def _with_feeds(self, topic: Topic) -> tuple[Topic, tuple[FoundFeed, ...]]:
        """The topic limited to the feeds behind its addresses, and those of them that are not followed yet."""
        known = await asyncio.to_thread(self._followed_addresses)
        urls, new = [], []
        for url in topic.feed_urls:
            if feed_key(url) not in known:
                found = (await self.find_feeds(url))[0]
                if feed_key(found.url) not in known:
                    new.append(found)
                known[feed_key(url)] = known.setdefault(feed_key(found.url), found.url)
            urls.append(known[feed_key(url)])
        return replace(topic, feed_urls=tuple(dict.fromkeys(urls))), tuple(new)

    def _add_missing(self, work: UnitOfWork, feeds: Iterable[FoundFeed], by: Actor) -> None:
        """Follow those that nobody else has begun to follow meanwhile."""
        known = _followed(work)
        for found in feeds:
            if feed_key(found.url) not in known:
                self._add(work, found, by)

    def _add(self, work: UnitOfWork, found: FoundFeed, by: Actor) -> Feed:
        feed = work.feeds.add(found.url, title=found.name, site_url=found.site_url, now=self._clock())
        self._note(work, by, Act.FEED_ADDED, feed.url, after=feed_record(feed))
        return feed

    def _followed_addresses(self) -> dict[str, str]:
        with self._store.read() as work:
            return {key: feed.url for key, feed in _followed(work).items()}

    def _not_followed(self, feeds: Mapping[str, str]) -> dict[str, str]:
        known = self._followed_addresses()
        return {url: title for url, title in feeds.items() if feed_key(url) not in known}

    def _marked(self, feeds: Iterable[FoundFeed]) -> tuple[FoundFeed, ...]:
        with self._store.read() as work:
            known = _followed(work)
        followed = ((found, known.get(feed_key(found.url))) for found in feeds)
        return tuple(replace(found, followed_as=feed.name) if feed else found for found, feed in followed)


def say_of_feed(work: UnitOfWork, feed: Feed, values: Mapping[str, Any], *, by: Actor, now: datetime) -> int | None:
    """Have the feed called, weighed and so on as `values` say; the id of the entry that notes it, None if it was so."""
    after = replace(feed, **values)
    if after == feed:
        return None
    work.feeds.say(after)
    return work.audit.add(by, Act.FEED_CHANGED, feed.url, before=feed_record(feed), after=feed_record(after), now=now)


def move_feed(work: UnitOfWork, feed: Feed, url: str, now: datetime) -> None:
    """Poll the feed elsewhere from now on; topics that are limited to it stay so.

    Raises:
        FeedExistsError: another feed is followed there.
    """
    other = _followed(work).get(feed_key(url))
    if (other is not None and other.id != feed.id) or not work.feeds.move(feed.id, url):
        raise FeedExistsError(other.name if other else url)
    work.topics.move_feed(feed.url, url)
    work.feeds.save([moved(feed, url, now)])


def _followed(work: UnitOfWork) -> dict[str, Feed]:
    return {feed_key(feed.url): feed for feed in work.feeds.all()}


_FOLLOWERS, _PLACE = "followers", "place"  # subscriptions of a topic that was removed, and its place in the order

_REVERTED: dict[Act, Callable[[Desk, UnitOfWork, AuditEntry, Actor], int]] = {
    Act.TOPIC_ADDED: Desk._revert_topic,  # noqa: SLF001 - its own
    Act.TOPIC_CHANGED: Desk._revert_topic,  # noqa: SLF001
    Act.TOPIC_REMOVED: Desk._revert_topic,  # noqa: SLF001
    Act.FEED_ADDED: Desk._revert_feed,  # noqa: SLF001
    Act.FEED_CHANGED: Desk._revert_feed,  # noqa: SLF001
    Act.FEED_REMOVED: Desk._revert_feed,  # noqa: SLF001
}
"""How each act is taken back; the id of the entry that notes it."""
