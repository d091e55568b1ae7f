"""Themes: whatever they are made from, every pair that is meant to be used has its contrast."""

import coloraide
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from januslens.color.notation import Rgb, hex_color
from januslens.tokens.derived.theme import FILLS, PAIRS, Theme, make_theme
from januslens.tokens.derived.theme_seeds import GROUNDS, Scheme

WHITE: Rgb = (255, 255, 255)
colors = st.tuples(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))
ROLES = ("page", "surface", "surface-raised", "text", "text-muted", "border", "link", *FILLS)
observed = st.dictionaries(st.sampled_from([*ROLES, *(f"text-on-{fill}" for fill in FILLS)]), colors)
BRAND: dict[str, Rgb] = {
    "page": (244, 246, 249),
    "surface": WHITE,
    "text": (32, 38, 46),
    "text-muted": (107, 116, 128),
    "primary": (26, 187, 156),
    "text-on-primary": WHITE,
}


ROUNDING = 0.001  # coloraide weighs the channels by 0.21264, 0.71517, 0.07219; WCAG by four decimals of them


def ratio(one: Rgb, other: Rgb) -> float:
    return coloraide.Color(hex_color(one)).contrast(hex_color(other), method="wcag21")


def short_of_contrast(theme: Theme) -> list[tuple[str, str]]:
    return [(role, on) for role, on, need in PAIRS if ratio(theme[role].color, theme[on].color) < need - ROUNDING]


@pytest.mark.parametrize("scheme", Scheme)
@settings(max_examples=200)
@given(roles=observed, palette=st.lists(colors, max_size=12))
def test_no_pair_is_below_its_need(scheme: Scheme, roles: dict[str, Rgb], palette: list[Rgb]) -> None:
    assert short_of_contrast(make_theme(roles, palette, scheme)) == []


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("palette", [[], [(0, 0, 0)], [WHITE], [(128, 128, 128)], [(255, 0, 0)], [(0, 0, 255), WHITE]])
def test_any_palette_makes_a_theme(scheme: Scheme, palette: list[Rgb]) -> None:
    assert short_of_contrast(make_theme({}, palette, scheme)) == []


def test_what_will_do_stays_exact() -> None:
    theme = make_theme(BRAND, list(BRAND.values()), Scheme.LIGHT)
    assert {role: theme[role].color for role in ("page", "surface", "text")} == {
        role: BRAND[role] for role in ("page", "surface", "text")
    }
    assert all(theme[role].difference == 0 for role in ("page", "surface", "text"))


def test_a_move_says_what_it_was_for_and_keeps_the_hue() -> None:
    primary = make_theme(BRAND, [], Scheme.LIGHT)["primary"]  # white on it has 2.4:1, and it has 2.2:1 on the page
    assert set(primary.moved_from) == {"page", "text-on-primary"}
    before, after = (coloraide.Color(hex_color(color)).convert("oklch") for color in (BRAND["primary"], primary.color))
    assert after["hue"] == pytest.approx(before["hue"], abs=2)
    assert after["lightness"] < before["lightness"]


def test_no_smaller_move_would_have_done() -> None:
    """One level less in every channel is short of the contrast that was needed."""
    moved = make_theme(BRAND, [], Scheme.LIGHT)["text-muted"]
    red, green, blue = (level + 2 for level in moved.color)
    assert moved.moved_from
    assert any(ratio((red, green, blue), make_theme(BRAND, [], Scheme.LIGHT)[ground].color) < 4.5 for ground in GROUNDS)


def test_a_dark_theme_is_dark_and_what_is_raised_is_lighter() -> None:
    theme = make_theme(BRAND, [], Scheme.DARK)
    lightness = [coloraide.Color(hex_color(theme[ground].color)).convert("oklch")["lightness"] for ground in GROUNDS]
    assert lightness == sorted(lightness)
    assert lightness[-1] <= 0.33


def test_a_role_that_was_not_observed_says_what_it_is_made_from() -> None:
    theme = make_theme(BRAND, [], Scheme.LIGHT)
    assert (theme["link"].seed.role, theme["link"].seed.made_from) == ("primary", BRAND["primary"])
    assert theme["danger"].seed.role == "primary"
