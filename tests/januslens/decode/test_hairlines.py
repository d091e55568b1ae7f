"""Lines of one and of two pixels, drawn."""

import numpy as np
import pytest
from numpy.typing import NDArray

from januslens.decode.hairlines import count_hairlines

LINE = (200, 200, 201)


def page(width: int = 256) -> NDArray[np.uint8]:
    return np.full((60, width, 3), 255, np.uint8)


@pytest.mark.parametrize(("thickness", "counts"), [(1, (4, 0)), (2, (0, 4)), (3, (0, 0))])
def test_a_line_counts_by_its_thickness(thickness: int, counts: tuple[int, int]) -> None:
    pixels = page()
    pixels[20 : 20 + thickness] = LINE
    assert count_hairlines(pixels) == counts  # 256 pixels are 16 stretches, of which 4 are examined


def test_every_line_counts() -> None:
    pixels = page()
    pixels[[5, 9, 30]] = LINE
    pixels[40:42] = LINE
    assert count_hairlines(pixels) == (12, 4)


def test_an_edge_between_two_colors_is_no_line() -> None:
    pixels = page()
    pixels[20:] = LINE
    pixels[40] = 0  # between LINE and black: a line on one side of which another color begins
    pixels[41:] = 90
    assert count_hairlines(pixels) == (0, 0)


def test_two_rows_of_two_colors_are_no_line() -> None:
    pixels = page()
    pixels[20], pixels[21] = LINE, 90
    assert count_hairlines(pixels) == (0, 0)


def test_a_line_of_several_colors_is_none() -> None:
    pixels = page()
    pixels[20, ::2] = LINE
    assert count_hairlines(pixels) == (0, 0)


def test_a_line_amid_several_colors_is_none() -> None:
    pixels = page()
    pixels[:, ::2] = 90
    pixels[20] = LINE
    assert count_hairlines(pixels) == (0, 0)


def test_a_stroke_shorter_than_16_pixels_is_no_line() -> None:
    pixels = page()
    pixels[20, :15] = LINE
    assert count_hairlines(pixels) == (0, 0)
    pixels[20, :16] = LINE
    assert count_hairlines(pixels) == (1, 0)


@pytest.mark.parametrize("shape", [(1, 1), (1, 64), (2, 64), (3, 64), (64, 1), (3, 15)])
def test_the_smallest_images_are_counted(shape: tuple[int, int]) -> None:
    assert count_hairlines(np.zeros((*shape, 3), np.uint8)) == (0, 0)
