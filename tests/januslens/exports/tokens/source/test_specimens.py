"""How a token is shown."""

import pytest

from januslens.exports.tokens.source.document import Token
from januslens.exports.tokens.source.specimens import specimen
from januslens.exports.tokens.source.values import Color, Dimension, FontFamily, FontWeight, Gradient, Number, Value

FOX = "The quick brown fox jumps over the lazy dog"
BLUE, FOUR = Color((31, 95, 191)), Dimension(4, "px")


@pytest.mark.parametrize(
    ("path", "value", "class_", "rule", "text"),
    [
        ("color.a", BLUE, "swatch", "background: #1f5fbf", None),
        (
            "gradient.a",
            Gradient(((BLUE, 0), (BLUE, 1))),
            "swatch",
            "background: linear-gradient(90deg, #1f5fbf 0%, #1f5fbf 100%)",
            None,
        ),
        ("radius.a", FOUR, "box", "border-radius: 4px", None),
        ("spacing.a", FOUR, "length", "inline-size: 4px", None),
        ("fontSize.a", FOUR, "text", "font-size: 4px", FOX),
        ("typography.a.letterSpacing", FOUR, "text", "letter-spacing: 4px", FOX),
        ("radius.fontSize", FOUR, "text", "font-size: 4px", FOX),
        ("fontSize.radius", FOUR, "box", "border-radius: 4px", None),
        ("fontWeight.a", FontWeight(700), "text", "font-weight: 700", FOX),
        ("fontFamily.a", FontFamily(("serif",)), "text", "font-family: serif", FOX),
    ],
)
def test_a_token_is_shown_by_what_it_measures(
    path: str, value: Value, class_: str, rule: str, text: str | None
) -> None:
    token = Token(tuple(path.split(".")), value)
    shown = specimen(token)
    assert shown is not None
    assert (shown.class_, shown.rule("t", token), shown.text) == (class_, f"#t {{ {rule}; }}", text)


def test_a_number_is_shown_where_it_measures_something() -> None:
    line_height = specimen(Token(("lineHeight", "a"), Number(1.5)))
    assert line_height is not None
    assert line_height.text is not None
    assert line_height.text.startswith(f"{FOX}. Pack my box")  # several lines
    assert specimen(Token(("opacity", "a"), Number(0.5))) is None


def test_text_is_read_out_and_what_has_none_is_not() -> None:
    swatch = specimen(Token(("color", "a"), BLUE))
    text = specimen(Token(("fontSize", "a"), FOUR))
    assert swatch is not None
    assert text is not None
    assert str(swatch.show("t")) == '<span class="specimen swatch" id="t" aria-hidden="true"></span>'
    assert str(text.show("t")) == f'<p class="specimen" id="t">{FOX}</p>'
