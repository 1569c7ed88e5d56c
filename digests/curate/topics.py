"""Which topics an article belongs to, by the words that admins gave. Pure.

A word stands for all its forms: it is compared by its stem in the language of the article. A `"phrase"` is words in
a row, compared likewise; `prefix*` is every word that begins so. `strike AND port NOT film` needs both and forbids the
third; OR parts such alternatives. No regular expressions: work grows with the length of the text alone.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from digests.errors import InvalidTopicError
from digests.language.words import stem, stemmer, stems_anywhere, words
from digests.model import UNSURE, Decision, Reason, Relevance, Sought, Strictness, Topic, Traces, as_told

ENOUGH = {Strictness.BROAD: 1.0, Strictness.NORMAL: 1.5, Strictness.STRICT: 2.0}
"""Strictness -> standard deviations above what recent articles have on average."""

OF_WORDS = 0.5
"""So much less is enough where a word of the topic stands, and so much more is needed where it has words and none
does: on six sets this gave the best of precision and recall where a topic is a twentieth of all news."""

MAX_EXAMPLES = 50
"""Liked and disliked texts of one topic, each; 20 well-chosen ones are plenty."""

MAX_TERMS = 200
"""Words of one topic, and phrases of it; a list of 25 well-chosen ones is worth more than a longer one."""

MAX_OWN_WORDS = 50
"""Words and phrases that one reader wants to hear nothing of."""

MOST_SOUGHT = 1_000
"""Words that the index is asked for at once, each in up to ten forms; PostgreSQL fails at some ten times as many."""

MAX_PHRASE = 8
"""Words of one phrase."""

SHORTEST_PREFIX = 2

HEAD = 500
"""Characters at the start of a text that tell what it is about; deeper, a word must stand twice to count."""

DEEP_HITS = 2

_AND, _OR, _NOT = frozenset({"AND", "И", "ЖӘНЕ"}), frozenset({"OR", "ИЛИ", "НЕМЕСЕ"}), frozenset({"NOT", "НЕ", "ЕМЕС"})
_OPERATORS = _AND | _OR | _NOT
_PIECE = re.compile(r'"[^"]*"|«[^»]*»|“[^”]*”|„[^”“]*[”“]|\S+')
_LANGUAGE = re.compile(r"[a-z]{2}")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MAX_SLUG = 32
_LATIN = str.maketrans(
    dict(
        zip(
            "абвгдезийклмнопрстуфхыэәғқңөұүһі",
            "abvgdeziiklmnoprstufhyeagqnouuhi",
            strict=True,
        )
    )
    | {"ё": "e", "ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ю": "yu", "я": "ya", "ъ": "", "ь": ""},
)


def slug_for(name: str) -> str:
    """A slug made from a name: `Наука и космос` becomes `nauka-i-kosmos`.

    Raises:
        InvalidTopicError: nothing of the name can be written in a-z and 0-9.
    """
    latin = unicodedata.normalize("NFKD", name.casefold().replace("ё", "е").translate(_LATIN))
    slug = re.sub(r"[^a-z0-9]+", "-", latin.encode("ascii", "ignore").decode()).strip("-")[:_MAX_SLUG].strip("-")
    if not slug:
        raise InvalidTopicError("slug", name)
    return slug


def check(topic: Topic) -> None:
    """Raises InvalidTopicError when readers or the matcher could do nothing with the topic."""
    if len(topic.slug) > _MAX_SLUG or not _SLUG.fullmatch(topic.slug):
        raise InvalidTopicError("slug", topic.slug)
    if not topic.names or not all(name.strip() for name in topic.names.values()):
        raise InvalidTopicError("name", topic.slug)
    told = (*topic.words, *topic.must, *topic.feed_urls, *topic.liked, *filter(None, topic.descriptions.values()))
    if not told or (topic.strictness is Strictness.WORDS and not (topic.words or topic.must or topic.feed_urls)):
        raise InvalidTopicError("empty", topic.slug)
    for language in topic.languages:
        if not _LANGUAGE.fullmatch(language):
            raise InvalidTopicError("language", language)
    if max(len(topic.liked), len(topic.disliked)) > MAX_EXAMPLES:
        raise InvalidTopicError("too_many_examples", str(MAX_EXAMPLES))
    for several in (topic.words, topic.must, topic.exclude):
        rules = [_rule(written) for written in several]
        if sum(len(one.needed) + len(one.unwanted) for rule in rules for one in rule) > MAX_TERMS:
            raise InvalidTopicError("too_many", str(MAX_TERMS))


def terms(topic: Topic) -> tuple[str, ...]:
    """The words, phrases and `beginnings*` that speak for the topic; of rules, the parts that are wanted."""
    return tuple(
        dict.fromkeys(
            _shown(term) for rule in topic.words for alternative in _kept_rule(rule) for term in alternative.needed
        )
    )


@dataclass(frozen=True)
class _Term:
    """One word, phrase or prefix as written: its folded words."""

    parts: tuple[str, ...]
    prefix: bool


@dataclass(frozen=True)
class _Alternative:
    """Terms that an article needs all of, and those it may have none of."""

    needed: tuple[_Term, ...]
    unwanted: tuple[_Term, ...]


@dataclass(frozen=True)
class _Forms:
    """A text as terms are looked up in it: its folded words and their stems, in order."""

    words: Sequence[str]
    stems: Sequence[str]


@dataclass(frozen=True)
class ReadText:
    """An article as topics look their words up in it. head: its title and beginning; deep: the rest."""

    head: _Forms
    deep: _Forms
    language: str


def read_text(title: str, text: str, language: str) -> ReadText:
    """The article, ready for any number of matchers."""
    return ReadText(_forms(f"{title}\n{text[:HEAD]}", language), _forms(text[HEAD:], language), language)


class Gap(StrEnum):
    """What a rule that nearly holds has too little or too much of.

    lacking: one of the terms that it needs, of several, is not there. forbidden: all are, and so is one that it
    forbids. once: its term stands deep in the text, once.
    """

    LACKING = "lacking"
    FORBIDDEN = "forbidden"
    ONCE = "once"


@dataclass(frozen=True)
class NearRule:
    """A rule that nearly holds. term: the one that it is about, as written."""

    gap: Gap
    rule: str
    term: str


def _rule(written: str) -> tuple[_Alternative, ...]:
    """The alternatives of one rule. Operators are words in capitals, outside quotation marks."""
    pieces = _PIECE.findall(written)
    if _OPERATORS.isdisjoint(pieces):
        return (_Alternative((_parse(written),), ()),)
    return tuple(_alternative(pieces[start:end], written) for start, end in _parted(pieces))


def _kept_rule(written: str) -> tuple[_Alternative, ...]:
    """The alternatives of a rule in use, which may be older than the operators: "EITHER OR" is then a phrase."""
    try:
        return _rule(written)
    except InvalidTopicError:
        return (_Alternative((_parse(written),), ()),)


def _parted(pieces: Sequence[str]) -> Iterator[tuple[int, int]]:
    start = 0
    for at, piece in enumerate(pieces):
        if piece in _OR:
            yield start, at
            start = at + 1
    yield start, len(pieces)


def _alternative(pieces: Sequence[str], written: str) -> _Alternative:
    needed: list[_Term] = []
    unwanted: list[_Term] = []
    words_: list[str] = []
    into = needed
    for piece in (*pieces, "AND"):  # the last closes the last term
        if piece not in _AND | _NOT:
            words_.append(piece)
            continue
        if words_:
            into.append(_parse(" ".join(words_)))
            into = needed
        elif not (piece in _NOT and (into is needed)):
            raise InvalidTopicError("expression", written)
        if piece in _NOT:
            into = unwanted
        words_ = []
    if not needed:
        raise InvalidTopicError("expression", written)
    return _Alternative(tuple(needed), tuple(unwanted))


def _parse(written: str) -> _Term:
    bare = written.strip().strip('"«»“”„').strip()
    prefix = bare.endswith("*")
    parts = tuple(words(bare.removesuffix("*")))
    if not parts:
        raise InvalidTopicError("word", written)
    if len(parts) > MAX_PHRASE or (prefix and len(parts) > 1):
        raise InvalidTopicError("phrase", written)
    if prefix and len(parts[0]) < SHORTEST_PREFIX:
        raise InvalidTopicError("word", written)
    return _Term(parts, prefix)


class _Terms:
    """Terms ready for texts in one language, each with the rule it stands for."""

    def __init__(self, terms: Iterable[tuple[_Term, str]], language: str) -> None:
        self._single: dict[str, str] = {}
        self._prefixes: dict[str, str] = {}
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for term, written in terms:
            stems = tuple(stem(part, language) for part in term.parts)
            if term.prefix:
                self._prefixes.setdefault(term.parts[0], written)
            elif len(stems) == 1:
                self._single.setdefault(stems[0], written)
            else:
                self._phrases[stems[0]].append((stems, written))
        self._beginnings = tuple(self._prefixes)

    def hits(self, forms: _Forms) -> list[str]:
        """The rule of each place in the text where one of the terms stands."""
        found = [self._single[one] for one in forms.stems if one in self._single]
        if self._beginnings:
            found += [
                next(rule for beginning, rule in self._prefixes.items() if word.startswith(beginning))
                for word in forms.words
                if word.startswith(self._beginnings)
            ]
        if self._phrases:
            found += [
                rule
                for at, one in enumerate(forms.stems)
                for phrase, rule in self._phrases.get(one, ())
                if tuple(forms.stems[at : at + len(phrase)]) == phrase
            ]
        return found


class _Rules:
    """Rules as written, ready for texts in one language."""

    def __init__(self, written: Iterable[str], language: str) -> None:
        single: list[tuple[_Term, str]] = []
        self._compound: list[tuple[list[tuple[_Terms, str]], _Terms, str]] = []
        for rule in written:
            for one in _kept_rule(rule):
                if len(one.needed) == 1 and not one.unwanted:
                    single.append((one.needed[0], rule))
                    continue
                needed = [(_Terms([(term, _shown(term))], language), _shown(term)) for term in one.needed]
                unwanted = _Terms([(term, _shown(term)) for term in one.unwanted], language)
                self._compound.append((needed, unwanted, rule))
        self._single = _Terms(single, language)

    def found(self, head: _Forms, deep: _Forms, *, anywhere: bool = False) -> str | None:
        """The first rule that holds; None without any. anywhere: once, deep in the text, is enough."""
        least = 1 if anywhere else DEEP_HITS
        hits = self._single.hits(head)
        if not hits:
            further = self._single.hits(deep)
            hits = further if len(further) >= least else []
        if hits:
            return hits[0]
        for needed, unwanted, rule in self._compound:
            if all(one.hits(head) or len(one.hits(deep)) >= least for one, _ in needed) and not (
                unwanted.hits(head) or unwanted.hits(deep)
            ):
                return rule
        return None

    def nearly(self, head: _Forms, deep: _Forms) -> NearRule | None:
        """The first rule that one term keeps from holding, of rules none of which holds."""
        for needed, unwanted, rule in self._compound:
            missing = [term for one, term in needed if not one.hits(head) and len(one.hits(deep)) < DEEP_HITS]
            forbidden = [] if missing else [*unwanted.hits(head), *unwanted.hits(deep)]
            if forbidden:
                return NearRule(Gap.FORBIDDEN, rule, forbidden[0])
            if len(missing) == 1 and len(needed) > 1 and not (unwanted.hits(head) or unwanted.hits(deep)):
                return NearRule(Gap.LACKING, rule, missing[0])
        once = self._single.hits(deep)
        return NearRule(Gap.ONCE, once[0], once[0]) if once else None


def _shown(term: _Term) -> str:
    return " ".join(term.parts) + "*" * term.prefix


@dataclass(frozen=True)
class _Compiled:
    """A topic, ready for texts in one language."""

    topic: Topic
    wanted: _Rules
    must: tuple[tuple[str, _Rules], ...]
    unwanted: _Rules

    def decide(self, head: _Forms, deep: _Forms, language: str, feed_url: str, relevance: Relevance | None) -> Decision:
        """What rules the article out, else what lets it in."""
        return self._ruled_out(head, deep, language, feed_url) or self._let_in(head, deep, relevance)

    def _ruled_out(self, head: _Forms, deep: _Forms, language: str, feed_url: str) -> Decision | None:
        topic = self.topic
        if topic.feed_urls and feed_url not in topic.feed_urls:
            return Decision(slug=topic.slug, taken=False, reason=Reason.FEED)
        if topic.languages and language != UNSURE and language not in topic.languages:
            return Decision(slug=topic.slug, taken=False, reason=Reason.LANGUAGE, detail=language)
        if rule := self.unwanted.found(head, deep, anywhere=True):
            return Decision(slug=topic.slug, taken=False, reason=Reason.EXCLUDED, detail=rule)
        missing = next((rule for rule, ready in self.must if not ready.found(head, deep, anywhere=True)), None)
        if missing is not None:
            return Decision(slug=topic.slug, taken=False, reason=Reason.MUST, detail=missing)
        return None

    def _let_in(self, head: _Forms, deep: _Forms, relevance: Relevance | None) -> Decision:
        topic = self.topic
        found = self.wanted.found(head, deep) if topic.words else None
        if relevance is not None and topic.decided_by is not Strictness.WORDS:
            return self._weighed(found, relevance)
        if topic.words:
            return Decision(slug=topic.slug, taken=found is not None, reason=Reason.WORD, detail=found or "")
        if topic.must or topic.feed_urls:
            return Decision(slug=topic.slug, taken=True, reason=Reason.MUST if topic.must else Reason.EVERYTHING)
        # A description or examples alone, and nothing to weigh them by yet.
        return Decision(slug=topic.slug, taken=False, reason=Reason.TOO_EARLY)

    def _weighed(self, found: str | None, relevance: Relevance) -> Decision:
        needed = ENOUGH[self.topic.decided_by]
        if self.topic.words:
            needed += OF_WORDS if found is None else -OF_WORDS
        return Decision(
            slug=self.topic.slug,
            taken=relevance.total >= needed,
            reason=Reason.EVIDENCE,
            detail=found or "",
            relevance=relevance,
            needed=needed,
        )


Relevances = Mapping[str, Relevance]
"""Slug -> how much speaks for that topic."""


class KeywordMatcher:
    """Matches articles with all topics at once."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self.topics = tuple(topics)
        self._compiled: dict[str, list[_Compiled]] = {}

    def match(self, *, title: str, text: str, language: str, feed_url: str) -> frozenset[str]:
        """The slugs of the topics that the article belongs to."""
        decisions = self.decide(title=title, text=text, language=language, feed_url=feed_url)
        return frozenset(decision.slug for decision in decisions if decision.taken)

    def decide(
        self, *, title: str, text: str, language: str, feed_url: str, relevances: Relevances | None = None
    ) -> tuple[Decision, ...]:
        """Whether the article belongs to each topic and why, in the order of the topics.

        relevances: of the topics that are not decided by words alone; without one, words decide for them too.
        """
        return self.decide_on(read_text(title, text, language), feed_url=feed_url, relevances=relevances)

    def decide_on(self, read: ReadText, *, feed_url: str, relevances: Relevances | None = None) -> tuple[Decision, ...]:
        """The same of an article that was read before."""
        known = relevances or {}
        return tuple(
            one.decide(read.head, read.deep, read.language, feed_url, known.get(one.topic.slug))
            for one in self._in(read.language)
        )

    def nearly(self, read: ReadText) -> tuple[NearRule | None, ...]:
        """Of each topic in order, the rule among its words that nearly holds, where none does."""
        return tuple(one.wanted.nearly(read.head, read.deep) for one in self._in(read.language))

    def _in(self, language: str) -> list[_Compiled]:
        if language not in self._compiled:
            self._compiled[language] = [
                _Compiled(
                    topic,
                    _Rules(topic.words, language),
                    tuple((rule, _Rules([rule], language)) for rule in topic.must),
                    _Rules(topic.exclude, language),
                )
                for topic in self.topics
            ]
        return self._compiled[language]


