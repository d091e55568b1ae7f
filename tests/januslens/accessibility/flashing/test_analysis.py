"""WCAG 2.2's thresholds from both sides: https://www.w3.org/TR/WCAG22/#dfn-general-flash-and-red-flash-thresholds

Seven transitions are more than three flashes, and a transition a second after another isn't in the same second, in the
test media of the definition's authors too: https://github.com/jbjord/pse-test-media, whose colors at the thresholds the
tests of red flashes take.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
import pytest
from coloraide import Color as Coloraide
from PIL import Image

from januslens.accessibility.flashing.analysis import analyze_flashing
from januslens.accessibility.flashing.result import FlashAnalysis
from januslens.decode.animation.frames import Animation, CutShort, Frame, open_animation
from januslens.decode.geometry import Box
from tests.januslens.accessibility.flashing.animations import (
    ALL,
    BLACK,
    FIELD,
    SMALL,
    WHITE,
    Area,
    Color,
    analyzed,
    frame,
    gray,
    shown,
)
from tests.januslens.decode.animation.files import COLORS, Drawn, apng, gif
from tests.januslens.encoded import encoded

OFTEN = 8  # transitions, which are four flashes
FAST = 0.05  # seconds
STILL = 0.1


def flicker(
    one: Color,
    other: Color,
    transitions: int = OFTEN,
    duration: float = FAST,
    *,
    area: Area = ALL,
    size: tuple[int, int] = FIELD,
) -> list[Frame]:
    return shown([(one, other)[number % 2] for number in range(transitions + 1)], duration, area, size)


def luminance(level: int) -> float:
    return float(Coloraide("srgb", [level / 255] * 3).luminance())


@pytest.mark.parametrize(
    ("dark", "light", "flashes"),
    [(64, 109, True), (64, 108, False), (0, 90, True), (0, 89, False), (158, 178, True), (158, 176, False)],
)
def test_a_general_flash_changes_luminance_by_a_tenth(dark: int, light: int, flashes: bool) -> None:
    assert (luminance(light) - luminance(dark) >= 0.1) is flashes
    assert analyzed(flicker(gray(dark), gray(light))).fails is flashes


@pytest.mark.parametrize(("dark", "flashes"), [(230, True), (231, True), (232, False), (233, False)])
@pytest.mark.parametrize("first_dark", [True, False])
def test_in_a_general_flash_the_darker_image_is_below_0_80(dark: int, flashes: bool, first_dark: bool) -> None:
    assert (luminance(dark) < 0.8) is flashes
    states = (gray(dark), WHITE) if first_dark else (WHITE, gray(dark))
    assert analyzed(flicker(*states)).fails is flashes


@pytest.mark.parametrize(("transitions", "flashes"), [(5, None), (6, None), (7, 3.5), (8, 4.0), (19, 9.5)])
def test_more_than_three_flashes_are_seven_transitions(transitions: int, flashes: float | None) -> None:
    analysis = analyzed(flicker(BLACK, WHITE, transitions))
    assert (analysis.general and analysis.general.per_second) == flashes
    assert (analysis.fails, analysis.passes) == (flashes is not None, flashes is None)


@pytest.mark.parametrize(("hertz", "fails"), [(2.9, False), (3.0, False), (3.05, True), (3.4, True)])
def test_three_flashes_a_second_pass_and_faster_ones_fail(hertz: float, fails: bool) -> None:
    assert analyzed(flicker(BLACK, WHITE, 40, 1 / (2 * hertz))).fails is fails


@pytest.mark.parametrize(("span", "fails"), [(0.98, True), (1.0, False), (1.01, False)])
def test_a_transition_a_second_after_another_is_not_in_its_second(span: float, fails: bool) -> None:
    """Seven transitions, the first and the last of which are some time apart."""
    durations = [STILL, *[0.1] * 5, span - 0.5, STILL]
    frames = [frame({ALL: (BLACK, WHITE)[number % 2]}, duration) for number, duration in enumerate(durations)]
    assert analyzed(frames).fails is fails


def test_thirty_frames_of_a_thirtieth_are_a_second() -> None:
    states = [BLACK] + [color for number in range(7) for color in [(WHITE, BLACK)[number % 2]] * 5]
    assert analyzed(shown(states, 1 / 30)).passes
    assert analyzed(shown(states[:-6] + states[-5:], 1 / 30)).fails


def test_the_second_and_the_place_of_the_most_flashes_are_told() -> None:
    calm = shown([BLACK] * 20, STILL, (30, 60, 240, 120), (600, 400))
    wild = flicker(WHITE, BLACK, 10, area=(30, 60, 240, 120), size=(600, 400))
    general = analyzed([*calm, *wild, *calm], scale=1.0).general
    assert general is not None
    assert (general.per_second, general.box) == (6.0, Box(30, 60, 240, 120))
    assert general.start == pytest.approx(2.0)
    assert general.share == pytest.approx(240 * 120 / (341 * 256), rel=0.01)


def test_small_steps_in_one_direction_add_up() -> None:
    steps = [0, 40, 60, 75, 90]  # none of them changes the luminance by more than 0.05
    assert max(luminance(light) - luminance(dark) for dark, light in pairwise(steps)) < 0.05
    waves = [gray(level) for level in (steps + steps[-2:0:-1]) * 4] + [BLACK]
    assert analyzed(shown(waves, 0.02)).fails


def test_a_slow_fade_counts_as_one_change() -> None:
    up = [gray(level) for level in range(0, 256, 8)]
    analysis = analyzed(shown([*up, *up[::-1], *up], 0.02))
    assert analysis.passes
    assert analysis.general is None


def test_steps_in_the_same_direction_are_one_transition() -> None:
    stairs = [gray(level) for level in (0, 90, 130, 160, 185, 205, 220, 235)]  # each of them 0.1 or more
    assert analyzed(shown(stairs, FAST)).general is None


def test_wavering_below_the_threshold_is_no_transition() -> None:
    assert analyzed(shown([gray(level) for level in (120, 140) * 20], FAST)).general is None


RED, TEAL, GRAYISH = (101, 34, 34), (9, 63, 63), (61, 49, 94)  # of about the same luminance


def red_share(color: Color) -> float:
    red, green, blue = Coloraide("srgb", [part / 255 for part in color]).convert("srgb-linear")[:3]
    return float(red / (red + green + blue))


def chromaticity_difference(one: Color, other: Color) -> float:
    (u, v), (other_u, other_v) = (
        Coloraide("srgb", [part / 255 for part in color]).uv("1976") for color in (one, other)
    )
    return float(np.hypot(u - other_u, v - other_v))


@pytest.mark.parametrize(("red", "saturated"), [((101, 34, 34), True), ((100, 34, 34), False)])
def test_a_red_flash_involves_a_saturated_red(red: Color, saturated: bool) -> None:
    assert (red_share(red) >= 0.8) is saturated
    analysis = analyzed(flicker(red, TEAL))
    assert (analysis.general, analysis.fails) == (None, saturated)
    assert (analysis.red is not None) is saturated


@pytest.mark.parametrize(("other", "flashes"), [((56, 50, 96), True), ((61, 49, 94), False)])
def test_a_red_flash_changes_chromaticity_by_more_than_0_2(other: Color, flashes: bool) -> None:
    red = (109, 22, 48)
    assert red_share(red) >= 0.8
    assert (chromaticity_difference(red, other) > 0.2) is flashes
    assert analyzed(flicker(red, other)).fails is flashes


@pytest.mark.parametrize(("transitions", "fails"), [(6, False), (7, True)])
@pytest.mark.parametrize("states", [(RED, TEAL), (TEAL, RED)])
def test_more_than_three_red_flashes_fail(states: tuple[Color, Color], transitions: int, fails: bool) -> None:
    assert analyzed(flicker(*states, transitions)).fails is fails


def test_a_red_flash_returns_to_saturated_red() -> None:
    states = [RED, TEAL, RED, TEAL, RED, TEAL, (100, 34, 34), TEAL, RED]
    analysis = analyzed(shown(states, FAST))
    assert (analysis.red, analysis.passes) == (None, True)


def test_red_states_may_differ() -> None:
    states = [(109, 22, 48), (56, 50, 96), RED, TEAL, (115, 3, 57), (92, 13, 123), RED, TEAL]
    assert analyzed(shown(states, FAST)).fails


def test_a_fade_between_red_and_another_color_adds_up() -> None:
    fade = [RED, (86, 43, 43), (70, 52, 52), (50, 58, 58), TEAL]
    assert max(chromaticity_difference(one, other) for one, other in pairwise(fade)) < 0.1
    analysis = analyzed(shown((fade + fade[-2:0:-1]) * 4, 0.02))
    assert analysis.general is None
    assert analysis.red is not None


@pytest.mark.parametrize(("red", "flashes"), [((60, 0, 0), True), ((5, 0, 0), False)])
def test_red_flashes_on_black_unless_it_can_t_be_told_from_black(red: Color, flashes: bool) -> None:
    assert analyzed(flicker(red, BLACK)).fails is flashes


@pytest.mark.parametrize("states", [((0, 0, 255), BLACK), ((0, 120, 0), (0, 0, 130)), ((130, 60, 20), (60, 80, 90))])
def test_colors_without_saturated_red_are_no_red_flash(states: tuple[Color, Color]) -> None:
    assert analyzed(flicker(*states)).red is None


@pytest.mark.parametrize(
    ("area", "share", "fails"),
    [
        ((90, 60, 168, 135), 0.26, True),
        ((90, 60, 165, 126), 0.24, False),
        ((91, 62, 168, 135), 0.26, True),  # within no whole cells
        ((91, 62, 165, 122), 0.23, False),
        ((0, 0, 600, 21), 0.08, False),  # a band of which only 341 pixels are in a field
        ((0, 30, 600, 69), 0.27, True),
    ],
)
def test_more_than_a_quarter_of_a_field_fails(area: Area, share: float, fails: bool) -> None:
    assert min(area[2], 341) * area[3] / (341 * 256) == pytest.approx(share, abs=0.007)
    analysis = analyzed(flicker(BLACK, WHITE, area=area, size=(600, 400)), scale=1.0)
    assert (analysis.fails, analysis.passes) == (fails, not fails)
    assert analysis.general is not None
    assert analysis.general.share == pytest.approx(share, abs=0.03)


@pytest.mark.parametrize(("second_x", "fails"), [(180, True), (480, False)])
def test_areas_that_flash_together_add_up_within_a_field(second_x: int, fails: bool) -> None:
    places: list[Area] = [(60, 60, 90, 126), (second_x, 60, 90, 126)]  # 13 % each
    frames = [frame(dict.fromkeys(places, (BLACK, WHITE)[n % 2]), FAST, (600, 400)) for n in range(9)]
    analysis = analyzed(frames, scale=1.0)
    assert (analysis.fails, analysis.passes) == (fails, not fails)


@pytest.mark.parametrize("corner", [(0, 0), (432, 0), (0, 264), (432, 264)])
def test_a_field_may_lie_anywhere(corner: tuple[int, int]) -> None:
    analysis = analyzed(flicker(BLACK, WHITE, area=(*corner, 168, 135), size=(600, 399)), scale=1.0)
    assert analysis.fails
    assert analysis.general is not None
    assert analysis.general.box == Box(*corner, 168, 135)


@pytest.mark.parametrize(("scale", "fails"), [(0.5, True), (1.0, True), (1.02, False), (2.0, False)])
def test_a_field_is_measured_in_css_pixels(scale: float, fails: bool) -> None:
    assert analyzed(flicker(BLACK, WHITE, area=(90, 60, 168, 135), size=(600, 400)), scale=scale).fails is fails


def test_an_image_smaller_than_a_quarter_of_a_field_passes() -> None:
    analysis = analyzed(flicker(BLACK, WHITE, area=(0, 0, 160, 130), size=(160, 130)), scale=1.0)
    assert analysis.passes
    assert analysis.general is not None


def test_places_that_flash_out_of_step_are_for_a_person_to_judge() -> None:
    left, right = (0, 0, 5, 13), (13, 0, 5, 13)  # 29 % each, one light while the other is dark
    states = [(BLACK, WHITE), (WHITE, BLACK)]
    frames = [frame(dict(zip((left, right), states[number % 2], strict=True)), FAST) for number in range(9)]
    analysis = analyzed(frames)
    assert (analysis.fails, analysis.passes) == (False, False)
    assert analysis.general is not None
    assert analysis.general.in_step is False
    assert analysis.general.share > 0.5


def test_a_moving_texture_does_not_flash_in_step() -> None:
    texture = np.random.default_rng(0).integers(0, 256, (258, 600), np.uint8)
    texture = texture.repeat(6, axis=0)[:258].repeat(6, axis=1)
    frames = [Frame(np.dstack([texture[:, 9 * n : 9 * n + 342]] * 3), 0.04) for n in range(25)]
    analysis = analyzed(frames, scale=1.0)
    assert not analysis.fails
    assert analysis.general is not None


def test_a_fine_balanced_pattern_does_not_flash() -> None:
    rows, columns = np.indices((258, 342))
    checkers = ((rows + columns) % 2 * 255).astype(np.uint8)
    frames = [Frame(np.dstack([checkers if number % 2 else 255 - checkers] * 3), FAST) for number in range(9)]
    analysis = analyzed(frames, scale=2.0)
    assert (analysis.general, analysis.passes) == (None, True)


def test_an_object_that_crosses_the_field_does_not_flash() -> None:
    frames = [frame({(n, 3, 7, 8): WHITE}, 0.04) for n in range(24)]
    assert analyzed(frames).general is None


def test_flashes_of_different_places_one_after_the_other_add_up_in_their_field() -> None:
    left, right = (0, 0, 8, 13), (10, 0, 8, 13)
    frames = [frame({left: color}, FAST) for color in (BLACK, WHITE, BLACK, WHITE)]
    frames += [frame({right: color}, FAST) for color in (BLACK, WHITE, BLACK, WHITE, BLACK)]
    analysis = analyzed(frames)
    assert analysis.general is not None
    assert (analysis.general.per_second, analysis.fails) == (4.0, True)


def test_an_animation_that_plays_forever_flashes_across_its_end() -> None:
    """Three flashes a play, which takes 0.8 s; the next begins within the second."""
    play = shown([WHITE, BLACK] * 3, 0.8 / 6)
    assert analyzed(play).passes
    assert analyzed(play, plays=None).fails


def test_only_the_end_and_the_beginning_together_flash() -> None:
    ends = shown([WHITE, BLACK, WHITE, BLACK], FAST)
    long = [*ends, *shown([BLACK], 10.0), *ends]
    assert analyzed(long).passes
    assert analyzed(long, plays=None).fails
    assert analyzed(long, plays=2).fails


def test_the_change_from_the_last_frame_to_the_first_counts() -> None:
    play = [*shown([BLACK], 2.0), *shown([WHITE, BLACK, WHITE, BLACK, WHITE, BLACK, WHITE], FAST)]
    assert analyzed(play).fails
    assert analyzed(play[:-1], plays=None).passes
    once_more = analyzed(play, plays=None).general
    assert once_more is not None
    assert once_more.per_second == 4.0


@pytest.mark.parametrize(("plays", "flashes"), [(1, None), (2, None), (4, 3.5), (5, 4.5), (None, 10.0)])
def test_a_short_loop_flashes_as_often_as_it_plays(plays: int | None, flashes: float | None) -> None:
    general = analyzed(shown([WHITE, BLACK], FAST), plays=plays).general
    assert (general and general.per_second) == flashes


def test_frames_and_seconds_are_those_of_one_play() -> None:
    analysis = analyzed(shown([WHITE, BLACK, WHITE], 0.1), plays=None)
    assert (analysis.frames, analysis.complete) == (3, True)
    assert analysis.seconds == pytest.approx(0.3)


def interrupted(frames: list[Frame]) -> Iterator[Frame]:
    yield from frames
    raise CutShort


def test_an_animation_that_was_not_all_seen_may_fail_but_not_pass() -> None:
    calm, wild = shown([BLACK] * 3, STILL), flicker(BLACK, WHITE)
    unsure, failed = (analyze_flashing(Animation(None, interrupted(seen)), SMALL) for seen in (calm, wild))
    assert (unsure.complete, unsure.fails, unsure.passes) == (False, False, False)
    assert (failed.complete, failed.fails, failed.passes) == (False, True, False)


def test_an_animation_whose_first_frame_is_damaged_tells_nothing() -> None:
    assert analyze_flashing(Animation(None, interrupted([])), 1.0) == FlashAnalysis(None, None, 0, 0.0, complete=False)


def webp(size: tuple[int, int], frames: list[Drawn]) -> bytes:
    """Make a lossy file of plain frames."""
    images = [Image.new("RGB", size, COLORS[drawn.rows[0][0]]) for drawn in frames]
    durations = [10 * drawn.delay for drawn in frames]
    return encoded(images[0], "WEBP", save_all=True, append_images=images[1:], duration=durations, loop=0)


@pytest.mark.parametrize("make", [gif, apng, webp])
@pytest.mark.parametrize(("delay", "flashes"), [(0, 5.0), (1, 5.0), (2, 25.0), (17, None)])
def test_files_are_analyzed_as_they_are_played(
    make: Callable[[tuple[int, int], list[Drawn]], bytes], delay: int, flashes: float | None
) -> None:
    width, height = FIELD
    data = make(FIELD, [Drawn([letter * width] * height, delay=delay) for letter in "kw"])
    animation = open_animation(data, max_pixels=1000)
    assert animation is not None
    general = analyze_flashing(animation, SMALL).general
    assert (general and general.per_second) == flashes
