import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from januslens.fitting.weighted_median import weighted_median

weighed = st.lists(st.tuples(st.integers(-100, 100), st.integers(1, 9)), min_size=1, max_size=30)


@given(weighed)
def test_it_is_the_lower_median_of_values_repeated_as_often_as_they_weigh(pairs: list[tuple[int, int]]) -> None:
    values, weights = np.array(pairs, float).T
    repeated = [value for value, weight in pairs for _ in range(weight)]
    assert weighted_median(values, weights) == statistics.median_low(repeated)


@pytest.mark.parametrize(("weights", "median"), [((1, 1, 1), 2), ((5, 1, 1), 1), ((1, 1, 5), 9)])
def test_what_weighs_more_draws_it(weights: tuple[float, ...], median: float) -> None:
    assert weighted_median(np.array([1.0, 2.0, 9.0]), np.array(weights, float)) == median
