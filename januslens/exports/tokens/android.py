"""Android resources, as in res/values.

Source: https://developer.android.com/guide/topics/resources/more-resources; a CSS pixel is one dp, and one sp for text.
"""

from types import MappingProxyType
from typing import Final
from xml.etree import ElementTree as ET

from januslens.exports import TOKENS_ORIGIN
from januslens.exports.tokens.source.document import Document, Token, tokens
from januslens.exports.tokens.source.names import names, snake
from januslens.exports.tokens.source.values import (
    Color,
    Dimension,
    FontFamily,
    FontWeight,
    Number,
    Value,
    format_number,
)

TYPES: Final = MappingProxyType(
    {Color: "color", Dimension: "dimen", Number: "dimen", FontWeight: "integer", FontFamily: "string"}
)
"""Resource types; there are none for shadows and gradients."""
ESCAPES: Final = str.maketrans({"\\": r"\\", "'": r"\'", '"': r"\"", "@": r"\@", "?": r"\?"})


def write(document: Document) -> str:
    """Return a DTCG document as Android resources in XML, one per token; an alias refers to the resource of its target.

    A CSS pixel is one dp, and one sp for measures of text. Of a font family, the first name is written. Shadows and
    gradients are omitted.
    """
    found = [token for token in tokens(document) if type(token.value) in TYPES]
    name = names([token.path for token in found], snake)
    root = ET.Element("resources")
    root.append(ET.Comment(f" {TOKENS_ORIGIN} "))
    for token in found:
        type_ = TYPES[type(token.value)]
        resource = ET.SubElement(root, type_, {"name": name[token.path]})
        if isinstance(token.value, Number):
            resource.tag = "item"
            resource.attrib |= {"format": "float", "type": type_}
        resource.text = f"@{type_}/{name[token.alias]}" if token.alias else _text(token, token.value)
    ET.indent(root, "    ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _text(token: Token, value: Value) -> str:
    match value:
        case Color():
            return f"#{value.argb[2:] if value.is_opaque else value.argb}"
        case Dimension():
            return format_number(value.pixels) + ("sp" if token.measures_text else "dp")
        case FontWeight():
            return f"{value.value:.0f}"
        case FontFamily():
            return value.names[0].translate(ESCAPES)
        case Number():
            return format_number(value.value)
        case _:
            raise TypeError(value)
