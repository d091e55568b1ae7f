"""How many device pixels one CSS pixel is drawn with.

The caller's word goes first, then the pixel density that macOS writes into its screenshots' pHYs chunk: 72 pixels per
inch a device pixel (144 on a 2x display), then the file name as designers name their exports (`card@2x.png`). Where
none of them says anything, the size of the text does (see `scale_estimate`).
"""

import re
from dataclasses import dataclass
from typing import Final, Literal

ScaleSource = Literal["given", "density", "file name", "estimated", "assumed"]

MIN_SCALE: Final = 0.5
MAX_SCALE: Final = 8.0
MACOS_DENSITY: Final = 72.0
DENSITY_TOLERANCE: Final = 0.5  # pHYs is whole pixels a meter: 144 per inch reads back as 143.99
RETINA_SCALES: Final = (2.0, 3.0)
USUAL_SCALES: Final = (1.0, *RETINA_SCALES)  # what a scale that nobody states may be

NAMED_SCALE: Final = re.compile(r"@(\d(?:\.\d+)?)[xX]?(?![^\W_]|\.\d)")


@dataclass(frozen=True, slots=True)
class Scale:
    """Device pixels a CSS pixel, how that is known, and the confidence in it, 0 to 1."""

    value: float
    source: ScaleSource
    confidence: float = 1.0

    @property
    def known(self) -> bool:
        """Whether somebody or something states it, so that sizes in CSS pixels can be trusted."""
        return self.source not in ("estimated", "assumed")

    @property
    def smallest_factor(self) -> float:
        """What a size in CSS pixels may have to be multiplied by, if the scale is the largest that it may be."""
        return 1.0 if self.known else min(1.0, self.value / max(USUAL_SCALES))

    @property
    def largest_factor(self) -> float:
        """What a size in CSS pixels may have to be multiplied by, if the scale is the smallest that it may be."""
        return 1.0 if self.known else max(1.0, self.value / min(USUAL_SCALES))


def stated_scale(given: float | None, name: str, density: float | None) -> Scale | None:
    """Return the scale that is stated for a picture, if one is. Raises ValueError when the given one isn't 0.5 to 8."""
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
