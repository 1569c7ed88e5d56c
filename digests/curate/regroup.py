"""Stories looked at again, all of a window at once: those that turn out to tell one event are joined. Pure.

On arrival an article sees only what came before it, and is joined cautiously. Later every pair can be compared:
average linkage joins the two most alike stories, then the next two, as long as their articles are alike on average
(Sokal and Michener 1958). Single linkage would chain half of a day's news together.
"""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from digests.model import Fingerprint

CUT = 0.26
"""The least mean likeness, by words alone, of the articles of two stories about one event."""

CUT_OF_HALVES = 0.35
"""The same where half of the likeness is that of meaning: what the pair trials put it at."""

DOUBTFUL = (2 / 3, 7 / 3)
"""Of the cut: likeness between which a pair is judged by a closer look.

Unlike `stories.DOUBTFUL` it begins below the cut, where readers are better off with what is joined wrongly than with
what is told twice: the replayed week of the bench tells no event twice so, and one where it begins at the cut.
"""

MOST_DOUBTFUL = 1_000
"""Pairs judged in one go, those nearest to the cut first."""

Pair = tuple[int, int]
Judge = Callable[[Sequence[Pair]], Mapping[Pair, bool]]
"""Pairs of stories -> whether they are about one event, of those that could be told."""

Vectors = npt.NDArray[np.float32]

_COMMON_SHARE, _COMMON_LEAST = 0.05, 600  # a term that more stories have brings no pair along
_LEAST_SHARE = 0.2  # of the cut: a pair less alike is taken for not alike at all
_MEANING = 0.5
_JUST_BELOW = 0.99


def regroup(
    stories: Mapping[int, Sequence[Fingerprint]],
    *,
    vectors: Mapping[int, Vectors] | None = None,
    frozen: frozenset[int] = frozenset(),
    cut: float | None = None,
    judge: Judge | None = None,
) -> dict[int, int]:
    """Old id -> new id of every story that is joined to another; the smallest id of a group, or its frozen one, stays.

    stories: the articles of each, all in one language; at least one each. vectors: the mean of the articles' meanings,
    of each story; None without an encoder. frozen: told already, so that two of them are never joined. cut: in 0..1.
    judge: asked about pairs near the cut; None to go by likeness alone.
    """
    if not stories:
        return {}
    least = (CUT if vectors is None else CUT_OF_HALVES) if cut is None else cut
    sizes = {story_id: len(articles) for story_id, articles in stories.items()}
    likenesses = _likenesses(stories, vectors, _LEAST_SHARE * least)
    if judge is not None:
        likenesses |= _judged(likenesses, judge, least)
    return _joined(likenesses, sizes, frozen, least)


def _judged(likenesses: Mapping[Pair, float], judge: Judge, cut: float) -> dict[Pair, float]:
    """The likeness of pairs in doubt, moved to the side of the cut where they belong."""
    least, most = (share * cut for share in DOUBTFUL)
    doubtful = [pair for pair, likeness in likenesses.items() if least <= likeness < most]
    nearest = heapq.nsmallest(MOST_DOUBTFUL, doubtful, key=lambda pair: (abs(likenesses[pair] - cut), pair))
    return {
        pair: max(likenesses[pair], cut) if is_same else min(likenesses[pair], _JUST_BELOW * cut)
        for pair, is_same in judge(nearest).items()
    }


def _story_vectors(stories: Mapping[int, Sequence[Fingerprint]], order: Sequence[int]) -> list[dict[int, float]]:
    """The mean of the unit vectors of each story's articles: their product is the mean likeness of all pairs."""
    numbers: dict[str, int] = {}
    holding = Counter(term for articles in stories.values() for one in articles for term in one.terms)
    size = sum(map(len, stories.values())) + 1
    rarity = {term: math.log(1 + size / (1 + count)) for term, count in holding.items()}
    made = []
    for story_id in order:
        mean: dict[int, float] = defaultdict(float)
        articles = stories[story_id]
        for one in articles:
            weights = {term: (1 + math.log(count)) * rarity[term] for term, count in one.terms.items()}
            length = (math.hypot(*weights.values()) or 1.0) * len(articles)
            for term, weight in weights.items():
                mean[numbers.setdefault(term, len(numbers))] += weight / length
        made.append(mean)
    return made


