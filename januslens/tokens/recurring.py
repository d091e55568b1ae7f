"""Measures that recur: the values that a picture's measurements of one kind gather around."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from januslens.fitting.weighted_median import weighted_median


@dataclass(frozen=True, slots=True)
class Recurring:
    """A value in CSS pixels and what it was measured at: the sum of its measurements' weights."""

    value: float
    weight: float


@dataclass(frozen=True, slots=True)
class Tolerance:
    """By how much measurements of the same value differ: a share of it, or CSS pixels, whichever is more."""

    share: float
    pixels: float

    def around(self, value: float) -> float:
        """Return how far a measurement of a value may be from it, in CSS pixels."""
        return max(self.share * value, self.pixels)


def recurring(
    values: NDArray[np.float64], weights: NDArray[np.float64], tolerance: Tolerance, least: float
) -> list[Recurring]:
    """Gather measurements (n,) in CSS pixels around values, from the most supported one on.

    A value is the weighted median of what is around the densest place; its measurements are then put aside. Values of
    less weight than least are left out.
    """
    order = np.lexsort((weights, values))
    return sorted(_gathered(values[order], weights[order], tolerance, least), key=lambda found: found.value)


def _gathered(
    values: NDArray[np.float64], weights: NDArray[np.float64], tolerance: Tolerance, least: float
) -> Iterator[Recurring]:
    """Yield what ascending values gather around."""
    while len(values):
        densest = values[int(_densities(values, weights, tolerance).argmax())]
        around = np.abs(values - densest) <= tolerance.around(densest)
        weight = float(weights[around].sum())
        if weight >= least:
            yield Recurring(weighted_median(values[around], weights[around]), weight)
        values, weights = values[~around], weights[~around]


def _densities(values: NDArray[np.float64], weights: NDArray[np.float64], tolerance: Tolerance) -> NDArray[np.float64]:
    """Return the weight that is around each of ascending values, half as far as a measurement of it may be."""
    reach = np.array([tolerance.around(value) for value in values.tolist()]) / 2
    below = np.concatenate([[0.0], np.cumsum(weights)])
    first, last = np.searchsorted(values, values - reach), np.searchsorted(values, values + reach, side="right")
    densities: NDArray[np.float64] = below[last] - below[first]
    return densities
