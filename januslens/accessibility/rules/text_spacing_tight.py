"""Lines of a paragraph that are closer than 1.2 font sizes are hard to follow.

Source: WCAG 2.2, success criterion 1.4.12, https://www.w3.org/TR/WCAG22/#text-spacing, asks that a page bear a line
height of 1.5; it doesn't ask that it has one. So this is advice: 1.2 is the least `line-height: normal` that common
fonts ask for (Arial 1.15, Roboto 1.17, Inter and Helvetica Neue 1.21).

What pixels can't say: the font's size is known to some 10 %, so only what is tight whatever the size may be is
reported; and whether a reader can change the spacing.
"""

from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import Final

from januslens.accessibility.check import Check, Message, Outcome, Reason
from januslens.accessibility.criteria import Criterion
from januslens.accessibility.evidence import Evidence
from januslens.accessibility.rule import Level, Rule, Unit
from januslens.accessibility.severity import severity
from januslens.decode.geometry import union
from januslens.text.paragraphs import TextLine, paragraphs

MIN_PITCH: Final = 1.2  # font sizes
MIN_STROKES: Final = 12  # strokes of a line: shorter ones are labels that happen to stand below one another

_MEASURED: Final = (
    "Lines are {pitch:tenths} CSS px apart, {ratio:hundredths} times the text's size; "
    "below {required:number} they are hard to follow."
)


def check(evidence: Evidence) -> Iterator[Check]:
    """Yield one check per paragraph, of the distance between its baselines against 1.2 font sizes.

    It is `cantTell`, as advice, if the distance is smaller whatever the font size is within its bounds, else `passed`.
    Lines of fewer than 12 strokes of letters are left out.
    """
    scale = evidence.scale.value
    for paragraph in paragraphs([line for line in evidence.lines if _is_prose(line)], scale):
        pitches = [below.baseline - above.baseline for above, below in pairwise(paragraph)]
        pitch = median(pitches) / scale
        sizes = [line.main.size for line in paragraph]
        low, high = pitch / max(size.low for size in sizes), pitch / min(size.high for size in sizes)
        low, high = min(low, high), max(low, high)
        ratio = pitch / median(size.value for size in sizes)
        tight = high < MIN_PITCH
        box = union([line.box for line in paragraph])
        yield Check(
            rule=TEXT_SPACING_TIGHT,
            outcome=Outcome.CANT_TELL if tight else Outcome.PASSED,
            reason=Reason.ADVISORY if tight else None,
            severity=severity((MIN_PITCH - ratio) / MIN_PITCH if tight else 0.0, box, scale),
            box=box,
            foreground=paragraph[0].main.foreground.color,
            background=paragraph[0].main.background,
            ratio=ratio,
            interval=(low, high),
            required=MIN_PITCH,
            size=paragraph[0].main.size.over(evidence.scale),
            message=Message(
                Reason.ADVISORY if tight else Outcome.PASSED,
                {"pitch": pitch, "ratio": ratio, "required": MIN_PITCH},
            ),
        )


def _is_prose(line: TextLine) -> bool:
    return sum(run.letters for run in line.runs) >= MIN_STROKES


TEXT_SPACING_TIGHT: Final = Rule(
    id="text-spacing-tight",
    name="Line spacing",
    title="Lines of a paragraph are at least 1.2 font sizes apart",
    level=Level.ADVISORY,
    criterion=Criterion("1.4.12", "Text Spacing"),
    unit=Unit.MULTIPLE,
    messages={Outcome.PASSED: _MEASURED, Reason.ADVISORY: _MEASURED},
    check=check,
)
