"""The color of a run of text, and bounds of it, as far as the run's own pixels prove it.

Where enough pixels show the color unmixed, it is proven. Otherwise it lies between what the most covered pixel shows
and what that pixel would show at the least coverage that it may have. Offsets and coverage are those of `line_fit`.
"""

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.decode.lossy import Loss
from januslens.text.foreground.blending import blend_steps
from januslens.text.foreground.coverage import MIN_COVERAGE, least_coverages
from januslens.text.foreground.gradient_fill import palest_share
from januslens.text.foreground.line_fit import FAR, NOISY_EXTREME, lengths, rgb
from januslens.text.foreground.plateau import PLATEAU_PIXELS, UNMIXED, is_plateau
from januslens.text.run import Foreground

OVERLAPPING: Final = 0.03  # of the pixels of translucent text without a plateau: where its glyphs overlap
JOINED_OVERLAPS: Final = 2
"""Pixels that overlap besides these, at most, in short words of joined letters: so of 466 runs in Devanagari, Bengali
and Arabic without a plateau, at opacities of 0.38 to 1, all but one show their color; 1 pixel fewer, all but four."""
PAINTED_ONCE: Final = 0.91  # of what is painted twice, at most, is painted once at an opacity of 0.9
RINGING: Final = 1.25
"""How many times as far from the background as the text's color its pixels are in an image that was reduced with a
sharp filter (Lanczos, bicubic): 99 in 100 of 243 runs of semibold to black text. Lanczos's filter amplifies a bar by
up to 1.15, and a spot by 1.31."""


def foreground_on_flat(
    offsets: NDArray[np.float64],
    row: NDArray[np.intp],
    column: NDArray[np.intp],
    end: NDArray[np.float64],
    background: NDArray[np.int16],
    loss: Loss,
    *,
    fringed: bool = False,
) -> Foreground:
    """Return the color of a run of text on a flat background, and bounds of it, as far as its ink proves it.

    offsets (n, 3), row and column (n,) are the run's ink in row-major order, end (3,) is the far end of its line of
    mixes. background (3,) is the color from which the offsets are measured; loss is the effect of compression on
    colors. fringed says that the ink has subpixel (LCD) fringes. The color is proven if at least ten pixels in several
    rows and columns show it unmixed: the bounds are the most frequent and the farthest of these, mostly the same.
    Otherwise the run's own most covered pixel is the nearest it may be, or where its letters are filled with a gradient
    the palest of them.
    """
    unmixed = np.flatnonzero(np.abs(offsets.T - end[:, None]).max(axis=0) <= UNMIXED * np.abs(end).max() + loss.levels)
    if loss.levels:
        color = _behind_noise(offsets, end, loss)
    else:
        color = end if len(unmixed) < PLATEAU_PIXELS else _most_frequent(offsets[unmixed], end)
    coverage = offsets @ color / (color @ color)
    palest = None if loss.levels else palest_share(column, coverage)
    if palest is None and is_plateau(row[unmixed], column[unmixed]):
        farthest = color if loss.levels else max(color, end, key=np.linalg.norm)
        return _proven(background, color, farthest, blend_steps(offsets, color) if fringed else None)
    strongest = unmixed if len(unmixed) else np.flatnonzero(coverage >= coverage.max() - UNMIXED)
    bounded = _bounded(background, color, coverage, row, column, strongest, fringed=fringed)
    return bounded if palest is None else replace(bounded, nearest=rgb(background + palest * color), if_reduced=None)


def _proven(
    background: NDArray[np.float64] | NDArray[np.int16],
    end: NDArray[np.float64],
    most: NDArray[np.float64],
    steps: int | None = None,
) -> Foreground:
    """Return a color that many pixels show, and of which the farthest from the background shows `most`.

    steps are those in which it was mixed with the background, if they show.
    """
    color = rgb(background + end)
    farthest = rgb(background + (most if steps is None else (steps + 1) / steps * end))
    return Foreground(color, color, farthest, (rgb(background + end / RINGING), farthest), unmixed=True)


