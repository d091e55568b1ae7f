"""Hues of text that anti-aliasing does not change: the direction of what all pixels of a shape add to its background.

The pixels at the edges of a glyph may be tinted: with subpixel (LCD) anti-aliasing each channel has its own coverage.
But each channel covers the glyph as much in total, so that the sum of its pixels' offsets from the background has the
hue of the text. Offsets are colors minus the background color.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

OFF_HUE: Final = 0.03
"""Angle between the summed offsets of shapes of one color: 0.013 is the most of 16,200 glyphs with grayscale
anti-aliasing, in ten scripts and nine weights. Colors of highlighted code differ by 0.1 and more."""
OFF_FRINGED_HUE: Final = 0.09  # of 4,700 glyphs with subpixel anti-aliasing, one is farther off: faint edges are no ink
FRINGED: Final = (
    0.025  # mean angle of pixels to their glyph's hue, by weight: of such lines 0.04 is the least, else 0.007
)


def summed(offsets: NDArray[np.float64], group: NDArray[np.intp], count: int) -> NDArray[np.float64]:
    """Return the sum of the offsets (n, 3) of each of `count` groups of pixels, as unit vectors, shape (count, 3)."""
    sums = np.stack([np.bincount(group, channel, minlength=count) for channel in offsets.T], axis=1)
    units: NDArray[np.float64] = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    return units


def are_fringed(offsets: NDArray[np.float64], group: NDArray[np.intp], hues: NDArray[np.float64]) -> bool:
    """Return whether the pixels (n, 3) of glyphs are tinted, given the glyph of each (n,) and its hue (glyphs, 3)."""
    length = np.sqrt((offsets * offsets).sum(axis=1))
    along = (offsets * hues[group]).sum(axis=1)
    return bool(np.sqrt(np.maximum(length**2 - along**2, 0)).sum() > FRINGED * length.sum())


def angles(hues: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the angles, about in radians, between unit vectors (..., 3)."""
    between: NDArray[np.float64] = np.sqrt(((hues - other) ** 2).sum(axis=-1))
    return between
