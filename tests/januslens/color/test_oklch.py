import numpy as np
import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from januslens.color.notation import Rgb
from januslens.color.oklch import chroma_limit, in_gamut, to_oklch, to_srgb

colors = st.tuples(*[st.integers(0, 255)] * 3)
greys = st.integers(0, 255).map(lambda level: (level, level, level))
lightnesses = st.floats(0, 1)
chromas = st.floats(0, 0.4)
hues = st.floats(0, 360)

GAMUT_STEP = 3e-5  # of chroma, to either side of a limit: below a tenth of a level


def in_coloraide(color: Rgb) -> Color:
    return Color("srgb", [channel / 255 for channel in color])


def has(lightness: float, chroma: float, hue: float, tolerance: float = 1e-9) -> bool:
    return Color("oklch", [lightness, chroma, hue]).in_gamut("srgb", tolerance=tolerance)


@given(colors)
def test_a_color_has_the_coordinates_that_coloraide_gives(color: Rgb) -> None:
    lightness, chroma, hue = in_coloraide(color).convert("oklch")[:3]
    found = to_oklch(color)
    assert found[:2] == pytest.approx([lightness, chroma], abs=1e-9)
    if chroma > 1e-5:
        assert found[2] == pytest.approx(hue, abs=1e-6)


@pytest.mark.parametrize(
    ("color", "oklch"),
    [
        ((0, 128, 0), (0.51975, 0.17686, 142.495)),  # web-platform-tests, css/css-color/oklch-001.html
        ((0, 0, 0), (0, 0, 0)),
        ((255, 255, 255), (1, 0, 0)),
    ],
)
def test_a_color_has_the_coordinates_that_browsers_are_tested_with(color: Rgb, oklch: tuple[float, ...]) -> None:
    assert to_oklch(color) == pytest.approx(oklch, abs=1e-3)


@pytest.mark.parametrize(
    ("oklch", "percentages"),
    [
        ((0.50, 0.20, 270), (23.056, 31.730, 82.628)),  # web-platform-tests, css/css-color/oklch-005.html
        ((0.55, 0.15, 345), (67.293, 27.791, 52.280)),  # oklch-007.html
    ],
)
def test_coordinates_are_the_color_that_browsers_are_tested_with(
    oklch: tuple[float, ...], percentages: tuple[float, ...]
) -> None:
    assert to_srgb(oklch) / 2.55 == pytest.approx(percentages, abs=1e-3)


@given(lightnesses, chromas, hues)
def test_coordinates_are_the_color_that_coloraide_says_in_gamut_or_not(
    lightness: float, chroma: float, hue: float
) -> None:
    expected = Color("oklch", [lightness, chroma, hue]).convert("srgb")[:3]
    assert to_srgb([lightness, chroma, hue]) / 255 == pytest.approx(expected, abs=1e-9)


@given(st.lists(colors, min_size=1, max_size=20))
def test_colors_come_back(several: list[Rgb]) -> None:
    assert to_srgb(to_oklch(several)) == pytest.approx(np.array(several, float), abs=1e-9)


@given(greys)
def test_a_grey_has_neither_chroma_nor_hue(grey: Rgb) -> None:
    assert to_oklch(grey)[1:].tolist() == [0, 0]


def test_what_is_almost_grey_has_a_hue() -> None:
    steps = np.array([step for step in np.ndindex(2, 2, 2) if len(set(step)) > 1])
    almost = (np.arange(255)[:, None, None] + steps).reshape(-1, 3)
    assert to_oklch(almost)[:, 1].min() > 1e-3


@given(colors)
def test_every_color_of_8_bits_is_in_gamut(color: Rgb) -> None:
    assert in_gamut(to_oklch(color))


@given(lightnesses, chromas, hues)
def test_gamut_is_that_of_coloraide(lightness: float, chroma: float, hue: float) -> None:
    is_in = bool(in_gamut([lightness, chroma, hue]))
    assert is_in in {has(lightness, chroma, hue, tolerance=0), has(lightness, chroma, hue)}


@given(st.floats(0.02, 0.999), hues)  # the darkest color of 8 bits that isn't black has 0.03
def test_the_gamut_ends_at_the_limit_of_chroma(lightness: float, hue: float) -> None:
    limit = float(chroma_limit([lightness], hue)[0])
    assert has(lightness, max(limit - GAMUT_STEP, 0), hue)
    assert not has(lightness, limit + GAMUT_STEP, hue)


@given(hues)
def test_black_and_white_have_no_room_for_chroma(hue: float) -> None:
    assert chroma_limit([0, 1], hue) == pytest.approx([0, 0], abs=1e-12)
