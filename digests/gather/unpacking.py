"""Bodies as they come over the wire, packed once or more often -> bytes, piece by piece. Pure.

What a server says of the packing (RFC 9110, section 8.4) is undone in turn, and then what it does not say: files named
`.gz` are often sent as they lie there.
"""

import sys
import zlib
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import ClassVar, Protocol

import brotli  # type: ignore[import-untyped]

if sys.version_info >= (3, 14):
    from compression.zstd import DecompressionParameter, ZstdDecompressor, ZstdError
else:
    from backports.zstd import DecompressionParameter, ZstdDecompressor, ZstdError

ACCEPTED = "gzip, deflate, br, zstd"

PIECE = 65_536
"""Bytes that a step unpacks to, about: however well a body is packed, no step takes long."""

_MOST_LAYERS = 4
_MOST_MEMBERS = 1000
"""Of one layer: each copies what lies behind it."""

_GZIP = b"\x1f\x8b\x08"
_LARGEST_WINDOW = 23
"""8 MB, as a power of 2: the most that RFC 9659 lets senders ask of a reader's memory."""


class PackingError(ValueError):
    """Bytes that are not packed as they should be."""


class Layer(Protocol):
    """Undoes one packing."""

    def pieces(self, packed: bytes) -> Iterator[bytes]:
        """What `packed`, which follows on what came before, unpacks to."""
        ...

    @property
    def is_whole(self) -> bool:
        """Whether what has come so far may be all."""
        ...


class Unpacking:
    """One body on its way."""

    def __init__(self, content_encoding: str) -> None:
        """content_encoding: the header as the server wrote it; names that nobody knows are held to mean nothing.

        Raises:
            PackingError: packed more often than anyone does.
        """
        named = [name for one in content_encoding.split(",") if (name := one.strip().lower()) in _LAYERS]
        if len(named) > _MOST_LAYERS:
            raise PackingError("packed too often")
        self._layers: list[Layer] = [*(_LAYERS[name]() for name in reversed(named)), _Unnamed()]

    def pieces(self, packed: bytes) -> Iterator[bytes]:
        """The next bytes of the body, as `packed` follows on what came before.

        Raises:
            PackingError: it can't be unpacked.
        """
        try:
            yield from _through(self._layers, packed)
        except (zlib.error, brotli.error, ZstdError, EOFError) as error:
            raise PackingError("broken packing") from error

    @property
    def is_whole(self) -> bool:
        """Whether the body may end here."""
        return all(layer.is_whole for layer in self._layers)


def _through(layers: Sequence[Layer], packed: bytes) -> Iterator[bytes]:
    if not layers:
        yield packed
        return
    for piece in layers[0].pieces(packed):
        yield from _through(layers[1:], piece)


class _InMembers(ABC):
    """A packing whose body may be several, one behind the other. What follows the last is padding."""

    start: ClassVar[bytes]

    def __init__(self) -> None:
        self._members = 0
        self._is_open = False
        self._is_over = False

    @abstractmethod
    def _begin(self) -> None:
        """Be ready for a member."""

    @abstractmethod
    def _step(self, packed: bytes) -> tuple[bytes, bytes, bool]:
        """(a piece, the bytes that are left over, whether the member ends with it)."""

    @property
    def is_whole(self) -> bool:
        return not self._is_open

    def pieces(self, packed: bytes) -> Iterator[bytes]:
        while not self._is_over:
            if not self._is_open:
                if not packed:
                    return
                if self._members and packed[:1] != self.start[:1]:
                    self._is_over = True
                    return
                self._members += 1
                if self._members > _MOST_MEMBERS:
                    raise PackingError("too many members")
                self._begin()
                self._is_open = True
            piece, packed, ends = self._step(packed)
            if piece:
                yield piece
            if ends:
                self._is_open = False
            elif not piece and not packed:
                return


class _Zlib(_InMembers):
    """gzip (RFC 1952) and deflate (RFC 1950), and what many call deflate (RFC 1951)."""

    start = _GZIP

    def __init__(self, bits: int = 16 + zlib.MAX_WBITS) -> None:
        super().__init__()
        self._bits = bits
        self._unpacker = zlib.decompressobj(bits)

    def _begin(self) -> None:
        self._unpacker = zlib.decompressobj(self._bits)

    def _step(self, packed: bytes) -> tuple[bytes, bytes, bool]:
        piece = self._unpacker.decompress(packed, PIECE)
        ends = self._unpacker.eof
        return piece, self._unpacker.unused_data if ends else self._unpacker.unconsumed_tail, ends


class _Deflate(_Zlib):
    start = b"\x78"

    def __init__(self) -> None:
        super().__init__(zlib.MAX_WBITS)

    def pieces(self, packed: bytes) -> Iterator[bytes]:
        if packed and not self._members and packed[0] & 0x0F != 8:  # noqa: PLR2004 - RFC 1950: "deflate" is method 8
            self._bits = -zlib.MAX_WBITS
        return super().pieces(packed)


class _Zstd(_InMembers):
    start = b"\x28\xb5\x2f\xfd"

    def _begin(self) -> None:
        self._unpacker = ZstdDecompressor(options={DecompressionParameter.window_log_max: _LARGEST_WINDOW})

    def _step(self, packed: bytes) -> tuple[bytes, bytes, bool]:
        piece = self._unpacker.decompress(packed, PIECE)
        ends = self._unpacker.eof
        return piece, self._unpacker.unused_data if ends else b"", ends


class _Brotli:
    """RFC 7932."""

    def __init__(self) -> None:
        self._unpacker = brotli.Decompressor()
        self._is_empty = True

    @property
    def is_whole(self) -> bool:
        return self._is_empty or bool(self._unpacker.is_finished())

    def pieces(self, packed: bytes) -> Iterator[bytes]:
        self._is_empty = self._is_empty and not packed
        while not self._unpacker.is_finished():
            piece = self._unpacker.process(packed, output_buffer_limit=PIECE)
            packed = b""
            if piece:
                yield piece
            elif self._unpacker.can_accept_more_data():
                return


class _Unnamed:
    """Bytes as they are; those of gzip unpacked, though nothing was said of it."""

    def __init__(self) -> None:
        self._start = b""
        self._is_known = False
        self._packed: _Zlib | None = None

    @property
    def is_whole(self) -> bool:
        return self._packed.is_whole if self._packed else self._is_known or not self._start

    def pieces(self, packed: bytes) -> Iterator[bytes]:
        if not self._is_known:
            self._start += packed
            if len(self._start) < len(_GZIP) and _GZIP.startswith(self._start):
                return
            self._is_known, packed, self._start = True, self._start, b""
            self._packed = _Zlib() if packed.startswith(_GZIP) else None
        if self._packed:
            yield from self._packed.pieces(packed)
        elif packed:
            yield packed


_LAYERS = {"gzip": _Zlib, "x-gzip": _Zlib, "deflate": _Deflate, "br": _Brotli, "zstd": _Zstd}
