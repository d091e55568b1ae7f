"""Two colors that change places keep their contrast."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Final

import numpy as np
import pytest

from januslens.accessibility.check import Check
from januslens.accessibility.rules.non_text_contrast import NON_TEXT_CONTRAST
from januslens.accessibility.rules.text_contrast import TEXT_CONTRAST
from januslens.accessibility.rules.text_contrast_enhanced import TEXT_CONTRAST_ENHANCED
from januslens.accessibility.rules.text_size import TEXT_SIZE
from januslens.color.notation import parse_hex
from januslens.text.detector import detect_lines
from tests.januslens.metamorphic.conftest import Render, checks_of, pixels_of
from tests.januslens.metamorphic.relations import Cores, Pixels, of, unconfirmed

WIDTH: Final = 480  # CSS px
RULES: Final = (TEXT_CONTRAST, TEXT_CONTRAST_ENHANCED, TEXT_SIZE, NON_TEXT_CONTRAST)
NEAR: Final = 2  # CSS px by which boxes may lie elsewhere where the network finds the text
MIXED: Final = 1  # levels by which a glyph's inside may differ from its color

PAIRS: Final = [  # on both sides of 3, 4.5 and 7
    ("#949494", "#ffffff"),
    ("#777777", "#ffffff"),
    ("#0b5fc0", "#f7f9fb"),
    ("#101820", "#f2e9dc"),
]
GOLD_ON_GREEN: Final = ("#e9c46a", "#264653")  # two mixes lie a level farther out than the many pixels of the text
OFF_BY_A_LEVEL: Final = pytest.mark.xfail(strict=True, reason="a level farther out is another ratio for light and dark")
EXACT: Final = [*PAIRS, pytest.param(GOLD_ON_GREEN, marks=OFF_BY_A_LEVEL)]


def body(color: str, background: str) -> str:
    """A page of two colors."""
    font = '"Liberation Sans", Arial, sans-serif'
    return f"""<div style='background: {background}; color: {color}; padding: 20px; font: 15px/24px {font}'>
        <h1 style='font-size: 32px; line-height: 40px; margin: 0 0 16px'>Two colors only</h1>
        <p style='margin: 0 0 16px'>What is written here can be read, more or less, whichever of them is text.</p>
        <p style='margin: 0 0 16px; font-weight: bold'>Heavy letters show their color</p>
        <span style='display: inline-block; background: {color}; color: {background}; padding: 8px 20px'>Continue</span>
        </div>"""


@dataclass(frozen=True)
class TwoColors:
    """A page of two colors, and the same with the colors, and their shares in each mix, in each other's place.

    drawn_again is what the browser makes of the page with its colors exchanged: it paints light text a little heavier.
    """

    pixels: Pixels
    exchanged: Pixels
    drawn_again: Pixels

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """What the report says of the page."""
        return checks_of(self.pixels, 1)


@pytest.fixture(scope="module")
def two_colors(render: Render) -> Callable[[str, str], TwoColors]:
    @cache
    def draw(color: str, background: str) -> TwoColors:
        pixels, again = (
            pixels_of(render(body(*pair), WIDTH, 1)) for pair in ((color, background), (background, color))
        )
        both = np.add(parse_hex(color), parse_hex(background))
        return TwoColors(pixels, (both - pixels).astype(np.uint8), again)

    return draw


def expected_of(checks: Iterable[Check]) -> list[Check]:
    """The checks with their colors exchanged; what to do about them is another matter."""
    return [
        replace(check, foreground=check.background, background=check.foreground, message="", fixes=None)
        for check in of(RULES, checks)
    ]


def found_of(checks: Iterable[Check]) -> list[Check]:
    return [replace(check, message="", fixes=None) for check in of(RULES, checks)]


@pytest.mark.parametrize("pair", EXACT, ids=" on ".join)
def test_where_text_is_known_exchanged_colors_have_the_same_ratio(
    two_colors: Callable[[str, str], TwoColors], pair: tuple[str, str], text_is_at: Callable[[Cores], None]
) -> None:
    drawing = two_colors(*pair)
    expected = expected_of(drawing.checks)
    text_is_at(detect_lines(drawing.pixels, 1))
    assert found_of(checks_of(drawing.exchanged, 1)) == expected


@pytest.mark.parametrize("pair", [*PAIRS, GOLD_ON_GREEN], ids=" on ".join)
@pytest.mark.parametrize("other", ["exchanged", "drawn_again"])
def test_exchanged_colors_have_the_same_verdicts(
    two_colors: Callable[[str, str], TwoColors], pair: tuple[str, str], other: str
) -> None:
    drawing = two_colors(*pair)
    expected, found = expected_of(drawing.checks), found_of(checks_of(getattr(drawing, other), 1))
    assert unconfirmed(expected, found, tolerance=NEAR, levels=MIXED) == []
    assert unconfirmed(found, expected, tolerance=NEAR, levels=MIXED) == []
