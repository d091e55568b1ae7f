import json
from dataclasses import replace

import pytest

from chalicelib.vision.accessibility.check import ContrastCheck, Outcome, Reason
from chalicelib.vision.accessibility.report import AccessibilityReport
from chalicelib.vision.geometry import Box
from chalicelib.vision.text.run import Size

CHECK = ContrastCheck(
    rule="text-contrast",
    criterion="1.4.3",
    level="AA",
    outcome=Outcome.CANT_TELL,
    reason=Reason.THIN_TEXT,
    box=Box(1, 2, 30, 40),
    foreground=(10, 171, 205),
    background=(255, 255, 255),
    ratio=4.4999,
    interval=(4.49996, 4.50001),
    required=4.5,
    size=Size(15.96, 13.04, 17.25),
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
        "box": {"x": 1, "y": 2, "width": 30, "height": 40},
        "foreground": "#0aabcd",
        "background": "#ffffff",
        "ratio": 4.49,
        "interval": [4.4999, 4.5001],
        "required": 4.5,
        "size": {"value": 16.0, "unit": "px", "interval": [13.0, 17.2]},
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


def test_the_summary_counts_each_outcome() -> None:
    report = with_outcomes(Outcome.FAILED, Outcome.PASSED, Outcome.FAILED, Outcome.CANT_TELL, Outcome.FAILED)
    assert report.summary() == {"passed": 1, "failed": 3, "cantTell": 1}


def test_without_text_the_report_is_empty_and_its_counts_are_zero() -> None:
    assert AccessibilityReport(()).to_json() == {"checks": [], "summary": {"passed": 0, "failed": 0, "cantTell": 0}}


def test_checks_are_written_in_their_order() -> None:
    written = with_outcomes(Outcome.FAILED, Outcome.PASSED, Outcome.CANT_TELL).to_json()["checks"]
    assert [check["outcome"] for check in written] == ["failed", "passed", "cantTell"]


def test_the_native_form_is_json() -> None:
    written = AccessibilityReport((CHECK,)).to_json()
    assert json.loads(json.dumps(written)) == written
