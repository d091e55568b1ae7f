"""Runs of text."""

import pytest

from januslens.color.notation import Rgb
from januslens.text.run import Foreground, Size, spanning
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


WHITE: Rgb = (255, 255, 255)
STRONG = Foreground((90, 90, 90), (100, 100, 100), (20, 20, 20), unmixed=True)
FAINT = Foreground((150, 150, 150), (160, 160, 160), (60, 60, 60))


@pytest.mark.parametrize("parts", [[STRONG, FAINT], [FAINT, STRONG]], ids=["strong first", "faint first"])
def test_text_of_parts_has_the_strongest_color_and_bounds_for_all(parts: list[Foreground]) -> None:
    whole = spanning(parts, WHITE)
    assert (whole.color, whole.nearest, whole.farthest) == ((90, 90, 90), (160, 160, 160), (20, 20, 20))
    assert (whole.if_reduced, whole.unmixed, whole.mixed) == (None, False, True)


def test_text_of_parts_has_bounds_for_all_in_a_reduced_image_too() -> None:
    reduced = Foreground(DARK, GRAY, DARK, ((70, 70, 70), (0, 0, 0)))
    assert spanning([reduced, FAINT], WHITE).if_reduced == ((160, 160, 160), (0, 0, 0))
