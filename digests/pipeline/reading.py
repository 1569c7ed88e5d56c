"""Reading entries: fetch the page, have a worker make an article of it, put that into its story and topics."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import ParamSpec, TypeVar
from weakref import WeakValueDictionary

from digests.curate.stories import WINDOW, Known, Nearest, StoryFinder
from digests.errors import (
    AddressRefusedError,
    DatabaseLostError,
    FetchError,
    HttpStatusError,
    RobotsError,
    TooLargeError,
    UnknownFeedError,
    UnreadablePageError,
    WorkerError,
)
from digests.gather.urls import article_key, is_place
from digests.judging import judge
from digests.language.words import words
from digests.model import ReadArticle, Response, UnreadEntry
from digests.pipeline.matching import Matchable, Matching, Weighed, taken
from digests.pipeline.regrouping import HEAD
from digests.ports import Clock, Fetcher, Gate, Worker
from digests.reading import read_entry
from digests.store.articles import ArticleAt, owner
from digests.store.feeds import READ, UNREADABLE
from digests.store.unit_of_work import Store, UnitOfWork

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)

MAX_PAGE = 3 * 1024 * 1024
"""Bytes; the longest of 1,171 real pages had 1.6 MB."""

PAGES_AT_ONCE = 16
BATCH = 256
"""Entries: from so many feeds that their hosts can be asked in turns while others answer."""

THREADS = 2
"""In which entries ask the database at a time: the others are left to those who answer people. All that wait for one
are first come, first served, and a batch begins with a question for each of its entries."""

_PASSING = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})

CATCH_UP = timedelta(minutes=5)
"""How often whoever reads without passes looks which stories were joined, and which articles are too old to compare."""

PAUSES = (timedelta(minutes=10), timedelta(hours=1))
"""Before the second and the third attempt to read an entry; there is no fourth."""


@dataclass(frozen=True, kw_only=True)
class ReadingReport:
    """How many entries became articles, were articles already, gave no text; and how many articles were revised.

    postponed: how many are to be tried again.
    """

    read: int
    known: int
    postponed: int = 0
    unreadable: int
    revised: int = 0

    @property
    def done(self) -> int:
        """All together."""
        return self.read + self.known + self.postponed + self.unreadable + self.revised

    @classmethod
    def nothing(cls) -> "ReadingReport":
        """Before anything is read."""
        return cls(read=0, known=0, unreadable=0)

    def __add__(self, other: "ReadingReport") -> "ReadingReport":
        """Both together."""
        return ReadingReport(
            read=self.read + other.read,
            known=self.known + other.known,
            postponed=self.postponed + other.postponed,
            unreadable=self.unreadable + other.unreadable,
            revised=self.revised + other.revised,
        )


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Whether an article is about the same event as another one, by what both mean."""

    article_id: int
    is_same: bool


