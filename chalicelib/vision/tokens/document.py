"""Design tokens as a document of the Design Tokens Community Group.

Source: Design Tokens Format Module 2025.10, https://www.designtokens.org/TR/2025.10/format/; colors as in the Color
Module, section 4.1 (sRGB components from 0 to 1, and `hex` for readers that know no more).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from chalicelib.vision.color.notation import hex_color
from chalicelib.vision.tokens.color import ObservedColor

EXTENSION: Final = "io.github.janus"
COMPONENT_DIGITS: Final = 6
SHARE_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class TokenDocument:
    """The tokens of a picture, by family."""

    colors: Sequence[ObservedColor]

    def to_json(self) -> dict[str, Any]:
        """Return the DTCG document."""
        observed = {f"c-{hex_color(color.rgb)[1:]}": _color_json(color) for color in self.colors}
        return {"color": {"$type": "color", "observed": observed}} if observed else {}


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
                "seenAs": list(color.roles),
            }
        },
    }
