"""The frozen values of every stage, from `Feed` to `Delivery`. Imports nothing of the product.

Every instant is aware and in UTC unless its name or docstring says otherwise.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

UNSURE = "und"
"""The language of a text too short or too mixed to tell (ISO 639-2 code for 'undetermined')."""


def require_utc(name: str, instant: datetime) -> None:
    """Raises ValueError unless `instant` is aware and in UTC."""
    if instant.utcoffset() != timedelta(0):
        raise ValueError(f"{name} must be in UTC: {instant!r}")


# --- feeds ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Validators:
    """What is remembered of a body, so that an unchanged one is not read again (RFC 9110, section 8.8)."""

    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What a feed asks of those who poll it. ttl, skip_hours: as in `FeedDocument`."""

    ttl: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Move:
    """Another address that a feed's own has been naming as its permanent one.

    since: the first of `polls` polls in a row that said so.
    """

    to: str
    since: datetime
    polls: int


LEAST_WEIGHT, MOST_WEIGHT = 0.1, 3.0
"""Of a feed beside one of usual weight: no owner is silenced by it, and none outweighs four others."""

MAX_CREDIT = 120
"""Characters of the words that a publisher wants to stand beside its news."""

MAX_FEED_TITLE = 200
"""Characters of the name that an admin gives a feed."""


@dataclass(frozen=True, kw_only=True)
class Feed:
    """An address we poll, with the state of its polling.

    title: as the admin or the feed itself named it; shown as the source of its articles.
    error: "" while the last poll went well, else the code of a `FetchError` (see `digests.errors`).
    failures: polls failed in a row.
    told_until: what it published up to then was told before it was removed and restored; None for nothing.
    is_stopped: whether it is polled no longer, because its site says that it is gone for good.
    move: None while it stays where it is.
    weight: what its telling of a story counts, within the bounds above; 1 unless an admin has said otherwise.
    language: ISO 639-1, of those of its articles whose own can't be told; "" for none.
    credit: plain words that stand beside its news, at most `MAX_CREDIT` characters; "" for none.
    is_paused: an admin has asked not to poll it.
    failing_since: the first of the `failures` polls; None while the last poll went well.
    told_broken_at: when admins were told that it is broken; None while it is not, or they were not.
    """

    id: int
    url: str
    title: str
    site_url: str
    validators: Validators
    next_poll_at: datetime
    last_success_at: datetime | None
    failures: int
    error: str
    is_stopped: bool = False
    told_until: datetime | None = None
    wishes: Wishes = Wishes()
    move: Move | None = None
    weight: float = 1.0
    language: str = ""
    credit: str = ""
    is_paused: bool = False
    failing_since: datetime | None = None
    told_broken_at: datetime | None = None

    @property
    def name(self) -> str:
        """What to call it: its title, or its address when it has none."""
        return self.title or self.url


@dataclass(frozen=True, kw_only=True)
class Response:
    """The body that one GET brought, within all limits.

    url: the address after redirects.
    content_type: the header as sent, "" without one.
    moved_to: where permanent redirects led, "" without any; temporary ones after them do not count.
    fresh_for: how long the server says the body stays as it is; zero when it does not.
    """

    url: str
    content_type: str
    body: bytes
    validators: Validators
    moved_to: str = ""
    fresh_for: timedelta = timedelta()


