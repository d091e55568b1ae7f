from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from januslens.color.notation import Rgb
from januslens.text.background.flat_colors import FlatColors
from januslens.text.background.gradients import fit_gradient
from januslens.text.background.segments import (
    BORDER,
    _are_behind,
    _chip_between,
    _is_behind,
    _unevenness,
    find_segments,
)
from tests.januslens.text.lines import HEIGHT, TEXT, WIDTH, line_on, with_text

WHITE: Rgb = (255, 255, 255)


def striped(colors: Sequence[Rgb], edges: Sequence[int]) -> NDArray[np.uint8]:
    """Fill a picture with colors side by side, each but the last up to its edge."""
    pixels = np.empty((HEIGHT, WIDTH, 3), np.uint8)
    for color, left, right in zip(colors, [0, *edges], [*edges, WIDTH], strict=True):
        pixels[:, left:right] = color
    return pixels


def found_colors(pixels: NDArray[np.uint8], noise: int = 0) -> list[Rgb | None]:
    segments = find_segments(line_on(pixels), noise)
    return [tuple(segment.behind.tolist()) if isinstance(segment.behind, np.ndarray) else None for segment in segments]


colors = st.tuples(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))


@given(colors)
def test_a_flat_background_is_one_segment_of_its_exact_color(color: Rgb) -> None:
    assert found_colors(striped([color], [])) == [color]


@pytest.mark.parametrize("color", [(255, 255, 255), (240, 244, 249), (90, 140, 200), (3, 3, 3)])
def test_text_does_not_hide_the_color_that_it_stands_on(color: Rgb) -> None:
    assert found_colors(with_text(striped([color], []))) == [color]


@given(colors, colors, st.integers(40, 200))
def test_two_chips_in_a_line_are_two_segments_of_their_exact_colors(one: Rgb, other: Rgb, edge: int) -> None:
    if max(abs(a - b) for a, b in zip(one, other, strict=True)) < 6:
        return  # so alike that a faint gradient may have both
    pixels = striped([one, other], [edge])
    segments = find_segments(line_on(pixels), 0)
    assert found_colors(pixels) == [one, other]
    assert abs(segments[0].right - edge) <= 1


def test_text_across_three_chips_leaves_each_its_color() -> None:
    chips: list[Rgb] = [(216, 239, 226), (251, 227, 214), (160, 210, 255)]
    assert found_colors(with_text(striped(chips, [90, 170]))) == chips


