"""Which colors may carry text on which."""

import coloraide
from hypothesis import given
from hypothesis import strategies as st

from januslens.color.notation import Rgb, hex_color
from januslens.tokens.derived.pairs import find_pairs

WHITE: Rgb = (255, 255, 255)
GRAY: Rgb = (118, 118, 118)  # 4.54:1 on white, by WebAIM's checker
LIGHT_GRAY: Rgb = (148, 148, 148)  # 3.03:1
BLACK: Rgb = (0, 0, 0)
LEVELS = {"AAA": 7.0, "AA": 4.5, "AA-large": 3.0}  # WCAG 2.2, 1.4.6 and 1.4.3
MAX_COLORS = 16  # a table of more is read by nobody
colors = st.lists(st.tuples(*[st.integers(0, 255)] * 3), unique=True, max_size=24)
ROUNDING = 0.002  # coloraide weighs the channels by more decimals than WCAG: up to 0.0011 at 7:1


def test_colors_are_told_by_the_level_that_they_reach_on_a_ground() -> None:
    on_white = find_pairs([WHITE, LIGHT_GRAY, GRAY, BLACK])[0]
    assert on_white.color == WHITE
    assert on_white.text == {"AAA": (BLACK,), "AA": (GRAY,), "AA-large": (LIGHT_GRAY,)}


def contrast(one: Rgb, other: Rgb) -> float:
    return coloraide.Color(hex_color(one)).contrast(hex_color(other), method="wcag21")


@given(colors)
def test_no_pair_is_below_its_level(palette: list[Rgb]) -> None:
    for background in find_pairs(palette):
        assert list(background.text) == list(LEVELS)
        for level, texts in background.text.items():
            for text in texts:
                assert contrast(text, background.color) >= LEVELS[level] - ROUNDING


@given(colors)
def test_every_color_that_reaches_a_level_is_in_the_highest_that_it_reaches(palette: list[Rgb]) -> None:
    for background in find_pairs(palette):
        levels = {text: level for level, texts in background.text.items() for text in texts}
        for text in palette[:MAX_COLORS]:
            ratio = contrast(text, background.color)
            if min(abs(ratio - need) for need in LEVELS.values()) > ROUNDING:
                assert levels.get(text) == next((level for level, need in LEVELS.items() if ratio >= need), None)


def test_the_most_contrasting_come_first() -> None:
    grays: list[Rgb] = [WHITE, (60, 60, 60), (90, 90, 90), BLACK, (70, 70, 70)]
    assert find_pairs(grays)[0].text["AAA"] == (BLACK, (60, 60, 60), (70, 70, 70))  # (90, 90, 90) has 6.9:1


@given(colors)
def test_only_the_most_used_colors_are_paired(palette: list[Rgb]) -> None:
    assert [background.color for background in find_pairs(palette)] == palette[:MAX_COLORS]
