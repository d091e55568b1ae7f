import numpy as np
import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from januslens.color.luminance import contrast_ratio, contrast_ratios, encoded, linear, relative_luminance
from januslens.color.notation import Rgb

WHITE: Rgb = (255, 255, 255)
WCAG_20_LIMIT = 0.03928  # as WCAG 2.0 and 2.1 print it
ROUNDED_WEIGHTS = 3e-4  # relative: WCAG rounds BT.709's weights to four digits, coloraide doesn't

colors = st.tuples(*[st.integers(0, 255)] * 3)


def parsed(notation: str) -> Rgb:
    red, green, blue = bytes.fromhex(notation.removeprefix("#"))
    return red, green, blue


def in_coloraide(color: Rgb) -> Color:
    return Color("srgb", [channel / 255 for channel in color])


def by_wcag_20(level: int) -> float:
    encoded = level / 255
    return encoded / 12.92 if encoded <= WCAG_20_LIMIT else ((encoded + 0.055) / 1.055) ** 2.4


@pytest.mark.parametrize(
    ("foreground", "background", "ratio"),
    [
        ("#767676", "#ffffff", 4.54),  # the two sides of AA, WebAIM's checker
        ("#777777", "#ffffff", 4.48),
        ("#949494", "#ffffff", 3.03),  # the two sides of AA for large text
        ("#959595", "#ffffff", 2.99),
        ("#0000ff", "#ffffff", 8.59),
        ("#ffff00", "#ffffff", 1.07),
        ("#00ff00", "#ffffff", 1.37),
        ("#000000", "#ffffff", 21),
    ],
)
def test_ratio_agrees_with_webaim(foreground: str, background: str, ratio: float) -> None:
    assert contrast_ratio(parsed(foreground), parsed(background)) == pytest.approx(ratio, abs=0.006)


@given(colors, colors)
def test_ratio_agrees_with_coloraide(one: Rgb, other: Rgb) -> None:
    ratio = in_coloraide(one).contrast(in_coloraide(other), method="wcag21")
    assert contrast_ratio(one, other) == pytest.approx(ratio, rel=ROUNDED_WEIGHTS)


@given(colors)
def test_luminance_agrees_with_coloraide(color: Rgb) -> None:
    assert relative_luminance(color) == pytest.approx(in_coloraide(color).luminance(), rel=ROUNDED_WEIGHTS, abs=1e-12)


def test_every_level_is_linearized_as_with_the_older_limit() -> None:
    levels = range(256)
    assert linear(levels) == pytest.approx([by_wcag_20(level) for level in levels], rel=1e-12)


@given(st.floats(0, 255))
def test_a_level_that_is_not_whole_is_linearized_too(level: float) -> None:
    expected = Color("srgb", [level / 255] * 3).convert("srgb-linear")["red"]
    assert linear(level) == pytest.approx(expected, rel=1e-9, abs=1e-15)


@given(st.floats(-1, 2))
def test_light_is_encoded_as_in_coloraide_in_gamut_or_not(light: float) -> None:
    expected = Color("srgb-linear", [light] * 3).convert("srgb")["red"]
    assert encoded(light) == pytest.approx(expected * 255, rel=1e-9, abs=1e-12)


@given(colors, colors)
def test_ratio_is_the_same_whichever_is_the_text(one: Rgb, other: Rgb) -> None:
    assert contrast_ratio(one, other) == contrast_ratio(other, one)


@given(colors, colors)
def test_ratio_lies_between_1_and_21(one: Rgb, other: Rgb) -> None:
    assert 1 <= contrast_ratio(one, other) <= 21


@given(colors)
def test_ratio_of_a_color_with_itself_is_1(color: Rgb) -> None:
    assert contrast_ratio(color, color) == 1


@given(st.lists(colors, min_size=1), colors)
def test_many_colors_have_the_ratios_that_each_has_alone(many: list[Rgb], other: Rgb) -> None:
    alone = [contrast_ratio(color, other) for color in many]
    assert contrast_ratios(np.array(many, np.uint8), other) == pytest.approx(alone, rel=1e-12)
