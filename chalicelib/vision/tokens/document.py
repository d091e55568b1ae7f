"""Design tokens as a document of the Design Tokens Community Group.

Source: Design Tokens Format Module 2025.10, https://www.designtokens.org/TR/2025.10/format/; colors as in the Color
Module, section 4.1 (sRGB components from 0 to 1, and `hex` for readers that know no more).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from chalicelib.vision.color.notation import Rgb, hex_color
from chalicelib.vision.tokens.color import ObservedColor
from chalicelib.vision.tokens.recurring import Recurring
from chalicelib.vision.tokens.roles import Role

EXTENSION: Final = "io.github.janus"
COMPONENT_DIGITS: Final = 6
SHARE_DIGITS: Final = 6
CONFIDENCE_DIGITS: Final = 3


@dataclass(frozen=True, slots=True)
class TokenDocument:
    """The tokens of a picture, by family."""

    colors: Sequence[ObservedColor]
    font_sizes: Sequence[Recurring] = ()
    radii: Sequence[Recurring] = ()
    roles: Sequence[Role] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the DTCG document; families of which nothing was seen are left out."""
        observed = {
            "color": ("color", {_name(color.rgb): _color_json(color) for color in self.colors}),
            "fontSize": ("dimension", _dimensions("s", self.font_sizes, "strokes")),
            "radius": ("dimension", _dimensions("r", self.radii, "areas")),
        }
        document: dict[str, Any] = {
            family: {"$type": type_, "observed": tokens} for family, (type_, tokens) in observed.items() if tokens
        }
        if self.roles:
            document["color"]["role"] = {role.name: _role_json(role) for role in self.roles}
        return document


def _role_json(role: Role) -> dict[str, Any]:
    """Return a role as an alias (section 7.1) of the observed color."""
    return {
        "$value": f"{{color.observed.{_name(role.color)}}}",
        "$extensions": {EXTENSION: {"confidence": round(role.confidence, CONFIDENCE_DIGITS)}},
    }


def _name(color: Rgb) -> str:
    return f"c-{hex_color(color)[1:]}"


def _dimensions(initial: str, measures: Sequence[Recurring], evidence: str) -> dict[str, Any]:
    """Return dimension tokens by names such as r-4 and r-5_6: a name may hold no dot (section 5.1.1)."""
    return {
        f"{initial}-{measure.value:g}".replace(".", "_"): {
            "$value": {"value": _number(measure.value), "unit": "px"},
            "$extensions": {EXTENSION: {evidence: round(measure.weight)}},
        }
        for measure in measures
    }


def _number(value: float) -> int | float:
    return int(value) if value.is_integer() else value


def _color_json(color: ObservedColor) -> dict[str, Any]:
    return {
        "$value": {
            "colorSpace": "srgb",
            "components": [round(channel / 255, COMPONENT_DIGITS) for channel in color.rgb],
            "alpha": 1,
            "hex": hex_color(color.rgb),
        },
        "$extensions": {
            EXTENSION: {
                "areaShare": round(color.share, SHARE_DIGITS),
                "seenAs": list(color.seen_as),
            }
        },
    }
