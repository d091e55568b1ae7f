import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from januslens.tokens.recurring import Recurring, Tolerance, recurring

ALIKE = Tolerance(0.06, 1.0)

measured = st.lists(st.tuples(st.floats(4, 80), st.integers(1, 40)), max_size=40)


def gathered(pairs: list[tuple[float, int]], least: float = 0) -> list[Recurring]:
    values, weights = np.array(pairs, float).reshape(-1, 2).T
    return recurring(values, weights, ALIKE, least)


def test_measurements_gather_around_what_they_are_of() -> None:
    found = gathered([(13.8, 10), (14.1, 30), (14.3, 10), (23.6, 8), (24.2, 9)])
    assert [(size.value, size.weight) for size in found] == [(14.1, 50), (24.2, 17)]


def test_what_is_measured_too_seldom_is_left_out() -> None:
    assert [size.value for size in gathered([(14.0, 30), (40.0, 3)], least=12)] == [14.0]


def test_nothing_gathers_around_nothing() -> None:
    assert gathered([]) == []


@pytest.mark.parametrize(("value", "reach"), [(10, 1.0), (50, 3.0)])
def test_small_values_differ_by_pixels_and_large_ones_by_a_share(value: float, reach: float) -> None:
    assert ALIKE.around(value) == pytest.approx(reach)


@given(measured)
def test_every_measurement_counts_once_and_every_value_is_one(pairs: list[tuple[float, int]]) -> None:
    found = gathered(pairs)
    assert sum(size.weight for size in found) == sum(weight for _, weight in pairs)
    assert {size.value for size in found} <= {value for value, _ in pairs}


@given(measured, st.randoms(use_true_random=False))
def test_the_order_of_measurements_does_not_matter(pairs: list[tuple[float, int]], shuffle: random.Random) -> None:
    found = gathered(pairs)
    shuffle.shuffle(pairs)
    assert gathered(pairs) == found
