"""Gradient tokens: the linear and radial gradients that fill areas, with their geometry and stops.

Adjacent small tiles whose neighboring pixels differ by a few levels, and are not all equal, are grouped into areas. If
a gradient can be fitted to their pixels (`fitting.gradient`), its rendering shows how far the area extends. Tiles that
contain letters are excluded, so that text does not disturb the fit.

Source: CSS Images Module Level 3, section 3, https://www.w3.org/TR/css-images-3/#gradients: colors are mixed in sRGB;
the line of a linear gradient is so long that the corners have the colors of its ends, a radial gradient ends at the
farthest corner.

Limits: conic and repeating gradients, and areas lower or narrower than three tiles, are not reported. If the outermost
stops of a gradient lie inside its area, the flat rest is excluded and the area is reported as if it ended there.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.color.notation import Rgb
from januslens.fitting.gradient import FittedGradient, Line, Rays, fit_gradient
from januslens.raster.components import connected_components

SAMPLING: Final = 2  # step between the sampled pixels along each side: gradients are large
TILE: Final = 4  # of these, 8 CSS px
CENTERED: Final = np.arange(TILE) - (TILE - 1) / 2
SLOPES: Final[
    NDArray[np.float64]
] = (  # of a channel, to the right and downward, from the pixels of a tile, by least squares
    np.einsum("dyx,ce->yxced", np.stack(np.broadcast_arrays(CENTERED, CENTERED[:, None])), np.eye(3)).reshape(-1, 6)
    / (np.square(CENTERED).sum() * TILE)
)
STEP: Final = 12  # levels from one to the next: black to white over 43 CSS px
MIN_SIDE_TILES: Final = 3  # tiles along each side of an area
MIN_AREA_TILES: Final = 12  # tiles of an area
MANY: Final = 40  # tiles of a gradient that is no plane: 50 CSS px square
CHANGE: Final = 24.0  # Euclidean levels in it: a shadow changes less
FILLED: Final = 0.5  # of its box: what shades around a box fills less
MAX_AREAS: Final = 12  # areas, the largest ones
SAMPLES: Final = 4000  # pixels that a gradient is fitted to
SAME: Final = 4  # levels by which a pixel may differ from the gradient that is drawn again
TURNED: Final = 2.0  # degrees by which the same gradient is measured differently
SHIFTED: Final = 0.03  # of its length, by which a stop is; of a radial one's box, its center
REACHED: Final = 0.6  # of a row or column that must fit, for the area to go on
COMPARED_PIXELS: Final = 64  # pixels of a row or column that are compared
AT_A_TIME: Final = 8  # rows or columns: one at a time is slower, too many reach far beyond the end of an area
MAX_HIDDEN_END: Final = 0.1  # of a radial gradient's length, above which its end is not reported
POSITION_DIGITS: Final = 2


@dataclass(frozen=True, slots=True)
class Stop:
    """A color stop of a gradient; position is from 0, the gradient's start, to 1, its end."""

    color: Rgb
    position: float


@dataclass(frozen=True, slots=True)
class ObservedGradient:
    """A linear or radial gradient: its stops, and the number of areas in an image that have it.

    angle, of a linear gradient, is in CSS degrees (0 is upward, 90 to the right). center, of a radial gradient, is its
    x and y as shares of its area's width and height, from the upper left corner. The one that does not apply is None.
    """

    stops: tuple[Stop, ...]
    areas: int
    angle: int | None = None
    center: tuple[float, float] | None = None


