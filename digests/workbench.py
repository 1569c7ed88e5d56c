"""Use cases of whoever builds topics: drafts that nobody else sees, tried on the archive until they are published.

A draft is one person's; what is published is noted in the audit log by the desk. Rights are the caller's to check.
"""

import asyncio
import json
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digests.curate.topics import MAX_EXAMPLES, Relevances, check
from digests.curate.trial import Marks, Trial, example, marks_of, try_topic
from digests.desk import Desk, TopicReach
from digests.errors import (
    InvalidTopicError,
    NoDraftError,
    NothingToRevertError,
    TopicChangedError,
    TopicExistsError,
    UnknownArticleError,
    UnknownTopicError,
)
from digests.gather.feed_address import feed_key
from digests.model import (
    Act,
    Actor,
    ArchivedArticle,
    AuditEntry,
    Feed,
    Strictness,
    Topic,
    TopicDraft,
    TopicLabel,
)
from digests.pipeline.matching import Matchable, Matching
from digests.ports import Clock, Worker
from digests.records import merged, topic_record
from digests.store.unit_of_work import Store, UnitOfWork

LOOKED_BACK = timedelta(days=7)
MOST_TRIED = 3000
"""Of the archive: so far back, and so many articles, the newest, are looked at."""

STEPS = 20
"""Of a draft that can be undone."""

MOST_LABELS = 300
"""Of one topic; of more, the oldest go."""

LABEL_TEXT = 4000
"""Characters of an article's text that stay with a label."""

MOST_DRAFTS = 50
"""Of one person; a draft is of no use to somebody who has lost sight of it."""

_KEPT = 16  # trials, so that turning pages of one computes nothing


@dataclass(frozen=True, kw_only=True)
class Bench:
    """A topic on one person's workbench.

    topic: as drafted, else as published. draft: None while nothing of it is changed. published: None for a new topic.
    """

    topic: Topic
    draft: TopicDraft | None
    published: Topic | None

    @property
    def slug(self) -> str:
        """Of the topic."""
        return self.topic.slug


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """What somebody else did to a topic after a draft of it was begun.

    entry: the latest of the audit log about it, None where that knows of nothing. base: what the draft was begun from,
    None for a new one. theirs: as it is now, None where it was removed.
    """

    draft: TopicDraft
    entry: AuditEntry | None
    base: Topic | None
    theirs: Topic | None


