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
    """Write a color in CSS notation, #rrggbb."""
    red, green, blue = color
    return f"#{red:02x}{green:02x}{blue:02x}"


def floored(ratio: float, digits: int = RATIO_DIGITS) -> float:
    """Round a ratio down to the given number of decimals, so that 4.499 does not become 4.5 (WCAG's "at least")."""
    return math.floor(ratio * 10.0**digits + BINARY) / 10.0**digits


def ceiled(ratio: float, digits: int = RATIO_DIGITS) -> float:
    """Round the upper end of an interval up to the given number of decimals."""
    return math.ceil(ratio * 10.0**digits - BINARY) / 10.0**digits


def parse_hex(color: str) -> Rgb:
    """Parse a color written by `hex_color`."""
    red, green, blue = bytes.fromhex(color.removeprefix("#"))
    return red, green, blue


@dataclass(frozen=True, slots=True)
class Fix:
    """A replacement color that reaches a required contrast ratio.

    ratio is the contrast ratio that it reaches. difference is its CIEDE2000 difference from the color that it replaces.
    """

    color: Rgb
    ratio: float
    difference: float
