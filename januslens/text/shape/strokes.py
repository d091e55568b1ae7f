"""Measurement of the strokes of runs: their number along the line, their width, and their coverage of each row.

Many runs are measured together, as in `ink`: their pixels are concatenated in the same arrays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from januslens.text.crop import LineCrop
from januslens.text.shape.heights import Heights, measure_heights

LETTER: Final = 0.65  # coverage that each stroke of a letter reaches
SOLID: Final = 0.75  # coverage of its box: a disc's is 0.785, a bar's 1, a letter's less unless it is l, I or a dash
SCRAPS: Final = 0.02  # of a run's ink: the corners of a frame, of another color than its inside
WIDE: Final = 1.1  # of its height: a ring or an icon is as wide as high; joined letters are wider
ALONG: Final = 0.75  # of a run's width, that a headline covers: nine in ten of 149 Devanagari and Bengali words do
NEARLY: Final = 0.4  # of a letter's width, that the last one may lack: two narrow Devanagari letters are 1.6 wide
MAX_LINE: Final = 0.15  # of the height of the line's crop, about twice that of its letters: a headline, not a bar
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

    @property
    def width(self) -> int:
        """The width from the first to the last column of ink, in pixels."""
        return int(self.column.max() - self.column.min()) + 1


@dataclass(frozen=True, slots=True)
class Strokes:
    """The strokes of a run of text: their number, their usual width, their ink by row, and the heights in it.

    letters is the number of strokes along the line, of which a letter has one or two; it is 0 if every shape fills its
    box, as dots and bars do. stem is their median width in image pixels, 0 if there are none in the line's core.
    profile is the coverage of each row of the line's crop, in pixels.
    """

    letters: int
    stem: float
    profile: NDArray[np.float64]
    heights: Heights


@dataclass(frozen=True, slots=True)
class Stack:
    """The pixels of several runs in the same arrays: the run of each pixel, its position and its coverage.

    extents (2, runs) are the first and last column (exclusive) of each run's ink.
    """

    owner: NDArray[np.intp]
    row: NDArray[np.intp]
    column: NDArray[np.intp]
    coverage: NDArray[np.float64]
    extents: NDArray[np.intp]

    @classmethod
    def of(cls, runs: Sequence[RunPixels]) -> Self:
        """Concatenate the pixels of runs, in their order."""
        pixels = np.array([len(run.row) for run in runs])
        first = np.cumsum(pixels) - pixels
        column = np.concatenate([run.column for run in runs])
        return cls(
            np.repeat(np.arange(len(runs)), pixels),
            np.concatenate([run.row for run in runs]),
            column,
            np.concatenate([run.coverage for run in runs]),
            np.array([np.minimum.reduceat(column, first), np.maximum.reduceat(column, first) + 1]),
        )


def measure_strokes(runs: Sequence[RunPixels]) -> list[Strokes]:
    """Return the strokes of each of several runs of text, in the same order."""
    if not runs:
        return []
    stack = Stack.of(runs)
    profiles = _profiles(runs, stack)
    letters = np.maximum(_apart(runs, stack), _joined(runs, stack, _on_one_line(profiles, stack)))
    letters = np.where(_single(runs), np.minimum(letters, 1), letters)
    letters[_solid(runs, stack)] = 0
    stems = _stems(runs, stack)
    heights = measure_heights(profiles)
    return [Strokes(*of_run) for of_run in zip(letters.tolist(), stems.tolist(), profiles, heights, strict=True)]


def _apart(runs: Sequence[RunPixels], stack: Stack) -> NDArray[np.intp]:
    """Return the number of strokes of each run that are apart along its line."""
    widths = np.array([run.line.pixels.shape[1] + 1 for run in runs])  # with a column between one run and the next
    left = np.cumsum(widths) - widths + 1
    highest = np.zeros(widths.sum() + 1)
    np.maximum.at(highest, left[stack.owner] + stack.column, stack.coverage)
    inked = highest >= LETTER
    begins = np.flatnonzero(inked[1:] & ~inked[:-1]) + 1
    return np.bincount(np.searchsorted(left, begins, side="right") - 1, minlength=len(runs))


def _joined(runs: Sequence[RunPixels], stack: Stack, on_one_line: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return the number of letters of each run if they touch, by the strokes that a row of its core crosses.

    A headline, a joined baseline or a strike-through leaves one shape for a whole word. A letter has about two upright
    strokes, and is about as wide as the core is high; an icon as wide as high is one letter, however many its strokes.
    Where all strokes are on one line, three are two letters.
    """
    top, bottom = np.array([(run.line.top, run.line.bottom) for run in runs]).T
    strokes = _segments(
        stack, (stack.coverage >= LETTER) & (stack.row >= top[stack.owner]) & (stack.row < bottom[stack.owner])
    )
    rows = bottom - top
    first = np.cumsum(rows) - rows
    owner = stack.owner[strokes]
    crossed = np.bincount(first[owner] + stack.row[strokes] - top[owner], minlength=rows.sum())
    of_run = np.repeat(np.arange(len(runs)), rows)
    usual = crossed[np.lexsort((crossed, of_run))][first + rows // 2]
    width = stack.extents[1] - stack.extents[0]
    by_width = ((width + NEARLY * rows * on_one_line) // rows).astype(np.intp)
    joined: NDArray[np.intp] = np.minimum((usual + on_one_line) // 2, by_width)
    return joined


def _on_one_line(profiles: Sequence[NDArray[np.float64]], stack: Stack) -> NDArray[np.bool_]:
    """Return for each run whether one stroke goes along it, as a headline does, and its letters are not in a frame."""
    widths = (stack.extents[1] - stack.extents[0]).tolist()
    return np.array(
        [_is_one_line(profile >= ALONG * width) for profile, width in zip(profiles, widths, strict=True)], np.bool_
    )


def _is_one_line(along: NDArray[np.bool_]) -> bool:
    """Return whether the selected rows are one line."""
    rows = np.flatnonzero(along)
    return len(rows) > 0 and bool(rows[-1] - rows[0] + 1 == len(rows) <= MAX_LINE * len(along))


def _single(runs: Sequence[RunPixels]) -> NDArray[np.bool_]:
    """Return for each run whether it is a single shape about as wide as high: a letter, a ring or an icon."""
    single = [(run.glyph == run.glyph[0]).all() for run in runs]
    sides = np.array([run.boxes[run.glyph[0], 2:] - run.boxes[run.glyph[0], :2] for run in runs])
    return np.array(single) & (sides[:, 0] <= WIDE * sides[:, 1])


def _segments(stack: Stack, which: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return the index of the first pixel of each horizontal piece of the selected ink."""
    chosen = np.flatnonzero(which)
    owner, row, column = stack.owner[chosen], stack.row[chosen], stack.column[chosen]
    apart = (np.diff(owner) != 0) | (np.diff(row) != 0) | (np.diff(column) != 1)
    return chosen[np.append(True, apart)] if len(chosen) else chosen


def _solid(runs: Sequence[RunPixels], stack: Stack) -> NDArray[np.bool_]:
    """Return for each run whether its glyphs fill their boxes, but for scraps."""
    glyphs = np.array([len(run.boxes) for run in runs])
    first = np.cumsum(glyphs) - glyphs
    boxes = np.concatenate([run.boxes for run in runs])
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    glyph = np.concatenate([run.glyph for run in runs]) + first[stack.owner]
    inked = np.bincount(glyph, stack.coverage, minlength=len(boxes))
    other = np.where(inked < SOLID * area, inked, 0)
    solid: NDArray[np.bool_] = np.add.reduceat(other, first) <= SCRAPS * np.add.reduceat(inked, first)
    return solid


def _stems(runs: Sequence[RunPixels], stack: Stack) -> NDArray[np.float64]:
    """Return the median width of each run's strokes in the rows of its core."""
    top, bottom = np.array([(run.line.top, run.line.bottom) for run in runs]).T
    owner, row = stack.owner, stack.row
    inside = np.flatnonzero((stack.coverage > STEM) & (row >= top[owner]) & (row < bottom[owner]))
    stems = np.zeros(len(runs))
    if not len(inside):
        return stems
    owner, row, column = owner[inside], row[inside], stack.column[inside]
    apart = (np.diff(owner) != 0) | (np.diff(row) != 0) | (np.diff(column) != 1)
    begins = np.flatnonzero(np.append(True, apart))
    width, of_run = np.add.reduceat(stack.coverage[inside], begins), owner[begins]
    by_width = width[np.lexsort((width, of_run))]
    present, first, count = np.unique(of_run, return_index=True, return_counts=True)
    stems[present] = by_width[first + count // 2]
    return stems


def _profiles(runs: Sequence[RunPixels], stack: Stack) -> list[NDArray[np.float64]]:
    """Return the coverage of each row of its line's crop by each run."""
    heights = np.array([len(run.line.pixels) for run in runs])
    top = np.cumsum(heights) - heights
    covered = np.bincount(top[stack.owner] + stack.row, stack.coverage, minlength=heights.sum())
    return np.split(covered, top[1:])
