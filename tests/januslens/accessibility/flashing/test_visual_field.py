"""Cells, and the visual fields that they are in."""

import numpy as np
import pytest
from coloraide import Color

from januslens.accessibility.flashing.visual_field import lay_grid
from januslens.decode.geometry import Box


@pytest.mark.parametrize(("scale", "cell"), [(0.5, 1), (1.0, 3), (1.5, 5), (2.0, 6), (3.0, 10)])
def test_a_cell_is_smaller_than_a_tenth_of_a_degree(scale: float, cell: int) -> None:
    assert lay_grid(300, 200, scale).cell == cell
    assert cell / scale < 34.1 / 10 <= (cell + 1) / scale


def test_a_large_image_has_no_more_cells_than_are_affordable() -> None:
    grid = lay_grid(8000, 5000, 0.5)
    assert 0.9 * 131_072 < grid.rows * grid.columns <= 131_072  # a few arrays of as many numbers are a megabyte each
    assert grid.field_cells == pytest.approx(341 * 256 * 0.25 / grid.cell**2)


@pytest.mark.parametrize(("width", "height"), [(1, 1), (2, 700), (900, 1), (50, 40)])
def test_an_image_smaller_than_a_field_is_within_one(width: int, height: int) -> None:
    grid = lay_grid(width, height, 1.0)
    sums = grid.field_sums(np.ones((grid.rows, grid.columns), np.bool_))
    assert sums.max() == min(grid.rows, grid.field_rows) * min(grid.columns, grid.field_columns)


def test_a_cell_s_light_is_the_mean_of_its_pixels_light() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (7, 11, 3), np.uint8)
    light = lay_grid(11, 7, 1.0).light(pixels)
    assert light.shape == (3, 2, 3)
    linear = [[Color("srgb", list(pixel / 255)).convert("srgb-linear")[:3] for pixel in row] for row in pixels]
    cells = np.array(linear)[:6, :9].reshape(2, 3, 3, 3, 3).mean(axis=(1, 3))
    assert light == pytest.approx(np.moveaxis(cells, 2, 0), abs=1e-6)


def test_fields_are_summed_at_every_place() -> None:
    grid = lay_grid(1200, 900, 1.0)
    marks = np.zeros((grid.rows, grid.columns), np.int8)
    marks[100, 200] = 5
    marks[101, 203] = -2
    sums = grid.field_sums(marks)
    assert sums.shape == (300 - 86 + 1, 400 - 114 + 1)
    assert (sums[100, 200], sums[101, 201], sums[100 - 85, 200 - 113], sums[0, 0]) == (3, -2, 5, 0)


def test_the_chosen_cells_of_a_field_are_told_in_pixels() -> None:
    grid = lay_grid(600, 400, 1.0)
    cells = np.zeros((grid.rows, grid.columns), np.bool_)
    cells[20:30, 10:50] = True
    cells[0, 0] = True  # outside
    box, share = grid.in_field((10, 5), cells)
    assert box == Box(30, 60, 120, 30)
    assert share == pytest.approx(400 * 9 / (341 * 256))
