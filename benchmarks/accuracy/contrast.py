"""Contrast checks against axe-core's verdicts, line by line and alarm by alarm.

Line by line: a line of text that axe-core judged is *seen* if some check covers more than 30 % of its box; the check
that covers most of it (the smaller of two that cover as much) speaks for it.

Alarm by alarm: a `failed` check belongs to the line of text that shares most area with it. It is *right* where axe-core
calls that line a violation, *wrong* where it passes it, *unjudged* where it gave no verdict. One that shares less than
5 % of its own area with any line is *unjudged* where it meets cut-off or generated text, a form control or a picture,
and *stray* elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from benchmarks.truth.pages import Box, Line, Truth, area, shared_area
from benchmarks.truth.results import Check

COVERED: Final = 0.3  # of a line's box
TOUCHED: Final = 0.05  # of an alarm's box
NOWHERE: Final = (0.0, 0.0, 0.0, 0.0)
PASSED: Final = "passed"
FAILED: Final = "failed"
CANT_TELL: Final = "cantTell"


@dataclass(frozen=True, slots=True)
class MatchedLine:
    """A judged line and the check that speaks for it, None where none does."""

    page: str
    line: Line
    check: Check | None

    @property
    def outcome(self) -> str | None:
        """The check's outcome."""
        return None if self.check is None else self.check.outcome


class Verdict(StrEnum):
    """What the browser's truth says of an alarm."""

    RIGHT = "right"
    WRONG = "wrong"
    STRAY = "stray"
    UNJUDGED = "unjudged"


@dataclass(frozen=True, slots=True)
class Alarm:
    """A check that claims a failure, and the line that it belongs to, if there is one."""

    page: str
    check: Check
    line: Line | None
    verdict: Verdict


def match_lines(truth: Truth, checks: tuple[Check, ...]) -> Iterator[MatchedLine]:
    """Yield each judged line of a page with the check that speaks for it."""
    for line in truth.lines:
        shares = [(shared_area(check.box, line.box) / area(line.box), check) for check in checks]
        covering = [(share, -area(check.box), check) for share, check in shares if share > COVERED]
        best = max(covering, key=lambda entry: entry[:2])[2] if covering else None
        yield MatchedLine(truth.name, line, best)


def judge_alarms(truth: Truth, checks: tuple[Check, ...]) -> Iterator[Alarm]:
    """Yield each failed check of a page with its verdict."""
    elsewhere = [*truth.other_text, *(paint.box for paint in truth.paints if paint.is_image)]
    candidates = [(line.box, line) for line in truth.lines] + [(box, None) for box in truth.unjudged_lines]
    for check in checks:
        if check.outcome != FAILED:
            continue
        box, line = max(candidates, key=lambda entry: shared_area(entry[0], check.box), default=(NOWHERE, None))
        if not _touches(check, box):
            verdict = Verdict.UNJUDGED if any(_touches(check, other) for other in elsewhere) else Verdict.STRAY
            yield Alarm(truth.name, check, None, verdict)
        elif line is None:
            yield Alarm(truth.name, check, None, Verdict.UNJUDGED)
        else:
            yield Alarm(truth.name, check, line, Verdict.RIGHT if line.violates else Verdict.WRONG)


def _touches(check: Check, box: Box) -> bool:
    return shared_area(check.box, box) > TOUCHED * area(check.box)
