"""8-bit sRGB colors as whole numbers, 0xRRGGBB: NumPy sorts and compares these faster than rows of three."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def pack(colors: NDArray[np.integer[Any]]) -> NDArray[np.uint32]:
    """Return one number a color, in the order of red, then green, then blue. Takes (..., 3), returns (...)."""
    codes = colors[..., 0].astype(np.uint32)
    for channel in (1, 2):
        codes <<= 8
        codes |= colors[..., channel].astype(np.uint32)
    return codes


def unpack(codes: NDArray[np.uint32]) -> NDArray[np.int16]:
    """Return the colors, shape (n, 3), that `pack` made numbers (n,) of; differences of them fit their type too."""
    return np.stack([(codes >> shift & 255).astype(np.int16) for shift in (16, 8, 0)]).T


def are_mixes(
    one: NDArray[np.int16], middle: NDArray[np.int16], other: NDArray[np.int16], tolerance: float
) -> NDArray[np.bool_]:
    """Whether the middle colors lie between two others, all on the 8-bit scale, of shape (..., 3).

    tolerance is how far off the line they may be, in Euclidean levels.
    """
    span = (other - one).astype(np.float64)
    share = ((middle - one) * span).sum(axis=-1) / np.maximum((span * span).sum(axis=-1), 1)
    off_line = np.linalg.norm(middle - one - share[..., None] * span, axis=-1)
    mixed: NDArray[np.bool_] = (share > 0) & (share < 1) & (off_line <= tolerance)
    return mixed
