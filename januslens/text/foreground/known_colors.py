"""Completion of the colors of an image's runs by what its other runs show.

An interface uses few text colors. If the most covered pixel of a run falls slightly short of a color that other text of
the image shows unmixed, and lies on the line toward it, that color is the best estimate. It is no bound: the bounds are
those that the run's own pixels prove. They are wider where the other runs show that the image was reduced in size,
which leaves hardly any pixel unmixed.
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
USUAL_COVERAGE: Final = 0.8  # of a run's most covered pixel: 97 in 100 runs of regular weight reach it
FEW_LETTERS: Final = 8  # strokes: fewer may show no color unmixed in a sharp image either
SHARP: Final = 0.5  # of the longer runs of a sharp image, at least, have a proven color
"""In Chromium's renderings of nine weights, 0.85 to 0.98 have; reduced to 0.5 or 0.85, 0.02 to 0.3."""


def with_known_colors(runs: Sequence[TextRun]) -> list[TextRun]:
    """Return the runs of an image, with unproven text colors completed to a proven color of which they are a mix.

    A proven color is one that other runs show unmixed; it must lie between the nearest and the farthest color that the
    run allows, and be reached to 0.8. It becomes the run's best estimate, and changes none of its bounds. Only runs on
    a flat background change. In an image that is not sharp, the farthest color of every run is that of blurred strokes.
    """
    sharp = _is_sharp(runs)
    counts = Counter(run.foreground.color for run in runs if run.foreground.proven)
    known = np.array([color for color, _ in counts.most_common()], np.float64).reshape(-1, 3)
    return [run if run.foreground.proven else replace(run, foreground=_settled(run, known, sharp)) for run in runs]


def _is_sharp(runs: Sequence[TextRun]) -> bool:
    """Return whether most runs of several letters show their color unmixed, as they do unless an image was reduced."""
    proven = [run.foreground.proven for run in runs if run.letters >= FEW_LETTERS and run.backdrop is Backdrop.FLAT]
    return bool(proven) and sum(proven) >= SHARP * len(proven)


def _settled(run: TextRun, known: NDArray[np.float64], sharp: bool) -> Foreground:
    """Return the foreground of a run, with the most frequent known color that it falls slightly short of, if any."""
    foreground = run.foreground
    if not sharp and foreground.if_blurred is not None:
        foreground = replace(foreground, farthest=foreground.if_blurred)
    if run.backdrop is not Backdrop.FLAT:
        return foreground
    nearest, farthest = np.subtract((foreground.nearest, foreground.farthest), run.background).astype(float)
    ends = known - run.background
    length, reach = lengths(ends), float(np.linalg.norm(nearest))
    coverage = ends @ nearest / np.maximum(length, 1) ** 2
    limit = min(float(np.linalg.norm(farthest)), reach / USUAL_COVERAGE) + OFF_LINE
    fitting = (length >= reach) & (length <= limit) & (lengths(nearest - coverage[:, None] * ends) <= OFF_LINE)
    return replace(foreground, color=rgb(known[fitting.argmax()])) if fitting.any() else foreground
