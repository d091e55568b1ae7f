import numpy as np
import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.truth.wcag import contrast, luminance, required_ratio

LEVELS = st.integers(0, 255)
COLORS = st.tuples(LEVELS, LEVELS, LEVELS)
WEIGHTS = 3e-4  # WCAG's 0.2126, 0.7152 and 0.0722 are rounded, coloraide's matrix isn't


def color(rgb: tuple[int, int, int]) -> Color:
    return Color("srgb", [level / 255 for level in rgb])


@given(COLORS, COLORS)
def test_contrast_agrees_with_coloraide(one: tuple[int, int, int], other: tuple[int, int, int]) -> None:
    expected = color(one).contrast(color(other), method="wcag21")
    assert contrast(luminance(one), luminance(other)) == pytest.approx(expected, rel=WEIGHTS)


def test_luminances_of_an_image_have_its_shape() -> None:
    assert luminance(np.zeros((4, 5, 3), np.uint8)).shape == (4, 5)


@pytest.mark.parametrize(
    ("size", "weight", "required"), [(23.9, 400, 4.5), (24, 400, 3), (18.6, 700, 4.5), (18.66, 700, 3), (20, 600, 4.5)]
)
def test_large_text_needs_less_as_wcag_defines_large(size: float, weight: int, required: float) -> None:
    assert required_ratio(size, weight) == required
