"""Borders of boxes that Chromium drew, against their CSS."""

from collections.abc import Callable
from typing import Any

import pytest

from januslens import analyze
from tests.januslens.conftest import Rendering

Render = Callable[[str, int, float], Rendering]

PAGE = """
<style>body {{ background: #eef1f5 }} div {{ margin: 24px 40px; width: 200px; height: 60px; background: #fff;
border: {width}px solid {color}; border-radius: {radius}px }}</style><div></div><div></div>
"""


def tokens(render: Render, width: int, color: str = "#7a828c", radius: int = 0, scale: float = 1) -> Any:
    png = render(PAGE.format(width=width, color=color, radius=radius), 320, scale).png
    analysis = analyze(png, scale=scale, quote=False)
    assert analysis.tokens is not None
    return analysis.tokens.to_json()


@pytest.mark.parametrize("scale", [1, 1.5, 2, 3])
@pytest.mark.parametrize("radius", [0, 8])
@pytest.mark.parametrize("width", [1, 2, 4])
def test_a_borders_width_and_color(render: Render, width: int, radius: int, scale: float) -> None:
    document = tokens(render, width, radius=radius, scale=scale)
    widths = [token["$value"]["value"] for token in document["borderWidth"]["observed"].values()]
    assert widths == pytest.approx([width], abs=0.5)
    ((name, border),) = document["border"]["observed"].items()
    assert name.endswith("c-7a828c")
    assert border["$value"]["color"] == "{color.observed.c-7a828c}"
    assert border["$value"]["style"] == "solid"
    assert border["$extensions"]["io.github.janus"]["areas"] == 2


def test_a_box_without_a_border_has_none(render: Render) -> None:
    document = tokens(render, 0)
    assert {"border", "borderWidth"}.isdisjoint(document)
