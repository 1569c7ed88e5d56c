"""How large a picture is, from its first bytes; pure."""

import struct

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_HEAD = 24  # bytes of the signature, the head of the first chunk, width and height
_JPEG = b"\xff\xd8"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # markers that start a frame (ITU-T T.81, table B.1)


def image_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG or JPEG; None for anything else."""
    if data.startswith(_PNG) and len(data) >= _PNG_HEAD:
        width, height = struct.unpack(">II", data[16:_PNG_HEAD])
        return width, height
    if not data.startswith(_JPEG):
        return None
    position = 2
    while position + 9 <= len(data) and data[position] == _JPEG[0]:
        marker, length = data[position + 1], struct.unpack(">H", data[position + 2 : position + 4])[0]
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return width, height
        position += 2 + length
    return None
