"""How much speaks for an article's belonging to a topic, beyond the rules of its admin. Pure.

Words that an admin named count by their rarity, the description and the liked articles by likeness: of words, and of
meaning where an encoder is at hand. Each kind is put on one scale by how it is spread over recent articles, and their
sum is put on that scale again; one strictness then decides for every topic.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from digests.curate.neutral import NEUTRAL
from digests.curate.subjects import Subject
from digests.embed.embedder import Embedder
from digests.language.words import stem, stop_words, words
from digests.model import Kind

Scores = npt.NDArray[np.float64]
"""A row for each text, a column for each subject."""

DOUBT = 0.5
"""Standard deviations between two topics, or between a topic and what is enough for it, that leave doubt. On the
benches' Russian and Kazakh sentences so near a second topic stood every third text, and most that were put wrongly."""

_LENGTH_SHARE = 3.0  # how little a text's length counts against the words found in it
_LEAST_SPREAD = 1e-6
_DISLIKED_SHARE = 0.5
_GENERAL = 0.25  # topics that what news are usually about weighs as much as
_SPELLED = frozenset({"kk", "ky"})  # the encoder was shown little of these: the words of a description still help


@dataclass(frozen=True)
class Scored:
    """Each text's score for each subject, and what it is made of, both in standard deviations."""

    total: Scores
    parts: Mapping[Kind, Scores]

    def strongest(self, text: int, subject: int) -> Kind:
        """What spoke for it most."""
        return max(self.parts, key=lambda kind: self.parts[kind][text, subject])


