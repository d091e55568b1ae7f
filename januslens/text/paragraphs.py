"""Grouping of text into lines and paragraphs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Final

from januslens.decode.geometry import Box, union
from januslens.text.run import TextRun

NEAR: Final = 2.5  # font sizes from one baseline to the next: what is farther is another paragraph
ALIKE: Final = 0.12  # of the font size, by which two lines of a paragraph are measured differently
ALIGNED: Final = 0.5  # of the font size, by which left edges differ
LINE_GAP: Final = 1.5  # font sizes between two runs of one line


@dataclass(frozen=True)
class TextLine:
    """A line of text: its runs from left to right, which have the same core and are close together."""

    runs: tuple[TextRun, ...]

    @cached_property
    def box(self) -> Box:
        """The smallest box around all runs of the line, in image pixels."""
        return union([run.box for run in self.runs])

    @cached_property
    def baseline(self) -> int:
        """The row, in image pixels, below which only descenders reach, as the widest run shows it."""
        return self.main.baseline

    @cached_property
    def main(self) -> TextRun:
        """The widest run of the line."""
        return max(self.runs, key=lambda run: run.box.width)


def text_lines(runs: Sequence[TextRun], scale: float) -> list[TextLine]:
    """Group runs of text into lines, by core and from left to right; scale is in pixels per CSS pixel.

    Runs of one line were detected with exactly the same core rows; runs more than 1.5 font sizes apart belong to
    different lines. Lines are sorted by the first row of their core.
    """
    lines: list[TextLine] = []
    for _, row in groupby(sorted(runs, key=lambda run: (run.core, run.box.x)), key=lambda run: run.core):
        line: list[TextRun] = []
        for run in row:
            if line and run.box.x - (line[-1].box.x + line[-1].box.width) > LINE_GAP * run.size.value * scale:
                lines.append(TextLine(tuple(line)))
                line = []
            line.append(run)
        lines.append(TextLine(tuple(line)))
    return lines


def paragraphs(lines: Sequence[TextLine], scale: float) -> Iterator[list[TextLine]]:
    """Yield groups of at least two lines of about the same font size and left edge that follow one another closely.

    Baselines of successive lines are 0.5 to 2.5 font sizes apart. Lines that belong to no such group are left out.
    scale is in pixels per CSS pixel.
    """
    open_paragraphs: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda line: line.baseline):
        for paragraph in open_paragraphs:
            if _follows(paragraph[-1], line, scale):
                paragraph.append(line)
                break
        else:
            open_paragraphs.append([line])
    return (paragraph for paragraph in open_paragraphs if len(paragraph) > 1)


def _follows(above: TextLine, below: TextLine, scale: float) -> bool:
    size = above.main.size.value * scale
    if not 0.5 * size < below.baseline - above.baseline <= NEAR * size:
        return False
    alike = abs(below.main.size.value * scale - size) <= ALIKE * size
    return alike and abs(below.box.x - above.box.x) <= ALIGNED * size
