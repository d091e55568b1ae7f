"""WebP files without metadata.

Source: RFC 9649, section 2. Chunks are kept by name, also those inside the frames of an animation.
"""

import struct
from collections.abc import Iterator
from typing import Final

from januslens.decode.metadata.orientation import orientation_only

HEADER: Final = 12  # RIFF, a size, WEBP
CHUNK_HEADER: Final = 8
FRAME_HEADER: Final = 16
EXIF_FLAG: Final = 0x08
XMP_FLAG: Final = 0x04
OF_A_FRAME: Final = frozenset({b"ALPH", b"VP8 ", b"VP8L"})
KEPT: Final = OF_A_FRAME | {b"VP8X", b"ICCP", b"ANIM", b"ANMF"}


def without_metadata(data: bytes) -> bytes:
    """Return a WebP file without metadata, except for its orientation. A truncated chunk ends with the file."""
    chunks = list(_chunks(data[: CHUNK_HEADER + int.from_bytes(data[4:8], "little")]))
    flags = next((content[0] for name, content in chunks if name == b"VP8X" and content), 0)
    exif = next((content for name, content in chunks if name == b"EXIF"), b"") if flags & EXIF_FLAG else b""
    orientation = orientation_only(exif) if exif else None
    flags = flags & ~(EXIF_FLAG | XMP_FLAG) | (EXIF_FLAG if orientation else 0)
    kept: list[tuple[bytes, list[bytes]]] = []
    for name, content in chunks:
        if name in OF_A_FRAME and kept and kept[-1][0] == b"ANMF":
            kept[-1][1].append(_chunk(name, content))
        elif name in KEPT:
            kept.append((name, [bytes([flags]), content[1:]] if name == b"VP8X" else [content]))
    if orientation is not None:
        kept.append((b"EXIF", [orientation]))
    body = b"WEBP" + b"".join(_chunk(name, b"".join(parts)) for name, parts in kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the names and contents of chunks; the chunks of a frame follow its header, as decoders read them."""
    position = HEADER
    while position + CHUNK_HEADER <= len(data):
        name, size = struct.unpack_from("<4sI", data, position)
        position += CHUNK_HEADER
        size = FRAME_HEADER if name == b"ANMF" else size
        yield name, data[position : position + size]
        position += size + size % 2


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\x00" * (len(content) % 2)