class Workbench:
    """Drafting, trying, labelling and publishing topics."""

    def __init__(self, store: Store, worker: Worker, matching: Matching, desk: Desk, clock: Clock) -> None:
        self._store = store
        self._worker = worker
        self._matching = matching
        self._desk = desk
        self._clock = clock
        self._trials: OrderedDict[str, Trial] = OrderedDict()
        # A trial fills a worker for seconds: two admins who try at once must not keep the news waiting.
        self._one_at_a_time = asyncio.Lock()

    def open(self, user_id: int, slug: str) -> Bench:
        """The topic as that person has it.

        Raises:
            UnknownTopicError: there is neither a topic nor a draft of theirs of that slug.
        """
        with self._store.read() as work:
            return _bench(work, user_id, slug)

    def drafts(self, user_id: int) -> tuple[TopicDraft, ...]:
        """All of that person's, the latest first."""
        with self._store.read() as work:
            return work.drafts.of(user_id)

    def begin(self, user_id: int, topic: Topic) -> Bench:
        """A draft of a topic that is not there yet, in place of an earlier one.

        Raises:
            InvalidTopicError: it can't be understood. One that has nothing to look for yet can be drafted.
            TopicExistsError: the slug is taken.
        """
        _require_readable(topic)
        with self._store.begin() as work:
            if _published(work, topic.slug) is not None:
                raise TopicExistsError(topic.slug)
            known = work.drafts.find(user_id, topic.slug)
            self._keep(work, user_id, topic, base=None, history=_later(known))
            for old in work.drafts.of(user_id)[MOST_DRAFTS:]:
                work.drafts.remove(user_id, old.slug)
            return _bench(work, user_id, topic.slug)

    def change(self, user_id: int, slug: str, change: Callable[[Topic], Topic]) -> Bench:
        """The draft after `change`; one is begun where there is none, and a step is remembered where anything differs.

        Raises:
            InvalidTopicError, UnknownTopicError: nothing was changed.
        """
        with self._store.begin() as work:
            before = _bench(work, user_id, slug)
            topic = _as_followed(change(before.topic), work.feeds.all())
            _require_readable(topic)
            if topic_record(topic) == topic_record(before.topic):
                return before
            draft = before.draft
            base = draft.base if draft else before.published
            history = _later(draft) if draft else (before.topic,)
            self._keep(work, user_id, topic, base=base, history=history)
            return _bench(work, user_id, slug)

    def step_back(self, user_id: int, slug: str) -> Bench:
        """The draft as it was before its last step; without any left, as it is. Back where it began it is no draft.

        Raises:
            UnknownTopicError, NoDraftError: there is nothing to step back from.
        """
        with self._store.begin() as work:
            draft = _draft(work, user_id, slug)
            *history, topic = draft.history or (draft.topic,)
            if draft.base is not None and topic_record(topic) == topic_record(draft.base):
                work.drafts.remove(user_id, slug)
            else:
                self._keep(work, user_id, topic, base=draft.base, history=tuple(history))
            return _bench(work, user_id, slug)

    def discard(self, user_id: int, slug: str) -> None:
        """Forget the draft, and the labels of a topic that nobody has any more.

        Raises:
            UnknownTopicError, NoDraftError: there is none.
        """
        with self._store.begin() as work:
            _draft(work, user_id, slug)
            work.drafts.remove(user_id, slug)
            removed = any(entry.act is Act.TOPIC_REMOVED for entry in work.audit.latest(limit=1, subject=slug))
            if _published(work, slug) is None and not removed and not work.drafts.is_anybodys(slug):
                work.labels.keep_latest(slug, 0)

    async def publish(self, by: Actor, slug: str, *, only_followed: bool = False) -> TopicReach:
        """Have readers get the topic as it is drafted; the draft is done then. only_followed: as in `Desk.take_topic`.

        Raises:
            NoDraftError: there is nothing to publish.
            InvalidTopicError, FetchError, WorkerError, NoFeedFoundError: as `Desk.take_topic`.
            TopicChangedError: somebody else has changed, made or removed the topic since the draft was begun; see
                `conflict`. Nothing was changed.
        """
        draft = await asyncio.to_thread(self._own_draft, by.user_id, slug)
        try:
            reach = await self._desk.take_topic(
                draft.topic, new=draft.base is None, by=by, expected=draft.base, only_followed=only_followed
            )
        except (TopicExistsError, UnknownTopicError) as error:
            raise TopicChangedError(slug) from error
        await asyncio.to_thread(self._forget, draft)
        return reach

    def conflict(self, user_id: int, slug: str) -> Conflict:
        """What was done to the topic meanwhile.

        Raises:
            UnknownTopicError, NoDraftError: there is no draft.
        """
        with self._store.read() as work:
            draft = _draft(work, user_id, slug)
            entry = _last_change(work, slug)
            return Conflict(draft=draft, entry=entry, base=draft.base, theirs=_published(work, slug))

    def take_over(self, user_id: int, slug: str, *, seen: int, both: bool) -> Bench:
        """The draft as if it had been begun from the topic as it is now.

        seen: the entry of the audit log up to which the person knows of changes, 0 for none. both: with their changes
        in it beside one's own; else it stays as it is, to take the place of theirs.

        Raises:
            UnknownTopicError, NoDraftError: there is no draft.
            TopicChangedError: the topic has been changed again since `seen`.
        """
        with self._store.begin() as work:
            draft, entry = _draft(work, user_id, slug), _last_change(work, slug)
            if (entry.id if entry else 0) != seen:
                raise TopicChangedError(slug)
            theirs = _published(work, slug)
            topic = draft.topic
            if both and theirs is not None:
                topic = merged(draft.base or Topic(slug=slug, names={}), topic, theirs)
            history = _later(draft) if topic_record(topic) != topic_record(draft.topic) else draft.history
            self._keep(work, user_id, topic, base=theirs, history=history)
            return _bench(work, user_id, slug)

    def last_change(self, slug: str) -> AuditEntry | None:
        """The latest entry of the audit log about that topic."""
        with self._store.read() as work:
            return _last_change(work, slug)

    def topic_change(self, entry_id: int) -> AuditEntry:
        """An entry of the audit log that is about a topic.

        Raises:
            UnknownChangeError, NothingToRevertError: there is none of that id, or it is about something else.
        """
        with self._store.read() as work:
            entry = work.audit.get(entry_id)
            if entry.act not in _OF_TOPICS:
                raise NothingToRevertError
            return entry

    def label(self, user_id: int, slug: str, article_id: int, *, belongs: bool) -> None:
        """Remember whether an article belongs to the topic; said once more, it is unsaid.

        Raises:
            UnknownTopicError: there is no such topic, nor a draft of it.
            UnknownArticleError: it is gone.
        """
        with self._store.begin() as work:
            _bench(work, user_id, slug)
            article = work.articles.archived(article_id)
            if article is None:
                raise UnknownArticleError(str(article_id))
            if any(one.key == article.key and one.belongs == belongs for one in work.labels.of(slug)):
                work.labels.remove(slug, article.key)
                return
            work.labels.save(_label(article, slug, belongs=belongs, by=user_id, at=self._clock()))
            work.labels.keep_latest(slug, MOST_LABELS)

    def labels(self, slug: str) -> tuple[TopicLabel, ...]:
        """What was said of articles, the latest first."""
        with self._store.read() as work:
            return work.labels.of(slug)

    def unlabel(self, slug: str, key: str) -> None:
        """Nothing is said of that article any more."""
        with self._store.begin() as work:
            work.labels.remove(slug, key)

    def learn(self, user_id: int, slug: str) -> tuple[Bench, int]:
        """The draft with labelled articles among its examples, the latest first, as many as it can have.

        The number is how many came in.

        Raises:
            UnknownTopicError: there is no such topic, nor a draft of it.
        """
        labels = self.labels(slug)
        count = 0

        def with_examples(topic: Topic) -> Topic:
            nonlocal count
            liked = _more(topic.liked, (example(one) for one in labels if one.belongs))
            disliked = _more(topic.disliked, (example(one) for one in labels if not one.belongs))
            count = len(liked) + len(disliked) - len(topic.liked) - len(topic.disliked)
            return replace(topic, liked=liked, disliked=disliked)

        return self.change(user_id, slug, with_examples), count

    async def try_on_archive(self, bench: Bench) -> Trial:
        """What the topic takes and narrowly misses among the articles of the last `LOOKED_BACK`.

        Raises:
            WorkerError: it takes too long.
        """
        async with self._one_at_a_time:
            archive, others = await asyncio.to_thread(self._archive)
            key = _key(bench, archive, others)
            if key in self._trials:
                self._trials.move_to_end(key)
                return self._trials[key]
            published = bench.published if bench.draft else None
            articles = [_matchable(one) for one in archive]
            own = await self._relevances(bench.topic, others, articles)
            theirs = await self._relevances(published, others, articles) if published else []
            trial = await self._worker.run(
                try_topic,
                bench.topic,
                archive,
                own,
                published=published,
                published_relevances=theirs,
                now=self._clock(),
            )
            self._trials[key] = trial
            while len(self._trials) > _KEPT:
                self._trials.popitem(last=False)
            return trial

    async def marks(self, bench: Bench) -> Marks:
        """How right the topic is on the articles labelled for it.

        Raises:
            WorkerError: it takes too long.
        """
        labels, others = await asyncio.to_thread(self._labelled, bench.slug)
        if not labels:
            return Marks(judged=())
        articles = [
            Matchable(title=one.title, text=one.text, language=one.language, feed_url=one.feed_url) for one in labels
        ]
        relevances = await self._relevances(bench.topic, others, articles)
        return await self._worker.run(marks_of, bench.topic, labels, relevances)

    def feeds(self) -> tuple[Feed, ...]:
        """Every feed that is followed, by title."""
        with self._store.read() as work:
            return work.feeds.all()

    async def _relevances(
        self, topic: Topic, others: Iterable[Topic], articles: Sequence[Matchable]
    ) -> Sequence[Relevances]:
        """What speaks for the topic among the others, which set it apart; nothing where its rules decide alone."""
        if topic.decided_by is Strictness.WORDS:
            return []
        topics = tuple(topic if one.slug == topic.slug else one for one in others)
        if topic.slug not in {one.slug for one in topics}:
            topics = (*topics, topic)
        found = await self._matching.weigh_as_if(topics, articles)
        return [{topic.slug: one[topic.slug]} if topic.slug in one else {} for one in found]

    def _archive(self) -> tuple[tuple[ArchivedArticle, ...], tuple[Topic, ...]]:
        with self._store.read() as work:
            archive = work.articles.archive(self._clock() - LOOKED_BACK, limit=MOST_TRIED)
            return archive, work.topics.all()

    def _labelled(self, slug: str) -> tuple[tuple[TopicLabel, ...], tuple[Topic, ...]]:
        with self._store.read() as work:
            return work.labels.of(slug), work.topics.all()

    def _own_draft(self, user_id: int, slug: str) -> TopicDraft:
        with self._store.read() as work:
            return _draft(work, user_id, slug)

    def _forget(self, draft: TopicDraft) -> None:
        """Unless it was changed while it was being published."""
        with self._store.begin() as work:
            now = work.drafts.find(draft.user_id, draft.slug)
            if now is not None and topic_record(now.topic) == topic_record(draft.topic):
                work.drafts.remove(draft.user_id, draft.slug)

    def _keep(
        self, work: UnitOfWork, user_id: int, topic: Topic, *, base: Topic | None, history: tuple[Topic, ...]
    ) -> None:
        now = self._clock()
        kept = history[-STEPS:]
        work.drafts.save(TopicDraft(user_id=user_id, topic=topic, base=base, history=kept, changed_at=now))


