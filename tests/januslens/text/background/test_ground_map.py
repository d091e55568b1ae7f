"""Which of several flat colors is behind each pixel of a line."""

import numpy as np
import pytest
from numpy.typing import NDArray

from januslens.text.background.ground_map import _grounds, _spread, _thick, edge_colors, ground_numbers, with_mixes
from tests.januslens.text.lines import CORE_HEIGHT, HEIGHT, WIDTH, line_on

RED, BLUE, WHITE = (200, 40, 40), (40, 60, 200), (255, 255, 255)
COLORS = np.array([RED, BLUE], np.int16)


def on_red(*, blue: tuple[slice, slice]) -> NDArray[np.uint8]:
    pixels = np.full((HEIGHT, WIDTH, 3), RED, np.uint8)
    pixels[blue] = BLUE
    return pixels


def numbers(pixels: NDArray[np.uint8]) -> NDArray[np.intp] | None:
    return ground_numbers(line_on(pixels), COLORS, np.zeros(WIDTH, np.intp), 0)


@pytest.mark.parametrize(("thickness", "is_thick"), [(4, False), (5, True)])  # 0.4 of a core of 12 is 5 pixels
def test_what_is_as_thick_as_two_fifths_of_the_core_is_thicker_than_strokes(thickness: int, is_thick: bool) -> None:
    mask = np.zeros((40, 60), np.bool_)
    mask[10:30, 20 : 20 + thickness] = True
    assert np.array_equal(_thick(mask, CORE_HEIGHT), mask & is_thick)


def test_three_pixels_are_the_least_thickness() -> None:
    mask = np.zeros((20, 20), np.bool_)
    mask[4:14, 4:6] = mask[4:14, 10:13] = True
    assert np.flatnonzero(_thick(mask, 4).any(axis=0)).tolist() == [10, 11, 12]


def test_what_is_cut_off_may_be_thicker_beyond_the_crop() -> None:
    mask = np.zeros((20, 20), np.bool_)
    mask[:2] = True
    assert np.array_equal(_thick(mask, CORE_HEIGHT), mask)


@pytest.mark.parametrize(("length", "is_ground"), [(59, False), (60, True)])
def test_a_ground_within_the_crop_is_longer_than_icons(length: int, is_ground: bool) -> None:
    mask = np.zeros((40, 80), np.bool_)
    mask[10:30, 10 : 10 + length] = True  # 5 cores of 12
    assert _grounds(mask, mask, ~mask & False, CORE_HEIGHT).any() == is_ground


@pytest.mark.parametrize(("width", "is_ground"), [(29, False), (30, True)])
def test_a_ground_that_the_crop_cuts_off_is_wider_than_stems(width: int, is_ground: bool) -> None:
    mask = np.zeros((40, 80), np.bool_)
    mask[:30, 20 : 20 + width] = True
    assert _grounds(mask, mask, ~mask & False, CORE_HEIGHT).any() == is_ground


@pytest.mark.parametrize("side", [np.s_[:5, :3], np.s_[:5, -3:], np.s_[-5:, :3]], ids=["left", "right", "below"])
def test_a_ground_may_end_at_a_corner_of_the_crop(side: tuple[slice, slice]) -> None:
    mask = np.zeros((40, 80), np.bool_)
    mask[side] = True
    assert np.array_equal(_grounds(mask, mask, ~mask & False, CORE_HEIGHT), mask)


def test_a_letter_that_the_side_of_the_crop_cuts_off_is_no_ground() -> None:
    mask = np.zeros((40, 80), np.bool_)
    mask[10:30, :14] = True
    assert not _grounds(mask, mask, ~mask & False, CORE_HEIGHT).any()


def test_a_shape_without_thick_parts_is_no_ground() -> None:
    mask = np.ones((40, 80), np.bool_)
    assert not _grounds(mask, mask & False, mask & False, CORE_HEIGHT).any()


@pytest.mark.parametrize(("gap", "is_ground"), [(4, True), (5, False)])
def test_letters_show_the_ground_between_them_and_grounds_show_none(gap: int, is_ground: bool) -> None:
    mask = np.zeros((40, 80), np.bool_)
    mask[:, :80] = True
    usual = np.zeros_like(mask)
    usual[2:38, 30 : 30 + gap] = True  # 4.5 % or 5.6 % of the pixels
    assert _grounds(mask & ~usual, mask, usual, CORE_HEIGHT).any() == is_ground


def test_pieces_between_ascenders_belong_to_the_ground_beside_them() -> None:
    mask = np.zeros((40, 80), np.bool_)
    mask[:8, 30:] = True
    mask[:8, 10:14] = True
    assert np.array_equal(_grounds(mask, mask, ~mask & False, CORE_HEIGHT), mask)


def test_between_two_parts_of_a_color_in_a_row_is_that_color() -> None:
    ground = np.zeros((2, 1, 9), np.bool_)
    ground[0, 0, [0, 8]] = True
    ground[1, 0, 3] = True
    ground[0, 0, 5] = True
    assert _spread(ground).tolist() == [[0, 0, 1, 1, 1, 0, 0, 0, 0]]


