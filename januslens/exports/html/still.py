"""Embedding of a picture's file in a page, if it is of a type that browsers show, and still.

An image that moves would blink in the report for as long as it is open, WCAG 2.2's criteria 2.2.2 and 2.3.1. Sources:
PNG (third edition), section 11.3.6.2, `acTL`; GIF89a, appendix A; RFC 9649, section 2.7.1, `VP8X`; AVIF 1.1, section 6.
"""

import base64
from typing import Final

SIGNATURES: Final = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF8", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftyp", "image/avif"),
)
GIF_HEADER: Final = 13
GIF_IMAGE_DESCRIPTOR: Final = 10
GIF_IMAGE: Final = 0x2C
GIF_EXTENSION: Final = 0x21
GIF_TABLE: Final = 0x80  # of a packed field: a color table follows
GIF_TABLE_SIZE: Final = 0x07
WEBP_FLAGS: Final = 20
WEBP_ANIMATION: Final = 0x02
AVIF_BRANDS: Final = 64  # bytes of the first box, in which a sequence says what it is


def data_uri(data: bytes) -> str | None:
    """Return a picture's file as a base64 data URI (RFC 2397), to be embedded in a page.

    Returns None for an animated file, for a damaged GIF, and for a type other than PNG, JPEG, GIF, WebP and AVIF.
    """
    media_type = media_type_of(data)
    if media_type is None or _moves(data, media_type):
        return None
    return f"data:{media_type};base64,{base64.b64encode(data).decode('ascii')}"


def media_type_of(data: bytes) -> str | None:
    """Return a picture's media type by the signature of its file; None if that is not PNG, JPEG, GIF, WebP or AVIF."""
    found = (name for position, mark, name in SIGNATURES if data[position : position + len(mark)] == mark)
    return next(found, None)


def _moves(data: bytes, media_type: str) -> bool:
    match media_type:
        case "image/png":
            return b"acTL" in data[: data.find(b"IDAT")]
        case "image/gif":
            return _gif_has_several_images(data)
        case "image/webp":
            return data[12:16] == b"VP8X" and bool(data[WEBP_FLAGS] & WEBP_ANIMATION)
        case "image/avif":
            return b"avis" in data[:AVIF_BRANDS]
    return False


def _gif_has_several_images(data: bytes) -> bool:
    """Walk through a GIF's blocks; one that is damaged counts as moving."""
    images = 0
    try:
        position = GIF_HEADER + _table(data[10])
        while data[position] in (GIF_IMAGE, GIF_EXTENSION):
            if data[position] == GIF_IMAGE:
                images += 1
                position += GIF_IMAGE_DESCRIPTOR + _table(data[position + 9]) + 1
            else:
                position += 2
            while data[position]:
                position += data[position] + 1
            position += 1
    except IndexError:
        return True
    return images > 1


def _table(packed: int) -> int:
    """Return the length of the color table that a packed field announces."""
    return 3 << ((packed & GIF_TABLE_SIZE) + 1) if packed & GIF_TABLE else 0
