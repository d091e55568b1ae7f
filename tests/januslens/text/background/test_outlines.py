import math

import numpy as np
import pytest
from numpy.typing import NDArray

from januslens.text.background.outlines import _deepest, _eroded, _share_of_letters
from januslens.text.foreground.ink import Stretch, find_inks
from tests.januslens.text.lines import HEIGHT, WIDTH, line_on

EDGE = np.array([100.0, 0, 0])


def letters_at(sine: float) -> NDArray[np.float64]:
    """The offset of letters whose hue is off the ring's by an angle of this sine."""
    return 200 * np.array([math.sqrt(1 - sine**2), sine, 0])


@pytest.mark.parametrize("sine", [0.1, 0.19, 0.21, 0.9])
@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_a_mix_of_ring_and_letter_is_unmixed(sine: float, share: float) -> None:
    letters = letters_at(sine)
    pixel = (1 - share) * EDGE + share * letters
    assert _share_of_letters(pixel[None], EDGE, letters) == pytest.approx([share], abs=1e-9)


def test_letters_of_another_hue_than_their_ring_are_told_from_the_background() -> None:
    letters = letters_at(0.21)
    assert _share_of_letters(0.5 * letters[None], EDGE, letters) == pytest.approx([0.5])


def test_letters_of_nearly_the_hue_of_their_ring_begin_where_it_ends() -> None:
    letters = letters_at(0.19)
    assert _share_of_letters(0.5 * letters[None], EDGE, letters)[0] < 0.1


@pytest.mark.parametrize("sine", [0.1, 0.9])
def test_what_is_beyond_letter_or_ring_is_wholly_one_of_them(sine: float) -> None:
    letters = letters_at(sine)
    pixels = np.stack([1.5 * letters - 0.5 * EDGE, 1.5 * EDGE - 0.5 * letters])
    assert _share_of_letters(pixels, EDGE, letters).tolist() == [1, 0]


def test_the_deepest_pixels_of_a_square_are_around_its_middle() -> None:
    pixels = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    pixels[11:32, 100:121] = 0  # 21 by 21
    line = line_on(pixels)
    (ink,) = find_inks([Stretch(line, np.array([255, 255, 255], np.int16), 0)])
    assert ink is not None
    shape = line.pixels.shape[:2]
    deepest = _deepest(ink, shape, _eroded(ink, shape, np.ones(len(ink.row), np.bool_)))
    row, column = line.y + ink.row[deepest], line.x + ink.column[deepest]
    assert [int(place.min() + place.max()) for place in (row, column)] == [11 + 31, 100 + 120]
    assert len(row) == (np.ptp(row) + 1) * (np.ptp(column) + 1)
    assert 0.15 * 21**2 <= len(row) < 0.25 * 21**2
