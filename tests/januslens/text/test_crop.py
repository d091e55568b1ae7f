import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from januslens.text.crop import LineCrop, crop_line

WIDTH, HEIGHT = 90, 60
PICTURE = np.zeros((HEIGHT, WIDTH, 3), np.uint8)  # every pixel has a color of its own
PICTURE[..., 0], PICTURE[..., 1] = np.arange(HEIGHT)[:, None], np.arange(WIDTH)
PICTURE[..., 0] *= 8  # no row is like the next, so that no column is without ink


@st.composite
def cores(draw: st.DrawFn) -> tuple[int, int, int, int]:
    """Anywhere in the picture, its edges included: left, top, right, bottom."""
    left = draw(st.integers(0, WIDTH - 1))
    top = draw(st.integers(0, HEIGHT - 2))
    right, bottom = draw(st.integers(left + 1, WIDTH)), draw(st.integers(top + 2, HEIGHT))
    return left, top, right, bottom


def crop(core: tuple[float, ...]) -> LineCrop:
    return crop_line(PICTURE, np.array(core, float))


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
