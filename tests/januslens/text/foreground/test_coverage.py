"""The least coverage of strokes that the test laid out: each is a run of pixels along a row of its own."""

import numpy as np
import pytest

from januslens.text.foreground.coverage import least_coverages, least_in_noise


def leasts(
    pixels: int, stroke: float = 1.05, *, columns: int = 1, repeated: int = 1, fringed: bool = False
) -> tuple[float, float]:
    """Lay out strokes of a width, each in two pixels; `repeated` of them, in some columns, show the color itself."""
    row = np.repeat(np.arange((pixels + 1) // 2), 2)[:pixels]
    column = np.where(np.arange(pixels) % 2 == 0, 10, 11) + 2 * (row % max(columns, 1))
    coverage = np.where(np.arange(pixels) % 2 == 0, stroke / 2, stroke / 2)
    strongest = 2 * np.arange(max(repeated, columns))
    return least_coverages(row, column, coverage, strongest, fringed=fringed)


def sharp(pixels: int, stroke: float = 1.05, *, columns: int = 1, repeated: int = 1) -> float:
    return leasts(pixels, stroke, columns=columns, repeated=repeated)[0]


@pytest.mark.parametrize(
    ("pixels", "least"), [(14, 0.05), (16, 0.14), (24, 0.14), (26, 0.17), (68, 0.17), (70, 0.28), (148, 0.28),
                          (150, 0.58), (298, 0.58), (300, 0.63), (450, 0.63)],
)  # fmt: skip
def test_the_more_blurred_strokes_the_better_one_of_them_is_covered(pixels: int, least: float) -> None:
    assert leasts(pixels)[1] == least


@pytest.mark.parametrize(
    ("pixels", "least"), [(16, 0.14), (24, 0.14), (26, 0.52), (68, 0.52), (70, 0.78), (148, 0.78), (150, 0.87),
                          (298, 0.87), (300, 0.90), (448, 0.90), (450, 0.91)],
)  # fmt: skip
def test_the_more_sharp_strokes_the_better_one_of_them_is_covered(pixels: int, least: float) -> None:
    assert sharp(pixels) == least


@pytest.mark.parametrize(
    ("stroke", "least"),
    [(0.64, 0.40), (0.66, 0.48), (0.74, 0.48), (0.76, 0.67), (0.84, 0.67), (0.86, 0.80), (0.94, 0.80), (0.96, 0.87),
     (1.09, 0.87), (1.11, 0.92), (1.4, 0.92)],
)  # fmt: skip
def test_the_wider_sharp_strokes_are_the_better_one_of_them_is_covered(stroke: float, least: float) -> None:
    assert sharp(150, stroke) == least


@pytest.mark.parametrize(
    ("stroke", "least"),
    [(0.64, 0.25), (0.66, 0.36), (0.86, 0.42), (0.96, 0.58), (1.11, 0.77), (1.29, 0.77), (1.31, 0.80)],
)
def test_the_wider_blurred_strokes_are_the_better_one_of_them_is_covered(stroke: float, least: float) -> None:
    assert leasts(150, stroke)[1] == least


@pytest.mark.parametrize(
    ("pixels", "stroke", "least"),
    [
        (14, 1.2, 0.05),
        (16, 1.2, 0.14),
        (26, 1.2, 0.23),
        (70, 1.2, 0.66),
        (150, 1.2, 0.75),
        (300, 1.2, 0.82),
        (450, 1.2, 0.90),
        (450, 0.9, 0.68),
    ],
)
def test_an_lcds_filter_blurs_strokes(pixels: int, stroke: float, least: float) -> None:
    assert leasts(pixels, stroke, fringed=True)[0] == least


def test_a_quarter_of_the_strokes_may_be_narrower() -> None:
    """Two of ten are narrow, then three."""
    for narrow, least in ((20, 0.87), (30, 0.48)):
        row = np.repeat(np.arange(100), 2)
        stroke = np.where(np.arange(100) < narrow, 0.7, 1.0)
        coverage = np.repeat(stroke / 2, 2)
        place = np.tile([10, 11], 100)
        assert least_coverages(row, place, coverage, np.array([0]), fringed=False)[0] == least


@pytest.mark.parametrize(("columns", "least"), [(3, 0.67), (4, 0.67)])
def test_thin_strokes_show_a_mix_in_several_columns_by_chance(columns: int, least: float) -> None:
    assert sharp(150, 0.84, columns=columns) == least


@pytest.mark.parametrize(("columns", "least"), [(3, 0.80), (4, 0.91)])
def test_a_color_of_wide_strokes_in_four_columns_is_hardly_a_mix(columns: int, least: float) -> None:
    assert sharp(150, 0.86, columns=columns) == least


@pytest.mark.parametrize(("pixels", "least"), [(24, 0.14), (26, 0.8), (48, 0.8), (50, 0.91)])
def test_of_few_pixels_four_columns_tell_less(pixels: int, least: float) -> None:
    assert sharp(pixels, columns=4) == least


@pytest.mark.parametrize(("stroke", "least"), [(1.09, 0.52), (1.11, 0.95)])
def test_an_lcds_filter_makes_pixels_of_several_columns_alike(stroke: float, least: float) -> None:
    assert leasts(150, stroke, columns=4, fringed=True)[0] == least


@pytest.mark.parametrize("stroke", [0.9, 1.2])
def test_columns_never_tell_less_than_strokes(stroke: float) -> None:
    assert sharp(450, stroke, columns=4) >= sharp(450, stroke)


@pytest.mark.parametrize(("repeated", "least"), [(7, 0.78), (8, 0.28)])
def test_stems_that_lie_alike_between_pixels_tell_no_more_than_blurred_ones(repeated: int, least: float) -> None:
    assert sharp(100, repeated=repeated) == least


@pytest.mark.parametrize(
    ("pixels", "stroke", "least"),
    [(14, 1.2, 0.05), (16, 1.2, 0.17), (26, 1.2, 0.25), (70, 1.2, 0.38), (150, 1.2, 0.45), (300, 1.2, 0.65),
     (450, 1.2, 0.50), (450, 1.4, 0.90), (450, 0.7, 0.30)],
)  # fmt: skip
def test_what_rescaling_leaves_on_the_ground_hides_how_strokes_are_covered(
    pixels: int, stroke: float, least: float
) -> None:
    row = np.repeat(np.arange(pixels // 2), 2)
    assert least_in_noise(row, np.tile([10, 11], pixels // 2), np.full(pixels, stroke / 2)) == least


@pytest.mark.parametrize("pixels", [14, 26, 70, 150, 300, 450])
@pytest.mark.parametrize("stroke", [0.6, 0.7, 0.8, 0.9, 1.05, 1.2, 1.4])
@pytest.mark.parametrize("fringed", [False, True])
def test_a_sharp_image_shows_at_least_as_much_as_a_blurred_one(pixels: int, stroke: float, fringed: bool) -> None:
    least, blurred = leasts(pixels, stroke, fringed=fringed)
    assert 0 < blurred <= least <= 1
