"""The targets that are too close to an undersized one.

Source: WCAG 2.2, success criterion 2.5.8, https://www.w3.org/TR/WCAG22/#target-size-minimum: circles of 24 CSS px
around the middles of undersized targets.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from januslens.accessibility.rules.target_size import MIN_SIZE_PX
from januslens.accessibility.targets import ROUNDING_PX, Look, Target


def targets_near(targets: Sequence[Target], scale: float) -> Iterator[list[Target]]:
    """Yield for each target, in order, the list of other targets that are too close to it for WCAG 2.5.8.

    The list is empty for a target of at least 24 by 24 CSS px. For a smaller one it has the targets that intersect a
    circle of 24 CSS px in diameter around the target's center, and the undersized ones whose own circle intersects that
    circle. Items of lists are only in the lists of icons. scale is in image pixels per CSS pixel.
    """
    sides = np.array([(box.x, box.y, box.width, box.height) for box in (target.box for target in targets)], np.float64)
    corner, extent = sides.reshape(-1, 4)[:, :2], sides.reshape(-1, 4)[:, 2:]
    middles = corner + extent / 2
    undersized = extent.min(axis=1, initial=np.inf) <= (MIN_SIZE_PX - ROUNDING_PX) * scale
    is_item = np.array([target.look is Look.ITEM for target in targets], np.bool_)
    radius = (MIN_SIZE_PX - ROUNDING_PX) / 2 * scale
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
