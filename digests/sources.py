"""Use cases of an admin about one feed, and about lists of feeds in folders."""

import asyncio
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from statistics import median
from typing import Any

from digests.curate.topics import check, slug_for
from digests.desk import Desk, FeedHealth, move_feed, say_of_feed
from digests.errors import (
    AmbiguousFeedError,
    FeedExistsError,
    FeedPausedError,
    InvalidFeedError,
    InvalidTopicError,
    InvalidWeightError,
    SeveralFeedsError,
    UnknownFeedError,
)
from digests.feed_finder import FeedFinder, sole
from digests.gather.feed_address import feed_key, typed_address
from digests.gather.feeds import MAX_BYTES, parse
from digests.gather.polling import said_before
from digests.gather.urls import site
from digests.model import (
    LEAST_WEIGHT,
    MAX_CREDIT,
    MAX_FEED_TITLE,
    MOST_WEIGHT,
    OPERATOR,
    Act,
    Actor,
    Entry,
    Feed,
    FeedDocument,
    Response,
    Topic,
)
from digests.ports import Clock, Fetcher, Worker
from digests.records import feed_record, topic_record
from digests.store.unit_of_work import Store, UnitOfWork

QUALITY_OF = timedelta(days=7)
"""The articles that tell how well those of a feed can be read: gathered since then."""

LATEST = 3
MOST_NAMED = 5
"""Feeds that are named where one of several has to be chosen."""

MOST_FOLDERS = 50
"""Topics that are made of one list."""

REMEMBERED = timedelta(days=30)
"""What a feed has said within it is not news again at a new address, even under another id."""

_LANGUAGE = re.compile(r"[a-z]{2}")


@dataclass(frozen=True, kw_only=True)
class Quality:
    """How well the articles of a feed could be read. length: the median of their texts, in characters.

    from_page, from_feed, headlines: those whose text is their page's, the feed's own, or wanting.
    """

    from_page: int
    from_feed: int
    headlines: int
    length: int

    @property
    def articles(self) -> int:
        """All of them."""
        return self.from_page + self.from_feed + self.headlines


@dataclass(frozen=True, kw_only=True)
class Source:
    """A feed by itself. topics: those limited to it, and perhaps to others."""

    health: FeedHealth
    quality: Quality
    topics: tuple[Topic, ...]

    @property
    def feed(self) -> Feed:
        """The feed."""
        return self.health.feed


@dataclass(frozen=True, kw_only=True)
class Changed:
    """A feed after a change. noted: the id of the entry of the log; None when it was so already."""

    feed: Feed
    noted: int | None


@dataclass(frozen=True, kw_only=True)
class TakenList:
    """What became of a list. followed: new feeds. added, changed: names of topics.

    left: names of topics that take from every feed, so that limiting them would take news away from their readers;
    and of folders that no topic can be called after.
    """

    followed: int
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


