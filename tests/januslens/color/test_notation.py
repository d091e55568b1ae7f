import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from januslens.color.notation import Rgb, ceiled, floored, hex_color

colors = st.tuples(*[st.integers(0, 255)] * 3)
ratios = st.floats(1, 21)

FLOAT = 1e-9  # what binary fractions leave of a decimal one


@given(colors)
def test_another_library_reads_the_same_color(color: Rgb) -> None:
    read = Color(hex_color(color))
    assert tuple(round(channel * 255) for channel in read[:3]) == color


@pytest.mark.parametrize(
    ("color", "notation"), [((0, 0, 0), "#000000"), ((1, 2, 3), "#010203"), ((255, 171, 0), "#ffab00")]
)
def test_a_color_is_written_with_six_lower_case_digits(color: Rgb, notation: str) -> None:
    assert hex_color(color) == notation


@pytest.mark.parametrize(
    ("ratio", "cut"), [(4.4999, 4.49), (4.5, 4.5), (2.9999999, 2.99), (3.0, 3.0), (1.0, 1.0), (20.999, 20.99), (21, 21)]
)
def test_a_ratio_short_of_the_required_one_is_not_written_as_it(ratio: float, cut: float) -> None:
    assert floored(ratio) == cut


@given(ratios, st.sampled_from([2, 4]))
def test_a_ratio_is_cut_by_less_than_a_digit_and_never_raised(ratio: float, digits: int) -> None:
    assert -FLOAT < ratio - floored(ratio, digits) < 10**-digits + FLOAT


@given(ratios, st.sampled_from([2, 4]))
def test_an_upper_end_is_raised_by_less_than_a_digit_and_never_cut(ratio: float, digits: int) -> None:
    assert -FLOAT < ceiled(ratio, digits) - ratio < 10**-digits + FLOAT


@given(ratios, st.sampled_from([2, 4]))
def test_what_is_cut_or_raised_has_no_more_digits(ratio: float, digits: int) -> None:
    assert all(
        len(repr(value).partition(".")[2]) <= digits for value in (floored(ratio, digits), ceiled(ratio, digits))
    )


@pytest.mark.parametrize("hundredths", range(100, 2101, 7))
def test_a_ratio_that_was_cut_stays_as_it_is(hundredths: int) -> None:
    assert floored(hundredths / 100) == ceiled(hundredths / 100, 2) == hundredths / 100
