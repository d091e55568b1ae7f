"""Issues: equal findings at several places, grouped into one problem to solve.

Forty labels of one color on one background are one mistake in a style sheet. So an issue holds the checks of one rule
that agree in outcome, colors, need and size, and it is as severe as all of its places together.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from januslens.accessibility.check import Check, Outcome
from januslens.accessibility.rule import CONFORMANCE

SIZE_DIGITS: Final = 1  # that a report is written with, like the following
SEVERITY_DIGITS: Final = 3


@dataclass(frozen=True, slots=True)
class Issue:
    """Checks of one rule with the same finding at several places of an image, which are one problem to solve.

    An issue may have only one place. worst is the most severe check. severity, 0 to 1, is at least that of the worst
    check, and higher if there are many. places are the indexes of the checks in the report's list, the most severe
    first.
    """

    worst: Check
    severity: float
    places: tuple[int, ...]


def find_issues(checks: Sequence[Check]) -> tuple[Issue, ...]:
    """Group the checks that failed or are `cantTell` into issues; passed checks are omitted.

    Checks belong to the same issue if they agree in rule, outcome, reason, colors, requirement and size. Failures
    precede `cantTell`; in each group, levels A and AA precede AAA and advisory, then the most severe is first.
    """
    alike: defaultdict[tuple[Any, ...], list[int]] = defaultdict(list)
    for place, check in enumerate(checks):
        if check.outcome is not Outcome.PASSED:
            alike[identity(check)].append(place)
    issues = [_issue(checks, places) for places in alike.values()]
    return tuple(sorted(issues, key=_urgency))


def _urgency(issue: Issue) -> tuple[bool, bool, float]:
    worst = issue.worst
    return worst.outcome is not Outcome.FAILED, worst.rule.level not in CONFORMANCE, -issue.severity


def identity(check: Check) -> tuple[Any, ...]:
    """Return the key of a check: checks with equal keys belong to the same issue.

    It holds the rule's id, the outcome, the reason, both colors, the required value, and the size in whole CSS pixels.
    """
    size = check.size and round(round(check.size.value, SIZE_DIGITS))  # as of a report that was written and read
    return check.rule.id, check.outcome, check.reason, check.foreground, check.background, check.required, size


def _issue(checks: Sequence[Check], places: list[int]) -> Issue:
    severities = {place: round(checks[place].severity, SEVERITY_DIGITS) for place in places}  # as when read again
    ordered = sorted(places, key=lambda place: -severities[place])
    untouched = 1.0
    for place in ordered:
        untouched *= 1 - severities[place] / len(ordered) ** 0.5
    return Issue(checks[ordered[0]], max(severities[ordered[0]], 1 - untouched), tuple(ordered))
