"""Measures of how strong ink is that do not depend on how its strokes meet the pixels.

A stroke that lies between two pixels covers neither wholly, and a thin one covers none. But what it covers across its
direction adds up to its width, wherever it lies. A muted color makes strokes as much thinner as it covers less.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.text.foreground.plateau import PLATEAU_COLUMNS, PLATEAU_PIXELS, PLATEAU_ROWS, UNMIXED

QUARTILE: Final = 0.75


def covered_widths(
    row: NDArray[np.intp], column: NDArray[np.intp], coverage: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the width in pixels, up to 3, of the stroke through each pixel of ink, shape (n,).

    It is the coverage of three pixels across the stroke: side by side or one above the other, whichever is less. row
    and column (n,) are the positions of the pixels, coverage (n,) their shares of the text's color.
    """
    row, column = row - int(row.min()) + 1, column - int(column.min()) + 1
    covered = np.zeros((int(row.max()) + 2, int(column.max()) + 2))
    covered[row, column] = np.clip(coverage, 0, 1)
    here = covered[row, column]
    beside = covered[row, column - 1] + covered[row, column + 1]
    above_and_below = covered[row - 1, column] + covered[row + 1, column]
    widths: NDArray[np.float64] = here + np.minimum(beside, above_and_below)
    return widths


def upper_quartiles(group: NDArray[np.intp], values: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Return the upper quartile of the values of each of `count` groups, 0 for an empty one."""
    order = np.lexsort((values, group))
    size = np.bincount(group, minlength=count)
    last = np.cumsum(size)
    at = last - size + (QUARTILE * (size - 1)).astype(np.intp)
    return np.where(size > 0, values[order][np.minimum(at, len(values) - 1)], 0.0)


def highest(group: NDArray[np.intp], values: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Return the maximum value of each group, 0 for an empty one."""
    maximum = np.zeros(count)
    np.maximum.at(maximum, group, values)
    return maximum


def repeat_their_end(
    group: NDArray[np.intp],
    row: NDArray[np.intp],
    column: NDArray[np.intp],
    coverage: NDArray[np.float64],
    count: int,
) -> NDArray[np.bool_]:
    """Return which groups of pixels show their highest coverage as often as only an unmixed color is repeated.

    As for a color to be proven, that are ten pixels in five columns and three rows.
    """
    end = coverage >= (1 - UNMIXED) * highest(group, coverage, count)[group]
    group, row, column = group[end], row[end], column[end]
    rows, columns = (_distinct(group, positions, count) for positions in (row, column))
    pixels = np.bincount(group, minlength=count)
    return (pixels >= PLATEAU_PIXELS) & (columns >= PLATEAU_COLUMNS) & (rows >= PLATEAU_ROWS)


def _distinct(group: NDArray[np.intp], position: NDArray[np.intp], count: int) -> NDArray[np.intp]:
    """Return the number of distinct positions in each group."""
    places = int(position.max()) + 1
    return np.bincount(np.unique(group * places + position) // places, minlength=count)
