import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from januslens.color.notation import Rgb
from januslens.color.simulation import Deficiency, simulate, simulate_colors
from tests.januslens.color.simulated import ROUNDED_WEIGHTS, by_coloraide

colors = st.tuples(*[st.integers(0, 255)] * 3)
lacking_cones = st.sampled_from([Deficiency.PROTAN, Deficiency.DEUTAN, Deficiency.TRITAN])
deficiencies = st.sampled_from(list(Deficiency))


@given(colors, lacking_cones)
def test_a_color_seen_without_some_cones_is_that_of_coloraide(color: Rgb, deficiency: Deficiency) -> None:
    assert simulate_colors(color, deficiency) == pytest.approx(by_coloraide(color, deficiency), abs=1e-6)


@given(colors)
def test_a_color_seen_with_achromatopsia_is_the_grey_of_its_luminance(color: Rgb) -> None:
    seen = simulate_colors(color, Deficiency.ACHROMATOPSIA)
    assert seen == pytest.approx(by_coloraide(color, Deficiency.ACHROMATOPSIA), abs=ROUNDED_WEIGHTS)


@given(st.lists(colors, min_size=1, max_size=20), deficiencies)
def test_a_pixel_seen_is_that_of_coloraide_within_a_level(several: list[Rgb], deficiency: Deficiency) -> None:
    seen = simulate(np.array(several, np.uint8), deficiency)
    assert seen.astype(float) == pytest.approx(
        np.array([by_coloraide(color, deficiency) for color in several]), abs=1 + ROUNDED_WEIGHTS
    )


@pytest.mark.parametrize("deficiency", Deficiency)
def test_tables_round_as_the_formula_does_but_for_one_value_in_five_hundred(deficiency: Deficiency) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (200, 300, 3), np.uint8)
    away = np.abs(simulate(pixels, deficiency) - np.rint(simulate_colors(pixels, deficiency)))
    assert away.max() <= 1
    assert np.mean(away > 0) < 1 / 500


@pytest.mark.parametrize("deficiency", Deficiency)
def test_greys_are_seen_as_they_are(deficiency: Deficiency) -> None:
    greys = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1)
    assert np.array_equal(simulate(greys, deficiency), greys)


@pytest.mark.parametrize("shape", [(3,), (0, 3), (1, 3), (130, 131, 3), (2, 3, 4, 3)])
def test_an_image_keeps_its_shape(shape: tuple[int, ...]) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, shape, np.uint8)
    seen = simulate(pixels, Deficiency.DEUTAN)
    assert seen.shape == shape
    assert seen.dtype == np.uint8


def test_a_cut_of_an_image_is_seen_as_in_the_whole() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (60, 80, 3), np.uint8)
    whole = simulate(pixels, Deficiency.PROTAN)
    assert np.array_equal(simulate(pixels[::2, 5:40], Deficiency.PROTAN), whole[::2, 5:40])


def test_red_and_green_of_one_brightness_merge_without_long_or_medium_cones() -> None:
    red, green = (200, 90, 40), (120, 120, 40)
    for deficiency in (Deficiency.DEUTAN, Deficiency.PROTAN):
        seen = np.abs(simulate_colors(red, deficiency) - simulate_colors(green, deficiency))
        assert seen.max() < np.abs(np.subtract(red, green)).max() / 2
