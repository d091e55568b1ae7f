from dataclasses import replace

import numpy as np
import pytest
from coloraide import Color
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from januslens.color.notation import Rgb, hex_color
from januslens.decode.geometry import Box
from januslens.decode.lossy import NO_LOSS, USUAL_LOSS, Loss
from januslens.text.colored_runs import ColoredRun, _on_flat, _whole
from januslens.text.crop import crop_line
from januslens.text.foreground.ink import Stretch, find_inks
from januslens.text.measure_text import measure_text
from januslens.text.run import Backdrop, TextRun
from januslens.text.runs import split_by_color
from tests.januslens import drawn

WHITE: Rgb = (255, 255, 255)
DARK: Rgb = (34, 34, 34)
WORDS = ["Settings", "Save changes", "Total 42", "Illicit", "Hxgd", "no", "Terms of service", "MMM", "yellow"]

colors = st.tuples(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))


def read(drawing: drawn.Drawing, *, loss: Loss = NO_LOSS) -> list[TextRun]:
    return measure_text(drawing.pixels, drawing.core[None], scale=1.0, loss=loss)


def wcag_ratio(one: Rgb, other: Rgb) -> float:
    return Color(hex_color(one)).contrast(Color(hex_color(other)), method="wcag21")


def is_in(color: Rgb, pixels: NDArray[np.uint8]) -> bool:
    return bool((pixels == np.array(color, np.uint8)).all(axis=-1).any())


def bounds(run: TextRun) -> tuple[float, float]:
    low, high = sorted(wcag_ratio(end, run.background) for end in (run.foreground.nearest, run.foreground.farthest))
    return low, high


ANY_TEXT = given(st.sampled_from(WORDS), st.sampled_from([11, 12, 14, 16, 18, 20, 24, 32]), colors, colors)


@ANY_TEXT
def test_colors_read_are_colors_of_the_image(text: str, size: int, foreground: Rgb, background: Rgb) -> None:
    drawing = drawn.draw(text, foreground, background, size)
    for run in read(drawing):
        assert is_in(run.foreground.color, drawing.pixels)
        assert is_in(run.background, drawing.pixels)


def moved(color: Rgb, levels: int, away_from: Rgb) -> Rgb:
    """Move each channel of a color by some levels from another that is lighter or darker in all of them."""
    lighter = sum(color) > sum(away_from)
    red, green, blue = (min(max(channel + (levels if lighter else -levels), 0), 255) for channel in color)
    return red, green, blue


@settings(max_examples=500)
@example("Settings", 12, ((0, 128, 0), (0, 0, 0)))
@given(st.sampled_from(WORDS), st.sampled_from([11, 12, 14, 16, 18, 20, 24, 32]), drawn.pairs())
def test_the_true_ratio_lies_in_the_interval(text: str, size: int, pair: tuple[Rgb, Rgb]) -> None:
    """But for one level: where the most covered pixels are covered to 254/255, no pixel shows the text's color itself.

    A level of a dark color is more than 1 % of its ratio, so the ends are moved by a level, not by a share.
    """
    foreground, background = pair
    truth = wcag_ratio(foreground, background)
    assume(truth >= 1.5)
    (run,) = read(drawn.draw(text, foreground, background, size))
    nearest = moved(run.foreground.nearest, -1, away_from=background)
    farthest = moved(run.foreground.farthest, 1, away_from=background)
    assert wcag_ratio(nearest, background) <= truth <= wcag_ratio(farthest, background)


@pytest.mark.parametrize("text", ["Illicit", "Hxgd", "no", "MMM"])
@pytest.mark.parametrize(("foreground", "background"), [(DARK, WHITE), ((11, 102, 208), WHITE), (WHITE, (16, 24, 32))])
def test_the_interval_holds_the_ratio_where_no_pixel_is_quite_covered(
    text: str, foreground: Rgb, background: Rgb
) -> None:
    """At 9 px the most covered pixel of these words is covered to between 0.91 and 0.94."""
    (run,) = read(drawn.draw(text, foreground, background, 9))
    low, high = bounds(run)
    assert low <= wcag_ratio(foreground, background) <= high