_OF_TOPICS = frozenset({Act.TOPIC_ADDED, Act.TOPIC_CHANGED, Act.TOPIC_REMOVED})


def _bench(work: UnitOfWork, user_id: int, slug: str) -> Bench:
    draft, published = work.drafts.find(user_id, slug), _published(work, slug)
    topic = draft.topic if draft else published
    if topic is None:
        raise UnknownTopicError(slug, (one.slug for one in work.topics.all()))
    return Bench(topic=topic, draft=draft, published=published)


def _draft(work: UnitOfWork, user_id: int, slug: str) -> TopicDraft:
    draft = _bench(work, user_id, slug).draft
    if draft is None:
        raise NoDraftError(slug)
    return draft


def _published(work: UnitOfWork, slug: str) -> Topic | None:
    return next((one for one in work.topics.all() if one.slug == slug), None)


def _last_change(work: UnitOfWork, slug: str) -> AuditEntry | None:
    # A subject may also be a user id or an address, which could be spelled like a slug.
    entries = work.audit.latest(limit=20, subject=slug)
    return next((one for one in entries if one.act in _OF_TOPICS), None)


def _later(draft: TopicDraft | None) -> tuple[Topic, ...]:
    """Its history after a further step."""
    return (*draft.history, draft.topic) if draft else ()


