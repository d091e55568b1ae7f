"""Ramps of any color."""

import coloraide
import pytest
from hypothesis import given
from hypothesis import strategies as st

from januslens.color.notation import Rgb, hex_color
from januslens.tokens.derived.ramp import ramp

colors = st.tuples(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))
STEPS = [50, 100, 200, 300, 400, 500, 600, 700, 800, 900, 950]
BLUE: Rgb = (59, 130, 246)  # Tailwind CSS 3's blue-500


def oklch(color: Rgb) -> coloraide.Color:
    return coloraide.Color(hex_color(color)).convert("oklch")


@given(colors)
def test_each_step_is_darker_than_the_one_before_and_one_is_the_color_itself(color: Rgb) -> None:
    steps = ramp(color)
    assert list(steps) == STEPS
    assert color in steps.values()
    lightness = [oklch(step)["lightness"] for step in steps.values()]
    assert lightness == sorted(set(lightness), reverse=True)


@given(colors)
def test_every_step_is_a_color_of_eight_bits(color: Rgb) -> None:
    assert all(0 <= level <= 255 for step in ramp(color).values() for level in step)


def test_the_hue_stays() -> None:
    hue = oklch(BLUE)["hue"]
    assert [oklch(step)["hue"] for step in ramp(BLUE).values()] == pytest.approx([hue] * len(STEPS), abs=4)


def test_a_color_takes_the_step_of_its_lightness() -> None:
    assert ramp(BLUE)[600] == BLUE  # OKLCH lightness 0.623
    assert ramp((219, 234, 254))[100] == (219, 234, 254)  # blue-100
