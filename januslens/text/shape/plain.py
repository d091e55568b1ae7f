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
STRUCK_AT: Final = (0.36, 0.68)
"""Of the height of all ink from its top, where a line through text may be: browsers draw it 0.25 to 0.31 em above the
baseline, a headline is at most 0.33 from the top."""

SHAPES: Final = 3  # fewer show no line
APART: Final = 0.65  # of the height of all ink: letters of one line are higher, but for those of Han and Thai
LONG: Final = 2.0  # times as long as high, along its own line
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
    width = int(run.column.max() - run.column.min()) + 1
    if not len(inked) or width < STRUCK_WIDTH * (inked[-1] - inked[0] + 1):
        return run
    top, height = inked[0], inked[-1] - inked[0] + 1
    full = np.flatnonzero(covered >= STRUCK * width)
    if not len(full) or not STRUCK_AT[0] * height <= full.mean() + 0.5 - top <= STRUCK_AT[1] * height:
        return run
    first, last = full[0], full[-1]
    first -= covered[first - 1] >= 2 * covered[first - 2]  # a fringe
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
    boxes = run.boxes[np.bincount(run.glyph, minlength=len(run.boxes)) > 0]
    height = run.row[-1] - run.row[0] + 1
    if len(boxes) < SHAPES or (boxes[:, 3] - boxes[:, 1]).max() > APART * height:
        return run
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
    angles = axis + STEPS
    sharpest = max(angles.tolist(), key=lambda angle: _sharpness(x, y, run.coverage, angle))
    sharper = _sharpness(x, y, run.coverage, sharpest) >= SHARPER * _sharpness(x, y, run.coverage, 0.0)
    return sharpest if sharper else 0.0


def _sharpness(x: NDArray[np.float64], y: NDArray[np.float64], coverage: NDArray[np.float64], angle: float) -> float:
    """Return how unevenly ink is spread over the rows of a run that is turned: most where they are along its line."""
    rows = np.rint(y * math.cos(angle) - x * math.sin(angle)).astype(np.intp)
    return float((np.bincount(rows - rows.min(), coverage) ** 2).sum())


def _turned(run: RunPixels, angle: float) -> RunPixels:
    """Return the pixels of a run turned around their middle, as far as they are of the line with most ink.

    Pixels of the result may be missing or be there twice, which changes the sums of their coverage by little.
    """
    x, y = run.column - run.column.mean(), run.row - run.row.mean()
    column = np.rint(x * math.cos(angle) + y * math.sin(angle)).astype(np.intp)
    row = np.rint(y * math.cos(angle) - x * math.sin(angle)).astype(np.intp)
    row -= row.min()
    covered = np.append(np.bincount(row, run.coverage), 0)
    empty = np.flatnonzero(covered < TOP)
    fullest = int(covered.argmax())
    end = empty[np.searchsorted(empty, fullest)]
    first = empty[np.searchsorted(empty, fullest) - 1] + 1 if empty[0] < fullest else 0
    inside = np.flatnonzero((row >= first) & (row < end))
    inside = inside[np.lexsort((column[inside], row[inside]))]
    row, column = row[inside] - first, column[inside] - column[inside].min()
    coverage, glyph = run.coverage[inside], run.glyph[inside]
    core = np.flatnonzero(covered[first:end] >= CORE * covered.max())
    shape = (int(end - first), int(column.max()) + 1, 3)
    top = run.line.y + round(float(run.row.mean()) - shape[0] / 2)
    line = LineCrop(np.broadcast_to(np.int16(0), shape), run.line.x, top, 0, core[0], shape[1], core[-1] + 1)
    return RunPixels(line, row, column, coverage, glyph, _boxes(glyph, column, row, len(run.boxes)))


def _boxes(glyph: NDArray[np.intp], column: NDArray[np.intp], row: NDArray[np.intp], count: int) -> NDArray[np.intp]:
    """Return left, top, right and bottom (exclusive) of each glyph's pixels; zeros for a glyph without."""
    least, most = np.full((2, count), np.iinfo(np.intp).max), np.zeros((2, count), np.intp)
    for side, places in enumerate((column, row)):
        np.minimum.at(least[side], glyph, places)
        np.maximum.at(most[side], glyph, places + 1)
    boxes: NDArray[np.intp] = np.concatenate([np.minimum(least, most), most]).T
    return boxes
