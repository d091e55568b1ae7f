"""Colors and contrast ratios as values and in written form."""

import math
from dataclasses import dataclass
from typing import Final

Rgb = tuple[int, int, int]

RATIO_DIGITS: Final = 2
BINARY: Final = (
    1e-9  # of the last decimal: 1.13 times 100 is 112.99999999999999, and rounding again must change nothing
)


def hex_color(color: Rgb) -> str:
    """Return an 8-bit sRGB color in CSS notation, #rrggbb in lowercase."""
    red, green, blue = color
    return f"#{red:02x}{green:02x}{blue:02x}"


def floored(ratio: float, digits: int = RATIO_DIGITS) -> float:
    """Round a ratio down to the given number of decimals, two by default.

    So 4.499 does not become 4.5, which would pass WCAG's "at least".
    """
    return math.floor(ratio * 10.0**digits + BINARY) / 10.0**digits


def ceiled(ratio: float, digits: int = RATIO_DIGITS) -> float:
    """Round the upper end of an interval up to the given number of decimals, two by default.

    So the rounded interval still contains the true value.
    """
    return math.ceil(ratio * 10.0**digits - BINARY) / 10.0**digits


def parse_hex(color: str) -> Rgb:
    """Parse a color in the form #rrggbb, as `hex_color` returns it; the # may be missing and the digits uppercase.

    Raises ValueError if it is not three bytes of hexadecimal digits.
    """
    red, green, blue = bytes.fromhex(color.removeprefix("#"))
    return red, green, blue


@dataclass(frozen=True, slots=True)
class Fix:
    """A replacement for a color that fails a contrast requirement: a color that reaches the required contrast ratio.

    ratio is the contrast ratio that it reaches, not the required one. difference is its CIEDE2000 difference from the
    color that it replaces, 0 if that reaches the ratio itself.
    """

    color: Rgb
    ratio: float
    difference: float
