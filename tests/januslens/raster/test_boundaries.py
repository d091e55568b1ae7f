from typing import Final, NamedTuple

import numpy as np
import pytest

from januslens.color.notation import Rgb
from januslens.raster.boundaries import NONE, Boundaries
from januslens.raster.indexed_image import IndexedImage

WHITE, OFF_WHITE, BLUE = (255, 255, 255), (248, 249, 252), (78, 115, 223)
LINE, FAINT_LINE = (209, 211, 226), (231, 231, 239)
LEFT, TOP, RIGHT, BOTTOM = 30, 20, 90, 50
BESIDE: Final = {
    "left": (slice(TOP, BOTTOM), slice(LEFT - 1, LEFT)),
    "top": (slice(TOP - 1, TOP), slice(LEFT, RIGHT)),
    "right": (slice(TOP, BOTTOM), slice(RIGHT, RIGHT + 1)),
    "bottom": (slice(BOTTOM, BOTTOM + 1), slice(LEFT, RIGHT)),
}
"""Rows and columns of the pixels next to the area."""


class Outside(NamedTuple):
    """What surrounds an area, its border, and whether that goes on past it."""

    surrounding: Rgb
    border: Rgb | None
    continues: bool


def outside(pixels: np.ndarray, fill: Rgb) -> Outside:
    """What is outside the area, once it is filled."""
    pixels[TOP:BOTTOM, LEFT:RIGHT] = fill
    flat = IndexedImage.of(pixels, 1.0)
    place = flat.find(fill)
    assert place is not None
    seen = Boundaries.of(flat, np.array([place]), np.array([[LEFT, TOP, RIGHT, BOTTOM]]), 1.0)
    border = int(seen.border[0])
    color = None if border == NONE else flat.color(border)
    return Outside(flat.color(int(seen.surrounding[0])), color, bool(seen.continues[0]))


@pytest.mark.parametrize("columns", [slice(LEFT), slice(RIGHT, None)], ids=["left", "right"])
def test_what_surrounds_a_button_that_is_joined_to_a_field_is_what_its_other_sides_show(columns: slice) -> None:
    pixels = np.full((70, 120, 3), WHITE, np.uint8)
    pixels[TOP:BOTTOM, columns] = OFF_WHITE
    assert outside(pixels, BLUE) == Outside(WHITE, None, continues=False)


@pytest.mark.parametrize("faint", BESIDE)
def test_a_border_has_the_color_that_most_of_its_sides_show(faint: str) -> None:
    pixels = np.full((70, 120, 3), WHITE, np.uint8)
    for side, place in BESIDE.items():
        pixels[place] = FAINT_LINE if side == faint else LINE  # as the middle of a round end, which is a mix
    assert outside(pixels, OFF_WHITE) == Outside(WHITE, LINE, continues=False)


def test_the_lines_of_a_table_go_on_whatever_colors_they_have() -> None:
    pixels = np.full((70, 120, 3), WHITE, np.uint8)
    pixels[:, [LEFT - 1, RIGHT]] = FAINT_LINE  # the card that the table is in
    pixels[[TOP - 1, BOTTOM], LEFT:RIGHT] = LINE
    assert outside(pixels, OFF_WHITE).continues
