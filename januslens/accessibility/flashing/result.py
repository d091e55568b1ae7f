"""The flashes found in an animation.

Source: WCAG 2.2, success criterion 2.3.1 (A), https://www.w3.org/TR/WCAG22/#three-flashes-or-below-threshold. Where an
animation has general or red flashes at all, more than three in a second, it doesn't meet 2.3.2 (AAA) either.
"""

from dataclasses import dataclass
from typing import Final

from januslens.decode.geometry import Box

MAX_SHARE: Final = 0.25  # of any 10 degree visual field


@dataclass(frozen=True, slots=True)
class Flashes:
    """The worst second of an animation in which some place has more than three flashes of one kind, general or red.

    per_second is the number of flashes in that second; a transition is half a flash. start is when the second begins,
    in seconds since the animation's start; it may be in the second repetition. share is the part, 0 to 1, of the area
    of a 10 degree visual field (341 by 256 CSS px) that flashes, for the field with the largest part. box encloses that
    part, in image pixels. in_step says that the field flashes as a whole; otherwise places in it flash at different
    moments, as in movement and patterns.
    """

    per_second: float
    start: float
    box: Box
    share: float
    in_step: bool

    @property
    def exceed_area(self) -> bool:
        """Whether the flashing part is more than 25 % of a 10 degree visual field, the area that WCAG 2.2 allows."""
        return self.share > MAX_SHARE


@dataclass(frozen=True, slots=True)
class FlashAnalysis:
    """The worst general and the worst red flashes of an animation.

    general and red are None if no place has more than three flashes of that kind in any second. frames is the number of
    frames that were analyzed, seconds their total duration when played once. complete is False if the animation has
    more frames, which could not be read, or none. If the analysis neither fails nor passes, a person must judge.
    """

    general: Flashes | None
    red: Flashes | None
    frames: int
    seconds: float
    complete: bool

    @property
    def fails(self) -> bool:
        """Whether the animation surely fails WCAG 2.2's limit on flashes.

        That is so if its general or red flashes are in step and occupy more than a quarter of a 10 degree visual field.
        """
        return any(flashes.exceed_area and flashes.in_step for flashes in self._kinds)

    @property
    def passes(self) -> bool:
        """Whether the animation surely stays below WCAG 2.2's limit on flashes.

        That is so if all frames were analyzed, and neither kind of flashes occupies more than a quarter of a 10 degree
        visual field.
        """
        return self.complete and not any(flashes.exceed_area for flashes in self._kinds)

    @property
    def _kinds(self) -> tuple[Flashes, ...]:
        return tuple(flashes for flashes in (self.general, self.red) if flashes is not None)
