"""Containers: the rectangles in which an interface is laid out, their nesting, and the text inside each.

A container is an area of one color that fills a rectangle, with or without round corners, including its border. The
fill of a letter, or the hole in one, is not a container.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.decode.geometry import Box
from januslens.raster.areas import Areas, to_image_boxes
from januslens.raster.boundaries import NONE, Boundaries
from januslens.raster.indexed_image import IndexedImage
from januslens.text.run import TextRun

MIN_SIDE_PX: Final = 10  # CSS px of the shorter side: a checkbox has 11 inside its border
MAX_CONTAINERS: Final = 400  # the largest ones: all are compared with each other; a page has about a hundred
MIN_STROKES: Final = 2  # of a run: a single stroke may be an icon
ROUNDING: Final = 1.0  # CSS px by which the fill of a letter may exceed the box of its ink
OUTWARD: Final = np.array([-1, -1, 1, 1])
STEEPER: Final = 3  # ratio of a border's edge, per pixel of its width, to the next step outward
SHADED_SIDES: Final = 3  # of four: the edge of a border that is between two pixels looks shaded on one or two
NO_CONTAINER: Final = -1


@dataclass(frozen=True, slots=True)
class Containers:
    """The containers and the text of an image, as boxes of left, top, right and bottom (exclusive) in CSS pixels.

    A container is an area of one color that fills a rectangle, with or without round corners. inner (n, 4) are the
    fills of the containers, outer (n, 4) the same including their borders. parent (n,) is the index of the smallest
    container around each, -1 for the image. fill (n,) and border (n,) are their colors as palette indices; border is -1
    where there is none. text (m, 4) are boxes of text, from its ink's left to its right edge and over the rows of its
    x-height; text_parent (m,) is the index of the smallest container around each, -1 for the image.
    """

    inner: NDArray[np.float64]
    outer: NDArray[np.float64]
    parent: NDArray[np.intp]
    fill: NDArray[np.intp]
    border: NDArray[np.intp]
    text: NDArray[np.float64]
    text_parent: NDArray[np.intp]


def find_containers(
    pixels: NDArray[np.uint8], indexed: IndexedImage, areas: Areas | None, runs: Sequence[TextRun], scale: float
) -> Containers:
    """Find the containers of an image, given its areas and text, largest first; scale is in pixels per CSS pixel.

    A container is an area of one color that fills a rectangle and is at least 10 CSS px wide and high; those inside the
    box of a text are left out as parts of letters, and only the 400 largest are considered. pixels has shape (height,
    width, 3), indexed is the same image as palette indices. If areas is None, the result has no containers, only the
    boxes of text. Runs of a single stroke are left out of the text.
    """
    words = [run for run in runs if run.letters >= MIN_STROKES]
    ink = np.array([_sides(run.box) for run in words], np.float64).reshape(-1, 4) / scale
    text = ink.copy()
    text[:, 1::2] = np.array([run.core for run in words], np.float64).reshape(-1, 2) / scale
    css_px = scale / indexed.stride
    kept = np.empty(0, np.intp) if areas is None else _largest(indexed, areas, css_px)
    fills, boxes = (
        (np.empty(0, np.intp), np.empty((0, 4), np.intp))
        if areas is None
        else (areas.palette_index[kept], areas.boxes[kept])
    )
    outside = Boundaries.of(indexed, fills, boxes, css_px)
    colors = indexed.channels[:, fills].T.astype(np.uint8)
    whole = to_image_boxes(pixels, colors, boxes, indexed.stride, indexed.noise)
    width = np.where(outside.border[:, None] == NONE, 0, outside.width) * indexed.stride
    width[_are_shaded(pixels, whole, width)] = 0
    inner, outer = whole / scale, (whole + width * OUTWARD) / scale
    outside_text = ~_is_in(inner, ink, ROUNDING).any(axis=1)
    border = np.where(width.any(axis=1), outside.border, NONE)
    inner, outer, fills, border = inner[outside_text], outer[outside_text], fills[outside_text], border[outside_text]
    return Containers(inner, outer, _smallest_around(outer, inner), fills, border, text, _smallest_around(text, inner))


def _are_shaded(pixels: NDArray[np.uint8], boxes: NDArray[np.intp], width: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return whether a border is the first step of a shadow: the next step outward is about as large."""
    left, top, right, bottom = boxes.T
    x, y = (left + right) // 2, (top + bottom) // 2
    outward = width.T[:, None] + np.arange(2)[None, :, None]  # sides, pixels beyond the border, boxes
    at_x = np.stack([left - 1 - outward[0], x + 0 * outward[1], right + outward[2], x + 0 * outward[3]])
    at_y = np.stack([y + 0 * outward[0], top - 1 - outward[1], y + 0 * outward[2], bottom + outward[3]])
    first_x, first_y = np.stack([left - 1, x, right, x]), np.stack([y, top - 1, y, bottom])
    height, width_ = pixels.shape[:2]

    def levels(columns: NDArray[np.intp], rows: NDArray[np.intp]) -> NDArray[np.int16]:
        return pixels[np.clip(rows, 0, height - 1), np.clip(columns, 0, width_ - 1)].astype(np.int16)

    border, beyond = levels(first_x, first_y), levels(at_x, at_y)
    edge = np.abs(border - beyond[:, 0]).max(axis=2)
    step = np.abs(beyond[:, 0] - beyond[:, 1]).max(axis=2)
    shaded: NDArray[np.bool_] = (edge <= STEEPER * np.maximum(width.T, 1) * step) & (step > 0)
    return shaded.sum(axis=0) >= SHADED_SIDES


def _sides(box: Box) -> tuple[int, int, int, int]:
    return box.x, box.y, box.x + box.width, box.y + box.height


def _largest(indexed: IndexedImage, areas: Areas, css_px: float) -> NDArray[np.intp]:
    sides = areas.boxes[:, 2:] - areas.boxes[:, :2]
    kept = np.flatnonzero((sides.min(axis=1) >= MIN_SIDE_PX * css_px) & areas.rectangles(indexed))
    return kept[np.argsort(-areas.pixels[kept], kind="stable")[:MAX_CONTAINERS]]


def _smallest_around(boxes: NDArray[np.float64], containers: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return for each box the index of the smallest container around it, -1 where there is none."""
    if not len(containers):
        return np.full(len(boxes), NO_CONTAINER)
    size = (containers[:, 2:] - containers[:, :2]).prod(axis=1)
    around = np.where(_is_in(boxes, containers, 0.0), size, np.inf)
    return np.where(np.isfinite(around).any(axis=1), around.argmin(axis=1), NO_CONTAINER)


def _is_in(boxes: NDArray[np.float64], others: NDArray[np.float64], slack: float) -> NDArray[np.bool_]:
    """Return whether each box (n, 4) lies inside each other box (m, 4), give or take slack; never in itself."""
    one, other = boxes[:, None], others[None]
    inside: NDArray[np.bool_] = (one[..., :2] >= other[..., :2] - slack).all(axis=2)
    inside &= (one[..., 2:] <= other[..., 2:] + slack).all(axis=2)
    inside &= (one != other).any(axis=2)
    return inside
