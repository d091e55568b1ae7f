import numpy as np
import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from januslens.color.difference import color_difference, lab_difference, to_lab
from januslens.color.notation import Rgb

Lab = tuple[float, float, float]

# Sharma, Wu, Dalal 2005, table 1
PUBLISHED: list[tuple[Lab, Lab, float]] = [
    ((50.0000, 2.6772, -79.7751), (50.0000, 0.0000, -82.7485), 2.0425),
    ((50.0000, 3.1571, -77.2803), (50.0000, 0.0000, -82.7485), 2.8615),
    ((50.0000, 2.8361, -74.0200), (50.0000, 0.0000, -82.7485), 3.4412),
    ((50.0000, -1.3802, -84.2814), (50.0000, 0.0000, -82.7485), 1.0000),
    ((50.0000, -1.1848, -84.8006), (50.0000, 0.0000, -82.7485), 1.0000),
    ((50.0000, -0.9009, -85.5211), (50.0000, 0.0000, -82.7485), 1.0000),
    ((50.0000, 0.0000, 0.0000), (50.0000, -1.0000, 2.0000), 2.3669),
    ((50.0000, -1.0000, 2.0000), (50.0000, 0.0000, 0.0000), 2.3669),
    ((50.0000, 2.4900, -0.0010), (50.0000, -2.4900, 0.0009), 7.1792),
    ((50.0000, 2.4900, -0.0010), (50.0000, -2.4900, 0.0010), 7.1792),
    ((50.0000, 2.4900, -0.0010), (50.0000, -2.4900, 0.0011), 7.2195),
    ((50.0000, 2.4900, -0.0010), (50.0000, -2.4900, 0.0012), 7.2195),
    ((50.0000, -0.0010, 2.4900), (50.0000, 0.0009, -2.4900), 4.8045),
    ((50.0000, -0.0010, 2.4900), (50.0000, 0.0010, -2.4900), 4.8045),
    ((50.0000, -0.0010, 2.4900), (50.0000, 0.0011, -2.4900), 4.7461),
    ((50.0000, 2.5000, 0.0000), (50.0000, 0.0000, -2.5000), 4.3065),
    ((50.0000, 2.5000, 0.0000), (73.0000, 25.0000, -18.0000), 27.1492),
    ((50.0000, 2.5000, 0.0000), (61.0000, -5.0000, 29.0000), 22.8977),
    ((50.0000, 2.5000, 0.0000), (56.0000, -27.0000, -3.0000), 31.9030),
    ((50.0000, 2.5000, 0.0000), (58.0000, 24.0000, 15.0000), 19.4535),
    ((50.0000, 2.5000, 0.0000), (50.0000, 3.1736, 0.5854), 1.0000),
    ((50.0000, 2.5000, 0.0000), (50.0000, 3.2972, 0.0000), 1.0000),
    ((50.0000, 2.5000, 0.0000), (50.0000, 1.8634, 0.5757), 1.0000),
    ((50.0000, 2.5000, 0.0000), (50.0000, 3.2592, 0.3350), 1.0000),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((63.0109, -31.0961, -5.8663), (62.8187, -29.7946, -4.0864), 1.2630),
    ((61.2901, 3.7196, -5.3901), (61.4292, 2.2480, -4.9620), 1.8731),
    ((35.0831, -44.1164, 3.7933), (35.0232, -40.0716, 1.5901), 1.8645),
    ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
    ((36.4612, 47.8580, 18.3852), (36.2715, 50.5065, 21.2231), 1.4146),
    ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
    ((90.9257, -0.5406, -0.9208), (88.6381, -0.8985, -0.7239), 1.5381),
    ((6.7747, -0.2908, -2.4247), (5.8714, -0.0985, -2.2286), 0.6377),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]
PRINTED = 5.1e-5  # four decimals
HUE_OF_GREYS = (
    1e-5  # a grey's chroma is 1e-13 of rounding, in either library another; its root goes into the difference
)

colors = st.tuples(*[st.integers(0, 255)] * 3)


def in_coloraide(color: Rgb) -> Color:
    return Color("srgb", [channel / 255 for channel in color])


@pytest.mark.parametrize(("one", "other", "difference"), PUBLISHED)
def test_difference_is_the_published_one(one: Lab, other: Lab, difference: float) -> None:
    assert lab_difference(one, other) == pytest.approx(difference, abs=PRINTED)


def test_many_differences_are_those_of_the_pairs() -> None:
    ones, others, differences = zip(*PUBLISHED, strict=True)
    assert lab_difference(ones, others) == pytest.approx(np.array(differences), abs=PRINTED)
    assert lab_difference(np.array(ones)[:, None], others).diagonal() == pytest.approx(differences, abs=PRINTED)


@given(colors)
def test_lab_is_that_of_coloraide_relative_to_d65(color: Rgb) -> None:
    assert to_lab(color) == pytest.approx(in_coloraide(color).convert("lab-d65")[:3], abs=1e-9)


@given(colors, colors)
def test_difference_is_that_of_coloraide(one: Rgb, other: Rgb) -> None:
    expected = in_coloraide(one).delta_e(in_coloraide(other), method="2000")
    assert color_difference(one, other) == pytest.approx(expected, abs=HUE_OF_GREYS)


@given(colors, colors)
def test_difference_is_the_same_from_either_color(one: Rgb, other: Rgb) -> None:
    assert color_difference(one, other) == pytest.approx(color_difference(other, one), abs=1e-9)


@given(colors)
def test_a_color_does_not_differ_from_itself(color: Rgb) -> None:
    assert color_difference(color, color) == 0


def test_black_and_white_differ_by_100() -> None:
    assert color_difference((0, 0, 0), (255, 255, 255)) == pytest.approx(100)
