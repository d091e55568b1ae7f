"""The light/dark split: the most frequent color of the lighter part of a histogram on that of the darker part.

Android's Accessibility Test Framework splits at the mean luminance of the distinct colors, however many pixels each
has, and rounds the ratio to two decimals: `ContrastSwatch.separateColorsUsingSingleForegroundMethod` (its default; the
other method is opt-in), https://github.com/google/Accessibility-Test-Framework-for-Android.

Flutter's `MinimumTextContrastGuideline` splits at the mean HSL lightness of the pixels: `_ContrastReport`,
https://github.com/flutter/flutter/blob/master/packages/flutter_test/lib/src/accessibility.dart.

Of two colors that are as frequent, Android's takes the one of the lower number 0xRRGGBB, Flutter's the one that it met
first, column by column.
"""

import numpy as np
from numpy.typing import NDArray

from benchmarks.truth.histogram import Histogram, histogram, packed, unpacked
from benchmarks.truth.wcag import contrast


def android_ratio(pixels: NDArray[np.uint8]) -> float | None:
    """Return the ratio that Android's framework computes; None where there is but one color, which it doesn't judge."""
    colors = histogram(pixels)
    if len(colors.counts) == 1:
        return None
    luminances = colors.luminances
    return round(_ratio_of_modes(colors, luminances < luminances.mean()), 2)


def flutter_ratio(pixels: NDArray[np.uint8]) -> float:
    """Return the ratio that Flutter's guideline computes, 1 where there is but one color."""
    columns = pixels.transpose(1, 0, 2).reshape(-1, 3)
    numbers, first, counts = np.unique(packed(columns), return_index=True, return_counts=True)
    met = np.argsort(first)
    colors = Histogram(unpacked(numbers[met]), counts[met])
    lightness = (colors.colors.max(axis=-1) / 255 + colors.colors.min(axis=-1) / 255) / 2
    dark = lightness <= lightness @ colors.counts / colors.counts.sum()
    return 1.0 if dark.all() or not dark.any() else _ratio_of_modes(colors, dark)


def most_contrasting_ratio(pixels: NDArray[np.uint8]) -> float | None:
    """Return the highest contrast of any color to the most frequent one; None where there is but one color."""
    colors = histogram(pixels)
    if len(colors.counts) == 1:
        return None
    luminances = colors.luminances
    return float(contrast(luminances, luminances[colors.counts.argmax()]).max())


def _ratio_of_modes(colors: Histogram, dark: NDArray[np.bool_]) -> float:
    luminances = colors.luminances
    modes = [luminances[part][colors.counts[part].argmax()] for part in (dark, ~dark)]
    return float(contrast(*modes))
