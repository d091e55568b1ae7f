"""Assignment of proven text colors to runs that are too thin to show their color.

An interface uses few text colors. If the most covered pixel of a run falls slightly short of a color that other text of
the image shows unmixed, and lies on the line toward it, that color is the best estimate. The bounds proven by the run
itself are kept.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.text.foreground.line_fit import lengths, rgb
from januslens.text.run import Backdrop, Foreground, TextRun

OFF_LINE: Final = 3.0  # Euclidean levels: the rounding of a mix's three channels, and of its background's


def with_known_colors(runs: Sequence[TextRun]) -> list[TextRun]:
    """Return the runs of an image, with unproven text colors completed to a proven color of which they are a mix.

    A proven color is one that other runs show unmixed; it must lie between the nearest and the farthest color that the
    run allows, and becomes both its best estimate and its farthest color. Only runs on a flat background change, and
    only if there is such a color.
    """
    counts = Counter(run.foreground.color for run in runs if run.foreground.proven)
    known = np.array([color for color, _ in counts.most_common()], np.float64).reshape(-1, 3)
    return [
        replace(run, foreground=_completed(run, known))
        if not run.foreground.proven and run.backdrop is Backdrop.FLAT
        else run
        for run in runs
    ]


def _completed(run: TextRun, known: NDArray[np.float64]) -> Foreground:
    """Return the foreground with the most frequent known color between the nearest and the farthest possible."""
    nearest, farthest = np.subtract((run.foreground.nearest, run.foreground.farthest), run.background).astype(float)
    ends = known - run.background
    length = lengths(ends)
    coverage = ends @ nearest / np.maximum(length, 1) ** 2
    between = (length >= np.linalg.norm(nearest)) & (length <= np.linalg.norm(farthest) + OFF_LINE)
    fitting = np.flatnonzero(between & (lengths(nearest - coverage[:, None] * ends) <= OFF_LINE))
    if not len(fitting):
        return run.foreground
    color = rgb(known[fitting[0]])
    return Foreground(color, run.foreground.nearest, color)
