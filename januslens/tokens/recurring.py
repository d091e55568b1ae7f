"""Recurring values: the values around which an image's measurements of one kind cluster."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from januslens.fitting.estimators import weighted_median


@dataclass(frozen=True, slots=True)
class Recurring:
    """A value around which measurements in an image cluster, in CSS pixels, and the total weight of the measurements.

    The unit of the weight depends on the family: strokes of letters, areas, distances or lines.
    """

    value: float
    weight: float


@dataclass(frozen=True, slots=True)
class Tolerance:
    """The tolerance among measurements of one value: a share of the value, or CSS pixels, whichever is greater."""

    share: float
    pixels: float

    def around(self, value: float) -> float:
        """Return how far a measurement may be from the given value to count as the same, in CSS pixels."""
        return max(self.share * value, self.pixels)


def recurring(
    values: NDArray[np.float64], weights: NDArray[np.float64], tolerance: Tolerance, least: float
) -> list[Recurring]:
    """Cluster measurements of one kind around values, and return the values in ascending order with their weights.

    values and weights have shape (n,); values are usually in CSS pixels. Each value is the weighted median of the
    measurements around the densest point, which are then removed. Values whose total weight is below `least` are
    omitted.
    """
    order = np.lexsort((weights, values))
    return sorted(_gathered(values[order], weights[order], tolerance, least), key=lambda found: found.value)


def _gathered(
    values: NDArray[np.float64], weights: NDArray[np.float64], tolerance: Tolerance, least: float
) -> Iterator[Recurring]:
    """Yield the values around which ascending measurements cluster."""
    while len(values):
        densest = values[int(_densities(values, weights, tolerance).argmax())]
        around = np.abs(values - densest) <= tolerance.around(densest)
        weight = float(weights[around].sum())
        if weight >= least:
            yield Recurring(weighted_median(values[around], weights[around]), weight)
        values, weights = values[~around], weights[~around]


def _densities(values: NDArray[np.float64], weights: NDArray[np.float64], tolerance: Tolerance) -> NDArray[np.float64]:
    """Return the weight around each of the ascending values, within half of its tolerance."""
    reach = np.array([tolerance.around(value) for value in values.tolist()]) / 2
    below = np.concatenate([[0.0], np.cumsum(weights)])
    first, last = np.searchsorted(values, values - reach), np.searchsorted(values, values + reach, side="right")
    densities: NDArray[np.float64] = below[last] - below[first]
    return densities
