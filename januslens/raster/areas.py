"""Connected areas of one color, and the share of each side of their boxes that they reach.

Areas are found from the horizontal runs of the image (see `components`): an interface has a few thousand runs that are
long enough, so finding its areas takes milliseconds.
"""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from januslens.raster.components import join_runs
from januslens.raster.indexed_image import IndexedImage

MAX_RUNS: Final = 2_000_000  # long runs: an image with more is a photo of tens of megapixels
DEPTH: Final = 2  # pixels that count as a side: the first row of a rounded shape is shorter than the next
STRAIGHT: Final = 0.28  # of a side that a rectangle reaches: of a pill's short side 0.5, of a circle's of 56 px 0.3
FILLED: Final = 0.4  # of a rectangle's box: a ring fills less, a button with bold text more


class TooManyRuns(Exception):
    """An image has more than 2,000,000 horizontal runs of three sampled pixels or more: too many to find areas."""


@dataclass(frozen=True, slots=True)
class Areas:
    """Connected areas of one color each of an image, found from its horizontal runs of three sampled pixels or more.

    Shorter runs are left out, so thin strokes and the mixes of anti-aliasing belong to no area. Positions are in
    sampled pixels, of which one is about a CSS pixel. palette_index is the color of each area, shape (n,). boxes are
    left, top, right, bottom (exclusive), shape (n, 4). pixels counts the pixels in runs that are long enough, shape
    (n,). reach, shape (n, 4), is the share of each side of the box, in the order of boxes, that the area touches or
    comes within one pixel of: 1 for a rectangle, 0.4 for a circle.
    """

    palette_index: NDArray[np.intp]
    boxes: NDArray[np.intp]
    pixels: NDArray[np.intp]
    reach: NDArray[np.float64]

    @classmethod
    def of(cls, indexed: IndexedImage) -> Self:
        """Find the connected areas of one color of an image, made of horizontal runs of three sampled pixels or more.

        Areas that touch by a side or a corner are one. Raises TooManyRuns if there are more than 2,000,000 such runs.
        """
        on, row, start, end = _long_runs(indexed)
        runs = join_runs(row, start, end, on)
        first = np.unique(runs.component, return_index=True)[1]
        boxes = runs.boxes()
        return cls(on[first], boxes, runs.areas(), _reach(row, start, end, runs.component, boxes))

    def rectangles(self, indexed: IndexedImage) -> NDArray[np.bool_]:
        """Return which areas fill a rectangle, with or without round corners, shape (n,).

        They cover at least 0.4 of their box, as a button with text does, and at least 0.28 of each of its sides, as a
        pill does. Areas that touch the image's edge do not count. indexed is the image in which the areas were found.
        """
        height, width = indexed.indices.shape
        left, top, right, bottom = self.boxes.T
        inside = (left > 0) & (top > 0) & (right < width) & (bottom < height)
        filled = self.pixels >= FILLED * (right - left) * (bottom - top)
        rectangles: NDArray[np.bool_] = inside & filled & (self.reach >= STRAIGHT).all(axis=1)
        return rectangles


def find_areas(indexed: IndexedImage) -> Areas | None:
    """Return the connected areas of one color in an image, made of horizontal runs of three sampled pixels or more.

    None if `Areas.of` raises TooManyRuns.
    """
    try:
        return Areas.of(indexed)
    except TooManyRuns:
        return None


def _long_runs(
    indexed: IndexedImage,
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Return color, row, first column and last column (exclusive) of the long runs, in row-major order."""
    parts, count = [], 0
    for runs in indexed.row_runs():
        count += len(runs.on)
        if count > MAX_RUNS:
            raise TooManyRuns
        parts.append((runs.on, runs.row, runs.column, runs.column + runs.length))
    on, row, start, end = (np.concatenate(part) for part in zip(*parts, strict=True))
    return on, row, start, end


def _reach(
    row: NDArray[np.intp],
    start: NDArray[np.intp],
    end: NDArray[np.intp],
    area: NDArray[np.intp],
    boxes: NDArray[np.intp],
) -> NDArray[np.float64]:
    left, top, right, bottom = (side[area] for side in boxes.T)
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]

    def rows(beside: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.bincount(area, beside, len(boxes)) / height

    def columns(edge: NDArray[np.intp], inward: int) -> NDArray[np.float64]:
        outermost = (edge + inward * step for step in range(DEPTH))
        lengths = [np.bincount(area, (end - start) * (row == at), len(boxes)) for at in outermost]
        longest: NDArray[np.float64] = np.max(lengths, axis=0) / width
        return longest

    sides = rows(start < left + DEPTH), columns(top, 1), rows(end > right - DEPTH), columns(bottom - 1, -1)
    return np.stack(sides, axis=1)


def to_image_boxes(
    pixels: NDArray[np.uint8], colors: NDArray[np.uint8], boxes: NDArray[np.intp], stride: int, noise: int = 0
) -> NDArray[np.intp]:
    """Convert boxes of areas from sampled pixels to image pixels: left, top, right, bottom (exclusive), shape (n, 4).

    Each side is moved outward as long as the fill, of colors (n, 3), continues between one sample and the next, within
    noise levels per channel; this is examined at the middle of the side. pixels is the image, shape (height, width, 3);
    stride is the distance of samples in image pixels.
    """
    whole = boxes * stride + stride // 2
    whole[:, 2:] += 1 - stride
    middle = (whole[:, :2] + whole[:, 2:]) // 2
    for side, axis, outward in ((0, 0, -1), (1, 1, -1), (2, 0, 1), (3, 1, 1)):
        for _ in range(stride - 1):
            at = middle.copy()
            at[:, axis] = whole[:, side] - (outward < 0)
            x, y = np.clip(at, 0, np.array(pixels.shape[1::-1]) - 1).T
            whole[:, side] += outward * (np.abs(pixels[y, x].astype(np.int16) - colors) <= noise).all(axis=1)
    return whole
