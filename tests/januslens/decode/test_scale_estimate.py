"""Estimation of the scale from the size of an image and of its text.

Pages have text of about 15 CSS px, and small text of about 12 or 13.
"""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from januslens import analyze
from januslens.decode.lines import NO_LINES, Lines
from januslens.decode.scale import Scale
from januslens.decode.scale_estimate import estimate_scale, scale_bounds
from januslens.decode.scale_lines import likelihood_of_lines
from januslens.decode.scale_prior import SCALES, scale_prior
from tests.januslens.conftest import Rendering

ARTICLE = """
<div style="font: 16px/1.5 'Liberation Sans'">
<h1>Delivery and returns</h1>
<p>Orders are sent on the day that they are made.<br>Whoever is out finds a card behind the door.</p>
<p style="font-size: 13px">Returns are free for thirty days.<br>Keep the box that it came in.</p>
"""
PAGE = (12.0, 13.0, 14.0, 14.0, 15.0, 15.0, 16.0, 16.0, 16.0, 24.0)  # CSS px
CROP = (700, 500)  # pixels of no screen


def prior(**scales: float) -> NDArray[np.float64]:
    """The probabilities of scales named like `x1` or `x2_75`; 0 for all others."""
    shares = {float(name[1:].replace("_", ".")): share for name, share in scales.items()}
    return np.array([shares.get(scale, 0.0) for scale in SCALES.tolist()])


def estimate(width: int, height: int, *css_sizes: float, scale: float) -> Scale:
    return estimate_scale(scale_prior(width, height), [size * scale for size in css_sizes], [100.0] * len(css_sizes))


@pytest.mark.parametrize("scale", [1.0, 2.0, 3.0])
def test_the_text_of_a_page_tells_the_scale_of_a_part(scale: float) -> None:
    found = estimate(*CROP, *PAGE, scale=scale)
    assert found.source == "estimated"
    assert found.low <= scale <= found.high
    assert abs(math.log(found.value / scale)) < 0.2


@pytest.mark.parametrize(
    ("width", "height", "scale"), [(1170, 2532, 3), (750, 1334, 2), (540, 960, 1.5), (1640, 2360, 2), (1280, 800, 1)]
)
def test_text_of_the_usual_size_on_a_usual_screen_leaves_no_doubt(width: int, height: int, scale: float) -> None:
    found = estimate(width, height, *PAGE, scale=scale)
    assert (found.value, found.others) == (scale, ())
    assert found.confidence > 0.97


@pytest.mark.parametrize("scale", [2.625, 2.75, 3.0])
def test_1080_pixels_of_a_phone_are_2_75_times_as_many_css_px_or_nearly(scale: float) -> None:
    found = estimate(1080, 2400, *PAGE, scale=scale)
    assert (found.value, found.others) == (2.75, (2.625, 3.0))
    assert found.confidence > 0.97


def test_between_two_scales_there_is_little_confidence() -> None:
    found = estimate_scale(prior(x1=0.5, x1_5=0.5), [18.0] * 20, [100.0] * 20)
    assert (found.low, found.high) == (1, 1.5)
    assert found.confidence < 0.8


def test_without_text_the_size_of_a_phone_tells_the_scale() -> None:
    found = estimate_scale(scale_prior(1170, 2532), [], [])
    assert (found.value, found.source, found.others) == (3, "estimated", ())


def test_without_text_and_screen_a_scale_is_assumed_in_which_there_is_no_confidence() -> None:
    found = estimate_scale(scale_prior(160, 160), [], [])
    assert (found.value, found.source, found.confidence) == (1, "assumed", 0)
    assert (found.low, found.high) == (1, 3.5)


def test_without_text_a_likely_scale_is_not_enough() -> None:
    assert estimate_scale(prior(x1=0.11, x2=0.89), [], []) == Scale(1.0, "assumed", 0.0, (2.0,))
    sure = estimate_scale(prior(x1=0.09, x2=0.91), [], [])
    assert (sure.value, sure.source, sure.others) == (2, "estimated", (1,))


