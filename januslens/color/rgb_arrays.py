"""Operations on arrays of 8-bit sRGB colors: packing into integers, and detection of mixes.

A packed color is one integer, 0xRRGGBB, which NumPy sorts and compares faster than rows of three channels.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def pack(colors: NDArray[np.integer[Any]]) -> NDArray[np.uint32]:
    """Pack 8-bit colors, shape (..., 3), into integers 0xRRGGBB, shape (...), which NumPy sorts and compares faster."""
    codes = colors[..., 0].astype(np.uint32)
    for channel in (1, 2):
        codes <<= 8
        codes |= colors[..., channel].astype(np.uint32)
    return codes


def unpack(codes: NDArray[np.uint32]) -> NDArray[np.int16]:
    """Unpack integers 0xRRGGBB, shape (n,), into colors, shape (n, 3).

    The result is int16, so that differences of colors fit its type.
    """
    return np.stack([(codes >> shift & 255).astype(np.int16) for shift in (16, 8, 0)]).T


def are_mixes(
    one: NDArray[np.int16], middle: NDArray[np.int16], other: NDArray[np.int16], tolerance: float
) -> NDArray[np.bool_]:
    """Return whether each middle color is a mix of two other colors, as anti-aliasing paints where two areas meet.

    A mix lies on the straight line in sRGB strictly between both colors. All colors are on the 8-bit scale, shape (...,
    3), one triple per result, shape (...). tolerance is the largest accepted distance from the line, in Euclidean
    levels.
    """
    span = (other - one).astype(np.float64)
    share = ((middle - one) * span).sum(axis=-1) / np.maximum((span * span).sum(axis=-1), 1)
    off_line = np.linalg.norm(middle - one - share[..., None] * span, axis=-1)
    mixed: NDArray[np.bool_] = (share > 0) & (share < 1) & (off_line <= tolerance)
    return mixed
