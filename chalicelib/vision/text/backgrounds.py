"""What a line of text stands on: where along the line which flat color lies behind it.

A line may cross several backgrounds (chips, tabs, a selection). Above and below the x-height most pixels are
background, so the colors that are frequent there are the candidates, and each column takes the one that fills it best.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from chalicelib.vision.color.luminance import relative_luminance
from chalicelib.vision.text.crop import LineCrop

CANDIDATES: Final = 4
CANDIDATE_SHARE: Final = 0.05  # of the band: less is a glyph's own color
FLATNESS: Final = 2  # levels of a channel that a flat background may vary by; a faint gradient's change within a line
GRADIENT_COLORS: Final = 3  # two that are near each other may well be of two elements
GRADIENT_STEP: Final = 6  # levels from one such color to the next: twice what each may vary by, and rounding
FLAT_SHARE: Final = 0.5  # of the band that flat colors must explain; below it the background varies
WINDOW: Final = 0.4  # of the core's height, to each side of a column
EXTREMES: Final = (0.02, 0.98)  # quantiles of luminance that count as a varying background's darkest and lightest
MOST: Final = 75  # percentile of the background's pixels that roughness speaks of
SHORTEST: Final = 0.6  # of the core's height: a narrower segment is a glyph's stem, not a background


@dataclass(frozen=True, slots=True)
class Segment:
    """Columns left to right (exclusive) of a line's crop, on one flat color, or on None where it varies."""

    left: int
    right: int
    color: NDArray[np.int16] | None


def find_segments(line: LineCrop, noise: int) -> list[Segment]:
    """Part a line's crop into segments of one flat background each; noise is in levels of a channel."""
    band = line.band()
    colors = _candidates(line, band, noise)
    width = line.pixels.shape[1]
    if len(colors) <= 1:
        return [Segment(0, width, colors[0] if colors else None)]
    if len(colors) >= GRADIENT_COLORS and _are_of_a_gradient(colors, noise):
        return [Segment(0, width, None)]
    nearest = _best_by_column(line, band, colors, noise)
    edges = [0, *(np.flatnonzero(np.diff(nearest)) + 1).tolist(), width]
    segments: list[Segment] = []
    for left, right in pairwise(edges):
        color = colors[nearest[left]]
        short = right - left < SHORTEST * line.core_height
        if segments and (short or segments[-1].color is color):
            segments[-1] = Segment(segments[-1].left, right, segments[-1].color)
        else:
            segments.append(Segment(left, right, color))
    if len(segments) > 1 and segments[0].right - segments[0].left < SHORTEST * line.core_height:
        segments[:2] = [Segment(0, segments[1].right, segments[1].color)]
    return segments


def matches(pixels: NDArray[np.int16], color: NDArray[np.int16], noise: int) -> NDArray[np.bool_]:
    """Whether each pixel shows a flat color, give or take the picture's noise."""
    return np.abs(pixels - color).max(axis=-1) <= FLATNESS + noise


def _are_of_a_gradient(colors: list[NDArray[np.int16]], noise: int) -> bool:
    """Whether each of the colors is so near another that they are a gradient's rather than two elements'."""
    ordered = np.array(sorted(colors, key=lambda color: int(color.sum())))
    return bool(np.abs(np.diff(ordered, axis=0)).max() <= GRADIENT_STEP + noise)


def _candidates(line: LineCrop, band: slice, noise: int) -> list[NDArray[np.int16]]:
    """Return the frequent colors beside the core, the most frequent first; none where too few pixels are flat."""
    rest, counts = _histogram(line, band)
    total = left = counts.sum()
    colors: list[NDArray[np.int16]] = []
    while left and left >= CANDIDATE_SHARE * total and len(colors) < CANDIDATES:
        color = _mode(rest, counts, noise)
        same = matches(rest, color, noise)
        filled = counts[same].sum()
        if filled < CANDIDATE_SHARE * total:
            break
        colors.append(color)
        other = np.flatnonzero(~same)
        rest, counts, left = np.take(rest.T, other, axis=1).T, counts[other], left - filled
    return colors if left <= (1 - FLAT_SHARE) * total else []