def observed_gradients(pixels: NDArray[np.uint8], stride: int) -> list[ObservedGradient]:
    """Find the linear and radial gradients that fill areas of an image, those with the most areas first.

    pixels has shape (height, width, 3); every second of each stride-th row and column is examined. Alike gradients are
    counted as one. Only the 12 largest areas are considered. Small areas, and conic and repeating gradients, are not
    found.
    """
    every = SAMPLING * stride
    sample = pixels[every // 2 :: every, every // 2 :: every].astype(np.int16)
    found: list[ObservedGradient] = []
    for gradient in _gradients(sample):
        same = next((other for other in found if _are_alike(gradient, other)), None)
        if same is None:
            found.append(gradient)
        else:
            found[found.index(same)] = replace(same, areas=same.areas + 1)
    return sorted(found, key=lambda gradient: (-gradient.areas, gradient.angle or 0, _colors(gradient)))


def _are_alike(one: ObservedGradient, other: ObservedGradient) -> bool:
    if (one.angle is None) != (other.angle is None) or len(one.stops) != len(other.stops):
        return False
    turned = abs(((one.angle or 0) - (other.angle or 0) + 180) % 360 - 180)
    moved = np.abs(np.subtract(one.center or (0, 0), other.center or (0, 0))).max()
    shifted = max(abs(mine.position - its.position) for mine, its in zip(one.stops, other.stops, strict=True))
    levels = np.abs(np.subtract(_colors(one), _colors(other))).max()
    return turned <= TURNED and bool(max(moved, shifted) <= SHIFTED and levels <= SAME)


def _colors(gradient: ObservedGradient) -> list[Rgb]:
    return [stop.color for stop in gradient.stops]


def _gradients(sample: NDArray[np.int16]) -> Iterator[ObservedGradient]:
    smooth = _smooth_tiles(sample)
    areas = connected_components(smooth)
    boxes, tiles = areas.boxes(), areas.areas()
    sides = boxes[:, 2:] - boxes[:, :2]
    large = np.flatnonzero((sides.min(axis=1, initial=MIN_SIDE_TILES) >= MIN_SIDE_TILES) & (tiles >= MIN_AREA_TILES))
    row, column, component = areas.pixels()
    for area in large[np.argsort(-tiles[large], kind="stable")][:MAX_AREAS].tolist():
        inside = component == area
        fitted = _fitted(sample, row[inside], column[inside])
        if fitted is not None:
            yield _in_area(fitted, _extent(sample, fitted, (boxes[area] * TILE).tolist()))


def _fitted(sample: NDArray[np.int16], row: NDArray[np.intp], column: NDArray[np.intp]) -> FittedGradient | None:
    """Return the gradient fitted to an area's tiles; None if there is none."""
    tiles = _tiles(sample)[row, :, column]
    slopes: NDArray[np.float64] = (tiles.reshape(len(tiles), -1).astype(np.float64) @ SLOPES).reshape(-1, 3, 2)
    some = np.arange(0, tiles.size // 3, max(1, tiles.size // 3 // SAMPLES))
    tile, inside = np.divmod(some, TILE * TILE)
    y, x = np.divmod(inside, TILE)
    points = np.stack([column[tile] * TILE + x, row[tile] * TILE + y], axis=1).astype(np.float64)
    slope_points = np.stack([column, row], axis=1).astype(np.float64) * TILE + (TILE - 1) / 2
    observed = tiles.reshape(-1, 3)[some].astype(np.float64)
    fills = len(row) >= max(MANY, FILLED * (np.ptp(row) + 1) * (np.ptp(column) + 1))
    changes = np.linalg.norm(np.ptp(observed, axis=0)) >= CHANGE
    return fit_gradient(points, observed, slopes, slope_points, plane_only=not (fills and changes))


def _in_area(fitted: FittedGradient, box: tuple[int, int, int, int]) -> ObservedGradient:
    """Return a gradient as written for the area (left, top, right, bottom) that it fills.

    Stops cut off by round corners are included; the end of a radial gradient is not if only a circle inside it is
    visible.
    """
    begin, end = fitted.geometry.ends(box)
    last = end
    if isinstance(fitted.geometry, Rays) and end - fitted.stops[-1] > MAX_HIDDEN_END * (end - begin):
        last = fitted.stops[-1]
    at = np.array([begin, *fitted.stops[1:-1], last])
    positions = ((at - begin) / (end - begin)).round(POSITION_DIGITS).tolist()
    stops = tuple(Stop(_rgb(color), position) for color, position in zip(fitted.color(at), positions, strict=True))
    if isinstance(fitted.geometry, Line):
        return ObservedGradient(stops, 1, angle=fitted.geometry.angle)
    left, top, right, bottom = box
    center = (fitted.geometry.x + 0.5 - left) / (right - left), (fitted.geometry.y + 0.5 - top) / (bottom - top)
    x, y = (round(share, POSITION_DIGITS) + 0.0 for share in center)  # never -0.0
    return ObservedGradient(stops, 1, center=(x, y))


def _rgb(color: NDArray[np.float64]) -> Rgb:
    red, green, blue = np.rint(np.clip(color, 0, 255)).astype(int).tolist()
    return red, green, blue


def _tiles(sample: NDArray[np.int16]) -> NDArray[np.int16]:
    """Return an image by tiles, shape (rows of tiles, TILE, columns of tiles, TILE, 3)."""
    rows, columns = (side // TILE for side in sample.shape[:2])
    return sample[: rows * TILE, : columns * TILE].reshape(rows, TILE, columns, TILE, 3)


def _smooth_tiles(sample: NDArray[np.int16]) -> NDArray[np.bool_]:
    """Return which tiles change, and by little from pixel to pixel."""
    tiles = _tiles(sample)
    rows, _, columns, _, _ = tiles.shape
    whole = sample[: rows * TILE, : columns * TILE]
    planes = np.ascontiguousarray(whole.transpose(2, 0, 1)).reshape(3, rows, TILE, columns * TILE)
    lowest, highest = (
        reduce(reduce(planes, axis=2).reshape(3, rows, columns, TILE), axis=3) for reduce in (np.min, np.max)
    )
    changing = (highest - lowest).max(axis=0)
    smooth: NDArray[np.bool_] = (changing >= 1) & (changing <= STEP * 2 * TILE)
    row, column = np.nonzero(smooth)
    some = tiles[row, :, column]
    down = np.abs(np.diff(some, axis=1)).max(axis=(1, 2, 3), initial=0) <= STEP
    across = np.abs(np.diff(some, axis=2)).max(axis=(1, 2, 3), initial=0) <= STEP
    smooth[row, column] = down & across
    return smooth


def _extent(sample: NDArray[np.int16], fitted: FittedGradient, box: list[int]) -> tuple[int, int, int, int]:
    """Return the box extended outward as long as the image matches the gradient."""
    left, top, right, bottom = box
    height, width = sample.shape[:2]

    def fitting(x: NDArray[np.float64], y: NDArray[np.float64]) -> int:
        """Return how many lines of points (lines, COMPARED_PIXELS) match before the first that does not."""
        observed = sample[y.astype(np.intp), x.astype(np.intp)]
        expected = fitted.at(x.ravel(), y.ravel()).reshape(observed.shape)
        fits = (np.abs(observed - expected).max(axis=2) <= SAME).mean(axis=1) >= REACHED
        return len(fits) if fits.all() else int(fits.argmin())

    def columns(outward: NDArray[np.float64]) -> int:
        y = np.linspace(top, bottom - 1, COMPARED_PIXELS).round()
        return fitting(*np.broadcast_arrays(outward[:, None], y))

    def rows(outward: NDArray[np.float64]) -> int:
        x = np.linspace(left, right - 1, COMPARED_PIXELS).round()
        return fitting(*np.broadcast_arrays(x, outward[:, None]))

    left -= _reach(range(left - 1, -1, -1), columns)
    right += _reach(range(right, width), columns)
    top -= _reach(range(top - 1, -1, -1), rows)
    bottom += _reach(range(bottom, height), rows)
    return left, top, right, bottom


def _reach(outward: range, fitting: Callable[[NDArray[np.float64]], int]) -> int:
    """Return how many lines match before the first that does not, comparing a few at a time."""
    for begin in range(0, len(outward), AT_A_TIME):
        lines = outward[begin : begin + AT_A_TIME]
        fit = fitting(np.array(lines, np.float64))
        if fit < len(lines):
            return begin + fit
    return len(outward)
