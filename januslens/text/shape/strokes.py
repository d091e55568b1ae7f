"""Measurement of the strokes of runs: their number along the line, their width, and their coverage of each row.

Many runs are measured together, as in `ink`: their pixels are concatenated in the same arrays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.text.crop import LineCrop

LETTER: Final = 0.65  # coverage that each stroke of a letter reaches
SOLID: Final = 0.75  # coverage of its box: a disc's is 0.785, a bar's 1, a letter's less unless it is l, I or a dash
STEM: Final = 0.25  # coverage from which a pixel belongs to a stroke


@dataclass(frozen=True, slots=True)
class RunPixels:
    """The inked pixels of a run of text, in row-major order, and their coverage by ink, 0 to 1.

    row and column are positions in the line's crop. glyph is the index of a pixel's glyph in boxes, shape (glyphs, 4),
    which are left, top, right and bottom (exclusive) and may contain glyphs of other runs too.
    """

    line: LineCrop
    row: NDArray[np.intp]
    column: NDArray[np.intp]
    coverage: NDArray[np.float64]
    glyph: NDArray[np.intp]
    boxes: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Strokes:
    """The strokes of a run of text: their number, their usual width, and their ink by row.

    letters is the number of strokes along the line, of which a letter has one or two; it is 0 if every shape fills its
    box, as dots and bars do. stem is their median width in image pixels, 0 if there are none in the line's core.
    profile is the coverage of each row of the line's band (the core, and 0.45 of its height above and below), in
    pixels.
    """

    letters: int
    stem: float
    profile: NDArray[np.float64]

    @property
    def edges(self) -> NDArray[np.float64]:
        """The increase of ink from each row of the profile to the next, shape (rows + 1,), negative where ink ends.

        Its index is that of the lower of both rows. The rows before the first and after the last one count as empty.
        """
        framed = np.zeros(len(self.profile) + 2)
        framed[1:-1] = self.profile
        edges: NDArray[np.float64] = framed[1:] - framed[:-1]
        return edges

    @property
    def baseline(self) -> int:
        """The index in the profile of the first row below the baseline: that in its lower half where most ink ends."""
        edges = self.edges
        middle = len(edges) // 2
        return middle + int(edges[middle:].argmin())


def measure_strokes(runs: Sequence[RunPixels]) -> list[Strokes]:
    """Return the strokes of each of several runs of text, in the same order: their number, width, and ink by row."""
    if not runs:
        return []
    owner = np.repeat(np.arange(len(runs)), [len(run.row) for run in runs])
    row = np.concatenate([run.row for run in runs])
    column = np.concatenate([run.column for run in runs])
    coverage = np.concatenate([run.coverage for run in runs])
    letters = _count(runs, owner, column, coverage)
    letters[_solid(runs, owner, coverage)] = 0
    stems = _stems(runs, owner, row, column, coverage)
    profiles = _profiles(runs, owner, row, coverage)
    return [Strokes(*of_run) for of_run in zip(letters.tolist(), stems.tolist(), profiles, strict=True)]


def _count(
    runs: Sequence[RunPixels], owner: NDArray[np.intp], column: NDArray[np.intp], coverage: NDArray[np.float64]
) -> NDArray[np.intp]:
    """Return the number of strokes of each run along its line."""
    widths = np.array([run.line.pixels.shape[1] + 1 for run in runs])  # with a column between one run and the next
    left = np.cumsum(widths) - widths + 1
    highest = np.zeros(widths.sum() + 1)
    np.maximum.at(highest, left[owner] + column, coverage)
    inked = highest >= LETTER
    begins = np.flatnonzero(inked[1:] & ~inked[:-1]) + 1
    return np.bincount(np.searchsorted(left, begins, side="right") - 1, minlength=len(runs))


def _solid(runs: Sequence[RunPixels], owner: NDArray[np.intp], coverage: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return for each run whether all its glyphs fill their boxes."""
    glyphs = np.array([len(run.boxes) for run in runs])
    first = np.cumsum(glyphs) - glyphs
    boxes = np.concatenate([run.boxes for run in runs])
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    glyph = np.concatenate([run.glyph for run in runs]) + first[owner]
    inked = np.bincount(glyph, coverage, minlength=len(boxes))
    solid = (inked >= SOLID * area) | (inked == 0)
    return np.logical_and.reduceat(solid, first)


def _stems(
    runs: Sequence[RunPixels],
    owner: NDArray[np.intp],
    row: NDArray[np.intp],
    column: NDArray[np.intp],
    coverage: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the median width of each run's strokes in the rows of its core."""
    top, bottom = np.array([(run.line.top, run.line.bottom) for run in runs]).T
    inside = np.flatnonzero((coverage > STEM) & (row >= top[owner]) & (row < bottom[owner]))
    stems = np.zeros(len(runs))
    if not len(inside):
        return stems
    owner, row, column = owner[inside], row[inside], column[inside]
    apart = (np.diff(owner) != 0) | (np.diff(row) != 0) | (np.diff(column) != 1)
    begins = np.flatnonzero(np.append(True, apart))
    width, of_run = np.add.reduceat(coverage[inside], begins), owner[begins]
    by_width = width[np.lexsort((width, of_run))]
    present, first, count = np.unique(of_run, return_index=True, return_counts=True)
    stems[present] = by_width[first + count // 2]
    return stems


def _profiles(
    runs: Sequence[RunPixels], owner: NDArray[np.intp], row: NDArray[np.intp], coverage: NDArray[np.float64]
) -> list[NDArray[np.float64]]:
    """Return the coverage of each row of its band by each run."""
    heights = np.array([len(run.line.pixels) for run in runs])
    top = np.cumsum(heights) - heights
    covered = np.bincount(top[owner] + row, coverage, minlength=heights.sum())
    bands = [run.line.band() for run in runs]
    return [covered[at + band.start : at + band.stop] for at, band in zip(top.tolist(), bands, strict=True)]
