import numpy as np
import pytest

from januslens.color.notation import Rgb
from januslens.text.crop import crop_line
from januslens.text.foreground.hue import OFF_FRINGED_HUE, OFF_HUE, angles, are_fringed, summed
from januslens.text.foreground.ink import Ink, Stretch, find_inks
from tests.januslens import drawn

PAIRS: list[tuple[Rgb, Rgb]] = [
    ((34, 34, 34), (255, 255, 255)),
    ((200, 40, 60), (244, 241, 234)),
    ((121, 192, 255), (13, 17, 23)),
]


def ink_of(drawing: drawn.Drawing, background: Rgb) -> Ink:
    (ink,) = find_inks([Stretch(crop_line(drawing.pixels, drawing.core), np.array(background, np.int16), 0)])
    assert ink is not None
    return ink


@pytest.mark.parametrize("size", [12, 16, 24])
@pytest.mark.parametrize("lcd", [False, True])
@pytest.mark.parametrize(("foreground", "background"), PAIRS)
def test_the_sum_of_a_glyphs_pixels_has_the_hue_of_its_color(
    foreground: Rgb, background: Rgb, lcd: bool, size: int
) -> None:
    draw = drawn.draw_on_lcd if lcd else drawn.draw
    ink = ink_of(draw("Hamburg", foreground, background, size), background)
    color = np.subtract(foreground, background) / np.linalg.norm(np.subtract(foreground, background))
    off = angles(summed(ink.offsets, ink.glyph, len(ink.boxes)), color)
    assert off.max() <= (OFF_FRINGED_HUE if lcd else OFF_HUE)


@pytest.mark.parametrize("lcd", [False, True])
@pytest.mark.parametrize(("foreground", "background"), PAIRS)
def test_only_subpixel_text_is_fringed(foreground: Rgb, background: Rgb, lcd: bool) -> None:
    draw = drawn.draw_on_lcd if lcd else drawn.draw
    ink = ink_of(draw("Hamburg", foreground, background, 14), background)
    assert are_fringed(ink.offsets, ink.glyph, summed(ink.offsets, ink.glyph, len(ink.boxes))) == lcd


def test_glyphs_of_several_colors_are_not_fringed() -> None:
    parts: list[tuple[str, Rgb]] = [
        ("let", (200, 0, 0)),
        ("x", (0, 90, 200)),
        ("of", (0, 130, 60)),
        ("y", (120, 0, 160)),
    ]
    ink = ink_of(drawn.in_one_line(parts, (255, 255, 255), 16)[0], (255, 255, 255))
    assert not are_fringed(ink.offsets, ink.glyph, summed(ink.offsets, ink.glyph, len(ink.boxes)))
    assert ink.hues is ink.offsets


def test_a_group_without_pixels_has_no_hue() -> None:
    assert summed(np.array([[3.0, 0.0, 4.0]]), np.array([1]), 2).tolist() == [[0.0, 0.0, 0.0], [0.6, 0.0, 0.8]]
