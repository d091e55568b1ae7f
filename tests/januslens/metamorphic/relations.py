"""Pictures that show the same in another frame, and what of their reports must be the same then."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from math import isclose
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.accessibility.check import Check
from januslens.accessibility.rule import Rule
from januslens.accessibility.rules.images_of_text import IMAGES_OF_TEXT
from januslens.accessibility.rules.text_contrast import TEXT_CONTRAST
from januslens.accessibility.rules.text_contrast_enhanced import TEXT_CONTRAST_ENHANCED
from januslens.accessibility.rules.text_size import TEXT_SIZE
from januslens.color.notation import Rgb
from januslens.decode.geometry import Box
from januslens.text.run import Size

Pixels = NDArray[np.uint8]
Cores = NDArray[np.float64]
"""Left, top, right and bottom of the cores of lines of text, shape (n, 4)."""

TEXT: Final = (TEXT_CONTRAST, TEXT_CONTRAST_ENHANCED, TEXT_SIZE, IMAGES_OF_TEXT)
COVERED: Final = 0.7  # of a check's box by those of the same verdict: where a line is parted differs
RATIO_TOLERANCE: Final = 0.15  # where colors are estimated; a line's pitch is known to a pixel of some 20


@dataclass(frozen=True)
class Moved:
    """A picture in another frame: where it begins now, and whether left and right are exchanged."""

    pixels: Pixels
    x: int = 0
    y: int = 0
    mirrored: bool = False

    def box(self, box: Box) -> Box:
        """Where a box of the picture is now."""
        x = self.pixels.shape[1] - box.x - box.width if self.mirrored else box.x + self.x
        return Box(x, box.y + self.y, box.width, box.height)

    def cores(self, cores: Cores) -> Cores:
        """Where cores of text are now, of those that are still in the picture."""
        height, width = self.pixels.shape[:2]
        now = cores + np.array([self.x, self.y] * 2)
        if self.mirrored:
            now[:, [0, 2]] = width - cores[:, [2, 0]]
        inside = (now[:, :2] >= 0).all(axis=1) & (now[:, 2:] <= [width, height]).all(axis=1)
        kept: Cores = now[inside]
        return kept

    def checks(self, checks: Iterable[Check]) -> list[Check]:
        """The checks as they must be now, of what is wholly in the picture."""
        height, width = self.pixels.shape[:2]
        now = [replace(check, box=self.box(check.box)) for check in checks]
        return [
            check
            for check in now
            if 0 <= check.box.x <= width - check.box.width and 0 <= check.box.y <= height - check.box.height
        ]


Move = Callable[[Pixels], Moved]


def padded(by: int) -> Move:
    """More of the background on all sides."""
    return lambda pixels: Moved(np.pad(pixels, ((by, by), (by, by), (0, 0)), mode="edge"), by, by)


def shifted(by: int) -> Move:
    """All farther to the right and farther down in a frame of the same size."""
    return lambda pixels: Moved(np.pad(pixels, ((by, 0), (by, 0), (0, 0)), mode="edge")[:-by, :-by], by, by)


def cropped(left: int, top: int, right: int, bottom: int) -> Move:
    """A part of the picture."""
    return lambda pixels: Moved(pixels[top:bottom, left:right], -left, -top)


def mirrored(pixels: Pixels) -> Moved:
    """Left and right exchanged."""
    return Moved(np.ascontiguousarray(pixels[:, ::-1]), mirrored=True)


def of(rules: Collection[Rule], checks: Iterable[Check]) -> list[Check]:
    """The checks of some rules."""
    return [check for check in checks if check.rule in rules]


def outside(boxes: Iterable[Box], checks: Iterable[Check]) -> list[Check]:
    """The checks without those of text whose middle is in one of the boxes."""
    places = list(boxes)
    return [check for check in checks if check.rule not in TEXT or not any(_is_in(check.box, box) for box in places)]


def _is_in(box: Box, other: Box) -> bool:
    x, y = box.x + box.width / 2, box.y + box.height / 2
    return other.x <= x <= other.x + other.width and other.y <= y <= other.y + other.height


def unconfirmed(checks: Iterable[Check], others: Sequence[Check], *, tolerance: int, levels: int = 0) -> list[str]:
    """Say which checks' boxes those of the same verdict among the others don't cover, give or take some pixels.

    levels is what a color may differ by.
    """
    return [
        told(check)
        for check in checks
        if _covered(check.box, [other.box for other in others if _agree(check, other, levels)], tolerance) < COVERED
    ]


def told(check: Check) -> str:
    """A check in a line."""
    box, size = check.box, check.size
    colors = f"{check.foreground} on {check.background}, {check.ratio} of {check.required}"
    sides = size and f"{size.value:.1f} ({size.low:.1f} to {size.high:.1f})"
    place = f"{box.width} x {box.height} at {box.x}, {box.y}"
    return f"{check.rule.id} {check.outcome.value} {check.reason}: {place}; {colors}; {sides}"


def _agree(one: Check, other: Check, levels: int) -> bool:
    return (
        (one.rule, one.outcome, one.reason, one.required) == (other.rule, other.outcome, other.reason, other.required)
        and _are_near(one.foreground, other.foreground, levels)
        and _are_near(one.background, other.background, levels)
        and (one.ratio is None or isclose(one.ratio, other.ratio or 0, rel_tol=RATIO_TOLERANCE))
        and _overlap(one.size, other.size)
    )


def _are_near(one: Rgb | None, other: Rgb | None, levels: int) -> bool:
    if one is None or other is None:
        return one is other
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= levels


def _overlap(one: Size | None, other: Size | None) -> bool:
    """Whether the intervals of two sizes do: the size itself is measured to a tenth or so."""
    return one is other if one is None or other is None else max(one.low, other.low) <= min(one.high, other.high)


def _covered(box: Box, others: Iterable[Box], tolerance: int) -> float:
    """Return the share of a box that others cover."""
    shown = np.zeros((box.height, box.width), np.bool_)
    for other in others:
        left, top = other.x - box.x - tolerance, other.y - box.y - tolerance
        right, bottom = left + other.width + 2 * tolerance, top + other.height + 2 * tolerance
        shown[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)] = True
    return float(shown.mean())
