"""PNG files made by hand, from the specification: https://www.w3.org/TR/png-3/"""

import struct
import zlib
from typing import Final

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"

GRAY: Final = 0  # color types, section 11.2.1
RGB: Final = 2
PALETTE: Final = 3
GRAY_ALPHA: Final = 4
RGB_ALPHA: Final = 6

Chunk = tuple[bytes, bytes]


def png(size: tuple[int, int], depth: int, color_type: int, rows: list[bytes], *before_pixels: Chunk) -> bytes:
    """Make a file of rows of packed samples, with further chunks between its header and its pixels."""
    header = struct.pack(">IIBBBBB", *size, depth, color_type, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows))
    return SIGNATURE + b"".join(
        _chunk(name, content)
        for name, content in [(b"IHDR", header), *before_pixels, (b"IDAT", pixels), (b"IEND", b"")]
    )


def with_right_sums(data: bytes) -> bytes:
    """Make the checksum of every whole chunk right, so that a reader gets past it to what is damaged."""
    repaired, start = bytearray(data), len(SIGNATURE)
    while start + 12 <= len(data):
        end = start + 8 + int.from_bytes(data[start : start + 4])
        if end + 4 > len(data):
            break
        repaired[end : end + 4] = struct.pack(">I", zlib.crc32(data[start + 4 : end]))
        start = end + 4
    return bytes(repaired)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
