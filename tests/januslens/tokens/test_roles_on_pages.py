"""Roles of the colors of a page that Chromium drew, against its CSS."""

from collections.abc import Callable, Mapping

import msgspec
import pytest

from januslens import analyze
from tests.januslens.conftest import Rendering

PAGE = """
<div style="padding: 24px; background: #eef1f5; font: 15px/22px 'Liberation Sans'; color: #20262e">
<div style="background: #fff; padding: 20px">
<p style="margin: 0 0 12px">Orders are sent on the day that they are made.<br>
Whoever is out finds a card behind the door.</p>
<p style="margin: 0 0 12px; color: #6b7480">Returns are free for thirty days.</p>
<p style="margin: 0 0 12px"><a href="#" style="color: #1f5fbf">Read about returns</a></p>
<input value="Your postcode" style="width: 180px; padding: 8px 12px; font: inherit; background: #fff;
border: 1px solid #7a828c; border-radius: 4px">
<style>span { display: inline-block; padding: 8px 16px; color: #fff; border-radius: 4px }</style>
<span style="background: #1f5fbf">Continue</span> <span style="background: #c4302b">Delete it</span>
<span style="background: #7a3fb0">Gift wrap</span> <span style="background: #e3e6ea; color: #a9b0b8">Not now</span>
</div></div>
"""
EXPECTED = {
    "page": "#eef1f5",
    "surface": "#ffffff",
    "text": "#20262e",
    "text-muted": "#6b7480",
    "primary": "#1f5fbf",
    "text-on-primary": "#ffffff",
    "link": "#1f5fbf",
    "border": "#7a828c",
    "danger": "#c4302b",
    "text-on-danger": "#ffffff",
    "accent": "#7a3fb0",
    "disabled": "#a9b0b8",
}


CARDS = """
<style>body {{ margin: 0; background: #eef1f5; font: 15px/22px 'Liberation Sans'; color: #20262e }}
main {{ margin: 24px; padding: 20px; background: #fbfcfd }} p {{ margin: 0 0 12px }}
div {{ margin: 40px; padding: 20px; background: #fff; box-shadow: {shadow} }}</style>
<main><p>Orders are sent on the day that they are made, and whoever is out finds a card behind the door.</p>
<p>Returns are free for thirty days after that, whatever the reason.</p>
<div>A parcel is under way</div><div>Another waits</div></main>
"""


@pytest.mark.parametrize(("shadow", "raised"), [("0 4px 12px rgb(0 0 0 / 0.2)", "#ffffff"), ("none", None)])
def test_a_raised_surface_casts_a_shadow(
    render: Callable[[str, int, float], Rendering], shadow: str, raised: str | None
) -> None:
    found = roles(render(CARDS.format(shadow=shadow), 480, 1).png)
    assert (found["page"], found["surface"], found.get("surface-raised")) == ("#eef1f5", "#fbfcfd", raised)


def test_roles_can_be_written_by_any_encoder(render: Callable[[str, int, float], Rendering]) -> None:
    tokens = analyze(render(PAGE, 480, 1).png, scale=1, quote=False).tokens
    assert tokens is not None
    msgspec.json.encode(tokens.to_json())  # takes no NumPy numbers, of which json takes some


def roles(png: bytes) -> Mapping[str, str]:
    """The hex color that each role's alias names."""
    tokens = analyze(png, scale=1, quote=False).tokens
    assert tokens is not None
    colors = tokens.to_json().get("color", {})
    observed = {f"{{color.observed.{name}}}": token["$value"]["hex"] for name, token in colors["observed"].items()}
    assert all(0 < next(iter(role["$extensions"].values()))["confidence"] <= 1 for role in colors["role"].values())
    return {name: observed[role["$value"]] for name, role in colors["role"].items()}


@pytest.fixture(scope="module")
def found(render: Callable[[str, int, float], Rendering]) -> Mapping[str, str]:
    return roles(render(PAGE, 480, 1).png)


@pytest.mark.parametrize("role", EXPECTED)
def test_a_role_is_told_from_use(found: Mapping[str, str], role: str) -> None:
    assert found[role] == EXPECTED[role]


def test_what_nothing_speaks_for_is_not_told(found: Mapping[str, str]) -> None:
    assert {"warning", "success"}.isdisjoint(found)
