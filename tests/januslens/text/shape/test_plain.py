"""Slanted text, and text with a line through it, drawn by FreeType."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from januslens.color.notation import Rgb
from januslens.decode.lossy import NO_LOSS
from januslens.text.crop import LineCrop
from januslens.text.measure_text import measure_text
from januslens.text.run import TextRun
from januslens.text.shape.plain import plain
from januslens.text.shape.strokes import RunPixels
from tests.januslens import drawn

GRAY: Rgb = (120, 120, 120)
WHITE: Rgb = (255, 255, 255)
BASELINE_TO_STRIKE = 0.28  # em, as Chromium draws it


def widest(pixels: NDArray[np.uint8], core: NDArray[np.float64]) -> TextRun:
    return max(measure_text(pixels, core[None], scale=1.0, loss=NO_LOSS), key=lambda run: run.box.width)


def struck(text: str, size: int, at: float = BASELINE_TO_STRIKE) -> TextRun:
    """Measure text with a line through it, or at another height above the baseline in em."""
    drawing = drawn.draw(text, GRAY, WHITE, size)
    pixels = drawing.pixels.copy()
    left, _, right, baseline = drawing.core.astype(int)
    row = baseline - round(at * size)
    pixels[row : row + max(1, size // 14), left:right] = GRAY
    return widest(pixels, drawing.core)


def painted(coverage: NDArray[np.float64]) -> RunPixels:
    height, width = coverage.shape
    row, column = np.nonzero(coverage)
    line = LineCrop(np.zeros((height, width, 3), np.int16), 0, 0, 0, 0, width, height)
    box = np.array([[0, 0, width, height]])
    return RunPixels(line, row, column, coverage[row, column], np.zeros(len(row), np.intp), box)


def stems(height: int, width: int) -> NDArray[np.float64]:
    """Upright strokes two pixels wide, two apart, below an empty row."""
    coverage = np.zeros((height + 1, width))
    coverage[1:, ::4] = coverage[1:, 1::4] = 1
    return coverage


def slanted(text: str, size: int, degrees: float) -> TextRun:
    """Measure text turned counterclockwise; its core is the extent of its letters, as the detector finds it."""
    covered = Image.fromarray((255 * drawn.coverage(text, 4 * size)).astype(np.uint8))
    turned = covered.rotate(degrees, Image.Resampling.BICUBIC, expand=True)
    share = np.asarray(turned.resize((turned.width // 4, turned.height // 4), Image.Resampling.BOX)) / 255
    rows, columns = np.flatnonzero(share.max(axis=1) > 0.3), np.flatnonzero(share.max(axis=0) > 0.3)
    core = np.array([columns[0], rows[0] + 2, columns[-1] + 1, rows[-1] - 1], float)
    return widest(drawn.mixed(share, GRAY, WHITE), core)


@pytest.mark.parametrize("size", [12, 14, 16, 20, 28])
@pytest.mark.parametrize("text", ["Was 49.99 a month", "Sold out", "no more of these"])
def test_the_interval_holds_the_size_of_struck_text(text: str, size: int) -> None:
    found = struck(text, size).size
    assert found.low <= size <= found.high


@pytest.mark.parametrize("size", [12, 14, 16, 20, 28])
def test_a_line_through_text_does_not_change_its_estimate_much(size: int) -> None:
    plain = widest(drawn.draw("Was 49.99 a month", GRAY, WHITE, size).pixels, drawn.draw("Was", GRAY, WHITE, size).core)
    assert plain.letters > 0
    assert struck("Was 49.99 a month", size).size.value == pytest.approx(size, rel=0.12)


def test_the_letters_of_struck_text_are_counted() -> None:
    drawing = drawn.draw("Was 49.99 a month", GRAY, WHITE, 16)
    plain = widest(drawing.pixels, drawing.core)
    assert struck("Was 49.99 a month", 16).letters >= 0.7 * plain.letters


def test_a_line_through_strokes_is_replaced_by_the_row_above_it() -> None:
    struck_through, level = stems(12, 40), stems(12, 40)
    struck_through[7] = 1
    run = plain(painted(struck_through))
    covered = np.zeros_like(level)
    covered[run.row, run.column] = run.coverage
    assert np.array_equal(covered, level)


@pytest.mark.parametrize(("row", "stays"), [(4, True), (5, False), (9, False), (10, True)])
def test_a_line_at_the_height_of_a_headline_or_a_baseline_stays(row: int, stays: bool) -> None:
    struck_through = stems(12, 40)
    struck_through[row] = 1
    run = painted(struck_through)
    assert (plain(run) is run) == stays


@pytest.mark.parametrize(("width", "stays"), [(22, True), (26, False)])
def test_a_stroke_across_a_single_letter_stays(width: int, stays: bool) -> None:
    struck_through = stems(12, width)
    struck_through[7] = 1
    run = painted(struck_through)
    assert (plain(run) is run) == stays


def test_a_line_with_nothing_above_it_stays() -> None:
    coverage = stems(12, 40)
    coverage[6] = 0
    coverage[7] = 1
    run = painted(coverage)
    assert plain(run) is run


def test_ink_too_faint_for_a_row_stays() -> None:
    run = painted(np.full((1, 3), 0.2))
    assert plain(run) is run


@pytest.mark.parametrize("degrees", [-45, -30, -15, 10, 15, 30, 45, 60])
@pytest.mark.parametrize("size", [12, 14, 18])
@pytest.mark.parametrize("text", ["January revenue", "Quarterly revenue total"])
def test_the_interval_holds_the_size_of_slanted_text(text: str, size: int, degrees: float) -> None:
    found = slanted(text, size, degrees).size
    assert found.low <= size <= found.high


@pytest.mark.parametrize("degrees", [-45, -15, 15, 30, 45])
def test_slanted_text_is_measured_along_its_own_line(degrees: float) -> None:
    assert slanted("Quarterly revenue total", 14, degrees).size.value == pytest.approx(14, rel=0.2)


@pytest.mark.parametrize("degrees", [-90, -80, 80, 90])
def test_steep_text_is_not_surely_larger_than_it_is(degrees: float) -> None:
    assert slanted("Sales", 14, degrees).size.low <= 14


@pytest.mark.parametrize("text", ["Quarterly revenue total", "All", "Jelly fjord", "7/8 of it", "A-Z"])
def test_level_text_is_not_turned(text: str) -> None:
    drawing = drawn.draw(text, GRAY, WHITE, 20)
    assert widest(drawing.pixels, drawing.core).size.value == pytest.approx(20, rel=0.12)


def test_level_strokes_that_descend_like_stairs_are_not_turned() -> None:
    coverage = np.zeros((27, 26))
    for step in range(4):
        coverage[1 + 8 * step, 5 * step : 5 * step + 10] = 1  # their middles lie on a line that falls by 58 degrees
    run = painted(coverage)
    assert plain(run) is run
