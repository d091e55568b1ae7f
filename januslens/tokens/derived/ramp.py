"""Color ramps: eleven steps of one hue from nearly white to nearly black, through an observed color.

Ramps are derived, not observed. The color takes the step whose lightness is closest to its own. The lighter and darker
steps keep their relative distances from there to the ends, and chroma decreases toward both. Hue is kept, and chroma is
reduced to sRGB's gamut.

Source of the steps' lightness and chroma: the medians of the 17 chromatic palettes of Tailwind CSS 4.1, in OKLCH,
https://tailwindcss.com/docs/colors; chroma as a share of the maximum of each palette.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import numpy as np

from januslens.color.notation import Rgb
from januslens.color.oklch import chroma_limit, to_oklch, to_srgb

STEPS: Final[Mapping[int, tuple[float, float]]] = MappingProxyType(
    {
        50: (0.977, 0.07),
        100: (0.951, 0.15),
        200: (0.902, 0.34),
        300: (0.833, 0.58),
        400: (0.746, 0.82),
        500: (0.685, 0.96),
        600: (0.592, 0.99),
        700: (0.514, 0.86),
        800: (0.448, 0.72),
        900: (0.396, 0.55),
        950: (0.279, 0.37),
    }
)
"""Lightness and share of the chroma of each step; the names of the steps are those of Tailwind, Material and USWDS."""
LIGHTNESSES, CHROMAS = (np.array(column) for column in zip(*STEPS.values(), strict=True))
BEYOND: Final = (
    0.5  # of the way from a color to white or black, for the end of its ramp if it is beyond the usual last step
)


def ramp(color: Rgb) -> Mapping[int, Rgb]:
    """Return eleven colors of one hue by step, from 50 (lightest) to 950 (darkest), through an observed color.

    The given color itself is one of them, at the step whose lightness is closest to its own. The other colors keep its
    hue, and their chroma decreases toward both ends.
    """
    lightness, chroma, hue = to_oklch(color).tolist()
    own = int(np.abs(LIGHTNESSES - lightness).argmin())
    top = max(LIGHTNESSES[0], lightness + BEYOND * (1 - lightness)) if own else lightness
    bottom = min(LIGHTNESSES[-1], BEYOND * lightness) if own < len(LIGHTNESSES) - 1 else lightness
    lightnesses = np.interp(
        -LIGHTNESSES, *_knots((LIGHTNESSES[0], top), (LIGHTNESSES[own], lightness), (LIGHTNESSES[-1], bottom))
    )
    chromas = np.minimum(chroma * CHROMAS / CHROMAS[own], chroma_limit(lightnesses, hue))
    srgb = to_srgb(np.stack([lightnesses, chromas, np.full_like(lightnesses, hue)], axis=-1))
    steps = [(red, green, blue) for red, green, blue in np.rint(np.clip(srgb, 0, 255)).astype(int).tolist()]
    steps[own] = color
    return dict(zip(STEPS, steps, strict=True))


def _knots(*pairs: tuple[float, float]) -> tuple[list[float], list[float]]:
    """Return usual lightnesses and their replacements for `numpy.interp`, dark last."""
    distinct = dict(pairs)
    return [-usual for usual in distinct], list(distinct.values())
