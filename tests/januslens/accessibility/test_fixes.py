"""Which checks get a fix, and palette fixes; that a fix is the nearest is tested with `color.nearest`."""

from dataclasses import replace

from coloraide import Color

from januslens.accessibility.check import Check, Outcome, Reason
from januslens.accessibility.fixes import palette_fixes, with_fixes
from januslens.accessibility.rules.text_contrast import TEXT_CONTRAST
from januslens.accessibility.rules.text_size import TEXT_SIZE
from januslens.color.notation import Rgb, hex_color
from januslens.decode.geometry import Box

WHITE: Rgb = (255, 255, 255)
PALE: Rgb = (238, 238, 238)
GRAY: Rgb = (140, 140, 140)
FAILING = Check(
    rule=TEXT_CONTRAST,
    outcome=Outcome.FAILED,
    reason=None,
    box=Box(0, 0, 80, 16),
    message="A sentence.",
    foreground=GRAY,
    background=WHITE,
    required=4.5,
)


def ratio(one: Rgb, other: Rgb) -> float:
    return Color(hex_color(one)).contrast(Color(hex_color(other)), method="wcag21")


def test_a_failure_is_given_a_text_color_and_a_background_that_reach_the_need() -> None:
    (check,) = with_fixes([FAILING])
    assert check.fixes is not None
    assert check.fixes.foreground is not None
    assert ratio(check.fixes.foreground.color, WHITE) >= 4.499
    assert check.fixes.background is not None
    assert ratio(GRAY, check.fixes.background.color) >= 4.499


def test_what_passed_or_stands_on_a_varying_background_or_is_no_matter_of_contrast_has_no_fix() -> None:
    others = [
        replace(FAILING, outcome=Outcome.PASSED),
        replace(FAILING, outcome=Outcome.CANT_TELL, reason=Reason.GRADIENT),
        replace(FAILING, outcome=Outcome.CANT_TELL, reason=Reason.IMAGE),
        replace(FAILING, rule=TEXT_SIZE),
    ]
    assert [check.fixes for check in with_fixes(others)] == [None] * 4


def test_a_color_that_fails_on_two_backgrounds_is_mended_once_for_both() -> None:
    (fix,) = palette_fixes([FAILING, replace(FAILING, background=PALE)])
    assert (fix.color, set(fix.on)) == (GRAY, {WHITE, PALE})
    assert min(ratio(fix.fix.color, background) for background in (WHITE, PALE)) >= 4.499


def test_a_color_that_fails_in_one_place_needs_no_palette_fix() -> None:
    assert palette_fixes([FAILING]) == ()


def test_no_palette_fix_turns_a_color_into_another() -> None:
    on_orange = replace(FAILING, foreground=WHITE, background=(227, 146, 0))
    assert palette_fixes([on_orange, on_orange]) == ()
