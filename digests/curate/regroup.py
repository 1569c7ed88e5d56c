"""Stories looked at again, all of a window at once: those that turn out to tell one event are joined. Pure.

On arrival an article sees only what came before it, and is joined cautiously. Later every pair can be compared:
average linkage joins the two most alike stories, then the next two, as long as their articles are alike on average
(Sokal and Michener 1958). Single linkage would chain half of a day's news together.
"""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from digests.model import Fingerprint

CUT = 0.26
"""The least mean likeness of the articles of two stories about one event."""

_COMMON_SHARE, _COMMON_LEAST, _COMMON_MOST = 0.2, 40, 300  # a term that more stories have brings no pair along
_LEAST = 0.01  # likeness of a pair that is worth remembering


def regroup(
    stories: Mapping[int, Sequence[Fingerprint]], *, frozen: frozenset[int] = frozenset(), cut: float = CUT
) -> dict[int, int]:
    """Old id -> new id of every story that is joined to another; the smallest id of a group, or its frozen one, stays.

    stories: the articles of each, all in one language; at least one each. frozen: told already, so that two of them
    are never joined. cut: in 0..1.
    """
    vectors = _story_vectors(stories)
    sizes = {story_id: len(articles) for story_id, articles in stories.items()}
    return _joined(_likenesses(vectors), sizes, frozen, cut)


def _story_vectors(stories: Mapping[int, Sequence[Fingerprint]]) -> dict[int, dict[str, float]]:
    """The mean of the unit vectors of each story's articles: their product is the mean likeness of all pairs."""
    holding = Counter(term for articles in stories.values() for one in articles for term in one.terms)
    size = sum(map(len, stories.values())) + 1
    made = {}
    for story_id, articles in stories.items():
        mean: dict[str, float] = defaultdict(float)
        for one in articles:
            weights = {
                term: (1 + math.log(count)) * math.log(1 + size / (1 + holding[term]))
                for term, count in one.terms.items()
            }
            length = math.hypot(*weights.values()) or 1.0
            for term, weight in weights.items():
                mean[term] += weight / length / len(articles)
        made[story_id] = dict(mean)
    return made


def _likenesses(vectors: Mapping[int, Mapping[str, float]]) -> dict[tuple[int, int], float]:
    """Of the pairs that share a term which few have; a pair is (smaller id, larger id)."""
    where: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for story_id in sorted(vectors):
        for term, weight in vectors[story_id].items():
            where[term].append((story_id, weight))
    common = max(_COMMON_LEAST, min(_COMMON_MOST, int(_COMMON_SHARE * len(vectors))))
    found: dict[tuple[int, int], float] = {}
    for story_id, vector in vectors.items():
        near: dict[int, float] = defaultdict(float)
        for term in vector:
            if len(where[term]) <= common:
                for other, _ in where[term]:
                    if other > story_id:
                        near[other] = 0.0
        for other in near:
            likeness = _product(vector, vectors[other])
            if likeness >= _LEAST:
                found[story_id, other] = likeness
    return found


def _product(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other[term] for term, weight in one.items() if term in other)


def _joined(
    likenesses: Mapping[tuple[int, int], float], sizes: Mapping[int, int], frozen: Iterable[int], cut: float
) -> dict[int, int]:
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for (one, other), likeness in likenesses.items():
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


def _last(story_id: int, new: Mapping[int, int]) -> int:
    while story_id in new:
        story_id = new[story_id]
    return story_id
