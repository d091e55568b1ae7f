"""The font sizes of an image's runs, bounded from above by what other runs of the same look show.

An interface has few text styles. A number or a word of three letters shows little of its size: its letters may be
capitals, or letters without ascenders of a larger font. Text of the same color whose strokes are as wide is in its
style, and some of it shows its size well; so does the style of most text, whatever its color. A larger style has wider
strokes, unless its weight is less by as much.

Sizes are not bounded from below: capitals as high as the x-height of other text are smaller than it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.text.run import Size
from januslens.text.script import Script

SHOWN: Final = 1.8  # highest to lowest size of a run that shows its size: Latin with ascenders, Han, Hebrew
MIN_LETTERS: Final = 4  # strokes of a run that shows a size
SAME_COLOR: Final = 8  # levels: three in four runs of several letters whose color isn't proven are as close to theirs
SAME_STEM: Final = 0.15  # of the strokes' width: text of 14 and of 15 px differs by 0.07, two weights by 0.15 to 0.3
SAME_STEM_PX: Final = 0.1
CORE: Final = 0.2  # of the core's height, that the core of a word in the same style may be higher
CORE_PX: Final = 1
MIN_RUNS: Final = 2  # of a look
SLACK: Final = 1.03  # of the largest size of a look: text a pixel larger may have it, too
FULL_INK: Final[Mapping[Script, float]] = {Script.CJK: 0.86, Script.DEVANAGARI: 0.88, Script.ARABIC: 0.9}
"""Em from the lowest to the highest ink, with the fringe, of MIN_FULL strokes in MIN_WORDS runs: in 20 fonts at 9 to 30
px it is at least 0.93, 0.95 and 0.99."""
MIN_FULL: Final = 30
MIN_WORDS: Final = 3
MIN_STROKES: Final = 2  # of a run that counts as one in a script
FRINGE: Final = 0.75  # pixels by which ink is measured too low at most, as in `size`
USUAL_STEM: Final = 0.12  # as SAME_STEM, for text of any color
USUAL_STEM_PX: Final = 0.05
MIN_USUAL: Final = 4  # runs that show the size of most text
USUAL_SHARE: Final = 0.2  # of the runs that show their size: no style of a type specimen has as many
"""These bounds are too low for 7 of 11,610 runs of interfaces that Chromium drew in 12 scripts, and for 4 of 4,023 on
type specimens in random sizes and weights (ADR 24)."""


@dataclass(frozen=True, slots=True)
class Look:
    """The visible style of a run: its color, the width of its strokes, and the heights of its core and of its ink.

    Lengths are in pixels. letters is the number of strokes, script the likeliest one. size is what the run itself shows
    of its font size in all possible scripts, likely in the likely ones only. vague says that it may be a mark or a part
    of a letter, or that it is cut off by the image's edge.
    """

    color: tuple[int, int, int]
    stem: float
    core: int
    ink: float
    letters: int
    script: Script
    size: Size
    likely: Size
    vague: bool


def sizes_by_look(looks: Sequence[Look]) -> list[Size]:
    """Return the font size in pixels of each run of an image, bounded by what the others show.

    A bound counts unless the run's best estimate is above it: then the run is of another look. The best estimate of a
    vague run is that of other text of its look.
    """
    runs = _Runs(looks)
    for alike in (*runs.of_one_color(runs.is_open), runs.of_most_text()):
        runs.bound(*alike)
    for alike in runs.of_one_color(runs.vague):
        runs.adopt(*alike)
    return [
        Size(value, look.size.low, high)
        for look, value, high in zip(looks, runs.value.tolist(), runs.high.tolist(), strict=True)
    ]


type _Alike = tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.bool_]]
"""Some runs, others, and which of the others are of the look of each of the first, shape (some, others)."""


class _Runs:
    """The looks of an image's runs as arrays; high and value are those of their sizes, as far as they are known."""

    def __init__(self, looks: Sequence[Look]) -> None:
        self._color = np.array([look.color for look in looks], np.intp).reshape(-1, 3)
        self._stem = np.array([look.stem for look in looks])
        self._core = np.array([look.core for look in looks])
        self._ink = np.array([look.ink for look in looks])
        self._letters = np.array([look.letters for look in looks])
        self._low, self.value, self.high = (
            np.array([getattr(look.size, name) for look in looks], np.float64) for name in ("low", "value", "high")
        )
        self._likely = np.array([look.likely.high for look in looks], np.float64)
        self.vague = np.array([look.vague for look in looks], np.bool_)
        self.is_open = self.vague | (self.high > SHOWN * self._low)
        self._is_text = ~self.vague & (self._letters >= MIN_LETTERS)
        lowest = np.array([look.likely.low for look in looks], np.float64)
        self.shows_size = self._is_text & (self._likely <= SHOWN * lowest)
        words = ~self.vague & (self._letters >= MIN_STROKES)
        self._words = [
            (np.array([look.script is script for look in looks], np.bool_) & words, em)
            for script, em in FULL_INK.items()
            if any(look.script is script for look in looks)
        ]

    def of_one_color(self, which: NDArray[np.bool_]) -> Iterator[_Alike]:
        """Yield the selected runs of each color, with the others of about that color."""
        for color in np.unique(self._color[which], axis=0):
            some = np.flatnonzero(which & (self._color == color).all(axis=1))
            others = np.flatnonzero(np.abs(self._color - color).max(axis=1) <= SAME_COLOR)
            near = self._as_wide(some, others, SAME_STEM, SAME_STEM_PX)
            core = self._core[others]
            yield some, others, near & (self._core[some, None] - core <= CORE * core + CORE_PX)

    def of_most_text(self) -> _Alike:
        """Return the runs that show little of their size, with others of any color in the style of most text."""
        some, others = np.flatnonzero(self.is_open), np.flatnonzero(~self.vague)
        near = self._as_wide(some, others, USUAL_STEM, USUAL_STEM_PX)
        core = self._core[others]
        near &= np.abs(self._core[some, None] - core) <= CORE * core + CORE_PX
        shown = (near & self.shows_size[others]).sum(axis=1, keepdims=True)
        return some, others, near & (shown >= max(MIN_USUAL, USUAL_SHARE * self.shows_size.sum()))

    def _as_wide(
        self, some: NDArray[np.intp], others: NDArray[np.intp], share: float, pixels: float
    ) -> NDArray[np.bool_]:
        stem = self._stem[others]
        as_wide: NDArray[np.bool_] = np.abs(self._stem[some, None] - stem) <= share * stem + pixels
        as_wide &= some[:, None] != others
        return as_wide

    def bound(self, some: NDArray[np.intp], others: NDArray[np.intp], near: NDArray[np.bool_]) -> None:
        """Bound the sizes of some runs by the largest that near ones show, and by the ink of all near ones in a script.

        Runs in one script have one size, of which their ink together covers at least FULL_INK.
        """
        shown = near & self.shows_size[others]
        largest = np.where(shown, SLACK * self._likely[others], 0).max(axis=1, initial=0)
        self._lower(some, np.where(shown.sum(axis=1) >= MIN_RUNS, largest, np.inf))
        for of_script, em in self._words:
            words = near & of_script[others]
            ink = np.where(words, self._ink[others], 0).max(axis=1, initial=0)
            full = ((words * self._letters[others]).sum(axis=1) >= MIN_FULL) & (words.sum(axis=1) >= MIN_WORDS)
            self._lower(some, np.where(full, (ink + FRINGE) / em, np.inf))

    def adopt(self, some: NDArray[np.intp], others: NDArray[np.intp], near: NDArray[np.bool_]) -> None:
        """Take for vague runs the usual size of near text, and bound theirs by the largest that it may have."""
        text = near & self._is_text[others]
        enough = text.sum(axis=1) >= MIN_RUNS
        if not enough.any():
            return
        some, text = some[enough], text[enough]
        self._lower(some, np.where(text, self.high[others], 0).max(axis=1))
        usual = np.nanmedian(np.where(text, self.value[others], np.nan), axis=1)
        self.value[some] = np.clip(usual, self._low[some], self.high[some])

    def _lower(self, some: NDArray[np.intp], bound: NDArray[np.float64]) -> None:
        possible = bound >= self.value[some]
        self.high[some] = np.where(possible, np.minimum(self.high[some], bound), self.high[some])
