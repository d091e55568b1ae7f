"""The bounds of a color on a flat ground that rescaling or compression has made uneven."""

import numpy as np
import pytest

from januslens.color.notation import Rgb
from januslens.text.measure_text import _Behind, _Found, _uneven
from januslens.text.run import Backdrop, Foreground
from januslens.text.shape.strokes import RunPixels
from tests.januslens.text.lines import line_on

GROUND: Rgb = (100, 100, 100)
THICK = (0.5, 1.0, 0.5)  # coverage across a stroke 2 pixels wide
THIN = (0.45, 1.0, 0.45)


def found(color: Rgb, across: tuple[float, ...] = THICK, *, if_reduced: tuple[Rgb, Rgb] | None = None) -> _Found:
    """Five upright bars, 12 pixels high."""
    row, bar, column = (place.ravel() for place in np.mgrid[10:22, 0:5, 0 : len(across)])
    pixels = RunPixels(
        line_on(np.zeros((44, 240, 3), np.uint8)),
        row,
        20 + 8 * bar + column,
        np.array(across)[column],
        bar,
        np.zeros((5, 4), np.intp),
    )
    return _Found(
        pixels,
        Foreground(color, color, color, if_reduced, unmixed=True),
        _Behind(Backdrop.FLAT, GROUND, (GROUND, GROUND)),
    )


def test_a_color_may_be_as_much_weaker_as_filters_overshoot_and_stronger_by_half_of_it() -> None:
    foreground = _uneven(found((220, 60, 100)), 4).foreground
    assert foreground.nearest == (198, 70, 100)  # 15 % and 4 levels nearer
    assert foreground.farthest == (233, 53, 100)  # 7.5 % and 4 levels farther


def test_an_overshooting_color_is_not_proven() -> None:
    assert not _uneven(found((220, 60, 100)), 4).foreground.unmixed


def test_the_ground_may_be_off_by_the_levels_of_its_noise() -> None:
    assert _uneven(found((220, 60, 100)), 4).behind.extremes == ((96, 96, 96), (104, 104, 104))


def test_an_even_ground_leaves_a_run_as_it_is() -> None:
    run = found((220, 60, 100))
    assert _uneven(run, 0) is run


@pytest.mark.parametrize(("across", "stronger"), [(THICK, False), (THIN, True)], ids=["2 pixels", "1.9 pixels"])
def test_strokes_that_cover_no_pixel_may_have_a_stronger_color(across: tuple[float, ...], stronger: bool) -> None:
    farthest = _uneven(found((140, 100, 100), across), 4).foreground.farthest
    assert (farthest[0] > 147) is stronger  # 147 is what noise and overshoot leave open


@pytest.mark.parametrize(("reduced", "red"), [(120, 147), (190, 190)])
def test_a_reduced_image_leaves_at_least_as_much_open(reduced: int, red: int) -> None:
    run = found((140, 100, 100), if_reduced=((120, 100, 100), (reduced, 100, 100)))
    assert _uneven(run, 4).foreground.if_reduced == ((120, 100, 100), (red, 100, 100))
