"""Contrast as defined by WCAG 2.2, for arrays of pixels.

Sources: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio, success
criterion 1.4.3, and large-scale text, https://www.w3.org/TR/WCAG22/#dfn-large-scale. The benchmarks have their own
implementation so that they share no code with what they judge; the tests compare it with coloraide.
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

WEIGHTS: Final = np.array([0.2126, 0.7152, 0.0722])
FLARE: Final = 0.05
LARGE: Final = 24.0  # CSS px: 18 point
LARGE_BOLD: Final = 18.66  # CSS px: 14 point
BOLD: Final = 700


def _linear_levels() -> NDArray[np.float64]:
    levels = np.arange(256) / 255
    return np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004  of sRGB


LINEAR: Final = _linear_levels()


def luminance(colors: ArrayLike) -> NDArray[np.float64]:
    """Return the relative luminance, 0 to 1, of 8-bit sRGB colors of shape (…, 3); the result has shape (…)."""
    light: NDArray[np.float64] = LINEAR[np.asarray(colors)] @ WEIGHTS
    return light


def contrast(one: ArrayLike, other: ArrayLike) -> NDArray[np.float64]:
    """Return the contrast ratio, 1 to 21, of two arrays of relative luminances, whose shapes broadcast."""
    first, second = np.asarray(one, np.float64), np.asarray(other, np.float64)
    ratio: NDArray[np.float64] = (np.maximum(first, second) + FLARE) / (np.minimum(first, second) + FLARE)
    return ratio


def required_ratio(size: float, weight: int) -> float:
    """Return the contrast ratio that WCAG level AA requires of text: 3 for large text, otherwise 4.5.

    size is in CSS px; weight is the CSS font weight.
    """
    return 3.0 if size >= LARGE or (size >= LARGE_BOLD and weight >= BOLD) else 4.5
