"""What a topic would take of the archive, what it would narrowly miss, how right it is on labelled articles. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import chain, zip_longest

from digests.curate.topics import Gap, KeywordMatcher, Relevances, read_text
from digests.model import ArchivedArticle, Decision, Reason, Topic, TopicLabel

MOST_LISTED = 60
"""Stories of one list: somebody who looks through more would do better to label them."""

NEAR = 0.5
"""Standard deviations under what is needed that are a narrow miss."""

DAY = timedelta(days=1)

_PUBLISHED = "="  # no slug that a topic can have: the published topic beside its draft in one matcher
_MOST_VARIANTS = 8  # of `must`, each tried without one of its rules


class Lack(StrEnum):
    """Why an article is not taken that nearly was.

    excluded, must, language, feed: that rule alone keeps it out. lacking, forbidden, once: as in `topics.Gap`.
    evidence: a little more would have to speak for it.
    """

    EXCLUDED = "excluded"
    LACKING = "lacking"
    FORBIDDEN = "forbidden"
    EVIDENCE = "evidence"
    MUST = "must"
    ONCE = "once"
    LANGUAGE = "language"
    FEED = "feed"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """An article that stands for its story in a list.

    decision: of the topic that is tried. lack: None where it is taken. rule, term: what the lack is about, "" where
    `decision` tells it.
    """

    article_id: int
    key: str
    url: str
    title: str
    source: str
    decision: Decision
    lack: Lack | None = None
    rule: str = ""
    term: str = ""


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """Stories that the topic has in common with another. theirs: of the other in all."""

    slug: str
    shared: int
    theirs: int

    @property
    def share(self) -> float:
        """Of the other's stories, those that the topic takes too; from 0 to 1."""
        return self.shared / self.theirs if self.theirs else 0.0


@dataclass(frozen=True, kw_only=True)
class Trial:
    """A topic tried on the archive.

    articles: looked at. days: that they span, at most those asked for, at least one. languages: of these articles, the
    most frequent first. stories: that the topic takes.
    takes: the surest first, then the newest. misses: narrow ones, of stories that it does not take; every sort in turn.
    added, dropped: stories that it takes and the published one does not, and the reverse; `count_…`: in all, for the
    lists end at `MOST_LISTED`. overlaps: with every other topic that shares a story, the largest share first.
    """

    articles: int
    days: float
    languages: tuple[str, ...]
    stories: int
    takes: tuple[Shown, ...]
    misses: tuple[Shown, ...]
    added: tuple[Shown, ...]
    dropped: tuple[Shown, ...]
    count_added: int
    count_dropped: int
    overlaps: tuple[Overlap, ...]

    @property
    def stories_a_day(self) -> float:
        """On average over the days looked at."""
        return self.stories / self.days


def try_topic(
    topic: Topic,
    archive: Sequence[ArchivedArticle],
    relevances: Sequence[Relevances],
    *,
    published: Topic | None = None,
    published_relevances: Sequence[Relevances] = (),
    now: datetime,
) -> Trial:
    """The topic on these articles, the newest first.

    relevances: of each article, as if the topic were published as it is here; empty where rules alone decide.
    published: what it is compared with, None for nothing; its own relevances likewise.
    """
    tried = _Tried(topic, published)
    taken: dict[int, Shown] = {}
    before: dict[int, Shown] = {}
    near: dict[int, Shown] = {}
    for at, article in enumerate(archive):
        own = relevances[at] if relevances else {}
        theirs = published_relevances[at] if published_relevances else {}
        shown, was_taken, miss = tried.look(article, own, theirs)
        if shown.decision.taken:
            taken[article.story_id] = _surer(taken.get(article.story_id), shown)
        elif miss is not None:
            near.setdefault(article.story_id, miss)
        if was_taken:
            before.setdefault(article.story_id, shown)
    added = [one for story_id, one in taken.items() if story_id not in before] if published else []
    dropped = [one for story_id, one in before.items() if story_id not in taken]
    return Trial(
        articles=len(archive),
        days=_span(archive, now),
        languages=tuple(name for name, _ in Counter(one.language for one in archive).most_common()),
        stories=len(taken),
        takes=tuple(sorted(taken.values(), key=lambda one: -_total(one))[:MOST_LISTED]),
        misses=tuple(_in_turn(one for story_id, one in near.items() if story_id not in taken))[:MOST_LISTED],
        added=tuple(added[:MOST_LISTED]),
        dropped=tuple(dropped[:MOST_LISTED]),
        count_added=len(added),
        count_dropped=len(dropped),
        overlaps=_overlaps(topic.slug, archive, taken),
    )