class Reader:
    """Turns unread entries into articles."""

    def __init__(
        self,
        store: Store,
        fetcher: Fetcher,
        worker: Worker,
        matching: Matching,
        clock: Clock,
        *,
        gate: Gate,
        engine: str,
        sentences: int,
    ) -> None:
        """gate: asked before every page. engine: name of the summarizer; sentences: how many a summary has."""
        self._store = store
        self._fetcher = fetcher
        self._worker = worker
        self._clock = clock
        self._gate = gate
        self._engine = engine
        self._sentences = sentences
        self._matching = matching
        self._under_way: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._finder = StoryFinder()
        self._last_id = 0  # of the articles that the finder was told of
        self._caught_up_at: datetime | None = None
        self._slots, self._filing = asyncio.Semaphore(PAGES_AT_ONCE), asyncio.Lock()
        self._threads = asyncio.Semaphore(THREADS)

    async def read_unread(self, tell: Callable[[int, int], None]) -> ReadingReport:
        """Read everything that waits, in batches. tell: called with (done, total so far)."""
        outcomes: Counter[str] = Counter()
        total = 0
        while batch := await self._aside(self._unread):
            if not total:  # from the second batch on it has learned everything itself
                await self._aside(self._catch_up)
            total += len(batch)
            slots = asyncio.Semaphore(PAGES_AT_ONCE)
            filing = asyncio.Lock()

            async def one(
                waiting: UnreadEntry,
                slots: asyncio.Semaphore = slots,
                filing: asyncio.Lock = filing,
                total: int = total,
            ) -> None:
                outcomes[await self._outcome(waiting, slots, filing)] += 1
                tell(outcomes.total(), total)

            await asyncio.gather(*map(one, batch))
        return _report(outcomes)

    async def read_one(self, entry_id: int) -> ReadingReport:
        """Read that entry, unless it needs no reading by now: for whoever is sent to it, while others read others."""
        waiting = await self._aside(self._waiting, entry_id)
        if waiting is None:
            return ReadingReport.nothing()
        async with self._filing:
            if self._caught_up_at is None or self._clock() - self._caught_up_at >= CATCH_UP:
                await self._aside(self._catch_up)
        return _report(Counter([await self._outcome(waiting, self._slots, self._filing)]))

    async def _outcome(self, waiting: UnreadEntry, slots: asyncio.Semaphore, filing: asyncio.Lock) -> str:
        try:
            async with self._alone(waiting.entry.url):
                outcome = await self._read(waiting, slots)
                return await self._filed(waiting, outcome, filing) if isinstance(outcome, ReadArticle) else outcome
        except DatabaseLostError:  # no fault of the entry, which is to be read still
            log.warning("entry %d of feed %d is read again: the database was out of reach", waiting.id, waiting.feed_id)
            return "again"
        except Exception:  # whatever one entry breaks is no reason to read no other
            log.exception("entry %d of feed %d breaks its reading", waiting.id, waiting.feed_id)
            return await self._aside(self._again_or_never, waiting)

    async def _aside(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        async with self._threads:
            return await asyncio.to_thread(function, *args, **kwargs)

    def _unread(self) -> tuple[UnreadEntry, ...]:
        with self._store.read() as work:
            return work.entries.unread(self._clock(), limit=BATCH)

    def _waiting(self, entry_id: int) -> UnreadEntry | None:
        with self._store.read() as work:
            return work.entries.unread_one(entry_id, self._clock())

    def _alone(self, url: str) -> asyncio.Lock:
        """Held while an address is read: whatever other feeds announce there is known by then."""
        lock = asyncio.Lock()
        return self._under_way.setdefault(article_key(url), lock) if url else lock

    def _catch_up(self) -> None:
        """Let the finder know what has come, moved and gone since the last pass."""
        self._caught_up_at = self._clock()
        with self._store.read() as work:
            new = self._finder.keep(work.articles.story_of(self._caught_up_at - WINDOW))
            for one in work.articles.known(new):
                self._finder.add(one)
            self._last_id = work.articles.last_id()

    async def _read(self, waiting: UnreadEntry, slots: asyncio.Semaphore) -> ReadArticle | str:
        entry = waiting.entry
        has_own_page = await self._aside(self._has_own_page, waiting)
        if has_own_page is None:
            await self._aside(self._settle, waiting, READ)
            return "known"
        async with AsyncExitStack() as slot:  # one that waits for its host's turn takes none from the others
            if entry.url and has_own_page:
                response, trouble = await self._page(entry.url, slots, slot)
            else:
                await slot.enter_async_context(slots)
                response, trouble = None, None
            try:
                read: ReadArticle = await self._worker.run(
                    read_entry,
                    entry,
                    response,
                    source=waiting.source,
                    gathered_at=self._clock(),
                    sentences=self._sentences,
                    engine=self._engine,
                    language=waiting.language,
                    headline_alone=waiting.attempts >= len(PAUSES) or _is_final(trouble),
                )
                return read  # noqa: TRY300 - the except clause is for this call alone
            except (UnreadablePageError, WorkerError) as error:
                log.info("entry %d of feed %d gives no article: %s", waiting.id, waiting.feed_id, trouble or error)
                return await self._aside(self._again_or_never, waiting, trouble)

    async def _page(
        self, url: str, slots: asyncio.Semaphore, slot: AsyncExitStack
    ) -> tuple[Response | None, FetchError | None]:
        """The page, or why there is none; `slot` holds one of `slots` from the asking on."""
        try:
            async with self._fetcher.turn(url):
                await slot.enter_async_context(slots)
                answer = await self._fetcher.get(url, limit=MAX_PAGE, gate=self._gate)
        except FetchError as error:
            return None, error
        return (answer if isinstance(answer, Response) else None), None

    def _has_own_page(self, waiting: UnreadEntry) -> bool | None:
        """Whether its address is that of its article alone; None when the article is known from elsewhere."""
        url = waiting.entry.url
        if not url:
            return False
        with self._store.read() as work:
            there = work.articles.at(url)
        if there is not None and there.entry_id != waiting.id:
            return None if not _shares_address(waiting, there) else False
        return not (is_place(url) and waiting.entry.html)

    def _settle(self, waiting: UnreadEntry, state: str) -> None:
        with self._store.begin() as work:
            work.entries.settle(waiting.id, state, wording=waiting.entry, now=self._clock())

    def _again_or_never(self, waiting: UnreadEntry, trouble: FetchError | None = None) -> str:
        if waiting.attempts >= len(PAUSES):
            self._settle(waiting, UNREADABLE)
            return "unreadable"
        asked = trouble.retry_in if isinstance(trouble, HttpStatusError) else None
        pause = max(PAUSES[waiting.attempts], asked or timedelta())
        with self._store.begin() as work:
            work.entries.postpone(waiting.id, until=self._clock() + pause)
        return "postponed"

    async def _filed(self, waiting: UnreadEntry, read: ReadArticle, filing: asyncio.Lock) -> str:
        """Weigh and file the article; once more where admins have changed topics in between."""
        feed_url = await self._aside(self._feed_url, waiting.feed_id)
        own = read.article
        article = Matchable(title=own.title, text=own.text, language=own.language, feed_url=feed_url)
        outcome = "topics changed"
        verdict: Verdict | None = None
        while outcome == "topics changed":
            weighed = await self._matching.weigh(article)
            if verdict is None and self._matching.data_dir is not None:
                verdict = await self._judged(read, waiting.feed_id, self._matching.data_dir)
            async with filing:  # the finder learns from each article before the next is compared
                outcome = await self._aside(self._file, waiting, read, article, weighed, verdict)
        return outcome

    async def _judged(self, read: ReadArticle, feed_id: int, data_dir: Path) -> Verdict | None:
        """Whether the article tells what the one most like it does, where their words leave that open."""
        nearest = await self._aside(self._nearest, read, feed_id)
        if nearest is None or not nearest.is_in_doubt:
            return None
        own = read.article
        pair = (f"{own.title}\n{own.text[:HEAD]}", await self._aside(self._head_of, nearest.article_id))
        try:
            (is_same,) = await self._worker.run(judge, [pair], data_dir=data_dir)
        except WorkerError:  # words decide then
            log.exception("what article %d tells can't be compared", nearest.article_id)
            return None
        return None if is_same is None else Verdict(article_id=nearest.article_id, is_same=is_same)

    def _nearest(self, read: ReadArticle, feed_id: int) -> Nearest | None:
        own = read.article
        return self._finder.nearest(
            read.fingerprint, language=own.language, owner=owner(own.url, feed_id), at=own.published_at
        )

    def _head_of(self, article_id: int) -> str:
        with self._store.read() as work:
            return work.articles.heads_of([article_id], length=HEAD).get(article_id, "")

    def _story_of(self, work: UnitOfWork, read: ReadArticle, feed_id: int, verdict: Verdict | None) -> int | None:
        """The story that the article tells; a verdict counts as long as no article more like it has come since."""
        others = work.articles.filed_after(self._last_id)  # by other processes
        for one in work.articles.known(others):
            self._finder.add(one)
        self._last_id = max(others, default=self._last_id)
        nearest = self._nearest(read, feed_id)
        if nearest is None:
            return None
        judged = verdict is not None and verdict.article_id == nearest.article_id
        is_same = verdict.is_same if verdict and judged else nearest.is_same
        return work.articles.story_told_by(nearest.article_id) if is_same else None

    def _feed_url(self, feed_id: int) -> str:
        with self._store.read() as work:
            try:
                return work.feeds.get(feed_id).url
            except UnknownFeedError:  # filing will find out too, and say so
                return ""

    def _file(
        self,
        waiting: UnreadEntry,
        read: ReadArticle,
        matchable: Matchable,
        weighed: Weighed,
        verdict: Verdict | None,
    ) -> str:
        """Store the article in its story and topics; one that its feed has edited stays in the story it was in."""
        now = self._clock()
        article = read.article
        with self._store.begin() as work:
            if not work.entries.is_unread(waiting.id):  # an admin has removed its feed, or another worker was faster
                return "gone"
            if work.topics.all() != weighed.topics:
                return "topics changed"
            topics = taken(self._matching.decide(matchable, weighed))
            there = work.articles.at(article.url)
            shares = there is not None and there.entry_id != waiting.id and _shares_address(waiting, there)
            if shares and not article.from_feed:
                return "again"  # the other one was filed while this was read: its page is not this one's either
            work.entries.settle(waiting.id, READ, wording=waiting.entry, now=now)
            article_id = work.articles.revise(read, entry_id=waiting.id)
            if article_id is not None:
                work.articles.set_topics({article_id: topics})
                return "revised"
            if there is not None and not (shares and article.from_feed):
                return "known"
            whose = owner(article.url, waiting.feed_id)
            at = article.published_at
            story_id = self._story_of(work, read, waiting.feed_id, verdict)
            if story_id is None:
                story_id = work.articles.new_story(now)
            article_id = work.articles.add(
                read,
                feed_id=waiting.feed_id,
                story_id=story_id,
                now=now,
                entry_id=waiting.id,
                apart=there is not None,
            )
            assert article_id is not None  # asked in this same transaction
            work.articles.set_topics({article_id: topics})
        self._last_id = article_id
        self._finder.add(
            Known(
                article_id=article_id,
                story_id=story_id,
                owner=whose,
                language=article.language,
                published_at=at,
                fingerprint=read.fingerprint,
            ),
        )
        return "read"


def _report(outcomes: Counter[str]) -> ReadingReport:
    return ReadingReport(
        read=outcomes["read"],
        known=outcomes["known"],
        postponed=outcomes["postponed"],
        unreadable=outcomes["unreadable"],
        revised=outcomes["revised"],
    )


def _is_final(trouble: FetchError | None) -> bool:
    """Whether asking for the page again would bring the same answer."""
    if isinstance(trouble, HttpStatusError):
        return trouble.status // 100 == 4 and trouble.status not in _PASSING  # noqa: PLR2004 - RFC 9110, section 15.5
    return isinstance(trouble, RobotsError | AddressRefusedError | TooLargeError)


def _shares_address(waiting: UnreadEntry, there: ArticleAt) -> bool:
    """Whether the feed gives one address to several entries, of which `there` was the first, as some link their home.

    An article that comes once more under a new id keeps its headline.
    """
    return (
        there.feed_id == waiting.feed_id
        and bool(there.announced_at and waiting.entry.url)
        and article_key(there.announced_at) == article_key(waiting.entry.url)
        and words(there.title) != words(waiting.entry.title)
    )
