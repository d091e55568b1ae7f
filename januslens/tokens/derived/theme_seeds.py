"""Seeds of a theme: observed colors, inverted in lightness if the image has the other color scheme.

A role that was not observed takes its seed from one that was, and states which.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final

import numpy as np

from januslens.color.notation import Rgb
from januslens.color.oklch import OTHER_HUE, chroma_limit, degrees_apart, hue_of, is_vivid, to_oklch, to_srgb

WHITE: Final[Rgb] = (255, 255, 255)
BLACK: Final[Rgb] = (0, 0, 0)
BACKGROUNDS: Final = ("page", "surface", "surface-raised")
STATE_HUES: Final[Mapping[str, float]] = MappingProxyType({"success": 150, "warning": 75, "danger": 27, "info": 230})
"""OKLCH hues, in degrees, of states that were not observed: the middle of the ranges in `roles`."""
STATE_CHROMA: Final = 0.12  # minimum: states must be distinguishable even if the primary color is gray
GROUND_CHROMA: Final = 0.03  # maximum that a background keeps where its lightness is inverted
MUTED: Final = 0.35  # of the way from text to its background
PALETTE: Final = "palette"


class Scheme(Enum):
    """A light or dark color scheme; each value is the range of OKLCH lightness that its backgrounds may have.

    White against the darkest light background and black against the lightest dark one are below 2:1, so whatever
    contrasts with the backgrounds of a scheme lies on one side of all of them.
    """

    LIGHT = (0.85, 1.0)
    DARK = (0.0, 0.33)

    def holds(self, color: Rgb) -> bool:
        """Return whether the lightness of a color is one that backgrounds may have in this scheme."""
        darkest, lightest = self.value
        return bool(darkest <= to_oklch(color)[0] <= lightest)


TURNED_OVER: Final[Mapping[Scheme, Mapping[str, float]]] = MappingProxyType(
    {
        Scheme.LIGHT: {"page": 0.97, "surface": 1.0, "surface-raised": 1.0},
        Scheme.DARK: {"page": 0.18, "surface": 0.22, "surface-raised": 0.26},
    }
)
"""Lightness of backgrounds observed in the other scheme: in a dark theme raised surfaces are lighter, as in Material
Design, https://m2.material.io/design/color/dark-theme.html#properties."""


@dataclass(frozen=True, slots=True)
class Seed:
    """An initial color of a role in a theme, before it is moved for contrast.

    made_from is the observed color from which it is made, and role is that color's observed role, `palette` if it has
    none.
    """

    color: Rgb
    made_from: Rgb
    role: str


@dataclass(frozen=True, slots=True)
class Seeds:
    """The source of a theme's seeds: the initial colors of its roles, made from observed colors.

    roles are the observed colors by role, and palette are all observed colors by use, the most used first; both may be
    empty.
    """

    roles: Mapping[str, Rgb]
    palette: Sequence[Rgb]

    def background(self, role: str, scheme: Scheme) -> Seed:
        """Return the seed of a background role (page, surface or surface-raised) in a scheme.

        An observed color whose lightness the scheme does not allow gets the scheme's lightness for the role. A surface
        that was not observed takes the color of the background below it; a page, the lightest observed color, or the
        darkest one in a dark scheme.
        """
        if role in self.roles:
            return self._in_scheme(self.roles[role], role, role, scheme)
        if role != BACKGROUNDS[0]:
            below = self.background(BACKGROUNDS[BACKGROUNDS.index(role) - 1], scheme)
            if below.color == below.made_from:
                return below
            return self._in_scheme(below.made_from, below.role, role, scheme)
        outermost = max if scheme is Scheme.LIGHT else min
        color = outermost(self.palette, key=lambda color: (float(to_oklch(color)[0]), color), default=WHITE)
        return self._in_scheme(color, PALETTE, role, scheme)

    @staticmethod
    def _in_scheme(color: Rgb, observed_as: str, role: str, scheme: Scheme) -> Seed:
        if scheme.holds(color):
            return Seed(color, color, observed_as)
        _, chroma, hue = to_oklch(color).tolist()
        return Seed(_in_gamut(TURNED_OVER[scheme][role], min(chroma, GROUND_CHROMA), hue), color, observed_as)

    def text(self, page: Seed) -> Seed:
        """Return the seed of text on a page: the observed color, or the page's inverted in lightness if there is none.

        page is the seed of the page in the theme. The observed color is inverted in lightness if the page's was changed
        for the scheme, which keeps the contrast.
        """
        observed = self.roles.get("text")
        if observed is None:
            return Seed(_turned_over(page.color), page.made_from, page.role)
        return Seed(observed if page.color == page.made_from else _turned_over(observed), observed, "text")

    def text_muted(self, page: Seed, text: Seed) -> Seed:
        """Return the seed of muted text: the observed color, or a mix of text and page if none was observed.

        page and text are their seeds in the theme. The observed color is inverted in lightness if the page's was
        changed for the scheme.
        """
        observed = self.roles.get("text-muted")
        if observed is None:
            return Seed(between(text.color, page.color, MUTED), text.made_from, text.role)
        return Seed(observed if page.color == page.made_from else _turned_over(observed), observed, "text-muted")

    def vivid(self, role: str) -> Seed:
        """Return the seed of primary, accent, link or a state (success, warning, danger or info).

        If the role was not observed: primary is the most used vivid color without a role, or the text color; a state is
        the primary color in the state's hue; accent is the most used vivid color of another hue; all else is the
        primary color.
        """
        if role in self.roles:
            return _exact(self.roles[role], role)
        if role == "primary":
            return next(self._without_role(), self._text_or_black())
        primary = self.vivid("primary")
        if role in STATE_HUES:
            lightness, chroma, _ = to_oklch(primary.color).tolist()
            color = _in_gamut(lightness, max(chroma, STATE_CHROMA), STATE_HUES[role])
            return Seed(color, primary.made_from, primary.role)
        others = (seed for seed in self._without_role() if _hues_apart(seed.color, primary.color) >= OTHER_HUE)
        return next(others, primary) if role == "accent" else primary

    def _without_role(self) -> Iterator[Seed]:
        taken = set(self.roles.values())
        return (_exact(color, PALETTE) for color in self.palette if is_vivid(color) and color not in taken)

    def _text_or_black(self) -> Seed:
        return _exact(self.roles["text"], "text") if "text" in self.roles else _exact(BLACK, PALETTE)


def between(one: Rgb, other: Rgb, share: float) -> Rgb:
    """Return a color with the OKLCH hue of the first and a lightness and chroma between those of both.

    share, 0 to 1, is the part of the way from the first to the second. Chroma is limited to sRGB's gamut.
    """
    start, end = to_oklch(one), to_oklch(other)
    lightness, chroma, _ = (start + share * (end - start)).tolist()
    return _in_gamut(lightness, chroma, float(start[2]))


def _exact(color: Rgb, role: str) -> Seed:
    return Seed(color, color, role)


def _turned_over(color: Rgb) -> Rgb:
    lightness, chroma, hue = to_oklch(color).tolist()
    return _in_gamut(1 - lightness, chroma, hue)


def _in_gamut(lightness: float, chroma: float, hue: float) -> Rgb:
    most = float(chroma_limit([lightness], hue)[0])
    red, green, blue = np.rint(np.clip(to_srgb([lightness, min(chroma, most), hue]), 0, 255)).astype(int).tolist()
    return red, green, blue


def _hues_apart(one: Rgb, other: Rgb) -> float:
    return degrees_apart(hue_of(one), hue_of(other))
