"""The font sizes that an interface is written in, gathered from what its lines measure.

A line's size is known to some 10 % (`text.size`); over a page the same size is measured again and again, in other
words, so that its middle is known better. Told in whole CSS pixels, as nearly all design systems have them.

Limits: sizes that differ by less than a pixel or 6 % are one; a size that fewer than a dozen strokes of letters have,
or nine of large ones, isn't told.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from januslens.text.run import TextRun
from januslens.tokens.recurring import Recurring, Tolerance, recurring

MIN_RUN_STROKES: Final = 3  # of a run: less may be an icon, or has no height to tell a size by
MIN_SIZE_STROKES: Final = 12  # of a size: eight letters or so
MIN_LARGE_SIZE_STROKES: Final = 9  # of a size above LARGE: a heading of six letters is measured to a pixel
LARGE: Final = 24.0  # CSS px
ALIKE: Final = Tolerance(0.06, 1.0)


def observed_font_sizes(runs: Sequence[TextRun]) -> list[Recurring]:
    """Find the font sizes in CSS pixels that a picture's text has, each with its strokes of letters."""
    words = [run for run in runs if run.letters >= MIN_RUN_STROKES]
    sizes = np.array([run.size.value for run in words])
    strokes = np.array([run.letters for run in words], np.float64)
    found = recurring(sizes, strokes, ALIKE, MIN_LARGE_SIZE_STROKES)
    return [replace(size, value=float(round(size.value))) for size in found if size.weight >= _least(size.value)]


def _least(size: float) -> int:
    return MIN_LARGE_SIZE_STROKES if size > LARGE else MIN_SIZE_STROKES
