"""Nothing flashes more than three times in any one second, or it stays below the general and red flash thresholds.

Source: WCAG 2.2, success criterion 2.3.1 (A), https://www.w3.org/TR/WCAG22/#three-flashes-or-below-threshold; how
flashes are found is in `flashing.analysis`. What pixels can't say: whether a page enlarges the animation, and how
far away it is seen, for which the criterion assumes 341 by 256 CSS px; and what else moves at the same time.
"""

from collections.abc import Iterator
from typing import Final

from januslens.accessibility.check import Check, Message, Outcome, Reason
from januslens.accessibility.criteria import Criterion
from januslens.accessibility.evidence import Evidence
from januslens.accessibility.flashing.result import FlashAnalysis, Flashes
from januslens.accessibility.rule import Axe, Level, Rule, Unit
from januslens.decode.scale import Scale

MAX_FLASHES_PER_SECOND: Final = 3.0  # in any one second

_SAID: Final = "{seen} {found}"


def check(evidence: Evidence) -> Iterator[Check]:
    """Yield one check of the animation's flashes; nothing if the image is not animated.

    It fails if flashes surely exceed WCAG 2.3.1's thresholds, and passes if all frames stay below them; otherwise, and
    if the image may have several scales, it is `cantTell`.
    """
    found = evidence.flashes
    if found is None:
        return
    worst = _worst(found)
    outcome, reason = _judge(found, evidence.scale)
    yield Check(
        rule=FLASHING,
        outcome=outcome,
        reason=reason,
        severity=0.0 if outcome is Outcome.PASSED else 1.0,  # a seizure weighs more than any text
        box=evidence.whole if worst is None else worst.box,
        ratio=None if worst is None else worst.per_second,
        required=MAX_FLASHES_PER_SECOND,
        message=Message(reason or outcome, {"seen": _seen(found), "found": _found(found, worst)}),
    )


def _judge(found: FlashAnalysis, scale: Scale) -> tuple[Outcome, Reason | None]:
    if scale.others:
        return Outcome.CANT_TELL, Reason.SCALE
    if found.fails:
        return Outcome.FAILED, None
    if found.passes:
        return Outcome.PASSED, None
    return Outcome.CANT_TELL, Reason.PERHAPS_NO_FLASH if found.complete else Reason.CUT_SHORT


def _worst(found: FlashAnalysis) -> Flashes | None:
    kinds = [flashes for flashes in (found.general, found.red) if flashes is not None]
    return max(kinds, key=lambda flashes: (flashes.exceed_area, flashes.share), default=None)


def _seen(found: FlashAnalysis) -> Message:
    seconds = {"frames": found.frames, "seconds": found.seconds}
    return Message("seen.all" if found.complete else "seen.part", seconds)


def _found(found: FlashAnalysis, worst: Flashes | None) -> Message:
    if worst is None:
        return Message("found.nothing")
    return Message(
        "found.flashes",
        {
            "kind": Message("kind.red" if worst is found.red else "kind.general"),
            "per_second": worst.per_second,
            "start": worst.start,
            "share": worst.share,
        },
    )


FLASHING: Final = Rule(
    id="flashing",
    name="Flashing",
    title="Nothing flashes more than three times in any second",
    level=Level.A,
    criterion=Criterion("2.3.1", "Three Flashes or Below Threshold"),
    unit=Unit.PER_SECOND,
    axe=Axe(category="cat.time-and-media", impact="critical"),  # it can cause a seizure
    messages={
        Outcome.PASSED: _SAID,
        Outcome.FAILED: _SAID,
        Reason.SCALE: _SAID,
        Reason.PERHAPS_NO_FLASH: _SAID,
        Reason.CUT_SHORT: _SAID,
        "seen.all": "In {frames:number} frames of {seconds:tenths} s",
        "seen.part": "In {frames:number} frames of {seconds:tenths} s, which are not all,",
        "found.nothing": "nothing flashes more than three times in a second.",
        "found.flashes": "{kind} flash {per_second:number} times in the second from {start:tenths} s on, over "
        "{share:percent} of a field of 341 × 256 CSS px; more than three flashes over a quarter can cause seizures.",
        "kind.red": "saturated red",
        "kind.general": "light and dark",
    },
    check=check,
)
