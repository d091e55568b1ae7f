"""How round the corners of areas are: the radius of the arc that their fill ends at.

Row by row from a corner, the fill begins where a pixel is wholly inside the arc; what the arc crosses is a mix. So each
row's inset is compared with those of arcs of all radii. Of those that fit equally well the largest counts: radii are
mostly whole pixels, from which on the first row's inset grows.

Source of the arc: CSS Backgrounds and Borders 3, section 4.1, https://www.w3.org/TR/css-backgrounds-3/#border-radius;
of an area within a border the arc is the padding edge's, whose radius is the border's less its width.
"""

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

LARGEST: Final = 24  # CSS px: rounder corners are pills and circles
STEP: Final = 0.25  # pixels from one radius that is tried to the next
COVERED: Final = 0.05  # of a pixel that an arc may leave out without its color's changing by a level
WORST_FIT: Final = 0.2  # pixels of inset that the rows of a corner may be off in all, for a pixel of radius
ROUNDED_OFF: Final = 1.0  # pixel of inset that they may be off in any case
AT_A_TIME: Final = 64  # areas: of each, four squares of pixels are looked at
CORNERS: Final = ((0, 1, 1, 1), (2, -1, 1, 1), (2, -1, 3, -1), (0, 1, 3, -1))
"""Of the corners from top left clockwise: which side of the box, and the way inward, horizontally and vertically."""


def measure_corners(
    pixels: NDArray[np.uint8], fill: NDArray[np.uint8], boxes: NDArray[np.intp], scale: float, noise: int = 0
) -> NDArray[np.float64]:
    """Return the radii in pixels of the corners of areas, from top left clockwise, shape (n, 4).

    pixels has shape (height, width, 3), fill (n, 3) is the color of each area and boxes (n, 4) its left, top, right and
    bottom (exclusive); scale is in pixels a CSS pixel, noise in levels that a fill may be off. 0 is a square corner,
    NaN one that is no arc.
    """
    reach = max(4, round(LARGEST * scale))
    radii = [
        _measured(pixels, fill[start : start + AT_A_TIME], boxes[start : start + AT_A_TIME], reach, noise)
        for start in range(0, len(boxes), AT_A_TIME)
    ]
    return np.concatenate([np.empty((0, 4)), *radii])


def _measured(
    pixels: NDArray[np.uint8], fill: NDArray[np.uint8], boxes: NDArray[np.intp], reach: int, noise: int
) -> NDArray[np.float64]:
    left, top, right, bottom = boxes.T
    room = np.minimum(np.minimum(right - left, bottom - top) // 2, reach)
    inward = np.arange(reach)
    measured = []
    for side, to_right, edge, down in CORNERS:
        x = boxes[:, side, None] - (to_right < 0) + to_right * inward
        y = boxes[:, edge, None] - (down < 0) + down * inward
        square = pixels[_within(y, pixels.shape[0])[:, :, None], _within(x, pixels.shape[1])[:, None]]
        filled = (np.abs(square.astype(np.int16) - fill[:, None, None]) <= noise).all(axis=3)
        inset = np.where(filled.any(axis=2), filled.argmax(axis=2), reach)
        measured.append(_best_radius(np.minimum(inset, room[:, None]), room))
    return np.stack(measured, axis=1)


def _within(places: NDArray[np.intp], length: int) -> NDArray[np.intp]:
    return np.clip(places, 0, length - 1)


def _best_radius(inset: NDArray[np.intp], room: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the radius that the insets (n, rows) fit best, NaN where none does; no arc is larger than its room."""
    radii, expected = _arcs(inset.shape[1])
    rows = np.arange(inset.shape[1]) < room[:, None]
    off = np.abs(inset[:, None] - np.minimum(expected, room[:, None, None]))
    cost = np.where(radii <= room[:, None], (off * rows[:, None]).sum(axis=2), np.inf)
    least = cost.min(axis=1)
    best = cost == least[:, None]
    radius: NDArray[np.float64] = np.where(best[:, 0], 0.0, (best * radii).max(axis=1))
    radius[least > np.maximum(ROUNDED_OFF, WORST_FIT * radius)] = np.nan
    return radius


@cache
def _arcs(reach: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return radii, shape (n,), and the inset of each of the rows from a corner of each, shape (n, reach)."""
    radii = np.arange(0, reach + STEP, STEP)
    from_middle = np.maximum(radii[:, None] - np.arange(reach), 0)
    half = np.sqrt(np.maximum(radii[:, None] ** 2 - from_middle**2, 0))
    inset = np.where(from_middle > 0, np.ceil(radii[:, None] - half - COVERED), 0)
    return radii, inset
