"""JSON for Tokens Studio for Figma, in its legacy format: one set, with `value` and `type`.

Source: https://docs.tokens.studio/manage-settings/token-format and its types,
https://docs.tokens.studio/manage-tokens/token-types
"""

import json
from types import MappingProxyType
from typing import Any, Final

from januslens.exports.tokens.source.css_values import css_length, css_value
from januslens.exports.tokens.source.document import Document, Path, Token, nested, reference, tokens
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

SET: Final = "global"
TYPES: Final = MappingProxyType(
    {
        Color: "color",
        Dimension: "dimension",
        Number: "number",
        FontWeight: "fontWeights",
        FontFamily: "fontFamilies",
        Shadows: "boxShadow",
    }
)
FAMILIES: Final = MappingProxyType(
    {
        "borderWidth": "borderWidth",
        "fontSize": "fontSizes",
        "letterSpacing": "letterSpacing",
        "lineHeight": "lineHeights",
        "radius": "borderRadius",
        "spacing": "spacing",
    }
)
"""Its type names for the dimensions and numbers of a family, or of a part of a composite."""
TOKENS_OWN: Final = frozenset(("value", "type", "description"))


def write(document: Document) -> str:
    """Return a DTCG document's tokens as nested groups in JSON for Tokens Studio for Figma, in its legacy format.

    An alias refers to its target. Gradients are omitted: the format has no type for stops without a geometry.
    """
    leaves = [
        (_path(token.path), {"value": _value(token), "type": _type(token)})
        for token in tokens(document)
        if not isinstance(token.value, Gradient)
    ]
    file = {SET: nested(leaves), "$themes": [], "$metadata": {"tokenSetOrder": [SET]}}
    return json.dumps(file, ensure_ascii=False, indent=2) + "\n"


def _path(path: Path) -> Path:
    """Rename groups whose names a reader would take for members of a token."""
    return tuple(f"{name}_" if name in TOKENS_OWN else name for name in path)


def _type(token: Token) -> str:
    named = [FAMILIES[name] for name in (token.path[-1], token.path[0]) if name in FAMILIES]
    return named[0] if named and isinstance(token.value, Dimension | Number) else TYPES[type(token.value)]


def _value(token: Token) -> Any:
    return (
        reference(_path(token.alias)) if token.alias else _own(token.value, is_line_height="lineHeight" in token.path)
    )


def _own(value: Value, *, is_line_height: bool) -> Any:
    match value:
        case Number(number) if is_line_height:
            return f"{format_number(number * 100)}%"  # a bare number would be pixels
        case Number(number) | FontWeight(number):
            return format_number(number)
        case FontFamily(names):
            return ", ".join(names)
        case Shadows(layers):
            return [_shadow(layer) for layer in layers]
        case value:
            return css_value(value)


def _shadow(layer: Shadow) -> dict[str, str]:
    right, down, blur, spread = (css_length(length) for length in layer.lengths)
    kind = "innerShadow" if layer.is_inset else "dropShadow"
    return {"x": right, "y": down, "blur": blur, "spread": spread, "color": layer.color.hex, "type": kind}
