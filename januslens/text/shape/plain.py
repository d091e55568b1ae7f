"""Text as it would be written plainly: upright, and without a line through it.

A line through text is as much ink as a headline, and joins all letters; letters that climb along a slanted baseline
fill rows of which none shows their height. Both are undone before a run's shape is measured.
"""

import math
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.text.crop import LineCrop
from januslens.text.shape.heights import TOP
from januslens.text.shape.strokes import RunPixels

STRUCK: Final = 0.95  # of a run's width, that one row's ink covers: a headline and a joined baseline end between words
STRUCK_WIDTH: Final = 2.0  # heights: a single letter may have a stroke across
STRUCK_AT: Final = (0.36, 0.75)
"""Of the height of all ink from its top, where a line through text may be: browsers draw it 0.25 to 0.31 em above the
baseline, a headline is at most 0.33 from the top and a joined baseline at least 0.78."""

LONG: Final = 2.0  # times as long as high, along its own line
FAINT: Final = 0.05  # coverage below which a turned pixel has no ink
CORE: Final = 1 / 3  # of the fullest row's ink, that rows of the x-height have
MIN_ANGLE, MAX_ANGLE = math.radians(3), math.radians(75)
"""The least angle may be a line's letters, not its slant. Beyond the greatest, up and down cannot be told apart."""
STEPS: Final = np.radians(np.linspace(-6, 6, 25))  # around the axis of the ink, which letters at its ends may turn
SHARPER: Final = 1.15  # times as sharp as unturned, from which text is slanted


def plain(run: RunPixels) -> RunPixels:
    """Return the pixels of a run upright, and without a line through it; the run itself if it is plain already."""
    return _upright(_without_strike(run))


def _without_strike(run: RunPixels) -> RunPixels:
    """Return a run in whose rows with a line through it the ink of the row above is repeated."""
    covered = np.bincount(run.row, run.coverage)
    inked = np.flatnonzero(covered >= 1)
    width = run.width
    if not len(inked) or width < STRUCK_WIDTH * (inked[-1] - inked[0] + 1):
        return run
    top, height = inked[0], inked[-1] - inked[0] + 1
    full = np.flatnonzero(covered >= STRUCK * width)
    if not len(full) or not STRUCK_AT[0] * height <= full.mean() + 0.5 - top <= STRUCK_AT[1] * height:
        return run
    first, last = full[0], full[-1]
    first -= covered[first - 1] >= 2 * covered[first - 2] if first > 1 else 0  # a fringe
    last += covered[last + 1] >= 2 * covered[last + 2] if last + 2 < len(covered) else 0
    kept, above = (run.row < first) | (run.row > last), run.row == first - 1
    if not above.any():
        return run
    count = last - first + 1
    row = np.concatenate([run.row[kept], np.repeat(np.arange(first, last + 1), above.sum())])
    parts = [
        np.concatenate([part[kept], np.tile(part[above], count)]) for part in (run.column, run.coverage, run.glyph)
    ]
    order = np.lexsort((parts[0], row))
    column, coverage, glyph = (part[order] for part in parts)
    return replace(run, row=row[order], column=column, coverage=coverage, glyph=glyph)


def _upright(run: RunPixels) -> RunPixels:
    """Return a run turned so that its letters stand on a level line."""
    angle = _angle(run)
    if angle == 0:
        return run
    turned = _turned(run, angle)
    height, width = turned.line.pixels.shape[:2]
    return turned if width >= LONG * height else run


def _angle(run: RunPixels) -> float:
    """Return the angle in radians by which a run's line falls from left to right; 0 if it is level, or shows none."""
    x, y = run.column - run.column.mean(), run.row - run.row.mean()
    across, along, both = (y * y).mean(), (x * x).mean(), (x * y).mean()
    axis = 0.5 * math.atan2(2 * both, along - across)
    if not MIN_ANGLE <= abs(axis) <= MAX_ANGLE:
        return 0.0
    level = _sharpness(x, y, run.coverage, 0.0)
    if _sharpness(x, y, run.coverage, axis) < level:
        return 0.0
    sharpness = {angle: _sharpness(x, y, run.coverage, angle) for angle in (axis + STEPS).tolist()}
    sharpest = max(sharpness, key=sharpness.__getitem__)
    return sharpest if sharpness[sharpest] >= SHARPER * level else 0.0