def _likenesses(
    stories: Mapping[int, Sequence[Fingerprint]], vectors: Mapping[int, Vectors] | None, least: float
) -> dict[Pair, float]:
    """Of the pairs at least so alike that share a term which few have; a pair is (smaller id, larger id)."""
    order = sorted(stories)
    sparse = _story_vectors(stories, order)
    where: dict[int, list[int]] = defaultdict(list)
    weighs: dict[int, list[float]] = defaultdict(list)
    for at, terms in enumerate(sparse):
        for term, weight in terms.items():
            where[term].append(at)
            weighs[term].append(weight)
    common = max(_COMMON_LEAST, int(_COMMON_SHARE * len(order)))
    places = {term: np.array(several, dtype=np.int64) for term, several in where.items() if 1 < len(several) <= common}
    weights = {term: np.array(weighs[term]) for term in places}
    dense = None if vectors is None else _centred(np.stack([vectors[story_id] for story_id in order]))
    found: dict[Pair, float] = {}
    for at, terms in enumerate(sparse):
        shared = [term for term in terms if term in places]
        if not shared:
            continue
        alike = np.bincount(
            np.concatenate([places[term] for term in shared]),
            np.concatenate([weights[term] * terms[term] for term in shared]),
            minlength=at + 1,
        )
        near = at + 1 + np.flatnonzero(alike[at + 1 :])  # of each pair the smaller finds the larger
        likeness = alike[near]
        if dense is not None and len(near):
            likeness = (1 - _MEANING) * likeness + _MEANING * (dense[near] @ dense[at])
        kept = likeness >= least
        for other, value in zip(near[kept].tolist(), likeness[kept].tolist(), strict=True):
            found[order[at], order[other]] = value
    return found


def _centred(vectors: Vectors) -> Vectors:
    """Less what all of the window share, and of length 1."""
    apart = vectors - vectors.mean(axis=0)
    return np.asarray(apart / np.maximum(np.linalg.norm(apart, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def _joined(
    likenesses: Mapping[Pair, float], sizes: Mapping[int, int], frozen: Iterable[int], cut: float
) -> dict[int, int]:
    part = _parts(likenesses, cut)
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for (one, other), likeness in likenesses.items():
        if one in part and part[one] == part.get(other):  # between parts nothing can ever be joined
            near[one][other] = near[other][one] = likeness
    size, told, new = dict(sizes), set(frozen), {}
    queue = [(-likeness, one, other) for (one, other), likeness in likenesses.items() if likeness >= cut]
    heapq.heapify(queue)
    while queue:
        negative, one, other = heapq.heappop(queue)
        if near[one].get(other) != -negative:  # one of them has grown since, or is gone
            continue
        if one in told and other in told:
            continue
        kept, gone = (other, one) if other in told else (one, other)
        new[gone] = kept
        for third in near[kept].keys() | near[gone].keys() - {kept, gone}:
            if third in {kept, gone}:
                continue
            total = size[kept] * near[kept].get(third, 0.0) + size[gone] * near[gone].get(third, 0.0)
            likeness = total / (size[kept] + size[gone])
            near[kept][third] = near[third][kept] = likeness
            near[third].pop(gone, None)
            if likeness >= cut:
                heapq.heappush(queue, (-likeness, min(kept, third), max(kept, third)))
        near[kept].pop(gone, None)
        near.pop(gone)
        size[kept] += size.pop(gone)
    return {story_id: _last(story_id, new) for story_id in new}


def _parts(likenesses: Mapping[Pair, float], cut: float) -> dict[int, int]:
    """Story -> the least id among those that it hangs together with by pairs at least so alike; loners are left out."""
    above: dict[int, int] = {}

    def root(story_id: int) -> int:
        while (higher := above.setdefault(story_id, story_id)) != story_id:
            above[story_id] = above[higher]
            story_id = higher
        return story_id

    for (one, other), likeness in likenesses.items():
        if likeness >= cut:
            first, second = sorted((root(one), root(other)))
            above[second] = first
    return {story_id: root(story_id) for story_id in list(above)}


def _last(story_id: int, new: Mapping[int, int]) -> int:
    while story_id in new:
        story_id = new[story_id]
    return story_id
