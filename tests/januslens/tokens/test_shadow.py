"""Shadows of boxes that Chromium drew, against their CSS."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from januslens import analyze
from tests.januslens.conftest import Rendering

Render = Callable[[str, int, float], Rendering]

PAGE = """
<style>body {{ background: {page} }} div {{ margin: 100px; width: 300px; height: 130px; border-radius: 6px;
background: {box}; box-shadow: {shadow}; border: {border} }}</style><div></div><div></div>
"""


def shadows(
    render: Render,
    shadow: str,
    scale: float = 1,
    *,
    page: str = "#f4f6f9",
    box: str = "#ffffff",
    border: str = "none",
) -> list[dict[str, Any]]:
    png = render(PAGE.format(shadow=shadow, page=page, box=box, border=border), 500, scale).png
    analysis = analyze(png, scale=scale, quote=False)
    assert analysis.tokens is not None
    return [token["$value"] for token in analysis.tokens.to_json().get("shadow", {}).get("observed", {}).values()]


def lengths(shadow: dict[str, Any]) -> tuple[float, ...]:
    return tuple(shadow[part]["value"] for part in ("offsetX", "offsetY", "blur", "spread"))


@pytest.mark.parametrize(("scale", "alpha"), [(1, 0.1), (1.5, 0.3), (2, 0.1), (3, 0.3)])
@pytest.mark.parametrize(
    ("right", "down", "blur"), [(0, 1, 3), (0, 2, 8), (3, 4, 12), (-2, 8, 24), (0, 16, 36), (0, 0, 16)]
)
def test_a_shadow_is_measured(render: Render, right: int, down: int, blur: int, alpha: float, scale: float) -> None:
    (found,) = shadows(render, f"{right}px {down}px {blur}px rgb(0 0 0 / {alpha})", scale)
    assert lengths(found)[:2] == pytest.approx((right, down), abs=1)
    assert lengths(found)[2] == pytest.approx(blur, abs=max(2, 0.15 * blur))
    assert found["color"]["alpha"] == pytest.approx(alpha, abs=max(0.02, 0.12 * alpha))
    assert found["color"]["hex"] == "#000000"


@pytest.mark.parametrize("spread", [-6, 4])
def test_a_spread_is_measured(render: Render, spread: int) -> None:
    (found,) = shadows(render, f"0 8px 20px {spread}px rgb(0 0 0 / 0.3)", 2)
    assert lengths(found)[3] == pytest.approx(spread, abs=2)


@pytest.mark.parametrize("border", ["none", "1px solid #8d96a3"])
@pytest.mark.parametrize("scale", [1, 2])
@pytest.mark.parametrize(
    ("right", "down", "blur", "spread", "alpha"),
    [(0, 2, 6, 0, 0.2), (0, 0, 20, 0, 0.3), (3, 3, 10, 0, 0.2), (0, 0, 20, 4, 0.3), (0, 4, 12, 0, 0.3)],
)
def test_an_inset_shadow_is_measured(
    render: Render, right: int, down: int, blur: int, spread: int, alpha: float, scale: float, border: str
) -> None:
    shadow = f"inset {right}px {down}px {blur}px {spread}px rgb(0 0 0 / {alpha})"
    (found,) = shadows(render, shadow, scale, border=border)
    assert found["inset"] is True
    assert lengths(found) == pytest.approx((right, down, blur, spread), abs=1.5)
    assert found["color"]["alpha"] == pytest.approx(alpha, abs=0.05)


def test_a_box_that_is_dark_inside_has_no_glow_around(render: Render) -> None:
    (found,) = shadows(render, "inset 0 0 20px 4px #0004", page="#222233", box="#444455")
    assert found["inset"] is True


def test_a_shadow_around_a_border_begins_outside_of_it(render: Render) -> None:
    (found,) = shadows(render, "0 4px 12px rgb(0 0 0 / 0.2)", border="1px solid #c8ced6")
    assert lengths(found) == pytest.approx((0, 4, 12, 0), abs=1)


def test_a_glow_is_light(render: Render) -> None:
    (found,) = shadows(render, "0 0 20px rgb(80 200 255 / 0.6)", page="#101418", box="#20262e")
    blue, red = found["color"]["components"][2], found["color"]["components"][0]
    assert blue > red
    assert lengths(found)[2] == pytest.approx(20, abs=3)


def test_boxes_with_the_same_shadow_are_counted(render: Render) -> None:
    page = PAGE.format(shadow="0 4px 12px rgb(0 0 0 / 0.2)", page="#f4f6f9", box="#fff", border="none")
    analysis = analyze(render(page, 500, 1).png, scale=1, quote=False)
    assert analysis.tokens is not None
    ((name, token),) = analysis.tokens.to_json()["shadow"]["observed"].items()
    assert token["$extensions"]["io.github.janus"]["areas"] == 2
    assert re.fullmatch("x0-y4-b1[123]-s0-000000-(19|20|21)", name)


NO_SHADOWS = {
    "nothing": "none",
    "a ring": "0 0 0 3px rgb(0 0 0 / 0.25)",
    "a hard edge": "0 3px 0 #20262e",
}


@pytest.mark.parametrize("shadow", NO_SHADOWS.values(), ids=NO_SHADOWS)
def test_what_is_no_soft_shadow_is_not_told(render: Render, shadow: str) -> None:
    assert shadows(render, shadow) == []


def test_a_gradient_around_a_box_is_no_shadow(render: Render) -> None:
    assert shadows(render, "none", page="linear-gradient(#fff, #d0d8e0)") == []
