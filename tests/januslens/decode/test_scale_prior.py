"""The scales that the size of an image allows.

The screens' sizes are those of data sheets: an iPhone 14 has 1170 x 2532 pixels and 390 x 844 points.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from januslens.decode.scale_prior import SCALES, scale_prior


def likely(width: int, height: int, least: float = 0.02) -> set[float]:
    """The scales whose probability is at least so much."""
    return set(SCALES[scale_prior(width, height) >= least].tolist())


@pytest.mark.parametrize(
    ("width", "height", "scale"),
    [
        (1170, 2532, 3),  # iPhone 14
        (1125, 2436, 3),  # iPhone X
        (1290, 2796, 3),  # iPhone 15 Plus
        (828, 1792, 2),  # iPhone 11
        (750, 1334, 2),  # iPhone 8
        (640, 1136, 2),  # iPhone 5
        (1640, 2360, 2),  # iPad Air
        (820, 1180, 1),  # iPad Air, in CSS pixels
        (1170, 1992, 3),  # iPhone 14, without the browser's bars
    ],
)
def test_a_phone_or_tablet_has_its_own_scale(width: int, height: int, scale: float) -> None:
    assert likely(width, height) == {scale}
    assert scale_prior(width, height).max() > 0.95


@pytest.mark.parametrize("height", [1800, 2700])
def test_a_phone_is_one_and_a_half_to_2_4_times_as_high_as_wide(height: int) -> None:
    assert scale_prior(1125, height)[SCALES == 3] > 0.98
    assert scale_prior(1125, {1800: 1650, 2700: 2800}[height])[SCALES == 3] < 0.98


@pytest.mark.parametrize("height", [2050, 2860])
def test_a_tablet_is_four_by_three_to_seven_by_four(height: int) -> None:
    assert scale_prior(1640, height)[SCALES == 2] > 0.9
    assert scale_prior(1640, {2050: 1900, 2860: 2900}[height])[SCALES == 2] < 0.9


@pytest.mark.parametrize(
    ("width", "height", "scale"),
    [(1280, 720, 1), (1366, 768, 1), (2560, 1600, 2), (3024, 1964, 2), (1536, 2048, 2), (1920, 1080, 1)],
)
def test_a_usual_screen_most_likely_has_the_usual_scale(width: int, height: int, scale: float) -> None:
    assert SCALES[scale_prior(width, height).argmax()] == scale


def test_a_phone_1080_pixels_wide_has_one_of_three_scales() -> None:
    assert likely(1080, 2400) == {2.625, 2.75, 3}


def test_a_phone_1440_pixels_wide_is_perhaps_a_page_captured_whole() -> None:
    assert likely(1440, 3120) >= {1, 3.5, 4}


def test_a_phone_is_recognized_lying_too() -> None:
    assert SCALES[scale_prior(2532, 1170).argmax()] == 3


@pytest.mark.parametrize("off", [-1, 1])
def test_a_screen_may_be_a_pixel_wider_or_narrower(off: int) -> None:
    assert likely(1170 + off, 2532) == {3}


@pytest.mark.parametrize("off", [-2, 2])
def test_a_width_that_no_screen_has_leaves_more_scales(off: int) -> None:
    assert len(likely(1170 + off, 2532)) > 1


@pytest.mark.parametrize(("width", "largest"), [(1536, 1.25), (1280, 1.5), (1097, 1.75)])
def test_a_full_hd_screen_has_each_scale_of_windows(width: int, largest: float) -> None:
    assert width * largest == pytest.approx(1920, abs=1)
    assert {1, largest} <= likely(1920, 1000, 0.01)


def test_a_page_captured_whole_may_be_a_desktops() -> None:
    assert 1 in likely(1280, 5000)


def test_a_phones_page_captured_whole_has_the_phones_scale() -> None:
    assert SCALES[scale_prior(1170, 9000).argmax()] == 3
    assert SCALES[scale_prior(1170, 20_000).argmax()] != 3


@given(st.integers(2561, 10_000), st.integers(1, 10_000))
def test_no_page_is_wider_than_2560_css_px(width: int, height: int) -> None:
    prior = scale_prior(width, height)
    assert prior[width / SCALES > 2560].sum() == 0


def test_a_page_of_2560_css_px_is_not_too_wide() -> None:
    assert 1 in likely(2560, 1300)


def test_the_widest_image_has_the_largest_scale() -> None:
    assert scale_prior(20_000, 2_000)[-1] == 1


@pytest.mark.parametrize("width", [640, 700, 800, 900])
def test_no_screen_is_narrower_than_320_css_px(width: int) -> None:
    assert scale_prior(width, 2 * width)[width / SCALES < 319].sum() < 0.02


@given(st.integers(1, 20_000), st.integers(1, 20_000))
def test_every_size_has_a_probability_for_each_scale(width: int, height: int) -> None:
    prior = scale_prior(width, height)
    assert prior.shape == SCALES.shape
    assert prior.min() >= 0
    assert prior.sum() == pytest.approx(1)


@given(st.integers(20, 300), st.integers(20, 300))
def test_a_small_image_may_be_part_of_any_screen(width: int, height: int) -> None:
    prior = scale_prior(width, height)
    assert all(prior[SCALES.tolist().index(scale)] > 0.005 for scale in (1, 1.5, 2, 3))


def test_no_phone_is_wider_than_480_css_px() -> None:
    assert scale_prior(1050, 2200)[SCALES == 2] < 0.05  # 525 CSS px
    assert scale_prior(1050, 2200)[SCALES == 2.625] > 0.2  # 400


def test_a_long_image_of_no_screens_width_is_a_part_rather_than_a_page_captured_whole() -> None:
    likely_as_part = scale_prior(1200, 5000)[SCALES == 2]  # 600 CSS px are no page's width
    assert likely_as_part > 0.07
