"""JPEG files without metadata.

Sources: ITU-T T.81, annex B, for the markers; T.871 (JFIF) for APP0; ICC.1, annex B.4, for color profiles in APP2;
T.872, section 6.5.3, for Adobe's APP14, which says how the channels are to be read. Every other APP segment and every
comment is left out, and what follows the end of the image: further images (MPO), videos and data of camera makers.
"""

import re
from typing import Final

from januslens.decode.metadata.orientation import PREFIX, orientation_only

START: Final = b"\xff\xd8"
END: Final = b"\xff\xd9"
MARKER: Final = re.compile(rb"\xff([\x01-\xfe])")  # what lies before it belongs to no segment
END_OF_SCAN: Final = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")  # zeros and RST markers are part of a scan
STANDALONE: Final = frozenset({0x01, *range(0xD0, 0xDA)})
END_OF_IMAGE: Final = 0xD9
START_OF_SCAN: Final = 0xDA
TABLES: Final = frozenset({*range(0xC0, 0xD0), 0xDB, 0xDC, 0xDD, 0xDE, 0xDF})  # and frame headers
JFIF: Final = (0xE0, b"JFIF\x00")
EXIF: Final = (0xE1, PREFIX)
ICC: Final = (0xE2, b"ICC_PROFILE\x00")
ADOBE: Final = (0xEE, b"Adobe")
JFIF_SIZE: Final = 14  # with a thumbnail of no pixels
ADOBE_SIZE: Final = 12


def without_metadata(data: bytes) -> bytes:
    """Return a JPEG file without metadata, except for its orientation. A truncated file ends where it was cut."""
    kept = [START]
    exif: list[bytes] = []
    exif_index, scanned, position = 1, False, len(START)
    while match := MARKER.search(data, position):
        marker = match[1][0]
        position = match.end()
        if marker == END_OF_IMAGE and scanned:
            break
        if marker in STANDALONE:  # so is the end of tables that precede the image
            continue
        end = position + max(2, int.from_bytes(data[position : position + 2]))
        content = data[position + 2 : end]
        if marker == START_OF_SCAN:
            scanned = True
            following = END_OF_SCAN.search(data, end)
            end = following.start() if following else len(data)
            kept.append(data[match.start() : end])
        elif marker in TABLES:
            kept.append(data[match.start() : end])
        elif _is(EXIF, marker, content) and not scanned:
            exif_index = exif_index if exif else len(kept)
            exif.append(content.removeprefix(PREFIX))
        elif (stripped := _application_data(marker, content)) is not None:
            kept.append(_segment(marker, stripped))
        position = end
    orientation = orientation_only(PREFIX + b"".join(exif)) if exif else None
    if orientation is not None:
        kept.insert(exif_index, _segment(EXIF[0], PREFIX + orientation))
    return b"".join((*kept, END))


def _is(kind: tuple[int, bytes], marker: int, content: bytes) -> bool:
    return marker == kind[0] and content.startswith(kind[1])


def _application_data(marker: int, content: bytes) -> bytes | None:
    """Return what is kept of an APP segment, None if all of it is left out."""
    if _is(JFIF, marker, content):
        return content if len(content) < JFIF_SIZE else content[: JFIF_SIZE - 2] + b"\x00\x00"
    if _is(ICC, marker, content):
        return content
    return content[:ADOBE_SIZE] if _is(ADOBE, marker, content) else None


def _segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2) + content
