"""A second color in a run of text: one slightly weaker than the run's, on the same line of mixes.

Words that nearly reach a color are taken for text of that color, as thin strokes fall slightly short of it. If they
show a color of their own unmixed, they may be text of that one: highlighted code has pairs such as #657b83 and #586e75.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.text.foreground.line_fit import distinct_offsets
from januslens.text.foreground.plateau import UNMIXED, is_plateau

MIN_SHARE: Final = 0.5  # of the stronger color: words that reach less are split off as runs of their own
BEYOND: Final = 0.2  # of the pixels of the weaker color, at most, lie beyond it in its words: rounding, and fringes
SHORT: Final = 40  # pixels, at least, of the words that fall short of the run's color
RECURRING: Final = 5
"""Pixels that show the most covered color of such words, at least. One in 50 to 75 runs of one color in several words
has as many, in Chromium's renderings of ten scripts, mostly of weights 100 and 200."""


def weaker_color(
    offsets: NDArray[np.float64],
    end: NDArray[np.float64],
    row: NDArray[np.intp],
    column: NDArray[np.intp],
    gap: float,
) -> NDArray[np.float64] | None:
    """Return the offset (3,) of a weaker color that some words of a run may have, or None.

    offsets (n, 3) are the run's pixels minus the background, end (3,) is its color's; row and column (n,) are their
    positions. Words have more than `gap` empty columns between them. Either the words show the color unmixed, or it is
    the strongest of their many pixels and recurs: stems that all lie alike between pixels repeat a mix, too.
    """
    share = offsets @ end / (end @ end)
    word = _words(column, gap)
    reach = np.zeros(int(word.max()) + 1)
    np.maximum.at(reach, word, share)
    short = np.flatnonzero((reach[word] < 1 - UNMIXED) & (share >= MIN_SHARE))
    if not len(short):
        return None
    first, counts = distinct_offsets(offsets[short])
    most = int(short[first[counts.argmax()]])
    tolerance = UNMIXED * np.abs(end).max()
    shown = short[np.abs(offsets[short] - offsets[most]).max(axis=1) <= tolerance]
    beyond = np.count_nonzero(share[short] > share[most] + UNMIXED)
    if beyond <= BEYOND * len(shown) and is_plateau(row[shown], column[shown]):
        weaker: NDArray[np.float64] = offsets[most]
        return weaker
    strongest = int(short[share[short].argmax()])
    alike = np.count_nonzero(share[short] >= share[strongest] - UNMIXED)
    return offsets[strongest] if alike >= RECURRING and len(short) >= SHORT else None


def _words(column: NDArray[np.intp], gap: float) -> NDArray[np.intp]:
    """Return the number of the word that each column belongs to, shape (n,)."""
    left = int(column.min())
    inked = np.flatnonzero(np.bincount(column - left))
    number = np.cumsum(np.append(False, np.diff(inked) > gap + 1))
    word: NDArray[np.intp] = number[np.searchsorted(inked, column - left)]
    return word