def _sharpness(x: NDArray[np.float64], y: NDArray[np.float64], coverage: NDArray[np.float64], angle: float) -> float:
    """Return how unevenly ink is spread over the rows of a run that is turned: most where they are along its line."""
    rows = np.rint(y * math.cos(angle) - x * math.sin(angle)).astype(np.intp)
    return float((np.bincount(rows - rows.min(), coverage) ** 2).sum())


def _turned(run: RunPixels, angle: float) -> RunPixels:
    """Return the pixels of a run turned around its middle, as far as they are of the line with most ink.

    Each pixel of the result is interpolated among four of the run.
    """
    covered, owner = np.zeros(run.line.pixels.shape[:2]), np.full(run.line.pixels.shape[:2], -1)
    covered[run.row, run.column], owner[run.row, run.column] = run.coverage, run.glyph
    reach = math.ceil(math.hypot(*covered.shape) / 2) + 1
    v, u = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    x = u * math.cos(angle) - v * math.sin(angle) + (covered.shape[1] - 1) / 2
    y = u * math.sin(angle) + v * math.cos(angle) + (covered.shape[0] - 1) / 2
    turned = _interpolated(covered, x, y)
    in_rows = turned.sum(axis=1)
    fullest = int(in_rows.argmax())
    empty = np.flatnonzero(in_rows < TOP)
    first, end = int(empty[empty < fullest].max()) + 1, int(empty[empty > fullest].min())
    glyphs = _nearest(owner, x[first:end], y[first:end])
    row, column = np.nonzero((turned[first:end] >= FAINT) & (glyphs >= 0))
    coverage, glyph = turned[first:end][row, column], glyphs[row, column]
    column -= column.min()
    core = np.flatnonzero(in_rows[first:end] >= CORE * in_rows.max())
    shape = (end - first, int(column.max()) + 1, 3)
    top = run.line.y + round((covered.shape[0] - shape[0]) / 2)
    line = LineCrop(np.broadcast_to(np.int16(0), shape), run.line.x, top, 0, int(core[0]), shape[1], int(core[-1]) + 1)
    return RunPixels(line, row, column, coverage, glyph, _boxes(glyph, column, row, len(run.boxes)))


def _interpolated(values: NDArray[np.float64], x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return values of a grid between its points, linearly; 0 outside."""
    framed = np.pad(values, 1)
    x, y = np.clip(x + 1, 0, framed.shape[1] - 1.001), np.clip(y + 1, 0, framed.shape[0] - 1.001)
    left, top = x.astype(np.intp), y.astype(np.intp)
    right, below = x - left, y - top
    upper = framed[top, left] * (1 - right) + framed[top, left + 1] * right
    lower = framed[top + 1, left] * (1 - right) + framed[top + 1, left + 1] * right
    between: NDArray[np.float64] = upper * (1 - below) + lower * below
    return between


def _nearest(values: NDArray[np.intp], x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the values of the points of a grid that are nearest."""
    rows, columns = values.shape
    near: NDArray[np.intp] = values[
        np.clip(np.rint(y), 0, rows - 1).astype(np.intp), np.clip(np.rint(x), 0, columns - 1).astype(np.intp)
    ]
    return near


def _boxes(glyph: NDArray[np.intp], column: NDArray[np.intp], row: NDArray[np.intp], count: int) -> NDArray[np.intp]:
    """Return left, top, right and bottom (exclusive) of each glyph's pixels; zeros for a glyph without."""
    least, most = np.full((2, count), np.iinfo(np.intp).max), np.zeros((2, count), np.intp)
    for side, places in enumerate((column, row)):
        np.minimum.at(least[side], glyph, places)
        np.maximum.at(most[side], glyph, places + 1)
    boxes: NDArray[np.intp] = np.concatenate([np.minimum(least, most), most]).T
    return boxes
