import numpy as np
import pytest
from numpy.typing import NDArray

from januslens.color.notation import Rgb
from januslens.text.crop import crop_line
from januslens.text.foreground.ink import Ink, Stretch, find_inks
from januslens.text.foreground.line_fit import Line
from januslens.text.foreground.subpixel import without_fringes
from tests.januslens import drawn

PAIRS: list[tuple[Rgb, Rgb]] = [
    ((0, 0, 0), (255, 255, 255)),
    ((255, 255, 255), (16, 24, 32)),
    ((11, 102, 208), (255, 255, 255)),
    ((200, 40, 60), (244, 241, 234)),
    ((20, 97, 61), (216, 239, 226)),
]


def ink_of(drawing: drawn.Drawing, background: Rgb) -> Ink:
    line = crop_line(drawing.pixels, drawing.core)
    (found,) = find_inks([Stretch(line, np.array(background, np.int16), 0)])
    assert found is not None
    return found


@pytest.mark.parametrize(("foreground", "background"), PAIRS)
def test_text_without_fringes_is_left_as_it_is(foreground: Rgb, background: Rgb) -> None:
    ink = ink_of(drawn.draw("Settings", foreground, background, 16), background)
    assert ink.hues is ink.offsets


@pytest.mark.parametrize("size", [14, 16, 20])
@pytest.mark.parametrize(("foreground", "background"), PAIRS)
def test_freed_of_fringes_the_ink_has_the_texts_hue(foreground: Rgb, background: Rgb, size: int) -> None:
    ink = ink_of(drawn.draw_on_lcd("Settings", foreground, background, size), background)
    total, truth = ink.hues.sum(axis=0), np.subtract(foreground, background)
    cosine = total @ truth / np.linalg.norm(total) / np.linalg.norm(truth)
    assert cosine >= 0.999


@pytest.mark.parametrize("size", [14, 16, 20])
@pytest.mark.parametrize(("foreground", "background"), PAIRS)
def test_freed_of_fringes_most_ink_lies_on_one_line_of_mixes(foreground: Rgb, background: Rgb, size: int) -> None:
    ink = ink_of(drawn.draw_on_lcd("Settings", foreground, background, size), background)
    truth = np.subtract(foreground, background) / np.linalg.norm(np.subtract(foreground, background))
    off_line = np.linalg.norm(ink.hues - np.outer(ink.hues @ truth, truth), axis=1)
    assert off_line.sum() <= 0.15 * ink.weight.sum()
    assert ink.line.support >= 0.85


def test_two_colors_in_a_line_are_not_taken_for_fringes() -> None:
    drawing, _ = drawn.in_one_line([("Read", (200, 0, 0)), ("terms", (0, 0, 200))], (255, 255, 255), 18)
    ink = ink_of(drawing, (255, 255, 255))
    assert ink.hues is ink.offsets


def hues_in(drawing: drawn.Drawing) -> NDArray[np.float64]:
    """The hues of ink on white, at their places in the whole picture."""
    line, ink = crop_line(drawing.pixels, drawing.core), ink_of(drawing, (255, 255, 255))
    hues = np.zeros(drawing.pixels.shape)
    hues[line.y + ink.row, line.x + ink.column] = ink.hues
    return hues


@pytest.mark.parametrize("size", [14, 20])
def test_mirrored_text_has_mirrored_hues(size: int) -> None:
    drawing = drawn.draw_on_lcd("Settings", (11, 102, 208), (255, 255, 255), size)
    left, top, right, bottom = drawing.core
    width = drawing.pixels.shape[1]
    mirrored = drawn.Drawing(drawing.pixels[:, ::-1], np.array([width - right, top, width - left, bottom]))
    assert hues_in(mirrored)[:, ::-1] == pytest.approx(hues_in(drawing))


@pytest.mark.parametrize(("support", "stays"), [(0.89, False), (0.9, True)])
def test_ink_of_which_nine_tenths_are_on_one_line_has_no_fringes(support: float, stays: bool) -> None:
    dense = np.zeros((2, 36, 3), np.int16)
    dense[0] = np.tile([(-99, 36, -36), (-99, -36, 0), (-99, 0, 36)], (12, 1))  # any five average to the hue below
    dense[1] = (-198, 0, 0)
    row, column = (place.ravel() for place in np.mgrid[0:2, 3:33])
    offsets = dense[row, column].astype(np.float64)
    plain = Line(offsets[-1], np.ones(len(row)), np.ones(len(row), np.bool_), support)
    freed, line = without_fringes(offsets, plain, dense, row, column, row, 0)
    assert (freed is offsets, line is plain) == (stays, stays)