@ANY_TEXT
def test_the_background_is_exact(text: str, size: int, foreground: Rgb, background: Rgb) -> None:
    assume(wcag_ratio(foreground, background) >= 1.5)
    (run,) = read(drawn.draw(text, foreground, background, size))
    assert (run.background, run.backgrounds, run.backdrop) == (background, (background,) * 2, Backdrop.FLAT)


@given(
    st.sampled_from(["Settings", "Total 42", "MMM", "Terms of service"]), st.sampled_from([24, 32, 48]), colors, colors
)
def test_the_color_of_large_text_is_proven_and_exact(text: str, size: int, foreground: Rgb, background: Rgb) -> None:
    assume(wcag_ratio(foreground, background) >= 1.5)
    (run,) = read(drawn.draw(text, foreground, background, size))
    assert run.foreground.proven
    assert run.foreground.color == foreground


@pytest.mark.parametrize("size", [14, 16, 18, 24])
@pytest.mark.parametrize("text", ["Settings", "Save changes", "Total 42", "Terms of service"])
@pytest.mark.parametrize(
    ("foreground", "background"),
    [
        ((0, 0, 0), WHITE),
        (WHITE, (16, 24, 32)),
        ((11, 102, 208), WHITE),
        ((200, 40, 60), (244, 241, 234)),
        ((20, 97, 61), (216, 239, 226)),
        ((120, 200, 255), (16, 24, 32)),
    ],
)
def test_the_true_ratio_of_subpixel_text_lies_in_the_interval(
    text: str, size: int, foreground: Rgb, background: Rgb
) -> None:
    truth = wcag_ratio(foreground, background)
    for run in read(drawn.draw_on_lcd(text, foreground, background, size)):
        low, high = bounds(run)
        assert low / 1.02 <= truth <= high * 1.02  # what is left of the fringes in the most covered pixel


def test_dark_subpixel_text_is_one_run() -> None:
    runs = read(drawn.draw_on_lcd("Terms of service", (0, 12, 0), WHITE, 24))
    assert [run.foreground.color for run in runs] == [(0, 12, 0)]


@pytest.mark.parametrize(
    ("text", "size", "foreground"), [("Continue", 12, (44, 117, 217)), ("Cancel", 11, (0, 120, 212))]
)
def test_the_interval_holds_the_ratio_of_the_smallest_subpixel_text(text: str, size: int, foreground: Rgb) -> None:
    low_high = [bounds(run) for run in read(drawn.draw_on_lcd(text, foreground, WHITE, size))]
    truth = wcag_ratio(foreground, WHITE)
    assert low_high
    assert all(low <= truth <= high for low, high in low_high)


@pytest.mark.parametrize("text", ["Settings", "Total 42", "Terms of service"])
@pytest.mark.parametrize("share", [0.35, 0.6, 0.8])
def test_thin_strokes_leave_the_color_open(text: str, share: float) -> None:
    """A hairline as wide as a share of a pixel leaves the pixels of a weaker color that is a pixel wide."""
    foreground: Rgb = (70, 70, 70)
    covered = drawn.coverage(text, 13)
    drawing = drawn.drawing_of(drawn.mixed(share * covered, foreground, WHITE), covered, 13)
    for run in read(drawing):
        assert run.foreground.proven or bounds(run)[1] >= wcag_ratio(foreground, WHITE)


@pytest.mark.parametrize("text", ["Settings", "Save changes", "Terms of service"])
@pytest.mark.parametrize(("scale", "resample"), [(0.5, Image.Resampling.BOX), (0.5, Image.Resampling.LANCZOS),
                                                 (0.85, Image.Resampling.BICUBIC)])  # fmt: skip
@pytest.mark.parametrize("foreground", [(107, 107, 107), (118, 118, 118), (11, 102, 208)])
def test_the_interval_holds_the_ratio_of_text_in_a_reduced_image(
    text: str, scale: float, resample: Image.Resampling, foreground: Rgb
) -> None:
    drawing = drawn.draw(text, foreground, WHITE, 15)
    height, width = drawing.pixels.shape[:2]
    small = Image.fromarray(drawing.pixels).resize((round(scale * width), round(scale * height)), resample)
    for run in read(drawn.Drawing(np.asarray(small), scale * drawing.core)):
        low, high = bounds(run)
        assert low <= wcag_ratio(foreground, WHITE) <= high


