"""Fitting of linear and radial gradients to the colors of an area.

The direction in which the color changes identifies the gradient. In a linear gradient it is the same everywhere. In a
radial one it points away from a center; as equal colors lie on ellipses of one shape, center and shape are the solution
of a linear system. Along the line, or with the distance from the center, colors change linearly in sRGB from stop to
stop; the smallest number of stops that explains the pixels is used.

Source: CSS Images Module Level 3, section 3, https://www.w3.org/TR/css-images-3/#gradients.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from januslens.fitting.estimators import least_squares

OFF: Final = 0.5  # levels that the pixels are off, on average: rounding makes 0.3, a shadow's end 0.8
ASTRAY: Final = 0.01  # of the pixels, that don't count
RANGE: Final = 10.0  # Euclidean levels from one stop to the next: less may be a shadow's end
LEVEL: Final = 0.02  # of a line's direction, up to which it neither rises nor falls
MAX_BENDS: Final = 2  # stops besides the two ends: more occur in artwork only
CANDIDATES: Final = 24  # positions at which a stop is tried, and again between the neighbors of the best
FEW: Final = 300  # pixels that a direction or center is found from
KNOTS: Final = np.arange(1, 24) / 24  # positions at which the curve that colors are compared with may bend
MAX_INITIAL_MISFIT: Final = (
    6.0  # levels, root mean square, that colors may be off before refinement: slopes of 8 bits are inaccurate
)
MAX_FINAL_MISFIT: Final = 1.5  # and in the end: a stop between two knots leaves one
BINS: Final = 128  # that a way is divided into while stops are looked for
MIN_STOP_DISTANCE: Final = 0.06  # of the whole, from one stop to the next
FAR: Final = 1e5  # pixels beyond the outermost stops, up to which their colors are extrapolated
MIN_SQUARED_AXIS_RATIO: Final = 1 / 25  # of the height of an ellipse to its width, or the reverse


@dataclass(frozen=True, slots=True)
class Line:
    """The geometry of a linear gradient: its direction, a unit vector that points down or, if nearly level, right.

    y grows downward.
    """

    x: float
    y: float

    @classmethod
    def toward(cls, x: float, y: float) -> Self:
        """Return the direction (x, y) or its opposite, whichever points down or, if nearly level, to the right.

        y grows downward. The vector is scaled to length 1. Raises ZeroDivisionError if both coordinates are 0.
        """
        geometry = math.copysign(1 / math.hypot(x, y), y if abs(y) > LEVEL * math.hypot(x, y) else x)
        return cls(geometry * x, geometry * y)

    @property
    def angle(self) -> int:
        """The direction of the gradient in whole CSS degrees: 0 is upward, 90 to the right, 180 downward."""
        return round(math.degrees(math.atan2(self.x, -self.y))) % 360

    def along(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the signed distance in pixels, along the direction, of points from the origin of their coordinates."""
        return self.x * x + self.y * y

    def ends(self, box: tuple[float, float, float, float]) -> tuple[float, float]:
        """Return the positions of the first and last stop that CSS specifies for a box with this gradient.

        Positions are those that `along` returns: signed distances in pixels from the origin of the coordinates. At
        them, two opposite corners of the box have the colors of the ends. The box is left, top, right and bottom
        (exclusive) in pixels, of which integers are the centers: its left edge is at left - 0.5.
        """
        left, top, right, bottom = box
        middle = self.x * (left + right - 1) / 2 + self.y * (top + bottom - 1) / 2
        half = (abs(self.x) * (right - left) + abs(self.y) * (bottom - top)) / 2
        return middle - half, middle + half


