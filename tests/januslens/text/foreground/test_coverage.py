"""The least coverage of strokes that the test laid out: each is a run of pixels along a row of its own."""

import numpy as np
import pytest

from januslens.text.foreground.coverage import least_coverages


def leasts(
    pixels: int, stroke: float = 1.05, *, columns: int = 1, repeated: int = 1, fringed: bool = False
) -> tuple[float, float]:
    """Lay out strokes of a width, each in two pixels; `repeated` of them, in some columns, show the color itself."""
    row = np.repeat(np.arange((pixels + 1) // 2), 2)[:pixels]
    column = np.where(np.arange(pixels) % 2 == 0, 10, 11) + 2 * (row % max(columns, 1))
    coverage = np.where(np.arange(pixels) % 2 == 0, 0.75, stroke - 0.75)
    strongest = 2 * np.arange(max(repeated, columns))
    return least_coverages(row, column, coverage, strongest, fringed=fringed)


@pytest.mark.parametrize(
    ("pixels", "least"), [(14, 0.05), (16, 0.2), (24, 0.2), (26, 0.22), (48, 0.22), (50, 0.3), (98, 0.3), (100, 0.33),
                          (198, 0.33), (200, 0.45), (398, 0.45), (400, 0.56)],
)  # fmt: skip
def test_the_more_blurred_strokes_the_better_one_of_them_is_covered(pixels: int, least: float) -> None:
    assert leasts(pixels)[1] == least


@pytest.mark.parametrize(
    ("pixels", "least"), [(16, 0.2), (24, 0.2), (26, 0.6), (68, 0.6), (70, 0.83), (148, 0.83), (150, 0.85),
                          (298, 0.85), (300, 0.97)],
)  # fmt: skip
def test_the_more_sharp_strokes_the_better_one_of_them_is_covered(pixels: int, least: float) -> None:
    assert leasts(pixels)[0] == least


@pytest.mark.parametrize(
    ("stroke", "least"),
    [(0.79, 0.46), (0.81, 0.55), (0.89, 0.55), (0.91, 0.7), (0.99, 0.7), (1.01, 0.83), (1.09, 0.83), (1.11, 0.85)],
)
def test_the_wider_sharp_strokes_are_the_better_one_of_them_is_covered(stroke: float, least: float) -> None:
    assert leasts(100, stroke)[0] == least


@pytest.mark.parametrize(("columns", "least"), [(3, (0.83, 0.33)), (4, (0.88, 0.33))])
def test_a_color_in_four_columns_is_hardly_a_mix_in_a_sharp_image(columns: int, least: tuple[float, float]) -> None:
    assert leasts(100, columns=columns) == least


@pytest.mark.parametrize(("pixels", "least"), [(24, 0.2), (26, 0.8), (48, 0.8), (50, 0.88)])
def test_of_few_pixels_four_columns_tell_less(pixels: int, least: float) -> None:
    assert leasts(pixels, columns=4)[0] == least


@pytest.mark.parametrize(("repeated", "least"), [(7, 0.83), (8, 0.33)])
def test_stems_that_lie_alike_between_pixels_tell_no_more_than_blurred_ones(repeated: int, least: float) -> None:
    assert leasts(100, repeated=repeated)[0] == least


def test_an_lcds_filter_blurs_strokes() -> None:
    assert leasts(100, fringed=True) == (0.33, 0.33)


@pytest.mark.parametrize(("pixels", "least"), [(48, 0.8), (100, 0.8), (24, 0.2)])
def test_an_lcds_filter_makes_pixels_of_several_columns_alike(pixels: int, least: float) -> None:
    assert leasts(pixels, columns=4, fringed=True)[0] == least


@pytest.mark.parametrize("pixels", [14, 26, 70, 150, 300])
@pytest.mark.parametrize("stroke", [0.7, 0.85, 0.95, 1.05, 1.2])
def test_no_strokes_cover_more_than_a_pixel(pixels: int, stroke: float) -> None:
    assert all(0 < least <= 1 for least in leasts(pixels, stroke))
