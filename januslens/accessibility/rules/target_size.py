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

import numpy as np

from januslens.accessibility.check import Check, Outcome, Reason
from januslens.accessibility.rules.catalog import TARGET_SIZE, Rule
from januslens.accessibility.severity import severity
from januslens.accessibility.targets import Look, Target
from januslens.decode.scale import Scale

MIN_SIZE_PX: Final = 24.0  # CSS px, success criterion 2.5.8
ROUNDING: Final = 0.5  # CSS px by which a side or a circle that begins and ends amid pixels is measured differently


def check_target_size(targets: Sequence[Target], scale: Scale) -> Iterator[Check]:
    """Judge each target; what only may be one only if it looks like a control or is too close to another."""
    for target, near in zip(targets, _near(targets, scale.value), strict=True):
        if target.look is Look.ITEM or (target.look is Look.LISTED and not near):
            continue
        outcome, reason = _judge(target, near, scale)
        yield check_of(TARGET_SIZE, MIN_SIZE_PX, target, (outcome, reason), scale.value, _message(target, near))


def is_large(target: Target, least: float) -> bool:
    """Whether a target's sides are both long enough, as far as can be measured."""
    return min(target.width, target.height) > least - ROUNDING


def large_in_any_scale(target: Target, least: float, scale: Scale) -> bool:
    """Whether a target's sides are long enough whatever the picture's scale may be."""
    return min(target.width, target.height) * scale.smallest_factor > least - ROUNDING


def judge_small(target: Target, least: float, scale: Scale) -> tuple[Outcome, Reason | None]:
    """Judge a sure target with too short a side: it fails if the side is whatever the picture's scale may be."""
    small = min(target.width, target.height) * scale.largest_factor <= least - ROUNDING
    return (Outcome.FAILED, None) if small else (Outcome.CANT_TELL, Reason.SCALE)


def check_of(
    rule: Rule, least: float, target: Target, judged: tuple[Outcome, Reason | None], scale: float, message: str
) -> Check:
    """Return the check of a target against a least size."""
    outcome, reason = judged
    open_or_failed = outcome is Outcome.FAILED or reason is Reason.PERHAPS_NO_TARGET
    return Check(
        rule=rule,
        outcome=outcome,
        reason=reason,
        severity=severity(1 - target.size.value / least, target.box, scale) if open_or_failed else 0.0,
        box=target.box,
        size=target.size,
        required=least,
        message=message,
    )


def _judge(target: Target, near: Sequence[Target], scale: Scale) -> tuple[Outcome, Reason | None]:
    if target.is_sure and any(other.is_sure for other in near):
        return judge_small(target, MIN_SIZE_PX, scale)
    if near:
        return Outcome.CANT_TELL, Reason.PERHAPS_NO_TARGET
    if scale.known or large_in_any_scale(target, MIN_SIZE_PX, scale):
        return Outcome.PASSED, None
    return Outcome.CANT_TELL, Reason.SCALE


def _near(targets: Sequence[Target], scale: float) -> Iterator[list[Target]]:
    """Yield for each target, where it is undersized, those that the circle around its middle meets.

    It meets another target, or the circle of an undersized one.
    """
    sides = np.array([(box.x, box.y, box.width, box.height) for box in (target.box for target in targets)], np.float64)
    corner, extent = sides.reshape(-1, 4)[:, :2], sides.reshape(-1, 4)[:, 2:]
    middles = corner + extent / 2
    undersized = np.array([not is_large(target, MIN_SIZE_PX) for target in targets], np.bool_)
    is_item = np.array([target.look is Look.ITEM for target in targets], np.bool_)
    radius = (MIN_SIZE_PX - ROUNDING) / 2 * scale
    for number, target in enumerate(targets):
        if not undersized[number]:
            yield []
            continue
        off = np.abs(middles - middles[number])
        meets = np.hypot(*np.maximum(off - extent / 2, 0).T) < radius
        meets |= undersized & (np.hypot(*off.T) < 2 * radius)
        meets[number] = False
        if target.look is not Look.ICON:
            meets &= ~is_item  # what else is in a list's item is part of it
        yield [targets[other] for other in np.flatnonzero(meets).tolist()]


def _message(target: Target, near: Sequence[Target]) -> str:
    measured = f"{target.look.value} is {target.width:.0f} by {target.height:.0f} CSS px"
    if is_large(target, MIN_SIZE_PX):
        return f"{measured}; {MIN_SIZE_PX:.0f} by {MIN_SIZE_PX:.0f} are needed."
    if not near:
        return f"{measured}, less than {MIN_SIZE_PX:.0f} by {MIN_SIZE_PX:.0f}, but has room around it."
    doubt = "" if target.is_sure and any(other.is_sure for other in near) else ", if both are targets"
    return f"{measured}, less than {MIN_SIZE_PX:.0f} by {MIN_SIZE_PX:.0f}, and too close to another{doubt}."
