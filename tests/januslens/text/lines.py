"""Lines of text drawn on backgrounds, for what looks at a line's crop."""

import numpy as np
from numpy.typing import NDArray

from januslens.color.notation import Rgb
from januslens.text.crop import LineCrop, crop_line
from tests.januslens import drawn

CORE_HEIGHT = 12
HEIGHT, WIDTH = 44, 240
TEXT: Rgb = (20, 30, 40)


def line_on(pixels: NDArray[np.uint8]) -> LineCrop:
    """A line through the middle of a picture, as wide as it."""
    height, width = pixels.shape[:2]
    top = (height - CORE_HEIGHT) // 2
    return crop_line(pixels, np.array([0, top, width, top + CORE_HEIGHT], float))


def with_text(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Draw text over a picture of HEIGHT and WIDTH."""
    covered = drawn.coverage("Hamburgefonstiv ", 22)[-HEIGHT - 4 : -4]
    share = np.tile(covered, (1, 2))[:, :WIDTH, None]
    return (pixels + share * (np.array(TEXT, np.float64) - pixels)).round().astype(np.uint8)
