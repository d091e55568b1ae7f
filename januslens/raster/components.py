"""Connected components of a mask, found from its horizontal runs.

A mask of text has a few thousand runs but a million pixels. Working on runs makes NumPy alone fast enough, so that no
image-processing library is needed.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Runs:
    """Horizontal runs of a mask, in row-major order, each with the number of the connected component it belongs to.

    A run is the maximal stretch of selected pixels in a row: start is its first column, end the last (exclusive).
    components are numbered from 0 without gaps.
    """

    row: NDArray[np.intp]
    start: NDArray[np.intp]
    end: NDArray[np.intp]
    component: NDArray[np.intp]

    @property
    def count(self) -> int:
        """The number of connected components, not of runs."""
        return int(self.component.max(initial=-1)) + 1

    def boxes(self) -> NDArray[np.intp]:
        """Return the bounding box of each component as left, top, right, bottom (exclusive), shape (count, 4)."""
        boxes = np.empty((self.count, 4), np.intp)
        boxes[:, :2] = np.iinfo(np.intp).max
        boxes[:, 2:] = 0
        np.minimum.at(boxes[:, 0], self.component, self.start)
        np.minimum.at(boxes[:, 1], self.component, self.row)
        np.maximum.at(boxes[:, 2], self.component, self.end)
        np.maximum.at(boxes[:, 3], self.component, self.row + 1)
        return boxes

    def areas(self) -> NDArray[np.intp]:
        """Return the number of pixels of each component, shape (count,)."""
        return np.bincount(self.component, weights=self.end - self.start, minlength=self.count).astype(np.intp)

    def pixels(self) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
        """Return the row, column and component of each pixel of the mask, run by run, shape (pixels,) each."""
        length = self.end - self.start
        first = np.cumsum(length) - length
        column = np.arange(int(length.sum())) + np.repeat(self.start - first, length)
        return np.repeat(self.row, length), column, np.repeat(self.component, length)

    def areas_within(
        self, left: NDArray[np.intp], top: NDArray[np.intp], right: NDArray[np.intp], bottom: NDArray[np.intp]
    ) -> NDArray[np.intp]:
        """Return the number of each component's pixels inside boxes, shape (count,).

        One box is given per run, not per component: left, top, right and bottom have the shape of `row`; right and
        bottom are exclusive. A run is compared with its own box only.
        """
        overlap = np.maximum(np.minimum(self.end, right) - np.maximum(self.start, left), 0)
        overlap *= (self.row >= top) & (self.row < bottom)
        return np.bincount(self.component, weights=overlap, minlength=self.count).astype(np.intp)

    def where(self, kept: NDArray[np.bool_]) -> "Runs":
        """Return the runs of the components selected by a mask (count,), renumbered without gaps."""
        chosen = kept[self.component]
        number = np.cumsum(kept) - 1
        return Runs(self.row[chosen], self.start[chosen], self.end[chosen], number[self.component[chosen]])

    def merged(self, others: "Runs") -> "Runs":
        """Return the components of both, which are distinct components of the same mask, in one set of runs.

        The runs are in row-major order and the components are numbered by their first run. Components that touch are
        not joined.
        """
        row, start, end = (
            np.concatenate(pair)
            for pair in ((self.row, others.row), (self.start, others.start), (self.end, others.end))
        )
        component = np.concatenate([self.component, others.component + self.count])
        order = np.lexsort((start, row))
        first = np.unique(component[order], return_index=True)[1]
        number = np.argsort(np.argsort(first))
        return Runs(row[order], start[order], end[order], number[component[order]])


def connected_components(mask: NDArray[np.bool_]) -> Runs:
    """Find the connected components of a mask, shape (height, width), as its horizontal runs.

    Selected pixels are connected if they touch by a side or a corner.
    """
    height, width = mask.shape
    padded = np.zeros((height, width + 2), np.bool_)
    padded[:, 1:-1] = mask
    flat = padded.ravel()
    edges = np.flatnonzero(flat[1:] != flat[:-1])  # the first pixel of a run here, as the padding is one before it
    row, start = np.divmod(edges[::2], width + 2)
    return join_runs(row, start, start + edges[1::2] - edges[::2])


def join_runs(
    row: NDArray[np.intp],
    start: NDArray[np.intp],
    end: NDArray[np.intp],
    color: NDArray[np.intp] | None = None,
) -> Runs:
    """Find the connected components of a mask given as its horizontal runs, in row-major order.

    start and end (exclusive) are columns. Runs in adjacent rows are connected if they touch by a side or a corner. If a
    color is given for each run, only runs of the same color are joined. Runs next to each other in one row are not
    joined directly.
    """
    upper, lower = _touching(row, start, end)
    if color is not None:
        alike = color[upper] == color[lower]
        upper, lower = upper[alike], lower[alike]
    root = _join(len(row), upper, lower)
    is_root = root == np.arange(len(root))
    return Runs(row, start, end, (np.cumsum(is_root) - 1)[root])


def _touching(
    row: NDArray[np.intp], start: NDArray[np.intp], end: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the pairs of runs in adjacent rows that touch by a side or a corner."""
    stride = int(end.max(initial=0)) + 2
    below = (row + 1) * stride
    first = np.searchsorted(row * stride + end, below + start, side="left")
    last = np.searchsorted(row * stride + start, below + end, side="right")
    count = np.maximum(last - first, 0)
    upper = np.repeat(np.arange(len(row)), count)
    offset = np.arange(len(upper)) - np.repeat(np.cumsum(count) - count, count)
    return upper, np.repeat(first, count) + offset


def _join(count: int, one: NDArray[np.intp], other: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return for each of count nodes the smallest node that it is connected with by the pairs."""
    root = np.arange(count)
    while len(one):
        a, b = root[one], root[other]
        root[np.maximum(a, b)] = np.minimum(a, b)  # where several pairs meet, one wins now and the others later
        jumped = root[root]
        while not np.array_equal(jumped, root):
            root, jumped = jumped, jumped[jumped]
        apart = root[one] != root[other]
        one, other = one[apart], other[apart]
    return root
