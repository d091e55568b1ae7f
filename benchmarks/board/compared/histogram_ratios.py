"""Algorithms on the histogram of a text's box: two light/dark splits, and the most contrasting pixel.

A light/dark split takes the most frequent color of the lighter part of the histogram and that of the darker part.

Android's Accessibility Test Framework splits at the mean luminance of the distinct colors, regardless of their
frequency, and rounds the ratio to two decimals: `ContrastSwatch.separateColorsUsingSingleForegroundMethod` (its
default; the other method is opt-in), https://github.com/google/Accessibility-Test-Framework-for-Android.

Flutter's `MinimumTextContrastGuideline` splits at the mean HSL lightness of the pixels: `_ContrastReport`,
https://github.com/flutter/flutter/blob/master/packages/flutter_test/lib/src/accessibility.dart.

Of two equally frequent colors, Android's takes the one with the lower number 0xRRGGBB, Flutter's the one that it
encountered first, column by column.

The most contrasting pixel takes the most frequent color as background and the color with the highest contrast to it as
text. It is a naive reading of the definitions, and the second half of what axe-windows does in each row of pixels.
"""

import numpy as np
from numpy.typing import NDArray

from benchmarks.truth.histogram import Histogram, histogram, packed, unpacked
from benchmarks.truth.wcag import contrast


def android_ratio(pixels: NDArray[np.uint8]) -> float | None:
    """Return the ratio that Android's framework computes for pixels of shape (height, width, 3).

    Return None for a single color, which the framework does not judge.
    """
    colors = histogram(pixels)
    if len(colors.counts) == 1:
        return None
    luminances = colors.luminances
    return round(_ratio_of_modes(colors, luminances < luminances.mean()), 2)


def flutter_ratio(pixels: NDArray[np.uint8]) -> float:
    """Return the ratio that Flutter's guideline computes for pixels of shape (height, width, 3).

    The ratio is 1 for a single color.
    """
    columns = pixels.transpose(1, 0, 2).reshape(-1, 3)
    numbers, first, counts = np.unique(packed(columns), return_index=True, return_counts=True)
    met = np.argsort(first)
    colors = Histogram(unpacked(numbers[met]), counts[met])
    lightness = (colors.colors.max(axis=-1) / 255 + colors.colors.min(axis=-1) / 255) / 2
    dark = lightness <= lightness @ colors.counts / colors.counts.sum()
    return 1.0 if dark.all() or not dark.any() else _ratio_of_modes(colors, dark)


def most_contrasting_ratio(pixels: NDArray[np.uint8]) -> float | None:
    """Return the highest contrast ratio of any color to the most frequent one; None for a single color.

    The shape of pixels is (height, width, 3).
    """
    colors = histogram(pixels)
    if len(colors.counts) == 1:
        return None
    luminances = colors.luminances
    return float(contrast(luminances, luminances[colors.counts.argmax()]).max())


def _ratio_of_modes(colors: Histogram, dark: NDArray[np.bool_]) -> float:
    luminances = colors.luminances
    modes = [luminances[part][colors.counts[part].argmax()] for part in (dark, ~dark)]
    return float(contrast(*modes))
