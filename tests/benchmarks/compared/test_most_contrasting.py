import numpy as np
import pytest

from benchmarks.compared.most_contrasting import most_contrasting_ratio


def test_one_black_pixel_decides() -> None:
    pixels = np.full((9, 9, 3), 255, np.uint8)
    pixels[2, 3:6] = 119
    assert most_contrasting_ratio(pixels) == pytest.approx(4.48, abs=0.005)  # WebAIM's checker
    pixels[8, 8] = 0
    assert most_contrasting_ratio(pixels) == pytest.approx(21)


def test_an_area_of_one_color_holds_no_text() -> None:
    assert most_contrasting_ratio(np.zeros((3, 3, 3), np.uint8)) is None
