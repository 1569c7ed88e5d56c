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
from digests.model import UNSURE, Fingerprint

if TYPE_CHECKING:
    from digests.curate.regroup import Vectors


def regroup_window(
    articles: Sequence[Known],
    heads: Mapping[int, str],
    *,
    told: frozenset[int],
    data_dir: Path | None,
) -> dict[int, int]:
    """Old story -> new story, of those that turn out to tell one event.

    articles: all of a window. heads: article -> its title and beginning. told: stories that keep their ids. data_dir:
    where the table of meanings lies, or is to lie; None to go by words alone.

    Raises:
        OSError: the table can't be written there.
    """
    from digests.curate.regroup import regroup  # noqa: PLC0415 - heavy

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
        joined = regroup(stories, vectors=_meanings(articles_of, heads, data_dir), frozen=told)
        new = {old: joined.get(kept, kept) for old, kept in new.items()} | joined
    told_by = [replace(one, story_id=new.get(one.story_id, one.story_id)) for one in articles if one.language != UNSURE]
    joined = across(told_by, frozen=told)
    return {old: joined.get(kept, kept) for old, kept in new.items()} | joined


def _meanings(
    articles_of: Mapping[int, Sequence[int]], heads: Mapping[int, str], data_dir: Path | None
) -> "dict[int, Vectors] | None":
    """The mean meaning of each story's articles; None without an encoder."""
    from digests.embed.static import open_embedder  # noqa: PLC0415 - heavy

    embedder = open_embedder(data_dir) if data_dir else None
    if embedder is None:
        return None
    ids = [article_id for several in articles_of.values() for article_id in several]
    vectors = dict(zip(ids, embedder.embed([heads.get(one, "") for one in ids]), strict=True))
    return {story_id: sum(vectors[one] for one in several) / len(several) for story_id, several in articles_of.items()}
