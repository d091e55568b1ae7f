"""The scale of an image: the number of device pixels per CSS pixel.

The scale given by the caller is used first, then the pixel density that macOS writes into the pHYs chunk of its
screenshots (72 pixels per inch per device pixel, so 144 on a 2x display), then the file name in the form that designers
use for exports (`card@2x.png`). If none of them states a scale, it is estimated from the image's size and the size of
its text (see `scale_estimate`); an animation is shown at its own pixel size.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal

ScaleSource = Literal["given", "density", "file name", "animation", "estimated", "assumed"]

MIN_SCALE: Final = 0.5
MAX_SCALE: Final = 8.0
MACOS_DENSITY: Final = 72.0
DENSITY_TOLERANCE: Final = 0.5  # pHYs is in whole pixels per meter: 144 per inch reads back as 143.99
RETINA_SCALES: Final = (2.0, 3.0)

NAMED_SCALE: Final = re.compile(r"@(\d(?:\.\d+)?)[xX]?(?![^\W_]|\.\d)")


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale of an image: the number of device pixels per CSS pixel, where it is from, and what else it may be.

    source is one of given (by the caller), density and file name, which state the scale, animation (shown at its own
    pixel size), estimated (from the size of the image and of its text) and assumed. confidence is the probability that
    the value is right to within a tenth, from 0 (assumed) to 1. others are the other scales that the image may have:
    with a probability of 98 %, the true scale is the value or among them, or between two of them. It is empty if the
    scale is stated.
    """

    value: float
    source: ScaleSource
    confidence: float = 1.0
    others: tuple[float, ...] = ()

    @property
    def low(self) -> float:
        """The smallest scale that the image may have."""
        return min((self.value, *self.others))

    @property
    def high(self) -> float:
        """The largest scale that the image may have."""
        return max((self.value, *self.others))

    @property
    def smallest_factor(self) -> float:
        """The factor from sizes in CSS pixels at this scale to those at the largest possible scale; at most 1."""
        return self.value / self.high

    @property
    def largest_factor(self) -> float:
        """The factor from sizes in CSS pixels at this scale to those at the smallest possible scale; at least 1."""
        return self.value / self.low


AS_ANIMATED: Final = Scale(1.0, "animation")
"""The scale of an animation for which none is stated: pages show it at its own pixel size."""


def stated_scale(given: float | None, name: str, density: float | None) -> Scale | None:
    """Return the scale stated by the caller, by the pixel density, or by the file name, in this order; None if none is.

    density is in pixels per inch and counts only if it is that of a macOS screenshot at 2x or 3x (144 or 216). name is
    a file name; its last `@` with a number, as in `card@2x.png`, counts if that is from 0.5 to 8. Raises ValueError if
    the scale given by the caller is outside 0.5 to 8.
    """
    if given is not None:
        if not MIN_SCALE <= given <= MAX_SCALE:
            raise ValueError(f"scale must be from {MIN_SCALE:g} to {MAX_SCALE:g}, not {given:g}")
        return Scale(float(given), "given")
    for scale in RETINA_SCALES:
        if density is not None and abs(density - MACOS_DENSITY * scale) < DENSITY_TOLERANCE:
            return Scale(scale, "density")
    named = NAMED_SCALE.findall(name)
    if named and MIN_SCALE <= float(named[-1]) <= MAX_SCALE:
        return Scale(float(named[-1]), "file name")
    return None
