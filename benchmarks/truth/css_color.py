"""Computed CSS colors, and the difference between colors.

Computed colors are those of CSS Color 4, https://www.w3.org/TR/css-color-4/; the difference is CIEDE2000, ISO/CIE
11664-6:2022. Both are computed by coloraide.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from coloraide import Color

Rgb = tuple[int, int, int]

SAME: Final = 2.0  # CIEDE2000: what an untrained observer takes for one color, side by side, is from 1 to 2


@cache
def parse(text: str) -> tuple[Rgb, float] | None:
    """Return the 8-bit sRGB value of a CSS color and its alpha, 0 to 1; None if the text is not a color.

    Colors outside the sRGB gamut are mapped into it.
    """
    match = Color.match(text, fullmatch=True)
    if match is None:
        return None
    color = match.color.convert("srgb").fit().clip()
    red, green, blue = (round(255 * channel) for channel in color.coords(nans=False))
    return (red, green, blue), color.alpha(nans=False)


def rgb(text: str) -> Rgb:
    """Return the 8-bit sRGB value of a CSS color, ignoring its alpha. Raises ValueError if the text is not a color."""
    color = parse(text)
    if color is None:
        raise ValueError(f"{text} is no color")
    return color[0]


def to_hex(color: Sequence[int]) -> str:
    """Return an 8-bit sRGB color in CSS notation, #rrggbb. Raises ValueError for a channel outside 0 to 255."""
    return "#" + bytes(color).hex()


@cache
def difference(one: Rgb, other: Rgb) -> float:
    """Return the CIEDE2000 difference of two 8-bit sRGB colors."""
    return _color(one).delta_e(_color(other), method="2000")


@cache
def _color(rgb: Rgb) -> Color:
    return Color("srgb", [channel / 255 for channel in rgb]).convert("lab-d65")


def is_among(color: Rgb, others: Iterable[Rgb]) -> bool:
    """Return whether a color looks like one of the others: their CIEDE2000 difference is at most SAME."""
    return any(difference(color, other) <= SAME for other in others)


def distinct(colors: Iterable[Rgb]) -> list[Rgb]:
    """Return the colors in their order, without those that look like an earlier one (see `is_among`)."""
    kept: list[Rgb] = []
    for color in colors:
        if not is_among(color, kept):
            kept.append(color)
    return kept