@dataclass(frozen=True, kw_only=True)
class Unchanged:
    """The answer of a server, or of our own hash, that nothing is new at `url`.

    validators: those to ask with from now on. moved_to, fresh_for: as in `Response`.
    """

    url: str
    validators: Validators = Validators()
    moved_to: str = ""
    fresh_for: timedelta = timedelta()


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What a feed said about one article: untrusted, unclean.

    key: the feed's own id of the entry, its address, or its title: unique within the feed.
    url: absolute http(s) address, or "" when the feed gives none.
    title: plain text, without markup.
    html: the fullest content that the feed carries, "" for none; never shown to people as it is.
    published_at: None when the feed gives no date that can be trusted; none is invented.
    """

    key: str
    url: str
    title: str
    html: str = ""
    author: str = ""
    image_url: str = ""
    published_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class FeedDocument:
    """A parsed feed.

    entries: as the feed orders them, each key once.
    ttl: how long the feed says it stays as it is; None when it does not.
    skip_hours: the hours of the day, in UTC, in which it asks not to be polled.
    """

    title: str
    site_url: str
    language: str
    entries: tuple[Entry, ...]
    ttl: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class FoundFeed:
    """A feed found on behalf of an admin, read once to be sure that it is one.

    url: the address after redirects.
    latest: up to three titles, the newest first as far as the feed tells.
    entries: how many it has now. newest_at: None where no entry has a date.
    format: as people call it, such as "RSS".
    followed_as: the title under which it is followed already, "" for a new one.
    """

    url: str
    title: str
    site_url: str
    latest: tuple[str, ...]
    entries: int = 0
    newest_at: datetime | None = None
    format: str = ""
    followed_as: str = ""

    @property
    def name(self) -> str:
        """What to call it: its title, or an address when it has none."""
        return self.title or self.site_url or self.url


@dataclass(frozen=True, kw_only=True)
class UnreadEntry:
    """A stored entry whose page is to be read.

    attempts: how often reading it failed before. edits: how often the feed has changed it since it was first read.
    language: as in `Feed`.
    """

    id: int
    feed_id: int
    source: str
    entry: Entry
    attempts: int
    edits: int = 0
    language: str = ""


# --- articles ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Published:
    """When a page says that it was published.

    at: aware and in UTC where the zone is known; otherwise naive, the clock of an unknown place, never to be compared.
    """

    at: datetime

    @property
    def zone_known(self) -> bool:
        """Whether `at` is an instant rather than a reading of some clock."""
        return self.at.tzinfo is not None


@dataclass(frozen=True, kw_only=True)
class Page:
    """The main text of a page or of a pasted text, and the facts that stand around it.

    url: the canonical address that the page itself states, else the one it was fetched from; "" for pasted text.
    text: plain text, paragraphs parted by one blank line; never HTML, never furniture.
    published: None when the page does not say.
    language: ISO 639-1, or `UNSURE`.
    publisher: the site's name for itself, "" when unknown.
    citation: the publisher's own sentence that asks for a link wherever it is cited, "" where it asks for none.
    translations: addresses that the page calls the same in other languages.
    """

    url: str
    title: str
    text: str
    author: str
    published: Published | None
    language: str
    image_url: str
    publisher: str
    citation: str = ""
    translations: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Article:
    """An entry whose page was fetched and cleaned.

    url: canonical, without tracking parameters; the article's identity.
    translations: addresses of the same article in other languages, as its page states them.
    text: plain text, paragraphs parted by one blank line; never HTML. "" where nothing but the headline can be had.
    published_at: aware, UTC; the gathering time when neither feed nor page gives one.
    source: the name under which its publisher is credited.
    from_feed: the text is the feed's own, because the page could not be had.
    citation: as in `Page`.
    """

    url: str
    title: str
    text: str
    author: str
    source: str
    language: str
    image_url: str
    published_at: datetime
    from_feed: bool
    citation: str = ""
    translations: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require_utc("published_at", self.published_at)


@dataclass(frozen=True, kw_only=True)
class SummarySentence:
    """One sentence of an article; `text == article.text[start:end]` in code points."""

    text: str
    start: int
    end: int

    @property
    def shown(self) -> str:
        """As it stands alone: with a capital, which it lacks where the connective before it was left out."""
        return self.text[:1].upper() + self.text[1:]


@dataclass(frozen=True, kw_only=True)
class Summary:
    """Sentences of one article, in the order they stand there. engine: the name of the summarizer that chose them."""

    sentences: tuple[SummarySentence, ...]
    engine: str

    @property
    def text(self) -> str:
        """The sentences as one paragraph."""
        return " ".join(sentence.shown for sentence in self.sentences)


WORDS_PER_MINUTE = 200
"""A careful reader's pace; adults read non-fiction silently at 238 words a minute (Brysbaert 2019)."""


