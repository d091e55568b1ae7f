"""The color of translucent text, some of whose glyphs overlap.

Where glyphs of translucent text overlap (a vowel sign and its consonant, joined letters), the text is painted twice,
and these pixels are farther from the background than the text's color. They are few: in Chromium's renderings of
Devanagari and Arabic at 38 to 90 % opacity, at most a seventh of the pixels that show the color itself.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.text.foreground.line_fit import Line, distinct_offsets
from januslens.text.foreground.plateau import PLATEAU_PIXELS, UNMIXED, is_plateau

END_RECURS: Final = 0.1  # of the ink: no overlap is as large
PAINTED_TWICE: Final = 0.5  # of the coverage of what is painted twice is the least that it is painted once
COLOR_RECURS: Final = 0.15  # of the ink, which shows the color of text whose strokes are thicker than a pixel
BEYOND: Final = 0.2  # of the pixels of the color
PAIRS: Final = 3  # of pixels of the color side by side, and one above the other: strokes in both directions show it


def without_overlaps(
    line: Line,
    offsets: NDArray[np.float64],
    row: NDArray[np.intp],
    column: NDArray[np.intp],
    glyph: NDArray[np.intp],
) -> Line:
    """Return the line of mixes to the color that most unmixed pixels show, if only overlaps lie beyond it.

    line is that of the ink to its farthest color, offsets (n, 3) are the ink's from the background. row, column and
    glyph (n,) are the positions of its pixels and the indices of their glyphs. A glyph with pixels beyond the color
    shows it in as many others; one that does not is text of another color. The line itself is returned if its end
    recurs, or no other color does in strokes of both directions.
    """
    beyond = line.on_line & (line.coverage >= 1 - UNMIXED)
    if np.count_nonzero(beyond) >= END_RECURS * len(offsets):
        return line
    candidates = np.flatnonzero(line.on_line & (line.coverage >= PAINTED_TWICE))
    if not len(candidates):
        return line
    first, counts = distinct_offsets(offsets[candidates])
    most = int(counts.argmax())
    if counts[most] < PLATEAU_PIXELS:
        return line
    end = offsets[candidates[first[most]]]
    shown = np.abs(offsets.T - end[:, None]).max(axis=0) <= UNMIXED * np.abs(end).max()
    share = float(line.coverage[candidates[first[most]]])
    beyond = line.on_line & (line.coverage > share) & ~shown
    shown_of_glyph, beyond_of_glyph = (np.bincount(glyph[some], minlength=glyph.max() + 1) for some in (shown, beyond))
    if (
        np.count_nonzero(shown) >= max(COLOR_RECURS * len(offsets), np.count_nonzero(beyond) / BEYOND)
        and (shown_of_glyph >= beyond_of_glyph).all()
        and is_plateau(row[shown], column[shown])
        and min(_pairs(row[shown], column[shown])) >= PAIRS
    ):
        return Line(end, line.coverage / share, line.on_line, line.support)
    return line


def _pairs(row: NDArray[np.intp], column: NDArray[np.intp]) -> tuple[int, int]:
    """Return the numbers of pairs of pixels side by side, and one above the other.

    Stems that all lie alike between pixels repeat a mix downward, and bars repeat one along the row; only full coverage
    is the same for both.
    """
    grid = np.zeros((int(row.max()) + 2, int(column.max()) + 2), np.bool_)
    grid[row, column] = True
    return int(grid[row, column + 1].sum()), int(grid[row + 1, column].sum())
