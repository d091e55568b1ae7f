"""The design tokens of an image as one DTCG document of observed and derived families."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from januslens.color.notation import Rgb, hex_color
from januslens.color.oklch import to_oklch
from januslens.tokens import dtcg
from januslens.tokens.border import ObservedBorder, border_widths
from januslens.tokens.color import ObservedColor
from januslens.tokens.derived.derive import Derived
from januslens.tokens.gradient import ObservedGradient
from januslens.tokens.photo import PhotoColor
from januslens.tokens.radius import Radii
from januslens.tokens.recurring import Recurring
from januslens.tokens.roles import Role
from januslens.tokens.shadow import ObservedShadow
from januslens.tokens.spacing_base import SpacingBase
from januslens.tokens.typography.styles import Typography

SHARE_DIGITS: Final = 6
SCALE_DIGITS: Final = 3
OKLCH_DIGITS: Final = (4, 4, 2)  # of lightness, chroma and hue: 8-bit colors differ by more


@dataclass(frozen=True, slots=True)
class TokenDocument:
    """The design tokens of an image, by family, from which the DTCG document is written.

    derived are tokens made from the observed colors; photo are the dominant colors of its photos; roles are guesses of
    what the observed colors mean. All other families are observed.
    """

    colors: Sequence[ObservedColor]
    font_sizes: Sequence[Recurring] = ()
    typography: Typography = field(default_factory=Typography)
    radii: Radii = field(default_factory=Radii)
    spacings: Sequence[Recurring] = ()
    spacing_base: SpacingBase | None = None
    borders: Sequence[ObservedBorder] = ()
    shadows: Sequence[ObservedShadow] = ()
    gradients: Sequence[ObservedGradient] = ()
    roles: Sequence[Role] = ()
    derived: Derived = field(default_factory=Derived)
    photo: Sequence[PhotoColor] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the DTCG document as values that `json.dumps` accepts; families without tokens are omitted."""
        return {
            family: {"$type": type_, **groups}
            for family, type_, groups in (
                ("color", "color", self._colors()),
                ("photo", "color", _observed({dtcg.color_name(color.rgb): _photo(color) for color in self.photo})),
                ("fontSize", "dimension", self._font_sizes()),
                ("fontFamily", "fontFamily", _observed(self.typography.families_json())),
                ("fontWeight", "fontWeight", _observed(self.typography.weights_json())),
                ("lineHeight", "number", _observed(self.typography.line_heights_json())),
                ("typography", "typography", self._typography()),
                ("radius", "dimension", self._radii()),
                ("spacing", "dimension", self._spacing()),
                ("borderWidth", "dimension", _observed(self._border_widths())),
                ("border", "border", _observed(self._borders())),
                ("shadow", "shadow", _observed({_shadow_name(shadow): _shadow(shadow) for shadow in self.shadows})),
                ("gradient", "gradient", _observed({_gradient_name(each): _gradient(each) for each in self.gradients})),
            )
            if groups
        }

    def _colors(self) -> dict[str, Any]:
        pairs = self.derived.pairs_json()
        return {
            **(dtcg.extension(pairs=pairs) if pairs else {}),
            **_observed(
                {
                    dtcg.color_name(color.rgb): _color(color, oklch)
                    for color, oklch in zip(self.colors, _oklch([color.rgb for color in self.colors]), strict=True)
                }
            ),
            **({"role": {role.name: _role(role) for role in self.roles}} if self.roles else {}),
            **self.derived.to_json(),
        }

    def _font_sizes(self) -> dict[str, Any]:
        scale = self.typography.scale
        evidence: dtcg.Evidence = (
            {} if scale is None else {"modularScale": {"name": scale.name, "ratio": round(scale.ratio, SCALE_DIGITS)}}
        )
        return {**dtcg.extension(**evidence), **_observed(_measures("s", self.font_sizes, _strokes))}

    def _radii(self) -> dict[str, Any]:
        tokens = {
            dtcg.measure_name("r", radius.value): dtcg.token(dtcg.dimension(radius.value), **self._areas(radius))
            for radius in self.radii.shared
        }
        return {**(dtcg.extension(pills=self.radii.pills) if self.radii.pills else {}), **_observed(tokens)}

    def _areas(self, radius: Recurring) -> dtcg.Evidence:
        sides = self.radii.one_sided.get(radius.value)
        areas: dtcg.Evidence = {"areas": round(radius.weight)}
        return {**areas, "oneSided": dict(sides)} if sides else areas

    def _typography(self) -> dict[str, Any]:
        roles = self.typography.roles_json()
        return {**_observed(self.typography.styles_json()), **({"role": roles} if roles else {})}

    def _spacing(self) -> dict[str, Any]:
        return {
            **_observed(_measures("s", self.spacings, _distances)),
            **({"base": _spacing_base(self.spacing_base)} if self.spacing_base else {}),
        }

    def _border_widths(self) -> dict[str, Any]:
        return {
            dtcg.measure_name("w", width): dtcg.token(dtcg.dimension(width), areas=boxes)
            for width, boxes in border_widths(self.borders).items()
        }

    def _borders(self) -> dict[str, Any]:
        observed = {color.rgb for color in self.colors}
        return {
            f"{dtcg.measure_name('b', border.width)}-{dtcg.color_name(border.color)}": _border(border, observed)
            for border in self.borders
        }


