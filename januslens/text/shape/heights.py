"""The heights in the ink of runs: where it begins and ends, its baseline, and the usual height of its letters.

Many runs are measured together: the coverage of their rows is concatenated.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

TOP: Final = 0.3  # pixels of ink in a row: a third of a thin stem's
AS_SHARP: Final = 0.6
"""Share of the sharpest end of ink in the lower half, from which the lowest end is the baseline: below the crossbars of
`Preferences` as much ink ends as on its baseline. Of 1,063 lines in 10 fonts, 4 are taken for less high than they are
by any share from 0.5 to 0.7, and 7 by the sharpest end alone."""
MIN_SHARP: Final = 0.2
"""Share of the sharpest end of ink in the lower half, from which a lower end may be the baseline. Devanagari letters of
some fonts (Rajdhani, Kalam) end on two or three rows. Of 2,937 runs in 16 font families, 33 are larger than
letters as high above the baseline may be, and 5 larger than those above the lowest such end; three in four runs in Noto
Sans have a share of 0.12 at most."""
PLAIN_HEADLINE: Final = 0.75  # of what hangs from a headline, that ends on the baseline


@dataclass(frozen=True, slots=True)
class Heights:
    """The heights in a run's ink, as rows of its line's crop.

    top is the first row with ink, bottom the row below the last one. sharpest_end is the row in the lower half before
    which most ink ends, baseline the lowest row before which nearly as much does, lowest_end the lowest one before
    which a fifth as much does. usual_top is the row above the baseline in which most ink begins: the top of letters
    without ascenders. fall and rise are the amounts of ink, in pixels, that end and begin there. uncovered is the share
    of the first row that the letters leave free.
    """

    top: int
    bottom: int
    sharpest_end: int
    baseline: int
    lowest_end: int
    usual_top: int
    fall: float
    rise: float
    uncovered: float

    @property
    def ink(self) -> float:
        """The height of all ink, in pixels."""
        return self.bottom - self.top - self.uncovered

    @property
    def ascent(self) -> float:
        """The height of the ink above the baseline, in pixels."""
        return self.baseline - self.top - self.uncovered

    @property
    def least_ascent(self) -> float:
        """The height above the sharpest end of ink, which may be the baseline or a crossbar above it, in pixels."""
        return self.sharpest_end - self.top - self.uncovered

    @property
    def usual(self) -> int:
        """The height of letters without ascenders above the baseline, in pixels."""
        return self.baseline - self.usual_top

    @property
    def highest_usual(self) -> int:
        """The height of letters without ascenders above the lowest row that may be the baseline, in pixels."""
        return self.lowest_end - self.usual_top

    @property
    def descent(self) -> int:
        """The height of the ink below the baseline, in pixels."""
        return self.bottom - self.baseline

    @property
    def hanging(self) -> int:
        """The height of the ink below the usual top, in pixels: what hangs from a headline."""
        return self.bottom - self.usual_top

    @property
    def has_plain_headline(self) -> bool:
        """Whether nearly all of what hangs from a headline ends on the baseline, which is then no row of crossbars."""
        return self.usual >= PLAIN_HEADLINE * self.hanging


def measure_heights(profiles: Sequence[NDArray[np.float64]]) -> list[Heights]:
    """Return the heights in the ink of several runs, given the coverage in pixels of each row of their lines' crops.

    A run of which no row has 0.3 pixels of ink is as high as its fullest row.
    """
    if not profiles:
        return []
    rows = np.array([len(profile) + 2 for profile in profiles])  # with an empty row before and after
    first = np.cumsum(rows) - rows
    owner = np.repeat(np.arange(len(rows)), rows)
    covered = np.concatenate([row for profile in profiles for row in (_NONE, profile, _NONE)])
    least = np.minimum(TOP, np.maximum.reduceat(covered, first))
    inked = np.flatnonzero((covered >= least[owner]) & (covered > 0))
    top, bottom = _first_of(inked, owner, len(rows)), _last_of(inked, owner, len(rows)) + 1
    row = np.arange(len(covered))
    edges = np.diff(np.where((row >= top[owner]) & (row < bottom[owner]), covered, 0), prepend=0)
    middle = top + (bottom - top + 1) // 2
    ends = np.where((row >= middle[owner]) & (row <= bottom[owner]), edges, 0)
    sharpest = np.minimum.reduceat(ends, first)
    sharpest_end = _first_of(np.flatnonzero((ends == sharpest[owner]) & (ends < 0)), owner, len(rows))
    baseline, lowest_end = (
        _last_of(np.flatnonzero((ends <= share * sharpest[owner]) & (ends < 0)), owner, len(rows))
        for share in (AS_SHARP, MIN_SHARP)
    )
    begins = np.where((row >= top[owner]) & (row < baseline[owner]), edges, 0)
    rise = np.maximum.reduceat(begins, first)
    usual_top = _first_of(np.flatnonzero((begins == rise[owner]) & (begins > 0)), owner, len(rows))
    uncovered = 1 - np.minimum(covered[top] / np.maximum(covered[top + 1], least), 1)
    places = np.array([top, bottom, sharpest_end, baseline, lowest_end, usual_top]) - first - 1
    amounts = np.array([-sharpest, rise, uncovered])
    return [Heights(*rows, *inks) for rows, inks in zip(places.T.tolist(), amounts.T.tolist(), strict=True)]


_NONE: Final = np.zeros(1)


def _first_of(chosen: NDArray[np.intp], owner: NDArray[np.intp], count: int) -> NDArray[np.intp]:
    """Return the first of the chosen rows of each run."""
    return chosen[np.searchsorted(owner[chosen], np.arange(count))]


def _last_of(chosen: NDArray[np.intp], owner: NDArray[np.intp], count: int) -> NDArray[np.intp]:
    """Return the last of the chosen rows of each run."""
    return chosen[np.searchsorted(owner[chosen], np.arange(count), side="right") - 1]
