"""Areas that merge: which pairs do, says coloraide's simulation."""

import numpy as np
import pytest
from coloraide import Color
from numpy.typing import NDArray

from januslens.accessibility.check import Check, Outcome
from januslens.accessibility.rules.color_vision import COLOR_VISION
from januslens.color.notation import Rgb, hex_color
from januslens.decode.scale import Scale
from tests.januslens.accessibility.evidence import evidence

RED: Rgb = (200, 80, 60)
OLIVE: Rgb = (140, 120, 50)
WHITE: Rgb = (255, 255, 255)
DISTINCT = 20.0  # CIEDE2000: told apart at a glance
MERGED = 5.0  # what is nearer looks alike side by side


def side_by_side(one: Rgb, other: Rgb, *, gap: int = 0) -> NDArray[np.uint8]:
    pixels = np.full((80, 200, 3), 255, np.uint8)
    pixels[20:60, 20:100] = one
    pixels[20:60, 100 + gap : 180] = other
    return pixels


def found(pixels: NDArray[np.uint8], scale: float = 1.0) -> list[Check]:
    return list(COLOR_VISION.check(evidence(pixels=pixels, scale=Scale(scale, "given"))))


def difference(one: Rgb, other: Rgb, deficiency: str | None = None) -> float:
    colors = [Color(hex_color(color)) for color in (one, other)]
    if deficiency is not None:
        colors = [color.filter(deficiency, method="machado", out_space="srgb") for color in colors]
    return colors[0].delta_e(colors[1], method="2000")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((206, 96, 72), (150, 128, 66)),
        ((0, 160, 140), (130, 140, 150)),
        ((40, 60, 200), (240, 200, 40)),
        (RED, OLIVE),
        ((67, 54, 88), (103, 19, 46)),  # 19.8 apart, and 2.4 without hue
        ((97, 127, 149), (143, 116, 162)),  # 20.3 and 1.2
        ((88, 81, 103), (51, 107, 98)),  # 28.2 and 4.75
        ((72, 111, 44), (95, 84, 79)),  # 26.4 and 5.27
    ],
)
def test_a_pair_is_pointed_out_when_coloraide_sees_it_merge(one: Rgb, other: Rgb) -> None:
    merging = [name for name in ("protan", "deutan", "tritan") if difference(one, other, name) <= MERGED]
    luminances = [Color(hex_color(color)).luminance() for color in (one, other)]
    grays = [Color("srgb-linear", [luminance] * 3) for luminance in luminances]
    if grays[0].delta_e(grays[1], method="2000") <= MERGED:
        merging.append("achromatopsia")
    expected = difference(one, other) >= DISTINCT and bool(merging)
    assert bool(found(side_by_side(one, other))) == expected


def merging_pair() -> tuple[Rgb, Rgb]:
    """A red and a green of one luminance, which nobody sees apart without hue."""
    return (200, 60, 60), (60, 122, 60)


def test_a_pair_that_merges_is_advice_with_the_place_where_they_meet() -> None:
    (check,) = found(side_by_side(*merging_pair()))
    assert check.outcome is Outcome.CANT_TELL
    assert {check.foreground, check.background} == set(merging_pair())
    assert 99 <= check.box.x <= 101
    assert (check.box.y, check.box.height) == (20, 40)


def test_a_hairline_between_two_areas_does_not_part_them() -> None:
    assert len(found(side_by_side(*merging_pair(), gap=1))) == 1
    assert found(side_by_side(*merging_pair(), gap=30)) == []


def test_colors_of_different_lightness_do_not_merge() -> None:
    assert found(side_by_side((120, 0, 0), (160, 230, 160))) == []


def test_places_are_in_the_images_pixels_at_any_scale() -> None:
    pixels = side_by_side(*merging_pair()).repeat(2, axis=0).repeat(2, axis=1)
    (check,) = found(pixels, 2.0)
    assert 198 <= check.box.x <= 202
    assert check.box.height == pytest.approx(80, abs=4)
