"""Grouping of glyphs into words, for many lines at once, whose columns are placed side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from januslens.text.crop import LineCrop
from januslens.text.foreground.ink import Ink

RUN_GAP: Final = 2.0  # of the core's height: about 1.3 em; text farther apart is another element
INK_GAP: Final = 1.4
"""The same of the height of all ink, as the core of Chinese and Japanese text is often a third of it. A full-width
comma fills a corner of its cell: in 24 sentences in Noto Sans CJK and Noto Serif CJK, the columns free beside
punctuation are up to 1.13 heights in 95 of 100 places, and 1.42 in 99."""


def run_gap(ink: Ink, line: LineCrop) -> float:
    """Return the maximum number of columns without ink within a run of a stretch of text."""
    height = int(ink.boxes[:, 3].max() - ink.boxes[:, 1].min())
    return max(RUN_GAP * line.core_height, INK_GAP * height)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of several stretches of text placed side by side, so far apart that they do not affect each other.

    A stretch is a part of a line on one background. All columns count from the left of the first stretch. left
    (stretches,) is the first column of each stretch. column (pixels,) is the column of each pixel of their ink,
    first_pixel (stretches,) the index of each stretch's first pixel. boxes (glyphs, 2) are left and right (exclusive)
    of the glyphs. heights (stretches,) are the heights of the lines' cores in pixels, run_gaps (stretches,) the maximum
    numbers of columns between two words of a run. count is the total number of columns.
    """

    left: NDArray[np.intp]
    heights: NDArray[np.intp]
    run_gaps: NDArray[np.float64]
    column: NDArray[np.intp]
    first_pixel: NDArray[np.intp]
    boxes: NDArray[np.intp]
    count: int

    @classmethod
    def of(cls, inks: Sequence[Ink], lines: Sequence[LineCrop]) -> Self:
        """Return the columns of stretches of text placed side by side, given the ink and the line's crop of each."""
        heights = np.array([line.core_height for line in lines])
        widths = (
            np.array([line.pixels.shape[1] for line in lines]) + heights
        )  # all windows are narrower than a line is high
        left = np.cumsum(widths) - widths
        pixels = np.array([len(ink.column) for ink in inks])
        column = np.concatenate([ink.column for ink in inks]) + np.repeat(left, pixels)
        glyphs = [len(ink.boxes) for ink in inks]
        boxes = np.concatenate([ink.boxes[:, ::2] for ink in inks]) + np.repeat(left, glyphs)[:, None]
        run_gaps = np.array([run_gap(ink, line) for ink, line in zip(inks, lines, strict=True)])
        return cls(left, heights, run_gaps, column, np.cumsum(pixels) - pixels, boxes, int(widths.sum()))

    def window(self, share: float) -> NDArray[np.intp]:
        """Return `share` times the core height of each stretch, in whole columns, at least one, shape (stretches,)."""
        return np.maximum(1, np.round(share * self.heights).astype(np.intp))

    def owner_of(self, columns: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return the index of the stretch to which each column belongs; the gap after a stretch belongs to it."""
        return np.searchsorted(self.left, columns, side="right") - 1

    def parts(self) -> Iterator[slice]:
        """Yield, for each stretch in order, the slice of its pixels in `column`."""
        return (slice(*edges) for edges in pairwise([*self.first_pixel.tolist(), len(self.column)]))

    def words(self, word_gap: float) -> "Words":
        """Group the glyphs of each stretch into words, and the words into runs, by the gaps between them.

        Glyphs farther apart than word_gap, a multiple of the height of the line's core, belong to different words,
        words farther apart than the stretch's run gap to different runs. Colors are not considered.
        """
        order = np.argsort(self.boxes[:, 0])
        left, right = self.boxes[order, 0], np.maximum.accumulate(self.boxes[order, 1])
        owner = self.owner_of(left)
        gap = np.append(np.inf, left[1:] - right[:-1])
        gap[np.searchsorted(owner, np.arange(len(self.left)))] = np.inf
        begins = np.flatnonzero(gap > word_gap * self.heights[owner])
        apart = gap[begins] > self.run_gaps[owner[begins]]
        return Words(left[begins], np.searchsorted(owner[begins], np.arange(len(self.left))), np.cumsum(apart) - 1)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of several stretches of text, numbered from left to right through all of them.

    left is the first column of each word, first_of_owner the number of the first word of each stretch, and run the
    number of the run to which each word belongs; runs are separated by wide gaps. Columns are those of `Columns`.
    """

    left: NDArray[np.intp]
    first_of_owner: NDArray[np.intp]
    run: NDArray[np.intp]

    @property
    def count(self) -> int:
        """The number of words in all stretches."""
        return len(self.left)

    def at(self, columns: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return the number of the word that contains each column; a column in a gap belongs to the word before it."""
        return np.searchsorted(self.left, columns, side="right") - 1
