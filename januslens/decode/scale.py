"""The scale of an image: the number of device pixels per CSS pixel.

The scale given by the caller is used first, then the pixel density that macOS writes into the pHYs chunk of its
screenshots (72 pixels per inch per device pixel, so 144 on a 2x display), then the file name in the form that designers
use for exports (`card@2x.png`). If none of them states a scale, it is estimated from the size of the text (see
`scale_estimate`).
"""

import re
from dataclasses import dataclass
from typing import Final, Literal

ScaleSource = Literal["given", "density", "file name", "estimated", "assumed"]

MIN_SCALE: Final = 0.5
MAX_SCALE: Final = 8.0
MACOS_DENSITY: Final = 72.0
DENSITY_TOLERANCE: Final = 0.5  # pHYs is in whole pixels per meter: 144 per inch reads back as 143.99
RETINA_SCALES: Final = (2.0, 3.0)
USUAL_SCALES: Final = (1.0, *RETINA_SCALES)  # the candidates if no scale is stated

NAMED_SCALE: Final = re.compile(r"@(\d(?:\.\d+)?)[xX]?(?![^\W_]|\.\d)")


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale of an image: the number of device pixels per CSS pixel, its source, and its probability.

    source is one of given (by the caller), density and file name, which state the scale, estimated (from the size of
    the text) and assumed. confidence is from 0 (assumed) to 1 (stated).
    """

    value: float
    source: ScaleSource
    confidence: float = 1.0

    @property
    def known(self) -> bool:
        """Whether the scale is stated rather than estimated or assumed, so that sizes in CSS pixels can be trusted."""
        return self.source not in ("estimated", "assumed")

    @property
    def smallest_factor(self) -> float:
        """The factor from sizes in CSS pixels at this scale to those at the largest possible scale.

        It is 1 if the scale is known, and at most 1 otherwise.
        """
        return 1.0 if self.known else min(1.0, self.value / max(USUAL_SCALES))

    @property
    def largest_factor(self) -> float:
        """The factor from sizes in CSS pixels at this scale to those at the smallest possible scale.

        It is 1 if the scale is known, and at least 1 otherwise.
        """
        return 1.0 if self.known else max(1.0, self.value / min(USUAL_SCALES))


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
