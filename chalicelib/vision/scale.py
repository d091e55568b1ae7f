"""How many device pixels one CSS pixel is drawn with.

The caller's word goes first, then the file name as designers name their exports (`card@2x.png`), then the pixel density
that macOS writes into its screenshots' pHYs chunk: 72 pixels per inch a device pixel (144 on a 2x display).
"""

import re
from dataclasses import dataclass
from typing import Final, Literal

ScaleSource = Literal["given", "file name", "density", "assumed"]

LOWEST: Final = 0.5
HIGHEST: Final = 8.0
MACOS_DENSITY: Final = 72.0
DENSITY_TOLERANCE: Final = 0.5  # pHYs is whole pixels a meter: 144 per inch reads back as 143.99
RETINA_SCALES: Final = (2.0, 3.0)

NAMED_SCALE: Final = re.compile(r"@(\d(?:\.\d+)?)[xX]?(?![^\W_]|\.\d)")


@dataclass(frozen=True, slots=True)
class Scale:
    """Device pixels a CSS pixel, and how that is known; `assumed` is no knowledge."""

    value: float
    source: ScaleSource

    @property
    def known(self) -> bool:
        """Whether sizes in CSS pixels can be trusted."""
        return self.source != "assumed"


def find_scale(given: float | None, name: str, density: float | None) -> Scale:
    """Find a picture's scale. Raises ValueError when the given one is outside 0.5 to 8."""
    if given is not None:
        if not LOWEST <= given <= HIGHEST:
            raise ValueError(f"scale must be from {LOWEST:g} to {HIGHEST:g}, not {given:g}")
        return Scale(float(given), "given")
    named = NAMED_SCALE.findall(name)
    if named and LOWEST <= float(named[-1]) <= HIGHEST:
        return Scale(float(named[-1]), "file name")
    for scale in RETINA_SCALES:
        if density is not None and abs(density - MACOS_DENSITY * scale) < DENSITY_TOLERANCE:
            return Scale(scale, "density")
    return Scale(1.0, "assumed")
