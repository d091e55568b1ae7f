"""Ink: the pixels of a line's glyphs, as offsets from the background color.

Many stretches are processed together, with their masks stacked on one sheet: NumPy needs as long for the few pixels of
a line as for those of a page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from januslens.raster.components import Runs, connected_components, join_runs
from januslens.text.crop import LineCrop
from januslens.text.foreground.line_fit import Line, fit_lines, lengths
from januslens.text.foreground.overlap import without_overlaps
from januslens.text.foreground.subpixel import without_fringes

MIN_VISIBLE_LEVELS: Final = 8  # levels of a channel: below it neither people nor JPEG tell ink from background
STRONGEST_QUANTILE: Final = 0.99  # quantile of the core's differences from the background: a speck isn't ink
INK_SHARE: Final = 0.1  # of the strongest difference in the core; a muted word beside a strong one has 0.2 and more
INK_FLOOR: Final = 6  # levels, above what a flat background may vary by
IN_CORE: Final = 0.25  # of a glyph's pixels; a border around the text, or a rule that a descender touches, has fewer
DESCENDER_WIDTH: Final = 0.5  # of the core's height: g, p, q and y are wider, the sides of a border narrower
UNDERLINE: Final = 2.0  # of the core's height: no letter's stroke is as long, and few words are shorter


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a line of text on one background, whose ink is to be found.

    background is a color (3,), or one per pixel of the line's crop (height, width, 3); noise is how far, in levels of a
    channel, a pixel of the background may be off.
    """

    line: LineCrop
    background: NDArray[np.int16]
    noise: int


@dataclass(frozen=True, slots=True)
class Ink:
    """The inked pixels of a stretch of text (a part of a line on one background), grouped into glyphs.

    offsets (n, 3) are pixel colors minus the background color, hues (n, 3) the same without subpixel fringes, weight
    (n,) the Euclidean length of the hues. line is the line of mixes, from the background to the text's color, on which
    most of them lie. row and column (n,) are the positions of the pixels in the stretch's crop, glyph (n,) the indices
    of their glyphs. boxes (glyphs, 4) are left, top, right and bottom (exclusive) of the glyphs in the crop; letters
    that touch are one glyph.
    """

    offsets: NDArray[np.float64]
    hues: NDArray[np.float64]
    weight: NDArray[np.float64]
    line: Line
    row: NDArray[np.intp]
    column: NDArray[np.intp]
    glyph: NDArray[np.intp]
    boxes: NDArray[np.intp]


def find_inks(stretches: Sequence[Stretch]) -> list[Ink | None]:
    """Find the glyphs of stretches of text: connected shapes that differ from the background and cross the line's core.

    At least a quarter of a glyph's pixels are in the core (about the x-height); borders and underlines are left out.
    Returns one Ink per stretch, None where there are no visible glyphs.
    """
    offsets = [stretch.line.pixels - stretch.background for stretch in stretches]
    sheet = _Sheet.of([_inked(*pair) for pair in zip(offsets, stretches, strict=True)], stretches)
    glyphs = _glyphs(sheet)
    row, column, glyph = glyphs.pixels()
    boxes = glyphs.boxes()
    owner = sheet.owner[row]
    row -= sheet.tops[owner]
    planes = np.concatenate([offset.transpose(2, 0, 1).reshape(3, -1) for offset in offsets], axis=1)
    size = np.array([offset.shape[:2] for offset in offsets])
    first = np.cumsum(size.prod(axis=1)) - size.prod(axis=1)
    inked = np.take(planes, first[owner] + row * size[owner, 1] + column, axis=1).astype(np.float64)
    pixel_edges = np.searchsorted(owner, np.arange(len(stretches) + 1))
    glyph_edges = np.searchsorted(sheet.owner[boxes[:, 1]], np.arange(len(stretches) + 1))
    boxes[:, [1, 3]] -= sheet.tops[sheet.owner[boxes[:, 1]]][:, None]
    parts = [slice(*edges) for edges in pairwise(pixel_edges.tolist())]
    lines = fit_lines(inked, parts, [stretch.noise for stretch in stretches])
    return [
        None
        if line is None
        else _ink(
            inked[:, part].T,
            line,
            offset,
            stretch.noise,
            row[part],
            column[part],
            glyph[part] - start,
            boxes[start:end],
        )
        for part, line, offset, stretch, (start, end) in zip(
            parts, lines, offsets, stretches, pairwise(glyph_edges.tolist()), strict=True
        )
    ]


