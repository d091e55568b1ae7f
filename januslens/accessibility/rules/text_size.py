"""Text smaller than 12 CSS px is hard to read for many.

A best practice, no success criterion: WCAG sets no least size. 12 px is the least size of body text in W3C's own
"Accessibility of text", in Apple's Human Interface Guidelines (11 pt) and Material Design's labels (11 to 12 sp); below
it Lighthouse's `font-size` audit counted text as illegible.

What pixels can't say: the size itself. It is estimated from the letters' heights (see `text.shape.size`): text fails
where it is smaller whatever the letters are, and is `cantTell` where the best estimate is smaller. Nor whether the text
can be zoomed, or is repeated elsewhere.
"""

from collections.abc import Iterator
from typing import Final

from januslens.accessibility.check import Check, Message, Outcome, Reason
from januslens.accessibility.evidence import Evidence
from januslens.accessibility.rule import Level, Rule, Unit
from januslens.accessibility.severity import severity
from januslens.accessibility.undecided import Verdict, stand_for_all
from januslens.decode.scale import Scale
from januslens.text.run import TextRun

MIN_SIZE_PX: Final = 12.0  # CSS px
SCARCELY_SMALLER: Final = 0.5  # CSS px: a size of 12 measured on whole pixels; nobody reads the difference

_MEASURED: Final = (
    "Text is about {size:whole} CSS px large ({low:tenths} to {high:tenths}); "
    "below {required:number} many find it hard to read."
)


def check(evidence: Evidence) -> Iterator[Check]:
    """Yield one check per run of text, of its estimated font size against 12 CSS px, less 0.5 px for rounding.

    It fails if the text is smaller whatever its size and the image's scale are within their bounds, and is `cantTell`
    if these decide. Of the runs for which only the scale decides, the smallest stands for all: one answer, the scale,
    decides them together. Runs of a single stroke are omitted.
    """
    scale = evidence.scale
    runs = (text.run for text in evidence.texts if text.run.letters > 1)
    judged = ((run, _judge(run, scale)) for run in runs)
    for run, verdict, others in stand_for_all(judged, lambda run: run.size.value):
        yield _check(run, verdict, scale, others)


def _check(run: TextRun, verdict: Verdict, scale: Scale, others: int) -> Check:
    outcome, reason = verdict
    shortfall = 0.0 if outcome is Outcome.PASSED else 1 - run.size.value / MIN_SIZE_PX
    size = run.size.over(scale)
    measured = {"size": size.value, "low": size.low, "high": size.high, "required": MIN_SIZE_PX}
    message = (
        Message("scale.others", {**measured, "others": others}) if others else Message(reason or outcome, measured)
    )
    return Check(
        rule=TEXT_SIZE,
        outcome=outcome,
        reason=reason,
        severity=severity(shortfall, run.box, scale.value),
        box=run.box,
        foreground=run.foreground.color,
        background=run.background,
        size=size,
        required=MIN_SIZE_PX,
        message=message,
    )


def _judge(run: TextRun, scale: Scale) -> Verdict:
    least = MIN_SIZE_PX - SCARCELY_SMALLER
    if run.size.high * scale.largest_factor < least:
        return Outcome.FAILED, None
    if run.size.value < least:
        return Outcome.CANT_TELL, Reason.TEXT_SIZE if run.size.high >= least else Reason.SCALE
    return (
        (Outcome.PASSED, None) if run.size.value * scale.smallest_factor >= least else (Outcome.CANT_TELL, Reason.SCALE)
    )


TEXT_SIZE: Final = Rule(
    id="text-size",
    name="Text size",
    title="Text is at least 12 CSS pixels high",
    level=Level.ADVISORY,
    unit=Unit.PX,
    messages={
        Outcome.PASSED: _MEASURED,
        Outcome.FAILED: _MEASURED,
        Reason.TEXT_SIZE: _MEASURED,
        Reason.SCALE: f"{_MEASURED} The image's scale decides.",
        "scale.others": f"{_MEASURED} The image's scale decides, also for other text ({{others:number}} places).",
    },
    check=check,
)
