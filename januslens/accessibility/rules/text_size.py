"""Text smaller than 12 CSS px is hard to read for many.

A best practice, no success criterion: WCAG sets no least size. 12 px is the least size of body text in W3C's own
"Accessibility of text", in Apple's Human Interface Guidelines (11 pt) and Material Design's labels (11 to 12 sp); below
it Lighthouse's `font-size` audit counted text as illegible.

What pixels can't say: the size itself. It is estimated from the letters' heights (see `text.size`): text fails where it
is smaller whatever the letters are, and is `cantTell` where the best estimate is smaller. Nor whether the text can be
zoomed, or is repeated elsewhere.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from januslens.accessibility.check import Check, Outcome, Reason
from januslens.accessibility.rules.catalog import TEXT_SIZE
from januslens.accessibility.severity import severity
from januslens.decode.scale import Scale
from januslens.text.run import TextRun

MIN_SIZE_PX: Final = 12.0  # CSS px
SCARCELY_SMALLER: Final = 0.5  # CSS px: a size of 12 measured on whole pixels; nobody reads the difference


def check_text_size(runs: Sequence[TextRun], scale: Scale) -> Iterator[Check]:
    """Judge each run of text that is more than a single shape."""
    for run in runs:
        if run.letters <= 1:
            continue
        outcome, reason = _judge(run, scale)
        shortfall = 0.0 if outcome is Outcome.PASSED else 1 - run.size.value / MIN_SIZE_PX
        yield Check(
            rule=TEXT_SIZE,
            outcome=outcome,
            reason=reason,
            severity=severity(shortfall, run.box, scale.value),
            box=run.box,
            foreground=run.foreground.color,
            background=run.background,
            size=run.size,
            required=MIN_SIZE_PX,
            message=f"Text is about {run.size.value:.0f} CSS px large ({run.size.low:.1f} to {run.size.high:.1f}); "
            f"below {MIN_SIZE_PX:g} many find it hard to read.",
        )


def _judge(run: TextRun, scale: Scale) -> tuple[Outcome, Reason | None]:
    least = MIN_SIZE_PX - SCARCELY_SMALLER
    if run.size.high * scale.largest_factor < least:
        return Outcome.FAILED, None
    if run.size.value < least:
        return Outcome.CANT_TELL, Reason.TEXT_SIZE if run.size.high >= least else Reason.SCALE
    return (
        (Outcome.PASSED, None) if run.size.value * scale.smallest_factor >= least else (Outcome.CANT_TELL, Reason.SCALE)
    )
