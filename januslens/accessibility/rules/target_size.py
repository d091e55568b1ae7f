"""Target Size (Minimum): a target is at least 24 by 24 CSS px, or has room around it.

Source: WCAG 2.2, success criterion 2.5.8 (AA), https://www.w3.org/TR/WCAG22/#target-size-minimum: "The size of the
target for pointer inputs is at least 24 by 24 CSS pixels, except when" one of these holds:

- Spacing: "undersized targets … are positioned so that if a 24 CSS pixel diameter circle is centered on the bounding
  box of each, the circles do not intersect another target or the circle for another undersized target". Checked here.
- Equivalent: another control on the page does the same. Pixels can't say.
- Inline: the target is in a sentence. Links within a line of other text, or a paragraph's, aren't looked at.
- User agent control: the size is the browser's own and not the author's. Pixels can't say; a bare checkbox is one.
- Essential: the size is. Pixels can't say.

What pixels can't say besides is what responds to a pointer, and how far beyond what is drawn (see `targets`): it fails
only where a control's frame is too close to another one's. All else that is small and close is `cantTell`.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from januslens.accessibility.check import Check, Outcome, Reason
from januslens.accessibility.criteria import Criterion
from januslens.accessibility.evidence import Evidence
from januslens.accessibility.rule import Axe, AxeData, Level, Rule, Unit
from januslens.accessibility.target_size import LOOKS, MINIMUM, SIZE, check_of
from januslens.accessibility.targets import Look, Target

MIN_SIZE_PX: Final = 24.0  # CSS px, success criterion 2.5.8

_LARGE: Final = f"{SIZE}; {MINIMUM} are needed."
_ROOM: Final = f"{SIZE}, less than {MINIMUM}, but has room around it."
_NEAR: Final = f"{SIZE}, less than {MINIMUM}, and too close to another."


def check(evidence: Evidence) -> Iterator[Check]:
    """Yield one check per target, of its size against 24 by 24 CSS px or, if it is smaller, of the room around it.

    It fails only if both the target and one that is too close to it surely are controls. Items of lists are omitted,
    and lines that may be links of a list are checked only if they are too close to another target.
    """
    scale = evidence.scale
    around = zip(evidence.surely_near, evidence.near, evidence.perhaps_near, strict=True)
    for target, (surely_near, near, perhaps_near) in zip(evidence.targets, around, strict=True):
        if target.look is Look.ITEM or (target.look is Look.LISTED and not near):
            continue
        judged = outcome, reason = _judge(target, surely_near, near, perhaps_near)
        message_id = f"{reason or outcome}{_surroundings(target, near)}"
        yield check_of(TARGET_SIZE, MIN_SIZE_PX, target, judged, scale, message_id=message_id)


def _judge(
    target: Target, surely_near: Sequence[Target], near: Sequence[Target], perhaps_near: Sequence[Target]
) -> tuple[Outcome, Reason | None]:
    """Judge by the targets that are too close at each possible scale, at the likeliest one, and at any of them."""
    if not perhaps_near:
        return Outcome.PASSED, None
    if target.is_sure and any(other.is_sure for other in surely_near):
        return Outcome.FAILED, None
    sure = target.is_sure and any(other.is_sure for other in near)
    return Outcome.CANT_TELL, Reason.PERHAPS_NO_TARGET if near and not sure else Reason.SCALE


def _surroundings(target: Target, near: Sequence[Target]) -> str:
    """Return what the id of a message ends with; nothing for a target that is large enough."""
    if target.is_large(MIN_SIZE_PX):
        return ""
    return ".near" if near else ".room"


TARGET_SIZE: Final = Rule(
    id="target-size",
    name="Target size",
    title="Targets are at least 24 by 24 CSS pixels, or so far apart that circles of that size don't meet",
    level=Level.AA,
    criterion=Criterion("2.5.8", "Target Size (Minimum)"),
    unit=Unit.PX,
    axe=Axe("target-size", category="cat.sensory-and-visual-cues", data=AxeData.TARGET),
    messages={
        Outcome.PASSED: _LARGE,
        "passed.room": _ROOM,
        "failed.near": _NEAR,
        Reason.SCALE: _LARGE,
        "scale.room": _ROOM,
        "scale.near": _NEAR,
        "perhapsNoTarget.near": f"{SIZE}, less than {MINIMUM}, and too close to another, if both are targets.",
        **LOOKS,
    },
    check=check,
)
