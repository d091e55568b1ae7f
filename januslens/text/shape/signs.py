"""Font sizes of signs above and below letters, and may be detected as lines of their own.

Tone marks and vowel signs of Thai, Devanagari and Arabic are apart from their letters. Where the letters are large, the
detector takes the signs for small text. A run that is no wider than two signs, and as close to letters as signs are,
may therefore have the size of these letters.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.text.run import Size, TextRun
from januslens.text.script import Script

SIGNED: Final = frozenset({Script.THAI, Script.DEVANAGARI, Script.ARABIC, Script.TAMIL})
"""Scripts whose letters have signs above and below; small Thai text may be taken for Tamil."""
SHOWN_SHARE: Final = 0.6
"""Of the image's strokes, in runs that may be in such scripts, from which it shows signs. Thai pages that are
likelier Latin or Han have 0.97, pages of charts and maps in Latin, whose words are short, up to 0.38."""
WIDEST: Final = 1.4
"""Em of the letters: two signs beside each other are up to 1.1, of letters that are measured a quarter too small."""
ABOVE: Final = 0.5
BELOW: Final = 0.4
"""Em of the letters, from their core to that of a sign: up to 0.39 and 0.3 for 64 of 67 signs in four Thai fonts that
were detected as lines, at 19 to 40 px; farther are signs on top of others in images of half the size."""
BESIDE: Final = 0.5  # em that a sign may reach beyond the ink of the letters


def with_signs(runs: Sequence[TextRun], scale: float) -> list[TextRun]:
    """Return an image's runs so that those that may be signs have a size that holds for the letters nearby, too.

    scale is in pixels per CSS pixel. The largest letters nearby count; their size is the best estimate of the sign's.
    """
    letters = np.array([run.letters for run in runs])
    shown = letters[[not SIGNED.isdisjoint(run.scripts) for run in runs]].sum()
    if not shown or shown < SHOWN_SHARE * letters.sum():
        return [*runs]
    highest = np.where(_may_be_signs(runs, scale), [run.size.high for run in runs], 0)
    of_letters, best = highest.max(axis=1).tolist(), highest.argmax(axis=1).tolist()
    return [
        replace(run, size=Size(runs[host].size.value, run.size.low, high)) if high > run.size.high else run
        for run, high, host in zip(runs, of_letters, best, strict=True)
    ]


def _may_be_signs(runs: Sequence[TextRun], scale: float) -> NDArray[np.bool_]:
    """Return which runs may be signs of which others, shape (runs, runs)."""
    left, width, top, bottom, em = np.array(
        [(run.box.x, run.box.width, *run.core, scale * run.size.value) for run in runs]
    ).T
    right = left + width
    beside = (left[:, None] >= left - BESIDE * em) & (right[:, None] <= right + BESIDE * em)
    above, below = top - bottom[:, None], top[:, None] - bottom
    apart = (top[:, None] != top) | (bottom[:, None] != bottom)
    near = (above <= ABOVE * em) & (below <= BELOW * em)
    may_be: NDArray[np.bool_] = (width[:, None] <= WIDEST * em) & beside & apart & near
    return may_be
