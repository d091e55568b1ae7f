"""Fitting of a box shadow to the pixels beside the sides of a box, or inside of them, by rendering it.

Along the normal through the middle of a side, a shadow's coverage is that of a box, moved by the offset and enlarged by
the spread, blurred with a standard deviation of half the blur radius. Inside the box it is the area left uncovered by
such a box reduced by the spread. Browsers blur with three box filters in a row, the approximation of a Gaussian that
SVG describes, whose support is finite.

Sources: CSS Backgrounds and Borders 3, 6.1.1, https://www.w3.org/TR/css-backgrounds-3/#shadow-blur; Filter Effects 1,
"feGaussianBlur", https://www.w3.org/TR/filter-effects-1/#feGaussianBlurElement.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from januslens.fitting.estimators import least_squares

BOX_FILTER: Final = 3 * math.sqrt(2 * math.pi) / 4  # standard deviations that each of the three is wide
MAX_LOG_DEVIATION: Final = 6.0  # logarithm of the deviation in pixels: 400, so that no step of the fit overflows
MIN_DEVIATION_PX: Final = 0.15  # pixels of standard deviation: less cannot be distinguished from an edge
TINY: Final = 1e-9  # keeps a shadow that covers nothing from dividing by it
INVISIBLE: Final = 0.9  # Euclidean levels that are rounded to nothing: half a level of each channel
ROUNDED: Final = 0.3  # Euclidean levels that a fit may be off by rounding alone
BETTER: Final = 0.75  # of what a fit without spread is off, that one with it must reach: most shadows have none
REACHES: Final = 0.1  # of the strongest level, as far as which a shadow is said to reach
DEVIATIONS: Final = 1.3  # that it reaches in standard deviations, if it is neither moved nor spread


@dataclass(frozen=True, slots=True)
class FittedShadow:
    """A CSS box shadow, fitted to pixels, with its offsets (right, down), blur radius and spread in image pixels.

    strength is the number of Euclidean levels by which it changes a pixel that it covers completely; residual is the
    root mean square deviation of the fit, in the same levels.
    """

    right: float
    down: float
    blur: float
    spread: float
    strength: float
    residual: float


def fit_shadow(
    sides: Sequence[NDArray[np.float64]], width: float, height: float, *, inset: bool = False
) -> FittedShadow | None:
    """Fit a CSS box shadow to the left, top, right and bottom profiles of a box of the given size in pixels.

    A profile holds, for each pixel outward from the middle of the side (inward for an inset shadow), how many Euclidean
    levels it is darker than the distant background; it may be empty. The spread is 0 unless it improves the fit
    clearly. Returns None if nothing is darker.
    """
    points = _ProfilePoints.beside(sides, width, height, inset=inset)
    observed = np.concatenate(sides)
    if not len(observed) or observed.max() <= 0:
        return None

    def off(parameters: NDArray[np.float64]) -> NDArray[np.float64]:
        covered = points.covered(parameters)
        drawn = _strength(covered, observed)[..., None] * covered
        return np.where((observed <= 0) & (drawn < INVISIBLE), 0.0, drawn - observed)

    reach = max(int((side > REACHES * observed.max()).sum()) for side in sides)
    unspread = least_squares(off, np.array([0.0, 0.0, math.log(max(reach / DEVIATIONS, 0.5)), 0.0]), free=3)
    best, residual = unspread, _residual(off(unspread))
    if residual > ROUNDED:
        spread_too = least_squares(off, unspread, free=4)
        best = spread_too if _residual(off(spread_too)) < BETTER * residual else unspread
    right, down, log_deviation, spread = best.tolist()
    strength = float(_strength(points.covered(best), observed))
    blur = 2 * math.exp(min(log_deviation, MAX_LOG_DEVIATION))
    return FittedShadow(right, down, blur, spread, strength, _residual(off(best)))


def _residual(off: NDArray[np.float64]) -> float:
    return math.sqrt(float(np.square(off).mean()))


def _strength(covered: NDArray[np.float64], observed: NDArray[np.float64]) -> NDArray[np.float64]:
    strength: NDArray[np.float64] = covered @ observed / np.maximum(np.square(covered).sum(axis=-1), TINY)
    return strength


@dataclass(frozen=True, slots=True)
class _ProfilePoints:
    """The points of the profiles, x and y in pixels, (n,) each, relative to the upper left corner of the box."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    width: float
    height: float
    inset: bool

    @classmethod
    def beside(cls, sides: Sequence[NDArray[np.float64]], width: float, height: float, *, inset: bool) -> Self:
        """Return the centers of the pixels outward, or inward, from the left, top, right and bottom sides."""
        way = -1 if inset else 1
        left, top, right, bottom = (way * (np.arange(len(side)) + 0.5) for side in sides)
        across, along = np.full(len(top) + len(bottom), width / 2), np.full(len(left) + len(right), height / 2)
        x = np.concatenate([-left, across[: len(top)], width + right, across[len(top) :]])
        y = np.concatenate([along[: len(left)], -top, along[len(left) :], height + bottom])
        return cls(x, y, width, height, inset)

    def covered(self, parameters: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the coverage (..., n) of each point for parameters: right, down, log of the deviation, spread."""
        right, down, log_deviation, spread = np.moveaxis(parameters, -1, 0)[..., None]
        spread = -spread if self.inset else spread
        box = BOX_FILTER * np.maximum(np.exp(np.minimum(log_deviation, MAX_LOG_DEVIATION)), MIN_DEVIATION_PX)
        ends = [self.width + spread + right - self.x, -spread + right - self.x]
        ends += [self.height + spread + down - self.y, -spread + down - self.y]
        before_right, before_left, before_bottom, before_top = _thrice_filtered(np.stack(ends) / box)
        covered: NDArray[np.float64] = (before_right - before_left) * (before_bottom - before_top)
        return 1 - covered if self.inset else covered


def _thrice_filtered(at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return an edge at 0 after three box filters of width 1: from 0 at -1.5 to 1 at 1.5."""
    end = np.clip(1.5 - np.abs(at), 0, 1.5)
    middle = np.clip(end - 1, 0, None)
    beyond = (end**3 - 3 * middle**3) / 6
    return np.where(at > 0, 1 - beyond, beyond)
