"""What a theme's colors are made from; OKLCH's values are coloraide's."""

from typing import Any

import coloraide
import pytest

from januslens.color.notation import Rgb, hex_color
from januslens.tokens.derived.theme_seeds import Scheme, Seed, Seeds, between

WHITE, PAPER, BLACK = (255, 255, 255), (254, 254, 254), (0, 0, 0)
MIST, INK, SLATE = (238, 241, 245), (32, 38, 46), (107, 116, 128)
BLUE, VIOLET, INDIGO, RED = (31, 95, 191), (122, 63, 176), (92, 51, 227), (196, 48, 43)
CREAM = (255, 240, 200)
DARK, LIGHT = Scheme.DARK, Scheme.LIGHT

WHITE_IS_TOO_LIGHT = pytest.mark.xfail(
    strict=True, reason="white's lightness is 1.0000000000000002 in floating point, above that of a light ground"
)

Lch = tuple[float, float, float]


def oklch(color: Rgb) -> Lch:
    lightness, chroma, hue = coloraide.Color(hex_color(color)).convert("oklch").coords()
    return lightness, chroma, hue


def near(lightness: float, chroma: float, hue: float) -> tuple[Any, Any, Any]:
    """These coordinates but for what rounding to 8 bits does to them."""
    return pytest.approx(lightness, abs=0.004), pytest.approx(chroma, abs=0.004), pytest.approx(hue, abs=6)


@pytest.mark.parametrize(
    ("level", "light", "dark"),
    [
        (0, False, True),
        (53, False, True),
        (54, False, False),
        (205, False, False),
        (206, True, False),
        (254, True, False),
        pytest.param(255, True, False, marks=WHITE_IS_TOO_LIGHT),
    ],
)
def test_grounds_of_a_scheme_have_its_lightness(level: int, light: bool, dark: bool) -> None:
    gray = (level, level, level)  # 53 and 54 have 0.329 and 0.333, 205 and 206 have 0.848 and 0.851
    assert (LIGHT.holds(gray), DARK.holds(gray)) == (light, dark)


def test_an_observed_ground_of_the_scheme_stays() -> None:
    seeds = Seeds({"page": MIST, "surface": PAPER, "surface-raised": CREAM}, [])
    assert seeds.background("page", LIGHT) == Seed(MIST, MIST, "page")
    assert seeds.background("surface", LIGHT) == Seed(PAPER, PAPER, "surface")
    assert seeds.background("surface-raised", LIGHT) == Seed(CREAM, CREAM, "surface-raised")


def test_a_ground_that_was_not_observed_is_like_the_one_below() -> None:
    assert Seeds({"page": MIST}, []).background("surface-raised", LIGHT) == Seed(MIST, MIST, "page")
    assert Seeds({"page": MIST, "surface": PAPER}, []).background("surface-raised", LIGHT) == Seed(
        PAPER, PAPER, "surface"
    )
    assert Seeds({"page": MIST, "surface-raised": PAPER}, []).background("surface", LIGHT) == Seed(MIST, MIST, "page")


@pytest.mark.parametrize(
    ("scheme", "page"), [(LIGHT, Seed(PAPER, PAPER, "palette")), (DARK, Seed(INK, INK, "palette"))]
)
def test_without_an_observed_page_it_is_the_outermost_color(scheme: Scheme, page: Seed) -> None:
    assert Seeds({}, [SLATE, INK, PAPER, BLUE]).background("page", scheme) == page


@WHITE_IS_TOO_LIGHT
def test_without_any_color_the_page_is_white() -> None:
    assert Seeds({}, []).background("page", LIGHT) == Seed(WHITE, WHITE, "palette")


def test_without_any_color_the_page_is_what_white_is_in_the_dark() -> None:
    page = Seeds({}, []).background("page", DARK)
    assert oklch(page.color)[0] == pytest.approx(0.18, abs=0.004)
    assert page.made_from == WHITE


@pytest.mark.parametrize(
    ("scheme", "observed", "lightnesses"), [(DARK, CREAM, (0.18, 0.22, 0.26)), (LIGHT, (40, 32, 8), (0.97, 1.0, 1.0))]
)
def test_a_ground_of_the_other_scheme_is_turned_over(
    scheme: Scheme, observed: Rgb, lightnesses: tuple[float, float, float]
) -> None:
    """It keeps its hue and no more than 0.03 of its chroma; each ground has its own lightness."""
    for role, lightness in zip(("page", "surface", "surface-raised"), lightnesses, strict=True):
        for seeds, name in ((Seeds({role: observed}, []), role), (Seeds({"page": observed}, []), "page")):
            ground = seeds.background(role, scheme)
            assert (ground.made_from, ground.role) == (observed, name)
            if lightness < 1:
                assert oklch(ground.color) == near(lightness, 0.03, oklch(observed)[2])
            else:
                assert ground.color == WHITE


