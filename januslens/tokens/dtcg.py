"""The written form of tokens that the Design Tokens Community Group has agreed on, in the subset that all tools read.

Source: Design Tokens Format Module 2025.10, https://www.designtokens.org/TR/2025.10/format/; colors as in the Color
Module, section 4.1 (sRGB components from 0 to 1, and `hex` for readers that know no more).
"""

from typing import Any, Final

from januslens.color.notation import Rgb, hex_color

EXTENSION: Final = "io.github.janus"
CONFIDENCE_DIGITS: Final = 3
COMPONENT_DIGITS: Final = 6


def token(value: Any, **evidence: Any) -> dict[str, Any]:
    """Return a token with what speaks for it, which the format has no place for but `$extensions` (section 5.2.3)."""
    return {"$value": value, **extension(**evidence)}


def extension(**evidence: Any) -> dict[str, Any]:
    """Return what a token or group is told beyond the format; nothing where there is nothing to tell."""
    return {"$extensions": {EXTENSION: evidence}} if evidence else {}


def color_value(color: Rgb, alpha: float = 1) -> dict[str, Any]:
    """Return a color; alpha is 0 (transparent) to 1."""
    return {
        "colorSpace": "srgb",
        "components": [round(channel / 255, COMPONENT_DIGITS) for channel in color],
        "alpha": number(alpha),
        "hex": hex_color(color),
    }


def color_name(color: Rgb) -> str:
    """Return the name of an observed color: c-1a2332."""
    return f"c-{hex_color(color)[1:]}"


def dimension(value: float) -> dict[str, Any]:
    """Return a length in CSS pixels."""
    return {"value": number(value), "unit": "px"}


def measure_name(initial: str, value: float) -> str:
    """Return the name of a measure, such as r-4 and r-5_6: a name may hold no dot (section 5.1.1)."""
    return f"{initial}-{value:g}".replace(".", "_")


def alias(*path: str) -> str:
    """Return a reference to another token (section 7.1)."""
    return "{" + ".".join(path) + "}"


def number(value: float) -> int | float:
    """Return a plain number, whole where it is."""
    return int(value) if float(value).is_integer() else float(value)
