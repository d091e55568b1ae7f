"""A box shadow fitted to what is seen beside the sides of a box, by drawing it again.

Along the normal through the middle of a side, a shadow's coverage is that of a box, moved by the offset and widened by
the spread, blurred with a standard deviation of half the blur radius. Browsers blur with three box filters in a row,
the approximation of a Gaussian that SVG describes, whose ends are nearer.

Sources: CSS Backgrounds and Borders 3, 6.1.1, https://www.w3.org/TR/css-backgrounds-3/#shadow-blur; Filter Effects
1, "feGaussianBlur", https://www.w3.org/TR/filter-effects-1/#feGaussianBlurElement.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

BOX_FILTER: Final = 3 * math.sqrt(2 * math.pi) / 4  # standard deviations that each of the three is wide
SHARPEST: Final = 0.15  # pixels of standard deviation: less can't be told from an edge
ROUNDS: Final = 15
DAMPING: Final = 1e-2
TINY: Final = 1e-9  # keeps a parameter that changes nothing where it is
STEP: Final = 1e-3  # by which a parameter is moved to see what changes
UNSEEN: Final = 0.9  # Euclidean levels that are rounded to nothing: half a level of each channel
ROUNDED: Final = 0.3  # Euclidean levels that a fit may be off by rounding alone
BETTER: Final = 0.75  # of what a fit without spread is off, that one with it must reach: most shadows have none
REACHES: Final = 0.1  # of the strongest level, as far as which a shadow is said to reach
DEVIATIONS: Final = 1.3  # that it reaches in standard deviations, if it is neither moved nor spread


@dataclass(frozen=True, slots=True)
class FittedShadow:
    """A shadow in pixels. strength is in levels, how much of them it takes where it covers all; residual too."""

    right: float
    down: float
    blur: float
    spread: float
    strength: float
    residual: float


def fit_shadow(sides: Sequence[NDArray[np.float64]], width: float, height: float) -> FittedShadow | None:
    """Fit a shadow to four profiles, left, top, right and bottom of a box of this size in pixels.

    A profile is how many levels each pixel outward from the side is darker than what is far away; it may be empty.
    """
    places = _Places.beside(sides, width, height)
    seen = np.concatenate(sides)
    if not len(seen) or seen.max() <= 0:
        return None

    def off(parameters: NDArray[np.float64]) -> NDArray[np.float64]:
        covered = places.covered(parameters)
        drawn = _strength(covered, seen) * covered
        return np.where((seen <= 0) & (drawn < UNSEEN), 0.0, drawn - seen)

    reach = max(int((side > REACHES * seen.max()).sum()) for side in sides)
    unspread = _least_squares(off, np.array([0.0, 0.0, math.log(max(reach / DEVIATIONS, 0.5)), 0.0]), free=3)
    best, residual = unspread, _residual(off(unspread))
    if residual > ROUNDED:
        spread_too = _least_squares(off, unspread, free=4)
        best = spread_too if _residual(off(spread_too)) < BETTER * residual else unspread
    right, down, log_deviation, spread = best.tolist()
    strength = _strength(places.covered(best), seen)
    return FittedShadow(right, down, 2 * math.exp(log_deviation), spread, strength, _residual(off(best)))


def _residual(off: NDArray[np.float64]) -> float:
    return math.sqrt(float(np.square(off).mean()))


def _strength(covered: NDArray[np.float64], seen: NDArray[np.float64]) -> float:
    return float(covered @ seen / max(float(covered @ covered), TINY))


@dataclass(frozen=True, slots=True)
class _Places:
    """Where profiles were taken beside a box whose upper left corner is the origin: x and y in pixels, (n,) each."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    width: float
    height: float

    @classmethod
    def beside(cls, sides: Sequence[NDArray[np.float64]], width: float, height: float) -> Self:
        """Return the middles of the pixels outward from left, top, right and bottom."""
        left, top, right, bottom = (np.arange(len(side)) + 0.5 for side in sides)
        across, along = np.full(len(top) + len(bottom), width / 2), np.full(len(left) + len(right), height / 2)
        x = np.concatenate([-left, across[: len(top)], width + right, across[len(top) :]])
        y = np.concatenate([along[: len(left)], -top, along[len(left) :], height + bottom])
        return cls(x, y, width, height)

    def covered(self, parameters: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the coverage at each place of a shadow: right, down, logarithm of its deviation, spread."""
        right, down, log_deviation, spread = parameters.tolist()
        box = BOX_FILTER * max(math.exp(min(log_deviation, 6.0)), SHARPEST)
        ends = [self.width + spread + right - self.x, -spread + right - self.x]
        ends += [self.height + spread + down - self.y, -spread + down - self.y]
        before_right, before_left, before_bottom, before_top = _thrice_filtered(np.array(ends) / box)
        covered: NDArray[np.float64] = (before_right - before_left) * (before_bottom - before_top)
        return covered


def _thrice_filtered(at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return an edge at 0 after three box filters of width 1: from 0 at -1.5 to 1 at 1.5."""
    end = np.clip(1.5 - np.abs(at), 0, 1.5)
    middle = np.clip(end - 1, 0, None)
    beyond = (end**3 - 3 * middle**3) / 6
    return np.where(at > 0, 1 - beyond, beyond)


def _least_squares(
    off: Callable[[NDArray[np.float64]], NDArray[np.float64]], start: NDArray[np.float64], free: int
) -> NDArray[np.float64]:
    """Return the parameters nearby, of which the first are free, that make what is off smallest.

    Levenberg and Marquardt's way.
    """
    steps = STEP * np.eye(len(start))[:free]
    parameters, damping = start, DAMPING
    current = off(parameters)
    for _ in range(ROUNDS):
        slopes = np.stack([(off(parameters + step) - current) / STEP for step in steps], axis=1)
        curvature = slopes.T @ slopes
        damped = curvature + damping * np.diag(np.diag(curvature) + TINY)
        move = np.zeros(len(start))
        move[:free] = np.linalg.lstsq(damped, -slopes.T @ current)[0]  # singular where two parameters do the same
        moved = off(parameters + move)
        if np.square(moved).sum() < np.square(current).sum():
            parameters, current, damping = parameters + move, moved, damping / 10
            if np.abs(move).max() < STEP:
                break
        else:
            damping *= 10
    return parameters
