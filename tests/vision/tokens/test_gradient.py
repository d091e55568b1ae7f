"""Gradients that Chromium drew, against their CSS."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from chalicelib.vision import analyze
from chalicelib.vision.color.notation import parse_hex
from tests.vision.conftest import Rendering

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


FLAT = {
    "one color": "#1f5fbf",
    "three stops": "linear-gradient(90deg, #1f5fbf, #ffffff, #bf1f3f)",
    "a circle": "radial-gradient(#1f5fbf, #7fd0ff)",
    "stripes": "repeating-linear-gradient(90deg, #fff 0 10px, #20262e 10px 20px)",
}


@pytest.mark.parametrize("background", FLAT.values(), ids=FLAT)
def test_what_is_no_gradient_of_two_stops_is_not_told(render: Render, background: str) -> None:
    assert gradients(render, background) == []
