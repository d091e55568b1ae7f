"""Which colors may carry text on which."""

import coloraide
from hypothesis import given
from hypothesis import strategies as st

from januslens.color.notation import Rgb, hex_color
from januslens.tokens.derived.pairs import LEVELS, MAX_COLORS, find_pairs

WHITE: Rgb = (255, 255, 255)
GRAY: Rgb = (118, 118, 118)  # 4.54:1 on white, by WebAIM's checker
LIGHT_GRAY: Rgb = (148, 148, 148)  # 3.03:1
BLACK: Rgb = (0, 0, 0)
colors = st.lists(st.tuples(*[st.integers(0, 255)] * 3), unique=True, max_size=24)
ROUNDING = 0.001  # coloraide weighs the channels by more decimals than WCAG


def test_colors_are_told_by_the_level_that_they_reach_on_a_ground() -> None:
    on_white = find_pairs([WHITE, LIGHT_GRAY, GRAY, BLACK])[0]
    assert on_white.color == WHITE
    assert on_white.text == {"AAA": (BLACK,), "AA": (GRAY,), "AA-large": (LIGHT_GRAY,)}


@given(colors)
def test_no_pair_is_below_its_level(palette: list[Rgb]) -> None:
    for background in find_pairs(palette):
        for level, texts in background.text.items():
            for text in texts:
                ratio = coloraide.Color(hex_color(text)).contrast(hex_color(background.color), method="wcag21")
                assert ratio >= LEVELS[level] - ROUNDING


@given(colors)
def test_only_the_most_used_colors_are_paired(palette: list[Rgb]) -> None:
    assert [background.color for background in find_pairs(palette)] == palette[:MAX_COLORS]
