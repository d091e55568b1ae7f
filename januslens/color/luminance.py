"""Relative luminance and contrast ratio of sRGB colors.

Source: WCAG 2.2, "relative luminance" and "contrast ratio",
https://www.w3.org/TR/WCAG22/#dfn-relative-luminance, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
"""

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from januslens.color.notation import Rgb

LUMINANCE_WEIGHTS: Final = np.array([0.2126, 0.7152, 0.0722])  # ITU-R BT.709 primaries
LINEAR_LIMIT: Final = 0.04045  # IEC 61966-2-1; WCAG's older 0.03928 differs for no 8-bit value
ENCODED_LIMIT: Final = 0.0031308  # IEC 61966-2-1, the same point on the encoded side
FLARE: Final = 0.05  # light that a viewer's surroundings add to both colors


def linear(srgb: ArrayLike) -> NDArray[np.float64]:
    """Decode sRGB values on the 8-bit scale, 0 to 255, which need not be integers, to linear light from 0 to 1."""
    encoded = np.asarray(srgb, np.float64) / 255
    return np.where(encoded <= LINEAR_LIMIT, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)


def encoded(linear_light: ArrayLike) -> NDArray[np.float64]:
    """Encode linear-light values, shape (...), as sRGB values on the 8-bit scale, 0 to 255, not rounded.

    Linear light below 0 or above 1 gives results below 0 or above 255; negative values are mirrored, as in CSS Color 4.
    """
    light = np.asarray(linear_light, np.float64)
    magnitude = np.abs(light)
    curved = np.copysign(1.055 * magnitude ** (1 / 2.4) - 0.055, light)
    return 255 * np.where(magnitude <= ENCODED_LIMIT, 12.92 * light, curved)


def relative_luminance(srgb: ArrayLike) -> NDArray[np.float64]:
    """Return WCAG's relative luminance, 0 (black) to 1 (white), of sRGB colors on the 8-bit scale.

    srgb has shape (..., 3) and need not be integers; the result has shape (...).
    """
    luminance: NDArray[np.float64] = linear(srgb) @ LUMINANCE_WEIGHTS
    return luminance


@lru_cache(maxsize=4096)
def luminance(color: Rgb) -> float:
    """Return WCAG's relative luminance, 0 (black) to 1 (white), of one 8-bit sRGB color; results are cached."""
    return float(relative_luminance(color))


def ratio_of_luminances(one: float, other: float) -> float:
    """Return WCAG's contrast ratio, 1 to 21, of two relative luminances, 0 to 1, in either order; it is not rounded."""
    return (max(one, other) + FLARE) / (min(one, other) + FLARE)


def contrast_ratio(one: Rgb, other: Rgb) -> float:
    """Return WCAG's contrast ratio, 1 to 21, of two 8-bit sRGB colors in either order; it is not rounded."""
    return ratio_of_luminances(luminance(one), luminance(other))


def contrast_ratios(colors: NDArray[np.uint8], against: Rgb) -> NDArray[np.float64]:
    """Return WCAG's contrast ratio, 1 to 21, of each of many 8-bit sRGB colors against one other color.

    colors have shape (..., 3); the result has shape (...).
    """
    luminances, other = relative_luminance(colors), luminance(against)
    ratios: NDArray[np.float64] = (np.maximum(luminances, other) + FLARE) / (np.minimum(luminances, other) + FLARE)
    return ratios
