"""The nearest color that reaches a contrast ratio.

Nearest in OKLCH (CSS Color 4, https://www.w3.org/TR/css-color-4/#ok-lab): lightness moves, hue stays, and chroma stays
as far as sRGB has it there. Of the first darker and the first lighter color that reach the ratio, it is the one that
differs less by CIEDE2000.

Colors count as they will be written: one reaches a ratio when it does so after rounding to 8 bits.
"""

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.color.difference import color_difference
from januslens.color.fix import Fix
from januslens.color.luminance import contrast_ratio, contrast_ratios
from januslens.color.notation import Rgb
from januslens.color.oklch import chroma_limit, to_oklch, to_srgb

ENDS: Final[tuple[tuple[Rgb, float], ...]] = (((0, 0, 0), 0.0), ((255, 255, 255), 1.0))  # with their lightness
STEPS: Final = 128  # of lightness at a look: from one end to the other, two levels of grey each
LOOKS: Final = 2  # the second at two steps of the first: to 1/8192 of the way, a thirtieth of a level of grey
ROUNDING: Final = 1e-9  # of a ratio: many luminances at once may differ in the last bit from one alone


@lru_cache(maxsize=1024)
def nearest_reaching(color: Rgb, against: Rgb, ratio: float) -> Fix | None:
    """Return the nearest color of the same hue whose contrast ratio against another is at least `ratio`.

    A color that has it already is its own fix; None if even black and white don't have it.
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
    """Return the first color that reaches a ratio on the way from one that doesn't to an end that does.

    Luminance follows lightness but where chroma gives way: there a channel may lose a level before another gains one.
    Hence the second look begins a step before the last one that was short of the ratio.
    """
    start, chroma, hue = oklch.tolist()
    for _ in range(LOOKS):
        lightnesses = np.linspace(start, end, STEPS + 1)
        colors = _with_lightness(lightnesses, chroma, hue)
        reaches = contrast_ratios(colors, against) >= ratio + ROUNDING
        reaches[-1] = True
        first = int(np.argmax(reaches))
        start, end = lightnesses[max(first - 2, 0)], lightnesses[first]
    red, green, blue = colors[first].tolist()
    return red, green, blue


def _with_lightness(lightnesses: NDArray[np.float64], chroma: float, hue: float) -> NDArray[np.uint8]:
    """Return the 8-bit colors (n, 3) of a hue at some lightnesses (n,), with a chroma or as much of it as sRGB has."""
    chromas = np.minimum(chroma, chroma_limit(lightnesses, hue))
    srgb = to_srgb(np.stack([lightnesses, chromas, np.full_like(lightnesses, hue)], axis=-1))
    return np.rint(np.clip(srgb, 0, 255)).astype(np.uint8)
