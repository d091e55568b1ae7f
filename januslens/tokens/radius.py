"""Corner radius tokens.

Radii are measured at the corners of areas of one color (`fitting.corners`), and the width of a border is added. An area
counts if at least three of its corners are arcs or square and at least two have the same radius, as those of a card's
header and of a tab do. An area that is as round as possible is a pill or a circle and says nothing about the system's
radii; pills are counted.

Limits: areas lower than 14 CSS px, corners with a gradient or an image inside, and radii above 24 CSS px are not
measured; a radius of less than 1.5 CSS px looks like a square corner.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.fitting.corners import measure_corners
from januslens.raster.areas import Areas, to_image_boxes
from januslens.raster.boundaries import NONE, Boundaries
from januslens.raster.indexed_image import IndexedImage
from januslens.tokens.recurring import Recurring, Tolerance, recurring

MIN_SIDE_PX: Final = 14  # CSS px of an area's shorter side
MAX_AREAS: Final = 2000  # the largest ones: a page has about a hundred
ARCS: Final = 3  # of four corners that must be arcs or square
EQUAL: Final = 2  # of these corners that must have the radius
ROUND: Final = 1.5  # CSS px: less is what anti-aliasing leaves of a square corner
STEP: Final = 0.5  # CSS px to which radii are rounded, their accuracy
PILL: Final = 1.0  # CSS px less than half of the shorter side: as round as can be
ONE_SIDE: Final = MappingProxyType(
    {
        (True, True, False, False): "top",
        (False, True, True, False): "right",
        (False, False, True, True): "bottom",
        (True, False, False, True): "left",
    }
)
"""The only side with round corners, by which corners are round, clockwise from top left."""
CORNERS_ALIKE: Final = Tolerance(0.15, 1.0)  # the corners of one area
ALIKE: Final = Tolerance(0.1, 1.0)  # areas: a radius below 5 px is measured to three quarters of one


@dataclass(frozen=True, slots=True)
class Radii:
    """The corner radii of an image's areas, including the width of their borders.

    shared contains each radius in CSS pixels, rounded to a half, with the number of areas that have it, which may be
    one. one_sided counts the areas whose round corners are all on one side, by radius and then by that side: top,
    right, bottom or left. pills is the number of areas whose ends are half circles; they are not in shared.
    """

    shared: Sequence[Recurring] = ()
    one_sided: Mapping[float, Mapping[str, int]] = MappingProxyType({})
    pills: int = 0


@dataclass(frozen=True, slots=True)
class _Rounded:
    """The radius of an area in CSS pixels, and the only side that has it, None if all sides do."""

    radius: float
    side: str | None


def observed_radii(pixels: NDArray[np.uint8], indexed: IndexedImage, areas: Areas | None, scale: float) -> Radii:
    """Find the corner radii of an image's areas of one color; the result is empty if areas is None.

    Areas lower or narrower than 14 CSS px, circles, and radii below 1.5 CSS px are left out. pixels has shape (height,
    width, 3); indexed is the same image as palette indices; scale is in image pixels per CSS pixel.
    """
    if areas is None:
        return Radii()
    css_px = scale / indexed.stride
    kept = _measurable(indexed, areas, css_px)
    fill, boxes = areas.palette_index[kept], areas.boxes[kept]
    colors = indexed.channels[:, fill].T.astype(np.uint8)
    whole = to_image_boxes(pixels, colors, boxes, indexed.stride, indexed.noise)
    corners = measure_corners(pixels, colors, whole, scale, indexed.noise) / scale
    outside = Boundaries.of(indexed, fill, boxes, css_px)
    border = np.where(outside.border == NONE, 0.0, np.median(outside.width, axis=1) / css_px)
    half = np.minimum(whole[:, 2] - whole[:, 0], whole[:, 3] - whole[:, 1]) / scale / 2
    pills = np.isinf(corners).all(axis=1)
    rounded = list(_of_areas(corners[~pills], border[~pills], half[~pills]))
    return replace(_shared(rounded), pills=int(pills.sum()))


def _shared(rounded: Sequence[_Rounded]) -> Radii:
    measured = np.array([area.radius for area in rounded])
    found = recurring(measured, np.ones(len(rounded)), ALIKE, least=1)
    shared = [replace(radius, value=round(radius.value / STEP) * STEP) for radius in found]
    one_sided: defaultdict[float, Counter[str]] = defaultdict(Counter)
    for area in rounded:
        if area.side is not None:
            nearest = min(shared, key=lambda radius: abs(radius.value - area.radius))
            one_sided[nearest.value][area.side] += 1
    return Radii(shared, one_sided)


def _measurable(indexed: IndexedImage, areas: Areas, css_px: float) -> NDArray[np.intp]:
    sides = areas.boxes[:, 2:] - areas.boxes[:, :2]
    kept = np.flatnonzero((sides.min(axis=1) >= MIN_SIDE_PX * css_px) & areas.rectangles(indexed))
    return kept[np.argsort(-areas.pixels[kept], kind="stable")[:MAX_AREAS]]


def _of_areas(
    corners: NDArray[np.float64], border: NDArray[np.float64], half: NDArray[np.float64]
) -> Iterator[_Rounded]:
    """Yield the radius of each area with round corners; half is half of its shorter side. All are in CSS pixels."""
    for inner, width, most in zip(corners, border.tolist(), half.tolist(), strict=True):
        outer = np.where(inner > 0, inner + width, 0.0)
        rounded = outer[outer >= ROUND]
        if np.isfinite(outer).sum() < ARCS or len(rounded) < EQUAL:
            continue
        radius = median(rounded.tolist())
        equal = np.abs(outer - radius) <= CORNERS_ALIKE.around(radius)
        if equal.sum() >= EQUAL and radius < most + width - PILL:
            square = bool((outer[~equal] == 0).all())
            yield _Rounded(radius, ONE_SIDE.get(tuple(equal.tolist())) if square else None)