@pytest.mark.parametrize("width", [2, 4, 6, 7])
def test_stems_as_high_as_the_band_are_no_backgrounds(width: int) -> None:
    stems = [edge for left in range(30, 230, 40) for edge in (left, left + width)]
    pixels = striped([WHITE, TEXT] * (len(stems) // 2) + [WHITE], stems)
    assert found_colors(pixels) == [WHITE]


@pytest.mark.parametrize("at_the_left", [True, False])
def test_a_rule_at_the_end_of_a_line_is_no_background(at_the_left: bool) -> None:
    narrow = slice(0, 100)  # so that the rule is a good part of it
    pixels = striped([TEXT, WHITE], [7])[:, narrow]
    assert found_colors(pixels if at_the_left else np.ascontiguousarray(pixels[:, ::-1])) == [WHITE]


def test_a_flat_color_that_fills_too_little_of_the_band_is_no_background() -> None:
    pixels = np.random.default_rng(6).integers(0, 256, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    pixels[:, : WIDTH * 3 // 10] = (200, 210, 220)
    assert found_colors(pixels) == [None]


@given(st.integers(0, 2**32 - 1), st.integers(0, 40))
def test_segments_follow_one_another_from_edge_to_edge_but_for_borders(seed: int, noise: int) -> None:
    random = np.random.default_rng(seed)
    palette = random.integers(0, 256, (5, 3))
    pixels = np.repeat(palette[random.integers(0, 5, WIDTH // 8)], 8, axis=0)[None].repeat(HEIGHT, axis=0)
    segments = find_segments(line_on(pixels.astype(np.uint8)), noise)
    edges = [edge for segment in segments for edge in (segment.left, segment.right)]
    between = np.subtract(edges[::2][1:], edges[1::2][:-1])
    assert ((between >= 0) & (between <= 2 * BORDER)).all()
    assert (edges[0], edges[-1]) == (0, WIDTH)


@given(st.integers(0, 2**32 - 1))
def test_where_colors_vary_no_flat_color_is_claimed(seed: int) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    assert found_colors(pixels) == [None]


def test_a_steep_gradient_has_no_flat_color() -> None:
    pixels = np.empty((HEIGHT, WIDTH, 3), np.uint8)
    pixels[:] = np.arange(WIDTH)[None, :, None]
    assert found_colors(pixels) == [None]


@given(st.tuples(st.integers(20, 235), st.integers(20, 235), st.integers(20, 235)), st.integers(0, 2**32 - 1))
def test_noise_that_was_announced_does_not_part_a_background(color: Rgb, seed: int) -> None:
    jitter = np.random.default_rng(seed).integers(-4, 5, (HEIGHT, WIDTH, 3))
    (found,) = found_colors((np.array(color) + jitter).astype(np.uint8), noise=10)
    assert found is not None
    assert max(abs(a - b) for a, b in zip(found, color, strict=True)) <= 4


def boxed(color: Rgb, left: int, right: int, top: int = 0, bottom: int = HEIGHT) -> NDArray[np.uint8]:
    """White, with a box of a color."""
    pixels = striped([WHITE], [])
    pixels[top:bottom, left:right] = color
    return pixels


def framed(width: int, stroke: int) -> NDArray[np.uint8]:
    """White, with frames as high as the band next to each other, as heavy ideographs have them."""
    pixels = striped([WHITE], [])
    for left in range(20, 200, width + 2):
        pixels[10:34, left : left + width] = TEXT
        for top in (10 + stroke, 22 + stroke // 2):
            pixels[top : top + 10 - stroke, left + stroke : left + width - stroke] = WHITE
    return pixels


@pytest.mark.parametrize("stroke", [3, 4, 5])
@pytest.mark.parametrize("width", [16, 20, 24])
def test_heavy_frames_of_letters_are_no_backgrounds(width: int, stroke: int) -> None:
    assert found_colors(framed(width, stroke)) == [WHITE]


def test_letters_that_cover_most_of_a_line_leave_its_flat_background() -> None:
    pixels = framed(20, 6)
    line = line_on(pixels)
    band = line.pixels[line.band()]
    assert (band == 255).all(axis=2).mean() < 0.5
    assert found_colors(pixels) == [WHITE]


RED: Rgb = (200, 30, 40)


@pytest.mark.parametrize("right", [130, 150])
def test_a_chip_as_high_as_its_text_is_a_background(right: int) -> None:
    pixels = boxed(RED, 100, right, 9, 35)  # 2.5 of the core's height, which is 12, or more
    assert found_colors(pixels) == [WHITE, RED, WHITE]


def test_a_chip_behind_one_letter_is_a_background_where_it_is_higher_than_the_line() -> None:
    assert found_colors(boxed(RED, 100, 112)) == [WHITE, RED, WHITE]


@pytest.mark.parametrize("at", [0, 240 - 12])
def test_a_chip_behind_the_first_or_last_letter_is_a_background(at: int) -> None:
    found = found_colors(boxed(RED, at, at + 12))
    assert found == ([RED, WHITE] if at == 0 else [WHITE, RED])


def test_a_small_chip_with_a_hole_of_text_is_a_background() -> None:
    pixels = boxed(RED, 100, 124, 12, 32)
    pixels[17:27, 106:118] = WHITE  # text fills a quarter of it
    assert found_colors(pixels) == [WHITE, RED, WHITE]


def test_a_small_chip_may_end_with_its_text() -> None:
    pixels = boxed(RED, 100, 125, 12, 32)
    pixels[17:27, 110:125] = WHITE
    assert found_colors(pixels) == [WHITE, RED, WHITE]


@pytest.mark.parametrize("beside", [(88, 96), (128, 136)], ids=["before", "after"])
def test_a_letter_between_letters_of_its_color_is_no_chip(beside: tuple[int, int]) -> None:
    pixels = boxed(RED, 100, 124, 12, 32)
    pixels[17:27, 106:118] = WHITE
    pixels[16:28, slice(*beside)] = RED
    assert found_colors(pixels) == [WHITE]


def test_a_thin_frame_is_no_chip() -> None:
    pixels = boxed(RED, 100, 124, 12, 32)
    pixels[15:29, 103:121] = WHITE
    assert found_colors(pixels) == [WHITE]


def test_a_border_between_two_colors_belongs_to_neither() -> None:
    pixels = striped([WHITE, TEXT, RED], [120, 122])
    one, other = find_segments(line_on(pixels), 0)
    assert (one.right, other.left) == (120, 122)


@pytest.mark.parametrize("edge", [60, 117, 180])
def test_two_grounds_meet_at_the_very_column_in_spite_of_text(edge: int) -> None:
    one, other = find_segments(line_on(with_text(striped([WHITE, (240, 200, 60)], [edge]))), 0)
    assert (one.right, other.left) == (edge, edge)


def noisy(levels: int, seed: int = 1) -> NDArray[np.uint8]:
    jitter = np.random.default_rng(seed).integers(-levels, levels + 1, (HEIGHT, WIDTH, 3))
    return np.clip(with_text(striped([(37, 59, 83)], [])).astype(int) + jitter, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("levels", [3, 5, 7])
def test_noise_on_a_flat_ground_is_told_and_is_no_image(levels: int) -> None:
    (segment,) = find_segments(line_on(noisy(levels)), 0)
    assert isinstance(segment.behind, np.ndarray)
    assert np.abs(segment.behind - (37, 59, 83)).max() <= 2
    assert levels - 1 <= segment.noise <= levels + 2


def test_a_flat_ground_has_no_noise() -> None:
    assert [segment.noise for segment in find_segments(line_on(noisy(0)), 0)] == [0]
    assert [segment.noise for segment in find_segments(line_on(noisy(0)), 4)] == [4]


def test_more_noise_than_rescaling_leaves_is_an_image() -> None:
    assert found_colors(noisy(20)) == [None]


HOLE = slice(107, 118)  # columns of a chip, between closed ends


def is_chip(mask: NDArray[np.bool_], left: int = 110, right: int = 112) -> bool:
    line = line_on(striped([WHITE], []))
    assert (line.top, line.bottom, line.core_height) == (10, 22, 12)
    return _chip_between(mask, left, right, line) != slice(0)


def chip_mask(left: int = 100, right: int = 124) -> NDArray[np.bool_]:
    """A chip of 22 rows, and of 24 columns if not told otherwise: twice as many as the core has rows."""
    mask = np.zeros((32, WIDTH), np.bool_)
    mask[5:27, left:right] = True
    return mask


def test_a_chip_reaches_beyond_the_columns_that_show_it() -> None:
    assert _chip_between(chip_mask(), 110, 112, line_on(striped([WHITE], []))) == slice(100, 124)


@pytest.mark.parametrize(("rows", "chip"), [(18, True), (19, False)], ids=["0.625", "0.604"])
def test_a_chip_fills_most_of_its_box(rows: int, chip: bool) -> None:
    mask = chip_mask()
    mask[6 : 6 + rows, HOLE] = False
    assert is_chip(mask, 100, 124) is chip


@pytest.mark.parametrize(("columns", "chip"), [(11, True), (12, False)])
def test_a_row_belongs_to_a_chip_from_half_its_width_on(columns: int, chip: bool) -> None:
    mask = chip_mask()
    mask[6:24, HOLE] = False
    mask[:5, 100 : 100 + columns] = True  # with these rows, it would fill too little
    assert is_chip(mask, 100, 124) is chip


@pytest.mark.parametrize(("width", "chip"), [(24, True), (23, False)])
def test_only_a_wide_chip_may_be_open_at_one_end(width: int, chip: bool) -> None:
    mask = chip_mask(100, 100 + width)
    mask[15, 100 + width - 6 : 100 + width] = False
    assert is_chip(mask) is chip


@pytest.mark.parametrize("left", [0, WIDTH - 23])
def test_a_narrow_chip_may_be_open_at_the_edge_of_the_crop(left: int) -> None:
    mask = chip_mask(left, left + 23)
    mask[15, slice(0, 6) if left == 0 else slice(-6, None)] = False
    assert is_chip(mask, left + 10, left + 12)


@pytest.mark.parametrize(("columns", "chip"), [(5, True), (6, False)])
def test_an_end_is_closed_within_half_a_core_height(columns: int, chip: bool) -> None:
    mask = chip_mask(100, 123)
    mask[15, 100 : 100 + columns] = False
    assert is_chip(mask) is chip


@pytest.mark.parametrize(("column", "chip"), [(87, True), (88, False), (135, False), (136, True)])
def test_a_chip_stands_a_core_height_away_from_what_has_its_color(column: int, chip: bool) -> None:
    mask = chip_mask()
    mask[15, column] = True
    assert is_chip(mask) is chip


@pytest.mark.parametrize(("length", "behind"), [(30, True), (29, False)])
def test_a_row_of_two_and_a_half_core_heights_above_and_below_is_background(length: int, behind: bool) -> None:
    shown = np.zeros((1, 32, WIDTH), np.bool_)
    shown[:, [3, 25], 100 : 100 + length] = True
    assert _are_behind(shown, line_on(striped([WHITE], [])))[0].sum() == (length if behind else 0)


@pytest.mark.parametrize("side", [3, 25])
def test_a_row_on_one_side_is_no_background(side: int) -> None:
    shown = np.zeros((1, 32, WIDTH), np.bool_)
    shown[:, side, 100:140] = True
    assert not _are_behind(shown, line_on(striped([WHITE], []))).any()


def jittered(pixels: NDArray[np.uint8], levels: int) -> NDArray[np.uint8]:
    jitter = np.random.default_rng(1).integers(-levels, levels + 1, pixels.shape)
    return np.clip(pixels.astype(int) + jitter, 0, 255).astype(np.uint8)


def test_noise_is_told_of_a_ground_of_one_color_only() -> None:
    one, several = striped([RED], []), striped([RED, (60, 90, 200)], [WIDTH * 2 // 3])
    assert _unevenness(line_on(jittered(one, 5)), 0) > 0
    assert _unevenness(line_on(jittered(several, 5)), 0) == 0


def uneven_red(levels: int, share: float = 0.2) -> NDArray[np.uint8]:
    """A share of the pixels is off by some levels."""
    pixels = striped([RED], [])
    pixels[np.random.default_rng(1).random(pixels.shape[:2]) < share] += levels
    return pixels


@pytest.mark.parametrize(("levels", "uneven"), [(2, 0), (3, 3), (8, 8)])
def test_a_ground_within_two_levels_is_as_even_as_a_flat_color(levels: int, uneven: int) -> None:
    assert _unevenness(line_on(uneven_red(levels)), 0) == uneven


@pytest.mark.parametrize(("share", "uneven"), [(0.2, 5), (0.05, 0)])
def test_noise_beside_letters_is_that_of_a_tenth_of_the_ground(share: float, uneven: int) -> None:
    assert _unevenness(line_on(uneven_red(5, share)), 0) == uneven


@pytest.mark.parametrize(("width", "uneven"), [(4, 5), (6, 0)])
def test_noise_is_told_of_a_ground_that_letters_mostly_leave_free(width: int, uneven: int) -> None:
    pixels = uneven_red(5)
    letters = np.arange(WIDTH) % 10 < width
    pixels[9:35, letters] = np.random.default_rng(2).integers(100, 250, (26, int(letters.sum()), 3))
    assert _unevenness(line_on(pixels), 0) == uneven


@pytest.mark.parametrize(("share", "found"), [(0.47, None), (0.53, RED)])
def test_a_flat_ground_has_one_color_exactly_in_half_of_its_pixels(share: float, found: Rgb | None) -> None:
    pixels = striped([RED], [])
    chosen = np.random.default_rng(1).random(pixels.shape[:2])
    pixels[chosen >= share] += 1
    pixels[chosen >= (1 + share) / 2] -= 2
    assert found_colors(pixels) == [found]


def stacked() -> NDArray[np.uint8]:
    """A dark area beside two colors one above the other."""
    pixels = striped([(14, 19, 37), WHITE, (75, 173, 124)], [24, 34])
    pixels[HEIGHT // 2 :, 34:] = (199, 208, 206)
    return pixels


def test_what_is_beside_a_line_is_not_behind_it_where_it_does_not_occur() -> None:
    segments = find_segments(line_on(stacked()), 0)
    assert found_colors(stacked())[0] == (14, 19, 37)
    assert 24 <= segments[0].right <= 30  # half of the core height more at most
    assert (14, 19, 37) not in found_colors(stacked())[1:]


@pytest.mark.parametrize(
    ("explained", "noise", "behind"), [(0.39, 0, False), (0.41, 0, True), (0.59, 10, False), (0.61, 10, True)]
)
def test_a_gradient_must_explain_more_where_noise_lets_pixels_be_near_it(
    explained: float, noise: int, *, behind: bool
) -> None:
    shades = np.round(np.linspace((30, 0, 60), (90, 40, 160), HEIGHT))[:, None].repeat(WIDTH, axis=1)
    gradient = fit_gradient(line_on(shades.astype(np.uint8)), 0)
    assert gradient is not None
    assert _is_behind(replace(gradient, explained=explained), FlatColors([], [], 0.0), noise) == behind
