"""The probability of each scale that follows from an image's width and height alone.

An image is the screen of a phone or of a tablet, a desktop page, or a part of one. Screens and windows have usual
widths in CSS pixels, so that a scale is likely if it makes the image as wide: 1170 pixels are 390 CSS px at 3, and at 2
they are the width of no phone. Sources of the widths: Apple's and Android manufacturers' data sheets for phones and
tablets; the usual resolutions of displays divided by the zoom factors of Windows and macOS for desktops. How common the
kinds and their scales are is a guess; `benchmarks.accuracy.scales` shows how well the result is calibrated.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray

Probabilities = NDArray[np.float64]

DENSITIES: Final = (1.0, 1.25, 1.5, 1.75, 2.0, 2.25, 2.5, 2.625, 2.75, 3.0, 3.5, 4.0)
"""The scales of displays: Windows's zoom factors, and the densities of iOS and Android."""
REDUCED: Final = (0.5, 0.54, 0.58, 0.625, 0.667, 0.71, 0.75, 0.8, 0.85, 0.92, 1.08, 1.16, 1.35, 1.42, 1.6, 1.7, 1.85)
"""Scales of images that were reduced after they were taken, about 8 % apart."""
SCALES: Final = np.array(sorted(DENSITIES + REDUCED))
MAX_PAGE_WIDTH_PX: Final = 2560.0  # CSS px: a wider page is rarely shown
ROUNDING: Final = 1.1  # image pixels: 412 CSS px at 2.625 are 1081.5 px, of which the screen shows 1080 or 1082


@dataclass(frozen=True, slots=True)
class _Screen:
    """A kind of screen: the usual lengths of its shorter side, or of a desktop page's width, in CSS px.

    share is how many of all images show one. usual is the share of these with a usual length; others are from shortest
    to longest. scales are those of its displays, by frequency; reduced is the share that was reduced.
    """

    share: float
    lengths: Sequence[float]
    usual: float
    shortest: float
    longest: float
    scales: Mapping[float, float]
    reduced: float

    def of_length(self, pixels: int) -> Probabilities:
        """Return the probability of each scale together with a length in pixels."""
        near: NDArray[np.bool_] = np.abs(pixels - np.multiply.outer(self.lengths, SCALES)).min(axis=0) <= ROUNDING
        within = (self.shortest * SCALES <= pixels) & (pixels <= self.longest * SCALES)
        listed = self.usual / len(self.lengths) / (2 * ROUNDING)
        other = (1 - self.usual) / (self.longest - self.shortest) / SCALES
        shares = self.share * _shares(self.scales, self.reduced)
        return shares * (listed * near + other * within)


def _shares(scales: Mapping[float, float], reduced: float) -> Probabilities:
    is_reduced = np.isin(SCALES, REDUCED)
    shares = np.array([scales.get(scale, 0.0) for scale in SCALES.tolist()])
    shares *= (1 - reduced) / shares.sum()
    shares += reduced * is_reduced / is_reduced.sum()
    return shares


DESKTOP_SCALES: Final = {1.0: 0.47, 1.25: 0.11, 1.5: 0.1, 1.75: 0.05, 2.0: 0.27}
PHONE: Final = _Screen(
    share=0.35,
    lengths=(320, 360, 375, 384, 390, 393, 402, 411.43, 414, 428, 430, 440),
    usual=0.9,
    shortest=320,
    longest=480,
    scales={1.5: 0.02, 2.0: 0.2, 2.25: 0.01, 2.5: 0.01, 2.625: 0.2, 2.75: 0.22, 3.0: 0.26, 3.5: 0.05, 4.0: 0.03},
    reduced=0.03,
)
TABLET: Final = _Screen(
    share=0.07,
    lengths=(600, 744, 768, 800, 810, 820, 834, 1024, 1032),
    usual=0.9,
    shortest=600,
    longest=1100,
    scales={1.0: 0.15, 1.5: 0.15, 2.0: 0.67, 2.5: 0.03},
    reduced=0.03,
)
DESKTOP: Final = _Screen(
    share=0.45,
    lengths=(
        *(1097, 1280, 1366, 1368, 1440, 1463, 1470, 1500, 1512, 1536, 1600, 1646, 1680),
        *(1707, 1728, 1792, 1920, 2048, 2133, 2194, 2560),
    ),
    usual=0.6,
    shortest=800,
    longest=MAX_PAGE_WIDTH_PX,
    scales=DESKTOP_SCALES,
    reduced=0.1,
)
PART_SHARE: Final = 0.13
PART_SHARES: Final = _shares(
    {**DESKTOP_SCALES, 2.625: 0.01, 2.75: 0.01, 3.0: 0.05, 3.5: 0.01, 4.0: 0.005}, reduced=0.03
)
PART_WIDTHS: Final = 128.0  # the widest part to the narrowest, 20 CSS px; all orders of magnitude are as common
PART_PROPORTIONS: Final = (0.2, 5.0)

PHONE_PROPORTIONS: Final = (1.5, 2.4)  # longer to shorter: what browsers leave of 16:9, to the longest screens
LANDSCAPE_PHONE: Final = 0.1  # of all images of phones
LONG_CAPTURE: Final = 0.1  # of upright images of phones and desktop pages: longer than a screen, captured by scrolling
MAX_PROPORTION: Final = 12.0  # of these
TABLET_PROPORTIONS: Final = (1.25, 1.75)  # 4:3 to 16:10, less what browsers need
DESKTOP_PROPORTIONS: Final = (1.0, 2.6)  # width to height: a window, to 21:9


def scale_prior(width: int, height: int) -> Probabilities:
    """Return the probability of each of SCALES for an image of this width and height in pixels.

    It is 0 where the image would be wider than 2,560 CSS px, unless it is at the largest scale too, and nearly so where
    an image of a screen's proportions would be narrower than any screen.
    """
    proportion = max(width, height) / min(width, height)
    long = LONG_CAPTURE * _share(proportion, (1.0, MAX_PROPORTION))
    phone = _share(proportion, PHONE_PROPORTIONS)
    desktop = _share(width / height, DESKTOP_PROPORTIONS)
    upright = height > width
    weights = (
        PHONE.of_length(min(width, height)) * ((phone + long) if upright else LANDSCAPE_PHONE * phone)
        + TABLET.of_length(min(width, height)) * _share(proportion, TABLET_PROPORTIONS)
        + DESKTOP.of_length(width) * ((desktop + long) if upright else desktop)
        + PART_SHARE * PART_SHARES / (width * log(PART_WIDTHS)) * _share(1.0, PART_PROPORTIONS)
    )
    weights[:-1] *= width <= MAX_PAGE_WIDTH_PX * SCALES[:-1]
    prior: Probabilities = weights / weights.sum()
    return prior


def _share(proportion: float, bounds: tuple[float, float]) -> float:
    """Return the density of a proportion's logarithm, the same between bounds and 0 outside of them."""
    low, high = bounds
    return 1 / log(high / low) if low <= proportion <= high else 0.0
