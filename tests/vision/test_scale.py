import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.vision.scale import Scale, find_scale

INCH = 0.0254  # meters

ASSUMED = Scale(1.0, "assumed")


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
    assert find_scale(None, name, None) == Scale(scale, "file name")


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
    assert find_scale(None, name, None) == ASSUMED


@pytest.mark.parametrize("name", ["me@3dprint.png", "mail@8ball.example.png", "user@1password.com.png"])
def test_a_word_that_begins_with_a_digit_is_no_scale(name: str) -> None:
    assert find_scale(None, name, None) == ASSUMED


@pytest.mark.parametrize(("pixels_a_meter", "scale"), [(5669, 2.0), (5670, 2.0), (8504, 3.0)])
def test_the_density_of_a_macos_screenshot_says_the_scale(pixels_a_meter: int, scale: float) -> None:
    assert find_scale(None, "", stated(pixels_a_meter)) == Scale(scale, "density")


@pytest.mark.parametrize("density", [None, 0.0, stated(2835), 96.0, 143.0, 145.0, 192.0, 288.0, 300.0])
def test_other_densities_say_nothing(density: float | None) -> None:
    assert find_scale(None, "", density) == ASSUMED


def test_the_callers_word_goes_before_the_file_name_and_that_before_the_density() -> None:
    assert find_scale(1.0, "card@2x.png", 216.0) == Scale(1.0, "given")
    assert find_scale(None, "card@2x.png", 216.0) == Scale(2.0, "file name")


@given(st.floats(0.5, 8))
def test_every_scale_from_a_half_to_8_can_be_given(scale: float) -> None:
    assert find_scale(scale, "card@2x.png", 144.0) == Scale(scale, "given")


@example(math.nan)
@example(math.inf)
@given(st.floats().filter(lambda scale: not 0.5 <= scale <= 8))
def test_no_other_number_can_be_given(scale: float) -> None:
    with pytest.raises(ValueError, match=r"from 0\.5 to 8"):
        find_scale(scale, "card@2x.png", 144.0)


@given(st.text(), st.none() | st.floats())
def test_no_name_or_density_leads_out_of_bounds(name: str, density: float | None) -> None:
    assert 0.5 <= find_scale(None, name, density).value <= 8


@pytest.mark.parametrize(
    ("name", "density", "known"), [("card@1x.png", None, True), ("", 144.0, True), ("", 72.0, False)]
)
def test_what_is_assumed_is_not_known(name: str, density: float | None, known: bool) -> None:
    assert find_scale(None, name, density).known is known
