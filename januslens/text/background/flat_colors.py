"""Flat background colors of a line of text: the frequent colors above and below its x-height."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.color.rgb_arrays import pack, unpack
from januslens.text.crop import LineCrop

MAX_COLORS: Final = 4
MIN_SHARE: Final = 0.05  # of the band: less is a glyph's own color
FLATNESS: Final = 2  # levels of a channel that a flat background may vary by


def matches(pixels: NDArray[np.int16], color: NDArray[np.int16], noise: int) -> NDArray[np.bool_]:
    """Return whether each pixel shows a flat color: all channels are within 2 levels plus noise of the color's.

    pixels have shape (..., 3); color is one color, shape (3,); noise is in levels. The result has shape (...).
    """
    return np.abs(pixels - color).max(axis=-1) <= FLATNESS + noise


@dataclass(frozen=True, slots=True)
class FlatColors:
    """The flat background colors of a line of text, most frequent first.

    colors have shape (3,) each. shares are the parts, 0 to 1, that each color fills of the band above and below the
    line's core (about the x-height), where text covers little. exact is the part of the band's pixels that have one of
    these colors except for noise, rather than one close to it.
    """

    colors: list[NDArray[np.int16]]
    shares: list[float]
    exact: float

    @property
    def explained(self) -> float:
        """The share, 0 to 1, that all colors together fill of the band above and below the line's core."""
        return sum(self.shares)


def find_flat_colors(line: LineCrop, noise: int) -> FlatColors:
    """Find the flat background colors of a line of text: up to four that are frequent above and below its core.

    A color counts if it fills at least 5 % of the pixels there. noise is how far, in levels of a channel, compression
    may have changed a color. If no color is that frequent, the result has none.
    """
    rest, left = _histogram(line)
    total = int(left.sum())
    colors: list[NDArray[np.int16]] = []
    shares: list[float] = []
    exact = 0
    while len(left) and len(colors) < MAX_COLORS:
        color = _mode(rest, left, noise)
        same = matches(rest, color, noise)
        share = float(left[same].sum()) / total
        if share < MIN_SHARE:
            break
        colors.append(color)
        shares.append(share)
        exact += int(left[np.abs(rest - color).max(axis=-1) <= noise].sum())
        other = np.flatnonzero(~same)
        rest, left = np.take(rest.T, other, axis=1).T, left[other]
    return FlatColors(colors, shares, exact / total if total else 0.0)


def _histogram(line: LineCrop) -> tuple[NDArray[np.int16], NDArray[np.intp]]:
    """Return the distinct colors above and below the core, shape (n, 3), and their numbers of pixels."""
    band = line.band()
    sides = [line.pixels[band.start : line.top], line.pixels[line.bottom : band.stop]]
    distinct, counts = np.unique(np.concatenate([pack(side) for side in sides], axis=None), return_counts=True)
    return unpack(distinct), counts


def _mode(colors: NDArray[np.int16], counts: NDArray[np.intp], noise: int) -> NDArray[np.int16]:
    """Return the most frequent color; with noise, the median of the pixels in the most frequent coarse color."""
    color: NDArray[np.int16]
    if not noise:
        color = colors[counts.argmax()]
        return color
    coarse, group = np.unique(colors >> int(noise).bit_length(), axis=0, return_inverse=True)
    most = np.bincount(group.ravel(), counts, minlength=len(coarse)).argmax()
    alike = group.ravel() == most
    color = np.median(np.repeat(colors[alike], counts[alike], axis=0), axis=0).astype(np.int16)
    return color
