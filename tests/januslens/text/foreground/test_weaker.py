"""Words of two colors on one line of mixes, as blocks of pixels that the test filled."""

import numpy as np
import pytest
from numpy.typing import NDArray

from januslens.text.foreground.weaker import weaker_color

STRONG = np.array([-167.0, -137.0, -110.0])  # #586e75 on #fdf6e3
WEAK = np.array([-152.0, -123.0, -96.0])  # #657b83
GAP = 2.0


def word(color: NDArray[np.float64], left: int, rows: int = 4, columns: int = 5) -> NDArray[np.float64]:
    """Fill a block: rows of x, y and the offset of its pixels."""
    y, x = (place.ravel() for place in np.mgrid[:rows, left : left + columns])
    return np.column_stack([x, y, np.tile(color, (len(x), 1))])


def weaker(*words: NDArray[np.float64]) -> tuple[float, ...] | None:
    pixels = np.concatenate(words)
    column, row = pixels[:, :2].astype(np.intp).T
    found = weaker_color(pixels[:, 2:], STRONG, row, column, GAP)
    return None if found is None else tuple(found.tolist())


def test_a_color_that_other_words_show_is_found() -> None:
    assert weaker(word(STRONG, 10), word(WEAK, 20)) == tuple(WEAK)


def test_words_of_one_color_show_no_other() -> None:
    assert weaker(word(STRONG, 10), word(STRONG, 20)) is None


@pytest.mark.parametrize(("left", "found"), [(17, False), (18, True)], ids=["one word", "two words"])
def test_mixes_within_a_word_of_the_stronger_color_are_its_edges(left: int, found: bool) -> None:
    """The first word ends in column 14; the columns 15 and 16, or 15 to 17, are empty."""
    edge = word(STRONG, 10), word(np.round(0.9 * STRONG), left)
    assert (weaker(*edge) is not None) is found


@pytest.mark.parametrize(
    ("rows", "columns", "found"),
    [(3, 3, False), (13, 3, False), (10, 4, True)],
    ids=["dot", "39 pixels of stems", "40 pixels of stems"],
)
def test_what_stems_repeat_may_be_a_color(rows: int, columns: int, found: bool) -> None:
    assert (weaker(word(STRONG, 10), word(WEAK, 30, rows, columns)) is not None) is found


@pytest.mark.parametrize(("alike", "found"), [(4, False), (5, True)])
def test_a_color_of_which_words_fall_short_is_shown_by_five_pixels(alike: int, found: bool) -> None:
    mixes = word(np.round(0.7 * STRONG), 30, 10, 4)
    mixes[:alike, 2:] = WEAK
    assert weaker(word(STRONG, 10), mixes) == (tuple(WEAK) if found else None)


@pytest.mark.parametrize(("share", "found"), [(0.49, False), (0.51, True)])
def test_a_color_of_less_than_half_is_no_mix_of_thin_strokes(share: float, found: bool) -> None:
    assert (weaker(word(STRONG, 10), word(share * STRONG, 20)) is not None) is found


@pytest.mark.parametrize(("share", "found"), [(0.98, True), (0.99, False)])
def test_a_color_within_rounding_is_the_same(share: float, found: bool) -> None:
    assert (weaker(word(STRONG, 10), word(share * STRONG, 20)) is not None) is found


@pytest.mark.parametrize(("beyond", "found"), [(4, True), (5, False)], ids=["a fifth of 20", "a quarter"])
def test_words_that_mostly_go_beyond_a_mix_do_not_have_its_color(beyond: int, found: bool) -> None:
    shares = 0.95 * STRONG
    tops = [word(shares + n, 30 + 4 * n, 1, 1) for n in range(beyond)]
    assert (weaker(word(STRONG, 10), word(0.9 * STRONG, 20), *tops) is not None) is found


def test_pixels_that_go_beyond_a_color_by_rounding_have_it() -> None:
    beyond = word(WEAK - 1, 30, 2, 3)
    assert weaker(word(STRONG, 10), word(WEAK, 20), beyond) == tuple(WEAK)


def test_a_color_is_shown_by_pixels_that_differ_from_it_by_rounding() -> None:
    rounded = word(WEAK, 20)
    rounded[rounded[:, 0] % 2 == 1, 2] += 1
    assert weaker(word(STRONG, 10), rounded) == tuple(WEAK)


def test_the_five_pixels_that_show_a_color_may_differ_by_rounding() -> None:
    mixes = word(np.round(0.7 * STRONG), 30, 10, 4)
    mixes[0, 2:] = WEAK
    mixes[1:5, 2:] = WEAK + 1
    assert weaker(word(STRONG, 10), mixes) == tuple(WEAK)
