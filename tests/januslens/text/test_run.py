"""Runs of text."""

import pytest

from januslens.color.notation import Rgb
from januslens.text.run import Foreground, Size
from tests.januslens.accessibility.texts import text

DARK: Rgb = (34, 34, 34)
GRAY: Rgb = (60, 60, 60)


def test_a_run_measured_in_image_pixels_is_smaller_in_css_pixels() -> None:
    measured = text(size=32, stem=0.125)
    run = measured.at(2.0)
    assert run.size == Size(16, 0.95 * 16, 1.05 * 16)
    assert run.stem == 2
    assert (run.box, run.core, run.baseline) == (measured.box, measured.core, measured.baseline)


@pytest.mark.parametrize(
    ("nearest", "unmixed", "proven"),
    [(DARK, False, True), (DARK, True, True), (GRAY, True, True), (GRAY, False, False)],
)
def test_a_color_is_proven_by_unmixed_pixels_or_by_equal_bounds(nearest: Rgb, unmixed: bool, proven: bool) -> None:
    assert Foreground(DARK, nearest, DARK, unmixed=unmixed).proven is proven
