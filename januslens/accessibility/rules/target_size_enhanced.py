"""Target Size (Enhanced): a target is at least 44 by 44 CSS px.

Source: WCAG 2.2, success criterion 2.5.5 (AAA), https://www.w3.org/TR/WCAG22/#target-size-enhanced. Room around a
target doesn't count. Its exceptions are equivalent, inline, user agent control and essential, as in `target_size`,
where what pixels can't say is said.
"""

from collections.abc import Iterator
from typing import Final

from januslens.accessibility.check import Check, Outcome, Reason
from januslens.accessibility.criteria import Criterion
from januslens.accessibility.evidence import Evidence
from januslens.accessibility.rule import Axe, AxeData, Level, Rule, Unit
from januslens.accessibility.target_size import LOOKS, MINIMUM, SIZE, check_of
from januslens.accessibility.targets import ROUNDING_PX, Look, Target
from januslens.accessibility.undecided import Verdict, stand_for_all
from januslens.decode.scale import Scale

MIN_SIZE_PX: Final = 44.0  # CSS px, success criterion 2.5.5
UNJUDGED: Final = (Look.LABEL, Look.LISTED, Look.ITEM)  # that they are targets is too bold a guess by itself

_MEASURED: Final = f"{SIZE}; {MINIMUM} are needed."


def check(evidence: Evidence) -> Iterator[Check]:
    """Yield one check per target, of its size against 44 by 44 CSS px; room around a target does not count.

    Labels, lines that may be links of a list, and items of lists are omitted. A small target fails only if it surely is
    a control. Of the targets for which only the scale decides, the smallest stands for all.
    """
    targets = (target for target in evidence.targets if target.look not in UNJUDGED)
    judged = ((target, _judge(target, evidence.scale)) for target in targets)
    for target, verdict, others in stand_for_all(judged, lambda target: target.size.value):
        outcome, reason = verdict
        yield check_of(
            TARGET_SIZE_ENHANCED,
            MIN_SIZE_PX,
            target,
            verdict,
            evidence.scale,
            message_id="scale.others" if others else reason or outcome,
            others=others,
        )


def _judge(target: Target, scale: Scale) -> Verdict:
    side, least = min(target.width, target.height), MIN_SIZE_PX - ROUNDING_PX
    if side * scale.smallest_factor > least:
        return Outcome.PASSED, None
    if not target.is_large(MIN_SIZE_PX) and not target.is_sure:
        return Outcome.CANT_TELL, Reason.PERHAPS_NO_TARGET
    return (Outcome.FAILED, None) if side * scale.largest_factor <= least else (Outcome.CANT_TELL, Reason.SCALE)


TARGET_SIZE_ENHANCED: Final = Rule(
    id="target-size-enhanced",
    name="Enhanced target size",
    title="Targets are at least 44 by 44 CSS pixels",
    level=Level.AAA,
    criterion=Criterion("2.5.5", "Target Size (Enhanced)"),
    unit=Unit.PX,
    axe=Axe(category="cat.sensory-and-visual-cues", data=AxeData.TARGET),
    messages={
        Outcome.PASSED: _MEASURED,
        Outcome.FAILED: _MEASURED,
        Reason.SCALE: f"{_MEASURED} The image's scale decides.",
        "scale.others": f"{_MEASURED} The image's scale decides, also for other targets ({{others:number}}).",
        Reason.PERHAPS_NO_TARGET: _MEASURED,
        **LOOKS,
    },
    check=check,
)