def _bounded(
    background: NDArray[np.float64] | NDArray[np.int16],
    end: NDArray[np.float64],
    coverage: NDArray[np.float64],
    row: NDArray[np.intp],
    column: NDArray[np.intp],
    strongest: NDArray[np.intp],
    *,
    fringed: bool = False,
) -> Foreground:
    """Return the color at the end of a line of mixes, with bounds as far as the coverage of the ink leaves it open."""
    reach = min(max(float(coverage.max()), MIN_COVERAGE), 1.0)
    clipped = np.minimum(np.maximum(coverage / reach, 0), 1)
    leasts = least_coverages(row, column, clipped, strongest, fringed=fringed)
    limit = np.inf if fringed else _gamut_limit(background, end)  # fringes tint the end
    farthest, if_reduced = (rgb(background + min(reach / least, limit) * end) for least in leasts)
    overlaps = int(OVERLAPPING * len(clipped))
    joined_overlaps = min(overlaps + JOINED_OVERLAPS, len(clipped) - 1)
    ordered = np.partition(clipped, [-1 - joined_overlaps, -1 - overlaps])
    once, once_if_joined = float(ordered[-1 - overlaps]), float(ordered[-1 - joined_overlaps])
    shown = (reach * once if once <= PAINTED_ONCE else reach) * end
    reduced = (rgb(background + reach * once / RINGING * end), if_reduced)
    return Foreground(
        rgb(background + end),
        rgb(background + shown),
        farthest,
        reduced,
        if_joined=rgb(background + reach * once_if_joined * end),
        mixed=reach < 1 - UNMIXED,
    )


def _gamut_limit(background: NDArray[np.float64] | NDArray[np.int16], end: NDArray[np.float64]) -> float:
    """Return how many times as far as its end, which may be a level off, a line of mixes stays within sRGB."""
    changing = np.abs(end) > 1
    room = np.where(end > 0, 255 - background, background)[changing]
    return max(float((room / (np.abs(end[changing]) - 1)).min(initial=np.inf)), 1.0)


def _behind_noise(offsets: NDArray[np.float64], end: NDArray[np.float64], loss: Loss) -> NDArray[np.float64]:
    """Return the far end of the line that a lossy image's ink lies on, close to an end that was found.

    The farthest pixels overshoot the color by as much as other covered pixels fall short of it: its end is their
    median.
    """
    along = offsets @ (end / np.linalg.norm(end))
    ink = along > 0
    line = (offsets[ink] * along[ink, None]).sum(axis=0) / (along[ink] ** 2).sum()
    far = along >= (1 - loss.overshoot) * np.percentile(along, NOISY_EXTREME)
    color: NDArray[np.float64] = line * np.median(along[far])
    return color


def _most_frequent(offsets: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the most frequent color of unmixed pixels: blending rounds a few of them one level too far."""
    of_end = np.count_nonzero((offsets == end).all(axis=1))
    if 2 * of_end >= len(offsets):
        return end
    distinct, counts = np.unique(offsets, axis=0, return_counts=True)
    most = int(counts.argmax())
    return distinct[most] if counts[most] >= max(PLATEAU_PIXELS, of_end + 1) else end


def foreground_on_varying(
    colors: NDArray[np.int16],
    offsets: NDArray[np.float64],
    row: NDArray[np.intp],
    column: NDArray[np.intp],
) -> Foreground:
    """Return the color of a run of text on a gradient or image, and bounds of it, as far as its ink proves it.

    A color that recurs in at least ten of the strongest pixels is the text's; otherwise it is that of the strongest
    pixel. colors (n, 3) are the pixels of the ink, offsets (n, 3) their differences from the background estimated
    behind them, row and column (n,) their positions.
    """
    length = lengths(offsets)
    far = np.flatnonzero(length >= FAR * np.percentile(length, NOISY_EXTREME, method="lower"))
    _, inverse, counts = np.unique(colors[far], axis=0, return_inverse=True, return_counts=True)
    most = int(counts.argmax())
    recurring = far[inverse.ravel() == most]
    if counts[most] < PLATEAU_PIXELS:
        recurring = far[[int(length[far].argmax())]]
    color, offset = colors[recurring[0]].astype(np.float64), offsets[recurring[0]]
    if is_plateau(row[recurring], column[recurring]):
        return _proven(color - offset, offset, offset)
    return _bounded(color - offset, offset, offsets @ offset / max(float(offset @ offset), 1), row, column, recurring)
