"""The colors of an area and how many pixels have each; the benchmarks' own, as `wcag` is."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.truth.wcag import luminance

PLACES: Final = np.array([1 << 16, 1 << 8, 1], np.uint32)


@dataclass(frozen=True, slots=True)
class Histogram:
    """Distinct colors, shape (n, 3), of ascending red, then green, then blue, and the number of pixels of each."""

    colors: NDArray[np.uint8]
    counts: NDArray[np.int64]

    @property
    def luminances(self) -> NDArray[np.float64]:
        """The relative luminance of each color."""
        return luminance(self.colors)


def histogram(pixels: NDArray[np.uint8]) -> Histogram:
    """Count the colors of pixels of shape (…, 3)."""
    numbers, counts = np.unique(packed(pixels), return_counts=True)
    return Histogram(unpacked(numbers), counts)


def packed(pixels: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """Return each color of shape (…, 3) as one number, 0xRRGGBB."""
    wide = pixels.astype(np.uint32)
    numbers: NDArray[np.uint32] = wide @ PLACES
    return numbers


def unpacked(numbers: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """Return the colors, shape (…, 3), that `packed` made numbers of."""
    return np.stack([numbers >> 16, (numbers >> 8) & 0xFF, numbers & 0xFF], axis=-1).astype(np.uint8)
