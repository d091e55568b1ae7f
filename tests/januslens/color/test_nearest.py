import random
from collections.abc import Iterator

import numpy as np
import pytest
from coloraide import Color
from hypothesis import assume, given, reject
from hypothesis import strategies as st

from januslens.color.luminance import contrast_ratio
from januslens.color.nearest import nearest_reaching
from januslens.color.notation import Fix, Rgb

BLACK: Rgb = (0, 0, 0)
WHITE: Rgb = (255, 255, 255)
GREYS: list[Rgb] = [(level, level, level) for level in range(256)]
NEEDS = [3, 4.5, 7]  # WCAG 2.2, 1.4.3, 1.4.6 and 1.4.11
ROUNDED_WEIGHTS = 3e-4  # relative: WCAG rounds BT.709's weights to four digits, coloraide doesn't

colors = st.tuples(*[st.integers(0, 255)] * 3)
greys = st.sampled_from(GREYS)
ratios = st.sampled_from(NEEDS) | st.floats(1, 21)


def in_coloraide(color: Rgb) -> Color:
    return Color("srgb", [channel / 255 for channel in color])


def contrast(one: Rgb, other: Rgb) -> float:
    return in_coloraide(one).contrast(in_coloraide(other), method="wcag21")


def difference(one: Rgb, other: Rgb) -> float:
    return in_coloraide(one).delta_e(in_coloraide(other), method="2000")


def lightness_of(color: Rgb) -> float:
    return float(in_coloraide(color).convert("oklch")["lightness"])


LEVELS = [lightness_of(grey) for grey in GREYS]


def with_lightness(color: Rgb, lightness: float) -> Rgb:
    """The color of a lightness, with as much of the color's chroma as sRGB has there."""
    moved = in_coloraide(color).convert("oklch").set("lightness", lightness)
    if not moved.in_gamut("srgb", tolerance=1e-9):
        low, high = 0.0, moved["chroma"]
        for _ in range(14):
            middle = (low + high) / 2
            fits = moved.set("chroma", middle).in_gamut("srgb", tolerance=1e-9)
            low, high = (middle, high) if fits else (low, middle)
        moved.set("chroma", low)
    red, green, blue = (round(min(max(channel, 0), 1) * 255) for channel in moved.convert("srgb")[:3])
    return red, green, blue


def walked(color: Rgb, against: Rgb, ratio: float, end: float) -> Rgb:
    """The first color that reaches a ratio in small steps of lightness to black or white."""
    start = lightness_of(color)
    strides = [start + (end - start) * stride / 100 for stride in range(101)]
    reached = next(
        i for i, lightness in enumerate(strides) if contrast(with_lightness(color, lightness), against) >= ratio
    )
    steps = np.linspace(strides[max(reached - 2, 0)], strides[reached], 100).tolist()
    return next(by for step in steps if contrast(by := with_lightness(color, step), against) >= ratio)


def two_levels_nearer(by: Rgb, color: Rgb) -> float:
    """The lightness two levels of grey from a fix toward the color that it replaces, or that color's own."""
    moved, original = lightness_of(by), lightness_of(color)
    toward = 2 if moved < original else -2
    nearer = np.interp(np.interp(moved, LEVELS, range(256)) + toward, range(256), LEVELS)
    return float(min(nearer, original) if moved < original else max(nearer, original))


def any_reaching(color: Rgb, against: Rgb, ratio: float) -> Fix:
    """The fix, where there is one: other examples are left out."""
    fix = nearest_reaching(color, against, ratio)
    if fix is None:
        reject()
    return fix


@given(colors, colors, ratios)
def test_a_fix_reaches_the_ratio(color: Rgb, against: Rgb, ratio: float) -> None:
    fix = any_reaching(color, against, ratio)
    assert fix.ratio == contrast_ratio(fix.color, against) >= ratio
    assert contrast(fix.color, against) >= ratio * (1 - ROUNDED_WEIGHTS)


@given(colors, colors, ratios)
def test_a_fix_says_how_much_it_differs(color: Rgb, against: Rgb, ratio: float) -> None:
    fix = any_reaching(color, against, ratio)
    assert fix.difference == pytest.approx(difference(color, fix.color), abs=1e-5)


@given(colors, colors, st.sampled_from(NEEDS))
def test_there_is_none_only_where_black_and_white_do_not_reach(color: Rgb, against: Rgb, ratio: float) -> None:
    best = max(contrast(end, against) for end in (color, BLACK, WHITE))
    assume(abs(best / ratio - 1) > ROUNDED_WEIGHTS)
    assert (nearest_reaching(color, against, ratio) is None) == (best < ratio)