def test_the_set_has_95_percent_of_the_probability() -> None:
    assert estimate_scale(prior(x1=0.94, x2=0.04, x3=0.02), [], []).others == (2.0,)
    assert estimate_scale(prior(x1=0.9, x1_5=0.015, x2=0.045, x3=0.04), [], []).others == (2.0, 3.0)
    assert estimate_scale(prior(x1=0.955, x2=0.045), [], []).others == ()


def test_the_confidence_is_that_of_being_right_to_a_tenth() -> None:
    found = estimate_scale(prior(x2_625=0.3, x2_75=0.3, x3=0.35, x1=0.05), [], [])
    assert found.value == 2.75
    assert found.confidence == pytest.approx(0.95)
    assert estimate_scale(prior(x1=0.91, x1_16=0.09), [], []).confidence == pytest.approx(0.91)


def test_a_scale_between_two_that_are_far_apart_is_right_for_neither() -> None:
    assert estimate_scale(prior(x1=0.48, x1_5=0.04, x2=0.48), [20.0], [1.0]).value in (1, 2)


def test_a_scale_between_two_is_none_of_an_image_that_was_not_reduced() -> None:
    found = estimate_scale(prior(x1=0.55, x1_25=0.449, x1_08=0.001), [16.0] * 10, [100.0] * 10)
    assert (found.value, found.others) in {(1, (1.25,)), (1.25, (1,))}


def test_headings_count_less_than_what_is_read() -> None:
    sizes, widths = [30.0, 28.0, *[15.0] * 6], [50.0, 50.0, *[300.0] * 6]
    wide_headings = [600.0, 600.0, *[30.0] * 6]
    read, headed = (estimate_scale(prior(x1=0.5, x2=0.5), sizes, wide) for wide in (widths, wide_headings))
    assert read.value == headed.value == 1
    assert read.confidence > 0.9
    assert headed.confidence < 0.8


def test_the_smallest_text_tells_too() -> None:
    """Text of 24 px beside text of 12 is a large page at 1; beside text of 24 it is a usual one at 2."""
    large = [24.0] * 8
    choice = prior(x1=0.5, x2=0.5)
    with_small = estimate_scale(choice, [12.0, 12.0, *large], [100.0] * 10)
    without = estimate_scale(choice, [24.0, 24.0, *large], [100.0] * 10)
    assert with_small.value == 1 or with_small.confidence < without.confidence
    assert without.value == 2


def test_text_of_18_px_at_1_is_weighed_against_12_px_at_1_5() -> None:
    """Calculated by hand: 18 and 12 CSS px against 15.2 and 12.6, with the deviations on their sides, of 25 texts.

    At 1: exp(-(ln(18 / 15.2) / 0.204) ** 2 / 2) and exp(-(ln(18 / 12.6) / 0.253) ** 2 / 2); at 1.5: of 12 px, with
    0.108 and 0.126.
    """
    at_1 = (0.709 + 0.01) * (0.370 + 0.01)
    at_1_5 = (0.0906 + 0.01) * (0.928 + 0.01)
    found = estimate_scale(prior(x1=0.25, x1_5=0.75), [18.0] * 25, [100.0] * 25)
    assert found.value == 1.5 if 3 * at_1_5 > at_1 else 1
    assert found.confidence == pytest.approx(max(at_1, 3 * at_1_5) / (at_1 + 3 * at_1_5), abs=0.004)


@pytest.mark.parametrize("quantile", [0.1, 0.5])
def test_the_tenth_percentile_and_the_median_of_the_text_tell(quantile: float) -> None:
    """Small text is 12 px, all else 24: what counts is whether the small text is more or less than the quantile."""
    below, above = (
        estimate_scale(prior(x1=0.5, x2=0.5), [12.0] * 10 + [24.0] * 10, [small] * 10 + [1 - small] * 10)
        for small in (quantile - 0.02, quantile + 0.02)
    )
    odds_of_1 = [
        found.confidence / (1 - found.confidence) if found.value == 1 else (1 - found.confidence) / found.confidence
        for found in (below, above)
    ]
    assert odds_of_1[1] > 3 * odds_of_1[0]


