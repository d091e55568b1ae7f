"""Styles of text on pages that Chromium drew, against their CSS, and the scale of given sizes."""

from collections.abc import Callable
from typing import Any

import pytest

from januslens import analyze
from januslens.tokens.typography.modular_scale import modular_scale
from tests.januslens.conftest import Rendering

Render = Callable[[str, int, float], Rendering]

PAGE = """
<style>
  main {{ padding: 24px; font: 400 {body}px/{line}px 'Liberation Sans'; color: #20262e }}
  h1 {{ font: 700 {heading}px/1.25 'Liberation Sans'; margin: 0 0 16px }}
  small {{ font-size: {caption}px; line-height: 1.5 }}
  span {{ display: inline-block; background: #1f5fbf; color: #fff; padding: 8px 16px; border-radius: 4px;
          font-weight: 700 }}
</style>
<main>
  <h1>Delivery and returns</h1>
  <p>Orders are sent on the day that they are made, or on the next if they are made after three in the afternoon.
  Whoever is out finds a card behind the door, which says where the parcel is and until when it is kept there for them.
  <p>Returns are free for thirty days. A note of what was wrong is welcome, but nobody has to say why they send back
  what they ordered, and the money is back within a week after the parcel has come in.
  <p><small>Prices hold the tax of the country that the parcel is sent to.</small>
  <p><span>Continue to payment</span>
</main>
"""


def tokens(render: Render, body: int, line: int, heading: int, caption: int, scale: float = 1) -> Any:
    page = PAGE.format(body=body, line=line, heading=heading, caption=caption)
    analysis = analyze(render(page, 480, scale).png, scale=scale, quote=False)
    assert analysis.tokens is not None
    return analysis.tokens.to_json()


def style(document: Any, role: str) -> dict[str, Any]:
    """What a role's composite says, its aliases followed."""
    composite = _follow(document, document["typography"]["role"][role]["$value"])
    return {part: _follow(document, value) for part, value in composite.items()}


def _follow(document: Any, value: Any) -> Any:
    if not (isinstance(value, str) and value.startswith("{")):
        return value
    for name in value[1:-1].split("."):
        document = document[name]
    return document["$value"]


@pytest.mark.parametrize("scale", [1, 1.5, 2])
@pytest.mark.parametrize(("body", "line", "heading", "caption"), [(16, 24, 32, 13), (14, 20, 24, 12), (18, 30, 40, 14)])
def test_the_styles_that_a_page_is_set_in(
    render: Render, body: int, line: int, heading: int, caption: int, scale: float
) -> None:
    document = tokens(render, body, line, heading, caption, scale)
    sizes = {role: style(document, role)["fontSize"]["value"] for role in ("body", "heading-1", "caption", "button")}
    assert sizes == pytest.approx(
        {"body": body, "heading-1": heading, "caption": caption, "button": body}, abs=1, rel=0.06
    )
    weights = {role: style(document, role)["fontWeight"] for role in ("body", "heading-1", "caption", "button")}
    assert weights == {"body": 400, "heading-1": 700, "caption": 400, "button": 700}
    assert style(document, "body")["lineHeight"] * sizes["body"] == pytest.approx(line, abs=0.5)


def test_what_nothing_shows_is_said_to_be_assumed(render: Render) -> None:
    document = tokens(render, 16, 24, 32, 13)
    assumed = {
        role: _evidence(document, document["typography"]["role"][role]["$value"])["assumed"]
        for role in ("body", "heading-1")
    }
    assert "lineHeight" not in assumed["body"]
    assert "lineHeight" in assumed["heading-1"]
    assert "letterSpacing" in assumed["body"]


def _evidence(document: Any, alias: str) -> Any:
    for name in alias[1:-1].split("."):
        document = document[name]
    return document["$extensions"]["io.github.janus"]