class Sources:
    """What admins can do with a feed. What is asynchronous reaches into the network, or matches all articles anew."""

    def __init__(self, store: Store, desk: Desk, fetcher: Fetcher, worker: Worker, clock: Clock) -> None:
        self._store = store
        self._desk = desk
        self._fetcher = fetcher
        self._worker = worker
        self._finder = FeedFinder(fetcher, worker, clock)
        self._clock = clock

    def source(self, feed_id: int) -> Source:
        """One feed with its health.

        Raises:
            UnknownFeedError: it is not there, or no longer.
        """
        now = self._clock()
        with self._store.read() as work:
            feed = work.feeds.get(feed_id)
            counted = work.entries.count_by_feed(now - timedelta(days=1), [feed_id])
            return Source(
                health=FeedHealth(feed=feed, entries_a_day=counted.get(feed_id, 0)),
                quality=_quality(work.articles.lengths(feed_id, now - QUALITY_OF)),
                topics=tuple(topic for topic in work.topics.all() if feed.url in topic.feed_urls),
            )

    def latest(self, feed_id: int) -> tuple[Entry, ...]:
        """What the feed has said last, the newest first.

        Raises:
            UnknownFeedError: it is not there, or no longer.
        """
        with self._store.read() as work:
            work.feeds.get(feed_id)
            return work.entries.latest(feed_id, limit=LATEST)

    def meant(self, written: str) -> Feed:
        """The feed of that number, of that address, of that title, or the only one with that in its title.

        Raises:
            UnknownFeedError: there is none.
            AmbiguousFeedError: there are several.
        """
        with self._store.read() as work:
            feeds = work.feeds.all()
        written = " ".join(written.split())
        if not written:
            raise UnknownFeedError
        if written.isdecimal():
            numbered = next((one for one in feeds if str(one.id) == written), None)
            if numbered is None:
                raise UnknownFeedError
            return numbered
        address, part = typed_address(written), written.casefold()
        key = feed_key(address) if address else None
        for found in (
            [one for one in feeds if key is not None and feed_key(one.url) == key],
            [one for one in feeds if one.title.casefold() == part],
            [one for one in feeds if part in one.title.casefold()],
        ):
            if len(found) > 1:
                raise AmbiguousFeedError(one.name for one in found[:MOST_NAMED])
            if found:
                return found[0]
        raise UnknownFeedError

    def credit_of(self, url: str) -> str:
        """The words that stand beside the article of that address: its feed's, else those of a feed of its site."""
        with self._store.read() as work:
            told = work.articles.credit(url)
            if told is not None:
                return told
            feeds = [one for one in work.feeds.all() if one.credit]
        whose = site(url)
        return next((one.credit for one in feeds if whose == site(one.site_url or one.url)), "") if whose else ""

    def rename(self, feed_id: int, title: str, *, by: Actor = OPERATOR) -> Changed:
        """Call the feed so from now on, and its articles' source.

        Raises:
            InvalidFeedError: nothing is left of the title, or it is too long.
            UnknownFeedError: it is not there, or no longer.
        """
        title = _line(title)
        if not 0 < len(title) <= MAX_FEED_TITLE:
            raise InvalidFeedError("title")
        return self._say(feed_id, by, title=title)

    def credit(self, feed_id: int, credit: str, *, by: Actor = OPERATOR) -> Changed:
        """Have these words stand beside the feed's news; "" for none.

        Raises:
            InvalidFeedError: they are too long.
            UnknownFeedError: it is not there, or no longer.
        """
        credit = _line(credit)
        if len(credit) > MAX_CREDIT:
            raise InvalidFeedError("credit")
        return self._say(feed_id, by, credit=credit)

    def speak(self, feed_id: int, language: str, *, by: Actor = OPERATOR) -> Changed:
        """Take articles whose language can't be told for that one from now on; "" for none.

        Raises:
            InvalidFeedError: that is no code of a language.
            UnknownFeedError: it is not there, or no longer.
        """
        language = language.strip().casefold()
        if language and not _LANGUAGE.fullmatch(language):
            raise InvalidFeedError("language")
        return self._say(feed_id, by, language=language)

    def weigh(self, feed_id: int, weight: float, *, by: Actor = OPERATOR) -> Changed:
        """Have the feed count so much when stories are ranked; 1 is usual.

        Raises:
            InvalidWeightError: that is out of bounds.
            UnknownFeedError: it is not there, or no longer.
        """
        if not LEAST_WEIGHT <= weight <= MOST_WEIGHT:
            raise InvalidWeightError
        return self._say(feed_id, by, weight=weight)

    def pause(self, feed_id: int, *, by: Actor = OPERATOR) -> Changed:
        """Poll the feed no longer, and keep all that it told.

        Raises:
            UnknownFeedError: it is not there, or no longer.
        """
        return self._say(feed_id, by, is_paused=True)

    def resume(self, feed_id: int, *, by: Actor = OPERATOR) -> Changed:
        """Poll the feed again, at once.

        Raises:
            UnknownFeedError: it is not there, or no longer.
        """
        changed = self._say(feed_id, by, is_paused=False)
        if changed.noted is not None:
            self.retry(feed_id)
        return changed

    def retry(self, feed_id: int) -> Feed:
        """Make the feed due now, also when it was given up.

        Raises:
            UnknownFeedError: it is not there, or no longer.
            FeedPausedError: it is paused.
        """
        with self._store.begin() as work:
            feed = work.feeds.get(feed_id)
            if feed.is_paused:
                raise FeedPausedError(feed.name)
            work.feeds.poll_soon(self._clock(), [feed_id])
            return feed

    def remove(self, feed_id: int, *, by: Actor = OPERATOR) -> Changed:
        """Forget the feed with all its articles; it comes back as it was said, by `Desk.revert`.

        Raises:
            UnknownFeedError: it is not there, or no longer.
        """
        with self._store.begin() as work:
            feed = work.feeds.get(feed_id)
            work.feeds.remove(feed_id)
            noted = work.audit.add(by, Act.FEED_REMOVED, feed.url, before=feed_record(feed), now=self._clock())
            return Changed(feed=feed, noted=noted)

    async def move(self, feed_id: int, url: str, *, by: Actor = OPERATOR) -> Changed:
        """Poll the feed at that address, where there has to be one, and keep everything of it.

        What it told at the old address does not come again, not even where its entries have other ids at the new one.

        Raises:
            FetchError, WorkerError: what stands there can't be had.
            NoFeedFoundError, SeveralFeedsError: that is no feed, and names none or several.
            FeedExistsError: another feed is followed there.
            UnknownFeedError: it is not there, or no longer.
        """
        await asyncio.to_thread(self._require_free, feed_id, url)
        found = await self._finder.find(url)
        there = sole(found)
        if there is None:
            raise SeveralFeedsError(one.url for one in found[:MOST_NAMED])
        answer = await self._fetcher.get(there.url, limit=MAX_BYTES)
        assert isinstance(answer, Response)  # without validators nothing is unchanged
        document = await self._worker.run(
            parse, answer.body, url=answer.url, content_type=answer.content_type, now=self._clock()
        )
        return await asyncio.to_thread(self._move, feed_id, there.url, document, by)

    async def take_list(
        self,
        feeds: Mapping[str, str],
        folders: Mapping[str, tuple[str, ...]],
        *,
        language: str,
        by: Actor = OPERATOR,
    ) -> TakenList:
        """Follow the feeds of a list, and make topics of its folders, each limited to the feeds in it.

        A topic of that name that is limited to feeds has these besides. language: that the names of folders are in.
        """

        def change(work: UnitOfWork) -> TakenList:
            followed = self._desk.follow_all(work, feeds, by)
            known = {feed_key(feed.url): feed.url for feed in work.feeds.all()}
            told: dict[str, list[str]] = {"added": [], "changed": [], "left": []}
            for name, addresses in list(folders.items())[:MOST_FOLDERS]:
                urls = tuple(dict.fromkeys(known[key] for one in addresses if (key := feed_key(one)) in known))
                if urls:
                    told[self._take_folder(work, name, urls, language, by)].append(name)
            told["left"] += list(folders)[MOST_FOLDERS:]
            return TakenList(followed=followed, **{kind: tuple(names) for kind, names in told.items()})

        return await self._desk.changed(change)

    def _take_folder(self, work: UnitOfWork, name: str, urls: tuple[str, ...], language: str, by: Actor) -> str:
        """Whether its topic was added, changed or left alone; one that has all the feeds counts as changed."""
        try:
            slug = slug_for(name)
        except InvalidTopicError:
            return "left"
        topics = work.topics.all()
        named = [one for one in topics if name.casefold() in {other.casefold() for other in one.names.values()}]
        topic = next(iter(named or [one for one in topics if one.slug == slug]), None)
        now = self._clock()
        if topic is None:
            topic = Topic(slug=slug, names={language: name}, feed_urls=urls)
            check(topic)
            work.topics.add(topic)
            work.audit.add(by, Act.TOPIC_ADDED, slug, after=topic_record(topic), now=now)
            return "added"
        if not topic.feed_urls:
            return "left"
        wider = replace(topic, feed_urls=tuple(dict.fromkeys((*topic.feed_urls, *urls))))
        if wider != topic:
            work.topics.replace(wider)
            before, after = topic_record(topic), topic_record(wider)
            work.audit.add(by, Act.TOPIC_CHANGED, topic.slug, before=before, after=after, now=now)
        return "changed"

    def _say(self, feed_id: int, by: Actor, **values: Any) -> Changed:  # noqa: ANN401 - of the fields of a feed
        with self._store.begin() as work:
            noted = say_of_feed(work, work.feeds.get(feed_id), values, by=by, now=self._clock())
            return Changed(feed=work.feeds.get(feed_id), noted=noted)

    def _require_free(self, feed_id: int, url: str) -> None:
        with self._store.read() as work:
            work.feeds.get(feed_id)
            other = next((one for one in work.feeds.all() if feed_key(one.url) == feed_key(url)), None)
        if other is not None and other.id != feed_id:
            raise FeedExistsError(other.name)

    def _move(self, feed_id: int, url: str, document: FeedDocument, by: Actor) -> Changed:
        now = self._clock()
        with self._store.begin() as work:
            before = work.feeds.get(feed_id)
            if before.url == url:
                return Changed(feed=before, noted=None)
            move_feed(work, before, url, now)
            keys = work.entries.keys(feed_id)
            said = work.entries.said_since(feed_id, now - REMEMBERED)
            work.entries.add(feed_id, [], said_before(document.entries, said, keys), now=now)
            after = work.feeds.get(feed_id)
            records = feed_record(before), feed_record(after)
            noted = work.audit.add(by, Act.FEED_CHANGED, url, before=records[0], after=records[1], now=now)
            return Changed(feed=after, noted=noted)


def _quality(told: Iterable[tuple[bool, int]]) -> Quality:
    several = list(told)
    lengths = [length for _, length in several if length]
    from_feed = sum(own for own, length in several if length)
    return Quality(
        from_page=len(lengths) - from_feed,
        from_feed=from_feed,
        headlines=len(several) - len(lengths),
        length=int(median(lengths)) if lengths else 0,
    )


def _line(written: str) -> str:
    """As one line of printable characters."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in written).split())