def _observed(tokens: Mapping[str, Any]) -> dict[str, Any]:
    return {"observed": tokens} if tokens else {}


def _measures(
    initial: str, measures: Sequence[Recurring], evidence: Callable[[Recurring], dtcg.Evidence]
) -> dict[str, Any]:
    return {
        dtcg.measure_name(initial, measure.value): dtcg.token(dtcg.dimension(measure.value), **evidence(measure))
        for measure in measures
    }


def _strokes(measure: Recurring) -> dtcg.Evidence:
    return {"strokes": round(measure.weight)}


def _distances(measure: Recurring) -> dtcg.Evidence:
    return {"distances": round(measure.weight)}


def _color(color: ObservedColor, oklch: list[float]) -> dict[str, Any]:
    return dtcg.token(
        dtcg.color_value(color.rgb),
        areaShare=round(color.share, SHARE_DIGITS),
        seenAs=list(color.observed_as),
        oklch=oklch,
    )


def _photo(color: PhotoColor) -> dict[str, Any]:
    return dtcg.token(dtcg.color_value(color.rgb), share=round(color.share, SHARE_DIGITS), oklch=_oklch([color.rgb])[0])


def _oklch(colors: Sequence[Rgb]) -> list[list[float]]:
    """Return lightness, chroma and hue of each color, converted in one call, as a mosaic has thousands."""
    if not colors:
        return []
    return [
        [round(part, digits) for part, digits in zip(color, OKLCH_DIGITS, strict=True)]
        for color in to_oklch(colors).tolist()
    ]


def _role(role: Role) -> dict[str, Any]:
    observed = dtcg.alias("color", "observed", dtcg.color_name(role.color))
    return dtcg.token(observed, confidence=round(role.confidence, dtcg.CONFIDENCE_DIGITS))


def _spacing_base(base: SpacingBase) -> dict[str, Any]:
    return dtcg.token(
        dtcg.dimension(base.value),
        explained=round(base.explained, dtcg.CONFIDENCE_DIGITS),
        confidence=round(base.confidence, dtcg.CONFIDENCE_DIGITS),
    )


def _border(border: ObservedBorder, observed: Collection[Rgb]) -> dict[str, Any]:
    name = dtcg.color_name(border.color)
    color = dtcg.alias("color", "observed", name) if border.color in observed else dtcg.color_value(border.color)
    width = dtcg.alias("borderWidth", "observed", dtcg.measure_name("w", border.width))
    return dtcg.token({"color": color, "width": width, "style": "solid"}, areas=border.boxes)


def _shadow_name(shadow: ObservedShadow) -> str:
    """Return a name made from a shadow's values, such as x0-y4-b12-s0-000000-15."""
    lengths = zip("xybs", (shadow.right, shadow.down, shadow.blur, shadow.spread), strict=True)
    spelled = (f"{letter}{length:g}".replace("-", "m") for letter, length in lengths)
    inset = ("inset",) if shadow.inset else ()
    return "-".join((*inset, *spelled, hex_color(shadow.color)[1:], f"{shadow.alpha * 100:.0f}"))


def _shadow(shadow: ObservedShadow) -> dict[str, Any]:
    value = {
        "color": dtcg.color_value(shadow.color, shadow.alpha),
        "offsetX": dtcg.dimension(shadow.right),
        "offsetY": dtcg.dimension(shadow.down),
        "blur": dtcg.dimension(shadow.blur),
        "spread": dtcg.dimension(shadow.spread),
        **({"inset": True} if shadow.inset else {}),
    }
    return dtcg.token(value, areas=shadow.boxes)


def _gradient_name(gradient: ObservedGradient) -> str:
    """Return a name made from a gradient's values, such as linear-90-ff0000-0000ff or radial-50-50-ff0000-0000ff."""
    way = f"linear-{gradient.angle}"
    if gradient.center is not None:
        way = "radial-" + "-".join(f"{share * 100:.0f}".replace("-", "m") for share in gradient.center)
    return "-".join((way, *(hex_color(stop.color)[1:] for stop in gradient.stops)))


def _gradient(gradient: ObservedGradient) -> dict[str, Any]:
    stops = [{"color": dtcg.color_value(stop.color), "position": stop.position} for stop in gradient.stops]
    evidence: dtcg.Evidence = {"areas": gradient.areas}
    if gradient.center is not None:
        evidence |= {"kind": "radial", "center": list(gradient.center)}
    elif gradient.angle is not None:
        evidence |= {"kind": "linear", "angle": gradient.angle}
    return dtcg.token(stops, **evidence)
