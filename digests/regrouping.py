"""Looking at a window of stories again, as a worker does it. The function here can be sent to a worker by name.

What is heavy is imported when first needed, as in `digests.reading`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from digests.curate.across import across
from digests.curate.stories import Known
from digests.judging import judge
from digests.model import UNSURE, Fingerprint

if TYPE_CHECKING:
    from digests.curate.regroup import Judge, Pair, Vectors
    from digests.embed.embedder import Embedder


def regroup_window(
    articles: Sequence[Known],
    heads: Mapping[int, str],
    *,
    told: frozenset[int],
    data_dir: Path | None,
    thorough: bool = False,
) -> dict[int, int]:
    """Old story -> new story, of those that turn out to tell one event.

    articles: all of a window. heads: article -> its title and beginning. told: stories that keep their ids. data_dir:
    where the table of meanings lies, or is to lie; None to go by words alone. thorough: take meanings from the encoder
    itself once it has read all of the window, of which it reads a bounded number at a time; else only pairs in doubt
    are judged by it.

    Raises:
        OSError: the table can't be written there.
    """
    from digests.curate.regroup import regroup  # noqa: PLC0415 - heavy
    from digests.embed.encoder import reading_until  # noqa: PLC0415 - heavy

    until = reading_until()  # in whatever language
    by_language: dict[str, list[Known]] = defaultdict(list)
    for one in articles:
        if one.language != UNSURE:
            by_language[one.language].append(one)
    new: dict[int, int] = {}
    for several in by_language.values():
        stories: dict[int, list[Fingerprint]] = defaultdict(list)
        articles_of: dict[int, list[int]] = defaultdict(list)
        for one in several:
            story_id = new.get(one.story_id, one.story_id)
            stories[story_id].append(one.fingerprint)
            articles_of[story_id].append(one.article_id)
        joined = regroup(
            stories,
            vectors=_meanings(articles_of, heads, data_dir, until if thorough else None),
            frozen=told,
            judge=_judge({story_id: heads.get(ids[0], "") for story_id, ids in articles_of.items()}, data_dir, until),
        )
        new = {old: joined.get(kept, kept) for old, kept in new.items()} | joined
    told_by = [replace(one, story_id=new.get(one.story_id, one.story_id)) for one in articles if one.language != UNSURE]
    joined = across(told_by, frozen=told)
    return {old: joined.get(kept, kept) for old, kept in new.items()} | joined


def _meanings(
    articles_of: Mapping[int, Sequence[int]], heads: Mapping[int, str], data_dir: Path | None, until: float | None
) -> "dict[int, Vectors] | None":
    """The mean meaning of each story's articles; None without an encoder."""
    ids = [article_id for several in articles_of.values() for article_id in several]
    embedder = _embedder([heads.get(one, "") for one in ids], data_dir, until) if data_dir else None
    if embedder is None:
        return None
    vectors = dict(zip(ids, embedder.embed([heads.get(one, "") for one in ids]), strict=True))
    return {story_id: sum(vectors[one] for one in several) / len(several) for story_id, several in articles_of.items()}


def _embedder(texts: Sequence[str], data_dir: Path, until: float | None) -> "Embedder | None":
    """What can embed all the texts in time; until: for the encoder itself, None to go by its table."""
    from digests.embed.encoder import open_encoder  # noqa: PLC0415 - heavy
    from digests.embed.static import open_embedder  # noqa: PLC0415 - heavy

    encoder = None if until is None else open_encoder(data_dir)
    return encoder if encoder is not None and encoder.learn(texts, until=until) else open_embedder(data_dir)


def _judge(head_of: Mapping[int, str], data_dir: Path | None, until: float) -> "Judge | None":
    """Judges stories by the first article of each, as long as there is time."""
    if data_dir is None:
        return None

    def judged(pairs: "Sequence[Pair]") -> "dict[Pair, bool]":
        verdicts = judge([(head_of[one], head_of[other]) for one, other in pairs], data_dir=data_dir, until=until)
        return {pair: verdict for pair, verdict in zip(pairs, verdicts, strict=True) if verdict is not None}

    return judged
