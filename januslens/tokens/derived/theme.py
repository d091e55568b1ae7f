"""An accessible theme for light and dark schemes, derived from observed colors with the smallest changes.

A theme has a color for every role, and every pair that is meant to be used has the contrast that WCAG 2.2 requires:
4.5:1 for text (1.4.3), 3:1 for the boundary of a control or state (1.4.11),
https://www.w3.org/TR/WCAG22/#contrast-minimum. Disabled controls are exempt.

A color is unchanged if it satisfies its pairs. Otherwise its OKLCH lightness changes as little as they require, and its
hue is kept. Of a fill and the text on it, the one with the smaller change is moved.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from januslens.color.difference import color_difference
from januslens.color.luminance import contrast_ratio
from januslens.color.nearest import nearest_reaching
from januslens.color.notation import Rgb
from januslens.tokens.derived.theme_seeds import BACKGROUNDS, Scheme, Seed, Seeds, between

TEXT: Final = 4.5
BOUNDARY: Final = 3.0
FILLS: Final = ("primary", "accent", "success", "warning", "danger", "info")
"""Roles that have text of their own, such as text-on-primary."""
ON_BACKGROUNDS: Final[Mapping[str, float]] = MappingProxyType(
    {**dict.fromkeys(("text", "text-muted", "link"), TEXT), **dict.fromkeys(("border", *FILLS), BOUNDARY)}
)
"""The contrast ratio that roles need against every background."""
PAIRS: Final[Sequence[tuple[str, str, float]]] = (
    *((role, background, ratio) for role, ratio in ON_BACKGROUNDS.items() for background in BACKGROUNDS),
    *((f"text-on-{fill}", fill, TEXT) for fill in FILLS),
)
"""The pairs that are meant to be used: foreground, background, and the contrast ratio that they need."""
HALF: Final = 0.5  # of the way from muted text to its background, for disabled text


@dataclass(frozen=True, slots=True)
class Themed:
    """A role's color in a theme, the seed from which it was made, and the roles that made it move for contrast.

    moved_from names the roles against whose colors the seed's contrast did not suffice; it is empty if the color is the
    seed's.
    """

    color: Rgb
    seed: Seed
    moved_from: tuple[str, ...] = ()

    @property
    def difference(self) -> float:
        """The CIEDE2000 difference between the color and the observed color from which its seed was made."""
        return float(color_difference(self.color, self.seed.made_from))


type Theme = Mapping[str, Themed]


def make_theme(roles: Mapping[str, Rgb], palette: Sequence[Rgb], scheme: Scheme) -> Theme:
    """Return the color of every role in an accessible light or dark theme, made from observed colors with few changes.

    Text reaches a contrast of 4.5:1 on its backgrounds, and borders and fills reach 3:1; disabled is exempt. A color
    that does not suffice changes its OKLCH lightness as little as needed and keeps its hue. roles are the observed
    colors by role; palette are all observed colors by use, the most used first. Both may be empty.
    """
    seeds = Seeds(roles, palette)
    backgrounds = {role: seeds.background(role, scheme) for role in BACKGROUNDS}
    page = backgrounds["page"]
    text = seeds.text(page)
    surface = backgrounds["surface"]
    on_backgrounds = {
        "text": text,
        "text-muted": seeds.text_muted(page, text),
        "border": Seed(roles["border"], roles["border"], "border") if "border" in roles else surface,
        **{role: seeds.vivid(role) for role in ("link", *FILLS)},
    }
    made = {role: Themed(background.color, background) for role, background in backgrounds.items()}
    behind = {role: background.color for role, background in backgrounds.items()}
    made |= {role: _moved(seed, behind, ON_BACKGROUNDS[role]) for role, seed in on_backgrounds.items()}
    for fill in FILLS:
        label = f"text-on-{fill}"
        made[fill], made[label] = _legible(fill, made[fill], _label(label, roles, made[fill].color, made), behind)
    muted = made["text-muted"]
    made["disabled"] = Themed(between(muted.color, surface.color, HALF), muted.seed)
    return made


def _moved(seed: Seed, behind: Mapping[str, Rgb], ratio: float) -> Themed:
    """Move a color until it reaches a ratio against all backgrounds, which lie on one side of it."""
    color, moved_from = seed.color, []
    for role in sorted(behind, key=lambda role: contrast_ratio(seed.color, behind[role])):
        if contrast_ratio(color, behind[role]) < ratio:
            color = _reaching(color, behind[role], ratio)
            moved_from.append(role)
    return Themed(color, seed, tuple(moved_from))


def _reaching(color: Rgb, against: Rgb, ratio: float) -> Rgb:
    fix = nearest_reaching(color, against, ratio)
    if fix is None:
        raise ValueError(f"no color reaches {ratio}:1 against {against}")  # 4.58 is the least that black or white have
    return fix.color


def _label(role: str, roles: Mapping[str, Rgb], fill: Rgb, made: Theme) -> Seed:
    """Return the initial color of the text on a fill: the page's or the text's if none was observed."""
    if role in roles:
        return Seed(roles[role], roles[role], role)
    themed = max((made["page"], made["text"]), key=lambda themed: contrast_ratio(themed.color, fill))
    return Seed(themed.color, themed.seed.made_from, themed.seed.role)


def _legible(name: str, fill: Themed, label: Seed, behind: Mapping[str, Rgb]) -> tuple[Themed, Themed]:
    """Move a fill or the text on it, whichever needs the smaller change, until the text is legible."""
    role = f"text-on-{name}"
    if contrast_ratio(label.color, fill.color) >= TEXT:
        return fill, Themed(label.color, label)
    other_label = Themed(_reaching(label.color, fill.color, TEXT), label, (name,))
    other_fill = nearest_reaching(fill.color, label.color, TEXT)
    if other_fill is None or any(
        contrast_ratio(other_fill.color, background) < BOUNDARY for background in behind.values()
    ):
        return fill, other_label
    if other_fill.difference > float(color_difference(label.color, other_label.color)):
        return fill, other_label
    return Themed(other_fill.color, fill.seed, (*fill.moved_from, role)), Themed(label.color, label)
