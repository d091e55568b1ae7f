"""Dart constants for Flutter.

Source: https://api.flutter.dev/flutter/dart-ui/Color-class.html; a CSS pixel is a logical pixel.
"""

from types import MappingProxyType
from typing import Final

from januslens.exports import TOKENS_ORIGIN
from januslens.exports.tokens.source.document import Document, tokens
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

TYPES: Final = MappingProxyType(
    {Color: "Color", Dimension: "double", Number: "double", FontWeight: "FontWeight", FontFamily: "String"}
)
FROM_FLUTTER: Final = (Color, FontWeight)


def write(document: Document) -> str:
    """Return a DTCG document as a Dart class for Flutter, with one constant per token.

    An alias refers to the constant of its target. A CSS pixel is one logical pixel. Font weights are rounded to
    hundreds, and of a font family the first name is written. Shadows and gradients are omitted.
    """
    found = [token for token in tokens(document) if type(token.value) in TYPES]
    spelled = names([token.path for token in found], camel)
    shown = [TYPES[type_] for type_ in FROM_FLUTTER if any(isinstance(token.value, type_) for token in found)]
    imports = f"import 'dart:ui' show {', '.join(shown)};\n\n" if shown else ""
    constants = "".join(
        f"  static const {TYPES[type(token.value)]} {spelled[token.path]} = "
        f"{spelled[token.alias] if token.alias else _literal(token.value)};\n"
        for token in found
    )
    return f"// {TOKENS_ORIGIN}\n\n{imports}abstract final class Tokens {{\n{constants}}}\n"


def _literal(value: Value) -> str:
    match value:
        case Color():
            return f"Color(0x{value.argb})"
        case Dimension():
            return _double(value.pixels)
        case Number():
            return _double(value.value)
        case FontWeight():
            return f"FontWeight.w{min(max(round(value.value / 100), 1), 9)}00"
        case FontFamily():
            return kotlin_string(value.names[0])
        case _:
            raise TypeError(value)


def _double(number: float) -> str:
    text = format_number(number)
    return text if "." in text else f"{text}.0"