@dataclass(frozen=True, kw_only=True)
class Length:
    """How long a summary may be: the tightest bound counts, but one sentence there is always.

    sentences: at most. characters: of all sentences with the blanks between them. seconds: of reading, at
    `WORDS_PER_MINUTE`.
    """

    sentences: int = 20
    characters: int | None = None
    seconds: int | None = None

    def holds(self, summary: Summary) -> bool:
        """Whether `summary` is no longer."""
        words = len(summary.text.split())
        return (
            len(summary.sentences) <= self.sentences
            and (self.characters is None or len(summary.text) <= self.characters)
            and (self.seconds is None or words * 60 <= self.seconds * WORDS_PER_MINUTE)
        )


def reading_seconds(texts: Iterable[str]) -> float:
    """How long the texts take to read."""
    return sum(len(text.split()) for text in texts) * 60 / WORDS_PER_MINUTE


# --- topics and stories --------------------------------------------------------------------------------------------


class Strictness(StrEnum):
    """How sure a topic must be of an article. words: its words decide alone; the others weigh everything it says."""

    WORDS = "words"
    BROAD = "broad"
    NORMAL = "normal"
    STRICT = "strict"


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A named interest of readers.

    slug: its lasting name in commands, files and links: a-z, 0-9 and hyphens, at most 32.
    names: language -> name shown; at least one.
    descriptions: language -> one sentence for readers; may be empty.
    words: any one of them suffices: `word` (all its forms), `"a phrase"`, `prefix*`, or several joined by AND, OR and
    NOT. Empty: every article counts.
    must: written alike; without each of them an article stays out, whatever else speaks for it.
    exclude: written alike; one of them keeps an article out, whatever else speaks for it.
    languages: ISO 639-1; the only ones that count, empty for all. An article of unsure language is let in.
    feed_urls: the only feeds that count; empty for all.
    liked, disliked: texts of articles that are, and are not, what the topic is about.
    strictness: None lets the topic choose, see `decided_by`.
    """

    slug: str
    names: Mapping[str, str]
    descriptions: Mapping[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    feed_urls: tuple[str, ...] = ()
    liked: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()
    strictness: Strictness | None = None

    @property
    def decided_by(self) -> Strictness:
        """As chosen; else by words where nothing but words or feeds is given, and normally where there is more."""
        if self.strictness is not None:
            return self.strictness
        told = bool(self.liked) or (any(self.descriptions.values()) and bool(self.words or not self.feed_urls))
        return Strictness.NORMAL if told else Strictness.WORDS

    def description(self, language: str) -> str:
        """The description in `language`, else in English, else in any; "" without any."""
        several = self.descriptions
        return several.get(language) or several.get("en") or next(iter(several.values()), "")

    def name(self, language: str) -> str:
        """The name in `language`, else in English, else in any."""
        return self.names.get(language) or self.names.get("en") or next(iter(self.names.values()))


class Reason(StrEnum):
    """What decided whether an article belongs to a topic."""

    FEED = "feed"
    LANGUAGE = "language"
    EXCLUDED = "excluded"
    MUST = "must"
    WORD = "word"
    EVERYTHING = "everything"
    EVIDENCE = "evidence"
    TOO_EARLY = "too_early"


class Kind(StrEnum):
    """What speaks for an article's belonging to a topic."""

    WORDS = "words"
    DESCRIPTION = "description"
    EXAMPLES = "examples"
    MEANING = "meaning"
    MEANING_OF_EXAMPLES = "meaning_of_examples"


