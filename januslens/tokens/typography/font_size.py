"""Font size tokens, clustered from the measured sizes of lines.

The size of a line is known to about 10 % (`text.shape.size`). Over a page the same size is measured repeatedly, with
different words, so that its median is more accurate. Sizes are reported in whole CSS pixels, which nearly all design
systems use.

A short word that shows little of its size, such as two letters that may be Chinese or Latin, adds a size only if none
of the sizes that other text shows is possible for it.

Limits: sizes that differ by less than a pixel or 6 % are merged; a size with fewer than a dozen strokes of letters, or
nine for large sizes, is not reported.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from januslens.text.run import Size, TextRun
from januslens.tokens.recurring import Recurring, Tolerance, recurring

MIN_RUN_STROKES: Final = 3  # of a run: fewer may be an icon, or have no letter that shows a size
MIN_SIZE_STROKES: Final = 12  # of a size: eight letters or so
MIN_LARGE_SIZE_STROKES: Final = 9  # of a size above LARGE: a heading of six letters is measured to a pixel
LARGE: Final = 24.0  # CSS px
MIN_SIZE_PX: Final = 6.0  # CSS px: what is smaller is no text that anybody reads
MAX_DOUBT: Final = 3.6  # highest to lowest size of a run: words of all scripts have less, marks and torn pieces more
MAX_DOUBT_OF_SCRIPT: Final = 1.9  # of a short run that may be in several scripts: each gives it another size
MIN_STROKES_OF_SCRIPT: Final = 6  # of a run whose likeliest script counts
"""Both were chosen on 59 pages outside the benchmark, of twelve packages and of our own, in nine scripts. There they
remove 3 of 46 wrong sizes and one of 221 right ones. A limit for other runs loses more right ones: the highest size of
a number is often 2.5 times its lowest, even in one script."""
ALIKE: Final = Tolerance(0.06, 1.0)


def observed_font_sizes(runs: Sequence[TextRun]) -> list[Recurring]:
    """Find the font sizes of an image's text, in whole CSS pixels, ascending; each weight is a number of strokes.

    The sizes of all runs are clustered, as that of one run is known to about 10 % only: first of those that show their
    size, then of those for which none of these sizes is possible. Sizes with fewer than 12 strokes of letters, or 9
    above 24 CSS px, are omitted.
    """
    words = [run for run in runs if run.letters >= MIN_RUN_STROKES and _is_sized(run.size)]
    found = _clustered([run for run in words if _shows_size(run)])
    unexplained = [run for run in words if not _shows_size(run) and not any(_explains(size, run) for size in found)]
    others = [size for size in _clustered(unexplained) if not any(_are_alike(size, known) for known in found)]
    return sorted([*found, *others], key=lambda size: size.value)


def _clustered(words: Sequence[TextRun]) -> list[Recurring]:
    sizes = np.array([run.size.value for run in words])
    strokes = np.array([run.letters for run in words], np.float64)
    found = recurring(sizes, strokes, ALIKE, MIN_LARGE_SIZE_STROKES)
    return [replace(size, value=float(round(size.value))) for size in found if size.weight >= _least(size.value)]


def _shows_size(run: TextRun) -> bool:
    """Return whether a run shows its size: it is in one script, or long, or of about one size in all scripts."""
    if len(run.scripts) == 1 or run.letters >= MIN_STROKES_OF_SCRIPT:
        return True
    return run.size.high <= MAX_DOUBT_OF_SCRIPT * run.size.low


def _explains(size: Recurring, run: TextRun) -> bool:
    """Return whether a run may have a size."""
    return run.size.low <= size.value <= run.size.high


def _are_alike(size: Recurring, known: Recurring) -> bool:
    return abs(size.value - known.value) <= ALIKE.around(known.value)


def _is_sized(size: Size) -> bool:
    return size.value >= MIN_SIZE_PX and size.high <= MAX_DOUBT * size.low


def _least(size: float) -> int:
    return MIN_LARGE_SIZE_STROKES if size > LARGE else MIN_SIZE_STROKES
