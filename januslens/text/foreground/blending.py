"""The steps in which text with subpixel (LCD) fringes was mixed with its background.

Skia, which draws the text of Chromium and Android, keeps five bits of an LCD's coverage, and rounds the product with
the text's opacity down to one of 32 steps (SkBlendLCD16 in src/core). So translucent text is up to a step short of its
color; at full coverage, opaque text is exact. Where both its fringes and its color are whole steps of the same size,
the size tells which it is. Other rasterizers mix in 256 steps.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

OPAQUE: Final = 32  # steps from the background to opaque text
FEWEST: Final = 8  # steps: a quarter of the opacity
MIN_RANGE: Final = 24  # levels of a channel: in a smaller range steps of 1/32 are not told apart
EDGE: Final = 0.03  # of the color, at both ends: these pixels are whole steps of any size
WHOLE: Final = 1.0  # levels off a whole step: rounding
ON_STEPS: Final = 0.95  # of the mixes: of 783 runs of opaque text, 781 are on steps of 1/32, and 17 also on others


def blend_steps(offsets: NDArray[np.float64], end: NDArray[np.float64]) -> int | None:
    """Return the number of steps of 1/32 that make up the color of translucent text with LCD fringes.

    offsets (n, 3) are those of its pixels from the background, end (3,) is that of its color. Returns None if the text
    is opaque, or was not mixed in such steps. Where too few or too small mixes leave several numbers possible, it is
    the least.
    """
    wide = np.abs(end) >= MIN_RANGE
    shares = offsets[:, wide] / end[wide]
    levels = np.broadcast_to(np.abs(end[wide]), shares.shape)
    mixed = (shares > EDGE) & (shares < 1 - EDGE)
    shares, levels = shares[mixed], levels[mixed]
    if not len(shares):
        return None
    steps = np.arange(FEWEST, OPAQUE + 1)[:, None]
    on_steps = (np.abs(shares * steps - np.round(shares * steps)) * levels <= WHOLE * steps).mean(axis=1)
    fewer = np.flatnonzero(on_steps[:-1] >= ON_STEPS)
    return FEWEST + int(fewer[0]) if len(fewer) else None
