import numpy as np
import pytest
from numpy.typing import NDArray

from januslens.color.notation import Rgb
from januslens.text.crop import crop_line
from januslens.text.foreground.ink import Ink, Stretch, find_inks
from tests.januslens import drawn

DARK: Rgb = (34, 34, 34)
WHITE: Rgb = (255, 255, 255)


def ink_of(drawing: drawn.Drawing, background: Rgb = WHITE, noise: int = 0) -> Ink | None:
    line = crop_line(drawing.pixels, drawing.core)
    (ink,) = find_inks([Stretch(line, np.array(background, np.int16), noise)])
    return ink


def inked(drawing: drawn.Drawing, background: Rgb = WHITE) -> NDArray[np.bool_]:
    """Which pixels of the whole picture are ink."""
    found = ink_of(drawing, background)
    assert found is not None
    line = crop_line(drawing.pixels, drawing.core)
    mask = np.zeros(drawing.pixels.shape[:2], np.bool_)
    mask[line.y + found.row, line.x + found.column] = True
    return mask


@pytest.mark.parametrize("size", [12, 16, 24, 40])
@pytest.mark.parametrize("text", ["Settings", "yellow gum", "Quite fjords"])
def test_ink_is_what_letters_cover_and_nothing_else(text: str, size: int) -> None:
    covered = drawn.coverage(text, size)
    dots_of_i_and_j = np.arange(len(covered))[:, None] < round(2 * size) - 0.56 * size
    mask = inked(drawn.draw(text, DARK, WHITE, size))
    assert not mask[covered == 0].any()
    assert mask[(covered >= 0.5) & ~dots_of_i_and_j].all()


def test_an_offset_is_a_pixel_less_its_background() -> None:
    drawing = drawn.draw("Settings", (200, 30, 90), (20, 60, 100), 18)
    line, found = crop_line(drawing.pixels, drawing.core), ink_of(drawing, (20, 60, 100))
    assert found is not None
    assert np.array_equal(found.offsets + np.array([20, 60, 100]), line.pixels[found.row, found.column])


def test_letters_that_stand_apart_are_glyphs_of_their_own() -> None:
    found = ink_of(drawn.draw("HHH", DARK, WHITE, 24))
    assert found is not None
    assert len(found.boxes) == 3


@pytest.mark.parametrize("difference", [1, 4, 7])
def test_what_nobody_can_see_is_no_ink(difference: int) -> None:
    faint = (255 - difference,) * 3
    assert ink_of(drawn.draw("Settings", faint, WHITE, 24)) is None


@pytest.mark.parametrize("difference", [9, 16, 40])
def test_faint_text_is_ink(difference: int) -> None:
    faint = (255 - difference,) * 3
    assert ink_of(drawn.draw("Settings", faint, WHITE, 24)) is not None


def test_what_noise_may_have_made_is_no_ink() -> None:
    assert ink_of(drawn.draw("Settings", (241, 241, 241), WHITE, 24), noise=10) is None


def test_an_empty_line_has_no_ink() -> None:
    assert ink_of(drawn.draw("Settings", WHITE, WHITE, 24)) is None


def test_a_frame_around_text_is_no_ink() -> None:
    drawing = drawn.draw("Save", DARK, WHITE, 20)
    framed = drawing.pixels.copy()
    top, bottom = int(drawing.core[1]) - 8, int(drawing.core[3]) + 7
    left, right = int(drawing.core[0]) - 6, int(drawing.core[2]) + 5
    framed[[top, bottom], left : right + 1] = framed[top : bottom + 1, [left, right]] = DARK
    assert np.array_equal(inked(drawn.Drawing(framed, drawing.core)), inked(drawing))


def test_ink_is_the_same_by_itself_and_among_other_stretches() -> None:
    drawings = [
        drawn.draw(text, (200, 30, 90), WHITE, size) for text, size in (("Settings", 24), ("a", 12), ("Hxgd", 18))
    ]
    background = np.array(WHITE, np.int16)
    together = find_inks([Stretch(crop_line(each.pixels, each.core), background, 0) for each in drawings])
    for drawing, among in zip(drawings, together, strict=True):
        alone = ink_of(drawing)
        assert alone is not None
        assert among is not None
        assert np.array_equal(among.offsets, alone.offsets)
        assert np.array_equal(among.row, alone.row)
        assert np.array_equal(among.column, alone.column)
        assert np.array_equal(among.boxes, alone.boxes)