_NO_FORMS = _Forms([], [])


def _forms(text: str, language: str) -> _Forms:
    found = words(text)
    return _Forms(found, list(map(stemmer(language), found)))


def most_common_topic(slugs: Iterable[Iterable[str]], wanted: frozenset[str]) -> str | None:
    """The topic of `wanted` that most articles of a story belong to; the first by name among equals."""
    counted = Counter(slug for several in slugs for slug in several if slug in wanted)
    return min(counted, key=lambda slug: (-counted[slug], slug), default=None)


def stands_in(written: tuple[str, ...], title: str, text: str, language: str) -> str | None:
    """The first of the rules that holds for the text, wherever it stands there; None without any."""
    if not written:
        return None
    return _rules_in(written, language).found(_forms_of_story(title, text, language), _NO_FORMS, anywhere=True)


def traces(written: Iterable[str]) -> Traces | None:
    """What to look for so that nothing is missed for which `stands_in` holds.

    None where that can't be told, as stems say nothing of the beginnings of words, or would be too much to ask.
    """
    found: dict[Sought, None] = {}
    for alternative in (one for rule in written for one in _kept_rule(rule)):
        parts = [part for term in alternative.needed if not term.prefix for part in term.parts]
        if not parts or len(parts) > MOST_SOUGHT:
            return None
        found[tuple(map(_sought, parts))] = None
        if sum(map(len, found)) > MOST_SOUGHT:
            return None
    return tuple(found)


@lru_cache(maxsize=10_000)  # readers' own words
def _sought(word: str) -> frozenset[str]:
    return frozenset(map(as_told, stems_anywhere(word)))


@lru_cache(maxsize=10_000)  # readers of one edition look through the same stories
def _forms_of_story(title: str, text: str, language: str) -> _Forms:
    return _forms(f"{title}\n{text}", language)


@lru_cache(maxsize=2_000)  # readers' own words, in the languages they read
def _rules_in(written: tuple[str, ...], language: str) -> _Rules:
    return _Rules(written, language)


def check_words(written: Iterable[str]) -> None:
    """Raises InvalidTopicError when one of a reader's own words can't be read, or there are too many."""
    several = list(written)
    for one in several:
        _rule(one)
    if len(several) > MAX_OWN_WORDS:
        raise InvalidTopicError("too_many", str(MAX_OWN_WORDS))
