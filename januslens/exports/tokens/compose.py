"""Kotlin constants for Jetpack Compose.

Source: https://developer.android.com/reference/kotlin/androidx/compose/ui/unit/package-summary; a CSS pixel is one dp,
and one sp for text.
"""

from types import MappingProxyType
from typing import Final

from januslens.exports import TOKENS_ORIGIN
from januslens.exports.tokens.source.document import Document, Token, tokens
from januslens.exports.tokens.source.names import camel, names
from januslens.exports.tokens.source.values import (
    Color,
    Dimension,
    FontFamily,
    FontWeight,
    Number,
    Value,
    format_number,
    kotlin_string,
)

IMPORTS: Final = MappingProxyType(
    {
        (Color, False): "androidx.compose.ui.graphics.Color",
        (FontWeight, False): "androidx.compose.ui.text.font.FontWeight",
        (Dimension, False): "androidx.compose.ui.unit.dp",
        (Dimension, True): "androidx.compose.ui.unit.sp",
    }
)
"""Imports by kind of token; whether it measures text matters for dimensions only."""
TYPES: Final = (Color, Dimension, Number, FontWeight, FontFamily)


def write(document: Document) -> str:
    """Return a DTCG document as a Kotlin object for Jetpack Compose, with one constant per token.

    An alias refers to the constant of its target. A CSS pixel is one dp, and one sp for measures of text. Of a font
    family, the first name is written. Shadows and gradients are omitted.
    """
    found = [token for token in tokens(document) if isinstance(token.value, TYPES)]
    spelled = names([token.path for token in found], camel)
    needed = {_import(token) for token in found}
    imports = "".join(f"import {name}\n" for name in IMPORTS.values() if name in needed)
    constants = "".join(
        f"    val {spelled[token.path]} = {spelled[token.alias] if token.alias else _literal(token, token.value)}\n"
        for token in found
    )
    return f"// {TOKENS_ORIGIN}\n\n{imports}{'\n' if imports else ''}object Tokens {{\n{constants}}}\n"


def _import(token: Token) -> str | None:
    type_, measures_text = token.kind
    return IMPORTS.get((type_, measures_text and type_ is Dimension))


def _literal(token: Token, value: Value) -> str:
    match value:
        case Color():
            return f"Color(0x{value.argb})"
        case Dimension():
            number = format_number(value.pixels)
            return f"{f'({number})' if number.startswith('-') else number}.{'sp' if token.measures_text else 'dp'}"
        case Number():
            return f"{format_number(value.value)}f"
        case FontWeight():
            return f"FontWeight({value.value:.0f})"
        case FontFamily():
            return kotlin_string(value.names[0])
        case _:
            raise TypeError(value)
