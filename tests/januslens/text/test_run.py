"""Runs of text."""

from januslens.text.run import Size
from tests.januslens.accessibility.texts import text


def test_a_run_measured_in_image_pixels_is_smaller_in_css_pixels() -> None:
    measured = text(size=32, stem=0.125)
    run = measured.at(2.0)
    assert run.size == Size(16, 0.95 * 16, 1.05 * 16)
    assert run.stem == 2
    assert (run.box, run.core, run.baseline) == (measured.box, measured.core, measured.baseline)
