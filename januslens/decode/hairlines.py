"""Lines of one and of two pixels: borders and rules of interfaces, whose usual width is 1 CSS px."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

LENGTH: Final = 16  # pixels of a line that is counted: longer than the strokes of letters
SAMPLED: Final = 4  # one in so many stretches of this length is examined in each row


def count_hairlines(pixels: NDArray[np.uint8]) -> tuple[int, int]:
    """Count stretches of horizontal lines that are exactly one pixel high, and of those exactly two pixels high.

    pixels has shape (height, width, 3). A stretch is 16 pixels of one color between two rows of another color, the same
    above and below. One in four columns of stretches is examined, so the counts are for comparison with each other.
    """
    height, width = pixels.shape[:2]
    stretches = pixels[:, : width // LENGTH * LENGTH].reshape(height, -1, LENGTH, 3)[:, ::SAMPLED]
    color = stretches[:, :, 0].astype(np.int32) @ np.array([1 << 16, 1 << 8, 1])
    color[(stretches != stretches[:, :, :1]).any(axis=(2, 3))] = -1  # of several colors
    return _count(color, 1), _count(color, 2)


def _count(color: NDArray[np.int_], thickness: int) -> int:
    above, below = color[: -1 - thickness], color[1 + thickness :]
    first, last = color[1:-thickness], color[thickness:-1]
    between = (first == last) & (first != above) & (first >= 0)
    return int(np.count_nonzero((above == below) & (above >= 0) & between))