def test_a_ground_that_is_turned_over_is_no_more_vivid_than_it_was() -> None:
    _, chroma, hue = oklch(MIST)
    assert oklch(Seeds({"page": MIST}, []).background("page", DARK).color)[:2] == near(0.18, chroma, hue)[:2]


def test_text_is_turned_over_with_its_page() -> None:
    seeds = Seeds({"page": PAPER, "text": INK, "text-muted": SLATE}, [])
    light, dark = (seeds.background("page", scheme) for scheme in (LIGHT, DARK))
    assert seeds.text(light) == Seed(INK, INK, "text")
    assert seeds.text_muted(light, seeds.text(light)) == Seed(SLATE, SLATE, "text-muted")
    for turned, observed, role in (
        (seeds.text(dark), INK, "text"),
        (seeds.text_muted(dark, light), SLATE, "text-muted"),
    ):
        lightness, chroma, hue = oklch(observed)
        assert (turned.made_from, turned.role) == (observed, role)
        assert oklch(turned.color) == near(1 - lightness, chroma, hue)


def test_text_that_was_not_observed_is_made_from_the_page() -> None:
    gray = (212, 212, 212)
    seeds = Seeds({"page": gray}, [])
    page = seeds.background("page", LIGHT)
    text = seeds.text(page)
    assert (text.made_from, text.role) == (gray, "page")
    assert oklch(text.color)[0] == pytest.approx(1 - oklch(gray)[0], abs=0.01)  # a level is 0.02 there


def test_muted_text_that_was_not_observed_is_a_third_of_the_way_from_text_to_page() -> None:
    seeds = Seeds({"page": PAPER, "text": INK}, [])
    page = seeds.background("page", LIGHT)
    muted = seeds.text_muted(page, seeds.text(page))
    lightness, chroma, hue = oklch(INK)
    assert oklch(muted.color) == near(lightness + 0.35 * (oklch(PAPER)[0] - lightness), 0.65 * chroma, hue)
    assert (muted.made_from, muted.role) == (INK, "text")


def test_between_two_colors_is_a_share_of_the_way_in_the_hue_of_the_first() -> None:
    (lightness, chroma, hue), (other_lightness, other_chroma, _) = oklch(BLUE), oklch(SLATE)
    expected = near(0.75 * lightness + 0.25 * other_lightness, 0.75 * chroma + 0.25 * other_chroma, hue)
    assert oklch(between(BLUE, SLATE, 0.25)) == expected
    assert between(BLUE, SLATE, 0) == BLUE


def test_an_observed_role_stays() -> None:
    assert Seeds({"danger": RED, "primary": BLUE}, []).vivid("danger") == Seed(RED, RED, "danger")


def test_a_primary_color_that_was_not_observed_is_the_most_used_vivid_one_without_a_role() -> None:
    assert Seeds({"danger": RED}, [MIST, RED, VIOLET, BLUE]).vivid("primary") == Seed(VIOLET, VIOLET, "palette")
    assert Seeds({"text": INK}, [MIST, SLATE]).vivid("primary") == Seed(INK, INK, "text")
    assert Seeds({}, [MIST]).vivid("primary") == Seed(BLACK, BLACK, "palette")


@pytest.mark.parametrize(("role", "hue"), [("success", 150), ("warning", 75), ("danger", 27), ("info", 230)])
def test_states_that_were_not_observed_have_the_primary_colors_lightness_and_their_own_hue(role: str, hue: int) -> None:
    gray = (128, 128, 128)
    state = Seeds({"primary": gray}, []).vivid(role)
    assert (state.made_from, state.role) == (gray, "primary")
    lightness, chroma, found = oklch(state.color)
    assert lightness == pytest.approx(oklch(gray)[0], abs=0.004)
    assert found == pytest.approx(hue, abs=1)
    assert 0.095 < chroma < 0.124  # 0.12 but where sRGB has less of that hue


def test_a_state_is_as_vivid_as_the_primary_color() -> None:
    lightness, chroma, _ = oklch(VIOLET)
    assert oklch(Seeds({"primary": VIOLET}, []).vivid("danger").color) == near(lightness, chroma, 27)


def test_the_accent_is_the_most_used_vivid_color_of_another_hue() -> None:
    seeds = Seeds({"primary": BLUE}, [BLUE, MIST, INDIGO, VIOLET, RED])  # indigo is 24.7 degrees from blue, violet 46
    assert seeds.vivid("accent") == Seed(VIOLET, VIOLET, "palette")
    assert Seeds({"primary": BLUE}, [INDIGO]).vivid("accent") == Seed(BLUE, BLUE, "primary")
    farther = (97, 67, 222)  # 25.3 degrees
    assert Seeds({"primary": BLUE}, [farther]).vivid("accent") == Seed(farther, farther, "palette")


def test_links_are_the_primary_color_whatever_else_is_in_the_image() -> None:
    assert Seeds({"primary": BLUE}, [VIOLET, RED]).vivid("link") == Seed(BLUE, BLUE, "primary")
