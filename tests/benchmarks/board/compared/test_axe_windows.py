"""What axe-windows' own tests of its analyzer, version 2, expect of their bitmaps, and small areas by hand."""

from typing import Final

import numpy as np
import pytest
from PIL import Image

from benchmarks.board.compared.axe_windows import Colors, axe_windows_colors, axe_windows_ratio
from tests.shared import shared

EXPECTED: Final = {  # ImageTestsV2.cs; it doesn't hold cortana_with_offset_down's color to be the true one either
    "simple_black_and_grey_button": (0xCCCCCC, 0x000000),
    "simple_purple_and_white_button": (0x37006E, 0xFFFFFF),
    "simple_grey_and_white_title": (0xFFFFFF, 0x999999),
    "cortana_with_offset_up": (0x000000, 0x8BCC29),
    "cortana_with_offset_down": (0x000000, 0x8ED02A),
    "wildlife_manager_listbox_beetle": (0xE5F3FB, 0x000000),
    "wildlife_manager_listbox_mouse": (0xE5F3FB, 0x000000),
    "wildlife_manager_listbox_owl": (0xE5F3FB, 0x000000),
    "wildlife_manager_listbox_owl_cropped": (0xE5F3FB, 0x000000),
    "wildlife_manager_species_label": (0xFFFFFF, 0x000000),
}
LEVELS: Final = {"w": 255, "l": 170, "g": 102, "d": 96, "b": 0}


def area(*rows: str) -> np.ndarray:
    levels = np.array([[LEVELS[letter] for letter in row] for row in rows], np.uint8)
    return np.repeat(levels[..., None], 3, axis=-1)


@pytest.mark.parametrize(("name", "colors"), EXPECTED.items())
def test_colors_are_those_that_its_own_tests_expect(name: str, colors: tuple[int, int]) -> None:
    pixels = np.asarray(Image.open(shared(f"bench/crops/{name}.png")).convert("RGB"))
    assert axe_windows_colors(pixels) == Colors(*colors)


def test_a_row_of_text_outvotes_rows_that_return_less_often_to_the_background() -> None:
    assert axe_windows_colors(area("wwbww", "wgwgw", "wwwww")) == Colors(0xFFFFFF, 0x666666)


def test_a_color_gets_the_votes_of_those_like_it_that_contrast_less() -> None:
    rows = area("wdwww", "wgwww", "wlwlw")  # d has one vote and g's, l has two, and d was met first
    assert axe_windows_colors(rows) == Colors(0xFFFFFF, 0x606060)


def test_rows_on_another_background_have_no_say() -> None:
    assert axe_windows_colors(area("wgwww", "wgwww", "bwbwb")) == Colors(0xFFFFFF, 0x666666)


def test_an_area_of_one_color_holds_no_text() -> None:
    assert axe_windows_ratio(area("www", "www")) is None


def test_the_ratio_is_rounded_to_two_decimals() -> None:
    assert axe_windows_ratio(area("wgw")) == 5.74  # #666666 on white, WebAIM's checker
