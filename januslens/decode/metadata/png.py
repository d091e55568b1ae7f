"""PNG files without metadata.

Source: PNG (third edition), https://www.w3.org/TR/png-3/. Chunks are kept by name; texts, times, XMP and chunks of
applications are not among them, nor is anything that follows the image.
"""

import re
import struct
import zlib
from typing import Final

from januslens.decode.metadata.orientation import PREFIX, orientation_only

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
AFTER_HEADER: Final = 33  # the signature and IHDR
NAME: Final = re.compile(rb"\w{4}")
IMAGE: Final = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"bKGD", b"sBIT", b"pHYs"})
COLOR: Final = frozenset({b"iCCP", b"cICP", b"gAMA", b"cHRM", b"sRGB", b"mDCV", b"cLLI"})
ANIMATION: Final = frozenset({b"acTL", b"fcTL", b"fdAT"})
KEPT: Final = IMAGE | COLOR | ANIMATION


def without_metadata(data: bytes) -> bytes:
    """Return a PNG file without metadata, except for its orientation.

    Of a damaged file, what follows the damage is left out, unless the damage is in the image itself.
    """
    pieces: list[bytes] = []
    exif, position, frames, pixels, later_frame = b"", len(SIGNATURE), 0, False, False
    while position + 8 <= len(data):
        length, name = struct.unpack_from(">I4s", data, position)
        end = position + 12 + length
        content = data[position + 8 : end - 4]
        if name in KEPT:
            pieces.append(data[position:end])
        elif name == b"eXIf" and not later_frame:
            exif = content
        if name not in KEPT and data[end - 4 : end] != _checksum(name, content):
            break
        if name == b"IEND" or not NAME.fullmatch(name):
            break
        pixels = pixels or name == b"IDAT"
        if name == b"acTL" and not pixels:
            frames = int.from_bytes(content[:4])
        later_frame = later_frame or (name == b"fcTL" and pixels and frames > 1)
        position = end
    kept = SIGNATURE + b"".join(pieces)
    orientation = orientation_only(PREFIX + exif) if exif else None
    if orientation is None:
        return kept
    chunk = struct.pack(">I", len(orientation)) + b"eXIf" + orientation + _checksum(b"eXIf", orientation)
    return kept[:AFTER_HEADER] + chunk + kept[AFTER_HEADER:]


def _checksum(name: bytes, content: bytes) -> bytes:
    return zlib.crc32(content, zlib.crc32(name)).to_bytes(4)
