import numpy as np
import pytest
from numpy.typing import NDArray

from januslens.text.tone import covered_widths, highest, repeat_their_end, upper_quartiles


def ink(picture: list[list[float]]) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
    covered = np.array(picture)
    row, column = np.nonzero(covered)
    return row, column, covered[row, column]


@pytest.mark.parametrize("across", [[1, 0, 0], [0.5, 0.5, 0], [0.3, 0.7, 0]])
@pytest.mark.parametrize("upright", [True, False])
def test_a_stroke_is_as_wide_wherever_it_lies_between_pixels(across: list[float], upright: bool) -> None:
    stroke = np.tile(across, (8, 1))
    row, column, coverage = ink((stroke if upright else stroke.T).tolist())
    middle = covered_widths(row, column, coverage)[(row if upright else column) == 4]
    assert middle.max() == pytest.approx(1.0)


def test_a_muted_stroke_is_as_much_thinner_as_it_covers_less() -> None:
    row, column, coverage = ink([[0.0, 0.6, 0.6, 0.0]] * 8)
    assert covered_widths(row, column, coverage)[8] == pytest.approx(1.2)


def test_other_strokes_two_pixels_away_do_not_widen_a_stroke() -> None:
    row, column, coverage = ink([[1.0, 0.0, 1.0, 0.0, 1.0]] * 5)
    assert covered_widths(row, column, coverage) == pytest.approx(1.0)


def test_pixels_darker_than_the_color_count_as_covered() -> None:
    row, column, coverage = ink([[1.5]] * 3)
    assert covered_widths(row, column, coverage) == pytest.approx(1.0)


def test_quartiles_are_those_of_each_group() -> None:
    group = np.array([0, 2, 0, 2, 0, 2, 0, 0])
    values = np.array([1.0, 9.0, 4.0, 7.0, 2.0, 8.0, 5.0, 3.0])
    assert upper_quartiles(group, values, 3).tolist() == [4.0, 0.0, 8.0]


def test_the_highest_value_of_an_empty_group_is_zero() -> None:
    assert highest(np.array([1, 1, 3]), np.array([0.2, 0.4, 0.1]), 4).tolist() == [0.0, 0.4, 0.0, 0.1]


@pytest.mark.parametrize(
    ("rows", "columns", "repeated"), [(3, 5, True), (2, 6, False), (4, 4, False), (3, 4, False), (2, 4, False)]
)
def test_an_unmixed_color_repeats_in_ten_pixels_of_five_columns_and_three_rows(
    rows: int, columns: int, repeated: bool
) -> None:
    row, column, coverage = ink([[0.6] * columns] * rows)
    assert repeat_their_end(np.zeros_like(row), row, column, coverage, 1).tolist() == [repeated]


def test_nine_pixels_of_a_color_are_too_few() -> None:
    row, column, coverage = ink([[0.6, 0.6, 0.6, 0, 0], [0, 0.6, 0.6, 0.6, 0], [0, 0, 0.6, 0.6, 0.6]])
    assert repeat_their_end(np.zeros_like(row), row, column, coverage, 1).tolist() == [False]


def test_a_group_repeats_its_own_end_whatever_another_group_reaches() -> None:
    row, column, coverage = ink([[0.6] * 5 + [0.0] * 5 + [1.0] + [0.2] * 4] * 3)
    assert repeat_their_end((column >= 9).astype(np.intp), row, column, coverage, 2).tolist() == [True, False]
