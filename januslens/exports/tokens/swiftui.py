"""Swift constants for SwiftUI.

Source: https://developer.apple.com/documentation/swiftui/color; a CSS pixel is one point.
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
    swift_string,
)

TYPES: Final = (Color, Dimension, Number, FontWeight, FontFamily)
WEIGHTS: Final = MappingProxyType(
    {
        100: "ultraLight",
        200: "thin",
        300: "light",
        400: "regular",
        500: "medium",
        600: "semibold",
        700: "bold",
        800: "heavy",
        900: "black",
    }
)
"""https://developer.apple.com/documentation/swiftui/font/weight, which has no numbers."""


def write(document: Document) -> str:
    """Return a DTCG document as a Swift enumeration for SwiftUI, with one constant per token.

    An alias refers to the constant of its target. A CSS pixel is one point. Font weights are rounded to the nearest
    named one, and of a font family the first name is written. Shadows and gradients are omitted.
    """
    found = [token for token in tokens(document) if isinstance(token.value, TYPES)]
    spelled = names([token.path for token in found], camel)
    constants = "".join(
        f"    static let {spelled[token.path]} = {spelled[token.alias] if token.alias else _literal(token.value)}\n"
        for token in found
    )
    return f"// {TOKENS_ORIGIN}\n\nimport SwiftUI\n\nenum Tokens {{\n{constants}}}\n"


def _literal(value: Value) -> str:
    match value:
        case Color():
            red, green, blue = (format_number(channel / 255) for channel in value.rgb)
            opacity = "" if value.is_opaque else f", opacity: {format_number(value.alpha)}"
            return f"Color(red: {red}, green: {green}, blue: {blue}{opacity})"
        case Dimension():
            return f"CGFloat({format_number(value.pixels)})"
        case Number():
            return f"Double({format_number(value.value)})"
        case FontWeight():
            return f"Font.Weight.{WEIGHTS[min(WEIGHTS, key=lambda weight: abs(weight - value.value))]}"
        case FontFamily():
            return swift_string(value.names[0])
        case _:
            raise TypeError(value)
