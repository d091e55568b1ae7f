import numpy as np
import pytest

from januslens.text.shape.heights import Heights, measure_heights


def heights_of(*rows: float) -> Heights:
    (heights,) = measure_heights([np.array(rows, float)])
    return heights


def test_ink_ends_at_the_last_row_with_a_third_of_a_stem() -> None:
    heights = heights_of(0.2, 0.3, 9, 9, 0.3, 0.29)
    assert (heights.top, heights.bottom) == (1, 5)


def test_the_baseline_is_where_most_ink_ends() -> None:
    #                     ascenders, x-height, descenders
    heights = heights_of(2, 2, 8, 8, 8, 8, 1, 1)
    assert (heights.baseline, heights.usual_top) == (6, 2)
    assert (heights.ascent, heights.usual, heights.hanging) == (6, 4, 6)


def test_a_lower_end_of_ink_that_is_nearly_as_sharp_is_the_baseline() -> None:
    crossbar = heights_of(4, 4, 4, 4, 10, 4, 8, 0.4)  # 6 end below the crossbar, 7.6 on the baseline
    assert (crossbar.sharpest_end, crossbar.baseline) == (7, 7)
    sharper = heights_of(4, 4, 4, 4, 10, 2, 5.2, 0.4)  # 8 end below the crossbar, 4.8 on the baseline: 0.6 of it
    assert (sharper.sharpest_end, sharper.baseline) == (5, 7)
    dull = heights_of(4, 4, 4, 4, 10, 2, 5.1, 0.4)  # 4.7: less
    assert (dull.sharpest_end, dull.baseline) == (5, 5)


@pytest.mark.parametrize(("below", "lowest_end"), [(2.0, 6), (1.9, 5)])  # 8 and 8.1 end on the baseline
def test_a_lower_row_on_which_a_fifth_as_much_ink_ends_may_be_the_baseline(below: float, lowest_end: int) -> None:
    heights = heights_of(2, 10, 10, 10, 10, below, 0.4)
    assert (heights.baseline, heights.lowest_end) == (5, lowest_end)
    assert (heights.usual, heights.highest_usual) == (4, lowest_end - 1)


@pytest.mark.parametrize(("below", "plain"), [(2, True), (3, False)])  # 8 of 10, and of 11
def test_nearly_all_that_hangs_from_a_plain_headline_ends_on_the_baseline(below: int, *, plain: bool) -> None:
    assert heights_of(2, *[9] * 8, *[1] * below).has_plain_headline == plain


def test_the_least_ascent_is_above_the_sharpest_end() -> None:
    heights = heights_of(4, 4, 4, 4, 10, 2, 5.2, 0.4)
    assert (heights.least_ascent, heights.ascent) == (5, 7)


def test_a_baseline_is_not_in_the_upper_half() -> None:
    assert heights_of(9, 0.5, 0.5, 0.5, 3, 3).baseline == 6


def test_a_first_row_that_is_half_covered_is_half_as_high() -> None:
    assert heights_of(4, 8, 8, 8).ink == 3.5


def test_rise_and_fall_are_the_ink_that_begins_and_ends() -> None:
    heights = heights_of(2, 8, 8, 1)
    assert (heights.rise, heights.fall) == (6, 7)


def test_a_run_that_is_too_faint_is_as_high_as_its_fullest_row() -> None:
    heights = heights_of(0, 0.1, 0.2, 0.1)
    assert (heights.top, heights.bottom) == (2, 3)


def test_runs_measured_together_do_not_change_one_another() -> None:
    random = np.random.default_rng(5)
    profiles = [random.random(rows) * 9 + 0.3 for rows in (1, 2, 5, 9, 30)]
    assert measure_heights(profiles) == [heights for profile in profiles for heights in measure_heights([profile])]


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_a_low_run_has_heights(rows: int) -> None:
    heights = heights_of(*[3.0] * rows)
    assert (heights.ink, heights.baseline, heights.usual_top) == (rows, rows, 0)
