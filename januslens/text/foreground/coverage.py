"""The least coverage that the most covered pixel of a run of text may have.

A thin stroke of a strong color leaves the same pixels as a thicker stroke of a weaker one. So the color of text whose
strokes are thinner than a pixel is open, unless its pixels show how far they are covered. What they show: the more
strokes, the more of them meet or lie wholly within a pixel; strokes that are a pixel wide in units of the most covered
pixel, even where they are narrowest; and one darkest color in several columns, as strokes lie differently between
pixels. Reducing an image in size and the filter of an LCD blur strokes, which makes them wide without covering any
pixel.

The values are those that all but 10 of 5,332 runs without a plateau reach, in Chromium's renderings of lines in ten
scripts and 19 fonts, half of them of weights 100 and 200 (9 to 40 px, scales 1 to 2, gray and LCD; and reduced to 0.5
by three filters), less about 0.03. Of 1,086 other runs, all but one reach them.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

STROKES: Final = (0.65, 0.75, 0.85, 0.95, 1.1, 1.3)
"""Limits of the width of strokes between the columns of the tables below: the lower quartile of their widths along the
rows, in units of the most covered pixel. Strokes of regular weight have 0.77 and more, of weight 100 mostly less."""
type _Table = tuple[tuple[int, tuple[float, ...]], ...]
MIN_SHARP: Final[_Table] = (
    (450, (0.47, 0.70, 0.75, 0.83, 0.91, 0.94, 0.94)),
    (300, (0.41, 0.55, 0.75, 0.83, 0.90, 0.94, 0.94)),
    (150, (0.40, 0.48, 0.67, 0.80, 0.87, 0.92, 0.92)),
    (70, (0.38, 0.40, 0.52, 0.72, 0.78, 0.92, 0.92)),
    (25, (0.38, 0.40, 0.40, 0.40, 0.52, 0.52, 0.52)),
)
"""The coverage in a sharp image, by the minimum number of the run's pixels, and by the width of its strokes."""
MIN_FRINGED: Final[_Table] = (
    (450, (0.48, 0.48, 0.58, 0.68, 0.80, 0.90, 0.90)),
    (300, (0.36, 0.42, 0.56, 0.64, 0.78, 0.82, 0.82)),
    (150, (0.35, 0.35, 0.40, 0.40, 0.52, 0.75, 0.75)),
    (70, (0.30, 0.30, 0.30, 0.36, 0.42, 0.66, 0.66)),
    (25, (0.23, 0.23, 0.23, 0.23, 0.23, 0.23, 0.23)),
)
"""The same of text with subpixel fringes."""
MIN_BLURRED: Final[_Table] = (
    (450, (0.32, 0.52, 0.52, 0.63, 0.63, 0.88, 0.95)),
    (300, (0.32, 0.46, 0.58, 0.63, 0.63, 0.75, 0.90)),
    (150, (0.25, 0.36, 0.36, 0.42, 0.58, 0.77, 0.80)),
    (70, (0.22, 0.25, 0.25, 0.28, 0.28, 0.33, 0.33)),
    (25, (0.15, 0.15, 0.17, 0.17, 0.17, 0.17, 0.17)),
    (15, (0.14, 0.14, 0.14, 0.14, 0.14, 0.14, 0.14)),
)
"""The same in an image that was reduced in size."""
MIN_NOISY: Final[_Table] = (
    (450, (0.30, 0.30, 0.38, 0.38, 0.40, 0.50, 0.90)),
    (300, (0.25, 0.25, 0.29, 0.29, 0.33, 0.65, 0.90)),
    (150, (0.24, 0.24, 0.29, 0.29, 0.29, 0.45, 0.77)),
    (70, (0.18, 0.18, 0.20, 0.20, 0.27, 0.38, 0.38)),
    (25, (0.15, 0.15, 0.20, 0.20, 0.25, 0.25, 0.25)),
    (15, (0.15, 0.15, 0.15, 0.15, 0.17, 0.17, 0.17)),
)
"""The same where reducing it left noise on the ground as well: of the color that many pixels show, as the most covered
ones overshoot. All but ten of 1,400 runs reach them."""
MIN_COVERAGE: Final = 0.05  # of fewer pixels: a dot, or one end of a letter
COLUMNS: Final = 4  # that show the most covered color
WIDE: Final = 0.85  # width of strokes: thinner ones are covered alike in several columns by chance
FRINGED_WIDE: Final = 1.1  # the same with subpixel fringes, whose filter makes pixels alike
MIN_OF_COLUMNS: Final = ((50, 0.91), (25, 0.8))
MIN_OF_FRINGED_COLUMNS: Final = ((50, 0.95), (25, 0.8))
"""The coverage of runs with strokes of these widths whose most covered color is in so many columns, by the minimum
number of their pixels: of 151 sharp and 160 fringed runs, all but one each reach it."""
REPEATED: Final = 8  # pixels of one color in few columns are stems that all lie alike between pixels


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
    pixels, width, columns = len(row), _width(row, column, coverage), len(np.unique(column[strongest]))
    blurred = _of_size(MIN_BLURRED, pixels, width, MIN_COVERAGE)
    sharp = _of_size(MIN_FRINGED if fringed else MIN_SHARP, pixels, width, blurred)
    if columns >= COLUMNS:
        if width >= (FRINGED_WIDE if fringed else WIDE):
            by_pixels = MIN_OF_FRINGED_COLUMNS if fringed else MIN_OF_COLUMNS
            sharp = max(sharp, next((value for minimum, value in by_pixels if pixels >= minimum), sharp))
    elif len(strongest) >= REPEATED:
        sharp = blurred
    return sharp, min(sharp, blurred)


def least_in_noise(row: NDArray[np.intp], column: NDArray[np.intp], coverage: NDArray[np.float64]) -> float:
    """Return the least true coverage of what shows a run's color, where the ground is uneven from rescaling.

    row and column (n,) are the positions of the run's pixels in row-major order; coverage (n,) is theirs in units of
    that color.
    """
    return _of_size(MIN_NOISY, len(row), _width(row, column, coverage), MIN_COVERAGE)


def _of_size(table: _Table, pixels: int, width: float, least: float) -> float:
    """Return the entry of a table for a run of some pixels with strokes of a width; `least` is that of fewer pixels."""
    by_width = next((row for minimum, row in table if pixels >= minimum), None)
    return least if by_width is None else by_width[int(np.searchsorted(STROKES, width, side="right"))]


def _width(row: NDArray[np.intp], column: NDArray[np.intp], coverage: NDArray[np.float64]) -> float:
    """Return the lower quartile of the widths of strokes along the rows, in units of the most covered pixel."""
    apart = (np.diff(row) != 0) | (np.diff(column) != 1)
    widths = np.add.reduceat(coverage, np.flatnonzero(np.append(True, apart)))
    return float(np.percentile(widths, 25))
