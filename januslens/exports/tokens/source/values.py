"""What a token's value can be, as read from a DTCG document.

Source: Design Tokens Format Module 2025.10, section 8 (types) and 9 (composite types),
https://www.designtokens.org/TR/2025.10/format/#types; colors: Color Module, section 4.1.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

ROOT_FONT_SIZE: Final = 16  # CSS pixels of a rem, as browsers set it
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
    """An sRGB color of 8 bits a channel; alpha is 0 (transparent) to 1."""

    rgb: tuple[int, int, int]
    alpha: float = 1

    @property
    def hex(self) -> str:
        """The color in CSS notation: #rrggbb, or #rrggbbaa where something shines through."""
        return "#" + bytes(self.rgb).hex() + ("" if self.is_opaque else f"{self.alpha_byte:02x}")

    @property
    def argb(self) -> str:
        """The color in eight hexadecimal digits, alpha first."""
        return f"{self.alpha_byte:02X}{bytes(self.rgb).hex().upper()}"

    @property
    def alpha_byte(self) -> int:
        """Alpha in 8 bits."""
        return round(self.alpha * OPAQUE)

    @property
    def is_opaque(self) -> bool:
        """Whether nothing shines through."""
        return self.alpha_byte == OPAQUE


@dataclass(frozen=True, slots=True)
class Dimension:
    """A length in px or rem."""

    value: float
    unit: str

    @property
    def pixels(self) -> float:
        """The length in CSS pixels, which are Android's dp and Apple's pt."""
        return self.value * (ROOT_FONT_SIZE if self.unit == "rem" else 1)


@dataclass(frozen=True, slots=True)
class Number:
    """A number without a unit."""

    value: float


@dataclass(frozen=True, slots=True)
class FontWeight:
    """A font's weight, 1 to 1000."""

    value: float


@dataclass(frozen=True, slots=True)
class FontFamily:
    """Font families, the preferred first."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shadow:
    """One layer of a shadow."""

    color: Color
    lengths: tuple[Dimension, Dimension, Dimension, Dimension]
    """Offset to the right, offset down, blur, spread."""
    is_inset: bool = False


@dataclass(frozen=True, slots=True)
class Shadows:
    """The layers of a shadow, the uppermost first."""

    layers: tuple[Shadow, ...]


@dataclass(frozen=True, slots=True)
class Gradient:
    """Colors with their positions from 0 to 1."""

    stops: tuple[tuple[Color, float], ...]


type Value = Color | Dimension | Number | FontWeight | FontFamily | Shadows | Gradient


def parse(type_: str | None, value: Any) -> Value | None:
    """Return a value without aliases, None for a type or a form that isn't known."""
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
    red, green, blue = bytes.fromhex(value["hex"][1:])  # the nearest in sRGB, for who reads no other space
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
