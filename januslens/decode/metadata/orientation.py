"""The orientation of an image, the only part of its EXIF data that decides how it looks.

Source: EXIF 2.32, section 4.6.4, tag 0x0112.
"""

import struct
import warnings
from typing import Final

from PIL import Image

from januslens.decode.image import DECODE_ERRORS, ORIENTATION, TURNS

PREFIX: Final = b"Exif\x00\x00"
SHORT: Final = 3  # the type of a 16-bit number


def orientation_only(exif: bytes) -> bytes | None:
    """Return EXIF data with the orientation that other EXIF data state, and nothing else.

    Both are in TIFF form. Returns None if an image with these data is shown upright, because they state no orientation
    or are damaged.
    """
    data = Image.Exif()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of damage in other entries
            data.load(exif)
            orientation = data.get(ORIENTATION)
            if orientation is None or orientation not in TURNS:
                return None
    except DECODE_ERRORS:
        return None
    return struct.pack(">2sHIHHHIHxxI", b"MM", 42, 8, 1, ORIENTATION, SHORT, 1, int(orientation), 0)
