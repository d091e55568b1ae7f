"""The least coverage that the most covered pixel of a run of text may have.

A thin stroke of a strong color leaves the same pixels as a thicker stroke of a weaker one. So the color of text whose
strokes are thinner than a pixel is open, unless its pixels show how far they are covered. What they show: the more
strokes, the more of them meet or lie wholly within a pixel; strokes that are a pixel wide in units of the most covered
pixel; and one darkest color in several columns, as strokes lie differently between pixels. Reducing an image in size
blurs its strokes, which makes them wide without covering any pixel.

The values are those that 98 in 100 runs reach of their weight and size: of 4,318 runs without a plateau in Chromium's
renderings of 5,400 lines (weights 100 to 900, 9 to 40 px, eight scripts, scales 1 to 3, gray and LCD), and of 11,491 in
renderings that were reduced to 0.5 and 0.85. Those of blurred strokes also hold for 98 in 100 of 1,344 other runs.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

SHARP_COLUMNS: Final = 4  # that show the most covered color: strokes that lie alike between pixels have fewer
MIN_OF_MANY_COLUMNS: Final = ((50, 0.88), (25, 0.8))
"""The coverage of runs whose most covered color is in so many columns, by the minimum number of their pixels."""
MIN_OF_FRINGED_COLUMNS: Final = 0.8
"""The coverage if they have subpixel fringes, whose filter makes pixels alike: 98 in 100 of 218 runs reach it."""
STROKES: Final = (0.8, 0.9, 1.0, 1.1)  # of a pixel: limits of the median width of strokes between the columns below
MIN_BY_STROKE: Final = (
    (300, (0.64, 0.83, 0.90, 0.97, 0.97)),
    (150, (0.54, 0.78, 0.82, 0.85, 0.91)),
    (70, (0.46, 0.55, 0.70, 0.83, 0.85)),
    (25, (0.40, 0.50, 0.50, 0.60, 0.74)),
)
"""The coverage in a sharp image, by the minimum number of the run's pixels, and by the width of its strokes."""
REPEATED: Final = 8  # pixels of one color in few columns are stems that all lie alike between pixels
MIN_BLURRED: Final = ((400, 0.56), (200, 0.45), (100, 0.33), (50, 0.3), (25, 0.22), (15, 0.2))
"""The coverage of runs whose strokes are blurred, by the minimum number of their pixels."""
MIN_COVERAGE: Final = 0.05  # of a few pixels: a dot, or one end of a letter


def least_coverages(
    row: NDArray[np.intp],
    column: NDArray[np.intp],
    coverage: NDArray[np.float64],
    strongest: NDArray[np.intp],
    *,
    fringed: bool,
) -> tuple[float, float]:
    """Return the least true coverage of a run's most covered pixel, in a sharp image and in a blurred one.

    row and column (n,) are the positions of the run's pixels in row-major order; coverage (n,) is theirs in units of
    the most covered pixel. strongest are the indices of the pixels that show its color. fringed says that the text has
    subpixel (LCD) fringes, whose filter blurs strokes.
    """
    pixels, columns = len(row), len(np.unique(column[strongest]))
    blurred = _of_size(MIN_BLURRED, pixels, MIN_COVERAGE)
    if columns >= SHARP_COLUMNS:
        sharp = _of_size(MIN_OF_MANY_COLUMNS, pixels, blurred)
        return min(sharp, MIN_OF_FRINGED_COLUMNS) if fringed else sharp, min(sharp, blurred)
    if fringed or len(strongest) >= REPEATED:
        return blurred, blurred
    by_stroke = _of_size(MIN_BY_STROKE, pixels, (blurred,) * (len(STROKES) + 1))
    return by_stroke[int(np.searchsorted(STROKES, _stroke(row, column, coverage), side="right"))], blurred


def _of_size[T](values: tuple[tuple[int, T], ...], pixels: int, least: T) -> T:
    return next((value for minimum, value in values if pixels >= minimum), least)


def _stroke(row: NDArray[np.intp], column: NDArray[np.intp], coverage: NDArray[np.float64]) -> float:
    """Return the median width of strokes along the rows, in units of the most covered pixel."""
    apart = (np.diff(row) != 0) | (np.diff(column) != 1)
    widths = np.add.reduceat(coverage, np.flatnonzero(np.append(True, apart)))
    return float(np.median(widths))
