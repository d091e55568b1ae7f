"""The result of the analysis of flashes in an animation.

Source: WCAG 2.2, success criterion 2.3.1 (A), https://www.w3.org/TR/WCAG22/#three-flashes-or-below-threshold. Where an
animation has general or red flashes at all, more than three in a second, it doesn't meet 2.3.2 (AAA) either.
"""

from dataclasses import dataclass
from typing import Final

from januslens.decode.geometry import Box

MAX_SHARE: Final = 0.25  # of any 10 degree visual field


@dataclass(frozen=True, slots=True)
class Flashes:
    """The worst second in which more than three flashes of a kind were seen in one place.

    per_second counts them, a transition being half a flash. start is when that second begins, in seconds from when the
    animation does, and may lie in its second play. share is the part that flashes of a 10 degree visual field, 341 by
    256 CSS px, where that part is the largest; box holds it, in image pixels. in_step says that the field flashes as a
    whole. If it doesn't, its places flash at different moments: movement does that, and patterns.
    """

    per_second: float
    start: float
    box: Box
    share: float
    in_step: bool

    @property
    def exceed_area(self) -> bool:
        """Whether they occupy more than a quarter of a 10 degree visual field."""
        return self.share > MAX_SHARE


@dataclass(frozen=True, slots=True)
class FlashAnalysis:
    """General and red flashes of an animation; None where no place has more than three in any second.

    frames were seen, which take the given seconds to play once; complete says that they are all there are. Where it
    neither fails nor passes, a person has to judge: the flashes aren't in step, or not all frames were seen.
    """

    general: Flashes | None
    red: Flashes | None
    frames: int
    seconds: float
    complete: bool

    @property
    def fails(self) -> bool:
        """Whether it flashes more than three times a second, above the general or red flash threshold."""
        return any(flashes.exceed_area and flashes.in_step for flashes in self._kinds)

    @property
    def passes(self) -> bool:
        """Whether nothing flashes more than three times a second, or only what is below the thresholds."""
        return self.complete and not any(flashes.exceed_area for flashes in self._kinds)

    @property
    def _kinds(self) -> tuple[Flashes, ...]:
        return tuple(flashes for flashes in (self.general, self.red) if flashes is not None)