@dataclass(frozen=True, kw_only=True)
class Relevance:
    """How much speaks for an article's belonging to a topic. total: standard deviations above what is usual."""

    total: float
    strongest: Kind


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Whether an article belongs to a topic, and why.

    detail: the rule as the admin wrote it: the word found, or the one that was missing; "" where there is none.
    relevance: what was weighed, None where rules alone decided. needed: the total that suffices here.
    """

    slug: str
    taken: bool
    reason: Reason
    detail: str = ""
    relevance: Relevance | None = None
    needed: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Fingerprint:
    """What comparing articles needs of one.

    terms: stem -> times seen in title and lead.
    names: the words written with a capital inside a sentence, stemmed.
    headline: the title's words, stemmed, in order; stop words are not among them.
    copy: a digest of the whole text's words, equal for exact copies alone; "" where it is too short to say.
    picture: the address of its picture, as far as it tells pictures apart; "" without one.
    translations: the keys of the addresses that the page calls the same in other languages.
    """

    terms: Mapping[str, int]
    names: frozenset[str]
    headline: tuple[str, ...] = ()
    copy: str = ""
    picture: str = ""
    translations: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReadArticle:
    """Everything that a worker makes of one entry in one go. stems: of all its words, for finding it again."""

    article: Article
    summary: Summary
    fingerprint: Fingerprint
    stems: str = ""


@dataclass(frozen=True, kw_only=True)
class FoundArticle:
    """What a search of the archive tells of an article."""

    url: str
    title: str
    source: str
    language: str
    published_at: datetime


@dataclass(frozen=True, kw_only=True)
class Wording:
    """A headline and the sentences below it, in that language (ISO 639-1)."""

    language: str
    title: str
    summary: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """One outlet's telling of a story: an article as digests need it, without its text.

    owner: the site it stands on, the same for all feeds and addresses of one publisher. weight: of its feed.
    wants_link: the publisher asks for one wherever it is cited. from_feed: as in `Article`.
    scores: topic -> `Relevance.total`, of those topics that more than rules decided.
    credit: as in `Feed`.
    retold: by a language model, checked: at most one in each language; one in its own is a rewording, others translate.
    """

    article_id: int
    feed_id: int
    url: str
    title: str
    source: str
    language: str
    published_at: datetime
    gathered_at: datetime
    summary: tuple[str, ...]
    topics: frozenset[str]
    wants_link: bool = False
    from_feed: bool = False
    scores: Mapping[str, float] = field(default_factory=dict)
    owner: str = ""
    weight: float = 1.0
    credit: str = ""
    retold: tuple[Wording, ...] = ()

    def worded(self, language: str) -> Wording:
        """As readers of that language get it: retold in it, else retold in its own language, else its own words."""
        told = {one.language: one for one in self.retold}
        own = Wording(language=self.language, title=self.title, summary=self.summary)
        return told.get(language) or told.get(self.language) or own


@dataclass(frozen=True, kw_only=True)
class Addition:
    """A sentence of another outlet than the lead's. differs: it has another figure for the same thing."""

    text: str
    source: str
    url: str
    differs: bool


@dataclass(frozen=True, kw_only=True)
class Story:
    """Articles about one event. lead: the one whose headline and summary stand for all; others: newest first.

    additions: what others add to the lead, once a digest tells the story.
    is_follow_up: the reader has had it; only the additions are new to them.
    """

    id: int
    lead: Coverage
    others: tuple[Coverage, ...] = ()
    additions: tuple[Addition, ...] = ()
    is_follow_up: bool = False

    def __hash__(self) -> int:
        """Cheap, so that what was made of a story can be remembered."""
        return hash(self.id)

    @property
    def coverage(self) -> tuple[Coverage, ...]:
        """The lead, then the others."""
        return (self.lead, *self.others)

    @property
    def topics(self) -> frozenset[str]:
        """The slugs of every topic that one of the articles belongs to."""
        return frozenset().union(*(one.topics for one in self.coverage))

    @property
    def published_at(self) -> datetime:
        """When the first of its articles came out."""
        return min(one.published_at for one in self.coverage)

    @property
    def sources(self) -> int:
        """How many different owners tell it."""
        return len({one.owner for one in self.coverage})


class Outline(NamedTuple):
    """Of an article what tells where its story stands and whom it is for, without a word of it.

    weight: of its feed. arrived: since the reader's last edition. unknown: it was gathered too late to count for
    anything. muted: by the reader.
    """

    article_id: int
    story_id: int
    language: str
    published_at: datetime
    weight: float
    arrived: bool
    unknown: bool
    muted: bool


class Older(NamedTuple):
    """Stories of which no more is known than this. most: articles of one. topics: one of these each comes under."""

    stories: int
    articles: int
    most: int
    topics: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Outlines:
    """The stories that one reader's digest may be made of.

    had: those that the reader has had. of_story: the others' articles, the earliest first.
    topics_of: article -> those topics it is on that were asked for; without those that are on none.
    older: stories on topics that were not looked at, as nothing recent tells them: see there.
    besides: articles that have arrived of all other stories.
    may_be_wanted, may_be_unwanted: the articles that may have words of the reader's own, of either kind; None where any
    may.
    """

    had: frozenset[int]
    of_story: Mapping[int, Sequence[Outline]]
    topics_of: Mapping[int, Sequence[str]]
    older: Older
    besides: int
    may_be_wanted: AbstractSet[int] | None = frozenset()
    may_be_unwanted: AbstractSet[int] | None = frozenset()


