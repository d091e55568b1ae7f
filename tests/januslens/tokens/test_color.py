"""The colors that a picture is painted with: each picture below was painted by its test."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from januslens.color.notation import Rgb
from januslens.decode.geometry import Box
from januslens.raster.indexed_image import IndexedImage
from januslens.text.run import Backdrop, Foreground, Size, TextRun
from januslens.tokens.color import ObservedColor, observed_colors

WHITE: Rgb = (255, 255, 255)
PAPER: Rgb = (244, 241, 234)
BLUE: Rgb = (11, 102, 208)
RED: Rgb = (200, 40, 60)

colors = st.tuples(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))


def filled(color: Rgb, width: int = 200, height: int = 120) -> NDArray[np.uint8]:
    return np.full((height, width, 3), color, np.uint8)


def with_box(pixels: NDArray[np.uint8], color: Rgb, x: int, y: int, width: int, height: int) -> NDArray[np.uint8]:
    painted = pixels.copy()
    painted[y : y + height, x : x + width] = color
    return painted


def enlarged(pixels: NDArray[np.uint8], scale: int) -> NDArray[np.uint8]:
    """The same picture on a screen of more pixels a CSS pixel."""
    return pixels.repeat(scale, axis=0).repeat(scale, axis=1)


def observed(pixels: NDArray[np.uint8], runs: list[TextRun], scale: float) -> list[ObservedColor]:
    return observed_colors(IndexedImage.of(pixels, scale), runs, (), scale)


def seen(pixels: NDArray[np.uint8], scale: float = 1.0) -> dict[Rgb, ObservedColor]:
    return {color.rgb: color for color in observed(pixels, [], scale)}


def text_run(color: Rgb, farthest: Rgb | None = None) -> TextRun:
    return TextRun(
        box=Box(0, 0, 40, 12),
        foreground=Foreground(color, color, farthest or color),
        background=WHITE,
        backgrounds=(WHITE, WHITE),
        backdrop=Backdrop.FLAT,
        letters=6,
        size=Size(14, 13, 15),
        stem=1.2,
        core=(3, 10),
        baseline=10,
        monospaced=False,
    )


@given(st.integers(0, 2**32 - 1), st.sampled_from([0.5, 1.0, 1.5, 2.0, 3.0]))
def test_every_color_is_one_of_the_image_and_none_is_an_average(seed: int, scale: float) -> None:
    random = np.random.default_rng(seed)
    pixels = filled(tuple(random.integers(0, 256, 3).tolist()))
    for _ in range(12):
        x, y, width, height = random.integers(1, [190, 110, 80, 50]).tolist()
        pixels = with_box(pixels, tuple(random.integers(0, 256, 3).tolist()), x, y, width, height)
    shown = {tuple(color) for color in pixels.reshape(-1, 3).tolist()}
    assert set(seen(pixels, scale)) <= shown


@given(colors, st.integers(0, 2), st.sampled_from([-1, 1]))
def test_two_fills_that_differ_by_one_level_are_both_told(color: Rgb, channel: int, step: int) -> None:
    red, green, blue = (level + step * (place == channel) for place, level in enumerate(color))
    other = (red, green, blue)
    assume(min(other) >= 0 and max(other) <= 255)
    assert set(seen(with_box(filled(color), other, 40, 30, 90, 60))) == {color, other}


@given(colors)
def test_an_image_of_one_color_has_one_token(color: Rgb) -> None:
    assert seen(filled(color)) == {color: ObservedColor(color, 1.0, ("fill",))}


def test_shares_are_those_of_the_pixels_and_the_most_frequent_color_comes_first() -> None:
    pixels = with_box(with_box(filled(PAPER, 200, 100), BLUE, 10, 10, 50, 40), RED, 100, 10, 30, 20)
    found = observed(pixels, [], 1.0)
    assert [color.rgb for color in found] == [PAPER, BLUE, RED]
    assert [color.share for color in found] == pytest.approx([0.87, 0.10, 0.03])


def test_colors_of_the_same_share_come_in_a_fixed_order() -> None:
    one, other = (with_box(filled(first), second, 0, 0, 100, 120) for first, second in [(RED, BLUE), (BLUE, RED)])
    assert [color.rgb for color in observed(one, [], 1.0)] == [BLUE, RED]
    assert [color.rgb for color in observed(other, [], 1.0)] == [BLUE, RED]


@pytest.mark.parametrize("scale", [1, 2, 3])
@pytest.mark.parametrize(("width", "height"), [(6, 6), (20, 4), (4, 20), (8, 8)])
def test_a_small_accent_is_kept(width: int, height: int, scale: int) -> None:
    pixels = enlarged(with_box(filled(PAPER, 400, 300), RED, 41, 33, width, height), scale)
    assert RED in seen(pixels, float(scale))


@pytest.mark.parametrize("scale", [1, 2, 3])
def test_an_accent_repeated_in_small_dots_is_kept(scale: int) -> None:
    pixels = filled(PAPER, 400, 300)
    for number in range(20):
        pixels = with_box(pixels, RED, 10 + 12 * number, 40, 4, 4)
    assert RED in seen(enlarged(pixels, scale), float(scale))


@pytest.mark.parametrize("scale", [1, 2, 3])
@pytest.mark.parametrize(("width", "height"), [(1, 1), (2, 2), (3, 3), (6, 1), (1, 6)])
def test_a_speck_is_no_token(width: int, height: int, scale: int) -> None:
    pixels = enlarged(with_box(filled(PAPER, 400, 300), RED, 41, 33, width, height), scale)
    assert set(seen(pixels, float(scale))) == {PAPER}


SHADES: dict[str, NDArray[np.float64]] = {  # of the paper
    "a gradient": np.linspace(0.2, 0.8, 120),
    "a faint gradient": np.linspace(0.8, 1, 120),
    "a shadow": 1 - 0.25 * np.linspace(1, 0, 40) ** 2,
}


@pytest.mark.parametrize("along", ["x", "y"])
@pytest.mark.parametrize("shade", SHADES.values(), ids=SHADES)
def test_the_steps_of_a_gradient_are_no_tokens(shade: NDArray[np.float64], along: str) -> None:
    steps = np.rint(np.outer(shade, PAPER)).astype(np.uint8)
    pixels = filled(PAPER, 300, 200)
    pixels[40 : 40 + len(steps), 60 : 60 + len(steps)] = steps[:, None] if along == "y" else steps
    assert set(seen(pixels)) == {PAPER}


def test_a_photograph_has_no_tokens() -> None:
    pixels = np.random.default_rng(4).integers(0, 256, (150, 200, 3), dtype=np.uint8)
    assert seen(pixels) == {}


@pytest.mark.parametrize("scale", [1, 2, 3])
@pytest.mark.parametrize("turned", [False, True], ids=["horizontal", "vertical"])
def test_a_thin_line_of_a_color_of_its_own_is_a_token(turned: bool, scale: int) -> None:
    pixels = with_box(filled(WHITE), (224, 218, 205), 20, 60, 120, 1)
    found = seen(enlarged(pixels.transpose(1, 0, 2) if turned else pixels, scale), float(scale))
    assert found[(224, 218, 205)].observed_as == ("line",)


@given(colors, colors, st.floats(0.1, 0.9), st.booleans())
def test_a_line_that_is_a_mix_of_its_neighbors_is_no_token(one: Rgb, other: Rgb, share: float, turned: bool) -> None:
    assume(max(abs(a - b) for a, b in zip(one, other, strict=True)) >= 40)
    mix = tuple(np.rint(np.add(one, share * np.subtract(other, one))).astype(int).tolist())
    pixels = with_box(with_box(filled(one), other, 0, 60, 200, 60), mix, 0, 60, 200, 1)
    found = seen(np.ascontiguousarray(pixels.transpose(1, 0, 2)) if turned else pixels)
    assert set(found) == {one, other}


def test_a_mix_elsewhere_does_not_take_a_color_from_an_area_that_it_fills() -> None:
    gray: Rgb = (128, 128, 128)
    edge = with_box(with_box(filled(WHITE), (0, 0, 0), 0, 60, 200, 60), gray, 0, 60, 200, 1)
    assert gray in seen(with_box(edge, gray, 20, 10, 40, 30))


@pytest.mark.parametrize("scale", [1, 2])
def test_short_strokes_are_no_lines(scale: int) -> None:
    pixels = filled(WHITE)
    for number in range(10):
        pixels = with_box(pixels, RED, 10 + 15 * number, 60, 7, 1)
    assert RED not in seen(enlarged(pixels, scale), float(scale))


def test_a_border_has_both_roles_where_it_also_fills() -> None:
    pixels = with_box(with_box(filled(WHITE), BLUE, 20, 60, 120, 1), BLUE, 20, 80, 40, 30)
    assert seen(pixels)[BLUE].observed_as == ("fill", "line")


def test_the_proven_color_of_text_is_a_token() -> None:
    pixels = with_box(filled(WHITE), RED, 50, 50, 4, 1)
    (color,) = [color for color in observed(pixels, [text_run(RED)], 1.0) if color.rgb == RED]
    assert color == ObservedColor(RED, 4 / (200 * 120), ("text",))


def test_text_of_a_color_that_fills_too_is_named_as_both() -> None:
    pixels = with_box(filled(WHITE), RED, 50, 50, 40, 10)
    (color,) = [color for color in observed(pixels, [text_run(RED)], 1.0) if color.rgb == RED]
    assert color.observed_as == ("fill", "text")


def test_a_color_of_text_that_no_pixel_proves_is_no_token() -> None:
    found = observed(filled(WHITE), [text_run(RED, farthest=(180, 0, 20))], 1.0)
    assert [color.rgb for color in found] == [WHITE]


@given(st.integers(0, 2**32 - 1))
def test_a_denser_screen_shows_the_same_colors(seed: int) -> None:
    random = np.random.default_rng(seed)
    pixels = filled(WHITE)
    for _ in range(8):
        x, y, width, height = random.integers(1, [190, 110, 80, 50]).tolist()
        pixels = with_box(pixels, tuple(random.integers(0, 256, 3).tolist()), x, y, width, height)
    assert observed(pixels, [], 1.0) == observed(enlarged(pixels, 3), [], 3.0)


@pytest.mark.parametrize("shape", [(1, 1), (1, 50), (50, 1), (2, 2), (3, 3)])
@pytest.mark.parametrize("scale", [1.0, 8.0])
def test_no_image_is_too_small(shape: tuple[int, int], scale: float) -> None:
    assert observed(np.zeros((*shape, 3), np.uint8), [], scale) == []