@ANY_TEXT
def test_reading_again_gives_the_same(text: str, size: int, foreground: Rgb, background: Rgb) -> None:
    drawing = drawn.draw(text, foreground, background, size)
    assert read(drawing) == read(drawing)


@pytest.mark.parametrize("size", [12, 16, 24, 40])
@pytest.mark.parametrize("text", ["Settings", "yellow gum", "Hxgd"])
def test_the_box_is_that_of_the_letters(text: str, size: int) -> None:
    drawing = drawn.draw(text, DARK, WHITE, size)
    rows, columns = np.nonzero((drawing.pixels != WHITE).any(axis=2))
    (run,) = read(drawing)
    found = (run.box.x, run.box.y, run.box.x + run.box.width, run.box.y + run.box.height)
    truth = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    assert np.abs(np.subtract(found, truth)).max() <= max(1, 0.1 * size)


def test_a_box_has_its_place_in_the_whole_image() -> None:
    drawing = drawn.draw("Settings", DARK, WHITE, 20)
    height, width = drawing.pixels.shape[:2]
    page = np.full((height + 300, width + 500, 3), 255, np.uint8)
    page[200 : 200 + height, 400 : 400 + width] = drawing.pixels
    (alone,) = read(drawing)
    (run,) = read(drawn.Drawing(page, drawing.core + np.array([400, 200, 400, 200])))
    assert run.box == Box(alone.box.x + 400, alone.box.y + 200, alone.box.width, alone.box.height)


def test_runs_come_from_top_to_bottom() -> None:
    drawing = drawn.draw("Settings", DARK, WHITE, 20)
    page = np.concatenate([drawing.pixels] * 3)
    cores = [drawing.core + np.array([0, shift * len(drawing.pixels)] * 2) for shift in (2, 0, 1)]
    runs = measure_text(page, np.array(cores), scale=1.0, loss=NO_LOSS)
    assert [run.box.y for run in runs] == sorted(run.box.y for run in runs)


@pytest.mark.parametrize(("text", "least", "most"), [("O", 1, 2), ("OK", 2, 4), ("Settings", 8, 16)])
def test_a_letter_is_counted_as_one_or_two_strokes(text: str, least: int, most: int) -> None:
    (run,) = read(drawn.draw(text, DARK, WHITE, 32))
    assert least <= run.letters <= most


def bars(height: int, core: int = 16, scale: float = 1.0) -> list[TextRun]:
    pixels = np.full((60, 160, 3), 255, np.uint8)
    for left in (30, 60, 90):
        pixels[25 : 25 + height, left : left + 20] = DARK
    return measure_text(pixels, np.array([[30, 22, 110, 22 + core]], float), scale=scale, loss=NO_LOSS)


def test_bars_are_no_letters() -> None:
    (run,) = bars(9)
    assert run.letters == 0


def test_filled_blocks_are_no_text() -> None:
    assert bars(10) == []


def test_a_block_is_as_large_beside_the_height_of_its_line() -> None:
    assert [len(bars(10, core)) for core in (16, 17)] == [0, 1]


@pytest.mark.parametrize("scale", [0.5, 2.0, 4.0])
def test_filled_blocks_are_no_text_at_any_scale(scale: float) -> None:
    assert bars(10, scale=scale) == []


@pytest.mark.xfail(
    strict=True, reason="SOLID is a disc's share of its exact box; with a fringe around it a dot has less"
)
@pytest.mark.parametrize("radius", [3, 5, 8, 12])
def test_dots_are_no_letters(radius: int) -> None:
    pixels = np.full((60, 160, 3), 255, np.uint8)
    rows, columns = np.mgrid[:60, :160]
    for center in (40, 70, 100):
        covered = np.clip(radius + 0.5 - np.hypot(rows - 30, columns - center), 0, 1)
        pixels = np.rint(pixels + covered[..., None] * (np.array(DARK) - pixels.astype(float))).astype(np.uint8)
    core = np.array([[40 - radius, 30 - radius, 100 + radius, 30 + radius]], float)
    (run,) = measure_text(pixels, core, scale=1.0, loss=NO_LOSS)
    assert run.letters == 0