Sought = Sequence[frozenset[str]]
"""Words that an article must all have, each as its possible stems."""


_TOLD = "ʘ"  # a letter to every database, and in no word of the languages that news are written in


def as_told(stem: str) -> str:
    """As the index has the stem of a word that a digest tells of its article, be it one that says nothing."""
    return f"{_TOLD}{stem}"


Traces = Sequence[Sought]
"""What is looked for so as to miss no article that tells certain words: all that is sought in one of these."""


class OwnWords(NamedTuple):
    """Traces of a reader's own words of either kind; None where the index can't tell of them."""

    wanted: Traces | None = ()
    unwanted: Traces | None = ()


class Lead(NamedTuple):
    """What stands at the head of a story. language: of its words."""

    title: str
    summary: tuple[str, ...]
    language: str


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Why a story stands where it stands: every factor of `total`, each about 1 where it changes nothing.

    owners: how many tell it in words of their own; copies: how many more only pass these on. weight: of both, as admins
    weigh their feeds, 1 for each owner else and less for each copy. support: what that makes.
    age: since it came out, and freshness: what that leaves. language: less where none tells it in the reader's.
    relevance: to its topic. novelty: beside what the reader has had. variety: beside what stands above it.
    """

    owners: int
    copies: int
    weight: float
    support: float
    age: timedelta
    freshness: float
    language: float
    relevance: float = 1.0
    novelty: float = 1.0
    variety: float = 1.0

    @property
    def total(self) -> float:
        """The product of all factors."""
        return self.support * self.freshness * self.language * self.relevance * self.novelty * self.variety


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """A story as readers of one language get it, and why it stands where it stands."""

    story: Story
    standing: Standing


# --- readers -------------------------------------------------------------------------------------------------------


class SubscriberState(StrEnum):
    """joining: has not finished choosing; active: gets editions; paused: asked for silence; gone: closed the chat."""

    JOINING = "joining"
    ACTIVE = "active"
    PAUSED = "paused"
    GONE = "gone"


@dataclass(frozen=True, kw_only=True)
class Subscriber:
    """A chat that reads. language: of the bot's own words to it: a catalogue's code, not that of the articles.

    paused_until: when a pause ends by itself; None for one that does not, and outside of pauses.
    """

    chat_id: int
    language: str
    state: SubscriberState
    paused_until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class QuietHours:
    """Local clock times from `start` until before `end`, over midnight where `end` is the earlier; never equal."""

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start == self.end:
            raise ValueError(f"quiet hours without length: {self.start}")

    def holds(self, local: time) -> bool:
        """Whether that time of the day is among them."""
        if self.start < self.end:
            return self.start <= local < self.end
        return local >= self.start or local < self.end


@dataclass(frozen=True, kw_only=True)
class Subscription:
    """What a subscriber gets and when.

    topics: slugs.
    times: local clock times, sorted, at least one.
    weekend_times: those of Saturdays and Sundays; empty where these are days like others.
    days: of the week, Monday is 0; the others bring no edition. At least one.
    zone: IANA name.
    minutes: of reading that an edition takes at most, at `WORDS_PER_MINUTE`.
    muted: owners of whose articles the reader wants none. excluded: words and rules as in `Topic.exclude`.
    included: likewise; what has one of them comes, whatever its topics. alerts: what has one comes at once.
    quiet: hours in which nothing comes at once, and editions come without a sound; None for none.
    announcements: whether the reader agreed to hear from the bot's admins.
    noticed_until: what was gathered up to this instant has been looked through for notices; None to begin with.
    max_stories: of one edition, however short they are.
    planned_until: every edition due up to this instant has been dealt with.
    """

    id: int
    chat_id: int
    topics: frozenset[str]
    times: tuple[time, ...]
    zone: str
    max_stories: int
    planned_until: datetime
    minutes: int = 10
    weekend_times: tuple[time, ...] = ()
    days: frozenset[int] = frozenset(range(7))
    muted: frozenset[str] = frozenset()
    excluded: tuple[str, ...] = ()
    included: tuple[str, ...] = ()
    alerts: tuple[str, ...] = ()
    quiet: QuietHours | None = None
    announcements: bool = False
    noticed_until: datetime | None = None


TRYING = timedelta(hours=1)
"""How long settings are tried without a change."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Settings that a reader tries before they count. language: of the bot's words to them. begun_at: last changed."""

    subscription: Subscription
    language: str
    begun_at: datetime

    def stands(self, now: datetime) -> bool:
        """Whether it is still tried: after `TRYING` without a change nobody remembers that it does not count."""
        return now - self.begun_at < TRYING