def _require_readable(topic: Topic) -> None:
    try:
        check(topic)
    except InvalidTopicError as error:
        if error.problem != "empty":
            raise


def _as_followed(topic: Topic, feeds: Iterable[Feed]) -> Topic:
    """With the addresses of its feeds as these are followed."""
    known = {feed_key(feed.url): feed.url for feed in feeds}
    return replace(topic, feed_urls=tuple(dict.fromkeys(known.get(feed_key(url), url) for url in topic.feed_urls)))


def _label(article: ArchivedArticle, slug: str, *, belongs: bool, by: int, at: datetime) -> TopicLabel:
    return TopicLabel(
        slug=slug,
        key=article.key,
        url=article.url,
        title=article.title,
        text=article.text[:LABEL_TEXT],
        language=article.language,
        feed_url=article.feed_url,
        belongs=belongs,
        by=by,
        at=at,
    )


def _more(known: tuple[str, ...], new: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *new)))[: max(MAX_EXAMPLES, len(known))]


def _matchable(article: ArchivedArticle) -> Matchable:
    return Matchable(title=article.title, text=article.text, language=article.language, feed_url=article.feed_url)


def _key(bench: Bench, archive: Sequence[ArchivedArticle], others: Iterable[Topic]) -> str:
    """Equal for trials that would come out alike."""
    newest = archive[0].published_at.isoformat() if archive else ""
    stamp = [len(archive), newest, max((one.id for one in archive), default=0), sum(map(_topics_of, archive))]
    records = [topic_record(bench.topic), [topic_record(one) for one in others], bench.draft is not None]
    return json.dumps([records, stamp], sort_keys=True)


def _topics_of(article: ArchivedArticle) -> int:
    return len(article.topics)
