import json
from dataclasses import replace

import pytest

from januslens.accessibility.check import Check, Fixes, Outcome, PaletteFix, Reason
from januslens.accessibility.report import AccessibilityReport
from januslens.accessibility.rule import Level
from januslens.accessibility.rules.flashing import FLASHING
from januslens.accessibility.rules.text_contrast import TEXT_CONTRAST
from januslens.accessibility.rules.text_contrast_enhanced import TEXT_CONTRAST_ENHANCED
from januslens.accessibility.untested import UNTESTED
from januslens.color.notation import Fix
from januslens.decode.geometry import Box
from januslens.text.run import Size

CHECK = Check(
    rule=TEXT_CONTRAST,
    outcome=Outcome.CANT_TELL,
    reason=Reason.THIN_TEXT,
    box=Box(1, 2, 30, 40),
    foreground=(10, 171, 205),
    background=(255, 255, 255),
    ratio=4.4999,
    interval=(4.49996, 4.50001),
    required=4.5,
    size=Size(15.96, 13.04, 17.25),
    severity=0.25,
    text="Save",
    fixes=Fixes(Fix((10, 128, 153), 4.509, 9.876), None),
    message="A sentence.",
)


def with_outcomes(*outcomes: Outcome) -> AccessibilityReport:
    return AccessibilityReport(tuple(replace(CHECK, outcome=outcome) for outcome in outcomes))


def test_a_check_is_written_with_every_field() -> None:
    (written,) = AccessibilityReport((CHECK,)).to_json()["checks"]
    assert written == {
        "rule": "text-contrast",
        "criterion": "1.4.3",
        "level": "AA",
        "outcome": "cantTell",
        "reason": "thinText",
        "severity": 0.25,
        "box": {"x": 1, "y": 2, "width": 30, "height": 40},
        "text": "Save",
        "foreground": "#0aabcd",
        "background": "#ffffff",
        "ratio": 4.49,
        "interval": [4.4999, 4.5001],
        "required": 4.5,
        "size": {"value": 16.0, "unit": "px", "interval": [13.0, 17.2]},
        "fixes": {"foreground": {"color": "#0a8099", "ratio": 4.5, "difference": 9.88}, "background": None},
        "message": "A sentence.",
    }


def test_a_decided_check_has_no_reason() -> None:
    decided = replace(CHECK, reason=None)
    assert AccessibilityReport((decided,)).to_json()["checks"][0]["reason"] is None


@pytest.mark.parametrize(("ratio", "written"), [(4.4999, 4.49), (4.5, 4.5), (4.509, 4.5), (21.0, 21.0), (1.0, 1.0)])
def test_a_written_ratio_is_never_rounded_up(ratio: float, written: float) -> None:
    check = replace(CHECK, ratio=ratio)
    assert AccessibilityReport((check,)).to_json()["checks"][0]["ratio"] == written


@pytest.mark.parametrize("interval", [(3.00001, 3.00001), (4.49999, 4.50001), (1.0, 21.0), (2.71828, 3.14159)])
def test_a_written_interval_loses_nothing_of_what_was_measured(interval: tuple[float, float]) -> None:
    check = replace(CHECK, interval=interval)
    low, high = AccessibilityReport((check,)).to_json()["checks"][0]["interval"]
    assert low <= interval[0]
    assert high >= interval[1]
    assert high - low <= interval[1] - interval[0] + 0.0003


def test_the_outcomes_of_levels_a_and_aa_are_counted() -> None:
    report = with_outcomes(Outcome.FAILED, Outcome.PASSED, Outcome.FAILED, Outcome.CANT_TELL, Outcome.FAILED)
    enhanced = replace(CHECK, rule=TEXT_CONTRAST_ENHANCED, outcome=Outcome.FAILED)
    report = AccessibilityReport((*report.checks, enhanced))
    assert report.outcomes() == {"passed": 1, "failed": 3, "cantTell": 1}
    assert report.summary()["levels"]["AAA"] == {"passed": 0, "failed": 1, "cantTell": 0}


def test_the_share_of_text_that_passes_is_by_its_length() -> None:
    long, short = replace(CHECK, outcome=Outcome.PASSED, box=Box(0, 0, 300, 10)), replace(CHECK, box=Box(0, 9, 100, 10))
    assert AccessibilityReport((long, short)).summary()["text"] == {"AA": 0.75, "AAA": None}


def test_without_anything_to_check_all_counts_are_zero_and_the_gaps_are_still_named() -> None:
    written = AccessibilityReport((), inapplicable=(TEXT_CONTRAST,)).to_json()
    assert (written["checks"], written["issues"]) == ([], [])
    assert written["summary"]["outcomes"] == {"passed": 0, "failed": 0, "cantTell": 0}
    assert written["summary"]["rules"] == {"text-contrast": "inapplicable"}
    assert {gap["criterion"] for gap in written["untested"]} >= {"1.1.1", "2.1.1", "4.1.2"}


def test_rules_that_were_looked_at_are_in_their_usual_order() -> None:
    enhanced = replace(CHECK, rule=TEXT_CONTRAST_ENHANCED)
    report = AccessibilityReport((enhanced, CHECK, enhanced), inapplicable=(FLASHING,))
    assert report.rules == (TEXT_CONTRAST, TEXT_CONTRAST_ENHANCED, FLASHING)
    assert AccessibilityReport(()).rules == ()


def test_a_written_report_reads_back_as_it_was() -> None:
    palette_fix = PaletteFix((10, 171, 205), ((255, 255, 255),), Fix((10, 128, 153), 4.5, 9.88))
    written = AccessibilityReport((CHECK, replace(CHECK, text=None, fixes=None)), (palette_fix,), (FLASHING,)).to_json()
    assert AccessibilityReport.from_json(json.loads(json.dumps(written))).to_json() == written


@pytest.mark.parametrize("level", [Level.A, Level.AA])
def test_every_criterion_of_a_level_is_tested_or_said_not_to_be(level: Level) -> None:
    total = {Level.A: 31, Level.AA: 24}[level]  # WCAG 2.2, without 4.1.1 (obsolete and removed)
    named = {gap.criterion for gap in UNTESTED if gap.level is level}
    tested = {"1.4.1", "2.3.1"} if level is Level.A else {"1.4.3", "1.4.5", "1.4.11", "1.4.12", "2.5.8"}
    assert not named & tested
    assert len(named | tested) == total


def test_checks_are_written_in_their_order() -> None:
    written = with_outcomes(Outcome.FAILED, Outcome.PASSED, Outcome.CANT_TELL).to_json()["checks"]
    assert [check["outcome"] for check in written] == ["failed", "passed", "cantTell"]


def test_the_native_form_is_json() -> None:
    written = AccessibilityReport((CHECK,)).to_json()
    assert json.loads(json.dumps(written)) == written
