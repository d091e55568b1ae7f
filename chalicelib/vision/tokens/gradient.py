"""The linear gradients that areas are filled with: their angle, and the colors at both ends.

Small tiles whose pixels differ from the next by a few levels, and are not all the same, are gathered where they touch.
If every channel of their pixels lies on one plane over the picture, all planes rising along one line, what they show is
a gradient between two colors; drawn again, it says how far its area reaches. What letters stand on is left out of the
tiles, so that text does no harm.

Source: CSS Images Module Level 3, section 3.1, https://www.w3.org/TR/css-images-3/#linear-gradients: colors are mixed
in sRGB, and the line is so long that the corners have the colors of its ends.

Limits: two stops; radial and conic gradients, and those lower or narrower than three tiles, aren't told.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chalicelib.vision.color.notation import Rgb
from chalicelib.vision.components import connected

EVERY: Final = 2  # of the sampled pixels, along each side, that are looked at: gradients are large
TILE: Final = 4  # of these, 8 CSS px
STEP: Final = 12  # levels from one to the next: black to white over 43 CSS px
SHORTEST: Final = 3  # tiles along each side of an area
FEWEST: Final = 12  # tiles of an area
RANGE: Final = 10.0  # levels between the two ends, in some channel: less may be a shadow's end
OFF: Final = 0.5  # levels that the pixels are off their plane, on average: rounding makes 0.3, a shadow's end 0.8
ASTRAY: Final = 0.12  # of a channel's slope that is across the line of the others
MOST: Final = 12  # areas, the largest ones
SAMPLES: Final = 4000  # pixels that a plane is fitted to
SAME: Final = 4  # levels by which a pixel may differ from the gradient that is drawn again
TURNED: Final = 2.0  # degrees by which the same gradient is measured differently
LEVEL: Final = 0.02  # of a line's direction, up to which it neither rises nor falls
REACHED: Final = 0.6  # of a row or column that must fit, for the area to go on


@dataclass(frozen=True, slots=True)
class ObservedGradient:
    """A linear gradient: its angle in CSS degrees (0 upward, 90 to the right), both ends' colors, and its areas."""

    angle: int
    start: Rgb
    end: Rgb
    areas: int


