"""Font sizes and radii of pages that Chromium drew, against their CSS."""

from collections.abc import Callable
from typing import Any

import pytest

from januslens import analyze
from tests.januslens.conftest import Rendering

Render = Callable[[str, int, float], Rendering]

PAGE = """
<div style="padding: 24px; background: #eef1f5; font: 14px/20px 'Liberation Sans'; color: #20262e">
<div style="background: #fff; border: 1px solid #c8ced6; border-radius: 8px; padding: 20px">
<h2 style="font: 700 24px/32px 'Liberation Sans'; margin: 0 0 12px">Delivery and returns</h2>
<p style="margin: 0 0 12px">Orders are sent on the day that they are made.<br>
Whoever is out finds a card behind the door.</p>
<p style="margin: 0 0 16px; font-size: 12px">Returns are free for thirty days.</p>
<input value="Your postcode" style="width: 180px; padding: 8px 12px; font: inherit; background: #fff;
border: 1px solid #7a828c; border-radius: 4px">
<style>span { display: inline-block; padding: 8px 16px }</style>
<span style="background: #1f5fbf; color: #fff; border-radius: 4px">Continue</span>
<br><span style="background: #6f9be0; margin-top: 12px; border-radius: 18px">Paid in full</span>
<br><span style="background: #6f9be0; margin-top: 12px; border-radius: 12px 12px 0 0">Details</span>
</div></div>
"""


@pytest.fixture(scope="module", params=[1, 2], ids="@{}".format)
def tokens(render: Render, request: pytest.FixtureRequest) -> Any:
    analysis = analyze(render(PAGE, 480, request.param).png, scale=request.param, quote=False)
    assert analysis.tokens is not None
    return analysis.tokens.to_json()


def values(family: dict[str, Any]) -> list[float]:
    assert family["$type"] == "dimension"
    assert {token["$value"]["unit"] for token in family["observed"].values()} == {"px"}
    return [token["$value"]["value"] for token in family["observed"].values()]


def test_the_sizes_that_text_is_written_in(tokens: Any) -> None:
    assert values(tokens["fontSize"]) == pytest.approx([12, 14, 24], abs=1)


def test_the_radii_that_corners_have_and_no_pill(tokens: Any) -> None:
    assert values(tokens["radius"]) == pytest.approx([4, 8, 12], abs=0.5)


def test_where_one_side_is_round_it_is_told_which(tokens: Any) -> None:
    of_tab = tokens["radius"]["observed"]["r-12"]["$extensions"]["io.github.janus"]
    assert of_tab == {"areas": 1, "oneSided": {"top": 1}}
    of_field = tokens["radius"]["observed"]["r-4"]["$extensions"]["io.github.janus"]
    assert "oneSided" not in of_field


def test_pills_are_counted(tokens: Any) -> None:
    assert tokens["radius"]["$extensions"]["io.github.janus"] == {"pills": 1}


def test_a_page_without_round_corners_has_no_radius(render: Render) -> None:
    square = PAGE.replace("border-radius", "x")
    analysis = analyze(render(square, 480, 1).png, scale=1, quote=False)
    assert analysis.tokens is not None
    assert "radius" not in analysis.tokens.to_json()
