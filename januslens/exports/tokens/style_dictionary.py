"""JSON for Style Dictionary, which it builds without custom transforms.

Source: https://styledictionary.com/info/dtcg/. The transforms of version 5 support only some values of DTCG 2025.10 and
print `[object Object]` for others; strings in CSS notation pass through unchanged.
"""

import json
from types import MappingProxyType
from typing import Any, Final

from januslens.exports.tokens.source.css_values import css_value
from januslens.exports.tokens.source.document import Document, Token, nested, reference, tokens
from januslens.exports.tokens.source.values import (
    Color,
    Dimension,
    FontFamily,
    FontWeight,
    Gradient,
    Number,
    Shadows,
)

TYPES: Final = MappingProxyType(
    {
        Color: "color",
        Dimension: "dimension",
        Number: "number",
        FontWeight: "fontWeight",
        FontFamily: "fontFamily",
        Shadows: "shadow",
        Gradient: "gradient",
    }
)


def write(document: Document) -> str:
    """Return a DTCG document's tokens as nested groups in JSON for Style Dictionary; an alias refers to its target.

    Colors, lengths, shadows and gradients are strings in CSS notation, which its transforms leave unchanged.
    """
    tree = nested(
        (token.path, {"$type": TYPES[type(token.value)], "$value": _value(token)}) for token in tokens(document)
    )
    return json.dumps(tree, ensure_ascii=False, indent=2) + "\n"


def _value(token: Token) -> Any:
    if token.alias:
        return reference(token.alias)
    match token.value:
        case Number(value) | FontWeight(value):
            return value
        case FontFamily(names):
            return list(names)
        case value:
            return css_value(value)
