"""The issues in the order in which a person reads them, by what they mean for conformance, with their numbers.

Everything that shows a report takes the numbers from here: the HTML report and the overlay use the same ones.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from januslens.accessibility.check import Check, Outcome
from januslens.accessibility.issues import Issue
from januslens.accessibility.report import AccessibilityReport
from januslens.accessibility.rule import Level


class Group(Enum):
    """The group of an issue by its meaning for WCAG conformance, in the order of display; the value is its heading.

    FAILURES and DOUBTS have the failed and the `cantTell` issues of levels A and AA, ADVICE has all issues of advisory
    rules, and ENHANCED all of level AAA.
    """

    FAILURES = "Fails WCAG 2.2 at level A or AA"
    DOUBTS = "For a person to judge"
    ADVICE = "Advice"
    ENHANCED = "Level AAA"


@dataclass(frozen=True, slots=True)
class Numbered:
    """An issue with its group, and the number, from 1, that identifies it in lists and in pictures of a report."""

    number: int
    group: Group
    issue: Issue


def numbered(report: AccessibilityReport) -> tuple[Numbered, ...]:
    """Return a report's issues, numbered from 1 in the order of display.

    They are ordered by group and, within a group, as in the report. The HTML report and the overlay use the same
    numbers.
    """
    return tuple(Numbered(number, group, issue) for number, (group, issue) in enumerate(_ordered(report), 1))


def _ordered(report: AccessibilityReport) -> Iterator[tuple[Group, Issue]]:
    for group in Group:
        yield from ((group, issue) for issue in report.issues if group_of(issue.worst) is group)


def group_of(check: Check) -> Group:
    """Return the group of a check that did not pass: by its rule's level and, at levels A and AA, by its outcome."""
    if check.rule.level is Level.ADVISORY:
        return Group.ADVICE
    if check.rule.level is Level.AAA:
        return Group.ENHANCED
    return Group.FAILURES if check.outcome is Outcome.FAILED else Group.DOUBTS