class _Tried:
    """The topic and what it is compared with, in one matcher: each text is taken apart once."""

    def __init__(self, topic: Topic, published: Topic | None) -> None:
        # What is left out below must not change how the topic decides.
        whole = replace(topic, strictness=topic.decided_by)
        self._own = KeywordMatcher([whole])
        self._before = KeywordMatcher([replace(published, slug=_PUBLISHED)]) if published is not None else None
        self._slug = published.slug if published is not None else ""
        self._without = {
            Reason.EXCLUDED: (Lack.EXCLUDED, KeywordMatcher([replace(whole, exclude=())])),
            Reason.LANGUAGE: (Lack.LANGUAGE, KeywordMatcher([replace(whole, languages=())])),
            Reason.FEED: (Lack.FEED, KeywordMatcher([replace(whole, feed_urls=())])),
        }
        self._without_must = {
            rule: KeywordMatcher([replace(whole, must=tuple(one for one in whole.must if one != rule))])
            for rule in whole.must[:_MOST_VARIANTS]
        }

    def look(
        self, article: ArchivedArticle, own: Relevances, published: Relevances
    ) -> tuple[Shown, bool, Shown | None]:
        """What is decided of the article, whether the published topic takes it, and why it is a narrow miss, if so."""
        read = read_text(article.title, article.text, article.language)
        (decision,) = self._own.decide_on(read, feed_url=article.feed_url, relevances=own)
        was_taken = False
        if self._before is not None:
            theirs = {_PUBLISHED: published[self._slug]} if self._slug in published else {}
            (was,) = self._before.decide_on(read, feed_url=article.feed_url, relevances=theirs)
            was_taken = was.taken
        shown = Shown(
            article_id=article.id,
            key=article.key,
            url=article.url,
            title=article.title,
            source=article.source,
            decision=decision,
        )
        if decision.taken:
            return shown, was_taken, None
        if decision.reason is Reason.EVIDENCE:
            assert decision.relevance is not None  # it was weighed
            near = decision.needed - decision.relevance.total <= NEAR
            return shown, was_taken, replace(shown, lack=Lack.EVIDENCE) if near else None
        if decision.reason is Reason.WORD:
            (rule,) = self._own.nearly(read)
            lack = None if rule is None else replace(shown, lack=_LACKS[rule.gap], rule=rule.rule, term=rule.term)
            return shown, was_taken, lack
        without = self._without.get(decision.reason)
        if decision.reason is Reason.MUST and decision.detail in self._without_must:
            without = Lack.MUST, self._without_must[decision.detail]
        if without is not None:
            (otherwise,) = without[1].decide_on(read, feed_url=article.feed_url, relevances=own)
            return shown, was_taken, replace(shown, lack=without[0]) if otherwise.taken else None
        return shown, was_taken, None


_LACKS = {Gap.LACKING: Lack.LACKING, Gap.FORBIDDEN: Lack.FORBIDDEN, Gap.ONCE: Lack.ONCE}


def _total(shown: Shown) -> float:
    return shown.decision.relevance.total if shown.decision.relevance else 0.0


def _surer(known: Shown | None, other: Shown) -> Shown:
    return other if known is None or _total(other) > _total(known) else known


def _span(archive: Sequence[ArchivedArticle], now: datetime) -> float:
    oldest = min((one.published_at for one in archive), default=now)
    return max((now - oldest) / DAY, 1.0)


