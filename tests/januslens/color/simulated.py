"""Colors as coloraide says that they are seen with a color vision deficiency."""

from typing import Final

from coloraide import Color

from januslens.color.notation import Rgb
from januslens.color.simulation import Deficiency

ROUNDED_WEIGHTS: Final = 0.05  # levels: WCAG rounds BT.709's weights to four digits, coloraide doesn't


def by_coloraide(color: Rgb, deficiency: Deficiency) -> list[float]:
    """The color seen, on the 8-bit scale; achromatopsia by luminance, as coloraide's own filter uses other weights."""
    original = Color("srgb", [channel / 255 for channel in color])
    if deficiency is Deficiency.ACHROMATOPSIA:
        seen = Color("srgb-linear", [original.luminance()] * 3)
    else:
        seen = original.filter(deficiency.value, 1, method="machado")
    return [channel * 255 for channel in seen.convert("srgb").clip()[:3]]
