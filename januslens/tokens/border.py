"""Border tokens: the widths and colors of the borders of an interface's boxes.

Limits: a border is a line of one color on at least three sides; dashed borders, and lines on one side only, are not
reported. Widths are measured in whole CSS pixels if the image has several pixels per CSS pixel.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

import numpy as np

from januslens.color.notation import Rgb
from januslens.layout.containers import Containers
from januslens.raster.indexed_image import IndexedImage

STEP: Final = 0.5  # CSS px to which widths are rounded
NO_BORDER: Final = -1


@dataclass(frozen=True, slots=True)
class ObservedBorder:
    """A width of borders in CSS pixels and a color, with the number of boxes in an image whose border has both."""

    width: float
    color: Rgb
    boxes: int


def observed_borders(indexed: IndexedImage, containers: Containers) -> list[ObservedBorder]:
    """Find the widths and colors of the borders of an image's containers (its boxes), narrowest first.

    indexed is the image as palette indices. A border is a line of one color; its width is the median of those of its
    sides, rounded to half a CSS pixel. Dashed borders, and lines on one side only, are not found.
    """
    sides = np.abs(containers.outer - containers.inner).tolist()
    found: Counter[tuple[float, Rgb]] = Counter()
    for index, widths in zip(containers.border.tolist(), sides, strict=True):
        if index != NO_BORDER and any(widths):
            width = round(median(width for width in widths if width > 0) / STEP) * STEP
            found[width, indexed.color(index)] += 1
    return [ObservedBorder(width, color, boxes) for (width, color), boxes in sorted(found.items()) if width > 0]


def border_widths(borders: Sequence[ObservedBorder]) -> dict[float, int]:
    """Return the number of boxes by border width in CSS pixels, whatever the color, in ascending order of width."""
    widths: Counter[float] = Counter()
    for border in borders:
        widths[border.width] += border.boxes
    return dict(sorted(widths.items()))
