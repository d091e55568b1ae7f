"""Values as read from a document, each form that the format has and those that it hasn't."""

from typing import Any

import pytest

from januslens.exports.tokens.source.values import (
    Color,
    Dimension,
    FontFamily,
    FontWeight,
    Gradient,
    Number,
    Shadow,
    Shadows,
    Value,
    kotlin_string,
    parse,
    swift_string,
)
from tests.januslens.exports.tokens.samples import px, srgb

BLACK = Color((0, 0, 0))


@pytest.mark.parametrize(
    ("alpha", "hex_", "argb", "opaque"),
    [
        (1, "#1f5fbf", "FF1F5FBF", True),
        (0.999, "#1f5fbf", "FF1F5FBF", True),  # 254.7 of 255
        (0.998, "#1f5fbffe", "FE1F5FBF", False),  # 254.49
        (0.5, "#1f5fbf80", "801F5FBF", False),
        (0.02, "#1f5fbf05", "051F5FBF", False),
        (0, "#1f5fbf00", "001F5FBF", False),
    ],
)
def test_a_color_in_8_bits(alpha: float, hex_: str, argb: str, opaque: bool) -> None:
    color = Color((0x1F, 0x5F, 0xBF), alpha)
    assert (color.hex, color.argb, color.is_opaque) == (hex_, argb, opaque)


def p3(**members: Any) -> dict[str, Any]:
    return {"colorSpace": "display-p3", "components": [1, 0, 0], **members}


@pytest.mark.parametrize(
    ("value", "color"),
    [
        (srgb("#000000"), BLACK),
        (srgb("#000000", 0.25), Color((0, 0, 0), 0.25)),
        (srgb("#000000", 1.5), BLACK),
        (srgb("#000000", -0.5), Color((0, 0, 0), 0)),
        ({"colorSpace": "srgb", "components": [0.5, 1.2, -0.2]}, Color((128, 255, 0))),
        ({"colorSpace": "srgb", "components": [1, 0.4, 0.2], "hex": "#000000"}, Color((255, 102, 51))),
        (p3(hex="#Ff0010", alpha=0.5), Color((255, 0, 16), 0.5)),
        (p3(), None),
        (p3(hex="#f00"), None),
        (p3(hex="#ff000000"), None),
        (p3(hex="ff0000"), None),
        ({"colorSpace": "srgb", "components": [0, 0]}, None),
        ({"colorSpace": "srgb", "components": [0, 0, "none"]}, None),
        ({"colorSpace": "srgb", "components": [0, 0, float("inf")]}, None),
        ({"components": [0, 0, 0]}, None),
        ({**srgb("#000000"), "alpha": "0.5"}, None),
        ({**srgb("#000000"), "alpha": True}, None),
        ("#000000", None),
    ],
)
def test_colors(value: Any, color: Color | None) -> None:
    assert parse("color", value) == color


@pytest.mark.parametrize(
    ("type_", "value", "read"),
    [
        ("dimension", px(4), Dimension(4, "px")),
        ("dimension", {"value": -1.5, "unit": "rem"}, Dimension(-1.5, "rem")),
        ("dimension", {"value": 4, "unit": "em"}, None),
        ("dimension", {"value": "4", "unit": "px"}, None),
        ("dimension", {"value": 4}, None),
        ("number", 1.5, Number(1.5)),
        ("number", 0, Number(0)),
        ("number", True, None),
        ("number", float("nan"), None),
        ("number", "1", None),
        ("fontWeight", 1, FontWeight(1)),
        ("fontWeight", 1000, FontWeight(1000)),
        ("fontWeight", 0.9, None),
        ("fontWeight", 1000.5, None),
        ("fontWeight", "heavy-ish", None),
        ("fontFamily", "Inter", FontFamily(("Inter",))),
        ("fontFamily", ["Inter", "sans-serif"], FontFamily(("Inter", "sans-serif"))),
        ("fontFamily", [], None),
        ("fontFamily", "", None),
        ("fontFamily", ["Inter", ""], None),
        ("fontFamily", "a\u2028b", None),
        ("fontFamily", "a\x7f", None),
        ("fontFamily", ["Inter", 4], None),
        ("duration", {"value": 1, "unit": "s"}, None),
        (None, 4, None),
        ("gradient", [], None),
        ("gradient", [{"color": srgb("#000000"), "position": 0.5}], Gradient(((BLACK, 0.5),))),
        ("gradient", [{"color": srgb("#000000")}], None),
        ("shadow", [], None),
    ],
)
def test_other_values(type_: str | None, value: Any, read: Value | None) -> None:
    assert parse(type_, value) == read


@pytest.mark.parametrize(  # DTCG 2025.10, 8.4
    ("weight", "names"),
    [
        (100, ("thin", "hairline")),
        (200, ("extra-light", "ultra-light")),
        (300, ("light",)),
        (400, ("normal", "regular", "book")),
        (500, ("medium",)),
        (600, ("semi-bold", "demi-bold")),
        (700, ("bold",)),
        (800, ("extra-bold", "ultra-bold")),
        (900, ("black", "heavy")),
        (950, ("extra-black", "ultra-black")),
    ],
)
def test_weights_have_the_names_of_the_format(weight: int, names: tuple[str, ...]) -> None:
    assert [parse("fontWeight", name) for name in names] == [FontWeight(weight)] * len(names)


def layer(**members: Any) -> dict[str, Any]:
    lengths = {"offsetX": px(1), "offsetY": px(2), "blur": px(3), "spread": px(4)}
    return {"color": srgb("#000000"), **lengths, **members}


@pytest.mark.parametrize(("inset", "is_inset"), [({}, False), ({"inset": False}, False), ({"inset": True}, True)])
def test_a_shadow_is_one_layer_or_several(inset: dict[str, bool], is_inset: bool) -> None:
    lengths = (Dimension(1, "px"), Dimension(2, "px"), Dimension(3, "px"), Dimension(4, "px"))
    read = Shadow(BLACK, lengths, is_inset)
    assert parse("shadow", layer(**inset)) == Shadows((read,))
    assert parse("shadow", [layer(**inset), layer()]) == Shadows((read, Shadow(BLACK, lengths)))
    assert parse("shadow", [layer(), {}]) is None


@pytest.mark.parametrize(("value", "unit", "pixels"), [(4, "px", 4), (1.5, "rem", 24)])
def test_a_rem_is_16_pixels(value: float, unit: str, pixels: float) -> None:
    assert Dimension(value, unit).pixels == pixels


def test_strings_of_swift_kotlin_and_dart() -> None:
    assert swift_string('a "b" \\ $c') == r'"a \"b\" \\ $c"'
    assert kotlin_string('a "b" \\ $c') == r'"a \"b\" \\ \$c"'
