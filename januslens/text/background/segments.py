"""Segmentation of a line of text by its background: flat colors side by side, a gradient, or an irregular one.

A line may cross several flat backgrounds (chips, tabs, a selection). The colors that are frequent above and below the
x-height are the candidates, and each column takes the one that fills it best. If they are the shades of one gradient,
that gradient is the background of the whole line.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.text.background.flat_colors import FlatColors, find_flat_colors, matches
from januslens.text.background.gradients import Gradient, fit_gradient
from januslens.text.background.rough import RoughBackground, estimate_background
from januslens.text.crop import LineCrop

FLAT_SHARE: Final = 0.5  # of the band that flat colors must explain; below it the background varies
SURELY_FLAT: Final = 0.9  # share of exact pixels among those of flat colors; in a gradient it is a fifth
PERHAPS_FLAT: Final = 0.5  # the same share, below which the background varies
GRADIENT_SHARE: Final = 0.4  # of the band that a gradient must explain: none does by chance, and bold text covers much
GRADIENT_RATHER: Final = 0.95  # of what its shades explain as flat colors: it is one thing, they are several
WINDOW: Final = 0.4  # of the core's height, to each side of a column
MIN_SEGMENT_HEIGHTS: Final = 0.6  # of the core's height: a narrower segment is a glyph's stem, not a background

type VaryingBackground = Gradient | RoughBackground


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a line's crop on one background: the columns left to right (exclusive), and the background.

    behind is a flat color, shape (3,), or a varying background with a color per pixel of the line's crop.
    """

    left: int
    right: int
    behind: NDArray[np.int16] | VaryingBackground


def find_segments(line: LineCrop, noise: int) -> list[Segment]:
    """Split the crop of a line of text into segments of one background each, from left to right, without gaps.

    noise is how far, in levels of a channel, compression may have changed a color. Segments have different flat colors,
    such as chips or a selection; a line on a gradient or an irregular background is one segment.
    """
    width = line.pixels.shape[1]
    flat = find_flat_colors(line, noise)
    enough = flat.explained >= FLAT_SHARE
    if not enough or flat.exact < SURELY_FLAT * flat.explained:
        gradient = fit_gradient(line, noise)
        if gradient is not None and _is_behind(gradient, flat, noise):
            return [Segment(0, width, gradient)]
        if not enough or flat.exact < PERHAPS_FLAT * flat.explained:
            return [Segment(0, width, estimate_background(line))]
    if len(flat.colors) == 1:
        return [Segment(0, width, flat.colors[0])]
    return _side_by_side(line, flat.colors, noise)


def _is_behind(gradient: Gradient, flat: FlatColors, noise: int) -> bool:
    """Return whether a gradient is the background: it explains as much as those flat colors that are its own shades."""
    shades = gradient.color
    of_its_colors = [
        share for color, share in zip(flat.colors, flat.shares, strict=True) if matches(shades, color, noise).any()
    ]
    return gradient.explained >= max(GRADIENT_SHARE, GRADIENT_RATHER * sum(of_its_colors))


def _side_by_side(line: LineCrop, colors: list[NDArray[np.int16]], noise: int) -> list[Segment]:
    width = line.pixels.shape[1]
    nearest = _best_by_column(line, colors, noise)
    edges = [0, *(np.flatnonzero(np.diff(nearest)) + 1).tolist(), width]
    segments: list[Segment] = []
    for left, right in pairwise(edges):
        color = colors[nearest[left]]
        short = right - left < MIN_SEGMENT_HEIGHTS * line.core_height
        if segments and (short or segments[-1].behind is color):
            segments[-1] = Segment(segments[-1].left, right, segments[-1].behind)
        else:
            segments.append(Segment(left, right, color))
    if len(segments) > 1 and segments[0].right - segments[0].left < MIN_SEGMENT_HEIGHTS * line.core_height:
        segments[:2] = [Segment(0, segments[1].right, segments[1].behind)]
    return segments


def _best_by_column(line: LineCrop, colors: list[NDArray[np.int16]], noise: int) -> NDArray[np.intp]:
    """Return for each column the index of the color that fills most of the band around it."""
    reach = max(2, int(WINDOW * line.core_height))
    fill = np.stack([matches(line.pixels[line.band()], color, noise).sum(axis=0) for color in colors])
    kernel = np.ones(2 * reach + 1)
    around = [np.convolve(row, kernel, "full")[reach:-reach] for row in fill]
    return np.array(around).argmax(axis=0)
