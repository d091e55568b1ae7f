"""Histograms of colors, independent of the code under test."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.truth.wcag import luminance

PLACES: Final = np.array([1 << 16, 1 << 8, 1], np.uint32)


@dataclass(frozen=True, slots=True)
class Histogram:
    """Distinct 8-bit sRGB colors, shape (n, 3), and the number of pixels of each, shape (n,).

    `histogram` sorts them by red, green and blue.
    """

    colors: NDArray[np.uint8]
    counts: NDArray[np.int64]

    @property
    def luminances(self) -> NDArray[np.float64]:
        """The relative luminance of each color, 0 to 1, shape (n,)."""
        return luminance(self.colors)


def histogram(pixels: NDArray[np.uint8]) -> Histogram:
    """Return the distinct colors of pixels of shape (…, 3), in ascending order, and the number of pixels of each."""
    numbers, counts = np.unique(packed(pixels), return_counts=True)
    return Histogram(unpacked(numbers), counts)


def packed(pixels: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """Return colors of shape (…, 3) as integers 0xRRGGBB of shape (…)."""
    wide = pixels.astype(np.uint32)
    numbers: NDArray[np.uint32] = wide @ PLACES
    return numbers


def unpacked(numbers: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """Return integers 0xRRGGBB of shape (…) as colors of shape (…, 3)."""
    return np.stack([numbers >> 16, (numbers >> 8) & 0xFF, numbers & 0xFF], axis=-1).astype(np.uint8)
