"""The borders that an interface's boxes have: how wide and of what color.

Limits: a border is a line of one color on three sides at least; dashed ones, and lines on one side only, aren't told.
Widths are measured in whole CSS pixels where the picture has several pixels to one.
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

STEP: Final = 0.5  # CSS px that a width is told in
NO_BORDER: Final = -1


@dataclass(frozen=True, slots=True)
class ObservedBorder:
    """A border's width in CSS pixels, its color, and how many boxes have it."""

    width: float
    color: Rgb
    boxes: int


def observed_borders(indexed: IndexedImage, containers: Containers) -> list[ObservedBorder]:
    """Find the borders of a picture's frames, the narrowest first; flat is its palette."""
    sides = np.abs(containers.outer - containers.inner).tolist()
    found: Counter[tuple[float, Rgb]] = Counter()
    for index, widths in zip(containers.border.tolist(), sides, strict=True):
        if index != NO_BORDER and any(widths):
            width = round(median(width for width in widths if width > 0) / STEP) * STEP
            found[width, indexed.color(index)] += 1
    return [ObservedBorder(width, color, boxes) for (width, color), boxes in sorted(found.items()) if width > 0]


def border_widths(borders: Sequence[ObservedBorder]) -> dict[float, int]:
    """Return how many boxes have a border of each width."""
    widths: Counter[float] = Counter()
    for border in borders:
        widths[border.width] += border.boxes
    return dict(sorted(widths.items()))
