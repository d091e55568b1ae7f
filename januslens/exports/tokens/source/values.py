"""Typed values of tokens, as parsed from a DTCG document, and the number and string literals to write them.

Source: Design Tokens Format Module 2025.10, section 8 (types) and 9 (composite types),
https://www.designtokens.org/TR/2025.10/format/#types; colors: Color Module, section 4.1.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

ROOT_FONT_SIZE: Final = 16  # CSS pixels per rem, browsers' default
OPAQUE: Final = 255  # of 8 bits
MAX_WEIGHT: Final = 1000
HEX: Final = re.compile("#[0-9a-fA-F]{6}")
ONE_LINE: Final = re.compile("[^\\x00-\\x1f\\x7f\\u2028\\u2029\\ud800-\\udfff]+")
WEIGHTS: Final = MappingProxyType(
    {
        **dict.fromkeys(("thin", "hairline"), 100),
        **dict.fromkeys(("extra-light", "ultra-light"), 200),
        "light": 300,
        **dict.fromkeys(("normal", "regular", "book"), 400),
        "medium": 500,
        **dict.fromkeys(("semi-bold", "demi-bold"), 600),
        "bold": 700,
        **dict.fromkeys(("extra-bold", "ultra-bold"), 800),
        **dict.fromkeys(("black", "heavy"), 900),
        **dict.fromkeys(("extra-black", "ultra-black"), 950),
    }
)


@dataclass(frozen=True, slots=True)
class Color:
    """An sRGB color with 8 bits per channel; alpha is 0 (transparent) to 1."""

    rgb: tuple[int, int, int]
    alpha: float = 1

    @property
    def hex(self) -> str:
        """The color in CSS notation: #rrggbb, or #rrggbbaa if it is not opaque."""
        return "#" + bytes(self.rgb).hex() + ("" if self.is_opaque else f"{self.alpha_byte:02x}")

    @property
    def argb(self) -> str:
        """The color as eight uppercase hexadecimal digits without a prefix, alpha first: AARRGGBB."""
        return f"{self.alpha_byte:02X}{bytes(self.rgb).hex().upper()}"

    @property
    def alpha_byte(self) -> int:
        """Alpha as an integer from 0 to 255."""
        return round(self.alpha * OPAQUE)

    @property
    def is_opaque(self) -> bool:
        """Whether alpha is 1 when rounded to 8 bits."""
        return self.alpha_byte == OPAQUE


@dataclass(frozen=True, slots=True)
class Dimension:
    """A length of a design token; unit is px (CSS pixels) or rem."""

    value: float
    unit: str

    @property
    def pixels(self) -> float:
        """The length in CSS pixels, at 16 pixels per rem; a CSS pixel is Android's dp and Apple's pt."""
        return self.value * (ROOT_FONT_SIZE if self.unit == "rem" else 1)


@dataclass(frozen=True, slots=True)
class Number:
    """A number without a unit."""

    value: float


@dataclass(frozen=True, slots=True)
class FontWeight:
    """A CSS font weight, 1 to 1000; 400 is regular and 700 bold."""

    value: float


@dataclass(frozen=True, slots=True)
class FontFamily:
    """The names of font families in order of preference."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shadow:
    """One layer of a box shadow: its color, its lengths, and whether it is inside the box."""

    color: Color
    lengths: tuple[Dimension, Dimension, Dimension, Dimension]
    """Offset to the right, offset down, blur, spread."""
    is_inset: bool = False


@dataclass(frozen=True, slots=True)
class Shadows:
    """The layers of a shadow, the topmost first."""

    layers: tuple[Shadow, ...]


@dataclass(frozen=True, slots=True)
class Gradient:
    """The stops of a gradient: colors with positions from 0 to 1."""

    stops: tuple[tuple[Color, float], ...]


type Value = Color | Dimension | Number | FontWeight | FontFamily | Shadows | Gradient


def format_number(number: float) -> str:
    """Return a number as text for any language: without exponent, with at most six decimals and no trailing zeros.

    Negative zero is written as 0.
    """
    text = f"{number:.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def swift_string(text: str) -> str:
    """Return text as a quoted string literal of Swift; backslashes and quotes are escaped, line breaks are not."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def kotlin_string(text: str) -> str:
    """Return text as a quoted string literal of Kotlin or Dart; backslashes, quotes and dollar signs are escaped."""
    return swift_string(text).replace("$", "\\$")


def parse(type_: str | None, value: Any) -> Value | None:
    """Parse the value of a token of a DTCG type, such as `color`; aliases in it must have been replaced.

    A color outside sRGB is read from its `hex` member. Returns None for an unknown type or an invalid value.
    """
    reader = READERS.get(type_ or "")
    try:
        return reader(value) if reader else None
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError):
        return None


def _finite(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(value)
    return value


def _color(value: Any) -> Color:
    alpha = min(max(_finite(value.get("alpha", 1)), 0), 1)
    if value["colorSpace"] == "srgb":
        red, green, blue = (round(min(max(_finite(part), 0), 1) * 255) for part in value["components"])
        return Color((red, green, blue), alpha)
    if not HEX.fullmatch(value["hex"]):
        raise ValueError(value)
    red, green, blue = bytes.fromhex(value["hex"][1:])  # the closest sRGB color, for readers of sRGB only
    return Color((red, green, blue), alpha)


def _dimension(value: Any) -> Dimension:
    if value["unit"] not in ("px", "rem"):
        raise ValueError(value)
    return Dimension(_finite(value["value"]), value["unit"])


def _number(value: Any) -> Number:
    return Number(_finite(value))


def _weight(value: Any) -> FontWeight:
    weight = WEIGHTS[value] if isinstance(value, str) else _finite(value)
    if not 1 <= weight <= MAX_WEIGHT:
        raise ValueError(value)
    return FontWeight(weight)


def _family(value: Any) -> FontFamily:
    names = (value,) if isinstance(value, str) else tuple(value)
    if not names or not all(ONE_LINE.fullmatch(name) for name in names):
        raise ValueError(value)
    return FontFamily(names)


def _shadows(value: Any) -> Shadows:
    layers = tuple(_layer(layer) for layer in ([value] if isinstance(value, Mapping) else value))
    if not layers:
        raise ValueError(value)
    return Shadows(layers)


def _layer(layer: Any) -> Shadow:
    right, down, blur, spread = (_dimension(layer[part]) for part in ("offsetX", "offsetY", "blur", "spread"))
    return Shadow(_color(layer["color"]), (right, down, blur, spread), layer.get("inset", False) is True)


def _gradient(value: Any) -> Gradient:
    stops = tuple((_color(stop["color"]), _finite(stop["position"])) for stop in value)
    if not stops:
        raise ValueError(value)
    return Gradient(stops)


READERS: Final[Mapping[str, Callable[[Any], Value]]] = MappingProxyType(
    {
        "color": _color,
        "dimension": _dimension,
        "number": _number,
        "fontWeight": _weight,
        "fontFamily": _family,
        "shadow": _shadows,
        "gradient": _gradient,
    }
)
