"""Colors that are more than grays, and how far apart their hues are, in OKLCH."""

from typing import Final

from januslens.color.notation import Rgb
from januslens.color.oklch import to_oklch

VIVID: Final = 0.09  # chroma from which a color is more than a tinted gray: navy text has up to 0.07
OTHER_HUE: Final = 25.0  # degrees from one color to another that isn't a state of it: a hover color keeps the hue


def is_vivid(color: Rgb) -> bool:
    """Whether a color is more than a tinted gray."""
    return bool(to_oklch(color)[1] >= VIVID)


def hue_of(color: Rgb) -> float:
    """Return a color's hue in degrees."""
    return float(to_oklch(color)[2])


def degrees_apart(one: float, other: float) -> float:
    """Return the angle between two hues, 0 to 180."""
    return abs((one - other + 180) % 360 - 180)
