"""The bounds of a color on a flat ground that rescaling or compression has made uneven."""

import numpy as np
import pytest

from januslens.color.notation import Rgb
from januslens.decode.lossy import NO_LOSS, USUAL_LOSS, Loss
from januslens.text.background.unevenness import ground_within, on_uneven_ground, with_noise
from januslens.text.run import Foreground
from januslens.text.shape.strokes import RunPixels
from tests.januslens.text.lines import line_on

GROUND: Rgb = (100, 100, 100)
THICK = (0.5, 1.0, 0.5)  # coverage across a stroke 2 pixels wide
THIN = (0.45, 1.0, 0.45)


def bars(across: tuple[float, ...] = THICK) -> RunPixels:
    """Five upright bars, 12 pixels high."""
    row, bar, column = (place.ravel() for place in np.mgrid[10:22, 0:5, 0 : len(across)])
    line = line_on(np.zeros((44, 240, 3), np.uint8))
    return RunPixels(line, row, 20 + 8 * bar + column, np.array(across)[column], bar, np.zeros((5, 4), np.intp))


def shown(color: Rgb, if_reduced: tuple[Rgb, Rgb] | None = None) -> Foreground:
    """The foreground of a run whose pixels show its color unmixed."""
    return Foreground(color, color, color, if_reduced, unmixed=True)


def test_a_color_may_be_as_much_weaker_as_filters_overshoot_and_stronger_by_half_of_it() -> None:
    foreground = on_uneven_ground(shown((220, 60, 100)), bars(), GROUND, 4)
    assert foreground.nearest == (198, 70, 100)  # 15 % and 4 levels nearer
    assert foreground.farthest == (233, 53, 100)  # 7.5 % and 4 levels farther


def test_an_overshooting_color_is_not_proven() -> None:
    assert not on_uneven_ground(shown((220, 60, 100)), bars(), GROUND, 4).unmixed


def test_the_ground_may_be_off_by_the_levels_of_its_noise() -> None:
    assert ground_within(GROUND, 4) == ((96, 96, 96), (104, 104, 104))


@pytest.mark.parametrize(("across", "stronger"), [(THICK, False), (THIN, True)], ids=["2 pixels", "1.9 pixels"])
def test_strokes_that_cover_no_pixel_may_have_a_stronger_color(across: tuple[float, ...], stronger: bool) -> None:
    farthest = on_uneven_ground(shown((140, 100, 100)), bars(across), GROUND, 4).farthest
    assert (farthest[0] > 147) is stronger  # 147 is what noise and overshoot leave open


@pytest.mark.parametrize(("reduced", "red"), [(120, 147), (190, 190)])
def test_a_reduced_image_leaves_at_least_as_much_open(reduced: int, red: int) -> None:
    foreground = shown((140, 100, 100), if_reduced=((120, 100, 100), (reduced, 100, 100)))
    bounds = on_uneven_ground(foreground, bars(), GROUND, 4).if_reduced
    assert bounds == ((120, 100, 100), (red, 100, 100))


def test_noise_in_an_image_without_loss_has_its_levels_and_the_usual_overshoot() -> None:
    assert with_noise(NO_LOSS, 4) == Loss(4, USUAL_LOSS.overshoot, thin_chroma=False)


def test_noise_adds_to_a_loss_and_keeps_its_larger_overshoot() -> None:
    strong = Loss(6, 2 * USUAL_LOSS.overshoot, thin_chroma=True)
    assert with_noise(strong, 4) == Loss(10, 2 * USUAL_LOSS.overshoot, thin_chroma=True)


def test_an_even_ground_adds_no_loss() -> None:
    assert with_noise(NO_LOSS, 0) == NO_LOSS
