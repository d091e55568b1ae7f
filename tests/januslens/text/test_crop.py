import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from januslens.text.crop import LineCrop, crop_line, room_beside

WIDTH, HEIGHT = 90, 60
PICTURE = np.zeros((HEIGHT, WIDTH, 3), np.uint8)  # every pixel has a color of its own
PICTURE[..., 0], PICTURE[..., 1] = np.arange(HEIGHT)[:, None], np.arange(WIDTH)


@st.composite
def cores(draw: st.DrawFn) -> tuple[int, int, int, int]:
    """Anywhere in the picture, its edges included: left, top, right, bottom."""
    left = draw(st.integers(0, WIDTH - 1))
    top = draw(st.integers(0, HEIGHT - 2))
    right, bottom = draw(st.integers(left + 1, WIDTH)), draw(st.integers(top + 2, HEIGHT))
    return left, top, right, bottom


def crop(core: tuple[float, ...]) -> LineCrop:
    return crop_line(PICTURE, np.array(core, float), (core[0], core[2]))


@given(cores())
def test_a_crop_is_the_part_of_the_image_at_its_place(core: tuple[int, int, int, int]) -> None:
    line = crop(core)
    height, width = line.pixels.shape[:2]
    assert np.array_equal(line.pixels, PICTURE[line.y : line.y + height, line.x : line.x + width])


@given(cores())
def test_the_core_keeps_its_place_in_the_image(core: tuple[int, int, int, int]) -> None:
    line = crop(core)
    assert (line.x + line.left, line.y + line.top, line.x + line.right, line.y + line.bottom) == core


@given(cores())
def test_the_band_lies_in_the_crop_and_around_the_core(core: tuple[int, int, int, int]) -> None:
    line = crop(core)
    assert 0 <= line.band().start <= line.top < line.bottom <= line.band().stop <= len(line.pixels)


def test_the_band_reaches_as_far_as_descenders_do_and_the_crop_farther() -> None:
    line = crop((30, 20, 60, 30))  # an x-height of 10 pixels: descenders of 4 in Arial, Georgia and Verdana
    band = line.band()
    assert band.start <= line.top - 4
    assert band.stop >= line.bottom + 4
    assert band.start > 0
    assert band.stop < len(line.pixels)


def test_the_sides_of_a_crop_show_what_is_beside_the_first_and_last_letter() -> None:
    line = crop((30, 20, 60, 30))
    assert (line.x, line.x + line.pixels.shape[1]) == (22, 68)  # 0.6 of the core's height, and two pixels


@given(cores(), st.data())
def test_columns_of_a_crop_keep_their_place_in_the_image(core: tuple[int, int, int, int], data: st.DataObject) -> None:
    line = crop(core)
    left = data.draw(st.integers(0, line.pixels.shape[1] - 1))
    right = data.draw(st.integers(left + 1, line.pixels.shape[1]))
    part = line.columns(left, right)
    height, width = part.pixels.shape[:2]
    assert np.array_equal(part.pixels, PICTURE[part.y : part.y + height, part.x : part.x + width])
    inside = range(max(core[0], part.x), min(core[2], part.x + width))
    assert range(part.x + part.left, part.x + part.right) == inside or not (inside or part.right > part.left)


def test_a_core_without_height_is_given_some() -> None:
    line = crop((30.0, 20.2, 60.0, 20.4))
    assert line.core_height == 2


def strip(*letters: tuple[int, int]) -> np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]:
    """White, with letters of stripes from one column to another, in rows 20 to 30."""
    pixels = np.full((50, 200, 3), 255, np.uint8)
    for left, right in letters:
        pixels[20:30:2, left:right] = 0
    return pixels


def extent(
    pixels: np.ndarray[tuple[int, int, int], np.dtype[np.uint8]], left: int, right: int, *between: float
) -> tuple[int, int]:
    room = (between[0], between[1]) if between else (0, math.inf)
    line = crop_line(pixels, np.array([left, 20, right, 30], float), room)
    return line.x + line.left, line.x + line.right


def test_a_core_is_extended_by_a_letter_that_it_left_out() -> None:
    assert extent(strip((50, 58), (60, 100), (102, 112)), 60, 100) == (50, 112)


def test_a_letter_cut_off_by_the_core_is_completed() -> None:
    assert extent(strip((60, 105)), 64, 100) == (60, 105)


def test_what_is_beyond_a_gap_of_letters_does_not_extend_a_core() -> None:
    assert extent(strip((40, 56), (60, 100), (103, 112)), 60, 100) == (60, 100)
    assert extent(strip((40, 57), (60, 100)), 60, 100) == (60, 100)  # 0.3 of the core's height
    assert extent(strip((40, 58), (60, 100)), 60, 100) == (40, 100)


def test_what_is_wider_than_a_letter_does_not_extend_a_core() -> None:
    assert extent(strip((60, 100), (102, 122)), 60, 100) == (60, 122)
    assert extent(strip((60, 100), (102, 123)), 60, 100) == (60, 100)  # 2.5 of the core's height, with the gap after it


def test_a_core_is_extended_to_the_edge_of_the_image() -> None:
    assert extent(strip((0, 40)), 10, 30) == (0, 40)
    assert extent(strip((160, 200)), 170, 190) == (160, 200)


def test_noise_is_no_letter() -> None:
    pixels = strip((60, 100))
    pixels[20:30:2, 100:110] = 255 - 6
    assert extent(pixels, 60, 100) == (60, 100)
    pixels[20:30:2, 100:110] = 255 - 7
    assert extent(pixels, 60, 100) == (60, 110)


def test_a_core_is_extended_within_its_room() -> None:
    assert extent(strip((50, 58), (60, 100), (102, 112)), 60, 100, 55.0, 105.0) == (55, 105)
    assert extent(strip((50, 58), (60, 100), (102, 112)), 60, 100, 65.0, 95.0) == (60, 100)


def test_the_room_of_a_core_ends_half_way_to_the_next_in_its_line() -> None:
    cores = np.array([[10, 20, 40, 30], [50, 21, 90, 31], [10, 60, 200, 70], [60, 80, 90, 90]], float)
    room = room_beside(cores)
    assert room[0, 1] == 45.0
    assert room[1].tolist() == [45.0, math.inf]
    assert room[2, 1] == math.inf
    assert room[3, 1] == math.inf
    assert room[0, 0] <= 0
    assert room[3, 0] <= 0
