"""Bounds of the colors of text that shows one color on two backgrounds.

The most covered pixel of thin text is a mix of its background and its color, so that on another background it is
another one: the two lines of mixes meet only in the text's color. Where runs on two backgrounds show the same color,
and the lines meet at an angle, text of one color cannot lie farther along them than rounding leaves open.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from math import dist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.text.foreground.line_fit import lengths, rgb
from januslens.text.run import Backdrop, TextRun

SAME: Final = 1.0  # level of a channel: rounding
ROUNDING: Final = 3.0  # Euclidean levels by which two mixes of one color, equal to a level, may truly differ
OFF_LINE: Final = 10.0  # Euclidean levels: colors of nearly one line of mixes are shown by other text by chance
RUNS: Final = 2
"""On the other background, at least. Of 172 runs that are bounded so in Chromium's renderings of ten scripts in random
weights and four random colors on two backgrounds each, none is wrong. Nor is one of 190 if a single run is enough: the
second is for caution."""


def bounded_by_other_grounds(runs: Sequence[TextRun]) -> list[TextRun]:
    """Return the runs of an image, with the bounds narrowed of colors that text on another background shows as well.

    Only runs on a flat background count, whose own pixels show their color. A run's own background must be at least 10
    levels off the line of mixes from the color to the other background, on which at least two runs show the color.
    """
    counts = np.array([run.backdrop is Backdrop.FLAT and not run.foreground.mixed for run in runs])
    colors = np.array([run.foreground.color for run in runs], np.float64).reshape(-1, 3)
    ends = colors - np.array([run.background for run in runs], np.float64).reshape(-1, 3)
    lines = ends / np.maximum(lengths(ends), 1)[:, None]
    return [
        run
        if run.foreground.proven or not counts[number]
        else _bounded(run, ends[number], colors[counts], lines[counts])
        for number, run in enumerate(runs)
    ]


def _bounded(
    run: TextRun, end: NDArray[np.float64], colors: NDArray[np.float64], lines: NDArray[np.float64]
) -> TextRun:
    """Return a run with its bounds narrowed, given the offset (3,) of its color, and the colors and lines of others."""
    shown = lines[np.abs(colors - run.foreground.color).max(axis=1) <= SAME]
    off = np.sort(lengths(end - (shown @ end)[:, None] * shown))[::-1]
    if len(off) < RUNS or off[RUNS - 1] < OFF_LINE:
        return run
    background = np.array(run.background)
    ends = run.foreground.farthest, rgb(background + (1 + ROUNDING / off[RUNS - 1]) * end)
    return replace(run, foreground=replace(run.foreground, farthest=min(ends, key=partial(dist, run.background))))
