"""Estimation of font sizes from the form of runs: how high the ink of letters of this form is, in em.

The height of all ink alone says little: a word without ascenders is half as high as one with ascenders and descenders.
But the two differ in form: in where ink begins and ends, and how it is spread over the height. Linear regression of the
logarithm of the ink's height in em on the measures of `form`, the ascent and the width: T. Hastie, R. Tibshirani and
J. Friedman, "The Elements of Statistical Learning", 2nd edition, 2009, section 3.4.1 (ridge).

It was fitted to 7,300 lines that Chromium drew (those of `scripts`, and digits, capitals and code) and to 19,500 of one
to five frequent words that Pillow drew, in weights 100 to 900, at 9 to 80 pixels. Each line's error was measured with
weights fitted to the other font families.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.text.run import Size
from januslens.text.script import Script
from januslens.text.shape.cells import largest_size
from januslens.text.shape.heights import Heights
from januslens.text.shape.strokes import RunPixels, Strokes

WEIGHTS: Final = 0.001 * np.array(
    [
        (-110, -238, 7, 37, -60, 6, 38, 82, -248, -49, -102, -145, 84, 43, -30),  # Latin
        (64, 22, 3, 66, -28, 19, 67, 48, -5, -60, -69, -158, -4, 10, -3),  # CJK
        (519, -308, 11, 163, 84, 87, 83, 68, 86, -133, -62, -227, -4, -34, -897),  # Devanagari
        (-40, -502, 22, 49, -188, -12, 61, 183, -206, -125, -329, -83, 75, -73, 0),  # Arabic
        (45, -628, -37, -103, -39, 63, 139, -172, 218, -10, -353, -85, 46, 29, 28),  # Tamil
    ]
)
"""The weights of one, of the logarithms of ascent and width over the ink's height, and of each of `form.MEASURES`; a
row for each script of BOUNDS."""
BOUNDS: Final[Mapping[Script, tuple[tuple[float, float], tuple[float, float]]]] = {
    Script.LATIN: ((0.75, 1.55), (0.78, 1.50)),
    Script.CJK: ((0.83, 1.30), (0.83, 1.30)),
    Script.DEVANAGARI: ((0.68, 1.39), (0.74, 1.22)),
    Script.ARABIC: ((0.60, 1.60), (0.64, 1.33)),
    Script.TAMIL: ((0.78, 1.35), (0.82, 1.25)),
}
"""The true size over the estimate, at least and at most, of words and of lines: for 99.6 % of those drawn. Tamil was
drawn in one font, so that its bounds are wider than these errors by 0.03. Of Hebrew and Thai the usual height says
more."""
UNCERTAIN_BASELINE: Final = 1.42
"""The true size over the estimate, at most, of Devanagari text whose baseline is uncertain. Crossbars of thin letters
are taken for it: of 4,563 runs in 16 font families, 22 are larger than BOUNDS say, 21 of them such ones, up to 1.40
times the estimate."""
LINE: Final = 5.0  # heights: several words
PIXEL: Final = 0.5  # pixels: what the height of ink is off by in reduced images and between subpixels


def sizes_by_form(
    runs: Sequence[RunPixels], strokes: Sequence[Strokes], forms: NDArray[np.float64]
) -> list[dict[Script, Size]]:
    """Return the font size in pixels of each run of text by each script of BOUNDS; forms are those of `measure_forms`.

    They hold for whole words and lines. The strokes are those of the runs, in the same order.
    """
    if not runs:
        return []
    ink = np.array([of_run.heights.ink for of_run in strokes])
    ascent = np.array([of_run.heights.ascent for of_run in strokes])
    width = np.array([run.width for run in runs])
    measures = np.column_stack([np.log(np.maximum(ascent, 0.5) / ink), np.log(width / ink), forms])
    # not a matrix product, whose sums are rounded otherwise with other runs in the same picture
    logarithms = WEIGHTS[:, 0] + (measures[:, None] * WEIGHTS[:, 1:]).sum(axis=2)
    estimates = ink[:, None] / np.exp(logarithms)
    is_line = width >= LINE * ink
    pixel = np.array([1 - PIXEL / ink, 1 + PIXEL / ink])
    return [
        {
            script: Size(value, low * less * value, high * more * value)
            for script, value in zip(BOUNDS, values, strict=True)
            for low, high in (_bounds(script, of_run.heights, line=line),)
        }
        for of_run, values, line, less, more in zip(
            strokes, estimates.tolist(), is_line.tolist(), *pixel.tolist(), strict=True
        )
    ]


def _bounds(script: Script, heights: Heights, *, line: bool) -> tuple[float, float]:
    low, high = BOUNDS[script][line]
    is_uncertain = script is Script.DEVANAGARI and not heights.has_plain_headline
    return low, UNCERTAIN_BASELINE if is_uncertain else high


def within_cells(by_form: Mapping[Script, Size], run: RunPixels, strokes: Strokes) -> Mapping[Script, Size]:
    """Return the sizes by form of a run of text, so that CJK letters fit into the cells that the run shows."""
    size, largest = by_form[Script.CJK], largest_size(run, strokes.heights.ink)
    if largest is None or largest < size.low:
        return by_form
    return {**by_form, Script.CJK: Size(min(size.value, largest), size.low, min(size.high, largest))}