def _histogram(line: LineCrop, band: slice) -> tuple[NDArray[np.int16], NDArray[np.intp]]:
    """Return the distinct colors of the band beside the core, shape (n, 3), and how many pixels have each."""
    red, green, blue = line.pixels.transpose(2, 0, 1).astype(np.int32)
    codes = red << 16 | green << 8 | blue
    beside = np.concatenate([codes[band.start : line.top], codes[line.bottom : band.stop]], axis=None)
    distinct, counts = np.unique(beside, return_counts=True)
    return np.array([distinct >> 16, distinct >> 8 & 255, distinct & 255], np.int16).T, counts


def _mode(colors: NDArray[np.int16], counts: NDArray[np.intp], noise: int) -> NDArray[np.int16]:
    """Return the most frequent color; of a noisy picture the median of the most frequent coarse color's pixels."""
    color: NDArray[np.int16]
    if not noise:
        color = colors[counts.argmax()]
        return color
    coarse, place = np.unique(colors >> int(noise).bit_length(), axis=0, return_inverse=True)
    most = np.bincount(place.ravel(), counts, minlength=len(coarse)).argmax()
    alike = place.ravel() == most
    color = np.median(np.repeat(colors[alike], counts[alike], axis=0), axis=0).astype(np.int16)
    return color


def _best_by_column(line: LineCrop, band: slice, colors: list[NDArray[np.int16]], noise: int) -> NDArray[np.intp]:
    """Return for each column the index of the color that fills most of the band around it."""
    reach = max(2, int(WINDOW * line.core_height))
    fill = np.stack([matches(line.pixels[band], color, noise).sum(axis=0) for color in colors])
    kernel = np.ones(2 * reach + 1)
    around = [np.convolve(row, kernel, "full")[reach:-reach] for row in fill]
    return np.array(around).argmax(axis=0)


@dataclass(frozen=True, slots=True)
class VaryingBackground:
    """An estimate of a background that isn't flat.

    color has the crop's shape; roughness is how far, in levels, most of the visible background is from it.
    """

    color: NDArray[np.int16]
    roughness: int

    def extremes(self, row: NDArray[np.intp], column: NDArray[np.intp], times: int) -> NDArray[np.int16]:
        """Return the darkest and the lightest color behind some pixels, shape (2, 3), as many roughnesses farther out.

        The estimate counts and not what is seen beside: there ascenders and descenders are too.
        """
        behind = self.color[row, column]
        order = np.argsort(relative_luminance(behind))
        ends = behind[order[[round(share * (len(behind) - 1)) for share in EXTREMES]]]
        farther = np.clip(ends + times * self.roughness * np.array([[-1], [1]]), 0, 255)
        extremes: NDArray[np.int16] = farther.astype(np.int16)
        return extremes


def estimate_varying(line: LineCrop) -> VaryingBackground:
    """Estimate the background behind a line from what is above and below its core: linear from one to the other."""
    band = line.band()
    above, below = line.pixels[band.start : line.top], line.pixels[line.bottom : band.stop]
    above, below = (above, below) if len(above) and len(below) else (line.pixels, line.pixels)
    upper, lower = _smooth(above, line.core_height), _smooth(below, line.core_height)
    share = np.linspace(0, 1, len(line.pixels))[:, None, None]
    color = np.round(upper * (1 - share) + lower * share).astype(np.int16)
    residual = np.abs(np.concatenate([above - upper, below - lower]).reshape(-1, 3)).max(axis=1)
    return VaryingBackground(color, round(float(np.percentile(residual, MOST))))


def _smooth(rows: NDArray[np.int16], reach: int) -> NDArray[np.float64]:
    """Return the median of each column of pixels, smoothed along the line, shape (1, width, 3)."""
    median = np.median(rows, axis=0)
    padded = np.pad(median, ((reach, reach), (0, 0)), mode="edge")
    smooth: NDArray[np.float64] = np.median(sliding_window_view(padded, 2 * reach + 1, axis=0), axis=-1)[None]
    return smooth
