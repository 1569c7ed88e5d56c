"""Which topics an article belongs to, by the words that admins gave. Pure.

A word stands for all its forms: it is compared by its stem in the language of the article. A `"phrase"` is words in
a row, compared likewise; `prefix*` is every word that begins so. No regular expressions: work grows with the length of
the text alone.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digests.errors import InvalidTopicError
from digests.language.words import stem, words
from digests.model import Topic

MAX_TERMS = 200
"""Words of one topic, and phrases of it; a list of 25 well-chosen ones is worth more than a longer one."""

MAX_PHRASE = 8
"""Words of one phrase."""

SHORTEST_PREFIX = 2

HEAD = 500
"""Characters at the start of a text that tell what it is about; deeper, a word must stand twice to count."""

DEEP_HITS = 2

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
    if not topic.words and not topic.feed_urls:
        raise InvalidTopicError("empty", topic.slug)
    for several in (topic.words, topic.exclude):
        if len(several) > MAX_TERMS:
            raise InvalidTopicError("too_many", str(MAX_TERMS))
        for word in several:
            _parse(word)


@dataclass(frozen=True)
class _Term:
    """One word, phrase or prefix as written: its folded words."""

    parts: tuple[str, ...]
    prefix: bool


@dataclass(frozen=True)
class _Forms:
    """A text as terms are looked up in it: its folded words and their stems, in order."""

    words: Sequence[str]
    stems: Sequence[str]


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
    """The terms of one list, ready for texts in one language."""

    def __init__(self, written: Iterable[str], language: str) -> None:
        self._single: set[str] = set()
        self._prefixes: list[str] = []
        self._phrases: list[tuple[str, ...]] = []
        for term in map(_parse, written):
            stems = tuple(stem(part, language) for part in term.parts)
            if term.prefix:
                self._prefixes.append(term.parts[0])
            elif len(stems) == 1:
                self._single.add(stems[0])
            else:
                self._phrases.append(stems)

    def hits(self, forms: _Forms) -> int:
        """How often any of the terms stands in the text."""
        prefixes = tuple(self._prefixes)
        found = sum(one in self._single for one in forms.stems)
        if prefixes:
            found += sum(word.startswith(prefixes) for word in forms.words)
        for phrase in self._phrases:
            first = phrase[0]
            found += sum(
                one == first and tuple(forms.stems[at : at + len(phrase)]) == phrase
                for at, one in enumerate(forms.stems)
            )
        return found


class KeywordMatcher:
    """Matches articles with all topics at once."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self.topics = tuple(topics)
        self._compiled: dict[str, list[tuple[Topic, _Terms, _Terms]]] = {}

    def match(self, *, title: str, text: str, language: str, feed_url: str) -> frozenset[str]:
        """The slugs of the topics that the article belongs to."""
        head = _forms(f"{title}\n{text[:HEAD]}", language)
        deep = _forms(text[HEAD:], language)
        return frozenset(
            topic.slug
            for topic, wanted, unwanted in self._in(language)
            if (not topic.feed_urls or feed_url in topic.feed_urls)
            and (not topic.words or wanted.hits(head) or wanted.hits(deep) >= DEEP_HITS)
            and not (unwanted.hits(head) or unwanted.hits(deep))
        )

    def _in(self, language: str) -> list[tuple[Topic, _Terms, _Terms]]:
        if language not in self._compiled:
            self._compiled[language] = [
                (topic, _Terms(topic.words, language), _Terms(topic.exclude, language)) for topic in self.topics
            ]
        return self._compiled[language]


def _forms(text: str, language: str) -> _Forms:
    found = words(text)
    return _Forms(found, [stem(word, language) for word in found])


def most_common_topic(slugs: Iterable[Iterable[str]], wanted: frozenset[str]) -> str | None:
    """The topic of `wanted` that most articles of a story belong to; the first by name among equals."""
    counted = Counter(slug for several in slugs for slug in several if slug in wanted)
    return min(counted, key=lambda slug: (-counted[slug], slug), default=None)
