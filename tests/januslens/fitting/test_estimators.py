"""Least squares against functions whose least is known, and the weighted median against the standard library's."""

import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from januslens.fitting.estimators import least_squares, weighted_median

AT = np.linspace(0, 4, 40)
RATES = st.floats(0.2, 2.0)


def decay(parameters: NDArray[np.float64]) -> NDArray[np.float64]:
    height, rate = np.moveaxis(parameters, -1, 0)[..., None]
    value: NDArray[np.float64] = height * np.exp(-rate * AT)
    return value


@given(st.floats(1, 50), RATES)
def test_what_a_curve_was_drawn_with_is_found(height: float, rate: float) -> None:
    seen = decay(np.array([height, rate]))
    found = least_squares(lambda parameters: decay(parameters) - seen, np.array([10.0, 1.0]), free=2)
    assert found == pytest.approx([height, rate], rel=0.02)


@given(RATES)
def test_what_is_not_free_stays(rate: float) -> None:
    seen = decay(np.array([10.0, rate]))
    found = least_squares(lambda parameters: decay(parameters) - seen, np.array([5.0, 1.0]), free=1)
    assert found[1] == 1


def test_a_parameter_that_changes_nothing_is_left_where_it_is() -> None:
    found = least_squares(lambda parameters: parameters[..., :1] - 3, np.array([0.0, 7.0]), free=2)
    assert found == pytest.approx([3, 7], abs=1e-3)


def test_nothing_off_is_left_alone() -> None:
    assert least_squares(lambda parameters: 0 * parameters, np.array([1.0, 2.0]), free=2).tolist() == [1, 2]


weighed = st.lists(st.tuples(st.integers(-100, 100), st.integers(1, 9)), min_size=1, max_size=30)


@given(weighed)
def test_it_is_the_lower_median_of_values_repeated_as_often_as_they_weigh(pairs: list[tuple[int, int]]) -> None:
    values, weights = np.array(pairs, float).T
    repeated = [value for value, weight in pairs for _ in range(weight)]
    assert weighted_median(values, weights) == statistics.median_low(repeated)


@pytest.mark.parametrize(("weights", "median"), [((1, 1, 1), 2), ((5, 1, 1), 1), ((1, 1, 5), 9)])
def test_what_weighs_more_draws_it(weights: tuple[float, ...], median: float) -> None:
    assert weighted_median(np.array([1.0, 2.0, 9.0]), np.array(weights, float)) == median
