"""A picture with the places of a report's issues drawn over it.

A place is outlined once, whatever is found there, by the worst outcome; its tag has the numbers of all of its issues.
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
    """Return sRGB pixels (height, width, 3) as a picture with a report's issues drawn over it.

    factor is what the picture that the report is about was divided by, scale what is left of a CSS pixel's pixels.
    """
    image = Image.fromarray(pixels)
    draw, tags = ImageDraw.Draw(image), Tags(image, scale)
    unit = max(1, round(scale))
    marks = find_marks(report, factor=factor, margin=outlines.WIDTH * unit, width=image.width, height=image.height)
    for outcome in (Outcome.CANT_TELL, Outcome.FAILED):  # what failed on top, and of it the first issue
        for mark in reversed(marks):
            if mark.outcome is outcome:
                outlines.draw_outline(draw, mark, unit)
    tags.draw(marks)
    return image
