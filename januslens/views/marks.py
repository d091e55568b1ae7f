"""Marks: the boxes of a report's issues in a view, with all issues found at each."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from januslens.accessibility.check import Outcome
from januslens.accessibility.ordering import numbered
from januslens.accessibility.report import AccessibilityReport
from januslens.color.notation import Rgb
from januslens.decode.geometry import Box

WHITE: Final[Rgb] = (255, 255, 255)
COLORS: Final[Mapping[Outcome, Rgb]] = {Outcome.FAILED: (0xC4, 0x16, 0x0E), Outcome.CANT_TELL: (0x85, 0x54, 0x00)}
"""The colors of the HTML report, with 5.9:1 and 6.3:1 on white."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A box at which a report has issues, in pixels of the view.

    issues maps the number of each issue found at the box to the outcome of its check there.
    """

    box: Box
    issues: Mapping[int, Outcome]

    @property
    def outcome(self) -> Outcome:
        """The worst outcome of the issues at the box: failed if any failed, else `cantTell`."""
        return Outcome.FAILED if Outcome.FAILED in self.issues.values() else Outcome.CANT_TELL


def find_marks(report: AccessibilityReport, *, factor: int, margin: int, width: int, height: int) -> list[Mark]:
    """Return one mark per box at which a report's issues were found, those of the first issue first.

    The view has the given width and height in pixels and is the analyzed image divided by factor. A mark is the box of
    a check, enlarged by margin, in pixels of the view, on each side and clipped to the view; boxes outside the view are
    omitted.
    """
    found: defaultdict[Box, dict[int, Outcome]] = defaultdict(dict)
    for each in numbered(report):
        for position in each.issue.places:
            check = report.checks[position]
            found[check.box][each.number] = check.outcome
    marks = []
    for box, issues in found.items():
        left, top = max(box.x // factor - margin, 0), max(box.y // factor - margin, 0)
        right = min(-(-(box.x + box.width) // factor) + margin, width)
        bottom = min(-(-(box.y + box.height) // factor) + margin, height)
        if left < right and top < bottom:
            marks.append(Mark(Box(left, top, right - left, bottom - top), issues))
    return marks


def corners(box: Box) -> tuple[int, int, int, int]:
    """Return the left, top, right and bottom of a box, all inclusive, as Pillow's `rectangle` expects."""
    return box.x, box.y, box.x + box.width - 1, box.y + box.height - 1
