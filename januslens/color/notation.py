"""How colors and ratios are written."""

import math
from typing import Final

Rgb = tuple[int, int, int]

RATIO_DIGITS: Final = 2
BINARY: Final = 1e-9  # of the last decimal: 1.13 times 100 is 112.99999999999999, and what was cut stays as it is


def hex_color(color: Rgb) -> str:
    """Write a color as CSS does: #rrggbb."""
    red, green, blue = color
    return f"#{red:02x}{green:02x}{blue:02x}"


def floored(ratio: float, digits: int = RATIO_DIGITS) -> float:
    """Cut a ratio to some decimals without rounding it up: 4.499 isn't 4.5 (WCAG's "at least")."""
    return math.floor(ratio * 10.0**digits + BINARY) / 10.0**digits


def ceiled(ratio: float, digits: int = RATIO_DIGITS) -> float:
    """Cut the upper end of an interval without losing any of it."""
    return math.ceil(ratio * 10.0**digits - BINARY) / 10.0**digits


def parse_hex(color: str) -> Rgb:
    """Read a color that `hex_color` wrote."""
    red, green, blue = bytes.fromhex(color.removeprefix("#"))
    return red, green, blue
