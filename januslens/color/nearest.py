"""Search for the nearest color that reaches a contrast ratio.

The search is in OKLCH (CSS Color 4, https://www.w3.org/TR/css-color-4/#ok-lab): lightness changes, hue is kept, and
chroma is kept as far as sRGB allows at that lightness. Of the first darker and the first lighter color that reach the
ratio, the one with the smaller CIEDE2000 difference is taken.

A color counts as it will be written: it reaches a ratio only if it does so after rounding to 8 bits.
"""

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.color.difference import color_difference
from januslens.color.luminance import contrast_ratio, contrast_ratios
from januslens.color.notation import Fix, Rgb
from januslens.color.oklch import chroma_limit, to_oklch, to_srgb

ENDS: Final[tuple[tuple[Rgb, float], ...]] = (((0, 0, 0), 0.0), ((255, 255, 255), 1.0))  # with their lightness
STEPS: Final = 128  # of lightness per pass: from one end to the other, two levels of gray each
PASSES: Final = 2  # the second over two steps of the first: to 1/8192 of the way, a thirtieth of a level of gray
ROUNDING: Final = 1e-9  # of a ratio: luminances computed in bulk may differ in the last bit


@lru_cache(maxsize=1024)
def nearest_reaching(color: Rgb, against: Rgb, ratio: float) -> Fix | None:
    """Return a nearby color of the same hue whose contrast ratio against another color is at least `ratio`.

    OKLCH lightness is changed, hue kept, and chroma kept as far as sRGB allows. Of the first darker and the first
    lighter 8-bit color that reach the ratio, the one with the smaller CIEDE2000 difference is returned. A color that
    already reaches the ratio is its own fix. Returns None if neither black nor white reaches it.
    """
    reached = contrast_ratio(color, against)
    if reached >= ratio:
        return Fix(color, reached, 0.0)
    oklch = to_oklch(color)
    found = [
        _first_reaching(oklch, lightness, against, ratio)
        for end, lightness in ENDS
        if contrast_ratio(end, against) >= ratio
    ]
    fixes = [Fix(by, contrast_ratio(by, against), float(color_difference(color, by))) for by in found]
    return min(fixes, key=lambda fix: fix.difference, default=None)


def _first_reaching(oklch: NDArray[np.float64], end: float, against: Rgb, ratio: float) -> Rgb:
    """Return the first color that reaches a ratio, going from a color that does not to the end that does.

    Luminance follows lightness except where chroma is reduced: there, one channel may lose a level before another gains
    one. Therefore the second pass starts one step before the last color that fell short of the ratio.
    """
    start, chroma, hue = oklch.tolist()
    for _ in range(PASSES):
        lightnesses = np.linspace(start, end, STEPS + 1)
        colors = _with_lightness(lightnesses, chroma, hue)
        reaches = contrast_ratios(colors, against) >= ratio + ROUNDING
        reaches[-1] = True
        first = int(np.argmax(reaches))
        start, end = lightnesses[max(first - 2, 0)], lightnesses[first]
    red, green, blue = colors[first].tolist()
    return red, green, blue


def _with_lightness(lightnesses: NDArray[np.float64], chroma: float, hue: float) -> NDArray[np.uint8]:
    """Return the 8-bit colors (n, 3) of a hue at given lightnesses (n,), with chroma reduced to sRGB's gamut."""
    chromas = np.minimum(chroma, chroma_limit(lightnesses, hue))
    srgb = to_srgb(np.stack([lightnesses, chromas, np.full_like(lightnesses, hue)], axis=-1))
    return np.rint(np.clip(srgb, 0, 255)).astype(np.uint8)
