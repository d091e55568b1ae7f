"""Letters that are filled with a gradient: their color changes steadily along the line."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

PARTS: Final = 8  # of a run's width, with a letter or so each
CHANGE: Final = 0.08  # of the color's distance from the background: a letter of solid text may reach as much less
STEADY: Final = 0.97  # correlation with the place along the line: by chance one in 1,000 runs of eight parts has it


def palest_share(column: NDArray[np.intp], coverage: NDArray[np.float64]) -> float | None:
    """Return the share of its strongest color that the palest letter of a gradient-filled run has, None for other runs.

    column (n,) are the columns of the run's pixels, coverage (n,) their shares of the strongest color. The palest
    letter lies at one end of the run, a part farther than the palest part's strongest pixel.
    """
    left, width = int(column.min()), int(column.max()) - int(column.min()) + 1
    if width < PARTS:
        return None
    reach = np.zeros(PARTS)
    np.maximum.at(reach, (column - left) * PARTS // width, coverage)
    change = float(reach.max() - reach.min())
    if change < CHANGE or not reach.all():
        return None
    steadiness = abs(float(np.corrcoef(np.arange(PARTS), reach)[0, 1]))
    return max(float(reach.min()) - change / (PARTS - 1), 0.0) if steadiness >= STEADY else None