def _ink(
    offsets: NDArray[np.float64],
    line: Line,
    dense: NDArray[np.int16],
    noise: int,
    row: NDArray[np.intp],
    column: NDArray[np.intp],
    glyph: NDArray[np.intp],
    boxes: NDArray[np.intp],
) -> Ink:
    hues, line = without_fringes(offsets, line, dense, row, column, glyph, noise)
    line = without_overlaps(line, offsets, row, column, glyph)
    return Ink(offsets, hues, lengths(hues), line, row, column, glyph, boxes)


def _inked(offsets: NDArray[np.int16], stretch: Stretch) -> NDArray[np.bool_]:
    """Return which pixels of a stretch differ from its background as its text does."""
    line, noise = stretch.line, stretch.noise
    distance = np.abs(offsets).max(axis=2)
    core = distance[line.top : line.bottom, line.left : line.right].ravel()
    rank = int(STRONGEST_QUANTILE * (core.size - 1))
    strongest = int(np.partition(core, rank)[rank]) if core.size else 0
    visible = strongest >= MIN_VISIBLE_LEVELS + noise
    inked: NDArray[np.bool_] = distance > (max(INK_FLOOR + noise, INK_SHARE * strongest) if visible else np.inf)
    return inked


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The masks of stretches, stacked with an empty row between them.

    tops (stretches,) are the first rows of the masks, owner (rows,) the stretch of each row. core (stretches, 4) are
    left, top, right and bottom (exclusive) of the lines' cores, band (stretches, 2) first and last row (exclusive) of
    their bands.
    """

    mask: NDArray[np.bool_]
    tops: NDArray[np.intp]
    owner: NDArray[np.intp]
    core: NDArray[np.intp]
    band: NDArray[np.intp]

    @property
    def heights(self) -> NDArray[np.intp]:
        """The cores' heights, shape (stretches,)."""
        return self.core[:, 3] - self.core[:, 1]

    @classmethod
    def of(cls, masks: Sequence[NDArray[np.bool_]], stretches: Sequence[Stretch]) -> Self:
        """Stack masks on a sheet."""
        rows = np.array([len(mask) + 1 for mask in masks])
        tops = np.cumsum(rows) - rows
        sheet = np.zeros((rows.sum(), max(mask.shape[1] for mask in masks)), np.bool_)
        for top, mask in zip(tops.tolist(), masks, strict=True):
            sheet[top : top + len(mask), : mask.shape[1]] = mask
        lines = [stretch.line for stretch in stretches]
        core = np.array([(line.left, line.top, line.right, line.bottom) for line in lines])
        core[:, [1, 3]] += tops[:, None]
        bands = [line.band() for line in lines]
        band = np.array([(rows.start, rows.stop) for rows in bands]) + tops[:, None]
        return cls(sheet, tops, np.repeat(np.arange(len(rows)), rows), core, band)


def _glyphs(sheet: _Sheet) -> Runs:
    """Return the shapes that cross the lines' cores, from the top, with attached rules cut off."""
    shapes = _without_underlines(connected_components(sheet.mask), sheet)
    in_core, areas = _in_core(shapes, sheet), shapes.areas()
    whole = in_core >= IN_CORE * areas
    attached = (in_core > 0) & ~whole
    glyphs = shapes.where(whole)
    if not attached.any():
        return glyphs
    rest = shapes.where(attached)
    first, last = sheet.band[sheet.owner[rest.row]].T
    inside = (rest.row >= first) & (rest.row < last)
    freed = join_runs(rest.row[inside], rest.start[inside], rest.end[inside])
    boxes = freed.boxes()
    wide = boxes[:, 2] - boxes[:, 0] >= DESCENDER_WIDTH * sheet.heights[sheet.owner[boxes[:, 1]]]
    return glyphs.merged(freed.where((_in_core(freed, sheet) >= IN_CORE * freed.areas()) & wide))


def _without_underlines(shapes: Runs, sheet: _Sheet) -> Runs:
    """Return the shapes without long strokes below the core, which descenders may touch."""
    owner = sheet.owner[shapes.row]
    long = shapes.end - shapes.start >= UNDERLINE * sheet.heights[owner]
    kept = ~(long & (shapes.row >= sheet.core[owner, 3]))
    return shapes if kept.all() else join_runs(shapes.row[kept], shapes.start[kept], shapes.end[kept])


def _in_core(shapes: Runs, sheet: _Sheet) -> NDArray[np.intp]:
    return shapes.areas_within(*sheet.core[sheet.owner[shapes.row]].T)
