import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from januslens.color.notation import Rgb, hex_color
from januslens.color.rgb_arrays import pack, unpack

colors = st.tuples(*[st.integers(0, 255)] * 3)


@given(colors)
def test_a_colors_number_is_that_of_its_hexadecimal_notation(color: Rgb) -> None:
    assert pack(np.array(color, np.uint8)) == int(hex_color(color).removeprefix("#"), 16)


@given(st.lists(colors, min_size=1))
def test_colors_come_back_from_their_numbers(listed: list[Rgb]) -> None:
    assert unpack(pack(np.array(listed, np.uint8))).tolist() == [list(color) for color in listed]


def test_the_numbers_of_an_image_have_its_shape() -> None:
    picture = np.zeros((4, 5, 3), np.int16)
    assert pack(picture).shape == (4, 5)
