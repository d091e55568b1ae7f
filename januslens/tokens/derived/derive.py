"""Tokens derived from observed colors: ramps, an accessible light and dark theme, and legible color pairs.

Derived colors are not claims about the image; each states the colors from which it was made.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from januslens.color.notation import Rgb
from januslens.tokens import dtcg
from januslens.tokens.derived.pairs import BackgroundPairs, find_pairs
from januslens.tokens.derived.ramp import ramp
from januslens.tokens.derived.theme import FILLS, Theme, Themed, make_theme
from januslens.tokens.derived.theme_seeds import PALETTE, Scheme
from januslens.tokens.roles import Role

CHROMATIC: Final = (*FILLS, "link")
DIFFERENCE_DIGITS: Final = 2
MAX_COLORS: Final = 64  # colors from which a theme is made, the most used: a mosaic has thousands
NONE: Final[Mapping[Any, Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Derived:
    """The tokens derived from the observed colors of an image; they are not claims about it.

    ramps are color ramps by role, each by step; themes are the `light` and `dark` theme; pairs are legible combinations
    of observed colors as text and background.
    """

    ramps: Mapping[str, Mapping[int, Rgb]] = NONE
    themes: Mapping[str, Theme] = NONE
    pairs: Sequence[BackgroundPairs] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the DTCG groups `ramp` and `theme` of derived colors, marked as derived; an empty one is omitted.

        Each color of a theme states the observed color from which it was made. Pairs are not included; see
        `pairs_json`.
        """
        ramps = {
            name: {str(step): dtcg.token(dtcg.color_value(color)) for step, color in steps.items()}
            for name, steps in self.ramps.items()
        }
        themes = {
            name: {role: _themed(themed) for role, themed in theme.items()} for name, theme in self.themes.items()
        }
        return {
            **({"ramp": {**dtcg.extension(derived=True), **ramps}} if ramps else {}),
            **({"theme": {**dtcg.extension(derived=True), **themes}} if themes else {}),
        }

    def pairs_json(self) -> list[dtcg.Pairs]:
        """Return for each background color (`on`) the names of the text colors that are legible on it, by WCAG level.

        Backgrounds without legible colors are omitted.
        """
        return [
            {
                "on": dtcg.color_name(background.color),
                **{
                    level: [dtcg.color_name(color) for color in colors]
                    for level, colors in background.text.items()
                    if colors
                },
            }
            for background in self.pairs
            if any(background.text.values())
        ]


def derive(colors: Sequence[Rgb], roles: Sequence[Role], photo: Sequence[Rgb] = ()) -> Derived:
    """Derive ramps, themes and legible pairs from observed colors and their roles.

    colors are ordered by use, the most used first; for the themes at most 64 are considered. If there are no observed
    colors, the themes are made from the colors of photos (photo). Without either, the result is empty.
    """
    palette = (colors or photo)[:MAX_COLORS]
    if not palette:
        return Derived()
    by_role = {role.name: role.color for role in roles}
    return Derived(
        ramps={role: ramp(by_role[role]) for role in CHROMATIC if role in by_role},
        themes={scheme.name.lower(): make_theme(by_role, palette, scheme) for scheme in Scheme},
        pairs=find_pairs(colors),
    )


def _themed(themed: Themed) -> dict[str, Any]:
    seed = themed.seed
    evidence: dtcg.Evidence = {"madeFrom": dtcg.color_name(seed.made_from)}
    if seed.role != PALETTE:
        evidence["role"] = seed.role
    if themed.color != seed.made_from:
        evidence["difference"] = round(themed.difference, DIFFERENCE_DIGITS)
    if themed.moved_from:
        evidence["movedFrom"] = list(themed.moved_from)
    return dtcg.token(dtcg.color_value(themed.color), **evidence)
