"""The ink of a line on one background: the pixels of its glyphs, as offsets from the background's color."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chalicelib.vision.components import connected
from chalicelib.vision.text.crop import LineCrop
from chalicelib.vision.text.foreground import Line
from chalicelib.vision.text.subpixel import without_fringes

FAINTEST: Final = 8  # levels of a channel: below it neither people nor JPEG tell ink from background
STRONGEST: Final = 0.99  # quantile of the core's differences from the background: a speck isn't ink
INK_SHARE: Final = 0.1  # of the strongest difference in the core; a muted word beside a strong one has 0.2 and more
INK_FLOOR: Final = 6  # levels, above what a flat background may vary by
IN_CORE: Final = 0.25  # of a glyph's pixels; a frame around the text, or a rule that a descender touches, has fewer
DESCENDER_WIDTH: Final = 0.5  # of the core's height: g, p, q and y are wider, the sides of a frame narrower


@dataclass(frozen=True, slots=True)
class Ink:
    """The pixels of a segment's glyphs.

    offsets (n, 3) are a pixel's color less the background's, hues (n, 3) the same freed of subpixel fringes, weight
    (n,) the hues' Euclidean length, line the line of mixes that most of them lie on. row and column (n,) are a pixel's
    place in the segment, glyph (n,) the index of its glyph. boxes (glyphs, 4) are left, top, right, bottom (exclusive)
    of the glyphs; letters that touch are one glyph.
    """

    offsets: NDArray[np.float64]
    hues: NDArray[np.float64]
    weight: NDArray[np.float64]
    line: Line
    row: NDArray[np.intp]
    column: NDArray[np.intp]
    glyph: NDArray[np.intp]
    boxes: NDArray[np.intp]


def find_ink(line: LineCrop, background: NDArray[np.int16], noise: int) -> Ink | None:
    """Find the glyphs of a segment: the connected shapes, unlike the background, that its core runs through.

    background broadcasts against the segment's pixels: one color, or one for each pixel. None where nothing is seen.
    """
    offsets = line.pixels - background
    distance = np.abs(offsets).max(axis=2)
    core = distance[line.top : line.bottom, line.left : line.right]
    if not core.size:
        return None
    rank = int(STRONGEST * (core.size - 1))
    strongest = int(np.partition(core, rank, axis=None)[rank])
    if strongest < FAINTEST + noise:
        return None
    labels, boxes = _glyphs(distance > max(INK_FLOOR + noise, INK_SHARE * strongest), line)
    if not len(boxes):
        return None
    row, column = np.nonzero(labels >= 0)
    inked = offsets[row, column].astype(np.float64)
    hues, on_line = without_fringes(inked, offsets, row, column, noise)
    weight = np.sqrt((hues * hues).sum(axis=1))
    return Ink(inked, hues, weight, on_line, row, column, labels[row, column], boxes)


def _glyphs(mask: NDArray[np.bool_], line: LineCrop) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the glyph of each pixel, -1 where there is none, and the glyphs' boxes."""
    labels, boxes, in_core, areas = _shapes(mask, line)
    whole = in_core >= IN_CORE * areas
    glyphs, found = _numbered(labels, boxes, whole)
    attached = (in_core > 0) & ~whole
    if not attached.any():
        return glyphs, found
    rest = np.isin(labels, np.flatnonzero(attached))
    rest[: line.band().start] = rest[line.band().stop :] = False
    labels, boxes, in_core, areas = _shapes(rest, line)
    wide = boxes[:, 2] - boxes[:, 0] >= DESCENDER_WIDTH * line.core_height
    more, more_found = _numbered(labels, boxes, (in_core >= IN_CORE * areas) & wide)
    return np.where(more >= 0, more + len(found), glyphs), np.concatenate([found, more_found])


def _shapes(
    mask: NDArray[np.bool_], line: LineCrop
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Return the connected shapes of a mask: labels of pixels; boxes, pixels in the line's core and pixels of each."""
    shapes = connected(mask)
    labels = shapes.labels(mask.shape)
    core = labels[line.top : line.bottom, line.left : line.right]
    in_core = np.bincount(core[core >= 0], minlength=shapes.count)
    return labels, shapes.boxes(), in_core, shapes.areas()


def _numbered(
    labels: NDArray[np.intp], boxes: NDArray[np.intp], kept: NDArray[np.bool_]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return labels that count the kept shapes only, -1 elsewhere, and the boxes of these."""
    number = np.full(len(kept) + 1, -1)  # its last place is that of label -1
    number[np.flatnonzero(kept)] = np.arange(int(kept.sum()))
    return number[labels], boxes[kept]
