"""Estimators of a value or of a model's parameters from measurements.

Source of nonlinear least squares: D. Marquardt, "An algorithm for least-squares estimation of nonlinear parameters",
SIAM Journal on Applied Mathematics 11 (2), 1963. It is for at most five parameters, so that SciPy is not
needed.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

ROUNDS: Final = 15
DAMPING: Final = 1e-2
TINY: Final = 1e-9  # keeps a parameter without effect in place
STEP: Final = 1e-3  # of a parameter, for numerical derivatives
LITTLE: Final = 1e-3  # relative improvement below which iteration stops


def least_squares(
    off: Callable[[NDArray[np.float64]], NDArray[np.float64]], start: NDArray[np.float64], free: int
) -> NDArray[np.float64]:
    """Return the parameters, shape (n,), near `start` that minimize the sum of squared residuals of a nonlinear model.

    off takes sets of parameters (..., n) and returns their residuals (..., m). Only the first `free` parameters, at
    most five, are varied; the others keep their values. Marquardt's method is used, for at most 15 rounds; the best
    parameters so far are returned even if it has not converged.
    """
    steps = STEP * np.eye(len(start))[:free]
    parameters, damping = start, DAMPING
    current = off(parameters)
    for _ in range(ROUNDS):
        slopes = (off(parameters + steps) - current).T / STEP
        curvature = slopes.T @ slopes
        damped = curvature + damping * np.diag(np.diag(curvature) + TINY)
        move = np.zeros(len(start))
        move[:free] = np.linalg.lstsq(damped, -slopes.T @ current)[0]  # singular where two parameters do the same
        moved = off(parameters + move)
        gain = 1 - np.square(moved).sum() / max(np.square(current).sum(), TINY)
        if gain > 0:
            parameters, current, damping = parameters + move, moved, damping / 10
        else:
            damping *= 10
        if 0 < gain < LITTLE or np.abs(move).max() < STEP:
            break
    return parameters


def weighted_median(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    """Return the lower weighted median of values, which is one of them; values and weights have shape (n,).

    It is the smallest value at which the sorted values' weights add up to at least half of all. Raises IndexError if
    there are no values.
    """
    order = np.argsort(values)
    below = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(below, below[-1] / 2)])
