"""The parts of an image that flashes are counted in, and those that they are added up over.

Source: WCAG 2.2, "general flash and red flash thresholds",
https://www.w3.org/TR/WCAG22/#dfn-general-flash-and-red-flash-thresholds: a rectangle of 341 × 256 pixels anywhere on
the screen stands for a visual field of 10 degrees; a fine, balanced pattern with squares smaller than 0.1 degree on a
side is no flashing. So the cells have the largest whole number of pixels below 0.1 degree, and what counts is their
mean light: what dithering does within them is balanced. A cell counts whole, which adds half a cell on average to each
edge of an area: of a quarter of the field, 3 %.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.color.luminance import linear
from januslens.decode.geometry import Box

FIELD_WIDTH: Final = 341.0  # CSS px
FIELD_HEIGHT: Final = 256.0
FINE_PATTERN: Final = 0.01 * FIELD_WIDTH  # 0.1 of 10 degrees
MAX_CELLS: Final = 1 << 17
"""Bounds the memory: of an image of more than 1.2 megapixels at a scale of 1 the cells are larger than 0.1 degree."""

LINEAR: Final = linear(np.arange(256)).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Grid:
    """A division of an image into square cells, and the size of a 10 degree visual field (341 by 256 CSS px) in cells.

    cell is the side of a cell in image pixels. rows and columns are the numbers of cells of the image, field_rows and
    field_columns those of a field, limited to the image. field_cells is the area of a whole field in cells, not limited
    to the image.
    """

    cell: int
    rows: int
    columns: int
    field_rows: int
    field_columns: int
    field_cells: float

    def light(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Return the mean linear light of each cell of an image, 0 to 1, with shape (3, rows, columns).

        pixels are those of the whole image, 8-bit sRGB, shape (height, width, 3).
        """
        height, width = self.rows * self.cell, self.columns * self.cell
        lines = LINEAR[pixels[0 : height : self.cell, :width]]
        for row in range(1, self.cell):
            lines += LINEAR[pixels[row : height : self.cell, :width]]
        cells = np.zeros((3, self.rows, self.columns), np.float32)
        for channel in range(3):
            for column in range(self.cell):
                cells[channel] += lines[:, column : width : self.cell, channel]
        cells /= np.float32(self.cell**2)
        return cells

    def field_sums(self, values: NDArray[np.integer | np.bool_]) -> NDArray[np.int32]:
        """Return the sum of the cells' values over a visual field, for each position of the field in the grid.

        values has shape (rows, columns). The result has shape (rows - field_rows + 1, columns - field_columns + 1),
        indexed by the upper left cell of the field.
        """
        sums = np.zeros((self.rows + 1, self.columns + 1), np.int32)
        np.cumsum(values, axis=0, out=sums[1:, 1:])
        np.cumsum(sums[1:, 1:], axis=1, out=sums[1:, 1:])
        rows, columns = self.field_rows, self.field_columns
        return sums[rows:, columns:] - sums[:-rows, columns:] - sums[rows:, :-columns] + sums[:-rows, :-columns]

    def in_field(self, place: tuple[int, int], cells: NDArray[np.bool_]) -> tuple[Box, float]:
        """Return the box of the chosen cells of one visual field, in image pixels, and their share of the field's area.

        place is the row and column of the field's upper left cell; cells, shape (rows, columns), is True for chosen
        ones. The share is at most 1. Raises IndexError if no cell of the field is chosen.
        """
        top, left = place
        chosen = cells[top : top + self.field_rows, left : left + self.field_columns]
        rows, columns = np.flatnonzero(chosen.any(axis=1)), np.flatnonzero(chosen.any(axis=0))
        box = Box(
            x=(left + int(columns[0])) * self.cell,
            y=(top + int(rows[0])) * self.cell,
            width=(int(columns[-1] - columns[0]) + 1) * self.cell,
            height=(int(rows[-1] - rows[0]) + 1) * self.cell,
        )
        return box, min(1.0, int(chosen.sum()) / self.field_cells)


def lay_grid(width: int, height: int, scale: float) -> Grid:
    """Divide an image of the given width and height in pixels into cells; scale is in image pixels per CSS pixel.

    A cell is less than 0.1 degree (3.41 CSS px) wide, but at least one pixel, and larger if the image would have more
    than 131,072 cells. Pixels at the right and lower edge that do not fill a cell are left out.
    """
    below_limit = max(1, math.ceil(FINE_PATTERN * scale) - 1)
    affordable = math.ceil(math.sqrt(width * height / MAX_CELLS))
    cell = min(max(below_limit, affordable), width, height)
    rows, columns = height // cell, width // cell
    return Grid(
        cell=cell,
        rows=rows,
        columns=columns,
        field_rows=min(rows, math.ceil(FIELD_HEIGHT * scale / cell)),
        field_columns=min(columns, math.ceil(FIELD_WIDTH * scale / cell)),
        field_cells=FIELD_WIDTH * FIELD_HEIGHT * (scale / cell) ** 2,
    )
