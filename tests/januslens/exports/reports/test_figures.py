"""Numbers and words of reports."""

from dataclasses import replace

import pytest

from januslens.accessibility.check import Check, Fixes, Outcome
from januslens.accessibility.report import AccessibilityReport
from januslens.accessibility.rule import Rule
from januslens.accessibility.rules.color_vision import COLOR_VISION
from januslens.accessibility.rules.link_distinguishable import LINK_DISTINGUISHABLE
from januslens.accessibility.rules.non_text_contrast import NON_TEXT_CONTRAST
from januslens.accessibility.rules.text_contrast import TEXT_CONTRAST
from januslens.accessibility.rules.text_size import TEXT_SIZE
from januslens.accessibility.rules.text_spacing_tight import TEXT_SPACING_TIGHT
from januslens.color.notation import Fix
from januslens.decode.geometry import Box
from januslens.exports.reports import figures
from tests.januslens.exports.samples import CONTROL, FAILED, GRADIENT, LINK, PASSED, SMALL, TARGET, TIGHT


@pytest.mark.parametrize(
    ("ratio", "written"), [(2.999, "2.99:1"), (4.4999, "4.49:1"), (4.5, "4.50:1"), (21, "21.00:1")]
)
def test_a_ratio_is_cut_and_never_rounded_up(ratio: float, written: str) -> None:
    assert figures.contrast(ratio) == written


def test_ratios_of_two_decimals_stay_what_they_are() -> None:
    for ratio in (hundredths / 100 for hundredths in range(100, 2101)):
        assert figures.ratio(ratio) == ratio
        assert figures.interval(replace(FAILED, interval=(ratio, ratio))) == [ratio, ratio]


@pytest.mark.parametrize(
    ("check", "measured", "needed"),
    [
        (FAILED, "4.47:1", "4.5:1"),
        (GRADIENT, "2.13 to 5.60:1", "4.5:1"),
        (CONTROL, "1.35:1", "3:1"),
        (TARGET, "about 16 px", "24 px"),
        (SMALL, "about 9 px", "12 px"),
        (TIGHT, "1.10 to 1.16 font sizes", "1.2 font sizes"),
        (replace(FAILED, ratio=None, size=None, required=None), None, None),
        (replace(GRADIENT, ratio=2.0, interval=(2.0, 2.011)), "2.00 to 2.02:1", "4.5:1"),
        (replace(GRADIENT, ratio=2.0, interval=(2.0, 2.009)), "2.00:1", "4.5:1"),
        (replace(GRADIENT, ratio=2.0, interval=None), "2.00:1", "4.5:1"),
        (replace(GRADIENT, outcome=Outcome.FAILED), "4.47:1", "4.5:1"),
        (replace(GRADIENT, ratio=1.239, interval=(1.239, 4.561)), "1.23 to 4.57:1", "4.5:1"),
        (replace(TIGHT, ratio=1.134, interval=None), "1.13 font sizes", "1.2 font sizes"),
    ],
)
def test_what_was_measured_and_needed_has_its_unit(check: Check, measured: str | None, needed: str | None) -> None:
    assert (figures.measured(check), figures.needed(check)) == (measured, needed)


def test_a_fix_names_what_is_to_change() -> None:
    assert figures.fixes(FAILED) == ("With #707070 for the text it would be 4.95:1.",)
    assert figures.fixes(replace(LINK, fixes=FAILED.fixes)) == ("With #707070 for the link it would be 4.95:1.",)
    assert figures.fixes(GRADIENT) == ()


def test_a_requirement_is_a_criterion_with_its_level_or_a_best_practice() -> None:
    assert figures.requirement(TEXT_CONTRAST) == "WCAG 1.4.3 Contrast (Minimum), level AA"
    assert figures.requirement(TEXT_SIZE) == "Best practice"


def test_what_an_issue_has_in_common_names_it() -> None:
    assert figures.conditions(GRADIENT) == "#777777 on #c8d2fa, 14 px, needs 4.5:1, bgGradient"
    assert figures.conditions(replace(TARGET, size=None, required=None)) == TARGET.rule.title


@pytest.mark.parametrize(("count", "words"), [(0, "0 places"), (1, "1 place"), (1200, "1,200 places")])
def test_things_are_counted(count: int, words: str) -> None:
    assert figures.counted(count, "place") == words


@pytest.mark.parametrize(
    ("check", "words"),
    [
        (replace(FAILED, size=None), "#777777 on #ffffff, needs 4.5:1"),
        (replace(FAILED, background=None), "14 px, needs 4.5:1"),
        (replace(FAILED, foreground=None), "14 px, needs 4.5:1"),
        (replace(FAILED, required=None), "#777777 on #ffffff, 14 px"),
        (TARGET, "16 px, needs 24 px"),
    ],
)
def test_conditions_are_those_that_are_known(check: Check, words: str) -> None:
    assert figures.conditions(check) == words


@pytest.mark.parametrize(
    ("rule", "foreground", "background"),
    [
        (LINK_DISTINGUISHABLE, "link", "text around it"),
        (NON_TEXT_CONTRAST, "shape", "background"),
        (COLOR_VISION, "one area", "other area"),
        (TEXT_CONTRAST, "text", "background"),
    ],
)
def test_a_fix_names_what_has_which_color(rule: Rule, foreground: str, background: str) -> None:
    both = Fixes(Fix((0, 0, 0), 21.0, 1.0), Fix((255, 255, 255), 4.567, 1.0))
    assert figures.fixes(replace(FAILED, rule=rule, fixes=both)) == (
        f"With #000000 for the {foreground} it would be 21.00:1.",
        f"With #ffffff for the {background} it would be 4.56:1.",
    )


def test_advice_has_no_level() -> None:
    assert figures.requirement(TEXT_SPACING_TIGHT) == "WCAG 1.4.12 Text Spacing, advisory"


def test_outcomes_are_counted_in_the_order_in_which_they_matter() -> None:
    report = AccessibilityReport((PASSED, GRADIENT, FAILED, PASSED, TARGET))
    assert list(figures.outcomes_of(report, TEXT_CONTRAST).items()) == [
        (Outcome.FAILED, 1),
        (Outcome.CANT_TELL, 1),
        (Outcome.PASSED, 2),
    ]
    assert figures.outcomes_of(report, TEXT_SIZE) == {}


BOX = Box(1, 20, 300, 4000)


def test_a_fragment_is_in_pixels_by_media_fragments_uri() -> None:
    assert figures.fragment(BOX) == "xywh=1,20,300,4000"


def test_a_place_quotes_the_text_that_was_read() -> None:
    assert figures.place(replace(FAILED, box=BOX)) == "“Forgot password?” at 1, 20 (300 × 4000 px)"
    assert figures.place(replace(FAILED, box=BOX, text=None)) == "At 1, 20 (300 × 4000 px)"