def test_the_items_of_a_list_have_no_line_height(render: Render) -> None:
    items = "".join(f"<li>{text}" for text in ("Delivery", "Returns and refunds", "Payment", "How to reach us"))
    page = f"<ul style=\"font: 16px/32px 'Liberation Sans'; list-style: none\">{items}</ul>"
    analysis = analyze(render(page, 480, 1).png, scale=1, quote=False)
    assert analysis.tokens is not None
    assert "lineHeight" not in analysis.tokens.to_json()


@pytest.mark.parametrize(("weight", "told"), [(400, 400), (700, 700)])
@pytest.mark.parametrize("family", ["Liberation Sans", "Liberation Serif", "DejaVu Sans", "DejaVu Sans Mono"])
@pytest.mark.parametrize("size", [12, 16, 28])
def test_regular_and_bold_are_told_apart(render: Render, family: str, size: int, weight: int, told: int) -> None:
    page = f"<p style=\"font: {weight} {size}px/1.5 '{family}'; margin: 20px\">Orders are sent within a day"
    analysis = analyze(render(page, 700, 1).png, scale=1, quote=False)
    assert analysis.tokens is not None
    assert [token["$value"] for token in analysis.tokens.to_json()["fontWeight"]["observed"].values()] == [told]


RATIOS = {  # as fractions of string lengths, and Bringhurst's two that aren't musical intervals
    "minor third": 6 / 5,
    "major third": 5 / 4,
    "perfect fourth": 4 / 3,
    "augmented fourth": 2**0.5,
    "perfect fifth": 3 / 2,
    "golden section": 1.618034,
}


@pytest.mark.parametrize("name", RATIOS)
def test_sizes_that_follow_a_scale_have_it(name: str) -> None:
    sizes = [round(16 * RATIOS[name] ** step) for step in (-1, 0, 1, 2, 3, 4)]
    found = modular_scale(sizes, 16)
    assert found is not None
    assert found.name == name
    assert found.ratio == pytest.approx(RATIOS[name])


@pytest.mark.parametrize("sizes", [[12, 14, 16, 20, 24, 28, 32], [11, 12, 13, 14, 16, 18, 24], [14, 16, 24]])
def test_sizes_that_follow_no_scale_have_none(sizes: list[float]) -> None:
    assert modular_scale(sizes, 16) is None


@pytest.mark.parametrize(
    ("family", "told"),
    [
        ("Liberation Mono", "monospace"),
        ("DejaVu Sans Mono", "monospace"),
        ("Liberation Sans", "sans-serif"),
        ("Liberation Serif", "serif"),
        ("DejaVu Sans", "sans-serif"),
        ("DejaVu Serif", "serif"),
    ],
)
@pytest.mark.parametrize(("scale", "size"), [(1, 13), (1, 20), (1.5, 13), (2, 16)])
def test_a_generic_family_is_told(render: Render, family: str, told: str, size: int, scale: float) -> None:
    lines = "Orders are sent on the day that they<br>are made, and those who are out find<br>a card behind the door."
    page = f"<p style=\"font: {size}px/1.5 '{family}'; margin: 20px\">{lines}"
    analysis = analyze(render(page, 720, scale).png, scale=scale, quote=False)
    assert analysis.tokens is not None
    document = analysis.tokens.to_json()
    assert [token["$value"] for token in document["fontFamily"]["observed"].values()] == [told]
    assert style(document, "body")["fontFamily"] == told
    assert "fontFamily" not in _evidence(document, document["typography"]["role"]["body"]["$value"])["assumed"]


def test_a_family_that_few_letters_show_is_assumed(render: Render) -> None:
    page = "<p style=\"font: 20px/1.5 'Liberation Serif'; margin: 20px\">Paid in full on Monday"
    analysis = analyze(render(page, 480, 1).png, scale=1, quote=False)
    assert analysis.tokens is not None
    document = analysis.tokens.to_json()
    assert "fontFamily" not in document
    assert style(document, "body")["fontFamily"] == "sans-serif"
    assert "fontFamily" in _evidence(document, document["typography"]["role"]["body"]["$value"])["assumed"]