@dataclass(frozen=True, kw_only=True)
class FollowedStory:
    """A story of which its reader hears at once when it moves on. title: of its lead as it is by now."""

    story_id: int
    title: str


@dataclass(frozen=True, kw_only=True)
class SavedArticle:
    """What a reader keeps for later: enough to find it again when we have forgotten it."""

    url: str
    title: str
    source: str
    saved_at: datetime


# --- staff ---------------------------------------------------------------------------------------------------------


class Role(StrEnum):
    """owner: named by the operator, may do everything; admin: topics, feeds, figures, broadcasts, and inviting editors;
    editor: the topics given to them, and no others.
    """

    OWNER = "owner"
    ADMIN = "admin"
    EDITOR = "editor"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who changes something. user_id: of the messenger; 0 for the operator at the command line. name: as shown."""

    user_id: int
    name: str


OPERATOR = Actor(user_id=0, name="operator")
"""Whoever can reach the server itself."""


@dataclass(frozen=True, kw_only=True)
class StaffMember:
    """Somebody with rights. topics: slugs an editor may change; of no meaning for others. invited_by: a user id."""

    user_id: int
    name: str
    role: Role
    topics: frozenset[str]
    invited_by: int
    since: datetime


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """What whoever follows a one-time link becomes. by: the user who invites. until: it can be used so long."""

    role: Role
    topics: frozenset[str]
    by: int
    until: datetime


class Act(StrEnum):
    """What an entry of the audit log says was done to its subject."""

    TOPIC_ADDED = "topic_added"
    TOPIC_CHANGED = "topic_changed"
    TOPIC_REMOVED = "topic_removed"
    FEED_ADDED = "feed_added"
    FEED_CHANGED = "feed_changed"
    FEED_REMOVED = "feed_removed"
    STAFF_ADDED = "staff_added"
    STAFF_REMOVED = "staff_removed"
    BROADCAST = "broadcast"


@dataclass(frozen=True, kw_only=True)
class AuditEntry:
    """One change by staff. subject: a slug, an address or a user id. before, after: as JSON; None where there is none.

    reverted_by: the id of the entry that took it back, None while it stands.
    """

    id: int
    at: datetime
    by: Actor
    act: Act
    subject: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    reverted_by: int | None = None


# --- the topic workbench -------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class TopicDraft:
    """A topic as one of the staff would have it; readers see nothing of it.

    base: the published topic that it was begun from, None for a new one. history: what it was before each step, the
    latest last.
    """

    user_id: int
    topic: Topic
    base: Topic | None
    history: tuple[Topic, ...] = ()
    changed_at: datetime

    @property
    def slug(self) -> str:
        """Of its topic."""
        return self.topic.slug


@dataclass(frozen=True, kw_only=True)
class TopicLabel:
    """An article of which somebody said whether it belongs to a topic. It outlives the article.

    key: the article's identity, as in the archive. text: its beginning. by: a user id.
    """

    slug: str
    key: str
    url: str
    title: str
    text: str
    language: str
    feed_url: str
    belongs: bool
    by: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ArchivedArticle:
    """What trying a topic needs of an article. topics: slugs of those that it is in."""

    id: int
    key: str
    story_id: int
    url: str
    title: str
    text: str
    language: str
    source: str
    feed_url: str
    published_at: datetime
    topics: frozenset[str]


# --- editions and deliveries ---------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What became of the articles since the reader's last edition.

    read: articles gathered. shown: stories in this digest. repeats: articles that tell a story told by another, or one
    that the reader has had. off_topic: of no topic of the reader's. held_back: stories left for want of room.
    muted: articles of what the reader wants to hear nothing of.
    """

    read: int
    shown: int
    repeats: int
    off_topic: int
    held_back: int
    muted: int = 0


