"""The most contrasting pixel: the background is the most frequent color, the text the one of highest contrast to it.

What a naive reading of the definitions gives, and the second half of what axe-windows does in each row of pixels.
"""

import numpy as np
from numpy.typing import NDArray

from benchmarks.histogram import histogram
from benchmarks.wcag import contrast


def most_contrasting_ratio(pixels: NDArray[np.uint8]) -> float | None:
    """Return the highest contrast of any color to the most frequent one; None where there is but one color."""
    colors = histogram(pixels)
    if len(colors.counts) == 1:
        return None
    luminances = colors.luminances
    return float(contrast(luminances, luminances[colors.counts.argmax()]).max())
