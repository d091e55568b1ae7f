from collections.abc import Sequence

import numpy as np
import pytest

from januslens.color.notation import Rgb
from januslens.text.crop import crop_line
from januslens.text.foreground.ink import Stretch, find_inks
from januslens.text.runs import _parted, split_by_color
from tests.januslens import drawn

WHITE: Rgb = (255, 255, 255)
NIGHT: Rgb = (16, 24, 32)

Found = tuple[Rgb, int, int]


def parted(drawing: drawn.Drawing, background: Rgb) -> list[Found]:
    """The runs of a line from left to right: color, first and last (exclusive) column in the picture."""
    line = crop_line(drawing.pixels, drawing.core)
    (ink,) = find_inks([Stretch(line, np.array(background, np.int16), 0)])
    assert ink is not None
    found = []
    (runs,) = split_by_color([ink], [Stretch(line, np.array(background, np.int16), 0)])
    for run in runs:
        red, green, blue = (run.end + background).astype(int).tolist()
        columns = ink.column[run.pixels] + line.x
        found.append(((red, green, blue), int(columns.min()), int(columns.max()) + 1))
    return found


DARK: Rgb = (34, 34, 34)
STRONG: Rgb = (17, 17, 17)
MUTED: Rgb = (153, 153, 153)
LIGHT: Rgb = (224, 224, 224)
LINES: dict[str, tuple[Sequence[tuple[str, Rgb]], Rgb]] = {
    "a link": ([("Read the", DARK), ("privacy policy", (11, 102, 208)), ("first", DARK)], WHITE),
    "a link at the end": ([("Forgotten?", (85, 85, 85)), ("Reset it", (180, 30, 60))], WHITE),
    "a link at night": ([("Read the", LIGHT), ("terms", (77, 163, 255)), ("first", LIGHT)], NIGHT),
    "muted beside strong": ([("Total price", STRONG), ("including tax", MUTED)], WHITE),
    "strong beside muted": ([("including tax", MUTED), ("Total price", STRONG)], WHITE),
    "a little muted": ([("Total price", STRONG), ("including tax", (85, 85, 85))], WHITE),
    "muted at night": ([("Total price", WHITE), ("including tax", (120, 124, 128))], NIGHT),
    "code": (
        [("return", (170, 13, 145)), ("value", (28, 0, 207)), ("or", (170, 13, 145)), ("name", (0, 92, 40))],
        WHITE,
    ),
}


@pytest.mark.parametrize("size", [16, 24])
@pytest.mark.parametrize(("parts", "background"), LINES.values(), ids=LINES)
def test_each_color_of_a_line_is_a_run_of_its_own(parts: Sequence[tuple[str, Rgb]], background: Rgb, size: int) -> None:
    drawing, extents = drawn.in_one_line(parts, background, size)
    truth = [(color, *extent) for (_, color), extent in zip(parts, extents, strict=True)]
    found = parted(drawing, background)
    assert [color for color, *_ in found] == [color for color, *_ in truth]
    assert np.abs(np.subtract([run[1:] for run in found], [run[1:] for run in truth])).max() <= 2


@pytest.mark.parametrize("size", [12, 16, 24, 40])
@pytest.mark.parametrize("text", ["Settings", "Save all changes", "Illicit", "1,204.50 (12 %)", "Hxgd qpy"])
@pytest.mark.parametrize("color", [(34, 34, 34), (118, 118, 118), (11, 102, 208), (226, 112, 58)])
def test_text_of_one_color_is_one_run(color: Rgb, text: str, size: int) -> None:
    (run,) = parted(drawn.draw(text, color, WHITE, size), WHITE)
    assert run[0] == pytest.approx(color, abs=1)  # the thin strokes of "Illicit" at 12 px cover no pixel wholly