@dataclass(frozen=True, kw_only=True)
class Besides:
    """What a tally counts of stories that are not among those a digest is composed of.

    off_topic, muted: articles that arrived since the reader's last edition. waiting: stories on the reader's topics for
    which there is certainly no room, and the articles of these.
    """

    off_topic: int = 0
    muted: int = 0
    waiting: int = 0
    waiting_articles: int = 0


OWN_WORDS = Topic(slug="+", names={"en": "+"})
"""Stands for a reader's own words where stories are put under topics. Its slug is none that a topic can have."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """The stories of one topic, best first; each story stands in one section only."""

    topic: Topic
    stories: tuple[Story, ...]


@dataclass(frozen=True, kw_only=True)
class Digest:
    """What an edition says. sections: in the order of the topics; empty when nothing is new to the reader.

    following: how many topics the reader has chosen.
    since: the reader's edition before this one, None for the first.
    next_edition_at: None for a reader who gets no scheduled ones.
    standings: story -> why it stands where it stands.
    words: story -> the reader's own word that brought it, "" for a story that the reader follows.
    earlier: story -> the messenger's number of the message that told it before, of those that are followed up.
    """

    edition_at: datetime
    zone: str
    sections: tuple[Section, ...]
    tally: Tally
    following: int
    since: datetime | None
    next_edition_at: datetime | None
    standings: Mapping[int, Standing] = field(default_factory=dict)
    words: Mapping[int, str] = field(default_factory=dict)
    earlier: Mapping[int, int] = field(default_factory=dict)

    @property
    def stories(self) -> tuple[Story, ...]:
        """All its stories, in order."""
        return tuple(story for section in self.sections for story in section.stories)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where in its chat a digest goes. threads: topic -> thread; home: that of everything else, None for no thread.

    is_channel: all its people see one and the same message, which must not change when one of them presses a button.
    """

    threads: Mapping[str, int] = field(default_factory=dict)
    home: int | None = None
    is_channel: bool = False


@dataclass(frozen=True, kw_only=True)
class KnownChat:
    """A group or channel that the bot is in. keeper_id: who let it in. admin_ids: as of `checked_at`: never proof."""

    chat_id: int
    title: str
    is_channel: bool
    keeper_id: int
    admin_ids: frozenset[int]
    checked_at: datetime


class EditionKind(StrEnum):
    """scheduled: by the reader's clock; on_demand: asked for just now; notice: what the reader wants at once;
    broadcast: what an admin writes to readers.
    """

    SCHEDULED = "scheduled"
    ON_DEMAND = "on_demand"
    NOTICE = "notice"
    BROADCAST = "broadcast"


class PartState(StrEnum):
    """queued: not tried; sending: handed to the network; sent: accepted; unknown: no answer came, never sent again;
    refused: will never be accepted as it is.
    """

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Part:
    """One message of a digest as the face of the product wrote it, or a further page of the message before it.

    keyboard: what stands below it, in the face's own notation. silent: arrives without a sound.
    stories: ids of those it tells. is_page: it is not sent, but kept to be turned to.
    reply_to: the messenger's number of the message that it answers; None for none, or where that is gone.
    follows: the story told by the message that it answers, where each of its readers has a message of their own.
    thread: of the chat, as the messenger numbers them; None for the chat itself.
    """

    text: str
    keyboard: str = ""
    silent: bool = False
    stories: tuple[int, ...] = ()
    is_page: bool = False
    reply_to: int | None = None
    follows: int | None = None
    thread: int | None = None


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """A digest on its way. parts: number -> those still to be sent, in order."""

    id: int
    chat_id: int
    kind: EditionKind
    edition_at: datetime
    attempts: int
    parts: Mapping[int, Part]
