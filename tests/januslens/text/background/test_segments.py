from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from januslens.color.notation import Rgb
from januslens.text.background.segments import BORDER, find_segments
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
