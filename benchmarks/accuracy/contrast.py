"""Comparison of contrast checks with axe-core's verdicts, by line and by alarm.

By line: a line of text judged by axe-core is *found* if a check covers more than 30 % of its box. The check that covers
most of it (of two that cover as much, the smaller) speaks for it.

By alarm: a `failed` check belongs to the line of text with which it shares most area. It is *right* if axe-core calls
that line a violation, *wrong* if it passes it, *unjudged* if it gives no verdict. An alarm that shares less than 5 % of
its own area with any line is *unjudged* if it touches cut-off or generated text, a form control or an image, and
*stray* elsewhere.
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
    """A line of text judged by axe-core, and the check that speaks for it (see the module), None if there is none."""

    page: str
    line: Line
    check: Check | None

    @property
    def outcome(self) -> str | None:
        """The outcome of the check, such as "failed", or None without a check."""
        return None if self.check is None else self.check.outcome


class Verdict(StrEnum):
    """The browser's verdict on an alarm, as the module defines it."""

    RIGHT = "right"
    WRONG = "wrong"
    STRAY = "stray"
    UNJUDGED = "unjudged"


@dataclass(frozen=True, slots=True)
class Alarm:
    """A failed check, the judged line to which it belongs, and the verdict; line is None if it belongs to none."""

    page: str
    check: Check
    line: Line | None
    verdict: Verdict


def match_lines(truth: Truth, checks: tuple[Check, ...]) -> Iterator[MatchedLine]:
    """Yield each line of a page that axe-core judged, with the check that speaks for it."""
    for line in truth.lines:
        shares = [(shared_area(check.box, line.box) / area(line.box), check) for check in checks]
        covering = [(share, -area(check.box), check) for share, check in shares if share > COVERED]
        best = max(covering, key=lambda entry: entry[:2])[2] if covering else None
        yield MatchedLine(truth.name, line, best)


def judge_alarms(truth: Truth, checks: tuple[Check, ...]) -> Iterator[Alarm]:
    """Yield an alarm with the browser's verdict for each failed check of a page; other checks are ignored."""
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