class Evidence:
    """Weighs texts in one language against several subjects."""

    def __init__(
        self, subjects: Sequence[Subject], *, recent: Sequence[str], language: str, embedder: Embedder | None = None
    ) -> None:
        """recent: title and beginning of at least one article of the last days; `subjects.ENOUGH_RECENT` say something.

        Raises:
            ValueError: there are no subjects, or no recent articles.
        """
        if not subjects or not recent:
            raise ValueError("evidence needs subjects and recent articles")
        self._language = language
        self._ignored = stop_words(language)
        self._embedder = embedder
        self._phrases: dict[str, list[tuple[str, ...]]] = {}
        self._beginnings: tuple[str, ...] = ()
        terms = [self._terms(subject.terms) for subject in subjects]
        tokens = [self._tokens(text) for text in recent]
        holding = Counter(token for own in tokens for token in set(own))
        self._rarities = {token: math.log((len(recent) + 1) / (count + 0.5)) for token, count in holding.items()}
        self._unseen = math.log((len(recent) + 1) / 0.5)
        self._named = _Columns([{term: self._rarity(term) for term in own} for own in terms])
        self._described = _Columns(
            [self._unit(self._tokens(one.about) + own) for one, own in zip(subjects, terms, strict=True)]
        )
        self._exampled = _Columns(_apart([self._examples(one) for one in subjects]))
        self._subjects = subjects
        vectors = self._vectors(recent)
        self._centre = None if vectors is None else vectors.mean(axis=0)
        raw = self._raw(tokens, vectors)
        self._spread = {kind: _spread(values) for kind, values in raw.items()}
        self._spread[Kind.WORDS] = self._as_if_found(self._spread[Kind.WORDS], terms, tokens)
        mean, deviation = _spread(self._sum(raw))
        self._spread_of_sum = (
            mean,
            np.maximum(deviation, 1.0),
        )  # one kind alone is spread by one; nothing found, by none

    def weigh(self, texts: Sequence[str]) -> Scored:
        """The texts' scores. texts: title and beginning of each article."""
        raw = self._raw([self._tokens(text) for text in texts], self._vectors(texts))
        parts = {kind: _standard(values, self._spread[kind]) for kind, values in raw.items()}
        return Scored(_standard(self._sum(raw), self._spread_of_sum), parts)

    def _as_if_found(
        self, spread: tuple[Scores, Scores], terms: Sequence[Sequence[str]], recent: Sequence[Sequence[str]]
    ) -> tuple[Scores, Scores]:
        """The spread at least as wide as if one recent article had one term: rare ones would else count for nothing."""
        mean, deviation = spread
        length = math.fsum(map(len, recent)) / len(recent)
        found = [sum(map(self._rarity, own)) / max(1, len(own)) for own in terms]
        once = np.array(found) / (_LENGTH_SHARE + math.log(1 + length)) / math.sqrt(len(recent))
        return mean, np.maximum(deviation, once)

    def _sum(self, raw: Mapping[Kind, Scores]) -> Scores:
        return np.asarray(sum(_standard(values, self._spread[kind]) for kind, values in raw.items()))

    def _raw(self, tokens: Sequence[Sequence[str]], vectors: Scores | None) -> dict[Kind, Scores]:
        counted = [Counter(own) for own in tokens]
        rows = [self._unit_of(counts) for counts in counted]
        found = {
            Kind.WORDS: np.array(
                [
                    self._named.product({token: 1 + math.log(count) for token, count in counts.items()})
                    / (_LENGTH_SHARE + math.log(1 + counts.total()))
                    for counts in counted
                ]
            ),
        }
        if vectors is None or self._language in _SPELLED:  # elsewhere they add noise to its meaning
            found[Kind.DESCRIPTION] = np.array([self._described.product(row) for row in rows])
        if any(one.liked or one.disliked for one in self._subjects):
            found[Kind.EXAMPLES] = np.array([self._exampled.product(row) for row in rows])
        if vectors is not None and self._centre is not None:
            centred = vectors - self._centre
            found[Kind.MEANING] = centred @ self._meanings[0].T
            if Kind.EXAMPLES in found:
                found[Kind.MEANING_OF_EXAMPLES] = centred @ self._meanings[1].T
        return found

    @cached_property
    def _meanings(self) -> tuple[Scores, Scores]:
        """The subjects' descriptions and examples as vectors, apart from what all subjects share."""
        described = self._vectors([_told(one) for one in self._subjects])
        assert described is not None  # asked only with an encoder
        assert self._centre is not None
        examples = np.zeros_like(described)
        for at, one in enumerate(self._subjects):
            for texts, share in ((one.liked, 1.0), (one.disliked, -_DISLIKED_SHARE)):
                vectors = self._vectors(texts) if texts else None
                if vectors is not None:
                    examples[at] += share * (vectors.mean(axis=0) - self._centre)
        # A topic alone is set apart from what news are usually about; among many, from what these share.
        shared = (described.sum(axis=0) + _GENERAL * self._general()) / (len(described) + _GENERAL)
        return _normed(described - shared), _normed(_from_others(examples))

    def _general(self) -> Scores:
        """What all topics share: the mean meaning of what news are usually about."""
        bank = self._vectors(_bank(self._language))
        assert bank is not None  # asked only with an encoder
        return np.asarray(bank.mean(axis=0))

    def _vectors(self, texts: Sequence[str]) -> Scores | None:
        return None if self._embedder is None else self._embedder.embed(texts).astype(np.float64)

    def _terms(self, written: Iterable[str]) -> list[str]:
        found = []
        for term in written:
            if term.endswith("*") and words(term):
                (beginning, *_) = words(term)
                self._beginnings = (*self._beginnings, beginning)
                found.append(f"{beginning}*")
                continue
            parts = tuple(stem(part, self._language) for part in words(term))
            if len(parts) > 1:
                self._phrases.setdefault(parts[0], []).append(parts)
            if parts:
                found.append(" ".join(parts))
        return found

    def _tokens(self, text: str) -> list[str]:
        """The stems of a text that say something, and the phrases and beginnings of the subjects that stand in it."""
        every = words(text)
        own = [stem(word, self._language) for word in every]
        phrases = [
            " ".join(phrase)
            for at, one in enumerate(own)
            for phrase in self._phrases.get(one, ())
            if tuple(own[at : at + len(phrase)]) == phrase
        ]
        begun = [
            f"{beginning}*"
            for word in every
            if self._beginnings and word.startswith(self._beginnings)
            for beginning in self._beginnings
            if word.startswith(beginning)
        ]
        return [one for one, word in zip(own, every, strict=True) if word not in self._ignored] + phrases + begun

    def _rarity(self, token: str) -> float:
        return self._rarities.get(token, self._unseen)

    def _unit(self, tokens: Iterable[str]) -> dict[str, float]:
        return self._unit_of(Counter(tokens))

    def _unit_of(self, counts: Counter[str]) -> dict[str, float]:
        weights = {token: (1 + math.log(count)) * self._rarity(token) for token, count in counts.items()}
        length = math.hypot(*weights.values()) or 1.0
        return {token: weight / length for token, weight in weights.items()}

    def _examples(self, subject: Subject) -> dict[str, float]:
        mean: dict[str, float] = {}
        for texts, share in ((subject.liked, 1.0), (subject.disliked, -_DISLIKED_SHARE)):
            for text in texts:
                for token, weight in self._unit(self._tokens(text)).items():
                    mean[token] = mean.get(token, 0.0) + share * weight / len(texts)
        return mean


