import gzip
import random
import time
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.gather.unpacking import PIECE, PackingError, Unpacking

try:
    from compression import zstd
except ImportError:
    from backports import zstd

TEXT = b"".join(b"<p>The mayor of Larton opened bridge %d on Monday.</p>" % number for number in range(9000))
PACKED = {
    "": TEXT,
    "gzip": gzip.compress(TEXT),
    "deflate": zlib.compress(TEXT),
    "br": brotli.compress(TEXT, quality=5),
    "zstd": zstd.compress(TEXT),
}


def raw_deflate(body):
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


def unpacked(body, content_encoding="", *, step=PIECE):
    unpacking = Unpacking(content_encoding)
    pieces = [
        piece for start in range(0, len(body), step) for piece in unpacking.pieces(bytes(body[start : start + step]))
    ]
    return b"".join(pieces), unpacking.is_whole


@pytest.mark.parametrize("step", [1, 777, PIECE, len(TEXT)])
@pytest.mark.parametrize(
    ("content_encoding", "body"),
    [
        *(pytest.param(name, body, id=name or "as it is") for name, body in PACKED.items()),
        pytest.param("x-gzip", PACKED["gzip"], id="gzip by its old name"),
        pytest.param("GZip", PACKED["gzip"], id="in other letters"),
        pytest.param("deflate", raw_deflate(TEXT), id="deflate without its head"),
        pytest.param("gzip, gzip", gzip.compress(PACKED["gzip"]), id="twice"),
        pytest.param("br, gzip", gzip.compress(PACKED["br"]), id="in two ways"),
        pytest.param("", PACKED["gzip"], id="gzip that nobody names"),
        pytest.param("gzip", gzip.compress(PACKED["gzip"]), id="gzip named once of two"),
        pytest.param("utf-8", TEXT, id="a name that is no packing"),
        pytest.param("identity", TEXT, id="none"),
        pytest.param("gzip", gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:]), id="two members"),
        pytest.param("zstd", zstd.compress(TEXT[:100]) + zstd.compress(TEXT[100:]), id="two frames"),
        pytest.param("gzip", PACKED["gzip"] + bytes(100), id="padding"),
    ],
)
def test_bodies_are_unpacked(content_encoding, body, step):
    assert unpacked(body, content_encoding, step=step) == (TEXT, True)


@pytest.mark.parametrize("content_encoding", ["gzip", "deflate", "br", "zstd"])
@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_what_is_cut_short_is_not_whole(content_encoding, share):
    body = PACKED[content_encoding]
    found, is_whole = unpacked(body[: int(len(body) * share)], content_encoding)
    assert TEXT.startswith(found)
    assert not is_whole


def test_gzip_that_nobody_names_is_not_whole_either():
    assert not unpacked(PACKED["gzip"][:-4])[1]


@pytest.mark.parametrize("content_encoding", list(PACKED))
def test_nothing_is_whole(content_encoding):
    assert unpacked(b"", content_encoding) == (b"", True)


@pytest.mark.parametrize("content_encoding", ["gzip", "br", "zstd", "gzip, br"])
def test_what_is_not_packed_is_told(content_encoding):
    with pytest.raises(PackingError):
        unpacked(b"<rss version='2.0'><channel/></rss>", content_encoding)


@pytest.mark.parametrize("body", [b"", b"\x1f", b"\x1f\x00", b"a", b"\x1f\x8b\x07 text"])
def test_what_only_begins_like_gzip_stays_as_it_is(body):
    assert unpacked(body)[0] == (body if body != b"\x1f" else b"")


def test_packing_without_end_is_refused():
    with pytest.raises(PackingError):
        Unpacking(", ".join(["gzip"] * 9))
    with pytest.raises(PackingError):
        unpacked(gzip.compress(b"") * 100_000, "gzip")


def test_no_sender_asks_for_more_memory_than_is_fair():
    options = {zstd.CompressionParameter.window_log: 27, zstd.CompressionParameter.enable_long_distance_matching: 1}
    greedy = zstd.ZstdCompressor(options=options)
    body = greedy.compress(random.Random(1).randbytes(100_000)) + greedy.flush()
    with pytest.raises(PackingError):
        unpacked(body, "zstd")


@pytest.mark.parametrize("content_encoding", ["gzip", "deflate", "br", "zstd"])
def test_a_bomb_comes_in_pieces(content_encoding):
    nothing = bytes(50_000_000)
    pack = {"gzip": gzip.compress, "deflate": zlib.compress, "zstd": zstd.compress, "br": brotli.compress}
    body = pack[content_encoding](nothing)
    began_at = time.perf_counter()
    pieces = Unpacking(content_encoding).pieces(body)
    assert max(len(next(pieces)) for _ in range(3)) <= 4 * PIECE
    assert time.perf_counter() - began_at < 0.5


@given(st.binary(max_size=300), st.sampled_from(["", "gzip", "deflate", "br", "zstd", "deflate, gzip"]))
def test_any_bytes_are_unpacked_or_refused(body, content_encoding):
    try:
        unpacked(body, content_encoding, step=7)
    except PackingError:
        pass
