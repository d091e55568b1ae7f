"""Colors that one run proves, lent to runs too thin to show them.

An interface repeats few text colors. Where a run's most covered pixel lies a little short of a color that other text
of the picture shows unmixed, and on the line toward it, that color is the best estimate; what the run itself proves
stays in its bounds.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from chalicelib.vision.color.notation import Rgb
from chalicelib.vision.text.run import Backdrop, Foreground, TextRun

OFF_LINE: Final = 3.0  # Euclidean levels: the rounding of a mix's three channels, and of its background's


def with_known_colors(runs: Sequence[TextRun]) -> list[TextRun]:
    """Return the runs, those of unproven color with the known color that they are a mix of, if there is one."""
    known = Counter(run.foreground.color for run in runs if run.foreground.proven)
    return [
        replace(run, foreground=_completed(run, known))
        if not run.foreground.proven and run.backdrop is Backdrop.FLAT
        else run
        for run in runs
    ]


def _completed(run: TextRun, known: Counter[Rgb]) -> Foreground:
    """Take the most frequent known color between the nearest and the farthest that the run's own may be."""
    nearest = np.subtract(run.foreground.nearest, run.background)
    farthest = float(np.linalg.norm(np.subtract(run.foreground.farthest, run.background)))
    for color, _ in known.most_common():
        end = np.subtract(color, run.background)
        length = float(np.linalg.norm(end))
        if not np.linalg.norm(nearest) <= length <= farthest + OFF_LINE:
            continue
        coverage = float(nearest @ end) / length**2
        if np.linalg.norm(nearest - coverage * end) <= OFF_LINE:
            return Foreground(color, run.foreground.nearest, color)
    return run.foreground
