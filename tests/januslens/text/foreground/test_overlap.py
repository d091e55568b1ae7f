"""Translucent letters that the test paints one after the other, so that their overlaps are painted twice."""

import numpy as np
import pytest
from numpy.typing import NDArray

from januslens.text.crop import crop_line
from januslens.text.foreground.ink import Ink, Stretch, find_inks
from tests.januslens import drawn

HEIGHT, LETTERS, PITCH = 60, 6, 14
CORE = np.array([4, 20, 4 + LETTERS * PITCH, 40], float)


def painted(opacity: float, *, bar: bool = True, strong: bool = False, gap: int = 0) -> NDArray[np.uint8]:
    """Paint stems with soft edges and a bar through them, black on white; `strong` paints a last stem opaquely."""
    image = np.full((HEIGHT, 8 + LETTERS * PITCH + 60), 255.0)

    def paint(rows: slice, columns: slice, share: float) -> None:
        image[rows, columns] += share * (0 - image[rows, columns])

    for letter in range(LETTERS):
        left = 6 + letter * PITCH
        paint(slice(20, 40), slice(left + 2, left + 4), opacity)
        paint(slice(20, 40), slice(left + 1, left + 2), 0.3 * opacity)
        paint(slice(20, 40), slice(left + 4, left + 5), (0.2 + 0.1 * letter) * opacity)
    if bar:
        paint(slice(20, 22), slice(6, 6 + LETTERS * PITCH - gap), opacity)
    if strong:
        paint(slice(20, 40), slice(6 + LETTERS * PITCH + 10, 7 + LETTERS * PITCH + 10), 1.0)
    return np.repeat(image.round().astype(np.uint8)[..., None], 3, axis=2)


def ink_of(pixels: NDArray[np.uint8], core: NDArray[np.float64] = CORE) -> Ink:
    (found,) = find_inks([Stretch(crop_line(pixels, core), np.array([255] * 3, np.int16), 0)])
    assert found is not None
    return found


def seen(opacity: float) -> float:
    return -round(255 * opacity)


@pytest.mark.parametrize("opacity", [0.38, 0.54, 0.6, 0.7, 0.8, 0.87])
def test_a_line_of_mixes_ends_at_what_is_painted_once(opacity: float) -> None:
    assert ink_of(painted(opacity)).line.end == pytest.approx([seen(opacity)] * 3, abs=1)


@pytest.mark.parametrize("opacity", [0.38, 0.6, 0.87])
def test_what_is_painted_twice_is_covered_more_than_wholly(opacity: float) -> None:
    line = ink_of(painted(opacity)).line
    assert line.coverage.max() == pytest.approx(2 - opacity, abs=0.02)
    assert line.on_line.all()


def test_text_of_another_color_is_no_overlap() -> None:
    core = CORE + np.array([0, 0, 14, 0])
    assert ink_of(painted(0.6, strong=True), core).line.end.tolist() == [-255] * 3


def test_opaque_text_ends_at_its_own_color() -> None:
    assert ink_of(painted(1.0)).line.end.tolist() == [-255] * 3


@pytest.mark.parametrize("text", ["Illicit", "MMM", "Hill", "nnn mmm"])
@pytest.mark.parametrize("size", [9, 11, 12, 13, 14])
def test_stems_that_lie_alike_between_pixels_are_no_text_painted_once(text: str, size: int) -> None:
    drawing = drawn.draw(text, (34, 34, 34), (255, 255, 255), size)
    ink = ink_of(drawing.pixels, drawing.core)
    assert np.abs(ink.line.end).max() == np.abs(ink.offsets).max()
