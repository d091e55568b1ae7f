"""Corner radii of areas, fitted to the arcs at which their fill ends.

Row by row from a corner, the fill begins where a pixel is wholly inside the arc; pixels that the arc crosses are mixes.
So the inset of each row is compared with that of arcs of all radii. Of the radii that fit equally well, the largest is
used: radii are mostly whole pixels, and from a whole pixel on the inset of the first row grows.

The ends of a pill touch its box in one point. No pixel of the outermost column is wholly inside, so the box of the fill
is one pixel narrower than the pill: the ends are compared with a half circle at both positions.

Source of the arc: CSS Backgrounds and Borders 3, section 4.1, https://www.w3.org/TR/css-backgrounds-3/#border-radius;
for an area inside a border it is the arc of the padding edge, whose radius is that of the border minus its width.
"""

from collections.abc import Iterator
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

MAX_RADIUS_PX: Final = 24  # larger radii are not measured
STEP: Final = 0.25  # pixels from one radius that is tried to the next
COVERED: Final = 0.05  # share of a pixel that an arc may omit without changing its color by a level
MAX_MISFIT: Final = 0.2  # pixels of inset that the rows of a corner may be off in total, per pixel of radius
ROUNDED_OFF: Final = 1.0  # pixel of inset that they may always be off
PILL: Final = 0.4  # pixels per row that a pill's ends may be off: a radius of 0.4 of the height is usually off by 1.5
MIN_PILL_RATIO: Final = 1.25  # times its height, that a pill is wide; others are circles
NEARLY: Final = 1.0  # pixel less than half of the height, above which a radius may be a pill's
NO_ARCS: Final = 2  # corners of a pill whose inset is no smaller arc's: the others may be covered
AT_A_TIME: Final = 64  # areas, with four squares of pixels each
CORNERS: Final = ((0, 1, 1, 1), (2, -1, 1, 1), (2, -1, 3, -1), (0, 1, 3, -1))
"""Per corner, clockwise from top left: the side of the box and the inward direction, horizontally and vertically."""


def measure_corners(
    pixels: NDArray[np.uint8], fill: NDArray[np.uint8], boxes: NDArray[np.intp], scale: float, noise: int = 0
) -> NDArray[np.float64]:
    """Return the corner radii of areas of one color in image pixels, clockwise from the top left corner, shape (n, 4).

    pixels has shape (height, width, 3). fill (n, 3) is the color of each area; boxes (n, 4) are their left, top, right
    and bottom (exclusive) in image pixels. scale is in pixels per CSS pixel; noise is the number of levels that a fill
    may be off. A radius of 0 is a square corner, NaN a corner that is not an arc of up to 24 CSS px, infinity (at all
    four corners) a pill. Of the radii that fit equally well, in steps of a quarter pixel, the largest is returned.
    """
    reach = max(4, round(MAX_RADIUS_PX * scale))
    radii = [
        _measured(pixels, fill[start : start + AT_A_TIME], boxes[start : start + AT_A_TIME], reach, noise)
        for start in range(0, len(boxes), AT_A_TIME)
    ]
    return np.concatenate([np.empty((0, 4)), *radii])


def _measured(
    pixels: NDArray[np.uint8], fill: NDArray[np.uint8], boxes: NDArray[np.intp], reach: int, noise: int
) -> NDArray[np.float64]:
    left, top, right, bottom = boxes.T
    width, height = right - left, bottom - top
    half = np.minimum(width, height) / 2
    room = np.minimum(half.astype(np.intp), reach)
    squares = list(_squares(pixels, boxes, reach))
    radii = np.stack([_best_radius(_insets(square, fill, room, noise), room) for square in squares], axis=1)
    long = (np.maximum(width, height) >= MIN_PILL_RATIO * 2 * half) & (half <= reach)
    unclear = (np.isnan(radii) | (radii >= half[:, None] - NEARLY)).sum(axis=1) >= NO_ARCS
    maybe = np.flatnonzero(long & unclear)
    is_vertical = (height > width)[maybe, None, None, None]
    horizontal = [np.where(is_vertical, square[maybe].swapaxes(1, 2), square[maybe]) for square in squares]
    off = [_off_half_circle(_insets(square, fill[maybe], room[maybe], noise), half[maybe]) for square in horizontal]
    radii[maybe[np.median(off, axis=0) <= PILL]] = np.inf
    return radii


def _squares(pixels: NDArray[np.uint8], boxes: NDArray[np.intp], reach: int) -> Iterator[NDArray[np.uint8]]:
    """Yield for each corner the pixels of all areas from that corner inward, row by row, shape (n, reach, reach, 3)."""
    inward = np.arange(reach)
    for side, to_right, edge, down in CORNERS:
        x = boxes[:, side, None] - (to_right < 0) + to_right * inward
        y = boxes[:, edge, None] - (down < 0) + down * inward
        yield pixels[_within(y, pixels.shape[0])[:, :, None], _within(x, pixels.shape[1])[:, None]]


def _insets(square: NDArray[np.uint8], fill: NDArray[np.uint8], room: NDArray[np.intp], noise: int) -> NDArray[np.intp]:
    """Return the number of pixels in each row before the fill begins, at most room, shape (n, rows)."""
    filled = (np.abs(square.astype(np.int16) - fill[:, None, None]) <= noise).all(axis=3)
    inset = np.where(filled.any(axis=2), filled.argmax(axis=2), square.shape[2])
    return np.minimum(inset, room[:, None])


def _off_half_circle(inset: NDArray[np.intp], half: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean deviation in pixels of insets (n, rows) from those of a half circle, shape (n,)."""
    row = np.arange(inset.shape[1])
    from_middle = half[:, None] - row
    within = np.sqrt(np.maximum(half[:, None] ** 2 - from_middle**2, 0))
    expected = np.minimum(np.ceil(half[:, None] - within - COVERED), half.astype(np.intp)[:, None])
    counts = from_middle >= 1
    off = [np.abs(inset + outward - expected) * counts for outward in (0, 1)]
    least: NDArray[np.float64] = np.minimum(*(each.sum(axis=1) for each in off)) / np.maximum(counts.sum(axis=1), 1)
    return least


def _within(positions: NDArray[np.intp], length: int) -> NDArray[np.intp]:
    return np.clip(positions, 0, length - 1)


def _best_radius(inset: NDArray[np.intp], room: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the best-fitting radius for insets (n, rows), at most room; NaN where no arc fits."""
    radii, expected = _arcs(inset.shape[1])
    rows = np.arange(inset.shape[1]) < room[:, None]
    off = np.abs(inset[:, None] - np.minimum(expected, room[:, None, None]))
    cost = np.where(radii <= room[:, None], (off * rows[:, None]).sum(axis=2), np.inf)
    least = cost.min(axis=1)
    best = cost == least[:, None]
    radius: NDArray[np.float64] = np.where(best[:, 0], 0.0, (best * radii).max(axis=1))
    radius[least > np.maximum(ROUNDED_OFF, MAX_MISFIT * radius)] = np.nan
    return radius


@cache
def _arcs(reach: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return candidate radii, shape (n,), and the inset of each row from the corner for each, shape (n, reach)."""
    radii = np.arange(0, reach + STEP, STEP)
    from_middle = np.maximum(radii[:, None] - np.arange(reach), 0)
    half = np.sqrt(np.maximum(radii[:, None] ** 2 - from_middle**2, 0))
    inset = np.where(from_middle > 0, np.ceil(radii[:, None] - half - COVERED), 0)
    return radii, inset
