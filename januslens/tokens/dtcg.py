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
    """The modular scale that an image's font sizes follow: its usual name, and the ratio between successive sizes.

    An example is `major third`, 1.25.
    """

    name: str
    ratio: float


type Pairs = dict[str, str | list[str]]
"""A background (`on`) and by level the text colors that it carries, as names of observed colors."""


class Evidence(TypedDict, total=False):
    """The evidence for a token or group: what its `$extensions` hold under the key `io.github.janus`, where it applies.

    areaShare is a color's share of the image's pixels, share its share of the pixels of photos, seenAs its uses (fill,
    line, text), oklch its lightness, chroma and hue. strokes (of text), lines, areas and distances count where a value
    was seen; pills counts areas with fully round ends, and oneSided, by side, the areas of which only that side has the
    radius. baselines is the distance of a paragraph's baselines in CSS pixels. assumed names the parts of a composite
    value that were not measured. confidence, 0 to 1, is that in a role or estimate; explained is the share of the
    distances that are multiples of a spacing base. modularScale is the scale that the font sizes follow. kind, angle
    (in CSS degrees) and center (shares of width and height) describe a gradient. derived marks a group of colors that
    are not in the image; in it, madeFrom is the observed color, role its role, difference (CIEDE2000) how far it was
    moved, and movedFrom the roles that it was moved away from. pairs list the text colors that are legible on each
    background, by level. In a merged set, screens is the number of images that have the token, and of the number of all
    images.
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
    """Return a DTCG token: its value, and its evidence in `$extensions` under the key `io.github.janus`.

    Evidence is given as keyword arguments; see `Evidence`. Without any, the token has only its value.
    """
    return {"$value": value, **extension(**evidence)}


def extension(**evidence: Unpack[Evidence]) -> dict[str, Any]:
    """Return the `$extensions` member for evidence of a token or group; an empty dictionary if there is none."""
    return {"$extensions": {EXTENSION: evidence}} if evidence else {}


def color_value(color: Rgb, alpha: float = 1) -> dict[str, Any]:
    """Return an 8-bit sRGB color as a DTCG color value; alpha is from 0 (transparent) to 1."""
    return {
        "colorSpace": "srgb",
        "components": [round(channel / 255, COMPONENT_DIGITS) for channel in color],
        "alpha": number(alpha),
        "hex": hex_color(color),
    }


def color_name(color: Rgb) -> str:
    """Return the name of an observed color's token, made from its hex code, such as c-1a2332."""
    return f"c-{hex_color(color)[1:]}"


def dimension(value: float) -> dict[str, Any]:
    """Return a length in CSS pixels as a DTCG dimension value."""
    return {"value": number(value), "unit": "px"}


def measure_name(initial: str, value: float) -> str:
    """Return the name of a length's or number's token from an initial and the value, such as r-4 or r-5_6.

    The decimal point becomes an underscore, as names must not contain dots (section 5.1.1).
    """
    return f"{initial}-{value:g}".replace(".", "_")


def alias(*path: str) -> str:
    """Return a DTCG reference to the token at a path, such as {color.observed.c-1a2332} (section 7.1)."""
    return "{" + ".".join(path) + "}"


def number(value: float) -> int | float:
    """Return a number as an int if it is whole, else as a float, so that JSON has 4 and not 4.0."""
    return int(value) if float(value).is_integer() else float(value)
