"""Estimation of a run's font size from the heights of its glyphs.

The font size is not in the image; the heights of the letters are. Over common interface fonts, capitals, digits and
ascenders are 0.655 to 0.78 em high and the x-height is 0.45 to 0.57 em (Arial 0.716 and 0.519, Inter 0.727 and 0.546,
Roboto 0.711 and 0.528, Georgia 0.692 and 0.481, Liberation Serif 0.655 and 0.459, Verdana 0.727 and 0.545).
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.text.run import Size
from januslens.text.shape.strokes import Strokes

ASCENT: Final = (0.655, 0.725, 0.78)  # of the font size: lowest, usual and highest capital or ascender
MIN_X_HEIGHT_EM: Final = 0.45  # of the font size
TWO_HEIGHTS: Final = 1.2  # ascent to the letters' usual height from which a run has ascenders and letters without
TOP: Final = 0.3  # pixels of ink in a row: a third of a thin stem's
FRINGE: Final = (-0.75, -0.17, 0.3)
"""Pixels by which a measured height is too large: the 1st, 50th and 99th percentile of 16 words in 7 fonts at 9 to 34
px. The tops of round letters make it too small."""
MIN_ASCENT: Final = 0.6  # of the core's height: dashes and dots are lower and say nothing of the size
CORE: Final = (0.44, 0.64, 1.0)  # of the font size: the core's height, 1st, 50th and 99th percentile of 3,095 lines

MANY_LETTERS: Final = 8  # of one height are capitals: 0.59 of English letters have neither ascender nor descender


def font_size(strokes: Strokes, core_height: int, scale: float) -> Size:
    """Return a run's font size in CSS pixels, estimated from the heights of its glyphs, with bounds of the true size.

    The bounds cover the fonts that interfaces commonly use. strokes are those of the run. core_height is the height of
    its line's core (about the x-height) in pixels, scale is in pixels per CSS pixel. Dots and dashes show no size; the
    height of the core is used instead.
    """
    baseline = strokes.baseline
    usual_top = int(strokes.edges[:baseline].argmax()) if baseline else 0
    ascent = _ascent(strokes.profile, baseline)
    if ascent < MIN_ASCENT * core_height:
        lowest, usual, highest = (core_height / ratio / scale for ratio in reversed(CORE))
        return Size(usual, lowest, highest)
    capitals = strokes.letters >= MANY_LETTERS or ascent >= TWO_HEIGHTS * (baseline - usual_top)
    return Size(
        value=(ascent - FRINGE[1]) / ASCENT[1] / scale,
        low=(ascent - FRINGE[2]) / ASCENT[2] / scale,
        high=(ascent - FRINGE[0]) / (ASCENT[0] if capitals else MIN_X_HEIGHT_EM) / scale,
    )


def _ascent(ink: NDArray[np.float64], baseline: int) -> float:
    """Return the height of the highest letter above the baseline: whole rows and the covered part of the first."""
    top = int((ink >= TOP).argmax())
    below = ink[top + 1] if top + 1 < len(ink) else 0.0
    return baseline - (top + 1) + min(float(ink[top] / max(below, TOP)), 1.0)
