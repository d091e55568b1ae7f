"""Transitions are as many as a plot of the quantity has peaks and valleys that are far enough from each other."""

from collections.abc import Sequence
from itertools import pairwise, product

import numpy as np
import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from januslens.accessibility.flashing.transitions import (
    DARKER,
    LIGHTER,
    GeneralTransitions,
    RedTransitions,
    Swings,
)


def longest_zigzag(values: Sequence[float], change: float, darker: float) -> int:
    """The most opposing changes that moments can be chosen for, by trying all."""
    best = {(number, direction): 0 for number in range(len(values)) for direction in (LIGHTER, DARKER)}
    for later, earlier in product(range(len(values)), repeat=2):
        low, high = sorted((values[earlier], values[later]))
        if earlier < later and high - low >= change and low < darker:
            direction = LIGHTER if values[later] > values[earlier] else DARKER
            best[later, direction] = max(best[later, direction], best[earlier, -direction] + 1)
    return max(best.values())


def turns_of(values: Sequence[float], change: float, darker: float = np.inf) -> list[int]:
    plot = np.array(values, np.float32)
    swings = Swings(plot[:1], change, darker)
    return [int(swings.step(value)[0]) for value in plot[:, np.newaxis]]


@given(st.lists(st.integers(0, 16), min_size=1, max_size=30), st.integers(1, 6), st.integers(1, 20))
def test_no_other_choice_of_peaks_and_valleys_has_more_transitions(levels: list[int], change: int, darker: int) -> None:
    turns = [turn for turn in turns_of(levels, change, darker) if turn]
    assert len(turns) == longest_zigzag(levels, change, darker)
    assert all(one == -other for one, other in pairwise(turns))


def test_a_transition_is_counted_when_it_reaches_the_threshold() -> None:
    assert turns_of([0, 4, 8, 12, 16, 14, 8, 0], 10) == [0, 0, 0, LIGHTER, 0, 0, 0, DARKER]


def test_falling_from_the_light_counts_once_it_is_dark_enough() -> None:
    assert turns_of([20, 12, 9, 3, 12], 5, 10) == [0, 0, DARKER, 0, LIGHTER]


def light(*colors: str) -> np.ndarray:
    return np.array([Color(color).convert("srgb-linear")[:3] for color in colors], np.float32).T


def test_places_are_followed_each_by_itself() -> None:
    transitions = GeneralTransitions(light("black", "white", "gray"))
    assert transitions.step(light("white", "black", "gray")).tolist() == [LIGHTER, DARKER, 0]
    assert transitions.step(light("white", "white", "black")).tolist() == [0, LIGHTER, DARKER]


def test_into_red_and_out_of_it() -> None:
    transitions = RedTransitions(light("red", "white", "blue", "lime"))
    assert transitions.step(light("white", "red", "lime", "red")).tolist() == [DARKER, LIGHTER, 0, LIGHTER]
    assert transitions.step(light("blue", "red", "red", "black")).tolist() == [0, 0, LIGHTER, DARKER]


@pytest.mark.parametrize("luminance", [0.02, 0.2])
def test_red_is_as_red_in_the_dark(luminance: float) -> None:
    red = Color("srgb-linear", [luminance / 0.2126, 0, 0]).to_string()
    transitions = RedTransitions(light(red))
    assert transitions.step(light("black")).tolist() == [DARKER]


def test_no_two_saturated_reds_are_far_apart() -> None:
    reds = [
        (1, 0, 0),
        (0.8, 0.2, 0),
        (0.8, 0, 0.2),
    ]  # a diagram of chromaticity keeps what is between them between them
    places = [np.array(Color("srgb-linear", red).uv("1976")) for red in reds]
    assert (
        max(float(np.linalg.norm(one - other)) for one, other in product(places, places)) < 0.2
    )  # WCAG's difference of chromaticities
