import numpy as np
import pytest
from numpy.typing import NDArray

from januslens.text.crop import LineCrop
from januslens.text.shape.strokes import RunPixels, Strokes, measure_strokes


def painted(coverage: NDArray[np.float64]) -> RunPixels:
    """A run of one glyph that is all core, painted as far as the array says."""
    height, width = coverage.shape
    row, column = np.nonzero(coverage)
    box = [column.min(), row.min(), column.max() + 1, row.max() + 1]
    line = LineCrop(np.zeros((height, width, 3), np.int16), 0, 0, 0, 0, width, height)
    return RunPixels(line, row, column, coverage[row, column], np.zeros(len(row), np.intp), np.array([box]))


def strokes_of(coverage: NDArray[np.float64]) -> Strokes:
    (strokes,) = measure_strokes([painted(coverage)])
    return strokes


def stem_of(coverage: NDArray[np.float64]) -> float:
    return strokes_of(coverage).stem


@pytest.mark.parametrize("width", [1, 2, 3, 5])
@pytest.mark.parametrize("gap", [2, 7])
def test_a_stems_width_is_how_much_of_its_pixels_it_covers(width: int, gap: int) -> None:
    stem = [0.5, *[1.0] * (width - 1), 0.5, *[0.0] * gap]
    assert stem_of(np.tile(stem, (12, 5))) == pytest.approx(width)


def test_one_wide_stroke_does_not_count_as_usual() -> None:
    bar = np.zeros((10, 60))
    bar[:, [5, 6, 15, 16, 25, 26]] = 1
    bar[4, 30:58] = 1
    assert stem_of(bar) == 2


def test_stems_at_both_edges_are_two() -> None:
    coverage = np.zeros((4, 20))
    coverage[:, :2] = coverage[:, -2:] = 1
    assert stem_of(coverage) == 2


def test_where_all_is_faint_there_is_no_stem() -> None:
    assert stem_of(np.full((10, 30), 0.2)) == 0


def test_strokes_are_counted_along_the_line() -> None:
    bars = np.zeros((10, 40))
    bars[:, [0, 1, 8, 20, 39]] = 1
    bars[:, 30] = 0.5  # too faint for a stroke of a letter
    assert strokes_of(bars).letters == 4


def test_a_bar_and_a_disc_are_no_letters() -> None:
    y, x = np.mgrid[-10:10, -10:10] + 0.5
    assert strokes_of((x * x + y * y <= 100).astype(float)).letters == 0
    assert strokes_of(np.ones((4, 30))).letters == 0


def joined(letters: int, width: int) -> NDArray[np.float64]:
    """Letters of two stems each that a headline joins."""
    word = np.zeros((12, letters * width))
    word[0] = 1
    for left in range(0, letters * width, width):
        word[:, [left, left + width // 2]] = 1
    return word


def test_joined_letters_are_counted_by_their_stems() -> None:
    assert strokes_of(joined(5, 14)).letters == 5


def test_joined_strokes_are_no_more_letters_than_are_as_wide_as_high() -> None:
    assert strokes_of(joined(4, 6)).letters == 2  # 24 pixels, 12 high


def test_an_icon_of_many_strokes_is_one_letter() -> None:
    assert strokes_of(joined(3, 6)[:, :18]).letters == 1


def test_the_profile_is_how_much_of_each_row_is_covered() -> None:
    coverage = np.array([[1, 0.5, 0], [0, 0, 0], [0.25, 0.25, 0]])
    assert strokes_of(coverage).profile.tolist() == [1.5, 0, 0.5]


def test_runs_measured_together_do_not_change_one_another() -> None:
    random = np.random.default_rng(3)
    runs = [painted(random.random((size, 3 * size)) ** 3) for size in (4, 9, 17, 30)]
    for alone, together in zip(runs, measure_strokes(runs), strict=True):
        (expected,) = measure_strokes([alone])
        assert (together.letters, together.stem) == (expected.letters, expected.stem)
        assert together.profile == pytest.approx(expected.profile)


@pytest.mark.parametrize(("width", "letters"), [(22, 1), (23, 2)])
def test_a_shape_as_wide_as_high_is_one_letter(width: int, letters: int) -> None:
    """A thin ring, whose top and bottom no pixel covers wholly; joined letters are wider than high."""
    ring = np.zeros((20, width))
    ring[:, [0, -1]] = 1
    ring[[0, -1], 1:-1] = 0.6
    assert strokes_of(ring).letters == letters


@pytest.mark.parametrize(("side", "letters"), [(4, 0), (5, 3)])
def test_scraps_beside_a_box_are_no_letters(side: int, letters: int) -> None:
    """A filled box, and two thin diagonals of another shape with 2 % of its ink, or more."""
    box = painted(np.ones((20, 20)))
    scrap = np.arange(side)
    rows, columns = np.concatenate([scrap, scrap]), np.concatenate([25 + scrap, 40 + scrap])
    line = LineCrop(np.zeros((20, 60, 3), np.int16), 0, 0, 0, 0, 60, 20)
    boxes = np.array([[0, 0, 20, 20], [25, 0, 25 + side, side], [40, 0, 40 + side, side]])
    glyph = np.concatenate([box.glyph, np.repeat([1, 2], side)])
    run = RunPixels(
        line,
        np.concatenate([box.row, rows]),
        np.concatenate([box.column, columns]),
        np.ones(len(glyph)),
        glyph,
        boxes,
    )
    (strokes,) = measure_strokes([run])
    assert strokes.letters == letters


def hanging(width: int, lines: tuple[int, ...], covered: float = 1.0) -> NDArray[np.float64]:
    """Three stems of 12 rows, and level lines that cover a share of the width."""
    word = np.zeros((12, width))
    word[:, [0, width // 2, width - 1]] = 1
    for row in lines:
        word[row, : round(covered * width)] = 1
    return word


@pytest.mark.parametrize(
    ("width", "lines", "letters"),
    [
        (20, (0,), 2),  # more than one and a half letters
        (19, (0,), 1),
        (24, (0,), 2),
        (24, (0, 11), 1),  # a frame
        (24, (0, 1), 1),  # a bar as thick as a sixth of the height
    ],
)
def test_three_stems_on_a_headline_are_two_letters(width: int, lines: tuple[int, ...], letters: int) -> None:
    assert strokes_of(hanging(width, lines)).letters == letters


@pytest.mark.parametrize(("covered", "letters"), [(0.75, 2), (0.7, 1)])
def test_a_headline_covers_three_quarters_of_the_width(covered: float, letters: int) -> None:
    word = hanging(40, (0,), covered)
    word[6, 20:] = 1
    assert strokes_of(word).letters == letters
