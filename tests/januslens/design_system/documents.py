"""Token sets as an analysis writes them."""

from typing import Any

from hypothesis import strategies as st

from januslens.color.notation import Rgb
from januslens.tokens.color import ObservedColor
from januslens.tokens.derived.derive import derive
from januslens.tokens.document import TokenDocument
from januslens.tokens.radius import Radii
from januslens.tokens.recurring import Recurring
from januslens.tokens.roles import Role
from januslens.tokens.spacing_base import SpacingBase

WHITE: Rgb = (255, 255, 255)
INK: Rgb = (32, 38, 46)
BLUE: Rgb = (31, 95, 191)
TEAL: Rgb = (26, 187, 156)


def document(
    colors: dict[Rgb, float],
    roles: dict[str, Rgb],
    sizes: tuple[float, ...] = (16,),
    radii: tuple[float, ...] = (4,),
    base: float | None = 8,
) -> dict[str, Any]:
    """A document: colors with their shares, roles, font sizes, radii, the base of spacing."""
    told = [Role(name, color, 0.8) for name, color in roles.items()]
    return TokenDocument(
        colors=[ObservedColor(color, share, ("fill",)) for color, share in colors.items()],
        roles=told,
        font_sizes=[Recurring(size, 100) for size in sizes],
        radii=Radii([Recurring(radius, 4) for radius in radii]),
        spacing_base=None if base is None else SpacingBase(base, 0.9, 0.8),
        derived=derive(list(colors), told),
    ).to_json()


HOME = document({WHITE: 0.6, INK: 0.1, BLUE: 0.05}, {"page": WHITE, "text": INK, "primary": BLUE}, (14, 24))

colors = st.tuples(*[st.integers(0, 255)] * 3)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Any document, of few enough values that two of them share some."""
    palette = draw(st.lists(st.sampled_from([WHITE, INK, BLUE, TEAL, (200, 40, 60)]), unique=True, min_size=1))
    names = draw(st.lists(st.sampled_from(["page", "text", "primary", "border"]), unique=True))
    return document(
        {color: draw(st.sampled_from([0.1, 0.25, 0.3])) for color in palette},
        {name: draw(st.sampled_from(palette)) for name in names},
        tuple(draw(st.lists(st.sampled_from([12.0, 14, 16, 24]), unique=True))),
        tuple(draw(st.lists(st.sampled_from([2.0, 4, 8]), unique=True))),
        draw(st.sampled_from([None, 4, 8])),
    )
