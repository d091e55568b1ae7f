"""Token values and declarations in CSS notation, which Sass and Less read too.

Sources: CSS Color Module Level 4, https://www.w3.org/TR/css-color-4/#hex-notation; strings and escapes: CSS Syntax
Module Level 3, https://www.w3.org/TR/css-syntax-3/#consume-escaped-code-point
"""

from collections.abc import Iterable, Mapping
from typing import Final

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
    format_number,
)

GENERIC: Final = frozenset(
    (
        *("serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "math", "emoji"),
        *("ui-serif", "ui-sans-serif", "ui-monospace", "ui-rounded"),
    )
)
PLAIN: Final = frozenset(" -_.")


def css_value(value: Value) -> str:
    """Return a token's value in CSS notation, which Sass and Less read too.

    A gradient is written as its stops only, as inside linear-gradient() or radial-gradient().
    """
    match value:
        case Color():
            return value.hex
        case Dimension():
            return css_length(value)
        case Number() | FontWeight():
            return format_number(value.value)
        case FontFamily():
            return ", ".join(name if name in GENERIC else _string(name) for name in value.names)
        case Shadows():
            return ", ".join(_shadow(layer) for layer in value.layers)
        case Gradient():
            return ", ".join(f"{color.hex} {format_number(position * 100)}%" for color, position in value.stops)


def css_length(dimension: Dimension) -> str:
    """Return a length in CSS notation with its own unit, px or rem, such as 16px."""
    return format_number(dimension.value) + dimension.unit


def declarations(tokens: Iterable[Token], names: Mapping[Path, str], form: str, reference: str) -> str:
    """Return one line `name: value;` per token, in CSS notation; an alias becomes a reference to its target's variable.

    names are the variables' names by path. form and reference are the patterns of a name in its declaration and in a
    reference to it, such as `--{}` and `var(--{})`; form also has the indentation.
    """
    return "".join(
        f"{form.format(names[token.path])}: "
        f"{reference.format(names[token.alias]) if token.alias else css_value(token.value)};\n"
        for token in tokens
    )


def _shadow(layer: Shadow) -> str:
    lengths = (css_length(length) for length in layer.lengths)
    return " ".join((*(["inset"] if layer.is_inset else []), *lengths, layer.color.hex))


def _string(text: str) -> str:
    """Quote a string, escaping all special characters, of which Sass and Less have more than CSS."""
    return '"' + "".join(c if c.isalnum() or c in PLAIN else f"\\{ord(c):x} " for c in text) + '"'
