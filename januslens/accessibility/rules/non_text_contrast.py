"""Non-text Contrast: what identifies a control or an icon has a contrast ratio of at least 3:1 to what is beside it.

Source: WCAG 2.2, success criterion 1.4.11 (AA), https://www.w3.org/TR/WCAG22/#non-text-contrast. A control's boundary
is seen where its fill differs from what surrounds it, or its border from either; the best of the three counts. It
isn't needed where something else identifies the control, as a button's text does
(https://www.w3.org/WAI/WCAG22/Understanding/non-text-contrast.html, "Boundaries"), so a faint boundary fails only where
nothing is inside: an empty field, a box that isn't checked.

What pixels can't say: that a control is inactive, or looks as the browser makes it, or that an icon is mere decoration
or stands for what text beside it says, all of which the criterion excepts. An icon's color is that of its pixel that
differs most from its ground: thin strokes may have none that shows it unmixed, so a faint icon never fails.
"""

from collections.abc import Iterator
from typing import Final

from januslens.accessibility.check import Check, Message, Outcome, Reason
from januslens.accessibility.criteria import Criterion
from januslens.accessibility.evidence import Evidence, MeasuredControl
from januslens.accessibility.rule import ColorFix, Level, Rule, Unit
from januslens.accessibility.severity import contrast_shortfall, severity
from januslens.accessibility.targets import MIN_BUTTON_PX
from januslens.layout.control import Control, Kind

MIN_RATIO: Final = 3.0  # success criterion 1.4.11
MIXED_RATIO: Final = 2.6  # of a radio button's ring of 3:1, as no pixel of a thin curve shows its color unmixed

_MEASURED: Final = "{shape} has {ratio:ratio} to what is beside it"
_ALONE: Final = f"{_MEASURED}; {{required:number}}:1 are needed where nothing else shows the control."
_LABELED: Final = f"{_MEASURED}; less than {{required:number}}:1 suffices only where"


def check(evidence: Evidence) -> Iterator[Check]:
    """Yield one check per control boundary or icon, of its contrast ratio against 3:1.

    A lower ratio fails only if nothing is inside the control, and is otherwise `cantTell`; so is that of an unmarked
    checkbox or radio button of at least 2.6:1. Links are omitted, as they are text, and so are button-like labels below
    24 CSS px in height, which are often badges.
    """
    scale = evidence.scale.value
    for measured in evidence.controls:
        control = measured.control
        is_label = control.kind is Kind.BUTTON and control.box.height < MIN_BUTTON_PX * scale
        if control.kind is not Kind.LINK and not is_label:
            yield _check(measured, scale)


def _check(measured: MeasuredControl, scale: float) -> Check:
    control, ratio = measured.control, measured.ratio
    outcome, reason = _judge(control, ratio)
    passed = outcome is Outcome.PASSED
    by_icon = reason is Reason.LABELED and control.kind is Kind.ICON
    return Check(
        rule=NON_TEXT_CONTRAST,
        outcome=outcome,
        reason=reason,
        severity=0.0 if passed else severity(contrast_shortfall(ratio, MIN_RATIO), control.box, scale),
        box=control.box,
        foreground=measured.foreground,
        background=measured.background,
        ratio=ratio,
        required=MIN_RATIO,
        message=Message(
            "labeled.icon" if by_icon else reason or outcome,
            {"shape": Message(f"shape.{control.kind}"), "ratio": ratio, "required": MIN_RATIO},
        ),
    )


def _judge(control: Control, ratio: float) -> tuple[Outcome, Reason | None]:
    if ratio >= MIN_RATIO:
        return Outcome.PASSED, None
    if not control.empty:
        return Outcome.CANT_TELL, Reason.LABELED
    mixed = control.kind is Kind.BOX and ratio >= MIXED_RATIO
    return (Outcome.CANT_TELL, Reason.THIN_TEXT) if mixed else (Outcome.FAILED, None)


NON_TEXT_CONTRAST: Final = Rule(
    id="non-text-contrast",
    name="Non-text contrast",
    title="Controls and icons have a contrast ratio of at least 3:1 to what is beside them",
    level=Level.AA,
    criterion=Criterion("1.4.11", "Non-text Contrast"),
    unit=Unit.RATIO,
    colors=("shape", "background"),
    color_fix=ColorFix.EACH,
    messages={
        Outcome.PASSED: f"{_MEASURED}.",
        Outcome.FAILED: _ALONE,
        Reason.THIN_TEXT: _ALONE,
        Reason.LABELED: f"{_LABELED} what is inside identifies it.",
        "labeled.icon": f"{_LABELED} the text beside it identifies it.",
        f"shape.{Kind.BUTTON}": "A button's boundary",
        f"shape.{Kind.FIELD}": "A field's boundary",
        f"shape.{Kind.BOX}": "The boundary of a box to check",
        f"shape.{Kind.ICON}": "An icon",
    },
    check=check,
)
