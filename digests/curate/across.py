"""The same event told in several languages: which stories are one though they share no words. Pure.

What survives translation is compared: names and international words by their consonants, which Cyrillic and Latin
spellings share; numbers; pictures; and what a site itself calls a translation. The meaning of word pieces added nothing
to these when tried. Wrongly joined stories are worse than parted ones, so a pair needs several proofs.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from functools import lru_cache
from itertools import combinations

from digests.curate.stories import Known
from digests.model import Fingerprint

CUT = 0.26
"""The least likeness of two stories about one event: the lowest that joined nothing wrongly on the bench's set."""

BEYOND_DOUBT = 0.3
"""From here on a story is also joined to one that has its language already: the bench joins nothing wrongly by it."""

NEAR_IN_TIME = timedelta(hours=24)
"""Between the first articles of two stories about one event."""

_PROOFS = 2  # rare keys that both must have, a name or number among them
_RARE_SHARE, _RARE_LEAST, _RARE_MOST = 0.1, 4, 60  # stories that may have a key for it to prove anything
_SAME_PICTURE = 6  # articles that may carry one picture; more carry a site's logo
_FEWEST_CONSONANTS = 3
_NAME_WEIGHT = 2.0

_SOUNDS = {
    **dict(zip("бвгджзклмнпрстфхцчшщқғңһ", "bvgdjzklmnprstfkccsskgnk", strict=True)),
    **dict(zip("bcdfghjklmnpqrstvwxz", "bkdfgkjklmnpkrstvvkz", strict=True)),
}
"""Letter -> the consonant that it stands for; vowels, й, y and signs stand for none."""

_LATIN_SOUNDS = {
    "shch": "щ", "tsch": "ч", "sch": "ш", "zh": "ж", "kh": "х", "sh": "ш", "ch": "ч", "ts": "ц", "ph": "ф", "th": "т",
    "gh": "г", "ck": "к",
}  # fmt: skip
_YEAR = re.compile(r"(?:19|20)\d\d")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")


def across(
    articles: Sequence[Known],
    *,
    frozen: frozenset[int] = frozenset(),
    cut: float = CUT,
) -> dict[int, int]:
    """Old id -> new id of every story that is joined to one in another language.

    articles: all of a window, in their stories. frozen: told already, so that two of them are never joined. cut:
    in 0..1.
    """
    members: dict[int, list[Known]] = defaultdict(list)
    for one in articles:
        members[one.story_id].append(one)
    proved = dict.fromkeys((*_linked(articles), *_pictured(articles)), 1.0)
    alike = {pair: value for pair, value in _alike(members).items() if value >= cut}
    return _joined(proved | {pair: value for pair, value in alike.items() if pair not in proved}, members, frozen)


def keys(fingerprint: Fingerprint) -> dict[str, float]:
    """What of an article survives translation, with its weight: names and numbers more than other words."""
    found: dict[str, float] = {}
    for term in fingerprint.terms:
        if term[0].isdigit():
            number = _number(term)
            if len(number) > 1 and not _YEAR.fullmatch(number):
                found[f"#{number}"] = _NAME_WEIGHT
        elif len(sound := consonants(term)) >= _FEWEST_CONSONANTS:
            found[sound] = max(found.get(sound, 0.0), _NAME_WEIGHT if term in fingerprint.names else 1.0)
    return found


@lru_cache(maxsize=50_000)
def consonants(word: str) -> str:
    """The consonants of a folded word as both alphabets spell them: `токаев`, `тоқаев` and `tokayev` are `tkv`."""
    for letters, sound in _LATIN_SOUNDS.items():
        word = word.replace(letters, sound)
    sounds = "".join(_SOUNDS.get(letter, "") for letter in word)
    return re.sub(r"(.)\1+", r"\1", sounds)


def _number(term: str) -> str:
    return term.replace(",", "") if _THOUSANDS.fullmatch(term) else term.replace(",", ".")


