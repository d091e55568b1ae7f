"""Estimation of a text's color from its anti-aliased pixels.

Anti-aliasing paints a pixel at the edge of a glyph with a mix of background and text color. So the pixels of text of
one color lie on the straight line between the two in encoded sRGB (where browsers mix them), and the text's color is
the far end of that line. Offsets below are colors minus the background color; coverage is the offset's share of the
text color's offset.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.color.notation import Rgb
from januslens.decode.lossy import Loss
from januslens.text.foreground.blending import blend_steps
from januslens.text.foreground.coverage import MIN_COVERAGE, least_coverages
from januslens.text.foreground.gradient_fill import palest_share
from januslens.text.run import Foreground

ROUNDING: Final = 4.0  # Euclidean levels off the line that 8-bit mixing and font smoothing leave
LINE_ANGLE: Final = 0.03  # of an offset's length, off the line: smoothing differs a little by channel
HUE_ANGLE: Final = 0.15  # of a hue's length, off the line: what averaging leaves of subpixel fringes
FAR: Final = 0.6  # of the longest offset: pixels nearer are no candidates for the unmixed color
CANDIDATES: Final = 24
SUPPORT: Final = 0.92  # of the best candidate's support that a farther one needs
NOISY_EXTREME: Final = 97  # percentile of offsets beyond which a lossy image's pixels are ringing

UNMIXED: Final = 0.015  # of the color's offset, by which an unmixed pixel may differ from it: rounding
PLATEAU_PIXELS: Final = 10
PLATEAU_COLUMNS: Final = 5
PLATEAU_ROWS: Final = 3  # a dash that lies between pixels repeats one mix in a row or two
BESIDE_A_BAR: Final = 4  # columns, outside of the row with the most pixels: where all bars of a line repeat one mix
"""A stem that lies between pixels repeats one mix in one or two columns; only full coverage repeats in many. Of 3,828
browser-rendered runs with such a plateau, in ten scripts, 3,826 show the true color; the bars of Hebrew of weight 200
repeated a mix beside two stems in another of them."""

OVERLAPPING: Final = 0.03  # of the pixels of translucent text without a plateau: where its glyphs overlap
JOINED_OVERLAPS: Final = 2
"""Pixels that overlap besides these, at most, in short words of joined letters: so of 466 runs in Devanagari, Bengali
and Arabic without a plateau, at opacities of 0.38 to 1, all but one show their color; 1 pixel fewer, all but four."""
PAINTED_ONCE: Final = 0.91  # of what is painted twice, at most, is painted once at an opacity of 0.9
RINGING: Final = 1.25
"""How many times as far from the background as the text's color its pixels are in an image that was reduced with a
sharp filter (Lanczos, bicubic): 99 in 100 of 243 runs of semibold to black text. Lanczos's filter amplifies a bar by
up to 1.15, and a spot by 1.31."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of mixes in sRGB, from the background color of text to its far end, the text's color.

    An offset is a color minus the background color. end (3,) is the offset of the far end. coverage (n,) is the share
    of that offset in each pixel of the ink, and on_line (n,) says whether its hue lies on the line. support is the
    share of the ink, 0 to 1, that lies on the line, weighted by the length of the hues.
    """

    end: NDArray[np.float64]
    coverage: NDArray[np.float64]
    on_line: NDArray[np.bool_]
    support: float


def lengths(offsets: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the Euclidean lengths, shape (n,), of color offsets, shape (n, 3)."""
    planes = offsets.T
    length: NDArray[np.float64] = np.sqrt((planes * planes).sum(axis=0))
    return length


def fit_lines(planes: NDArray[np.float64], parts: Sequence[slice], noises: Sequence[int]) -> list[Line | None]:
    """Fit a line of mixes to the ink of each of many stretches of text, as `fit_line` does; None for an empty one.

    planes (3, n) are the channels of all offsets from the background; the parts are consecutive slices of them, one per
    stretch, and noises are in levels of a channel. For most text the farthest offset is the end of the line, which is
    tried for all parts at once.
    """
    filled = [p for p, part in enumerate(parts) if part.stop > part.start]
    lines: list[Line | None] = [None] * len(parts)
    if not filled:
        return lines
    starts = np.array([parts[p].start for p in filled])
    owner = np.repeat(np.arange(len(filled)), np.diff(starts, append=planes.shape[1]))
    length = lengths(planes.T)
    limits = np.maximum.reduceat(length, starts)
    for f, p in enumerate(filled):
        if noises[p]:
            limits[f] = _limit(length[parts[p]], noises[p])
    ends = _farthest(planes, np.flatnonzero(length == limits[owner]), owner)
    tolerance = ROUNDING + np.array([noises[p] for p in filled])
    along = (planes * (ends / limits)[:, owner]).sum(axis=0)
    near = length**2 - along**2 <= (tolerance[owner] + LINE_ANGLE * length) ** 2
    on_line = near & (along > 0) & (along <= (limits + tolerance)[owner])
    coverage = along / limits[owner]
    supports = np.add.reduceat(length * on_line, starts) / np.add.reduceat(length, starts)
    for f, (p, support) in enumerate(zip(filled, supports.tolist(), strict=True)):
        part = parts[p]
        if support >= SUPPORT:
            lines[p] = Line(ends[:, f], coverage[part], on_line[part], support)
        else:
            offsets = planes[:, part].T
            lines[p] = fit_line(offsets, offsets, noises[p])
    return lines


