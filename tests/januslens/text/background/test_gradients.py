import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from januslens.color.luminance import ratio_of_luminances as contrast
from januslens.color.luminance import relative_luminance
from januslens.color.notation import Rgb
from januslens.text.background.gradients import Gradient, fit_gradient
from januslens.text.background.segments import find_segments
from tests.januslens.text.lines import HEIGHT, TEXT, WIDTH, line_on, with_text

LEVEL = 1.02  # the contrast of a level and the next where it is greatest

colors = st.tuples(*[st.integers(0, 255)] * 3)
angles = st.sampled_from([0, 30, 45, 90, 135, 180, 250, 315])


def mixed(one: Rgb, other: Rgb, share: NDArray[np.float64]) -> NDArray[np.uint8]:
    """The color at each share of the way from one to the other, of shape (height, width, 1)."""
    return (np.array(one) * (1 - share) + np.array(other) * share).round().astype(np.uint8)


def linear_gradient(angle: float, one: Rgb, other: Rgb) -> NDArray[np.uint8]:
    """What CSS Images 4, section 3.1, draws: the gradient line runs through the middle, to the corners' feet."""
    toward = math.sin(math.radians(angle)), -math.cos(math.radians(angle))
    length = abs(WIDTH * toward[0]) + abs(HEIGHT * toward[1])
    y, x = np.indices((HEIGHT, WIDTH)) + 0.5
    share = (((x - WIDTH / 2) * toward[0] + (y - HEIGHT / 2) * toward[1]) / length + 0.5)[..., None]
    return mixed(one, other, share)


def radial_gradient(one: Rgb, other: Rgb) -> NDArray[np.uint8]:
    """A circle around a point above the line, as wide as a page's header."""
    y, x = np.indices((HEIGHT, WIDTH)) + 0.5
    share = (np.hypot(x - 60, y + 200) / 500)[..., None]
    return mixed(one, other, share)


def difference(one: Rgb, other: Rgb) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


@given(angles, colors, colors)
def test_behind_text_a_gradient_is_known_to_the_rounding(angle: float, one: Rgb, other: Rgb) -> None:
    assume(difference(one, other) >= 30)
    assume(min(difference(one, TEXT), difference(other, TEXT)) >= 60)  # else text and gradient look the same
    pixels = linear_gradient(angle, one, other)
    found = fit_gradient(line_on(with_text(pixels)), 0)
    assert found is not None
    assert np.abs(found.color - line_on(pixels).pixels).max() <= 1


def test_a_radial_gradient_is_followed() -> None:
    pixels = radial_gradient((250, 240, 200), (90, 160, 240))
    found = fit_gradient(line_on(with_text(pixels)), 0)
    assert found is not None
    assert np.abs(found.color - line_on(pixels).pixels).max() <= 2


@given(colors)
def test_a_flat_color_is_no_gradient(color: Rgb) -> None:
    pixels = np.full((HEIGHT, WIDTH, 3), color, np.uint8)
    assert fit_gradient(line_on(pixels), 0) is None
    assert fit_gradient(line_on(with_text(pixels)), 0) is None


@given(colors, st.integers(0, 2**32 - 1))
def test_noise_that_was_announced_is_no_gradient(color: Rgb, seed: int) -> None:
    jitter = np.random.default_rng(seed).integers(-6, 7, (HEIGHT, WIDTH, 3))
    pixels = np.clip(np.array(color) + jitter, 0, 255).astype(np.uint8)
    assert fit_gradient(line_on(pixels), 10) is None


@given(angles, colors, colors)
def test_the_extremes_are_those_of_the_gradient_itself(angle: float, one: Rgb, other: Rgb) -> None:
    assume(difference(one, other) >= 30)
    line = line_on(linear_gradient(angle, one, other))
    found = fit_gradient(line, 0)
    assert found is not None
    everywhere = np.indices(line.pixels.shape[:2]).reshape(2, -1)
    darkest, lightest = relative_luminance(found.extremes(*everywhere)).tolist()
    shown = relative_luminance(line.pixels)
    assert contrast(darkest, shown.min()) <= LEVEL
    assert contrast(lightest, shown.max()) <= LEVEL


@pytest.mark.parametrize("angle", [0, 45, 90, 180])
@pytest.mark.parametrize(("one", "other"), [((255, 255, 255), (233, 233, 233)), ((9, 7, 6), (40, 30, 60))])
def test_faint_gradients_are_no_flat_colors_side_by_side(angle: float, one: Rgb, other: Rgb) -> None:
    (segment,) = find_segments(line_on(with_text(linear_gradient(angle, one, other))), 0)
    assert isinstance(segment.behind, Gradient)


def test_chips_of_colors_near_each_other_are_no_gradient() -> None:
    pixels = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    pixels[:, WIDTH // 2 :] = 247
    flat = [segment.behind for segment in find_segments(line_on(with_text(pixels)), 0)]
    assert [behind.tolist() for behind in flat if isinstance(behind, np.ndarray)] == [[255] * 3, [247] * 3]


def test_large_letters_are_no_background() -> None:
    pixels = linear_gradient(90, (240, 240, 255), (200, 220, 255))
    pixels[4:-4, 20:60] = pixels[4:-4, 80:120] = pixels[4:-4, 140:180] = 30
    (segment,) = find_segments(line_on(pixels), 0)
    assert isinstance(segment.behind, Gradient)
    assert segment.behind.color[0, 40].tolist() == pytest.approx([233, 237, 255], abs=2)
