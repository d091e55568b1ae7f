"""Comparison of font size and corner radius tokens with the computed styles of a page.

*True sizes* of a page are font sizes with at least 12 visible letters. *True radii* are those of elements that are
wholly visible, painted and not covered, at least 16 CSS px wide and high, and whose four corners have the same radius,
of at least 1.5 CSS px and less than that of a pill. Two values agree within 1 CSS px, or within 6 % of a font size
and 10 % of a radius if that is more. A claimed radius that only other elements have is false.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

FONT_SIZE: Final = 0.06  # of a size
RADIUS: Final = 0.1  # of a radius
MIN_TOLERANCE_PX: Final = 1.0  # CSS px


@dataclass(slots=True)
class Agreement:
    """Counts for recall and precision of lengths in CSS px, over all pages.

    share is the relative tolerance. true counts the true measures and found those that a claimed one agrees with;
    claimed counts the claimed measures and real those that a true one agrees with.
    """

    share: float
    true: int = 0
    found: int = 0
    claimed: int = 0
    real: int = 0

    def add(self, true: Sequence[float], claimed: Sequence[float]) -> None:
        """Count the true and the claimed measures of a page, in CSS px."""
        self.true += len(true)
        self.found += sum(any(self._agree(one, other) for other in claimed) for one in true)
        self.claimed += len(claimed)
        self.real += sum(any(self._agree(other, one) for other in true) for one in claimed)

    def _agree(self, true: float, claimed: float) -> bool:
        return abs(true - claimed) <= max(MIN_TOLERANCE_PX, self.share * true)
