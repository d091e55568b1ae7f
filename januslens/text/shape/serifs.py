"""Detection of serifs: whether strokes are as wide on the baseline as above it.

In a font without serifs, about half of the stroke ends are, those of i, l, n, h, m and similar letters; the others are
the round bottoms of o, e and similar ones. In a font with serifs, nearly all are wider.

Of 804 runs of English words with a dozen stroke ends or more, in 17 fonts with serifs and 18 without, regular and bold,
12 to 28 px, at scales 1 and 2, 97 % with serifs have at most 0.35 plain ends of all, 97 % without at least 0.30; a
bound at 0.25 separates 97.5 %. Errors are small sizes of old-style fonts, whose serifs are fainter than STEM, and
italics: their strokes end in hooks as narrow as stems.
"""

from typing import Final

import numpy as np

from januslens.text.run import NO_SERIFS, Serifs
from januslens.text.shape.strokes import RunPixels, Strokes

STEM: Final = 0.2  # coverage from which a pixel belongs to a stroke end
PLAIN: Final = 1.2  # times the usual stem, up to which a stroke end is plain
NEAR_BASELINE: Final = 2  # rows, of which the one with more ink is used: a baseline may lie between pixels


def measure_serifs(painted: RunPixels, strokes: Strokes) -> Serifs:
    """Return the number of stroke ends of a run on its baseline, and of those that are at most 1.2 stems wide.

    strokes are those of the same run. Without serifs, about half of the stroke ends are that narrow; with serifs, few
    are. Both counts are 0 if the run has no stroke ends on the baseline, or no stem width.
    """
    baseline = strokes.heights.baseline
    near = (painted.row < baseline) & (painted.row >= baseline - NEAR_BASELINE)
    ink = np.bincount(baseline - 1 - painted.row[near], painted.coverage[near], minlength=NEAR_BASELINE)
    ends = np.flatnonzero((painted.row == baseline - 1 - int(ink.argmax())) & (painted.coverage > STEM))
    if not len(ends) or strokes.stem == 0:
        return NO_SERIFS
    begins = np.flatnonzero(np.append(True, np.diff(painted.column[ends]) != 1))
    widths = np.add.reduceat(painted.coverage[ends], begins)
    return Serifs(len(widths), int((widths <= PLAIN * strokes.stem).sum()))
