"""Values and names in the format of the Design Tokens Community Group, in the subset that all tools read.

Source: Design Tokens Format Module 2025.10, https://www.designtokens.org/TR/2025.10/format/; colors as in the Color
Module, section 4.1 (sRGB components from 0 to 1, and `hex` for readers without color spaces).
"""

from typing import Annotated, Any, Final, Literal, TypedDict, Unpack

import msgspec

from januslens.color.notation import Rgb, hex_color

EXTENSION: Final = "io.github.janus"
CONFIDENCE_DIGITS: Final = 3
COMPONENT_DIGITS: Final = 6


type Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
type Count = Annotated[int, msgspec.Meta(ge=0)]


class ModularScale(TypedDict):
    """The ratio between the font sizes of a modular scale, and its usual name."""

    name: str
    ratio: float


type Pairs = dict[str, str | list[str]]
"""A background (`on`) and by level the text colors that it carries, as names of observed colors."""


class Evidence(TypedDict, total=False):
    """The evidence for a token or group, under `io.github.janus` in `$extensions`; each member where it applies.

    Of colors: areaShare and share are shares of the image and of a photo, seenAs how the color is used, oklch its
    lightness, chroma and hue. Counts of where a value was seen: strokes of text, lines, areas, distances, pills (areas
    with fully round ends) and oneSided (areas of which one side only has the radius). baselines is the distance of a
    paragraph's baselines in CSS pixels. assumed names the parts of a composite value that were not measured. confidence
    is that in a role or estimate, explained the share of the distances that a spacing base explains. kind, angle (in
    degrees) and center (shares of width and height) are of a gradient. derived groups hold colors that are not in the
    image: madeFrom is the observed color, role its role, difference (CIEDE2000) how far it was moved, movedFrom the
    roles that it was moved away from. pairs list the text colors that each background carries, by level. In a merged
    set screens is the number of images with the token, of the number of all.
    """

    areaShare: Share
    share: Share
    seenAs: list[str]
    oklch: list[float]
    pairs: list[Pairs]
    strokes: Count
    lines: Count
    areas: Count
    distances: Count
    pills: Count
    oneSided: dict[str, Count]
    baselines: float
    assumed: list[str]
    confidence: Share
    explained: Share
    modularScale: ModularScale
    kind: Literal["linear", "radial"]
    angle: float
    center: list[float]
    derived: bool
    madeFrom: str
    role: str
    difference: float
    movedFrom: list[str]
    screens: Count
    of: Count


def token(value: Any, **evidence: Unpack[Evidence]) -> dict[str, Any]:
    """Return a token with its evidence in `$extensions` (section 5.2.3), the format's only place for it."""
    return {"$value": value, **extension(**evidence)}


def extension(**evidence: Unpack[Evidence]) -> dict[str, Any]:
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
