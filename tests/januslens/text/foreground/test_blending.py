"""LCD text mixed as Skia's SkBlendLCD16 does: coverage in 32 steps, times the opacity, rounded down to a step."""

import numpy as np
import pytest
from numpy.typing import NDArray

from januslens.text.foreground.blending import blend_steps

COVERAGE = np.random.default_rng(4).integers(0, 33, (60, 3))
COVERAGE[:12] = 32


def blended(paint: int, behind: int, opacity: int) -> NDArray[np.float64]:
    """Offsets (60, 3) from the background, of text of a gray with an opacity of 0 to 256."""
    mask = COVERAGE * opacity >> 8
    return ((paint - behind) * mask >> 5).astype(float)


def steps(offsets: NDArray[np.float64]) -> int | None:
    return blend_steps(offsets, offsets[0])


@pytest.mark.parametrize(("opacity", "expected"), [(223, 27), (205, 25), (154, 19), (139, 17), (98, 12), (252, 31)])
@pytest.mark.parametrize(("paint", "behind"), [(0, 255), (255, 30)])
def test_the_steps_of_translucent_text_are_counted(paint: int, behind: int, opacity: int, expected: int) -> None:
    assert steps(blended(paint, behind, opacity)) == expected


@pytest.mark.parametrize(("paint", "behind"), [(0, 255), (118, 255), (255, 30), (90, 20)])
def test_opaque_text_is_exact(paint: int, behind: int) -> None:
    assert steps(blended(paint, behind, 256)) is None


def test_text_mixed_in_finer_steps_is_exact() -> None:
    shares = np.random.default_rng(5).random((60, 3))
    shares[0] = 1
    assert steps(np.rint(-200 * shares)) is None


def test_where_the_range_is_too_small_to_tell_it_may_be_any_number_of_steps() -> None:
    """Of 30 levels every one is within a level of a whole step, if there are 15 or more."""
    assert steps(blended(225, 255, 256)) == 15


def test_a_channel_that_hardly_changes_does_not_count() -> None:
    offsets = blended(0, 255, 223)
    offsets[:, 1] = np.rint(np.linspace(0, 5, 60))
    assert blend_steps(offsets, np.array([offsets[0, 0], 10.0, offsets[0, 2]])) == 27


def test_text_without_mixes_is_exact() -> None:
    assert steps(np.full((40, 3), -153.0)) is None


@pytest.mark.parametrize(("odd", "expected"), [(4, 27), (30, None)])
def test_a_few_pixels_of_other_text_may_be_off_the_steps(odd: int, expected: int | None) -> None:
    offsets = blended(0, 255, 223)
    offsets[12 : 12 + odd, 0] = offsets[0, 0] * (np.arange(odd) % 20 + 4.5) / 27
    assert steps(offsets) == expected
