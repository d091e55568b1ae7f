"""Runs of one color in the rows of a line of text, which show how far a background reaches."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class RowRuns:
    """The runs of true pixels in the rows of several masks of the same size, one mask per color.

    colors is the number of masks, width theirs. color, row, left and right (exclusive) are those of each run.
    """

    colors: int
    width: int
    color: NDArray[np.intp]
    row: NDArray[np.intp]
    left: NDArray[np.intp]
    right: NDArray[np.intp]

    @classmethod
    def of(cls, masks: NDArray[np.bool_]) -> Self:
        """Return the runs of masks of shape (colors, height, width)."""
        colors, height, width = masks.shape
        framed = np.zeros((colors * height, width + 1), np.bool_)  # with a column between one row and the next
        framed[:, 1:] = masks.reshape(-1, width)
        edges = np.flatnonzero(np.diff(framed.ravel(), append=False))
        place, left = np.divmod(edges[::2], width + 1)
        return cls(colors, width, *np.divmod(place, height), left, left + edges[1::2] - edges[::2])

    def at_least(self, length: int) -> Self:
        """Return the runs of at least a length; those that end at the left or right edge may continue beyond it."""
        long = np.flatnonzero((self.right - self.left >= length) | (self.left == 0) | (self.right == self.width))
        return replace(self, color=self.color[long], row=self.row[long], left=self.left[long], right=self.right[long])

    def columns(self, rows: range) -> NDArray[np.bool_]:
        """Return for each color which columns runs in some of the rows cover, shape (colors, width)."""
        chosen = np.flatnonzero((self.row >= rows.start) & (self.row < rows.stop))
        first, size = self.color[chosen] * (self.width + 1), self.colors * (self.width + 1)
        begun = np.bincount(first + self.left[chosen], minlength=size)
        ended = np.bincount(first + self.right[chosen], minlength=size)
        covered: NDArray[np.bool_] = np.cumsum(begun - ended).reshape(self.colors, -1)[:, :-1] > 0
        return covered


def spans(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the first and last (exclusive) index of each run of true elements of a mask of shape (n,)."""
    edges = np.flatnonzero(np.diff(mask, prepend=False, append=False))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
