"""Columns of a line where its color changes.

Words begin after gaps. Within a word another color shows in three ways: neighboring glyphs have other hues; most of the
ink around a column begins to lie on another line of mixes; or it stays far from the end of the line that it lies on,
and its strokes are not merely too thin to reach it.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.text.crop import LineCrop
from januslens.text.foreground.hue import angles
from januslens.text.foreground.ink import Ink
from januslens.text.foreground.line_fit import fit_line, project
from januslens.text.tone import covered_widths

WORD_GAP: Final = 0.3  # of the core's height: about 0.2 em, between the gap of letters and of words
EXPLAINED: Final = 0.95  # of the ink, by length of offset: the rest is where glyphs of two colors touch
NEIGHBORS_OFF: Final = 1.5  # times the angle by which glyphs of a color are off it: two are off each other by more
COLOR_WINDOW: Final = 0.25  # of the core's height, to each side of a column: less than half a letter
TONE_WINDOW: Final = 0.5  # of the core's height, to each side of a column: a letter
MUTED: Final = 0.8  # of the way to a color: two letters of that color in a row reach farther
DIRECTIONS: Final = 6  # lines of mixes looked for; highlighted code has about as many in a line
SAME_WIDTH: Final = 0.8
"""Of the usual width of the strokes of a color that a piece's strokes must have, to have that color without its
coverage: strokes between pixels cover less, but two of them. Of 6,200 words of weights 100 to 900 in ten scripts, three
in a thousand have less; words muted to 0.71 of a color have 0.66 to 0.76."""
THIN_PX: Final = 1.1  # usual width of strokes below which it says less: weight 300 at 16 px has 1.05
PERHAPS_SAME_WIDTH: Final = (
    0.65  # the same share for strokes as thin: of 7,900 letters of such weights, 1 in 200 has less
)


def piece_starts(ink: Ink, line: LineCrop, hues: NDArray[np.float64], off_hue: float, noise: int) -> NDArray[np.bool_]:
    """Return for each column of a stretch whether a word begins there, or another color within a word, shape (width,).

    hues (glyphs, 3) are those of the ink's glyphs, off_hue is the angle by which those of one color may differ. noise
    is how far, in levels of a channel, compression may have changed a color.
    """
    width, core_height = line.pixels.shape[1], line.core_height
    starts = np.zeros(width + 1, np.bool_)
    order = np.argsort(ink.boxes[:, 0])  # as in `Columns.words`
    left, right = ink.boxes[order, 0], np.maximum.accumulate(ink.boxes[order, 2])
    starts[left[0]] = True
    starts[left[1:][left[1:] > right[:-1] + WORD_GAP * core_height]] = True
    weight, reach = _lines_by_column(ink, width, noise)
    starts[_changes_of_line(weight, max(1, round(COLOR_WINDOW * core_height)))] = True
    window = max(1, round(TONE_WINDOW * core_height))
    starts[_changes_of_tone(np.where(_are_wide(ink, reach, window), 1.0, reach), window)] = True
    starts[_changes_of_hue(ink, hues, off_hue)] = True
    return starts[:width]


def _changes_of_hue(ink: Ink, hues: NDArray[np.float64], off_hue: float) -> NDArray[np.intp]:
    """Return the columns between neighboring glyphs of different hues."""
    order = np.argsort(ink.boxes[:, 0] + ink.boxes[:, 2])
    left, right = ink.boxes[order, 0], ink.boxes[order, 2]
    beside = right[:-1] - left[1:] < np.minimum(np.diff(ink.boxes[order][:, ::2])[1:, 0], right[:-1] - left[:-1]) / 2
    other = angles(hues[order[1:]], hues[order[:-1]]) > NEIGHBORS_OFF * off_hue
    middle: NDArray[np.intp] = (right[:-1] + left[1:] + 1) // 2
    changes: NDArray[np.intp] = middle[beside & other]
    return changes


def _lines_by_column(ink: Ink, width: int, noise: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the ink of each column per line of mixes, shape (lines, width), and its highest coverage, (width,)."""
    weights: list[NDArray[np.float64]] = []
    reach = np.zeros(width)
    left = np.ones(len(ink.weight), np.bool_)
    mixes = ink.line
    while len(weights) < DIRECTIONS:
        on_line = mixes.on_line & left
        weights.append(np.bincount(ink.column[on_line], weights=ink.weight[on_line], minlength=width))
        np.maximum.at(reach, ink.column[on_line], mixes.coverage[on_line])
        left &= ~on_line
        if ink.weight[left].sum() <= (1 - EXPLAINED) * ink.weight.sum():
            break
        mixes = project(ink.offsets, ink.hues, fit_line(*chosen(ink, left), noise).end, noise)
    return np.array(weights), reach


def _changes_of_line(weight: NDArray[np.float64], window: int) -> NDArray[np.intp]:
    """Return the columns where most of the surrounding ink begins to lie on another line of mixes."""
    if len(weight) == 1:
        return np.zeros(0, np.intp)
    kernel = np.ones(2 * window + 1)
    around = np.array([np.convolve(row, kernel, "full")[window:-window] for row in weight])
    owner = around.argmax(axis=0)
    return np.flatnonzero((owner[1:] != owner[:-1]) & (around[:, 1:].max(axis=0) > 0)) + 1


def _are_wide(ink: Ink, reach: NDArray[np.float64], window: int) -> NDArray[np.bool_]:
    """Return for each column whether a quarter of the ink around it has strokes as wide as where coverage is high."""
    widths = covered_widths(ink.row, ink.column, ink.line.coverage)
    usual = float(np.percentile(widths[reach[ink.column] >= MUTED], 75))
    wide = widths >= least_width(usual) * usual
    kernel = np.ones(2 * window + 1)
    around, wide_around = (
        np.convolve(np.bincount(ink.column[which], minlength=len(reach)), kernel, "full")[window:-window]
        for which in (slice(None), wide)
    )
    strong: NDArray[np.bool_] = (reach > 0) & (4 * wide_around >= around)
    return strong


def _changes_of_tone(reach: NDArray[np.float64], window: int) -> NDArray[np.intp]:
    """Return the columns where a stretch whose ink stays far from its line's end begins or ends."""
    inked = np.flatnonzero(reach)
    muted = are_muted(reach, inked, window)
    begins, ends = np.flatnonzero(~muted[:-1] & muted[1:]) + 1, np.flatnonzero(muted[:-1] & ~muted[1:])
    return np.concatenate([inked[begins] - window, inked[ends] + window + 1])


def are_muted(reach: NDArray[np.float64], inked: NDArray[np.intp], window: int | NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return which inked columns have no column with high coverage within their window."""
    strong = np.flatnonzero(reach >= MUTED)
    after = np.searchsorted(strong, inked)
    framed = np.concatenate([[-len(reach)], strong, [2 * len(reach)]])
    muted: NDArray[np.bool_] = np.minimum(inked - framed[after], framed[after + 1] - inked) > window
    return muted


def least_width(usual: float) -> float:
    """Return the share of the usual width of strokes, in pixels, that others of their color have."""
    return PERHAPS_SAME_WIDTH if usual < THIN_PX else SAME_WIDTH


def chosen(ink: Ink, which: NDArray[np.bool_] | NDArray[np.intp]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the offsets and hues of selected pixels, one array if both are the same."""
    offsets = ink.offsets[which]
    return offsets, offsets if ink.hues is ink.offsets else ink.hues[which]
