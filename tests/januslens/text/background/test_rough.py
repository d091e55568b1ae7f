import numpy as np
import pytest
from numpy.typing import NDArray

from januslens.text.background.rough import RoughBackground, estimate_background
from januslens.text.run import Backdrop
from tests.januslens.text.lines import CORE_HEIGHT, HEIGHT, WIDTH, line_on, with_text


def smooth() -> NDArray[np.uint8]:
    pixels = np.empty((HEIGHT, WIDTH, 3), np.uint8)
    pixels[:] = np.arange(WIDTH)[None, :, None]
    return pixels


def grainy(seed: int) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(0, 256, (HEIGHT, WIDTH, 3), dtype=np.uint8)


def test_what_is_behind_the_text_is_estimated() -> None:
    estimate = estimate_background(line_on(with_text(smooth())))
    inner = slice(CORE_HEIGHT, -CORE_HEIGHT)  # at the ends the average has nothing beyond
    assert np.abs(estimate.color[:, inner] - line_on(smooth()).pixels[:, inner]).max() <= 6


def test_the_extremes_are_the_darkest_and_the_lightest_end() -> None:
    row, column = (axis.ravel() for axis in np.indices((CORE_HEIGHT, WIDTH)))
    darkest, lightest = estimate_background(line_on(smooth())).extremes(row, column)[:, 0].tolist()
    assert darkest <= 0.03 * WIDTH
    assert lightest >= 0.97 * WIDTH


def test_an_image_is_rougher_than_what_changes_evenly() -> None:
    even, uneven = estimate_background(line_on(smooth())), estimate_background(line_on(grainy(1)))
    assert (even.backdrop, uneven.backdrop) == (Backdrop.GRADIENT, Backdrop.IMAGE)
    assert even.roughness <= 2
    assert uneven.roughness >= 40


def test_the_extremes_of_an_image_are_farther_than_its_average() -> None:
    line = line_on(grainy(2))
    row, column = (axis.ravel() for axis in np.indices((CORE_HEIGHT, WIDTH)))
    estimate = estimate_background(line)
    darkest, lightest = estimate.extremes(row, column)
    assert (darkest <= np.maximum(estimate.color.min(axis=(0, 1)), 0)).all()
    assert (lightest >= np.minimum(estimate.color.max(axis=(0, 1)), 255)).all()


@pytest.mark.parametrize(("roughness", "backdrop"), [(6, Backdrop.GRADIENT), (7, Backdrop.IMAGE)])
def test_a_background_of_six_levels_of_roughness_is_the_roughest_gradient(roughness: int, backdrop: Backdrop) -> None:
    assert RoughBackground(np.zeros((HEIGHT, WIDTH, 3), np.int16), roughness).backdrop is backdrop
