import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from januslens.decode.scale import AS_ANIMATED, Scale, ScaleSource, stated_scale
from januslens.text.run import Size

INCH = 0.0254  # meters


def stated(pixels_a_meter: int) -> float:
    """The density that a pHYs chunk states, in pixels per inch."""
    return pixels_a_meter * INCH


@pytest.mark.parametrize(
    ("name", "scale"),
    [
        ("card@2x.png", 2.0),
        ("card@3x.png", 3.0),
        ("card@1x.png", 1.0),
        ("card@1.5x.png", 1.5),
        ("card@0.5x.png", 0.5),
        ("card@8x.png", 8.0),
        ("card@2X.png", 2.0),
        ("card@2.png", 2.0),
        ("card@2x~ipad.png", 2.0),
        ("card@2x-dark.png", 2.0),
        ("card@2x-1920x1080.png", 2.0),
        ("card@2x 2026-03-01.png", 2.0),
        ("card@2x", 2.0),
        ("kit@2x/card@3x.png", 3.0),
        ("card@2x.min.webp", 2.0),
    ],
)
def test_a_file_name_says_the_scale_as_designers_write_it(name: str, scale: float) -> None:
    assert stated_scale(None, name, None) == Scale(scale, "file name")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "card.png",
        "card-2x.png",
        "card2x.png",
        "card@x.png",
        "card@.png",
        "card@0x.png",
        "card@0.25x.png",
        "card@9x.png",
        "card@10x.png",
        "card@2x@9x.png",
        "card@20.png",
        "Screenshot@2026-03-01.png",
        "1280x800.png",
    ],
)
def test_other_file_names_say_nothing(name: str) -> None:
    assert stated_scale(None, name, None) is None


@pytest.mark.parametrize("name", ["me@3dprint.png", "mail@8ball.example.png", "user@1password.com.png"])
def test_a_word_that_begins_with_a_digit_is_no_scale(name: str) -> None:
    assert stated_scale(None, name, None) is None


@pytest.mark.parametrize(("pixels_a_meter", "scale"), [(5669, 2.0), (5670, 2.0), (8504, 3.0)])
def test_the_density_of_a_macos_screenshot_says_the_scale(pixels_a_meter: int, scale: float) -> None:
    assert stated_scale(None, "", stated(pixels_a_meter)) == Scale(scale, "density")


@pytest.mark.parametrize("density", [None, 0.0, stated(2835), 96.0, 143.0, 145.0, 192.0, 288.0, 300.0])
def test_other_densities_say_nothing(density: float | None) -> None:
    assert stated_scale(None, "", density) is None


def test_the_callers_word_goes_before_the_density_and_that_before_the_file_name() -> None:
    assert stated_scale(1.0, "card@2x.png", 216.0) == Scale(1.0, "given")
    assert stated_scale(None, "card@2x.png", 216.0) == Scale(3.0, "density")


@given(st.floats(0.5, 8))
def test_every_scale_from_a_half_to_8_can_be_given(scale: float) -> None:
    assert stated_scale(scale, "card@2x.png", 144.0) == Scale(scale, "given")


@example(math.nan)
@example(math.inf)
@given(st.floats().filter(lambda scale: not 0.5 <= scale <= 8))
def test_no_other_number_can_be_given(scale: float) -> None:
    with pytest.raises(ValueError, match=r"from 0\.5 to 8"):
        stated_scale(scale, "card@2x.png", 144.0)


@given(st.text(), st.none() | st.floats())
def test_no_name_or_density_leads_out_of_bounds(name: str, density: float | None) -> None:
    stated = stated_scale(None, name, density)
    assert stated is None or 0.5 <= stated.value <= 8


@given(st.floats(0.5, 8), st.sampled_from(["given", "density", "file name"]))
def test_a_stated_scale_leaves_sizes_as_they_are(scale: float, source: ScaleSource) -> None:
    stated = Scale(scale, source)
    assert (stated.low, stated.high, stated.smallest_factor, stated.largest_factor) == (scale, scale, 1, 1)


@pytest.mark.parametrize(
    ("scale", "smallest", "largest"),
    [
        (Scale(1.0, "assumed", 0.0, (2.0, 3.0)), 1 / 3, 1),
        (Scale(3.0, "estimated", 0.9, (2.0,)), 1, 1.5),
        (Scale(2.75, "estimated", 0.9, (2.625, 3.0)), 2.75 / 3, 2.75 / 2.625),
    ],
)
def test_a_size_may_be_that_at_every_other_scale(scale: Scale, smallest: float, largest: float) -> None:
    assert (scale.smallest_factor, scale.largest_factor) == pytest.approx((smallest, largest))


def test_an_animation_is_shown_at_its_own_size() -> None:
    assert (AS_ANIMATED.value, AS_ANIMATED.low, AS_ANIMATED.high) == (1, 1, 1)


def test_the_bounds_of_a_size_hold_at_every_scale() -> None:
    size = Size(16.0, 15.0, 18.0).over(Scale(2.0, "estimated", 0.9, (1.5, 3.0)))
    assert (size.value, size.low, size.high) == pytest.approx((16, 10, 24))