def _alike(members: Mapping[int, Sequence[Known]]) -> dict[tuple[int, int], float]:
    """The cosine of their keys, of pairs in different languages that share rare ones; (smaller id, larger id)."""
    own = {story_id: _keys_of(several) for story_id, several in members.items()}
    holding = Counter(key for found in own.values() for key in found)
    size = len(own) + 1
    weighed = {
        story_id: {key: weight * math.log(1 + size / (1 + holding[key])) for key, weight in found.items()}
        for story_id, found in own.items()
    }
    lengths = {story_id: math.hypot(*found.values()) or 1.0 for story_id, found in weighed.items()}
    alike: dict[tuple[int, int], float] = {}
    for (one, other), common in _sharing(own, holding).items():
        named = any(own[one][key] > 1 and own[other][key] > 1 for key in common)
        if len(common) >= _PROOFS and named and _may_be_one(members[one], members[other]):
            product = sum(weight * weighed[other].get(key, 0.0) for key, weight in weighed[one].items())
            alike[one, other] = product / lengths[one] / lengths[other]
    return alike


def _keys_of(several: Iterable[Known]) -> dict[str, float]:
    found: dict[str, float] = {}
    for one in several:
        for key, weight in keys(one.fingerprint).items():
            found[key] = max(found.get(key, 0.0), weight)
    return found


def _sharing(own: Mapping[int, Iterable[str]], holding: Mapping[str, int]) -> dict[tuple[int, int], list[str]]:
    """Pairs of stories -> the rare keys that both have."""
    rare = max(_RARE_LEAST, min(_RARE_MOST, int(_RARE_SHARE * len(own))))
    where: dict[str, list[int]] = defaultdict(list)
    for story_id in sorted(own):
        for key in own[story_id]:
            if holding[key] <= rare:
                where[key].append(story_id)
    shared: dict[tuple[int, int], list[str]] = defaultdict(list)
    for key, several in where.items():
        for pair in combinations(several, 2):
            shared[pair].append(key)
    return shared


def _may_be_one(some: Sequence[Known], others: Sequence[Known]) -> bool:
    if {one.language for one in some} & {one.language for one in others}:
        return False
    first, second = (min(one.published_at for one in several) for several in (some, others))
    return abs(first - second) <= NEAR_IN_TIME


def _linked(articles: Iterable[Known]) -> Iterable[tuple[int, int]]:
    """Pairs that a site itself calls translations of each other."""
    by_key = {one.key: one for one in articles if one.key}
    for one in by_key.values():
        for key in one.fingerprint.translations:
            other = by_key.get(key)
            if other is not None and other.language != one.language and other.owner == one.owner:
                yield _pair(one, other)


def _pictured(articles: Iterable[Known]) -> Iterable[tuple[int, int]]:
    """Pairs of one site under the same picture: its editions in several languages share them."""
    carrying: dict[tuple[str, str], list[Known]] = defaultdict(list)
    for one in articles:
        if one.fingerprint.picture:
            carrying[one.owner, one.fingerprint.picture].append(one)
    for several in carrying.values():
        if len(several) > _SAME_PICTURE or len(several) != len({one.language for one in several}):
            continue  # a logo, or a stock picture that one edition uses again
        for at, one in enumerate(several):
            for other in several[at + 1 :]:
                if abs(one.published_at - other.published_at) <= NEAR_IN_TIME:
                    yield _pair(one, other)


def _pair(one: Known, other: Known) -> tuple[int, int]:
    return min(one.story_id, other.story_id), max(one.story_id, other.story_id)


def _joined(
    alike: Mapping[tuple[int, int], float], members: Mapping[int, Sequence[Known]], frozen: frozenset[int]
) -> dict[int, int]:
    """The best pairs first; a second story of a language is taken in only where it is surely alike."""
    group: dict[int, set[int]] = {}
    for (one, other), value in sorted(alike.items(), key=lambda pair: (-pair[1], pair[0])):
        first, second = group.get(one, {one}), group.get(other, {other})
        if first is second or len((first | second) & frozen) > 1:
            continue
        told = [{told.language for story_id in several for told in members[story_id]} for several in (first, second)]
        if told[0] & told[1] and value < BEYOND_DOUBT:
            continue
        first = first | second
        group.update(dict.fromkeys(first, first))
    new = {}
    for several in {id(found): found for found in group.values()}.values():
        kept = min(several & frozen, default=min(several))
        new.update({story_id: kept for story_id in several if story_id != kept})
    return new