def _farthest(planes: NDArray[np.float64], longest: NDArray[np.intp], owner: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return one of the longest offsets of each owner, shape (3, owners)."""
    order = np.lexsort((*planes[::-1, longest], owner[longest]))
    first = np.unique(owner[longest][order], return_index=True)[1]
    return planes[:, longest[order[first]]]


def _limit(length: NDArray[np.float64], noise: int) -> float:
    """Return the greatest plausible length of an offset; with noise, the longest ones are ringing."""
    return float(np.percentile(length, NOISY_EXTREME, method="lower") if noise else length.max())


def fit_line(offsets: NDArray[np.float64], hues: NDArray[np.float64], noise: int) -> Line:
    """Return the line of mixes from the background to the farthest offset on whose line most of the ink lies.

    offsets, colors minus the background color, have shape (n, 3), with at least one. hues are the same array, or
    offsets without subpixel fringes. noise is in levels of a channel; with noise, the longest 3 % of the offsets are no
    ends.
    """
    length, weight = lengths(offsets), lengths(hues)
    limit = _limit(length, noise)
    far = offsets[(length >= FAR * limit) & (length <= limit)]
    far = far[distinct_offsets(far)[0]]
    ends = far[np.argsort(-lengths(far), kind="stable")[:CANDIDATES]]
    coverage, on_line = measure(offsets, hues, ends, noise)
    support = weight @ on_line
    best = int(np.flatnonzero(support >= SUPPORT * support.max())[0])
    return Line(ends[best], coverage[:, best], on_line[:, best], float(support[best] / weight.sum()))


def project(offsets: NDArray[np.float64], hues: NDArray[np.float64], end: NDArray[np.float64], noise: int) -> Line:
    """Return the line of mixes to a known far end (3,), with the coverage of each offset on it.

    offsets and hues, colors minus the background color, have shape (n, 3); noise is in levels of a channel. Unlike in
    `fit_line`, the end is not changed.
    """
    coverage, on_line = measure(offsets, hues, end[None], noise)
    weight = lengths(hues)
    return Line(end, coverage[:, 0], on_line[:, 0], float(weight @ on_line[:, 0] / weight.sum()))


def measure(
    offsets: NDArray[np.float64],
    hues: NDArray[np.float64],
    ends: NDArray[np.float64],
    noise: int,
    angle: float | None = None,
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the coverage of n offsets by k ends, and whether each hue lies on the line to each end, shape (n, k) each.

    Offsets, hues and ends are colors minus the background color, shape (n, 3) and (k, 3). Coverage is the length of an
    offset along the line relative to that of the end; it may be negative or exceed 1. noise is in levels of a channel.
    angle is the accepted distance of a hue from the line relative to the hue's length; the default is that of
    anti-aliased pixels.
    """
    if angle is None:
        angle = LINE_ANGLE if hues is offsets else HUE_ANGLE
    end_length = lengths(ends)
    directions = ends.T / end_length
    along = offsets @ directions
    hue_along = along if hues is offsets else hues @ directions
    hue_length = lengths(hues)[:, None]
    tolerance = ROUNDING + noise
    farthest_off = tolerance + angle * hue_length
    near = hue_length**2 - hue_along**2 <= farthest_off**2  # by Pythagoras
    return along / end_length, near & (hue_along > 0) & (along <= end_length + tolerance)


def distinct_offsets(offsets: NDArray[np.float64]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the index of the first of each of the distinct offsets, given as (n, 3), and their counts."""
    code = offsets @ np.array([512.0 * 512.0, 512.0, 1.0])  # one number a color: channels differ by 255 at most
    _, first, counts = np.unique(code, return_index=True, return_counts=True)
    return first, counts


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


def is_plateau(rows: NDArray[np.intp], columns: NDArray[np.intp]) -> bool:
    """Return whether pixels of one color, at given positions, are so many in so many places that they are unmixed."""
    if len(columns) < PLATEAU_PIXELS or _distinct(columns) < PLATEAU_COLUMNS or _distinct(rows) < PLATEAU_ROWS:
        return False
    return _distinct(columns[rows != np.bincount(rows).argmax()]) >= BESIDE_A_BAR


def rgb(color: NDArray[np.float64] | NDArray[np.int16]) -> Rgb:
    """Round the channels of a color, shape (3,), to integers, clipped to 0 to 255."""
    red, green, blue = (min(max(round(channel), 0), 255) for channel in color.tolist())
    return red, green, blue


def _distinct(numbers: NDArray[np.intp]) -> int:
    return int(np.count_nonzero(np.bincount(numbers)))