def test_a_seam_between_two_colors_is_no_text() -> None:
    pixels = np.full((60, 160, 3), 255, np.uint8)
    pixels[:, 80:84] = DARK
    assert measure_text(pixels, np.array([[60, 20, 100, 40]], float), scale=1.0, loss=NO_LOSS) == []


def test_an_empty_place_has_no_text() -> None:
    white = np.full((60, 160, 3), 255, np.uint8)
    assert measure_text(white, np.array([[20, 20, 120, 40]], float), scale=1.0, loss=NO_LOSS) == []


def test_no_cores_are_no_text() -> None:
    assert measure_text(np.full((60, 160, 3), 255, np.uint8), np.zeros((0, 4)), scale=1.0, loss=NO_LOSS) == []


def on(background: NDArray[np.uint8], text: str, foreground: Rgb, size: int) -> drawn.Drawing:
    """Draw text over a picture, which is repeated until it is large enough."""
    covered = drawn.coverage(text, size)
    height, width = covered.shape
    behind = np.tile(background, (-(-height // len(background)), -(-width // background.shape[1]), 1))[:height, :width]
    pixels = np.rint(behind + covered[..., None] * (np.array(foreground) - behind.astype(float))).astype(np.uint8)
    return drawn.drawing_of(pixels, covered, size)


def test_text_on_a_gradient_says_so_and_its_extremes_are_told() -> None:
    ramp = np.repeat(np.linspace(20, 220, 400).round().astype(np.uint8)[None, :, None], 3, axis=2)
    drawing = on(ramp, "Text that crosses a gradient", WHITE, 24)
    (run,) = read(drawing)
    assert run.backdrop is Backdrop.GRADIENT
    left, right = (int(drawing.core[edge]) for edge in (0, 2))
    darkest, lightest = ramp[0, [left, right], 0].tolist()
    assert max(run.backgrounds[0]) <= darkest + 10
    assert min(run.backgrounds[1]) >= lightest - 10


def test_text_on_an_image_says_so() -> None:
    grainy = np.random.default_rng(5).integers(40, 140, (80, 400, 3), dtype=np.uint8)
    (run,) = read(on(grainy, "Text on a picture", WHITE, 28))
    assert run.backdrop is Backdrop.IMAGE
    assert run.foreground.color == WHITE


@given(st.integers(0, 2**32 - 1), st.sampled_from([DARK, (118, 118, 118), (180, 30, 60)]))
def test_noise_of_a_lossy_image_does_not_part_a_line(seed: int, foreground: Rgb) -> None:
    drawing = drawn.draw("Save changes", foreground, (235, 238, 240), 24)
    jitter = np.random.default_rng(seed).integers(-4, 5, drawing.pixels.shape)
    noisy = np.clip(drawing.pixels + jitter, 0, 255).astype(np.uint8)
    (run,) = read(drawn.Drawing(noisy, drawing.core), loss=USUAL_LOSS)
    assert np.abs(np.subtract(run.foreground.color, foreground)).max() <= 10
    assert np.abs(np.subtract(run.background, (235, 238, 240))).max() <= 4


def test_the_core_has_its_rows_in_the_whole_image() -> None:
    drawing = drawn.draw("Settings", DARK, WHITE, 20)
    page = np.concatenate([np.full((200, *drawing.pixels.shape[1:]), 255, np.uint8), drawing.pixels])
    core = np.rint(drawing.core + np.array([0, 200, 0, 200]))
    (run,) = read(drawn.Drawing(page, core))
    assert run.core == (core[1], core[3])


def test_noise_of_a_flat_ground_lies_between_the_colors_that_may_be_behind_text() -> None:
    drawing = drawn.draw("Save changes", DARK, (200, 200, 200), 24)
    jitter = np.random.default_rng(1).integers(-5, 6, drawing.pixels.shape)
    (run,) = read(drawn.Drawing((drawing.pixels + jitter).astype(np.uint8), drawing.core))
    darkest, lightest = run.backgrounds
    assert run.backdrop is Backdrop.FLAT
    assert max(darkest) < min(run.background)
    assert min(lightest) > max(run.background)


SOLARIZED: Rgb = (253, 246, 227)
BASE01: Rgb = (88, 110, 117)
BASE00: Rgb = (101, 123, 131)


@pytest.mark.parametrize("size", [12, 13, 14, 16, 20])
@pytest.mark.parametrize(
    "words", [("def total(self,", "values, reset)"), ("return None", "while index"), ("filter", "HH 42 HH")]
)
def test_a_run_of_two_nearly_equal_colors_holds_the_ratios_of_both(words: tuple[str, str], size: int) -> None:
    parts = list(zip(words, (BASE01, BASE00), strict=True))
    drawing, extents = drawn.in_one_line(parts, SOLARIZED, size)
    runs = read(drawing)
    for (_, color), (left, right) in zip(parts, extents, strict=True):
        for run in runs:
            if min(right, run.box.x + run.box.width) - max(left, run.box.x) > 0.3 * run.box.width:
                low, high = bounds(run)
                assert low - 0.02 <= wcag_ratio(color, SOLARIZED) <= high + 0.02


def test_words_of_five_pixels_that_differ_in_tone_are_one_run_that_may_have_either_color() -> None:
    drawing, _ = drawn.in_one_line([("Total price", (17, 17, 17)), ("including tax", (120, 120, 120))], WHITE, 9)
    (run,) = read(drawing)
    assert run.foreground.nearest[0] >= 120
    assert run.foreground.farthest[0] <= 17
    columns = np.flatnonzero((drawing.pixels != 255).any(axis=(0, 2)))
    assert run.box.width == pytest.approx(columns[-1] + 1 - columns[0], abs=2)


def test_words_of_five_pixels_whose_colors_are_proven_are_runs_of_their_own() -> None:
    smooth, _ = drawn.in_one_line([("Total price", (17, 17, 17)), ("including tax", (120, 120, 120))], WHITE, 9)
    edge = smooth.pixels.shape[1] // 2
    pixels = np.where(smooth.pixels < 180, np.uint8(120), np.uint8(255))
    pixels[:, :edge] = np.where(smooth.pixels < 180, np.uint8(17), np.uint8(255))[:, :edge]
    found = read(drawn.Drawing(pixels, smooth.core))
    assert len(found) > 1


TOTAL: list[tuple[str, Rgb]] = [("Total", (17, 17, 17)), ("including", (120, 120, 120))]


def whole(*, proven: tuple[bool, ...], parts: list[tuple[str, Rgb]] = TOTAL) -> list[ColoredRun]:
    """The runs of words in letters of five pixels, of which the second may have the color of the first."""
    drawing, _ = drawn.in_one_line(parts, WHITE, 9)
    stretch = Stretch(crop_line(drawing.pixels, drawing.core), np.array(WHITE, np.int16), 0)
    (ink,) = find_inks([stretch])
    assert ink is not None
    (colors,) = split_by_color([ink], [stretch])
    assert [one.continues for one in colors] == [False, True, False][: len(parts)]
    found = [_on_flat(stretch, ink, colored, NO_LOSS) for colored in colors]
    shown = [
        replace(run, foreground=replace(run.foreground, unmixed=is_proven, nearest=run.foreground.color))
        for run, is_proven in zip(found, proven, strict=True)
    ]
    return list(_whole(shown, colors, stretch, ink))


@pytest.mark.parametrize(
    ("proven", "runs"), [((True, True), 2), ((True, False), 1), ((False, True), 1), ((False, False), 1)]
)
def test_words_that_may_have_one_color_are_one_run_unless_both_colors_are_proven(
    proven: tuple[bool, bool], runs: int
) -> None:
    assert len(whole(proven=proven)) == runs


def test_a_run_of_two_words_is_covered_in_units_of_the_stronger_color() -> None:
    (run,) = whole(proven=(False, False))
    end = run.painted.column >= run.painted.column.max() - 10
    assert run.painted.coverage[end].max() == pytest.approx((255 - 120) / (255 - 17), abs=0.1)
    assert run.painted.coverage.max() > 0.9


def test_what_follows_two_words_that_are_one_run_is_a_run_of_its_own() -> None:
    runs = whole(proven=(False, False, True), parts=[*TOTAL, ("overdue", (220, 0, 0))])
    assert [run.foreground.color[1] < run.foreground.color[0] for run in runs] == [False, True]
