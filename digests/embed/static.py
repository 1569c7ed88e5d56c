"""Vectors of texts from a table of word pieces: the mean of the pieces' rows. Thousands of headlines a second."""

import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from digests.embed.embedder import Embedder

log = logging.getLogger(__name__)

_AT_ONCE = 2000  # texts; bounds the memory of one call


class StaticEmbedder:
    """An `Embedder` over the table in a folder, which it maps into memory rather than reads."""

    def __init__(self, folder: Path) -> None:
        """folder: as `digests.embed.table.ensure_table` gave it."""
        from tokenizers import Tokenizer  # noqa: PLC0415 - comes with the extra

        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._rows = np.load(folder / "rows.npy", mmap_mode="r")
        self._scales = np.load(folder / "scales.npy")
        self._name = folder.name

    @property
    def name(self) -> str:
        """See `Embedder`."""
        return self._name

    @property
    def dimensions(self) -> int:
        """See `Embedder`."""
        return int(self._rows.shape[1])

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """See `Embedder`."""
        made = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for start in range(0, len(texts), _AT_ONCE):
            self._some(texts[start : start + _AT_ONCE], made[start : start + _AT_ONCE])
        return made

    def _some(self, texts: Sequence[str], into: npt.NDArray[np.float32]) -> None:
        # One by one: in batches it takes every core, and a worker has one.
        ids = [self._tokenizer.encode(text, add_special_tokens=False).ids if text.strip() else [] for text in texts]
        filled = [at for at, own in enumerate(ids) if own]
        if not filled:
            return
        flat = np.concatenate([np.array(ids[at], dtype=np.int64) for at in filled])
        starts = np.cumsum([0, *(len(ids[at]) for at in filled[:-1])])
        rows = self._rows[flat].astype(np.float32) * self._scales[flat, None]
        sums = np.add.reduceat(rows, starts, axis=0)
        into[filled] = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)


def open_embedder(data_dir: Path) -> Embedder | None:
    """The embedder whose table lies in `data_dir`, cut now if it is not there; None without the extra `semantic`."""
    try:
        from digests.embed.table import ensure_table, is_available  # noqa: PLC0415 - needs the extra
    except ImportError:
        return None
    if not is_available():
        return None
    return StaticEmbedder(ensure_table(data_dir / "embedding"))
