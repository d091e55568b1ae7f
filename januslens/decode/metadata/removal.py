"""Removal of metadata from an image file of any accepted format."""

from types import MappingProxyType
from typing import Final

from januslens.decode.metadata import avif, gif, jpeg, png, webp
from januslens.decode.rejection import FormatUnsupported

BY_SIGNATURE: Final = MappingProxyType(
    {
        (0, png.SIGNATURE): png.without_metadata,
        (0, jpeg.START): jpeg.without_metadata,
        (8, b"WEBP"): webp.without_metadata,
        (0, b"GIF8"): gif.without_metadata,
        (4, b"ftyp"): avif.without_metadata,
    }
)
"""What removes the metadata of a format, by the format's signature and the byte at which that begins."""


def without_metadata(data: bytes) -> bytes:
    """Return an image file without its metadata, which is shown alike; see `januslens.without_metadata`."""
    for (start, signature), remove in BY_SIGNATURE.items():
        if data.startswith(signature, start):
            return remove(data)
    raise FormatUnsupported("The file is not a PNG, JPEG, WebP, GIF or AVIF image.")
