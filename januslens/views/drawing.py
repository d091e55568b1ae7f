"""Rendering of the views of an image as PNG files: one per color vision deficiency, and an overlay of its issues.

A photograph takes 1.3 MB and 0.1 s per megapixel as a PNG file, and there are five of them. Therefore an image with
more pixels than a 4K display is reduced, by an integer factor, so that all of its pixels have the same weight.
"""

import io
import itertools
from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from januslens.accessibility.report import AccessibilityReport
from januslens.color.simulation import Deficiency, simulate
from januslens.decode.image import decode
from januslens.views.overlay import draw_overlay

OVERLAY: Final = "overlay"
MAX_PIXELS: Final = 3840 * 2160  # of a view: an image of a 4K display keeps its size
COMPRESSION: Final = 1  # zlib's fastest: a photograph takes a fifth of the usual time and is 9 % larger


def draw(
    data: bytes, report: AccessibilityReport | None, *, scale: float, max_pixels: int
) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the PNG file of each view of an image file, each drawn when it is requested.

    The views are one simulation per color vision deficiency, and the overlay of the report's issues, which is omitted
    if report is None. scale is in pixels of the image per CSS pixel. Views of an image with more pixels than a 4K
    display are reduced by an integer factor. Raises ImageRejected if the file cannot be decoded or has more than
    max_pixels.
    """
    pixels, factor = _reduced(decode(data, max_pixels=max_pixels).pixels)
    for deficiency in Deficiency:
        yield deficiency.value, _png(Image.fromarray(simulate(pixels, deficiency)))
    if report is not None:
        yield OVERLAY, _png(draw_overlay(pixels, report, factor=factor, scale=scale / factor))


def _reduced(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], int]:
    """Return an image reduced to the maximum size of a view, and the factor by which it was divided."""
    height, width = pixels.shape[:2]
    factor = next(n for n in itertools.count(1) if -(-width // n) * -(-height // n) <= MAX_PIXELS)
    return (pixels if factor == 1 else np.asarray(Image.fromarray(pixels).reduce(factor))), factor


def _png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=COMPRESSION)
    return file.getvalue()
