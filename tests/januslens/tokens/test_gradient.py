"""Gradients that Chromium drew, against their CSS."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from januslens import analyze
from januslens.color.notation import parse_hex
from tests.januslens.conftest import Rendering

Render = Callable[[str, int, float], Rendering]

PAGE = """
<style>div {{ margin: 40px; width: 400px; height: 200px; padding: 20px; box-sizing: border-box; color: #fff;
font: 20px/28px 'Liberation Sans'; background: {background} }}</style>
<div>Orders are sent on the day<br>that they are made.</div>
"""


def gradients(render: Render, background: str, scale: float = 1) -> list[dict[str, Any]]:
    analysis = analyze(render(PAGE.format(background=background), 480, scale).png, scale=scale, quote=False)
    assert analysis.tokens is not None
    return list(analysis.tokens.to_json().get("gradient", {}).get("observed", {}).values())


def ends(token: dict[str, Any]) -> list[tuple[int, int, int]]:
    return [parse_hex(stop["color"]["hex"]) for stop in token["$value"]]


@pytest.mark.parametrize(("scale", "step"), [(1, 30), (1.5, 60), (2, 90)], ids=["@1", "@1.5", "@2"])
@pytest.mark.parametrize("turn", range(4))
def test_angle_and_ends_are_those_of_the_style(render: Render, turn: int, step: int, scale: float) -> None:
    angle = 15 + step * turn
    start, end = "#1f5fbf", "#7fd0ff"
    (token,) = gradients(render, f"linear-gradient({angle}deg, {start}, {end})", scale)
    told = token["$extensions"]["io.github.janus"]["angle"]
    turned = min(abs((told - other + 180) % 360 - 180) for other in (angle, angle + 180))
    assert turned <= 2
    same_way = abs((told - angle + 180) % 360 - 180) <= 2
    expected = [parse_hex(start), parse_hex(end)] if same_way else [parse_hex(end), parse_hex(start)]
    assert np.abs(np.subtract(ends(token), expected)).max() <= 4
    assert [stop["position"] for stop in token["$value"]] == [0, 1]


@pytest.mark.parametrize("scale", [1, 1.5, 2], ids="@{}".format)
@pytest.mark.parametrize(
    ("stops", "angle"),
    [
        ([("#1f5fbf", 0), ("#ffffff", 0.5), ("#bf1f3f", 1)], 90),
        ([("#1f5fbf", 0), ("#ffffff", 0.3), ("#bf1f3f", 1)], 120),
        ([("#1f5fbf", 0), ("#2fbf5f", 0.3), ("#bf1f3f", 0.7), ("#ffcc00", 1)], 120),
    ],
    ids=["three", "three unequal", "four"],
)
def test_each_stop_has_its_place(render: Render, stops: list[tuple[str, float]], angle: int, scale: float) -> None:
    css = ", ".join(f"{color} {place * 100:.0f}%" for color, place in stops)
    (token,) = gradients(render, f"linear-gradient({angle}deg, {css})", scale)
    assert token["$extensions"]["io.github.janus"]["angle"] == pytest.approx(angle, abs=1)
    assert [stop["position"] for stop in token["$value"]] == pytest.approx([place for _, place in stops], abs=0.02)
    assert np.abs(np.subtract(ends(token), [parse_hex(color) for color, _ in stops])).max() <= 4


@pytest.mark.parametrize("scale", [1, 1.5, 2], ids="@{}".format)
@pytest.mark.parametrize(
    ("shape", "center"),
    [
        ("ellipse", (0.5, 0.5)),
        ("circle", (0.5, 0.5)),
        ("circle at 30% 40%", (0.3, 0.4)),
        ("circle at top left", (0, 0)),
        ("ellipse at 70% 0", (0.7, 0)),
    ],
)
@pytest.mark.parametrize("middle", [(), ("#ffffff", 0.4)], ids=["two", "three"])
def test_a_radial_gradient_has_its_center(
    render: Render, shape: str, center: tuple[float, float], middle: tuple[str, float] | tuple[()], scale: float
) -> None:
    stops = [("#1f5fbf", 0.0), *([middle] if middle else []), ("#7f2020", 1.0)]
    css = ", ".join(f"{color} {place * 100:.0f}%" for color, place in stops)
    (token,) = gradients(render, f"radial-gradient({shape}, {css})", scale)
    assert token["$extensions"]["io.github.janus"]["kind"] == "radial"
    assert token["$extensions"]["io.github.janus"]["center"] == pytest.approx(center, abs=0.03)
    assert [stop["position"] for stop in token["$value"]] == pytest.approx([place for _, place in stops], abs=0.03)
    assert np.abs(np.subtract(ends(token), [parse_hex(color) for color, _ in stops])).max() <= 8


def test_a_radial_gradient_in_a_disc_ends_where_it_is_seen(render: Render) -> None:
    style = "radial-gradient(circle, #ffffff, #1f5fbf); border-radius: 50%; width: 200px; color: transparent"
    (token,) = gradients(render, style)
    first, last = token["$value"]
    assert (first["position"], last["position"]) == (0, pytest.approx(0.5**0.5, abs=0.04))
    seen = np.array([255, 255, 255]) + last["position"] * np.subtract(parse_hex("#1f5fbf"), 255)
    assert np.abs(parse_hex(last["color"]["hex"]) - seen).max() <= 8


FLAT = {
    "one color": "#1f5fbf",
    "a cone": "conic-gradient(#1f5fbf, #bf1f3f, #1f5fbf)",
    "stripes": "repeating-linear-gradient(90deg, #fff 0 10px, #20262e 10px 20px)",
}


@pytest.mark.parametrize("background", FLAT.values(), ids=FLAT)
def test_what_is_neither_linear_nor_radial_is_not_told(render: Render, background: str) -> None:
    assert gradients(render, background) == []


def test_the_shadow_of_a_box_is_no_gradient(render: Render) -> None:
    assert gradients(render, "#fff; box-shadow: 0 12px 48px 8px #000a") == []
