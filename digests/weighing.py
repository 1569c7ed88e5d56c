"""Weighing articles against topics, as a worker does it. The functions here can be sent to a worker by name.

What is heavy is imported when first needed, as in `digests.reading`.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from digests.curate.subjects import Subject
from digests.model import Kind, Relevance

if TYPE_CHECKING:
    from digests.curate.evidence import Evidence

_KEPT = 12  # languages times sets of topics: what a worker has learned of recent articles stays until others come


def weigh(
    texts: Sequence[str],
    subjects: tuple[Subject, ...],
    *,
    recent: tuple[str, ...],
    language: str,
    data_dir: Path | None,
) -> list[list[Relevance]]:
    """For each text, how much speaks for each of the subjects.

    texts, recent: title and beginning of articles in `language`. data_dir: where the table of meanings lies, or is to
    lie; None to go by words alone.

    Raises:
        OSError: the table can't be written there.
    """
    weighed = _evidence(subjects, recent, language, data_dir).weigh(texts)
    return [
        [
            Relevance(total=float(weighed.total[row, column]), strongest=Kind(weighed.strongest(row, column)))
            for column in range(len(subjects))
        ]
        for row in range(len(texts))
    ]


@lru_cache(maxsize=_KEPT)
def _evidence(
    subjects: tuple[Subject, ...], recent: tuple[str, ...], language: str, data_dir: Path | None
) -> "Evidence":
    from digests.curate.evidence import Evidence  # noqa: PLC0415 - heavy: see above
    from digests.embed.static import open_embedder  # noqa: PLC0415 - heavy

    embedder = None if data_dir is None else open_embedder(data_dir)
    return Evidence(subjects, recent=recent, language=language, embedder=embedder)
