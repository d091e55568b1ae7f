"""What lines and edges tell about a scale.

1 CSS px covers 1.5 pixels at 1.5, and 1.75 at 1.75. At 1.25 it covers one row and a quarter of another or, if it begins
within a row, three quarters of one and half of the next: 5 / 3 rows, if the first counts as whole.
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from januslens.decode.lines import NO_LINES, Lines
from januslens.decode.scale_lines import likelihood_of_lines
from januslens.decode.scale_prior import REDUCED, SCALES


def lines(widths: tuple[float, ...] = (), coverages: tuple[float, ...] = (), smeared: int = 0) -> Lines:
    return Lines(np.array(widths), np.array(coverages), smeared)


def odds(found: Lines, one: float, other: float) -> float:
    """How many times as likely the lines are at one scale as at another."""
    likelihood, scales = likelihood_of_lines(found), SCALES.tolist()
    return float(likelihood[scales.index(one)] / likelihood[scales.index(other)])


def test_without_lines_every_scale_is_as_likely() -> None:
    assert likelihood_of_lines(NO_LINES) == pytest.approx(np.ones(len(SCALES)))


@pytest.mark.parametrize(
    ("widths", "scale"),
    [
        ((1.25,) * 4, 1.25),
        ((1.67,) * 4, 1.25),
        ((2.5,) * 4, 1.25),
        ((1.5,) * 4, 1.5),
        ((1.75,) * 4, 1.75),
        ((3.5,) * 4, 1.75),
    ],
)
def test_lines_that_are_not_rounded_tell_the_scale(widths: tuple[float, ...], scale: float) -> None:
    for other in {1.0, 1.25, 1.5, 1.75, 2.0, *REDUCED} - {scale}:
        assert odds(lines(widths), scale, other) > 30
    assert odds(lines(widths), scale, 3.0) > 2


def test_few_lines_tell_less_than_four_and_more_tell_no_more() -> None:
    one, three, four, nine = (odds(lines((1.5,) * count), 1.5, 1) for count in (1, 3, 4, 9))
    assert one < three < four == pytest.approx(nine)


@pytest.mark.parametrize("off", [0.02, 0.03])
def test_a_width_fits_to_a_fortieth_of_a_pixel(off: float) -> None:
    for width in (1.5 - off, 1.5 + off):
        assert (odds(lines((width,) * 4), 1.5, 1) > 30) == (off < 0.025)


def test_edges_within_a_row_tell_halves_from_quarters() -> None:
    halves, quarters = lines(coverages=(0.5,) * 4), lines(coverages=(0.25, 0.75) * 2)
    for one in (1.25, 1.75):
        assert odds(halves, 1.5, one) > 30
        assert odds(quarters, one, 1.5) > 30
    assert odds(quarters, 1.25, 1.75) == pytest.approx(1)
    for one in (1.0, 2.0):
        assert odds(halves, 1.5, one) > 1000
        assert odds(quarters, 1.25, one) > 1000


@pytest.mark.parametrize("exact", [lines(coverages=(0.0,) * 6), lines((1.0,) * 6), lines((3.0, 1.02, 1.98) * 2)])
def test_sharp_edges_and_whole_lines_are_usual_where_one_rounds(exact: Lines) -> None:
    """Half of the images at 1.25 and of those that were resized have them, and nearly all at 1."""
    for other in (1.25, 1.5, 1.75, 0.5, 0.85, 1.08):
        assert 1.7 < odds(exact, 1, other) < 2


def test_smeared_edges_are_usual_in_images_that_were_resized() -> None:
    smeared = lines(smeared=5)
    for one in (1.0, 1.25, 1.5, 1.75, 2.0):
        assert odds(smeared, 0.85, one) > 8
    assert 15 > odds(smeared, 1, 2) > 2  # a desktop's screenshot at 2 is often halved
    assert odds(lines(coverages=(0.0,) * 20, smeared=2), 1, 0.85) > 1  # shadows


def test_uneven_lines_that_fit_no_scale_are_usual_in_images_that_were_resized() -> None:
    odd = lines((1.1, 1.36, 1.42, 1.6))
    for one in (1.0, 1.25, 1.5, 1.75, 2.0):
        assert odds(odd, 0.85, one) > 8


def test_a_few_uneven_lines_beside_exact_ones_are_a_style() -> None:
    """A shadow of one row along a field's border."""
    bordered = lines((1.0,) * 5 + (1.28,) * 3, (0.0,) * 4)
    for other in (1.25, 1.5, 1.75, 0.75, 0.85):
        assert odds(bordered, 1, other) > 1.7


@pytest.mark.parametrize("covered", [0.02, 0.98])
def test_an_edge_that_covers_a_row_nearly_or_nearly_not_is_exact(covered: float) -> None:
    sharp = odds(lines(coverages=(0.0,) * 4), 1, 0.85)
    assert odds(lines(coverages=(covered,) * 4), 1, 0.85) == pytest.approx(sharp)
    assert odds(lines(coverages=(0.5 + 0.98 * (covered - 0.5),) * 4), 1, 0.85) < 1


def test_half_pixels_are_usual_on_phones() -> None:
    """At 3, half of a CSS px is 1.5 pixels."""
    assert odds(lines((1.5,) * 9), 3, 2) > 1000
    assert odds(lines((1.5,) * 9), 3, 1) > 1000


@pytest.mark.parametrize(
    ("widths", "times"),
    [((1.0,) * 9 + (2.0,) * 2, 0.55 / 0.2), ((1.0,) * 2 + (2.0,) * 9, 0.1 / 0.4), ((1.0,) * 2 + (4.0,) * 9, 0.1 / 0.4)],
)
def test_lines_of_one_pixel_are_usual_below_2_and_of_two_or_four_from_2_on(
    widths: tuple[float, ...], times: float
) -> None:
    assert odds(lines(widths), 1, 2) == pytest.approx(times * 0.95 / 0.98, rel=0.01)
    assert odds(lines(widths), 1.75, 2) == pytest.approx(times * 0.5 / 0.98, rel=0.1)


@pytest.mark.parametrize("widths", [(1.0, 2.0) * 4, (1.0, 1.0, 2.0, 4.0), (3.0,) * 5])
def test_as_many_of_both_or_others_tell_nothing(widths: tuple[float, ...]) -> None:
    assert odds(lines(widths), 1, 2) == pytest.approx(0.95 / 0.98, rel=0.01)


@given(st.lists(st.floats(1, 4), max_size=30), st.lists(st.floats(0, 1), max_size=30), st.integers(0, 1000))
def test_no_lines_rule_a_scale_out(widths: list[float], coverages: list[float], smeared: int) -> None:
    found = likelihood_of_lines(lines(tuple(widths), tuple(coverages), smeared))
    assert found.shape == SCALES.shape
    assert np.isfinite(found).all()
    assert found.min() > 0


def test_lines_that_fit_another_scale_do_not_fit_this_one() -> None:
    assert odds(lines((1.75,)), 1.75, 1.5) > 10
    assert odds(lines((1.5,)), 1.5, 1.75) > 30
