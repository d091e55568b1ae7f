"""Connected components of a mask, found from its horizontal runs.

Runs instead of pixels: a mask of text has a few thousand runs where it has a million pixels, so NumPy alone is fast
enough and no image-processing library need be in the Lambda layer.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Runs:
    """Horizontal runs of a mask, in row-major order, each with the number of the component that it belongs to.

    start is inclusive, end exclusive; component counts from 0 without gaps.
    """

    row: NDArray[np.intp]
    start: NDArray[np.intp]
    end: NDArray[np.intp]
    component: NDArray[np.intp]

    @property
    def count(self) -> int:
        """How many components there are."""
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

    def labels(self, shape: tuple[int, int]) -> NDArray[np.intp]:
        """Return the component of each pixel, -1 outside the mask, in an array of the mask's shape."""
        labels = np.full(shape, -1, np.intp)
        length = self.end - self.start
        offset = np.arange(int(length.sum())) - np.repeat(np.cumsum(length) - length, length)
        labels[np.repeat(self.row, length), np.repeat(self.start, length) + offset] = np.repeat(self.component, length)
        return labels


def connected(mask: NDArray[np.bool_]) -> Runs:
    """Find the 8-connected components of a two-dimensional mask."""
    width = mask.shape[1]
    padded = np.zeros((mask.shape[0], width + 2), np.int8)
    padded[:, 1:-1] = mask
    edges = np.diff(padded, axis=1)
    row, start = np.nonzero(edges == 1)
    end = np.nonzero(edges == -1)[1]
    upper, lower = _touching(row, start, end, width)
    root = _join(len(row), upper, lower)
    return Runs(row, start, end, np.unique(root, return_inverse=True)[1].astype(np.intp))


def _touching(
    row: NDArray[np.intp], start: NDArray[np.intp], end: NDArray[np.intp], width: int
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the pairs of runs that touch, by side or corner, between one row and the next."""
    stride = width + 2
    below = (row + 1) * stride
    first = np.searchsorted(row * stride + end, below + start, side="left")
    last = np.searchsorted(row * stride + start, below + end, side="right")
    count = np.maximum(last - first, 0)
    upper = np.repeat(np.arange(len(row)), count)
    offset = np.arange(len(upper)) - np.repeat(np.cumsum(count) - count, count)
    return upper, np.repeat(first, count) + offset


def _join(count: int, one: NDArray[np.intp], other: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return for each of count nodes the smallest node that the pairs connect it with."""
    root = np.arange(count)
    while True:
        smaller = np.minimum(root[one], root[other])
        before = root.copy()
        np.minimum.at(root, before[one], smaller)
        np.minimum.at(root, before[other], smaller)
        root = root[root]
        if np.array_equal(root, before):
            return root
