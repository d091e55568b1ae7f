"""The form of runs: measures of their ink that tell scripts apart, and do not depend on the size of the text."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.text.shape.strokes import RunPixels, Stack, Strokes

INKED: Final = 0.4  # coverage from which a pixel belongs to a stroke
MEASURES: Final = (
    "fall",  # ink that ends on the baseline, of the fullest row: sharp in Latin and Hebrew, dull in Han
    "rise",  # ink that begins at the letters' usual top, of the fullest row: most under a headline
    "crossings",  # strokes that a column crosses
    "strokes",  # strokes that a row crosses, per pixel of the width; logarithm
    "fullest",  # ink of the fullest row, of the inked columns: all of them under a headline, many on a joined baseline
    "density",  # ink of the inked columns
    "columns",  # inked columns, of the width
    "upper",  # ink of the upper quarter of the height, to the mean
    "lower",  # ink of the lower quarter
    "shapes",  # separate shapes, per square of the height
    "widest",  # width of the widest shape, in heights; logarithm
    "usual",  # the letters' usual height, of the ascent
)


def measure_forms(runs: Sequence[RunPixels], strokes: Sequence[Strokes]) -> NDArray[np.float64]:
    """Return the MEASURES of each run of text, shape (runs, 12); strokes are those of the runs."""
    if not runs:
        return np.zeros((0, len(MEASURES)))
    stack = Stack.of(runs)
    columns, crossings, along = _crossed(runs, stack)
    heights = np.array(
        [(h.top, h.bottom, h.fall, h.rise, h.usual, h.ascent) for h in (of_run.heights for of_run in strokes)]
    )
    top, bottom = heights[:, :2].astype(np.intp).T
    fall, rise, usual, ascent = heights[:, 2:].T
    height, width = bottom - top, stack.extents[1] - stack.extents[0]
    fullest, mean, upper, lower = _by_height([of_run.profile for of_run in strokes], top, bottom)
    shapes, widest = _shapes(runs)
    return np.column_stack(
        [
            fall / fullest,
            rise / fullest,
            crossings / columns,
            np.log(np.maximum(along, 1) / width),
            fullest / columns,
            mean / columns,
            columns / width,
            upper / mean,
            lower / mean,
            shapes * height / width,
            np.log(widest / height),
            usual / np.maximum(ascent, 1),
        ]
    )


def _crossed(runs: Sequence[RunPixels], stack: Stack) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Return each run's number of inked columns, of the strokes that they cross, and of the strokes that rows cross."""
    sizes = np.array([run.line.pixels.shape[:2] for run in runs]) + 1  # with an empty row above and an empty column
    areas = sizes.prod(axis=1)
    inside = stack.coverage >= INKED
    owner, row, column = stack.owner[inside], stack.row[inside], stack.column[inside]
    width = sizes[owner, 1]
    place = (np.cumsum(areas) - areas)[owner] + (row + 1) * width + column + 1
    sheet = np.zeros(areas.sum(), np.bool_)
    sheet[place] = True
    left = np.cumsum(sizes[:, 1]) - sizes[:, 1]
    inked = np.zeros(sizes[:, 1].sum(), np.intp)
    inked[left[owner] + column] = 1
    columns = np.maximum(np.add.reduceat(inked, left), 1)
    crossings = np.bincount(owner[~sheet[place - width]], minlength=len(runs))
    return columns, crossings, np.bincount(owner[~sheet[place - 1]], minlength=len(runs))


def _by_height(
    profiles: Sequence[NDArray[np.float64]], top: NDArray[np.intp], bottom: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return the ink of each run's fullest row, and the mean of all, of its upper quarter and of its lower quarter."""
    rows = np.array([len(profile) for profile in profiles])
    first = np.cumsum(rows) - rows
    covered = np.concatenate(profiles)
    fullest = np.maximum.reduceat(covered, first)
    top, bottom = first + top, first + bottom
    quarter = np.maximum(1, (bottom - top) // 4)
    whole, upper, lower = (
        _sums(covered, *rows) for rows in ((top, bottom), (top, top + quarter), (bottom - quarter, bottom))
    )
    return fullest, whole / (bottom - top), upper / quarter, lower / quarter


def _sums(values: NDArray[np.float64], start: NDArray[np.intp], stop: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the sum of each range of values, none of them empty; it is rounded alike whatever the other ranges are."""
    sums: NDArray[np.float64] = np.add.reduceat(np.append(values, 0.0), np.column_stack([start, stop]).ravel())[::2]
    return sums


def _shapes(runs: Sequence[RunPixels]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the number of separate shapes of each run, and the width of the widest, in pixels."""
    glyphs = np.array([len(run.boxes) for run in runs])
    first = np.cumsum(glyphs) - glyphs
    boxes = np.concatenate([run.boxes for run in runs])
    inked = np.zeros(len(boxes), np.bool_)
    inked[np.concatenate([run.glyph + start for run, start in zip(runs, first.tolist(), strict=True)])] = True
    widths = np.where(inked, boxes[:, 2] - boxes[:, 0], 0)
    return np.add.reduceat(inked.astype(np.intp), first), np.maximum.reduceat(widths, first)