def observed_gradients(pixels: NDArray[np.uint8], stride: int) -> list[ObservedGradient]:
    """Find the gradients of a picture (height, width, 3), of which every stride-th row and column is looked at."""
    every = EVERY * stride
    sample = pixels[every // 2 :: every, every // 2 :: every].astype(np.int16)
    found: list[ObservedGradient] = []
    for gradient in _gradients(sample):
        same = next((other for other in found if _are_alike(gradient, other)), None)
        if same is None:
            found.append(gradient)
        else:
            found[found.index(same)] = replace(same, areas=same.areas + 1)
    return sorted(found, key=lambda gradient: (-gradient.areas, gradient.angle, gradient.start, gradient.end))


def _are_alike(one: ObservedGradient, other: ObservedGradient) -> bool:
    turned = abs((one.angle - other.angle + 180) % 360 - 180)
    levels = np.abs(np.subtract((one.start, one.end), (other.start, other.end))).max()
    return turned <= TURNED and bool(levels <= SAME)


def _gradients(sample: NDArray[np.int16]) -> Iterator[ObservedGradient]:
    smooth = _smooth_tiles(sample)
    areas = connected(smooth)
    boxes, tiles = areas.boxes(), areas.areas()
    sides = boxes[:, 2:] - boxes[:, :2]
    large = np.flatnonzero((sides.min(axis=1, initial=SHORTEST) >= SHORTEST) & (tiles >= FEWEST))
    row, column, component = areas.pixels()
    for area in large[np.argsort(-tiles[large], kind="stable")][:MOST].tolist():
        inside = component == area
        plane = _plane(sample, row[inside], column[inside])
        if plane is not None:
            yield plane.gradient(_extent(sample, plane, (boxes[area] * TILE).tolist()))


def _smooth_tiles(sample: NDArray[np.int16]) -> NDArray[np.bool_]:
    """Return which tiles change, by little from pixel to pixel."""
    rows, columns = (side // TILE for side in sample.shape[:2])
    whole = sample[: rows * TILE, : columns * TILE]
    tiles = whole.reshape(rows, TILE, columns, TILE, 3)
    planes = np.ascontiguousarray(whole.transpose(2, 0, 1)).reshape(3, rows, TILE, columns * TILE)
    lowest, highest = (
        reduce(reduce(planes, axis=2).reshape(3, rows, columns, TILE), axis=3) for reduce in (np.min, np.max)
    )
    changing = (highest - lowest).max(axis=0)
    smooth: NDArray[np.bool_] = (changing >= 1) & (changing <= STEP * 2 * TILE)
    row, column = np.nonzero(smooth)
    some = tiles[row, :, column]
    down = np.abs(np.diff(some, axis=1)).max(axis=(1, 2, 3), initial=0) <= STEP
    across = np.abs(np.diff(some, axis=2)).max(axis=(1, 2, 3), initial=0) <= STEP
    smooth[row, column] = down & across
    return smooth


@dataclass(frozen=True, slots=True)
class _Plane:
    """The colors of a gradient: at the origin, and how they change for a pixel along its line, which x and y follow."""

    origin: NDArray[np.float64]
    slope: NDArray[np.float64]
    x: float
    y: float

    def at(self, along: NDArray[np.float64] | float) -> NDArray[np.float64]:
        """Return the colors (..., 3) at places along the line."""
        colors: NDArray[np.float64] = self.origin + np.multiply.outer(along, self.slope)
        return colors

    def gradient(self, box: tuple[int, int, int, int]) -> ObservedGradient:
        """Return angle and ends of the gradient that fills a box (left, top, right, bottom)."""
        left, top, right, bottom = box
        middle = self.x * (left + right - 1) / 2 + self.y * (top + bottom - 1) / 2
        half = (abs(self.x) * (right - left) + abs(self.y) * (bottom - top)) / 2
        start, end = (_rgb(self.at(middle + way * half)) for way in (-1, 1))
        return ObservedGradient(round(math.degrees(math.atan2(self.x, -self.y))) % 360, start, end, 1)


def _rgb(color: NDArray[np.float64]) -> Rgb:
    red, green, blue = np.rint(np.clip(color, 0, 255)).astype(int).tolist()
    return red, green, blue


def _plane(sample: NDArray[np.int16], row: NDArray[np.intp], column: NDArray[np.intp]) -> _Plane | None:
    """Fit the plane of a gradient to tiles; None where they are on none."""
    offset = np.arange(TILE)
    y = np.broadcast_to(row[:, None, None] * TILE + offset[None, :, None], (len(row), TILE, TILE)).ravel()
    x = np.broadcast_to(column[:, None, None] * TILE + offset[None, None], (len(row), TILE, TILE)).ravel()
    every = max(1, len(y) // SAMPLES)
    places = np.stack([x[::every], y[::every]], axis=1)
    colors = sample[places[:, 1], places[:, 0]].astype(np.float64)
    basis = np.column_stack([np.ones(len(places)), places])
    solved = np.linalg.lstsq(basis, colors, rcond=None)[0]
    off = np.abs(basis @ solved - colors).mean()
    slopes = solved[1:].T
    _, strength, directions = np.linalg.svd(slopes)
    extent = np.ptp(places @ directions[0])
    if off > OFF or strength[0] * extent < RANGE or strength[1] > ASTRAY * strength[0]:
        return None
    along = slopes @ directions[0]
    x, y = directions[0].tolist()
    way = math.copysign(1.0, y if abs(y) > LEVEL else x)  # downward or to the right, as most are written
    return _Plane(solved[0], way * along, *(way * directions[0]).tolist())


def _extent(sample: NDArray[np.int16], plane: _Plane, box: list[int]) -> tuple[int, int, int, int]:
    """Return the box as far outward as the picture goes on like the plane."""
    left, top, right, bottom = box
    height, width = sample.shape[:2]

    def fits(rows: slice, columns: slice) -> bool:
        y, x = np.mgrid[rows, columns]
        drawn = plane.at(plane.x * x + plane.y * y)
        return bool((np.abs(sample[rows, columns] - drawn).max(axis=2) <= SAME).mean() >= REACHED)

    while left > 0 and fits(slice(top, bottom), slice(left - 1, left)):
        left -= 1
    while right < width and fits(slice(top, bottom), slice(right, right + 1)):
        right += 1
    while top > 0 and fits(slice(top - 1, top), slice(left, right)):
        top -= 1
    while bottom < height and fits(slice(bottom, bottom + 1), slice(left, right)):
        bottom += 1
    return left, top, right, bottom
