"""Every format's text, to the letter.

That these texts mean what they should is shown by the formats' own readers in the tests beside this one; here a changed
letter is noticed without them. The files in `expected` are rewritten only when a change of a format is meant.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from januslens.exports.tokens.formats import TOKEN_FORMATS
from januslens.exports.tokens.source.document import Document
from tests.januslens.exports.tokens.samples import DOCUMENT, px, srgb

EXPECTED = Path(__file__).parent / "expected"
ORIGIN = "Design tokens that Janus 0.1.0 read from the pixels of an image."


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("css", "tokens.css"),
        ("scss", "tokens.scss"),
        ("less", "tokens.less"),
        ("tailwind", "tokens.tailwind.css"),
        ("style-dictionary", "tokens.style-dictionary.json"),
        ("tokens-studio", "tokens.tokens-studio.json"),
        ("android", "tokens.xml"),
        ("compose", "tokens.kt"),
        ("swiftui", "tokens.swift"),
        ("flutter", "tokens.dart"),
    ],
)
def test_a_document_with_something_of_everything(name: str, file: str) -> None:
    assert TOKEN_FORMATS[name].write(DOCUMENT) == (EXPECTED / file).read_text()


def test_the_document_itself_is_written_with_two_spaces_and_any_script() -> None:
    assert TOKEN_FORMATS["dtcg"].write({"größe": {"$value": 1}}) == '{\n  "größe": {\n    "$value": 1\n  }\n}\n'


def variables(document: Document, name: str) -> list[str]:
    """The lines that declare something."""
    lines = TOKEN_FORMATS[name].write(document).splitlines()
    return [line.strip() for line in lines if (": " in line or " = " in line) and ORIGIN not in line]


def family(name: str, type_: str, **values: Any) -> Document:
    return {name: {"$type": type_, **{key: {"$value": value} for key, value in values.items()}}}


SHADOW = {"color": srgb("#000000", 0.5), "offsetX": px(0), "offsetY": px(1), "blur": px(2), "spread": px(3)}


@pytest.mark.parametrize(
    ("name", "document", "declared"),
    [
        ("flutter", family("w", "fontWeight", a=1, b=949, c=550), ["w100", "w900", "w600"]),
        ("flutter", family("w", "fontWeight", a=540), ["w500"]),
        ("swiftui", family("w", "fontWeight", a=1, b=250, c=651, d=1000), ["ultraLight", "thin", "bold", "black"]),
        (
            "swiftui",
            family("w", "fontWeight", a=300, b=400, c=500, d=600, e=800, f=900),
            ["light", "regular", "medium", "semibold", "heavy", "black"],
        ),
        ("compose", family("w", "fontWeight", a=449.6), ["FontWeight(450)"]),
        ("compose", family("r", "dimension", a={"value": 1.5, "unit": "rem"}), ["24.dp"]),
        ("flutter", family("r", "dimension", a={"value": 1.25, "unit": "rem"}), ["20.0"]),
        ("flutter", family("f", "fontFamily", a=['A "B" $c \\'] * 2), [r'"A \"B\" \$c \\"']),
        ("swiftui", family("f", "fontFamily", a='A "B" $c \\'), [r'"A \"B\" $c \\"']),
        ("flutter", family("n", "number", a=2, b=0.5), ["2.0", "0.5"]),
    ],
)
def test_values_of_typed_languages(name: str, document: Document, declared: list[str]) -> None:
    values = [
        line.rpartition(" = ")[2].removesuffix(";").removeprefix("Font.Weight.") for line in variables(document, name)
    ]
    assert [value.removeprefix("FontWeight.") for value in values] == declared


@pytest.mark.parametrize(
    ("path", "type_", "value", "declared"),
    [
        ("color.role.page", "color", srgb("#ffffff"), "--color-page: #ffffff;"),
        ("brand.main", "color", srgb("#ffffff"), "--color-brand-main: #ffffff;"),
        ("fontFamily.observed.body", "fontFamily", "serif", "--font-body: serif;"),
        ("fontWeight.bold", "fontWeight", 700, "--font-weight-bold: 700;"),
        ("letterSpacing.wide", "dimension", px(1), "--tracking-wide: 1px;"),
        ("lineHeight.tight", "number", 1.2, "--leading-tight: 1.2;"),
        ("lineHeight", "number", 1.2, "--leading: 1.2;"),
        ("heading.fontFamily", "fontFamily", "serif", "--font-heading: serif;"),
        ("typography.heading.large.fontSize", "dimension", px(32), "--text-heading-large: 32px;"),
        ("typography.body.lineHeight", "number", 1.5, "--text-body--line-height: 1.5;"),
        ("typography.body.fontWeight", "fontWeight", 400, "--text-body--font-weight: 400;"),
        ("typography.body.letterSpacing", "dimension", px(1), "--text-body--letter-spacing: 1px;"),
        ("size.small", "dimension", px(1), "--size-small: 1px;"),
    ],
)
def test_namespaces_of_tailwind(path: str, type_: str, value: Any, declared: str) -> None:
    document: Any = {"$type": type_, "$value": value}
    for name in reversed(path.split(".")):
        document = {name: document}
    assert variables(document, "tailwind") == [declared]


def test_types_of_tokens_studio() -> None:
    document = {
        **family("letterSpacing", "dimension", a=px(1)),
        **family("lineHeight", "number", a=1.25),
        **family("opacity", "number", a=0.5),
        **family("fontWeight", "fontWeight", a="bold"),
        **family("shadow", "shadow", a=[{**SHADOW, "inset": True}, SHADOW]),
        **family("type", "color", description=srgb("#ffffff"), b="{type.description}"),
    }
    written = json.loads(TOKEN_FORMATS["tokens-studio"].write(document))["global"]
    layer = {"x": "0px", "y": "1px", "blur": "2px", "spread": "3px", "color": "#00000080"}
    assert written == {
        "letterSpacing": {"a": {"value": "1px", "type": "letterSpacing"}},
        "lineHeight": {"a": {"value": "125%", "type": "lineHeights"}},
        "opacity": {"a": {"value": "0.5", "type": "number"}},
        "fontWeight": {"a": {"value": "700", "type": "fontWeights"}},
        "shadow": {
            "a": {"value": [{**layer, "type": "innerShadow"}, {**layer, "type": "dropShadow"}], "type": "boxShadow"}
        },
        "type_": {
            "description_": {"value": "#ffffff", "type": "color"},
            "b": {"value": "{type_.description_}", "type": "color"},
        },
    }


def test_android_has_hexadecimal_colors_and_escapes() -> None:
    document = {
        **family("c", "color", a=srgb("#abcdef"), b=srgb("#abcdef", 0.2)),
        **family("f", "fontFamily", a='"It\'s" @? \\'),
        **family("lineHeight", "number", a=1.5, b=2),
        **family("lengths", "dimension", a={"value": 0.5, "unit": "rem"}),
    }
    lines = TOKEN_FORMATS["android"].write(document).splitlines()
    assert lines[0] == '<?xml version="1.0" encoding="utf-8"?>'
    assert [line.strip() for line in lines[3:-1]] == [
        '<color name="c_a">#ABCDEF</color>',
        '<color name="c_b">#33ABCDEF</color>',
        r"""<string name="f_a">\"It\'s\" \@\? \\</string>""",
        '<item name="line_height_a" format="float" type="dimen">1.5</item>',
        '<item name="line_height_b" format="float" type="dimen">2</item>',
        '<dimen name="lengths_a">8dp</dimen>',
    ]


def test_what_is_imported_comes_in_order() -> None:
    document = {**family("r", "dimension", a=px(1)), **family("c", "color", a=srgb("#ffffff"))}
    assert TOKEN_FORMATS["compose"].write(document) == (
        f"// {ORIGIN}\n\nimport androidx.compose.ui.graphics.Color\nimport androidx.compose.ui.unit.dp\n\n"
        "object Tokens {\n    val rA = 1.dp\n    val cA = Color(0xFFFFFFFF)\n}\n"
    )
    assert TOKEN_FORMATS["flutter"].write(document) == (
        f"// {ORIGIN}\n\nimport 'dart:ui' show Color;\n\n"
        "abstract final class Tokens {\n"
        "  static const double rA = 1.0;\n  static const Color cA = Color(0xFFFFFFFF);\n}\n"
    )
