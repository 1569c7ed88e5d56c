"""Vectors that were expensive to make, kept in a file that all workers share. Knows nothing of what made them.

Equal texts have equal vectors, so nothing kept is ever wrong: at worst it is made once more.
"""

import fcntl
import logging
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

log = logging.getLogger(__name__)

MOST = 20_000
"""Vectors kept: of 384 numbers, 16 MB. With one more all are forgotten, which costs less than to know the oldest."""

Kept = npt.NDArray[np.float16]


class Memory:
    """Keys of some bytes -> vectors, to three digits."""

    def __init__(self, file: Path, *, key: int, dimensions: int, most: int = MOST) -> None:
        """file: made when the first vector is kept. key: bytes of one; even."""
        self._file = file
        self._key = key
        self._size = key + 2 * dimensions
        self._most = most
        self._known: dict[bytes, Kept] = {}
        self._read_to = 0

    def look_up(self, keys: Iterable[bytes]) -> dict[bytes, Kept]:
        """Those of `keys` that are known."""
        wanted = set(keys)
        if not wanted <= self._known.keys():
            self._catch_up()
        return {key: self._known[key] for key in wanted if key in self._known}

    def keep(self, vectors: Mapping[bytes, Kept]) -> None:
        """Know these from now on. What can't be written is known in this process alone."""
        self._known.update(vectors)
        try:
            self._append(b"".join(key + vector.tobytes() for key, vector in vectors.items()))
        except OSError as error:
            log.warning("vectors can't be kept in %s: %s", self._file, error)

    def _append(self, records: bytes) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            size = file.tell()
            whole = size - size % self._size  # a writer that was killed may have left half a record
            file.truncate(whole if whole + len(records) <= self._most * self._size else 0)
            file.write(records)

    def _catch_up(self) -> None:
        """Learn what other processes have kept since."""
        try:
            with self._file.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_SH)
                if file.seek(0, 2) < self._read_to:  # begun anew
                    self._read_to = 0
                file.seek(self._read_to)
                found = file.read()
        except OSError:
            return
        whole = len(found) - len(found) % self._size
        self._read_to += whole
        if len(self._known) + whole // self._size > 2 * self._most:
            self._known.clear()  # of files that were begun anew since
        for at in range(0, whole, self._size):
            record = found[at : at + self._size]
            self._known[record[: self._key]] = np.frombuffer(record, dtype=np.float16, offset=self._key)
