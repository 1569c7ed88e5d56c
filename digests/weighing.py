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
    from digests.curate.evidence import CloserLook, Evidence, Scored

LOOKED_AT = 200
"""Recent articles that tell what the encoder finds usual: it takes seconds to read as many."""

_KEPT = 12  # languages times sets of topics: what a worker has learned of recent articles stays until others come


def weigh(
    texts: Sequence[str],
    subjects: tuple[Subject, ...],
    *,
    recent: tuple[str, ...],
    language: str,
    data_dir: Path | None,
    thorough: bool = False,
    closer: bool = True,
) -> list[list[Relevance]]:
    """For each text, how much speaks for each of the subjects.

    texts, recent: title and beginning of articles in `language`. data_dir: where the table of meanings lies, or is to
    lie; None to go by words alone. thorough: have the encoder itself weigh every text, rather than those in doubt.
    Either way it reads new texts for a bounded time; what is left over has been weighed by the table. closer: False
    to leave it at the table, where somebody waits for the answer.

    Raises:
        OSError: the table can't be written there.
    """
    from digests.embed.encoder import reading_until  # noqa: PLC0415 - heavy: see above

    until = reading_until()
    weighed = _evidence(subjects, recent, language, data_dir).weigh(texts)
    if closer and data_dir is not None and len(recent) >= LOOKED_AT:
        weighed = _looked_closer(texts, weighed, subjects, recent, language, data_dir, until, thorough=thorough)
    return [
        [
            Relevance(total=float(weighed.total[row, column]), strongest=Kind(weighed.strongest(row, column)))
            for column in range(len(subjects))
        ]
        for row in range(len(texts))
    ]


def _looked_closer(
    texts: Sequence[str],
    weighed: "Scored",
    subjects: tuple[Subject, ...],
    recent: tuple[str, ...],
    language: str,
    data_dir: Path,
    until: float,
    *,
    thorough: bool,
) -> "Scored":
    """The same where the encoder is not there, or has not read yet what is usual: some of that is read then instead."""
    from digests.curate.evidence import in_doubt, texts_with_meaning  # noqa: PLC0415 - heavy
    from digests.embed.encoder import open_encoder  # noqa: PLC0415 - heavy

    rows = list(range(len(texts))) if thorough else in_doubt(weighed, [one.enough for one in subjects])
    encoder = open_encoder(data_dir)
    if not rows or encoder is None:
        return weighed
    if not encoder.learn([*texts_with_meaning(subjects, language), *recent[:LOOKED_AT]], until=until):
        return weighed
    encoder.learn([texts[row] for row in rows], until=until)
    known = encoder.known([texts[row] for row in rows])
    rows = [row for row in rows if texts[row] in known]
    if not rows:
        return weighed
    look = _closer_look(subjects, recent, language, data_dir, thorough=thorough)
    return look.weigh(texts, weighed, rows)


@lru_cache(maxsize=_KEPT)
def _closer_look(
    subjects: tuple[Subject, ...], recent: tuple[str, ...], language: str, data_dir: Path, *, thorough: bool
) -> "CloserLook":
    from digests.curate.evidence import CloserLook, Evidence  # noqa: PLC0415 - heavy
    from digests.embed.encoder import open_encoder  # noqa: PLC0415 - heavy

    usual = recent[:LOOKED_AT]
    first = None if thorough else _evidence(subjects, recent, language, data_dir)
    second = Evidence(subjects, recent=usual, language=language, embedder=open_encoder(data_dir))
    return CloserLook(first, second, recent=usual)


@lru_cache(maxsize=_KEPT)
def _evidence(
    subjects: tuple[Subject, ...], recent: tuple[str, ...], language: str, data_dir: Path | None
) -> "Evidence":
    from digests.curate.evidence import Evidence  # noqa: PLC0415 - heavy: see above
    from digests.embed.static import open_embedder  # noqa: PLC0415 - heavy

    embedder = None if data_dir is None else open_embedder(data_dir)
    return Evidence(subjects, recent=recent, language=language, embedder=embedder)
