import numpy as np
import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from januslens.color.notation import Rgb
from januslens.color.rgb_arrays import are_mixes

ROUNDING = 0.867  # Euclidean levels that rounding three channels moves a color by at most: half the root of three

colors = st.tuples(*[st.integers(0, 255)] * 3)


def is_mix(one: Rgb, middle: Rgb, other: Rgb, tolerance: float = ROUNDING) -> bool:
    start, between, end = (np.array(color, np.int16) for color in (one, middle, other))
    return bool(are_mixes(start, between, end, tolerance))


@given(colors, colors, st.floats(0, 1))
def test_what_another_library_mixes_is_a_mix(one: Rgb, other: Rgb, share: float) -> None:
    ends = [Color("srgb", [channel / 255 for channel in color]) for color in (one, other)]
    red, green, blue = (round(channel * 255) for channel in ends[0].mix(ends[1], share, space="srgb")[:3])
    assert (red, green, blue) in (one, other) or is_mix(one, (red, green, blue), other)


@pytest.mark.parametrize("color", [(10, 20, 30), (200, 100, 50), (9, 19, 29), (201, 101, 51)])
def test_the_two_colors_themselves_and_what_is_beyond_them_are_no_mixes(color: Rgb) -> None:
    assert not is_mix((10, 20, 30), color, (200, 100, 50))


@pytest.mark.parametrize(("tolerance", "mixed"), [(9.9, False), (10.0, True)])
def test_a_color_beside_the_line_is_a_mix_within_the_tolerance(tolerance: float, mixed: bool) -> None:
    assert is_mix((0, 0, 0), (100, 10, 0), (200, 0, 0), tolerance) is mixed


def test_nothing_is_a_mix_of_one_color_with_itself() -> None:
    assert not is_mix((90, 90, 90), (90, 90, 90), (90, 90, 90))


def test_many_are_judged_at_once() -> None:
    middles = np.array([[[100, 100, 100], [100, 200, 100]]], np.int16)
    black, white = np.zeros_like(middles), np.full_like(middles, 255)
    assert are_mixes(black, middles, white, 3.0).tolist() == [[True, False]]
