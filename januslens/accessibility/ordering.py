"""The issues in the order in which a person reads them, by what they mean for conformance, with their numbers.

All views of a report take the numbers from here: an issue has the same one in the HTML report and in the overlay.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from januslens.accessibility.check import Check, Outcome
from januslens.accessibility.issues import Issue
from januslens.accessibility.report import AccessibilityReport
from januslens.accessibility.rule import Level


class Group(Enum):
    """A group of issues by what they mean for conformance; its value is the heading."""

    FAILURES = "Fails WCAG 2.2 at level A or AA"
    DOUBTS = "For a person to judge"
    ADVICE = "Advice"
    ENHANCED = "Level AAA"


@dataclass(frozen=True, slots=True)
class Numbered:
    """An issue, and the number that the list and the overlay give it."""

    number: int
    group: Group
    issue: Issue


def numbered(report: AccessibilityReport) -> tuple[Numbered, ...]:
    """Return a report's issues with their numbers, by their groups; in each the most severe goes first."""
    return tuple(Numbered(number, group, issue) for number, (group, issue) in enumerate(_ordered(report), 1))


def _ordered(report: AccessibilityReport) -> Iterator[tuple[Group, Issue]]:
    for group in Group:
        yield from ((group, issue) for issue in report.issues if group_of(issue.worst) is group)


def group_of(check: Check) -> Group:
    """Return the group of a check that didn't pass."""
    if check.rule.level is Level.ADVISORY:
        return Group.ADVICE
    if check.rule.level is Level.AAA:
        return Group.ENHANCED
    return Group.FAILURES if check.outcome is Outcome.FAILED else Group.DOUBTS
