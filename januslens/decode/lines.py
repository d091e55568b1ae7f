"""Thin lines and edges of areas, and whether they are drawn on whole pixels.

Interfaces have lines of 1 CSS px, and areas that begin at a whole one. Drawn at a scale of 1.5, a line covers one row
of pixels and half of the next, which gets a mixed color, and so does every other edge. Browsers draw so in screenshots
that tests and developers' tools take at such a scale; on a display they round lines and edges to whole pixels. In an
image that was resized afterwards, every edge is spread over several rows.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

LENGTH: Final = 16  # pixels of a line or an edge that is counted: longer than the strokes of letters
SAMPLED: Final = 4  # one in so many stretches of this length is examined in each row
MAX_ROWS: Final = 4  # of a line, or of an edge that is not sharp
MIN_CONTRAST: Final = 24  # levels, the sum of three channels: of fainter lines a level is a twentieth of a pixel
DIGITS: Final = 2

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lines:
    """The horizontal lines and edges of an image, of each kind one per row of pixels.

    widths are those of lines in pixels: the sum of the shares that they cover of their rows, of which the row that is
    covered most counts as whole. coverages has for each edge between two areas the share of a row that one covers in
    it: 0 for a sharp edge. smeared counts the edges that are spread over two to four rows.
    """

    widths: Numbers
    coverages: Numbers
    smeared: int


NO_LINES: Final = Lines(np.empty(0), np.empty(0), 0)


def find_lines(pixels: NDArray[np.uint8]) -> Lines:
    """Return the thin lines of an image and the edges of its areas, with pixels of shape (height, width, 3).

    A line is one to four rows of other colors between two rows of one color above and two of the same color below, over
    16 pixels; an edge has two rows of another color below, so that a line of two rows or more has two edges besides.
    One in four columns of 16 pixels is examined.
    """
    height, width = pixels.shape[:2]
    stretches = pixels[:, : width // LENGTH * LENGTH].reshape(height, -1, LENGTH, 3)[:, ::SAMPLED]
    colors = stretches[:, :, 0].astype(np.int32)
    codes = colors @ np.array([1 << 16, 1 << 8, 1])
    codes[(stretches != stretches[:, :, :1]).any(axis=(2, 3))] = -1  # of several colors
    found = [_over(colors, codes, rows) for rows in range(MAX_ROWS + 1) if len(codes) >= rows + 4]
    if not found:
        return NO_LINES
    widths, coverages, smeared = zip(*found, strict=True)
    return Lines(np.concatenate(widths), np.concatenate(coverages), sum(smeared))


def _over(colors: NDArray[np.int32], codes: NDArray[np.int_], rows: int) -> tuple[Numbers, Numbers, int]:
    """Return the widths of lines and the coverages of edges over so many rows, and the number of smeared edges."""
    last = len(codes) - rows - 3
    above, below = codes[:last], codes[rows + 3 :]
    found = (above >= 0) & (below >= 0) & (codes[1 : last + 1] == above) & (codes[rows + 2 : rows + 2 + last] == below)
    for row in range(2, rows + 2):
        code = codes[row : row + last]
        found &= (code >= 0) & (code != above) & (code != below)
    if rows == 0:
        found &= above != below
    top, column = np.nonzero(found)
    before, after = colors[top, column], colors[top + rows + 3, column]
    between = (
        np.stack([colors[top + row, column] for row in range(2, rows + 2)]) if rows else np.empty((0, len(top), 3))
    )
    off, step = np.abs(between - before).sum(axis=2), np.abs(after - before).sum(axis=1)
    is_line, is_edge = (step == 0) & (off.max(axis=0, initial=0) >= MIN_CONTRAST), step >= MIN_CONTRAST
    widths = _distinct(top[is_line], off.sum(axis=0)[is_line] / off.max(axis=0, initial=1)[is_line])
    if rows > 1:
        return widths, np.empty(0), len(np.unique(top[is_edge]))
    is_edge &= ((between - before) * (between - after) <= 0).all(axis=(0, 2))  # no border
    return widths, _distinct(top[is_edge], off.sum(axis=0)[is_edge] / step[is_edge]), 0


def _distinct(rows: NDArray[np.intp], values: Numbers) -> Numbers:
    """Return the values, rounded, without those that occur in a row already."""
    distinct: Numbers = np.unique(rows + 1j * np.round(values, DIGITS)).imag
    return distinct