def test_a_column_decides_where_a_row_does_not() -> None:
    ground = np.zeros((2, 3, 5), np.bool_)
    ground[1, [0, 2]] = True
    ground[0, 1, 0] = True
    assert _spread(ground)[1].tolist() == [0, 1, 1, 1, 1]


def test_a_color_that_is_no_ground_leaves_one_color_per_column() -> None:
    assert numbers(on_red(blue=np.s_[20:23, 40:43])) is None


@pytest.mark.parametrize(("width", "several"), [(2, False), (3, True)])  # a quarter of the core's height
def test_the_edge_of_an_upright_border_is_no_second_color(width: int, several: bool) -> None:
    line = line_on(on_red(blue=np.s_[:, :100]))
    usual = np.where(np.arange(WIDTH) < 100 - width, 1, 0)
    assert (ground_numbers(line, COLORS, usual, 0) is not None) is several


def test_each_row_has_the_color_of_its_side_of_a_border() -> None:
    line = line_on(on_red(blue=np.s_[24:, :]))
    found = ground_numbers(line, COLORS, np.zeros(WIDTH, np.intp), 0)
    assert found is not None
    assert np.array_equal(found, np.broadcast_to((np.arange(len(found)) + line.y >= 24)[:, None], found.shape))


def test_the_usual_color_of_a_column_is_behind_it_wherever_it_shows() -> None:
    pixels = on_red(blue=np.s_[:, :])
    pixels[10:20, 100:103] = RED  # thinner than any ground
    found = numbers(pixels)
    assert found is not None
    assert np.array_equal(found == 0, (line_on(pixels).pixels == RED).all(axis=2))


def test_no_ground_at_all_is_none() -> None:
    pixels = np.full((HEIGHT, WIDTH, 3), WHITE, np.uint8)
    assert ground_numbers(line_on(pixels), COLORS, np.zeros(WIDTH, np.intp), 0) is None


def mixed_at_border(noise: int, rows: int) -> int:
    pixels = on_red(blue=np.s_[22:, :]).astype(np.int16)
    middle = np.mean([RED, BLUE], axis=0).astype(np.int16)
    pixels[22 - rows : 22] = middle
    number = np.broadcast_to((np.arange(HEIGHT) >= 22)[:, None], (HEIGHT, WIDTH)).astype(np.intp)
    ground = with_mixes(pixels, COLORS, number, noise)
    return int((ground[:, 0] == middle).all(axis=1).sum())


@pytest.mark.parametrize(("noise", "rows"), [(0, 1), (3, 2)])
def test_a_border_is_blurred_by_a_pixel_or_two_after_compression(noise: int, rows: int) -> None:
    assert mixed_at_border(noise, 3) == rows


def test_a_pixel_of_another_color_at_a_border_is_no_ground() -> None:
    pixels = on_red(blue=np.s_[22:, :]).astype(np.int16)
    pixels[21, 50] = (20, 240, 20)
    number = np.broadcast_to((np.arange(HEIGHT) >= 22)[:, None], (HEIGHT, WIDTH)).astype(np.intp)
    assert with_mixes(pixels, COLORS, number, 0)[21, 50].tolist() == list(RED)


def found_at_edges(pixels: NDArray[np.uint8]) -> list[tuple[int, ...]]:
    return [tuple(color.tolist()) for color in edge_colors(line_on(pixels), [np.array(RED, np.int16)], 0)]


@pytest.mark.parametrize("corner", [np.s_[:14, :4], np.s_[:14, -4:], np.s_[-14:, :4], np.s_[-14:, -4:]])
def test_a_color_at_a_corner_may_be_a_ground(corner: tuple[slice, slice]) -> None:
    assert found_at_edges(on_red(blue=corner)) == [BLUE]


@pytest.mark.parametrize("rows", [slice(0, 14), slice(-14, None)])
def test_the_most_frequent_color_of_the_outermost_rows_may_be_a_ground(rows: slice) -> None:
    assert found_at_edges(on_red(blue=(rows, slice(20, 200)))) == [BLUE]


def test_known_colors_are_no_others_at_the_edges() -> None:
    assert found_at_edges(on_red(blue=np.s_[20:24, 100:140])) == []


def test_a_color_all_over_the_outermost_rows_is_found_once() -> None:
    assert found_at_edges(on_red(blue=np.s_[:14, :])) == [BLUE]


@pytest.mark.parametrize(("noise", "is_ground"), [(0, False), (3, True)])
def test_compression_may_put_a_mix_off_the_line_between_two_colors(noise: int, *, is_ground: bool) -> None:
    pixels = on_red(blue=np.s_[22:, :]).astype(np.int16)
    pixels[21] = (120, 50 + 6, 120)
    number = np.broadcast_to((np.arange(HEIGHT) >= 22)[:, None], (HEIGHT, WIDTH)).astype(np.intp)
    assert (with_mixes(pixels, COLORS, number, noise)[21, 50].tolist() == [120, 56, 120]) is is_ground
