"""The views of a picture as PNG files: as seen with each color vision deficiency, with its issues drawn over it.

A photograph takes 1.3 MB and 0.1 s a megapixel as a PNG file, and there are five of them. So a picture of more pixels
than a 4K screen has is reduced; by a whole factor, so that all of its pixels count alike.
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
MAX_PIXELS: Final = 3840 * 2160  # of a view: a 4K screen is shown as it is
COMPRESSION: Final = 1  # zlib's fastest: a photograph takes a fifth of the usual time and 9 % more room


def draw(
    data: bytes, report: AccessibilityReport | None, *, scale: float, max_pixels: int
) -> Iterator[tuple[str, bytes]]:
    """Draw the views of an image file, each when it is asked for; see `vision.draw_views`."""
    pixels, factor = _reduced(decode(data, max_pixels=max_pixels).pixels)
    for deficiency in Deficiency:
        yield deficiency.value, _png(Image.fromarray(simulate(pixels, deficiency)))
    if report is not None:
        yield OVERLAY, _png(draw_overlay(pixels, report, factor=factor, scale=scale / factor))


def _reduced(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], int]:
    """Return a picture of at most so many pixels as a view may have, and by what it was divided."""
    height, width = pixels.shape[:2]
    factor = next(n for n in itertools.count(1) if -(-width // n) * -(-height // n) <= MAX_PIXELS)
    return (pixels if factor == 1 else np.asarray(Image.fromarray(pixels).reduce(factor))), factor


def _png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=COMPRESSION)
    return file.getvalue()
