import numpy as np
import pytest

from januslens.color.notation import Rgb
from januslens.text.crop import crop_line
from januslens.text.foreground.ink import Ink, Stretch, find_inks
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
