"""JUnit XML, read by junitparser and lxml's strict parser."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from junitparser import Error, Failure, JUnitXml, Skipped, TestSuite

from januslens.accessibility.check import Outcome
from januslens.accessibility.report import AccessibilityReport
from januslens.accessibility.rules.text_contrast import TEXT_CONTRAST
from januslens.exports.reports.formats import FORMATS
from januslens.exports.reports.subject import Subject
from tests.januslens.exports.samples import (
    CHECKS,
    EMPTY,
    FAILED,
    GRADIENT,
    HOSTILE,
    PASSED,
    REPORT,
    few,
    subject,
    subjects,
    with_text,
)

TestSuite.__test__ = False  # a class of junitparser, whose name pytest takes for a test


def read(of: Subject) -> JUnitXml:
    return JUnitXml.fromstring(FORMATS["junit"].write(of).encode())


def suite(name: str, of: Subject) -> TestSuite:
    (found,) = [found for found in read(of) if found.name == name]
    return found


def kinds(found: TestSuite) -> list[type]:
    return [type(result) for case in found for result in case.result]


@few
@given(subjects)
def test_counts_are_those_that_a_reader_counts(of: Subject) -> None:
    written = read(of)
    stated = (written.tests, written.failures, written.skipped, written.errors)
    suites = {found.name: (found.tests, found.failures, found.skipped, found.errors) for found in written}
    written.update_statistics()
    assert (written.tests, written.failures, written.skipped, written.errors) == stated
    for found in written:
        found.update_statistics()
        assert (found.tests, found.failures, found.skipped, found.errors) == suites[found.name]


@few
@given(subjects)
def test_an_issue_is_a_case_and_what_passed_of_a_rule_is_one_more(of: Subject) -> None:
    report = of.report
    for found in read(of):
        issues = [issue.worst.outcome for issue in report.issues if issue.worst.rule.id == found.name]
        assert kinds(found).count(Failure) == issues.count(Outcome.FAILED)
        assert kinds(found).count(Skipped) == issues.count(Outcome.CANT_TELL)
        assert kinds(found).count(Error) == 0
        passed = any(check.outcome is Outcome.PASSED and check.rule.id == found.name for check in report.checks)
        assert len(list(found)) == len(issues) + passed


def test_a_suite_is_a_rule_that_was_looked_at_with_or_without_a_find() -> None:
    used = {check.rule.id for check in CHECKS} | {rule.id for rule in REPORT.inapplicable}
    assert {found.name for found in read(subject())} == used
    assert list(suite("flashing", subject())) == []


def test_a_failure_says_what_is_wrong_what_would_do_and_where() -> None:
    failed, doubtful, passed = suite("text-contrast", subject())
    assert failed.name == "#777777 on #ffffff, 14 px, needs 4.5:1"
    (failure,) = failed.result
    assert failure.message == FAILED.message
    assert failure.type == "WCAG 1.4.3 Contrast (Minimum), level AA"
    assert failure.text.splitlines() == [
        "With #707070 for the text it would be 4.95:1.",
        "“Forgot password?” at 20, 20 (100 × 16 px)",
        "“Help” at 20, 40 (80 × 16 px)",
        "At 20, 60 (90 × 16 px)",
    ]
    assert doubtful.name == "#777777 on #c8d2fa, 14 px, needs 4.5:1, bgGradient"
    assert passed.name == "1 place passed"
    assert passed.result == []


def test_a_cases_name_stays_when_its_measures_change_a_little() -> None:
    moved = tuple(replace(check, ratio=check.ratio and check.ratio + 0.05, message="!") for check in CHECKS)
    before, after = (
        {case.name for found in read(of) for case in found}
        for of in (subject(), subject(replace(REPORT, checks=moved)))
    )
    assert before == after


def test_a_report_of_nothing_has_no_tests() -> None:
    written = read(subject(EMPTY))
    assert (list(written), written.tests, written.failures) == ([], 0, 0)


@pytest.mark.parametrize("text", [HOSTILE, "a\nb\tc & d", "]]>", "\x00\x0b"])
def test_text_of_an_image_is_no_markup(text: str) -> None:
    root = ET.fromstring(FORMATS["junit"].write(with_text(text)).encode())  # noqa: S314  our own
    names = {element.tag for element in root.iter()}
    assert names == {"testsuites", "testsuite", "properties", "property", "testcase", "failure", "skipped"}
    shown = "".join("\ufffd" if character in "\x00\x0b" else character for character in text)
    assert root.get("name") == f"Janus: {shown}"
    assert f"“{shown}” at 20, 20" in "".join(root.itertext())


def test_it_is_declared_as_what_it_is_encoded_in() -> None:
    assert FORMATS["junit"].write(subject()).startswith('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ')


def test_a_suite_to_the_letter() -> None:
    report = AccessibilityReport((FAILED, GRADIENT, PASSED, replace(PASSED, text="Other")))
    text = FORMATS["junit"].write(subject(report))
    title = TEXT_CONTRAST.title
    assert (
        text
        == f"""\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="Janus: sign-in@2x.png" tests="3" failures="1" errors="0" skipped="1" time="0">
  <testsuite name="text-contrast" tests="3" errors="0" failures="1" skipped="1" time="0" \
timestamp="2026-03-01T12:30:15">
    <properties>
      <property name="title" value="{title}" />
      <property name="requirement" value="WCAG 1.4.3 Contrast (Minimum), level AA" />
      <property name="help" value="https://www.w3.org/WAI/WCAG22/Understanding/contrast-minimum.html" />
    </properties>
    <testcase classname="text-contrast" name="#777777 on #ffffff, 14 px, needs 4.5:1" time="0">
      <failure message="{FAILED.message}" type="WCAG 1.4.3 Contrast (Minimum), level AA">\
With #707070 for the text it would be 4.95:1.
“Forgot password?” at 20, 20 (100 × 16 px)</failure>
    </testcase>
    <testcase classname="text-contrast" name="#777777 on #c8d2fa, 14 px, needs 4.5:1, bgGradient" time="0">
      <skipped message="{GRADIENT.message}">At 20, 100 (120 × 20 px)</skipped>
    </testcase>
    <testcase classname="text-contrast" name="2 places passed" time="0" />
  </testsuite>
</testsuites>
"""
    )
