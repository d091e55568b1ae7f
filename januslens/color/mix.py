"""Mixes of two colors, as anti-aliasing paints them where two areas meet: on the straight line between both in sRGB."""

import numpy as np
from numpy.typing import NDArray


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
