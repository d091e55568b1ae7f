"""Flashes of one kind: of places, and of the visual fields that they are in.

Source: WCAG 2.2, "general flash and red flash thresholds": no more than three flashes within any one-second period, or
a combined area of flashes occurring concurrently of no more than 25 % of any 10 degree visual field.

A flash is two opposing transitions, so more than three are seven transitions or more, as the authors of the definition
count too (Trace Center's test media, https://github.com/jbjord/pse-test-media), and in less than a second: lights that
turn on and off exactly three times a second pass.

Areas are combined in two ways. The places with more than three flashes in the same second are added up; that is the
threshold's upper bound, and an image that stays below passes. A field flashes as a whole where the part of it that has
turned light, less the part that has turned dark, swings by more than 25 %: that is surely a flash. Between the two are
places that flash at different moments, as movement makes them.
"""

from collections import deque
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.accessibility.flashing.result import MAX_SHARE, Flashes
from januslens.accessibility.flashing.transitions import Swings, Transitions
from januslens.accessibility.flashing.visual_field import Grid

MAX_TRANSITIONS: Final = 6  # three flashes
PERIOD: Final = 1.0 - 1e-6  # seconds; less what adding up delays may be off


class _LastSecond:
    """The number of transitions that each place has had within a second."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.counts = np.zeros(shape, np.int16)
        self._events: deque[tuple[float, NDArray[np.bool_]]] = deque()

    @property
    def start(self) -> float:
        """When the first of the transitions was."""
        return self._events[0][0]

    def forget(self, time: float) -> None:
        """Forget what is a second ago or more."""
        while self._events and time - self._events[0][0] >= PERIOD:
            self.counts -= self._events.popleft()[1]

    def add(self, time: float, happened: NDArray[np.bool_]) -> None:
        """Count what happened."""
        if happened.any():
            self.counts += happened
            self._events.append((time, happened))


class Detector:
    """A detector of flashes of one kind, general or red, which takes the frames of an animation one after the other.

    transitions decides which kind; the frames are linear RGB light for both, averaged over the cells of grid. Flashes
    count from more than three in less than a second: seven opposing transitions, of a single cell or of more than 25 %
    of a visual field in step. The result is in `worst`.
    """

    def __init__(self, grid: Grid, transitions: Transitions) -> None:
        self._grid = grid
        self._transitions = transitions
        self._cells = _LastSecond((grid.rows, grid.columns))
        level = grid.field_sums(np.zeros((grid.rows, grid.columns), np.int8))
        self._level = level  # of each field: cells that are lighter than at the start, less those that are darker
        self._swings = Swings(level.astype(np.float32), np.floor(MAX_SHARE * grid.field_cells) + 1)
        self._fields = _LastSecond(level.shape)
        self._in_step: Flashes | None = None
        self._out_of_step: Flashes | None = None

    @property
    def worst(self) -> Flashes | None:
        """The worst second so far in which some place flashes more than three times, None if there is none.

        It is the second with the most flashes of a visual field as a whole, where more than 25 % of the field changes
        in step. If no field flashes as a whole, it is the one in which the largest part of a field consists of places
        that flash on their own.
        """
        return self._in_step or self._out_of_step

    def step(self, time: float, light: NDArray[np.float32]) -> None:
        """Take the next frame and count its transitions; the result is in `worst`.

        time is when the frame is displayed, in seconds since the animation's start; light is the mean linear light, 0
        to 1, of the grid's cells, shape (3, rows, columns).
        """
        self._cells.forget(time)
        self._fields.forget(time)
        turns = self._transitions.step(light)
        if not turns.any():
            return
        self._level += self._grid.field_sums(turns)
        self._cells.add(time, turns != 0)
        self._fields.add(time, self._swings.step(self._level.astype(np.float32)) != 0)
        if self._fields.counts.max() > MAX_TRANSITIONS:
            self._note_fields()
        elif self._in_step is None and self._cells.counts.max() > MAX_TRANSITIONS:
            self._note_places()

    def _note_fields(self) -> None:
        most = int(self._fields.counts.max())
        if self._in_step and most / 2 <= self._in_step.per_second:
            return
        for taken_part in (2, 1):  # transitions: a flash, where that is enough to say which places flash
            cells = self._cells.counts >= taken_part
            numbers = np.where(self._fields.counts == most, self._grid.field_sums(cells), 0)
            if numbers.max() > MAX_SHARE * self._grid.field_cells:
                break
        box, share = self._grid.in_field(_highest(numbers), cells)
        self._in_step = Flashes(most / 2, self._fields.start, box, share, in_step=True)

    def _note_places(self) -> None:
        cells = self._cells.counts > MAX_TRANSITIONS
        worst = self._out_of_step
        if worst and np.count_nonzero(cells) < worst.share * self._grid.field_cells:
            return
        box, share = self._grid.in_field(_highest(self._grid.field_sums(cells)), cells)
        most = int(self._cells.counts.max()) / 2
        if worst is None or (share, most) > (worst.share, worst.per_second):
            self._out_of_step = Flashes(most, self._cells.start, box, share, in_step=False)


def _highest(numbers: NDArray[np.int32]) -> tuple[int, int]:
    row, column = np.unravel_index(int(numbers.argmax()), numbers.shape)
    return int(row), int(column)
