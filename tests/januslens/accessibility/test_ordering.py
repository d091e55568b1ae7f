"""One issue has one number, whoever shows the report."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from januslens.accessibility.check import Outcome
from januslens.accessibility.ordering import Group, numbered
from januslens.accessibility.report import AccessibilityReport
from januslens.decode.geometry import Box
from tests.januslens.exports.samples import ENHANCED, FAILED, GRADIENT, REPORT, SMALL, few, reports


def names(report: AccessibilityReport) -> list[tuple[int, tuple[int, ...]]]:
    """Each issue's number and places."""
    return [(each.number, each.issue.places) for each in numbered(report)]


def read_again(report: AccessibilityReport) -> AccessibilityReport:
    return AccessibilityReport.from_json(json.loads(json.dumps(report.to_json())))


def test_numbers_go_through_the_groups_in_their_order() -> None:
    report = AccessibilityReport((ENHANCED, SMALL, GRADIENT, FAILED))
    assert [(each.number, each.group) for each in numbered(report)] == list(enumerate(Group, 1))
    assert names(report) == [(1, (3,)), (2, (2,)), (3, (1,)), (4, (0,))]


def test_what_passed_has_no_number() -> None:
    found = [position for _, places in names(REPORT) for position in places]
    assert sorted(found) == [n for n, check in enumerate(REPORT.checks) if check.outcome is not Outcome.PASSED]


@few
@given(reports)
def test_a_report_read_again_has_the_numbers_that_it_had(report: AccessibilityReport) -> None:
    assert names(read_again(report)) == names(report)


@given(st.lists(st.floats(0.39, 0.41), min_size=2, max_size=6))
def test_so_has_one_of_issues_that_are_nearly_as_severe_as_each_other(severities: list[float]) -> None:
    report = AccessibilityReport(
        tuple(
            replace(FAILED, severity=severity, foreground=(n // 2, 0, 0), box=Box(0, 20 * n, 50, 16))
            for n, severity in enumerate(severities)
        )
    )
    assert names(read_again(report)) == names(report)
