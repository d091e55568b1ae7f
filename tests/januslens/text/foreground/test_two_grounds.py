"""Runs that show one color on two backgrounds, with mixes that the test computes."""

from dataclasses import replace

import numpy as np
import pytest

from januslens.color.notation import Rgb
from januslens.decode.geometry import Box
from januslens.text.foreground.two_grounds import bounded_by_other_grounds
from januslens.text.run import Backdrop, Foreground, Size, TextRun

GREEN: Rgb = (63, 180, 73)
DARK: Rgb = (68, 68, 68)
LIGHT: Rgb = (102, 102, 102)
FARTHEST: Rgb = (58, 255, 77)  # on the line from the dark background, with a coverage of 0.6


def shown(color: Rgb, background: Rgb, farthest: Rgb | None = None) -> TextRun:
    return TextRun(
        box=Box(0, 0, 100, 20),
        foreground=Foreground(color, color, color if farthest is None else farthest),
        background=background,
        backgrounds=(background, background),
        backdrop=Backdrop.FLAT,
        letters=8,
        size=Size(16, 14, 18),
        stem=1.0,
        core=(5, 14),
        baseline=14,
        monospaced=False,
    )


OPEN = shown(GREEN, DARK, FARTHEST)
OTHER = shown(GREEN, LIGHT, (0, 255, 20))


def bounded(run: TextRun, *others: TextRun) -> Foreground:
    return bounded_by_other_grounds([run, *others])[0].foreground


def mix(color: Rgb, background: Rgb, coverage: float) -> Rgb:
    red, green, blue = np.rint(np.array(background) + coverage * np.subtract(color, background)).astype(int).tolist()
    return red, green, blue


def test_a_color_that_text_shows_on_two_backgrounds_is_hardly_exceeded() -> None:
    """The lines from both backgrounds are 59 levels apart: 3 levels between them are 0.051 of the way."""
    found = bounded(OPEN, OTHER, OTHER)
    assert found == Foreground(GREEN, GREEN, (63, 186, 73))


@pytest.mark.parametrize("coverage", [0.5, 0.7, 0.8, 0.9])
def test_mixes_on_two_backgrounds_bound_no_color(coverage: float) -> None:
    true: Rgb = (60, 230, 90)
    run, other = (shown(mix(true, ground, coverage), ground, true) for ground in (DARK, LIGHT))
    assert bounded(run, other, other) == run.foreground


def test_a_single_run_shows_a_color_on_another_background_by_chance() -> None:
    assert bounded(OPEN, OTHER) == OPEN.foreground


def test_runs_on_the_same_background_bound_no_color() -> None:
    assert bounded(OPEN, OPEN, OPEN, OPEN) == OPEN.foreground


@pytest.mark.parametrize(("level", "same"), [(181, True), (182, False)])
def test_a_color_on_another_background_is_the_same_to_a_level(level: int, same: bool) -> None:
    other = shown((63, level, 73), LIGHT)
    assert (bounded(OPEN, other, other) != OPEN.foreground) is same


@pytest.mark.parametrize(("red", "apart"), [(78, False), (79, True)], ids=["9.9 levels", "10.9 levels"])
def test_backgrounds_on_nearly_one_line_of_mixes_bound_no_color(red: int, apart: bool) -> None:
    run = shown((68, 188, 68), DARK, (68, 255, 68))
    other = shown((68, 188, 68), (red, 68, 68))
    assert (bounded(run, other, other) != run.foreground) is apart


def test_of_several_backgrounds_the_second_farthest_off_the_line_bounds_a_color() -> None:
    near = shown(GREEN, (68, 90, 68))
    assert bounded(OPEN, OTHER, near) == bounded(OPEN, near, near)


def test_a_closer_bound_of_the_runs_own_is_kept() -> None:
    close = shown(GREEN, DARK, (63, 181, 73))
    assert bounded(close, OTHER, OTHER) == close.foreground


def test_a_proven_color_keeps_its_bounds() -> None:
    proven = replace(OPEN, foreground=replace(OPEN.foreground, unmixed=True))
    assert bounded(proven, OTHER, OTHER) == proven.foreground


@pytest.mark.parametrize("backdrop", [Backdrop.GRADIENT, Backdrop.IMAGE])
def test_only_flat_backgrounds_count(backdrop: Backdrop) -> None:
    varying = replace(OTHER, backdrop=backdrop)
    assert bounded(OPEN, varying, varying) == OPEN.foreground
    assert bounded(replace(OPEN, backdrop=backdrop), OTHER, OTHER) == OPEN.foreground


def test_only_colors_that_the_runs_own_pixels_show_count() -> None:
    lent = replace(OTHER, foreground=replace(OTHER.foreground, mixed=True))
    assert bounded(OPEN, lent, lent) == OPEN.foreground


def test_a_color_that_is_lent_is_not_bounded_by_another_background() -> None:
    lent = replace(OPEN, foreground=replace(OPEN.foreground, mixed=True))
    assert bounded(lent, OTHER, OTHER) == lent.foreground
