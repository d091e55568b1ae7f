"""Overlay: an image with the issues of a report outlined and numbered.

Each box is outlined once, by its worst outcome; its tag has the numbers of all of its issues.
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from januslens.accessibility.check import Outcome
from januslens.accessibility.report import AccessibilityReport
from januslens.views import outlines
from januslens.views.marks import find_marks
from januslens.views.tags import Tags


def draw_overlay(pixels: NDArray[np.uint8], report: AccessibilityReport, *, factor: int, scale: float) -> Image.Image:
    """Return a view, sRGB pixels (height, width, 3), as an image with a report's issues outlined and numbered.

    Each box is outlined once, by its worst outcome; its tag has the numbers of all of its issues. factor is the number
    by which the analyzed image was divided to get the view; scale is in pixels of the view per CSS pixel.
    """
    image = Image.fromarray(pixels)
    draw, tags = ImageDraw.Draw(image), Tags(image, scale)
    unit = max(1, round(scale))
    marks = find_marks(report, factor=factor, margin=outlines.WIDTH * unit, width=image.width, height=image.height)
    for outcome in (Outcome.CANT_TELL, Outcome.FAILED):  # failures are drawn last, and the first issue on top
        for mark in reversed(marks):
            if mark.outcome is outcome:
                outlines.draw_outline(draw, mark, unit)
    tags.draw(marks)
    return image
