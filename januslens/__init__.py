"""The core of Janus: analysis of an image file, from its pixels alone.

`analyze` returns the accessibility report and the design tokens of an image, `draw_views` renders images that show
them, and `without_metadata` removes private metadata from an image file. Importing this package loads neither NumPy nor
Pillow nor ONNX Runtime; the first call does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from januslens.decode.rejection import (
    FormatUnsupported,
    ImageCorrupt,
    ImageRejected,
    ImageTooLarge,
    MetadataUnreadable,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from januslens.analysis.run import Analysis

__all__ = [
    "MAX_PIXELS",
    "FormatUnsupported",
    "ImageCorrupt",
    "ImageRejected",
    "ImageTooLarge",
    "MetadataUnreadable",
    "analyze",
    "draw_views",
    "without_metadata",
]

MAX_PIXELS: Final = 40_000_000  # a full-page screenshot of 2560 x 15600; takes twelve seconds on four cores


def analyze(
    data: bytes, *, scale: float | None = None, name: str = "", max_pixels: int = MAX_PIXELS, quote: bool = True
) -> Analysis:
    """Analyze an image file.

    scale is the number of device pixels per CSS pixel; without it, the pixel density stated in the file or the file
    name (`card@2x.png`) is used, or else the scale is estimated from the size of the image and of its text. quote says
    whether to read the text of the findings by OCR, which takes one to two seconds on an image with many findings.

    If the report or the tokens fail, that result is None, and `failures` has its error code. Raises ImageRejected for a
    file that cannot be analyzed, or has more than max_pixels, and ValueError for a scale outside 0.5 to 8.
    """
    from januslens.analysis.run import run  # noqa: PLC0415  importing januslens loads no NumPy

    return run(data, scale=scale, name=name, max_pixels=max_pixels, quote=quote)


def draw_views(data: bytes, analysis: Analysis, *, max_pixels: int = MAX_PIXELS) -> Iterator[tuple[str, bytes]]:
    """Draw the views of an analyzed image file.

    Yields pairs of a view's name and its PNG file, each drawn when it is requested. `protan`, `deutan`, `tritan` and
    `achromatopsia` simulate the image as seen with a color vision deficiency. `overlay` outlines and numbers the
    issues; it comes last, and only if there is an accessibility report. An image with more pixels than a 4K display is
    reduced. The first step of the iteration raises ImageRejected for a file that cannot be decoded or has more than
    max_pixels.
    """
    from januslens.views.drawing import draw  # noqa: PLC0415  as above

    return draw(data, analysis.accessibility, scale=analysis.image.scale, max_pixels=max_pixels)


def without_metadata(data: bytes) -> bytes:
    """Return an image file without its metadata, which is shown and analyzed like the file itself.

    EXIF data, XMP, comments, times, thumbnails, data of camera makers and applications, and what follows the image are
    left out. Its encoded pixels are not touched; its orientation, pixel density, color profile and other statements on
    its colors stay. The result has at most 64 bytes more than data.

    Raises FormatUnsupported if data has no signature of an accepted format, and MetadataUnreadable if an AVIF is too
    damaged for its metadata to be found. Another file that `analyze` rejects gives one that is no image either.
    """
    from januslens.decode.metadata.removal import without_metadata as remove  # noqa: PLC0415  as above

    return remove(data)
