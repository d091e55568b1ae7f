"""An animation's flashes, found frame by frame.

An animation that plays again flashes across its end too, and a short one may have more than three flashes in a second
only when it repeats. So what was seen is played on from its start, as cells and not decoded again, until every second
that repeating brings has been looked at.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.accessibility.flashing.detector import Detector
from januslens.accessibility.flashing.result import FlashAnalysis
from januslens.accessibility.flashing.transitions import GeneralTransitions, RedTransitions
from januslens.accessibility.flashing.visual_field import lay_grid
from januslens.decode.animation.frames import Animation, CutShort

PERIOD: Final = 1.0  # seconds in which flashes are counted
KEPT: Final = 2 * PERIOD
"""How much is kept to be played again: in the first second of it peaks and valleys of before the end still tell."""

ROUNDING: Final = 1e-6  # seconds that adding up durations may be off
LEVELS: Final = 65535  # light is kept in 16 bits


@dataclass(frozen=True, slots=True)
class _Kept:
    """A frame's light, and how long it is shown."""

    light: NDArray[np.uint16]
    duration: float


class _Viewer:
    """Sees an animation's frames, one after the other."""

    def __init__(self, pixels: NDArray[np.uint8], scale: float) -> None:
        self.grid = lay_grid(pixels.shape[1], pixels.shape[0], scale)
        light = self.grid.light(pixels)
        self.general = Detector(self.grid, GeneralTransitions(light))
        self.red = Detector(self.grid, RedTransitions(light))
        self.time = 0.0

    def see(self, light: NDArray[np.float32], duration: float) -> None:
        self.general.step(self.time, light)
        self.red.step(self.time, light)
        self.time += duration


def analyze_flashing(animation: Animation, scale: float) -> FlashAnalysis:
    """Find the general and red flashes of an animation, including those across its end if it repeats.

    scale is in image pixels per CSS pixel. The iterator `animation.frames` is consumed. If it raises CutShort, or has
    no frames, the result is not complete, and the frames that were read are not repeated. Of an animation that repeats,
    as much is analyzed again as can bring new flashes, at most two seconds.
    """
    viewer: _Viewer | None = None
    kept: list[_Kept] = []
    frames, complete = 0, True
    try:
        for frame in animation.frames:
            viewer = viewer or _Viewer(frame.pixels, scale)
            light = viewer.grid.light(frame.pixels)
            if viewer.time < KEPT:
                kept.append(_Kept(np.rint(light * LEVELS).astype(np.uint16), frame.duration))
            viewer.see(light, frame.duration)
            frames += 1
    except CutShort:
        complete = False
    if viewer is None:
        return FlashAnalysis(None, None, frames=0, seconds=0.0, complete=False)
    seconds = viewer.time
    if complete:
        _play_on(viewer, kept, animation.plays)
    return FlashAnalysis(viewer.general.worst, viewer.red.worst, frames, seconds, complete)


def _play_on(viewer: _Viewer, kept: list[_Kept], plays: int | None) -> None:
    """Play what was kept again; all of it was, where it has to be played more than once."""
    seconds = viewer.time
    until = seconds + min(seconds, PERIOD) + PERIOD
    if plays is not None:
        until = min(until, plays * seconds - ROUNDING)
    while viewer.time < until:
        for frame in kept:
            if viewer.time >= until:
                break
            viewer.see(frame.light * np.float32(1 / LEVELS), frame.duration)
