"""Values and names in the format of the Design Tokens Community Group, in the subset that all tools read.

Source: Design Tokens Format Module 2025.10, https://www.designtokens.org/TR/2025.10/format/; colors as in the Color
Module, section 4.1 (sRGB components from 0 to 1, and `hex` for readers without color spaces).
"""

from typing import Any, Final

from januslens.color.notation import Rgb, hex_color

EXTENSION: Final = "io.github.janus"
CONFIDENCE_DIGITS: Final = 3
COMPONENT_DIGITS: Final = 6


def token(value: Any, **evidence: Any) -> dict[str, Any]:
    """Return a token with its evidence in `$extensions` (section 5.2.3), the format's only place for it."""
    return {"$value": value, **extension(**evidence)}


def extension(**evidence: Any) -> dict[str, Any]:
    """Return the `$extensions` member for evidence of a token or group; an empty dictionary if there is none."""
    return {"$extensions": {EXTENSION: evidence}} if evidence else {}


def color_value(color: Rgb, alpha: float = 1) -> dict[str, Any]:
    """Return a color value; alpha is 0 (transparent) to 1."""
    return {
        "colorSpace": "srgb",
        "components": [round(channel / 255, COMPONENT_DIGITS) for channel in color],
        "alpha": number(alpha),
        "hex": hex_color(color),
    }


def color_name(color: Rgb) -> str:
    """Return the name of an observed color, such as c-1a2332."""
    return f"c-{hex_color(color)[1:]}"


def dimension(value: float) -> dict[str, Any]:
    """Return a dimension value in CSS pixels."""
    return {"value": number(value), "unit": "px"}


def measure_name(initial: str, value: float) -> str:
    """Return the name of a length or number, such as r-4 or r-5_6; names must not contain dots (section 5.1.1)."""
    return f"{initial}-{value:g}".replace(".", "_")


def alias(*path: str) -> str:
    """Return a reference to another token (section 7.1)."""
    return "{" + ".".join(path) + "}"


def number(value: float) -> int | float:
    """Return a number as an int if it is whole, else as a float."""
    return int(value) if float(value).is_integer() else float(value)
