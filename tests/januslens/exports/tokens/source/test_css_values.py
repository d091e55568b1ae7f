"""Values in CSS notation."""

import pytest

from januslens.exports.tokens.source.css_values import css_value, declarations
from januslens.exports.tokens.source.document import Path, Token
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
)

BLUE, SHADE = Color((31, 95, 191)), Color((0, 0, 0), 0.25)
LENGTHS = (Dimension(0, "px"), Dimension(-1.5, "px"), Dimension(0.5, "rem"), Dimension(2, "px"))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (BLUE, "#1f5fbf"),
        (SHADE, "#00000040"),
        (Dimension(1.5, "rem"), "1.5rem"),
        (Number(1.25), "1.25"),
        (FontWeight(700), "700"),
        (FontFamily(("Inter", "sans-serif")), '"Inter", sans-serif'),
        (FontFamily(("A-b_c. 1", "ui-monospace")), '"A-b_c. 1", ui-monospace'),
        (FontFamily(('a"b', "Größe", "a;}")), '"a\\22 b", "Größe", "a\\3b \\7d "'),
        (Shadows((Shadow(SHADE, LENGTHS),)), "0px -1.5px 0.5rem 2px #00000040"),
        (
            Shadows((Shadow(SHADE, LENGTHS, is_inset=True), Shadow(BLUE, LENGTHS))),
            "inset 0px -1.5px 0.5rem 2px #00000040, 0px -1.5px 0.5rem 2px #1f5fbf",
        ),
        (Gradient(((BLUE, 0), (SHADE, 0.335), (BLUE, 1))), "#1f5fbf 0%, #00000040 33.5%, #1f5fbf 100%"),
    ],
)
def test_values_as_css_has_them(value: Value, written: str) -> None:
    assert css_value(value) == written


@pytest.mark.parametrize(
    "generic",  # CSS Fonts Module Level 4, generic-family
    [
        *("serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "math", "emoji"),
        *("ui-serif", "ui-sans-serif", "ui-monospace", "ui-rounded"),
    ],
)
def test_generic_families_are_no_strings(generic: str) -> None:
    assert css_value(FontFamily((generic,))) == generic


def test_a_declaration_has_the_value_or_the_name_of_what_has_it() -> None:
    blue, link = Token(("blue",), BLUE), Token(("link",), BLUE, ("blue",))
    spelled: dict[Path, str] = {("blue",): "b", ("link",): "l"}
    assert declarations([blue, link], spelled, "--{}", "var(--{})") == "--b: #1f5fbf;\n--l: var(--b);\n"
    assert declarations([], spelled, "--{}", "var(--{})") == ""
