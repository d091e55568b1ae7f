"""The ink of a line on one background: the pixels of its glyphs, as offsets from the background's color."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chalicelib.vision.components import Runs, connected, joined
from chalicelib.vision.text.crop import LineCrop
from chalicelib.vision.text.foreground import Line, lengths
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
    glyphs = _glyphs(distance > max(INK_FLOOR + noise, INK_SHARE * strongest), line)
    if not glyphs.count:
        return None
    row, column, glyph = glyphs.pixels()
    planes = offsets.transpose(2, 0, 1).reshape(3, -1)
    inked = np.take(planes, row * offsets.shape[1] + column, axis=1).astype(np.float64).T
    hues, on_line = without_fringes(inked, offsets, row, column, noise)
    return Ink(inked, hues, lengths(hues), on_line, row, column, glyph, glyphs.boxes())


def _glyphs(mask: NDArray[np.bool_], line: LineCrop) -> Runs:
    """Return the shapes that the line's core runs through, those that a rule touches freed of it."""
    shapes = connected(mask)
    in_core, areas = _in_core(shapes, line), shapes.areas()
    whole = in_core >= IN_CORE * areas
    attached = (in_core > 0) & ~whole
    glyphs = shapes.where(whole)
    if not attached.any():
        return glyphs
    band, rest = line.band(), shapes.where(attached)
    inside = (rest.row >= band.start) & (rest.row < band.stop)
    freed = joined(rest.row[inside], rest.start[inside], rest.end[inside])
    boxes = freed.boxes()
    wide = boxes[:, 2] - boxes[:, 0] >= DESCENDER_WIDTH * line.core_height
    return glyphs.and_also(freed.where((_in_core(freed, line) >= IN_CORE * freed.areas()) & wide))


def _in_core(shapes: Runs, line: LineCrop) -> NDArray[np.intp]:
    return shapes.areas_within(line.left, line.top, line.right, line.bottom)