@given(colors, colors)
def test_a_color_that_reaches_the_ratio_is_its_own_fix(color: Rgb, against: Rgb) -> None:
    ratio = contrast_ratio(color, against)
    assert nearest_reaching(color, against, ratio) == Fix(color, ratio, 0.0)


@given(greys, greys, ratios)
def test_the_fix_of_a_grey_is_the_nearest_grey(grey: Rgb, against: Rgb, ratio: float) -> None:
    fix = nearest_reaching(grey, against, ratio)
    reaching = [other for other in GREYS if contrast(other, against) >= ratio + 1e-9]
    assert (fix is None) == (not reaching) or ratio == pytest.approx(max(contrast(e, against) for e in (BLACK, WHITE)))
    if fix and reaching:
        assert fix.color in GREYS
        assert fix.difference <= min(difference(grey, other) for other in reaching) + 1e-6


@given(colors, colors, st.sampled_from(NEEDS))
def test_a_fix_keeps_the_hue_as_far_as_8_bits_have_it(color: Rgb, against: Rgb, ratio: float) -> None:
    original = in_coloraide(color).convert("oklch")
    assume(original["chroma"] > 1e-3)
    fix = any_reaching(color, against, ratio)
    rounded_here = [
        Color("srgb", [(v + d - 0.5) / 255 for v, d in zip(fix.color, corner, strict=True)])
        for corner in np.ndindex(2, 2, 2)
    ]
    ab = np.array([corner.convert("oklab")[1:3] for corner in rounded_here])
    hue = np.radians(original["hue"])
    along, across = ab @ [np.cos(hue), np.sin(hue)], ab @ [-np.sin(hue), np.cos(hue)]
    assert along.max() > 0
    assert across.min() - 1e-4 <= 0 <= across.max() + 1e-4


@given(colors, colors, st.sampled_from(NEEDS))
def test_two_levels_nearer_a_color_does_not_reach_the_ratio(color: Rgb, against: Rgb, ratio: float) -> None:
    fix = any_reaching(color, against, ratio)
    assume(fix.difference > 0)
    nearer = with_lightness(color, two_levels_nearer(fix.color, color))
    assert contrast(nearer, against) < ratio * (1 + ROUNDED_WEIGHTS)


def pairs() -> Iterator[tuple[Rgb, Rgb, float]]:
    """Colors short of a ratio that a darker or lighter one reaches: primaries on black and white, and any."""
    primaries: list[Rgb] = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (0, 255, 255), (255, 0, 255)]
    draw = random.Random(0)  # noqa: S311
    some: list[Rgb] = [(draw.randrange(256), draw.randrange(256), draw.randrange(256)) for _ in range(40)]
    candidates = [(color, end) for color in primaries for end in (BLACK, WHITE)]
    for color, against in candidates + list(zip(some[::2], some[1::2], strict=True)):
        for ratio in (4.5, 7):
            if contrast(color, against) < ratio and max(contrast(BLACK, against), contrast(WHITE, against)) >= ratio:
                yield color, against, ratio


@pytest.mark.parametrize(("color", "against", "ratio"), list(pairs()))
def test_a_fix_is_what_a_walk_through_all_lightnesses_finds(color: Rgb, against: Rgb, ratio: float) -> None:
    ends = [lightness for end, lightness in ((BLACK, 0.0), (WHITE, 1.0)) if contrast(end, against) >= ratio]
    found = [walked(color, against, ratio, end) for end in ends]
    expected = min(found, key=lambda by: difference(color, by))
    fix = nearest_reaching(color, against, ratio)
    assert fix is not None
    assert np.abs(np.subtract(fix.color, expected)).max() <= 1
    assert fix.difference == pytest.approx(difference(color, expected), abs=0.1)


@pytest.mark.parametrize(("color", "takes_darker"), [((100, 100, 100), True), ((150, 150, 150), False)])
def test_the_direction_that_differs_less_is_taken(color: Rgb, takes_darker: bool) -> None:
    middle = (117, 117, 117)  # black and white both have 4.5 on it
    assert min(contrast(BLACK, middle), contrast(WHITE, middle)) > 4.5
    fix = nearest_reaching(color, middle, 4.5)
    assert fix is not None
    assert (fix.color < color) == takes_darker


def test_no_color_has_21_to_1_on_grey() -> None:
    assert nearest_reaching((0, 80, 160), (119, 119, 119), 21) is None


@pytest.mark.parametrize(("against", "end"), [(BLACK, WHITE), (WHITE, BLACK)])
def test_only_white_and_black_have_21_to_1(against: Rgb, end: Rgb) -> None:
    fix = nearest_reaching((200, 30, 90), against, 21)
    assert fix is not None
    assert fix.color == end
