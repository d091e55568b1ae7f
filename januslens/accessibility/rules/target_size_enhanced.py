"""Target Size (Enhanced): a target is at least 44 by 44 CSS px.

Source: WCAG 2.2, success criterion 2.5.5 (AAA), https://www.w3.org/TR/WCAG22/#target-size-enhanced. Room around a
target doesn't count. Its exceptions are equivalent, inline, user agent control and essential, as in `target_size`,
where what pixels can't say is said.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from januslens.accessibility.check import Check, Outcome, Reason
from januslens.accessibility.rules.catalog import TARGET_SIZE_ENHANCED
from januslens.accessibility.rules.target_size import check_of, is_large, judge_small, large_in_any_scale
from januslens.accessibility.targets import Look, Target
from januslens.decode.scale import Scale

MIN_SIZE_PX: Final = 44.0  # CSS px, success criterion 2.5.5
UNJUDGED: Final = (Look.LABEL, Look.LISTED, Look.ITEM)  # that they are targets is too bold a guess by itself


def check_target_size_enhanced(targets: Sequence[Target], scale: Scale) -> Iterator[Check]:
    """Judge each target that looks like one by itself."""
    for target in targets:
        if target.look not in UNJUDGED:
            message = (
                f"{target.look.value} is {target.width:.0f} by {target.height:.0f} CSS px; "
                f"{MIN_SIZE_PX:.0f} by {MIN_SIZE_PX:.0f} are needed."
            )
            yield check_of(TARGET_SIZE_ENHANCED, MIN_SIZE_PX, target, _judge(target, scale), scale.value, message)


def _judge(target: Target, scale: Scale) -> tuple[Outcome, Reason | None]:
    if not is_large(target, MIN_SIZE_PX):
        if not target.is_sure:
            return Outcome.CANT_TELL, Reason.PERHAPS_NO_TARGET
        return judge_small(target, MIN_SIZE_PX, scale)
    if large_in_any_scale(target, MIN_SIZE_PX, scale):
        return Outcome.PASSED, None
    return Outcome.CANT_TELL, Reason.SCALE