def _in_turn(misses: Iterable[Shown]) -> list[Shown]:
    """One of each sort, then the next of each: no sort hides the others. Of evidence, the nearest first."""
    sorts: dict[Lack, list[Shown]] = {lack: [] for lack in Lack}
    for one in misses:
        assert one.lack is not None  # a miss says why
        sorts[one.lack].append(one)
    sorts[Lack.EVIDENCE].sort(key=lambda one: one.decision.needed - _total(one))
    return [one for one in chain.from_iterable(zip_longest(*sorts.values())) if one is not None]


def _overlaps(slug: str, archive: Iterable[ArchivedArticle], taken: Mapping[int, Shown]) -> tuple[Overlap, ...]:
    stories: dict[str, set[int]] = defaultdict(set)
    for article in archive:
        for other in article.topics - {slug}:
            stories[other].add(article.story_id)
    found = [
        Overlap(slug=other, shared=len(theirs & taken.keys()), theirs=len(theirs)) for other, theirs in stories.items()
    ]
    return tuple(sorted((one for one in found if one.shared), key=lambda one: (-one.share, -one.shared, one.slug)))


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A labelled article and what the topic decides of it. learned: it is an example of the topic itself."""

    label: TopicLabel
    decision: Decision
    learned: bool

    @property
    def is_right(self) -> bool:
        """Whether the topic agrees with the label."""
        return self.decision.taken == self.label.belongs


@dataclass(frozen=True, kw_only=True)
class Marks:
    """How right a topic is on labelled articles. judged: every one of them, the latest label first.

    What the topic was shown as an example says nothing of articles to come, so examples count only where there is
    nothing else.
    """

    judged: tuple[Judged, ...]

    @property
    def are_learned(self) -> bool:
        """Whether all of them are the topic's own examples, so that the figures flatter."""
        return bool(self.judged) and all(one.learned for one in self.judged)

    @property
    def counted(self) -> tuple[Judged, ...]:
        """Those that the figures are of."""
        return self.judged if self.are_learned else tuple(one for one in self.judged if not one.learned)

    @property
    def taken(self) -> int:
        """Counted ones that the topic takes."""
        return sum(one.decision.taken for one in self.counted)

    @property
    def belonging(self) -> int:
        """Counted ones that belong to it."""
        return sum(one.label.belongs for one in self.counted)

    @property
    def right(self) -> int:
        """Counted ones that belong to it and are taken."""
        return sum(one.decision.taken and one.label.belongs for one in self.counted)

    @property
    def precision(self) -> float | None:
        """Of those taken, the share that belongs; None where none is taken."""
        return self.right / self.taken if self.taken else None

    @property
    def recall(self) -> float | None:
        """Of those that belong, the share that is taken; None where none belongs."""
        return self.right / self.belonging if self.belonging else None

    @property
    def wrong(self) -> tuple[Judged, ...]:
        """Those that the topic decides otherwise than their label, the latest first."""
        return tuple(one for one in self.judged if not one.is_right)


def marks_of(topic: Topic, labels: Sequence[TopicLabel], relevances: Sequence[Relevances]) -> Marks:
    """What the topic decides of the labelled articles. relevances: as in `try_topic`."""
    matcher = KeywordMatcher([topic])
    examples = {*topic.liked, *topic.disliked}
    judged = []
    for at, label in enumerate(labels):
        read = read_text(label.title, label.text, label.language)
        own = relevances[at] if relevances else {}
        (decision,) = matcher.decide_on(read, feed_url=label.feed_url, relevances=own)
        judged.append(
            Judged(
                label=label,
                decision=decision,
                learned=not examples.isdisjoint((example(label), label.title)),
            )
        )
    return Marks(judged=tuple(judged))


EXAMPLE = 300
"""Characters of an article's text that become an example, beside its title."""


def example(label: TopicLabel) -> str:
    """The labelled article as an example of a topic, in one line."""
    return " ".join(f"{label.title}. {label.text[:EXAMPLE]}".split())
