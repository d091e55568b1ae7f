"""Which findings are one, and what comes first."""

from dataclasses import replace

import pytest

from januslens.accessibility.check import Check, Outcome
from januslens.accessibility.issues import find_issues
from januslens.accessibility.rules.text_contrast import TEXT_CONTRAST
from januslens.accessibility.rules.text_contrast_enhanced import TEXT_CONTRAST_ENHANCED
from januslens.accessibility.severity import contrast_shortfall, severity
from januslens.decode.geometry import Box
from januslens.text.run import Size

GRAY = Check(
    rule=TEXT_CONTRAST,
    outcome=Outcome.FAILED,
    reason=None,
    box=Box(0, 0, 80, 16),
    message="A sentence.",
    severity=0.3,
    foreground=(119, 119, 119),
    background=(255, 255, 255),
    required=4.5,
    size=Size(16, 15, 17),
)


def test_what_is_alike_is_one_issue_with_all_its_places() -> None:
    checks = [replace(GRAY, box=Box(0, 20 * n, 80, 16)) for n in range(40)]
    (issue,) = find_issues(checks)
    assert sorted(issue.places) == list(range(40))


def test_another_color_size_need_or_outcome_is_another_issue() -> None:
    others = [
        replace(GRAY, foreground=(120, 120, 120)),
        replace(GRAY, background=(250, 250, 250)),
        replace(GRAY, size=Size(24, 23, 25)),
        replace(GRAY, required=3.0),
        replace(GRAY, outcome=Outcome.CANT_TELL),
    ]
    assert len(find_issues([GRAY, *others])) == 6


def test_what_passed_is_no_issue() -> None:
    assert find_issues([replace(GRAY, outcome=Outcome.PASSED)]) == ()


def test_failures_come_first_then_what_conformance_asks_then_the_most_severe() -> None:
    doubtful = replace(GRAY, outcome=Outcome.CANT_TELL, severity=0.9)
    enhanced = replace(GRAY, rule=TEXT_CONTRAST_ENHANCED, severity=0.9)
    worse = replace(GRAY, foreground=(200, 200, 200), severity=0.5)
    ordered = [issue.worst for issue in find_issues([doubtful, enhanced, GRAY, worse])]
    assert ordered == [worse, GRAY, enhanced, doubtful]


def test_many_places_are_more_severe_than_one() -> None:
    (one,), (many,) = find_issues([GRAY]), find_issues([GRAY] * 9)
    assert one.severity == pytest.approx(GRAY.severity)
    assert GRAY.severity < many.severity <= 1


def test_the_worst_place_comes_first() -> None:
    (issue,) = find_issues([GRAY, replace(GRAY, severity=0.6), replace(GRAY, severity=0.4)])
    assert issue.places == (1, 2, 0)


def test_severity_grows_with_what_is_missing_and_with_what_it_concerns() -> None:
    small, large = Box(0, 0, 20, 10), Box(0, 0, 600, 40)
    assert 0 == severity(0, large, 1) < severity(0.2, small, 1) < severity(0.2, large, 1) < severity(0.9, large, 1) <= 1
    assert severity(0.5, large, 2) < severity(0.5, large, 1)  # of the same CSS pixels there are fewer


def test_the_shortfall_of_a_contrast_goes_from_nothing_there_to_enough() -> None:
    assert [contrast_shortfall(ratio, 4.5) for ratio in (1, 2.75, 4.5, 21)] == [1, 0.5, 0, 0]
