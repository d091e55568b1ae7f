"""GIF files without metadata.

Source: GIF89a, https://www.w3.org/Graphics/GIF/spec-gif89a.txt. Comments, text and the data of applications are left
out, except for the number of repetitions and ICC profiles (https://www.color.org/icc1V42.pdf, annex B.6).
"""

from typing import Final

from januslens.decode.animation.gif import (
    APPLICATION,
    EXTENSION,
    GRAPHIC_CONTROL,
    HAS_COLOR_TABLE,
    HEADER_SIZE,
    IMAGE,
    LOOPING,
    TRAILER,
)

FLAGS: Final = 10
DESCRIPTOR_SIZE: Final = 10  # of an image, with the byte that announces it
KEPT_APPLICATIONS: Final = (*LOOPING, b"ICCRGBG1012")
DAMAGE: Final = b"\x00"  # no block begins with it: decoders skip it, or stop as they do at what it stands for


def without_metadata(data: bytes) -> bytes:
    """Return a GIF file without metadata. A truncated image ends with the file.

    Anything that is not a block becomes a single byte, so that what decoders make of the damage stays the same.
    """
    position = HEADER_SIZE + _color_table_size(data, FLAGS)
    kept = [data[:position]]
    while position < len(data) and (kind := data[position]) != TRAILER:
        start = position
        if kind == IMAGE:
            colors = _color_table_size(data, start + DESCRIPTOR_SIZE - 1)
            position = _end_of_blocks(data, start + DESCRIPTOR_SIZE + colors + 1)
            kept.append(data[start:position])
        elif kind == EXTENSION:
            position = _end_of_blocks(data, start + 2)
            if _is_kept(data[start + 1 : start + 14]):
                kept.append(data[start:position])
            elif position > len(data):
                kept.append(DAMAGE)
        else:
            position += 1
            if kept[-1] is not DAMAGE:
                kept.append(DAMAGE)
    return b"".join(kept) + data[position : position + 1]


def _color_table_size(data: bytes, flags_at: int) -> int:
    flags = data[flags_at] if flags_at < len(data) else 0
    return 3 << ((flags & 7) + 1) if flags & HAS_COLOR_TABLE else 0


def _end_of_blocks(data: bytes, position: int) -> int:
    """Return where the sub-blocks that begin at position end, after the end of the file if they are truncated."""
    while position < len(data) and (size := data[position]):
        position += 1 + size
    return position + 1


def _is_kept(extension: bytes) -> bool:
    """Return whether an extension is kept, which begins with its label and the size of its first sub-block."""
    if extension[:1] == bytes([APPLICATION]):
        return extension[2:] in KEPT_APPLICATIONS
    return extension[:1] == bytes([GRAPHIC_CONTROL])