@dataclass(frozen=True, slots=True)
class Rays:
    """The geometry of a radial gradient: its center, and the ratio of width to height of its ellipses, 1 for circles.

    x and y are the center in pixels, y downward; width is the ratio.
    """

    x: float
    y: float
    width: float

    def along(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the distance of points from the center of the gradient, in horizontal pixels.

        It is half the width of the ellipse through each point; x and y of the points are in pixels.
        """
        distance: NDArray[np.float64] = np.hypot(x - self.x, self.width * (y - self.y))
        return distance

    def ends(self, box: tuple[float, float, float, float]) -> tuple[float, float]:
        """Return the positions of the first and last stop for a box with this gradient, as distances from the center.

        The first is 0, the center; the last is the distance, as `along` measures it, of the box's farthest corner
        (CSS's farthest-corner). The box is left, top, right and bottom (exclusive) in pixels, of which integers are the
        centers.
        """
        left, top, right, bottom = box
        across = max(abs(left - 0.5 - self.x), abs(right - 0.5 - self.x))
        return 0.0, math.hypot(across, self.width * max(abs(top - 0.5 - self.y), abs(bottom - 0.5 - self.y)))


@dataclass(frozen=True, slots=True)
class FittedGradient:
    """A gradient fitted to the pixels of an area: its geometry, and its stops.

    stops (n,) are their positions in pixels, as the geometry's `along` measures them, in ascending order; the first and
    last are where the pixels begin and end, not where CSS would place them. colors (n, 3) are the colors at the stops
    in unrounded levels of a channel.
    """

    geometry: Line | Rays
    stops: NDArray[np.float64]
    colors: NDArray[np.float64]

    def at(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the colors (n, 3) of the gradient, in unrounded levels, at points with pixel coordinates x and y (n,).

        Beyond the outermost stops they are extrapolated, and may be below 0 or above 255.
        """
        return self.color(self.geometry.along(x, y))

    def color(self, along: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the colors, shape (..., 3), in unrounded levels, at positions along the gradient, shape (...).

        Positions are in pixels, as the geometry's `along` measures them. Colors change linearly in sRGB from stop to
        stop. Beyond the outermost stops they are extrapolated, and may be below 0 or above 255.
        """
        slopes = np.diff(self.colors[[0, 1, -2, -1]], axis=0)[::2] / np.diff(self.stops[[0, 1, -2, -1]])[::2, None]
        stops = np.concatenate([self.stops[:1] - FAR, self.stops, self.stops[-1:] + FAR])
        colors = np.concatenate([self.colors[:1] - FAR * slopes[:1], self.colors, self.colors[-1:] + FAR * slopes[1:]])
        return np.stack([np.interp(along, stops, channel) for channel in colors.T], axis=-1)


def fit_gradient(
    points: NDArray[np.float64],
    colors: NDArray[np.float64],
    slopes: NDArray[np.float64],
    slope_points: NDArray[np.float64],
    *,
    plane_only: bool = False,
) -> FittedGradient | None:
    """Fit a linear or radial gradient to the pixels of an area; return None if none fits.

    The pixels are given by their x and y (n, 2), y downward, and their colors (n, 3). slopes (m, channels, 2) are the
    changes of color per pixel, rightward and downward, at slope_points (m, 2). Linear gradients are tried first, then
    circles and ellipses; of each, the smallest number of stops, two to four, that explains the pixels is used.
    plane_only restricts the fit to linear gradients between two colors.
    """
    plane = _plane(points, colors)
    if plane is not None or plane_only:
        return plane
    few = slice(None, None, max(1, len(points) // FEW))
    for geometry in _geometries(points[few], colors[few], slopes, slope_points):
        fitted = _with_stops(geometry, geometry.along(*points.T), colors)
        if fitted is not None:
            return fitted
    return None


def _geometries(
    points: NDArray[np.float64],
    colors: NDArray[np.float64],
    slopes: NDArray[np.float64],
    slope_points: NDArray[np.float64],
) -> Iterator[Line | Rays]:
    """Yield the geometries that fit, the simplest first."""
    line = _line(points, colors, slopes)
    if line is not None:
        yield line
    for guess, is_circle in ((_of_circles(slopes, slope_points), True), (_of_ellipses(slopes, slope_points), False)):
        rays = None if guess is None else _rays(guess, points, colors, is_circle=is_circle)
        if rays is not None:
            yield rays


def _plane(points: NDArray[np.float64], colors: NDArray[np.float64]) -> FittedGradient | None:
    """Fit a linear gradient with two stops: one plane per channel, all rising along one line."""
    basis = np.column_stack([np.ones(len(points)), points])
    solved = np.linalg.lstsq(basis, colors, rcond=None)[0]
    if np.abs(basis @ solved - colors).mean() > OFF:
        return None
    _, _, directions = np.linalg.svd(solved[1:].T)
    line = Line.toward(*directions[0].tolist())
    return _with_stops(line, line.along(*points.T), colors)


def _line(points: NDArray[np.float64], colors: NDArray[np.float64], slopes: NDArray[np.float64]) -> Line | None:
    """Return the line along which colors change and across which they are constant; None if there is none."""
    steepest = np.linalg.eigh(np.einsum("tci,tcj->ij", slopes, slopes))[1][:, -1]

    def along(angle: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.cos(angle) * points[:, 0] + np.sin(angle) * points[:, 1]

    refined = _refined(along, np.array([math.atan2(steepest[1], steepest[0])]), colors, free=1)
    return None if refined is None else Line.toward(math.cos(refined[0]), math.sin(refined[0]))


def _refined(
    along: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    start: NDArray[np.float64],
    colors: NDArray[np.float64],
    free: int,
) -> list[float] | None:
    """Return the parameters of a geometry along which colors are closest to a line that may bend at many knots.

    Returns None if colors are not close to such a line.
    """

    def off(parameters: NDArray[np.float64]) -> NDArray[np.float64]:
        at = along(parameters[..., None])
        begin, length = at.min(axis=-1, keepdims=True), np.ptp(at, axis=-1, keepdims=True)
        position = ((at - begin) / length)[..., None]
        bent = np.maximum(position - KNOTS, 0)
        basis = np.linalg.qr(np.concatenate([np.ones_like(position), position, bent], axis=-1))[0]
        return (colors - basis @ (basis.swapaxes(-1, -2) @ colors)).reshape(*parameters.shape[:-1], -1)

    def are_like(parameters: NDArray[np.float64], levels: float) -> bool:
        return bool(np.square(off(parameters)).mean() <= levels**2)

    if not are_like(start, MAX_INITIAL_MISFIT):
        return None
    refined = least_squares(off, start, free)
    return refined.tolist() if are_like(refined, MAX_FINAL_MISFIT) else None


def _rays(
    guess: tuple[float, float, float], points: NDArray[np.float64], colors: NDArray[np.float64], *, is_circle: bool
) -> Rays | None:
    """Refine the center and shape of the circles or ellipses along which colors are equal; None if they do not fit."""
    x, y, width = guess

    def along(parameters: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y, width = np.moveaxis(parameters, -2, 0)
        distance: NDArray[np.float64] = np.hypot(points[:, 0] - x, np.exp(width) * (points[:, 1] - y))
        return distance

    refined = _refined(along, np.array([x, y, math.log(width)]), colors, free=2 if is_circle else 3)
    return None if refined is None else Rays(refined[0], refined[1], math.exp(refined[2]))


def _of_circles(slopes: NDArray[np.float64], slope_points: NDArray[np.float64]) -> tuple[float, float, float]:
    """Return the center (a, b) of circles perpendicular to the slopes: (y - b) right = (x - a) down; the ratio is 1."""
    system, right_y, down_x = _perpendicular(slopes, slope_points)
    b, a = np.linalg.lstsq(system, down_x - right_y, rcond=None)[0].tolist()
    return a, b, 1.0


def _of_ellipses(slopes: NDArray[np.float64], slope_points: NDArray[np.float64]) -> tuple[float, float, float] | None:
    """Return center and width-to-height ratio, whose square is k: k (y - b) right = (x - a) down; None if extreme."""
    system, right_y, down_x = _perpendicular(slopes, slope_points)
    k_b, a, k = np.linalg.lstsq(np.column_stack([system, right_y]), down_x, rcond=None)[0].tolist()
    return (a, k_b / k, math.sqrt(k)) if MIN_SQUARED_AXIS_RATIO < k < 1 / MIN_SQUARED_AXIS_RATIO else None


def _perpendicular(slopes: NDArray[np.float64], slope_points: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    """Return the linear system for a center: (-right, down) (n, 2), right times y and down times x (n,)."""
    right, down = slopes[..., 0], slopes[..., 1]
    x, y = slope_points.T[..., None]
    return np.stack([-right.ravel(), down.ravel()], axis=1), (right * y).ravel(), (down * x).ravel()


def _with_stops(
    geometry: Line | Rays, along: NDArray[np.float64], colors: NDArray[np.float64]
) -> FittedGradient | None:
    """Return the gradient with the fewest stops that explains the pixels; None if none does."""
    begin, end = np.quantile(along, (ASTRAY, 1 - ASTRAY)).tolist()
    bends: list[float] = []
    while True:
        fitted = _bent(geometry, along, colors, (begin, *sorted(bends), end))
        if _usual(np.abs(fitted.color(along) - colors).mean(axis=1)).mean() <= OFF:
            changes = np.linalg.norm(np.diff(fitted.colors, axis=0), axis=1)
            return fitted if changes.min() >= RANGE else None
        if len(bends) == MAX_BENDS:
            return None
        bends = _best_bends(along, colors, bends, begin, end)


def _best_bends(
    along: NDArray[np.float64], colors: NDArray[np.float64], bends: list[float], begin: float, end: float
) -> list[float]:
    """Return the stop positions with one more added and the others re-optimized."""
    middles, count, mean = _binned(along, colors)
    weight = np.sqrt(count)[:, None]

    def best_of(candidates: NDArray[np.float64], others: Sequence[float]) -> float:
        """Return the candidate that, with the others, leaves the least of the colors unexplained."""
        kept = np.broadcast_to(_basis(middles, others), (len(candidates), BINS, 2 + len(others)))
        bent = np.maximum(middles - candidates[:, None], 0)
        orthonormal = np.linalg.qr(np.concatenate([kept, bent[..., None]], axis=-1) * weight)[0]
        explained = np.square(orthonormal.swapaxes(-1, -2) @ (mean * weight)).sum(axis=(1, 2))
        return float(candidates[explained.argmax()])

    best = [*bends, 0.0]
    margin, spacing = MIN_STOP_DISTANCE * (end - begin), (end - begin) / CANDIDATES
    for position in (len(bends), *(range(len(best)) if bends else ())):
        others = best[:position] + best[position + 1 :]
        coarse = best_of(np.linspace(begin + margin, end - margin, CANDIDATES), others)
        best[position] = best_of(np.linspace(coarse - spacing, coarse + spacing, CANDIDATES), others)
    return best


def _binned(
    along: NDArray[np.float64], colors: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return the middle position of each bin (bins,), its number of pixels, and its mean color (bins, 3)."""
    begin, length = along.min(), max(float(np.ptp(along)), 1.0)
    bins = np.minimum((BINS * (along - begin) / length).astype(np.intp), BINS - 1)
    count = np.bincount(bins, minlength=BINS).astype(np.float64)
    sums = np.stack([np.bincount(bins, channel, BINS) for channel in colors.T], axis=1)
    return begin + (np.arange(BINS) + 0.5) / BINS * length, count, sums / np.maximum(count, 1)[:, None]


def _basis(along: NDArray[np.float64], bends: Sequence[float]) -> NDArray[np.float64]:
    return np.stack([np.ones_like(along), along, *(np.maximum(along - bend, 0) for bend in bends)], axis=1)


def _bent(
    geometry: Line | Rays, along: NDArray[np.float64], colors: NDArray[np.float64], stops: tuple[float, ...]
) -> FittedGradient:
    bends = list(stops[1:-1])
    basis = _basis(along, bends)
    solved = np.linalg.lstsq(basis, colors, rcond=None)[0]
    off = np.abs(basis @ solved - colors).max(axis=1)
    usual = off <= _usual(off).max()
    solved = np.linalg.lstsq(basis[usual], colors[usual], rcond=None)[0]
    at = np.array(stops)
    return FittedGradient(geometry, at, _basis(at, bends) @ solved)


def _usual(off: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the deviations of pixels without the largest, which belong to edges beside the gradient."""
    return np.sort(off)[: max(1, round((1 - ASTRAY) * len(off)))]
