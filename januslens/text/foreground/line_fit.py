"""Estimation of a text's color from its anti-aliased pixels.

Anti-aliasing paints a pixel at the edge of a glyph with a mix of background and text color. So the pixels of text of
one color lie on the straight line between the two in encoded sRGB (where browsers mix them), and the text's color is
the far end of that line. Offsets below are colors minus the background color; coverage is the offset's share of the
text color's offset.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.color.notation import Rgb

ROUNDING: Final = 4.0  # Euclidean levels off the line that 8-bit mixing and font smoothing leave
LINE_ANGLE: Final = 0.03  # of an offset's length, off the line: smoothing differs a little by channel
HUE_ANGLE: Final = 0.15  # of a hue's length, off the line: what averaging leaves of subpixel fringes
FAR: Final = 0.6  # of the longest offset: pixels nearer are no candidates for the unmixed color
CANDIDATES: Final = 24
SUPPORT: Final = 0.92  # of the best candidate's support that a farther one needs
NOISY_EXTREME: Final = 97  # percentile of offsets beyond which a lossy image's pixels are ringing


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


def rgb(color: NDArray[np.float64] | NDArray[np.int16]) -> Rgb:
    """Round the channels of a color, shape (3,), to integers, clipped to 0 to 255."""
    red, green, blue = (min(max(round(channel), 0), 255) for channel in color.tolist())
    return red, green, blue


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
