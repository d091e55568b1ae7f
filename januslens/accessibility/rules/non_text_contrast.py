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

from collections.abc import Iterator, Sequence
from typing import Final

from januslens.accessibility.check import Check, Outcome, Reason
from januslens.accessibility.rules.catalog import NON_TEXT_CONTRAST
from januslens.accessibility.severity import contrast_shortfall, severity
from januslens.accessibility.targets import MIN_BUTTON_PX
from januslens.color.luminance import contrast_ratio
from januslens.color.notation import Rgb, floored
from januslens.decode.scale import Scale
from januslens.layout.control_kinds import Kind
from januslens.layout.controls import Control

MIN_RATIO: Final = 3.0  # success criterion 1.4.11
MIXED_RATIO: Final = 2.6  # of a radio button's ring of 3:1, as no pixel of a thin curve shows its color unmixed
NAMES: Final = {
    Kind.BUTTON: "A button's boundary",
    Kind.FIELD: "A field's boundary",
    Kind.BOX: "The boundary of a box to check",
    Kind.ICON: "An icon",
}


def check_non_text_contrast(controls: Sequence[Control], scale: Scale) -> Iterator[Check]:
    """Judge each control's boundary and each icon; links are text, and low labels as often badges as buttons."""
    for control in controls:
        is_label = control.kind is Kind.BUTTON and control.box.height < MIN_BUTTON_PX * scale.value
        if control.kind is not Kind.LINK and not is_label:
            yield _judge(control, scale.value)


def _judge(control: Control, scale: float) -> Check:
    foreground, background = max(_boundaries(control), key=lambda pair: contrast_ratio(*pair))
    ratio = contrast_ratio(foreground, background)
    passed = ratio >= MIN_RATIO
    outcome, reason = _outcome(control, ratio)
    return Check(
        rule=NON_TEXT_CONTRAST,
        outcome=outcome,
        reason=reason,
        severity=0.0 if passed else severity(contrast_shortfall(ratio, MIN_RATIO), control.box, scale),
        box=control.box,
        foreground=foreground,
        background=background,
        ratio=ratio,
        required=MIN_RATIO,
        message=_message(control, ratio, passed=passed),
    )


def _outcome(control: Control, ratio: float) -> tuple[Outcome, Reason | None]:
    if ratio >= MIN_RATIO:
        return Outcome.PASSED, None
    if not control.empty:
        return Outcome.CANT_TELL, Reason.LABELED
    mixed = control.kind is Kind.BOX and ratio >= MIXED_RATIO
    return (Outcome.CANT_TELL, Reason.THIN_TEXT) if mixed else (Outcome.FAILED, None)


def _boundaries(control: Control) -> Iterator[tuple[Rgb, Rgb]]:
    """Yield the pairs of colors that meet at a control's boundary."""
    yield control.fill, control.surrounding
    if control.border is not None:
        yield control.border, control.surrounding
        yield control.border, control.fill


def _message(control: Control, ratio: float, *, passed: bool) -> str:
    measured = f"{NAMES[control.kind]} has {floored(ratio):.2f}:1 to what is beside it"
    if passed:
        return f"{measured}."
    if control.empty:
        return f"{measured}; {MIN_RATIO:g}:1 are needed where nothing else shows the control."
    other = "the text beside it" if control.kind is Kind.ICON else "what is inside"
    return f"{measured}; less than {MIN_RATIO:g}:1 suffices only where {other} identifies it."