def test_a_single_text_proves_less_than_many() -> None:
    choice = prior(x1=0.5, x2=0.5)
    one, some, many = (estimate_scale(choice, [15.0] * count, [100.0] * count) for count in (1, 4, 30))
    assert one.confidence < some.confidence < many.confidence
    assert (one.others, many.others) == ((2.0,), ())


def test_a_large_single_text_leaves_the_usual_scale_possible() -> None:
    found = estimate_scale(scale_prior(300, 260), [60.0], [100.0])
    assert found.low <= 1
    assert found.high >= 3


def test_of_four_texts_each_counts_whole() -> None:
    choice = prior(x1=0.5, x2=0.5)
    three, four, five = (estimate_scale(choice, [21.0] * count, [1.0] * count).confidence for count in (3, 4, 5))
    assert four - three > 2 * (five - four)


def test_a_line_of_text_alone_is_of_no_reduced_image() -> None:
    found = estimate_scale(scale_prior(190, 48), [16.0], [160.0])
    assert (found.value, found.low) == (1, 1)


def test_lines_weigh_as_much_as_they_are_likely() -> None:
    """Between 1 and 2, as lines of one pixel, whose likelihoods `test_scale_lines` states."""
    thin = Lines(np.ones(9), np.empty(0), 0)
    found, even = (estimate_scale(prior(x1=0.5, x2=0.5), [18.0], [1.0], seen) for seen in (thin, NO_LINES))
    odds, odds_of_text = (one.confidence / (1 - one.confidence) for one in (found, even))
    assert found.value == even.value == 1
    likelihood = dict(zip(SCALES.tolist(), likelihood_of_lines(thin).tolist(), strict=True))
    assert odds / odds_of_text == pytest.approx(likelihood[1.0] / likelihood[2.0])


def test_lines_tell_the_scale_without_text() -> None:
    found = estimate_scale(prior(x1=0.5, x1_5=0.5), [], [], Lines(np.array([1.5] * 4), np.empty(0), 0))
    assert (found.value, found.source, found.others) == (1.5, "estimated", ())


@given(st.lists(st.integers(3, 300), min_size=1, max_size=30), st.integers(1, 5000), st.integers(1, 5000))
def test_every_image_gives_one_of_the_scales_and_a_probability(sizes: list[int], width: int, height: int) -> None:
    found = estimate(width, height, *map(float, sizes), scale=1)
    assert {found.value, *found.others} <= set(SCALES.tolist())
    assert found.value not in found.others
    assert 0 < found.confidence <= 1 + 1e-9


@pytest.mark.parametrize(
    ("width", "height", "bounds"),
    [(1170, 2532, (3, 3)), (1080, 2400, (2.625, 3)), (750, 1334, (2, 2))],
)
def test_the_size_alone_bounds_the_scale_of_a_phone(width: int, height: int, bounds: tuple[float, float]) -> None:
    assert scale_bounds(scale_prior(width, height)) == bounds


def test_the_bounds_have_98_percent_of_the_probability() -> None:
    assert scale_bounds(prior(x1=0.975, x2=0.025)) == (1, 2)
    assert scale_bounds(prior(x1=0.985, x2=0.015)) == (1, 1)


@pytest.mark.parametrize("scale", [1, 2, 3])
def test_a_page_drawn_at_a_scale_is_estimated_to_be(render: Callable[[str, int, float], Rendering], scale: int) -> None:
    image = analyze(render(ARTICLE, 390, scale).png, quote=False).image
    assert image.scale_source == "estimated"
    assert image.scale_interval is not None
    assert image.scale_interval[0] <= scale <= image.scale_interval[1]


def test_a_scale_an_eighth_off_is_not_right() -> None:
    assert estimate_scale(prior(x0_71=0.95, x0_8=0.05), [], []).confidence == pytest.approx(0.95)
