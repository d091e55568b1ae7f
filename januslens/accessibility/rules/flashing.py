"""Nothing flashes more than three times in any one second, or it stays below the general and red flash thresholds.

Source: WCAG 2.2, success criterion 2.3.1 (A), https://www.w3.org/TR/WCAG22/#three-flashes-or-below-threshold; how
flashes are found is in `analysis`. What pixels can't say: how large the animation is shown, and how far away, for which
the criterion's 341 by 256 CSS px stand; and what else moves on the page at the same time.
"""

from typing import Final

from januslens.accessibility.check import Check, Outcome, Reason
from januslens.accessibility.flashing.result import FlashAnalysis, Flashes
from januslens.accessibility.rules.catalog import FLASHING
from januslens.decode.geometry import Box
from januslens.decode.scale import Scale

MAX_FLASHES_PER_SECOND: Final = 3.0  # in any one second


def check_flashing(found: FlashAnalysis, whole: Box, scale: Scale) -> Check:
    """Judge an animation; whole is the box of the picture."""
    worst = _worst(found)
    outcome, reason = _judge(found, scale)
    return Check(
        rule=FLASHING,
        outcome=outcome,
        reason=reason,
        severity=0.0 if outcome is Outcome.PASSED else 1.0,  # a seizure weighs more than any text
        box=whole if worst is None else worst.box,
        ratio=None if worst is None else worst.per_second,
        required=MAX_FLASHES_PER_SECOND,
        message=_message(found, worst),
    )


def _judge(found: FlashAnalysis, scale: Scale) -> tuple[Outcome, Reason | None]:
    if found.fails:
        return (Outcome.FAILED, None) if scale.known else (Outcome.CANT_TELL, Reason.SCALE)
    if found.passes:
        return Outcome.PASSED, None
    return Outcome.CANT_TELL, Reason.PERHAPS_NO_FLASH if found.complete else Reason.CUT_SHORT


def _worst(found: FlashAnalysis) -> Flashes | None:
    kinds = [flashes for flashes in (found.general, found.red) if flashes is not None]
    return max(kinds, key=lambda flashes: (flashes.exceed_area, flashes.share), default=None)


def _message(found: FlashAnalysis, worst: Flashes | None) -> str:
    seen = f"In {found.frames} frames of {found.seconds:.1f} s"
    if not found.complete:
        seen += ", which are not all,"
    if worst is None:
        return f"{seen} nothing flashes more than three times in a second."
    kind = "saturated red" if worst is found.red else "light and dark"
    return (
        f"{seen} {kind} flash {worst.per_second:g} times in the second from {worst.start:.1f} s on, over "
        f"{worst.share:.0%} of a field of 341 × 256 CSS px; more than three flashes over a quarter can cause seizures."
    )