@pytest.mark.parametrize("second", [(200, 0, 0), (120, 120, 200)], ids=["another hue", "muted"])
def test_a_color_may_change_within_a_word(second: Rgb) -> None:
    first: Rgb = (0, 0, 160)
    drawing = drawn.draw("HHHHHH", first, WHITE, 24)
    middle = int(drawing.core[[0, 2]].mean())
    pixels = drawing.pixels.copy()
    pixels[:, middle:] = drawn.draw("HHHHHH", second, WHITE, 24).pixels[:, middle:]
    assert [color for color, *_ in parted(drawn.Drawing(pixels, drawing.core), WHITE)] == [first, second]


def test_what_stands_far_apart_is_not_one_run() -> None:
    far, near = ("Name" + " " * spaces + "Price" for spaces in (20, 1))
    assert len(parted(drawn.draw(far, (34, 34, 34), WHITE, 16), WHITE)) == 2
    assert len(parted(drawn.draw(near, (34, 34, 34), WHITE, 16), WHITE)) == 1


def blocks(core_height: int, ink_height: int, gap: int) -> Stretch:
    """Four blocks, the middle two of which are a gap apart, around a core in their middle."""
    pixels = np.full((80, 160 + gap, 3), 255, np.uint8)
    for left in (40, 60, 70 + gap, 90 + gap):
        pixels[40 - ink_height // 2 : 40 + ink_height // 2, left : left + 10] = DARK
    core = np.array([40, 40 - core_height // 2, 100 + gap, 40 + core_height // 2], float)
    return Stretch(crop_line(pixels, core), np.array(WHITE, np.int16), 0)


@pytest.mark.parametrize(
    ("core_height", "ink_height", "gap", "runs"),
    [(10, 20, 28, 1), (10, 20, 29, 2), (20, 20, 40, 1), (20, 20, 41, 2)],  # 1.4 of the ink, 2 of the core
)
def test_words_are_one_run_across_a_gap_as_full_width_punctuation_leaves_it(
    core_height: int, ink_height: int, gap: int, runs: int
) -> None:
    stretch = blocks(core_height, ink_height, gap)
    (ink,) = find_inks([stretch])
    assert ink is not None
    assert len(split_by_color([ink], [stretch])[0]) == runs
    assert len(_parted(ink, stretch.line, 0)) == runs


@pytest.mark.parametrize("text", ["Settings", "Save all changes", "Name" + " " * 20 + "Price", "ill fill", "- -"])
@pytest.mark.parametrize("color", [(34, 34, 34), (118, 118, 118), (226, 112, 58)])
def test_text_of_one_color_is_parted_alike_by_itself_and_among_other_lines(color: Rgb, text: str) -> None:
    others = [
        drawn.in_one_line(parts, background, 16)[0] for parts, background in LINES.values() if background == WHITE
    ]
    drawings = [*others, drawn.draw(text, color, WHITE, 16), *others]
    lines = [crop_line(drawing.pixels, drawing.core) for drawing in drawings]
    inks = [
        ink for ink in find_inks([Stretch(line, np.array(WHITE, np.int16), 0) for line in lines]) if ink is not None
    ]
    assert len(inks) == len(lines)
    stretches = [Stretch(line, np.array(WHITE, np.int16), 0) for line in lines]
    for ink, line, parted in zip(inks, lines, split_by_color(inks, stretches), strict=True):
        thoroughly = _parted(ink, line, 0)
        assert [ink.row[run.pixels].tolist() for run in parted] == [ink.row[run.pixels].tolist() for run in thoroughly]
        assert [run.end.tolist() for run in parted] == [run.end.tolist() for run in thoroughly]


def test_a_short_word_of_two_colors_is_parted_after_a_long_text_of_one() -> None:
    text, red = "Terms of service and of all the others that you may use HH", (200, 0, 0)
    drawing = drawn.draw(text, DARK, WHITE, 24)
    pixels = drawing.pixels.copy()
    last = np.flatnonzero((pixels != WHITE).any(axis=(0, 2)))
    edge = int(last[:-1][np.diff(last) > 1].max()) + 1  # before the last letter
    pixels[:, edge:] = drawn.draw(text, red, WHITE, 24).pixels[:, edge:]
    assert [color for color, *_ in parted(drawn.Drawing(pixels, drawing.core), WHITE)] == [DARK, red]


@pytest.mark.parametrize(
    "parts",
    [
        [("Read the", DARK), ("privacy", (11, 102, 208))],
        [("Read the", (0, 0, 0)), ("terms", (200, 0, 0))],
        [("return", (170, 13, 145)), ("value", (28, 0, 207)), ("name", (0, 92, 40))],
    ],
)
def test_each_color_of_a_line_of_subpixel_text_is_exact(parts: Sequence[tuple[str, Rgb]]) -> None:
    margin = 4  # pixels
    words = [drawn.draw_on_lcd(text, color, WHITE, 24) for text, color in parts]
    _, top, _, bottom = words[0].core
    pixels = np.concatenate(
        [word.pixels[:, int(word.core[0]) - margin : int(word.core[2]) + margin] for word in words], axis=1
    )
    line = drawn.Drawing(pixels, np.array([margin, top, pixels.shape[1] - margin, bottom]))
    assert [color for color, *_ in parted(line, WHITE)] == [color for _, color in parts]


SMALL: dict[str, tuple[Rgb, int, bool]] = {
    "a little muted": ((120, 120, 120), 9, True),
    "muted to less than half": ((150, 150, 150), 9, False),
    "another hue": ((120, 90, 150), 9, False),
    "letters of six pixels": ((120, 120, 120), 11, False),
}


@pytest.mark.parametrize(("second", "size", "continues"), SMALL.values(), ids=SMALL)
def test_a_muted_word_may_have_the_color_of_the_one_before_in_letters_of_five_pixels(
    second: Rgb, size: int, *, continues: bool
) -> None:
    drawing, _ = drawn.in_one_line([("Total price", STRONG), ("including tax", second)], WHITE, size)
    stretch = Stretch(crop_line(drawing.pixels, drawing.core), np.array(WHITE, np.int16), 0)
    (ink,) = find_inks([stretch])
    assert ink is not None
    (runs,) = split_by_color([ink], [stretch])
    assert [run.continues for run in runs] == [False] + [continues] * (len(runs) - 1)
    assert len(runs) > 1


@pytest.mark.parametrize(("spaces", "continues"), [(1, True), (8, False)])
def test_a_muted_word_far_from_the_one_before_is_a_run_of_its_own(spaces: int, *, continues: bool) -> None:
    parts = [("Total price" + " " * spaces, STRONG), ("including tax", (120, 120, 120))]
    drawing, (_, (left, _)) = drawn.in_one_line(parts, WHITE, 9)
    stretch = Stretch(crop_line(drawing.pixels, drawing.core), np.array(WHITE, np.int16), 0)
    (ink,) = find_inks([stretch])
    assert ink is not None
    (runs,) = split_by_color([ink], [stretch])
    first = next(run for run in runs if ink.column[run.pixels].min() >= left - stretch.line.x)
    assert first.continues is continues


@pytest.mark.parametrize("gray", [60, 70, 80, 90])
def test_a_run_surely_has_no_more_of_its_color_than_its_weakest_word(gray: int) -> None:
    parts = [("HHHH", STRONG), ("fill", (gray, gray, gray)), ("Till", STRONG)]
    drawing, _ = drawn.in_one_line(parts, WHITE, 9)
    stretch = Stretch(crop_line(drawing.pixels, drawing.core), np.array(WHITE, np.int16), 0)
    (ink,) = find_inks([stretch])
    assert ink is not None
    ((run,),) = split_by_color([ink], [stretch])
    assert run.least == pytest.approx((255 - gray) / (255 - 17), abs=0.01)
