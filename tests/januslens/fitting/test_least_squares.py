"""The search for the least squares, against functions whose least is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from januslens.fitting.least_squares import least_squares

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
