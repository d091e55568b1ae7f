"""The parameters of a model that make what it is off smallest, in the sense of least squares.

Source: D. Marquardt, "An algorithm for least-squares estimation of nonlinear parameters", SIAM Journal on Applied
Mathematics 11 (2), 1963. Five parameters at most, so that SciPy need not be in the Lambda layer.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

ROUNDS: Final = 15
DAMPING: Final = 1e-2
TINY: Final = 1e-9  # keeps a parameter that changes nothing where it is
STEP: Final = 1e-3  # by which a parameter is moved to see what changes
LITTLE: Final = 1e-3  # of what is off, that a round gains when the next won't be worth it


def least_squares(
    off: Callable[[NDArray[np.float64]], NDArray[np.float64]], start: NDArray[np.float64], free: int
) -> NDArray[np.float64]:
    """Return the parameters nearby, (n,), of which the first are free, that make what is off smallest.

    off takes sets of parameters (..., n) and returns what each is off in all places (..., m).
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
