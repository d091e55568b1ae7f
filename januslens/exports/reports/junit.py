"""A report as JUnit XML, which continuous integration shows as tests: one suite per rule, one case per issue.

Source: there is no standard; this keeps to what Jenkins' schema allows,
https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd.
What can't be told is `skipped`: it breaks no build, and isn't hidden either.
"""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Final
from xml.etree import ElementTree as ET

from januslens.accessibility.check import Check, Outcome
from januslens.accessibility.issues import Issue
from januslens.accessibility.rule import Rule
from januslens.accessibility.sentences import sentence_of
from januslens.exports import NAME
from januslens.exports.reports import figures
from januslens.exports.reports.subject import Subject

KINDS: Final = MappingProxyType({"failures": "failure", "skipped": "skipped"})
"""What a suite counts, by the elements that say it of a case."""


def write(subject: Subject) -> str:
    """Return an accessibility report as JUnit XML: one test suite per rule, and one test case per issue.

    Failed issues are failures; `cantTell` ones are skipped, so that they break no build. A rule with passed checks has
    one more test case for all of them.
    """
    suites = [_suite(subject, rule) for rule in subject.report.rules]
    root = ET.Element("testsuites", {"name": f"{NAME}: {subject.title}", **_counts(suites)})
    root.extend(suites)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _suite(subject: Subject, rule: Rule) -> ET.Element:
    report = subject.report
    cases = [_issue(report.checks, issue) for issue in report.issues if issue.worst.rule == rule]
    passed = figures.outcomes_of(report, rule).get(Outcome.PASSED, 0)
    if passed:
        cases.append(_case(rule, f"{figures.counted(passed, 'place')} passed"))
    count = {name: str(len([case for case in cases if case.find(kind) is not None])) for name, kind in KINDS.items()}
    suite = ET.Element(
        "testsuite",
        {
            "name": rule.id,
            "tests": str(len(cases)),
            "errors": "0",
            **count,
            "time": "0",
            "timestamp": subject.timestamp.partition(".")[0],  # the schema knows no zone; it is UTC
        },
    )
    properties = ET.SubElement(suite, "properties")
    for name, value in (("title", rule.title), ("requirement", figures.requirement(rule)), ("help", rule.help_url)):
        if value:
            ET.SubElement(properties, "property", {"name": name, "value": value})
    suite.extend(cases)
    return suite


def _counts(suites: Sequence[ET.Element]) -> dict[str, str]:
    names = ("tests", "failures", "errors", "skipped")
    return {name: str(sum(int(suite.get(name, 0)) for suite in suites)) for name in names} | {"time": "0"}


def _case(rule: Rule, name: str) -> ET.Element:
    return ET.Element("testcase", {"classname": rule.id, "name": name, "time": "0"})


def _issue(checks: Sequence[Check], issue: Issue) -> ET.Element:
    worst = issue.worst
    case = _case(worst.rule, figures.conditions(worst))
    failed = worst.outcome is Outcome.FAILED
    ended = ET.SubElement(case, "failure" if failed else "skipped", {"message": sentence_of(worst)})
    if failed:
        ended.set("type", figures.requirement(worst.rule))
    lines = (*figures.fixes(worst), *(figures.place(checks[position]) for position in issue.places))
    ended.text = "\n".join(lines)
    return case
