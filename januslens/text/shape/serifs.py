"""The feet of a run's letters: where strokes stand on the baseline, and whether they are as wide there as above.

In a font without serifs about half of them are, those of i, l, n, h, m and the like; the others are the round bottoms
of o, e and their kind. In a font with serifs nearly all are wider.

Of 804 runs of English words with a dozen feet or more, in 17 fonts with serifs and 18 without, regular and bold, 12 to
28 px, at scales 1 and 2, 97 % with serifs have at most 0.35 plain feet of all, 97 % without at least 0.30; a bound at
0.25 parts 97.5 %. Wrong are small sizes of old-style fonts, whose serifs are fainter than STEM there, and italics:
their strokes end in hooks as narrow as stems.
"""

from typing import Final

import numpy as np

from januslens.text.run import NO_SERIFS, Serifs
from januslens.text.shape.strokes import RunPixels, Strokes

STEM: Final = 0.2  # coverage from which a pixel belongs to a foot
PLAIN: Final = 1.2  # times the usual stem, up to which a foot is a stem's end
NEAR_BASELINE: Final = 2  # rows, of which the one with more ink is looked at: a baseline may lie between pixels


def measure_serifs(painted: RunPixels, strokes: Strokes) -> Serifs:
    """Count the feet of a run."""
    baseline = painted.line.band().start + strokes.baseline
    near = (painted.row < baseline) & (painted.row >= baseline - NEAR_BASELINE)
    ink = np.bincount(baseline - 1 - painted.row[near], painted.coverage[near], minlength=NEAR_BASELINE)
    foot = np.flatnonzero((painted.row == baseline - 1 - int(ink.argmax())) & (painted.coverage > STEM))
    if not len(foot) or strokes.stem == 0:
        return NO_SERIFS
    begins = np.flatnonzero(np.append(True, np.diff(painted.column[foot]) != 1))
    widths = np.add.reduceat(painted.coverage[foot], begins)
    return Serifs(len(widths), int((widths <= PLAIN * strokes.stem).sum()))