class CloserLook:
    """A second way of weighing the same subjects, for texts of which the first leaves doubt."""

    def __init__(self, first: Evidence | None, second: Evidence, *, recent: Sequence[str]) -> None:
        """first: has its say beside the second; None to go by the second alone. recent: what puts both on one scale."""
        self._share = 0.0 if first is None else 1.0
        self._second = second
        said = second.weigh(recent).total
        self._spread = _spread(said if first is None else said + first.weigh(recent).total)

    def weigh(self, texts: Sequence[str], weighed: Scored, rows: Sequence[int]) -> Scored:
        """What the first said of the texts, and what comes of the closer look at those in `rows`."""
        said = self._second.weigh([texts[row] for row in rows]).total
        total = weighed.total.copy()
        total[rows] = _standard(self._share * weighed.total[rows] + said, self._spread)
        return Scored(total, weighed.parts)


def in_doubt(weighed: Scored, enough: Sequence[float]) -> list[int]:
    """The rows of texts that could as well be another topic's, or none's, the most doubtful first.

    enough: for each subject, the total from which it takes a text.
    """
    best = np.sort(weighed.total, axis=1)[:, ::-1]
    apart = best[:, 0] - best[:, 1] if best.shape[1] > 1 else np.full(len(best), np.inf)
    doubt = np.minimum(
        np.where(best[:, 0] > 0, apart, np.inf),
        np.abs(weighed.total - np.asarray(enough)).min(axis=1, initial=np.inf),
    )
    return [int(row) for row in np.argsort(doubt, kind="stable") if doubt[row] < DOUBT]


class _Columns:
    """A sparse weight for each token and subject."""

    def __init__(self, columns: Sequence[Mapping[str, float]]) -> None:
        tokens = dict.fromkeys(token for column in columns for token in column)
        self._row = {token: at for at, token in enumerate(tokens)}
        self._weights = np.zeros((len(tokens), len(columns)))
        for at, column in enumerate(columns):
            for token, weight in column.items():
                self._weights[self._row[token], at] = weight

    def product(self, weights: Mapping[str, float]) -> Scores:
        """The sum of products over the tokens that both have, for each subject."""
        shared = [(self._row[token], weight) for token, weight in weights.items() if token in self._row]
        if not shared:
            return np.zeros(self._weights.shape[1])
        rows, own = zip(*shared, strict=True)
        return np.asarray(np.array(own) @ self._weights[list(rows)])


def _apart(prototypes: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
    """What sets each prototype apart: less the mean of all, where there are several, at unit length."""
    common: dict[str, float] = {}
    for prototype in prototypes:
        for token, weight in prototype.items():
            common[token] = common.get(token, 0.0) + weight / len(prototypes)
    share = 1.0 if len(prototypes) > 1 else 0.0
    apart = []
    for prototype in prototypes:
        shared = common if prototype else {}  # a topic without examples has nothing that sets it apart
        own = {token: prototype.get(token, 0.0) - share * weight for token, weight in shared.items()}
        length = math.hypot(*own.values()) or 1.0
        apart.append({token: weight / length for token, weight in own.items()})
    return apart


def texts_with_meaning(subjects: Iterable[Subject], language: str) -> list[str]:
    """Those whose meaning is asked for, beside that of articles."""
    examples = (text for one in subjects for text in (_told(one), *one.liked, *one.disliked))
    return [*examples, *_bank(language)]


def _told(subject: Subject) -> str:
    return f"{subject.about} {', '.join(subject.terms)}"


def _bank(language: str) -> tuple[str, ...]:
    return NEUTRAL.get(language) or NEUTRAL["en"]


def _from_others(rows: Scores) -> Scores:
    given = np.abs(rows).sum(axis=1) > 0
    if given.sum() > 1:
        rows = np.where(given[:, None], rows - rows[given].mean(axis=0), 0.0)
    return rows


def _normed(rows: Scores) -> Scores:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), _LEAST_SPREAD))


def _spread(values: Scores) -> tuple[Scores, Scores]:
    return values.mean(axis=0), values.std(axis=0)


def _standard(values: Scores, spread: tuple[Scores, Scores]) -> Scores:
    mean, deviation = spread
    return np.where(deviation > _LEAST_SPREAD, (values - mean) / np.maximum(deviation, _LEAST_SPREAD), 0.0)
