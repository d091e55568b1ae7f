import numpy as np
import pytest

from benchmarks.board.compared.histogram_ratios import android_ratio, flutter_ratio, most_contrasting_ratio


def area(**counts: int) -> np.ndarray:
    """Return gray pixels: so many of each level, given as g255=3."""
    levels = [level for name, count in counts.items() for level in [int(name[1:])] * count]
    return np.repeat(np.array(levels, np.uint8)[None, :, None], 3, axis=-1)


def test_the_most_frequent_color_of_each_side_counts() -> None:
    pixels = area(g255=50, g200=3, g118=9, g60=2)  # #767676 on white: 4.54 by WebAIM's checker
    assert android_ratio(pixels) == 4.54
    assert flutter_ratio(pixels) == pytest.approx(4.54, abs=0.005)


def test_android_splits_at_the_mean_of_the_colors_and_flutter_at_that_of_the_pixels() -> None:
    pixels = area(g255=90, g180=9, g119=2)  # the text's 119 is a minority that Flutter puts on one side with 180
    assert android_ratio(pixels) == pytest.approx(2.07, abs=0.01)  # the darker half holds 180 and 119
    assert flutter_ratio(pixels) == pytest.approx(2.07, abs=0.01)


def test_mixed_pixels_that_are_frequent_are_taken_for_text() -> None:
    assert android_ratio(area(g255=50, g150=4, g0=3)) == pytest.approx(2.96, abs=0.01)  # not 21


def test_flutter_takes_two_light_colors_for_both_sides() -> None:
    pixels = area(g255=90, g230=60, g0=1)  # the pixels' mean lies between 230 and 255
    assert flutter_ratio(pixels) == pytest.approx(1.25, abs=0.01)
    assert android_ratio(pixels) == 21


def test_an_area_of_one_color_has_no_contrast() -> None:
    assert android_ratio(area(g255=9)) is None
    assert flutter_ratio(area(g255=9)) == 1


def test_one_black_pixel_decides() -> None:
    pixels = np.full((9, 9, 3), 255, np.uint8)
    pixels[2, 3:6] = 119
    assert most_contrasting_ratio(pixels) == pytest.approx(4.48, abs=0.005)  # WebAIM's checker
    pixels[8, 8] = 0
    assert most_contrasting_ratio(pixels) == pytest.approx(21)


def test_an_area_of_one_color_holds_no_text() -> None:
    assert most_contrasting_ratio(np.zeros((3, 3, 3), np.uint8)) is None
