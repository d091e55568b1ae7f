"""The design tokens of a picture as one document: the families that were observed, and what is derived from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from chalicelib.vision.tokens import dtcg
from chalicelib.vision.tokens.color import ObservedColor
from chalicelib.vision.tokens.recurring import Recurring
from chalicelib.vision.tokens.roles import Role
from chalicelib.vision.tokens.spacing_base import SpacingBase
from chalicelib.vision.tokens.typography import Typography

SHARE_DIGITS: Final = 6
CONFIDENCE_DIGITS: Final = 3
SCALE_DIGITS: Final = 3


@dataclass(frozen=True, slots=True)
class TokenDocument:
    """The tokens of a picture, by family."""

    colors: Sequence[ObservedColor]
    font_sizes: Sequence[Recurring] = ()
    typography: Typography = field(default_factory=Typography)
    radii: Sequence[Recurring] = ()
    spacings: Sequence[Recurring] = ()
    spacing_base: SpacingBase | None = None
    roles: Sequence[Role] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the DTCG document; families of which nothing was seen are left out."""
        return {
            family: {"$type": type_, **groups}
            for family, type_, groups in (
                ("color", "color", self._colors()),
                ("fontSize", "dimension", self._font_sizes()),
                ("fontWeight", "fontWeight", _observed(self.typography.weights_json())),
                ("lineHeight", "number", _observed(self.typography.line_heights_json())),
                ("typography", "typography", self._typography()),
                ("radius", "dimension", _observed(_measures("r", self.radii, "areas"))),
                ("spacing", "dimension", self._spacing()),
            )
            if groups
        }

    def _colors(self) -> dict[str, Any]:
        return {
            **_observed({dtcg.color_name(color.rgb): _color(color) for color in self.colors}),
            **({"role": {role.name: _role(role) for role in self.roles}} if self.roles else {}),
        }

    def _font_sizes(self) -> dict[str, Any]:
        scale = self.typography.scale
        told = (
            {} if scale is None else {"modularScale": {"name": scale.name, "ratio": round(scale.ratio, SCALE_DIGITS)}}
        )
        return {**dtcg.extension(**told), **_observed(_measures("s", self.font_sizes, "strokes"))}

    def _typography(self) -> dict[str, Any]:
        roles = self.typography.roles_json()
        return {**_observed(self.typography.styles_json()), **({"role": roles} if roles else {})}

    def _spacing(self) -> dict[str, Any]:
        return {
            **_observed(_measures("s", self.spacings, "distances")),
            **({"base": _spacing_base(self.spacing_base)} if self.spacing_base else {}),
        }


def _observed(tokens: Mapping[str, Any]) -> dict[str, Any]:
    return {"observed": tokens} if tokens else {}


def _measures(initial: str, measures: Sequence[Recurring], evidence: str) -> dict[str, Any]:
    return {
        dtcg.measure_name(initial, measure.value): dtcg.token(
            dtcg.dimension(measure.value), **{evidence: round(measure.weight)}
        )
        for measure in measures
    }


def _color(color: ObservedColor) -> dict[str, Any]:
    return dtcg.token(
        dtcg.color_value(color.rgb), areaShare=round(color.share, SHARE_DIGITS), seenAs=list(color.seen_as)
    )


def _role(role: Role) -> dict[str, Any]:
    observed = dtcg.alias("color", "observed", dtcg.color_name(role.color))
    return dtcg.token(observed, confidence=round(role.confidence, CONFIDENCE_DIGITS))


def _spacing_base(base: SpacingBase) -> dict[str, Any]:
    return dtcg.token(
        dtcg.dimension(base.value),
        explained=round(base.explained, CONFIDENCE_DIGITS),
        confidence=round(base.confidence, CONFIDENCE_DIGITS),
    )
