"""Whether two articles are about one event, by what they mean, as a worker finds it. For pairs whose words leave doubt.

What is heavy is imported when first needed, as in `digests.reading`.
"""

from collections.abc import Sequence
from pathlib import Path

SAME_EVENT = 0.90
"""The least cosine of the encoder's vectors of two articles about one event, title and 300 characters of each: the cut
of three annotated sets of pairs in two languages was 0.90 or 0.91."""

UNSURE = 0.001
"""So near that cut the words decide: of one pair of articles one processor made 0.8998 and another more than 0.9."""


def judge(pairs: Sequence[tuple[str, str]], *, data_dir: Path, until: float | None = None) -> list[bool | None]:
    """Of each pair of texts whether they are about one event; None where that can't be told.

    pairs: title and beginning of two articles each, the most pressing first: texts that were never seen before are read
    as long as there is time, until as in `EncoderEmbedder.learn`. None can be told without the extra `semantic`.
    """
    from digests.embed.encoder import open_encoder  # noqa: PLC0415 - heavy

    encoder = open_encoder(data_dir)
    if encoder is None:
        return [None] * len(pairs)
    texts = list(dict.fromkeys(text for pair in pairs for text in pair))
    encoder.learn(texts, until=until)
    known = encoder.known(texts)
    told = [text for text in texts if text in known]
    vectors = dict(zip(told, encoder.embed(told), strict=True))

    def verdict(one: str, other: str) -> bool | None:
        if not (one.strip() and other.strip()) or one not in known or other not in known:
            return None
        above = float(vectors[one] @ vectors[other]) - SAME_EVENT
        return None if abs(above) < UNSURE else above > 0

    return [verdict(one, other) for one, other in pairs]
