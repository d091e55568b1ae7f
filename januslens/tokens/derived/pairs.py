"""Legible pairs of observed colors: text and background whose contrast ratio reaches a level of WCAG 2.2.

Source: success criteria 1.4.3 and 1.4.6, https://www.w3.org/TR/WCAG22/#contrast-minimum
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from januslens.color.luminance import contrast_ratio
from januslens.color.notation import Rgb

LEVELS: Final = MappingProxyType({"AAA": 7.0, "AA": 4.5, "AA-large": 3.0})
"""Minimum contrast ratio of each level; AA-large is for large text only, which reaches AAA at 4.5."""
MAX_COLORS: Final = 16  # colors: nobody reads a larger table


@dataclass(frozen=True, slots=True)
class BackgroundPairs:
    """A background color and, by level, the observed colors that text on it may have, the most contrasting first.

    The levels are AAA (7:1), AA (4.5:1) and AA-large (3:1, for large text only); each color is listed only at the
    highest level that it reaches.
    """

    color: Rgb
    text: MappingProxyType[str, tuple[Rgb, ...]]


def find_pairs(colors: Sequence[Rgb]) -> list[BackgroundPairs]:
    """Return, for each of the 16 most used colors as a background, which of these colors are legible on it as text.

    colors are the observed colors, ordered by use, the most used first. A background on which no color is legible has
    an entry with empty levels.
    """
    considered = colors[:MAX_COLORS]
    return [BackgroundPairs(color, MappingProxyType(dict(_levels(color, considered)))) for color in considered]


def _levels(background: Rgb, colors: Sequence[Rgb]) -> Iterator[tuple[str, tuple[Rgb, ...]]]:
    ratios = {color: contrast_ratio(color, background) for color in colors}
    by_contrast = sorted(ratios, key=lambda color: (-ratios[color], color))
    below = float("inf")
    for level, ratio in LEVELS.items():
        yield level, tuple(color for color in by_contrast if ratio <= ratios[color] < below)
        below = ratio
