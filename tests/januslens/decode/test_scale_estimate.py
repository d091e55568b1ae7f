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
from januslens.decode.scale import Scale
from januslens.decode.scale_estimate import detection_scale, estimate_scale
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
    assert (found.low, found.high) == (0.5, 3.5)


def test_without_text_a_likely_scale_is_not_enough() -> None:
    assert estimate_scale(prior(x1=0.11, x2=0.89), [], []) == Scale(1.0, "assumed", 0.0, (2.0,))
    sure = estimate_scale(prior(x1=0.09, x2=0.91), [], [])
    assert (sure.value, sure.source, sure.others) == (2, "estimated", (1,))


def test_the_set_has_98_percent_of_the_probability() -> None:
    assert estimate_scale(prior(x1=0.97, x2=0.021, x3=0.009), [], []).others == (2.0,)
    assert estimate_scale(prior(x1=0.94, x2=0.03, x3=0.03), [], []).others == (2.0, 3.0)
    assert estimate_scale(prior(x1=0.985, x2=0.015), [], []).others == ()


def test_the_confidence_is_that_of_being_right_to_a_tenth() -> None:
    found = estimate_scale(prior(x2_625=0.3, x2_75=0.3, x3=0.35, x1=0.05), [], [])
    assert found.value == 2.75
    assert found.confidence == pytest.approx(0.95)
    assert estimate_scale(prior(x1=0.91, x1_16=0.09), [], []).confidence == pytest.approx(0.91)


def test_a_scale_between_two_that_are_far_apart_is_right_for_neither() -> None:
    assert estimate_scale(prior(x1=0.48, x1_5=0.04, x2=0.48), [20.0], [1.0]).value in (1, 2)


def test_headings_count_less_than_what_is_read() -> None:
    sizes, widths = [30.0, 28.0, *[15.0] * 6], [50.0, 50.0, *[300.0] * 6]
    wide_headings = [600.0, 600.0, *[30.0] * 6]
    read, headed = (estimate_scale(prior(x1=0.5, x2=0.5), sizes, wide) for wide in (widths, wide_headings))
    assert read.value == headed.value == 1
    assert read.confidence > 0.9
    assert headed.confidence < 0.6


def test_the_smallest_text_tells_too() -> None:
    """Text of 24 px beside text of 12 is a large page at 1; beside text of 24 it is a usual one at 2."""
    large = [24.0] * 8
    choice = prior(x1=0.5, x2=0.5)
    with_small = estimate_scale(choice, [12.0, 12.0, *large], [100.0] * 10)
    without = estimate_scale(choice, [24.0, 24.0, *large], [100.0] * 10)
    assert with_small.value == 1 or with_small.confidence < without.confidence
    assert without.value == 2


def test_text_of_18_px_is_as_likely_at_1_as_of_12_px_at_1_5() -> None:
    """Calculated by hand: 18 and 12 CSS px against 15.2 and 12.6, with the deviations on their sides, of 25 texts."""
    found = estimate_scale(prior(x1=0.5, x1_5=0.5), [18.0] * 25, [100.0] * 25)
    assert found.value == 1
    assert found.confidence == pytest.approx(0.750 * 0.324 / (0.750 * 0.324 + 0.242 * 0.985), abs=0.004)


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
    one, many = (estimate_scale(choice, [15.0] * count, [100.0] * count) for count in (1, 30))
    assert one.others == (2.0,)
    assert many.others == ()


def test_large_text_is_more_usual_than_small() -> None:
    choice = prior(x1=0.5, x1_5=0.5)
    assert estimate_scale(choice, [18.6] * 20, [100.0] * 20).value == 1.5  # 18.6 px, or 12.4
    larger, smaller = (estimate_scale(prior(x1=1.0, x2=1.0), [size] * 20, [100.0] * 20) for size in (20.0, 11.0))
    assert larger.value == smaller.value == 1


@given(st.lists(st.integers(3, 300), min_size=1, max_size=30), st.integers(1, 5000), st.integers(1, 5000))
def test_every_image_gives_one_of_the_scales_and_a_probability(sizes: list[int], width: int, height: int) -> None:
    found = estimate(width, height, *map(float, sizes), scale=1)
    assert {found.value, *found.others} <= set(SCALES.tolist())
    assert found.value not in found.others
    assert 0 < found.confidence <= 1 + 1e-9


@pytest.mark.parametrize(
    ("width", "height", "scale"),
    [(1170, 2532, 3), (1080, 2400, 2.625), (3664, 2624, 1.5), (1280, 800, 1), (640, 400, 1), (300, 200, 1)],
)
def test_text_is_sought_at_the_smallest_scale_that_the_image_may_have(width: int, height: int, scale: float) -> None:
    assert detection_scale(scale_prior(width, height)) == scale


@pytest.mark.parametrize("scale", [1, 2, 3])
def test_a_page_drawn_at_a_scale_is_estimated_to_be(render: Callable[[str, int, float], Rendering], scale: int) -> None:
    image = analyze(render(ARTICLE, 390, scale).png, quote=False).image
    assert image.scale_source == "estimated"
    assert image.scale_interval is not None
    assert image.scale_interval[0] <= scale <= image.scale_interval[1]
