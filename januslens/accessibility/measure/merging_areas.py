"""Neighboring flat areas whose colors are distinct to normal vision and look alike with a color vision deficiency.

Deficiencies are simulated as in `color.simulation` (Machado et al. 2009, at severity 1.0); how different two colors are
is CIEDE2000. Areas of one flat color are compared, not photos, and not text with its background.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.accessibility.evidence import MergingAreas
from januslens.color.difference import color_difference
from januslens.color.luminance import contrast_ratio
from januslens.color.simulation import Deficiency, simulate_colors
from januslens.decode.geometry import Box
from januslens.raster.indexed_image import ColorRuns, IndexedImage

DISTINCT: Final = 20.0  # CIEDE2000: told apart at a glance, by name; from 10 on with care
MERGED: Final = 5.0  # CIEDE2000: what is nearer looks alike side by side, 2.3 is just noticeable
LARGE: Final = 200  # CSS px² of an area of one color; smaller ones are letters and icons
SEAM: Final = 2  # CSS px between two areas: an anti-aliased edge or a hairline
MIN_BORDER_PX: Final = 12  # CSS px that two areas share
MAX_COLORS: Final = 64  # flat areas of more colors are a photo's


@dataclass(frozen=True, slots=True)
class _Neighbors:
    """Two large colors, by their places in the palette, and the box of where they meet, in the palette's pixels."""

    one: int
    other: int
    box: tuple[int, int, int, int]


def find_merging_areas(flat: IndexedImage) -> Iterator[MergingAreas]:
    """Yield each pair of neighboring flat colors of an image that look alike with a color vision deficiency.

    flat is the image as palette indices. The pair differs by 20 or more (CIEDE2000) in normal vision, and by 5 or less
    with at least one of the simulated deficiencies. Only colors with an area of at least 200 CSS px² are compared, at
    most the 64 most frequent, and only where they share at least 12 CSS px of border.
    """
    large = np.flatnonzero(flat.count >= LARGE)
    if len(large) > MAX_COLORS:
        large = large[np.argsort(-flat.count[large])[:MAX_COLORS]]
    merging = _merging(flat, large)
    if not merging:
        return
    for neighbors in _neighbors(flat, large):
        deficiencies = merging.get((neighbors.one, neighbors.other))
        if deficiencies:
            yield _areas(flat, neighbors, tuple(deficiencies))


def _merging(flat: IndexedImage, large: NDArray[np.intp]) -> dict[tuple[int, int], list[Deficiency]]:
    """Return the pairs of colors that are distinct to normal vision and merge, with which deficiencies."""
    colors = flat.channels[:, large].T.astype(np.float64)
    distinct = color_difference(colors[:, None], colors[None]) >= DISTINCT
    pairs: dict[tuple[int, int], list[Deficiency]] = {}
    for deficiency in Deficiency:
        seen = simulate_colors(colors, deficiency)
        merged = distinct & (color_difference(seen[:, None], seen[None]) <= MERGED)
        for one, other in np.argwhere(np.triu(merged)).tolist():
            pairs.setdefault((int(large[one]), int(large[other])), []).append(deficiency)
    return pairs


def _neighbors(flat: IndexedImage, large: NDArray[np.intp]) -> Iterator[_Neighbors]:
    """Yield the pairs of large colors that meet along a border long enough to be seen."""
    number = np.full(len(flat.codes), -1)
    number[large] = np.arange(len(large))
    meetings = [_meetings(runs, number) for runs in flat.row_runs()]
    meetings += [_meetings(runs, number)[:, [0, 1, 3, 2]] for runs in flat.column_runs()]
    one, other, row, column = np.concatenate(meetings).T
    code = np.minimum(one, other) * len(large) + np.maximum(one, other)
    for pair in np.flatnonzero(np.bincount(code, minlength=1) >= MIN_BORDER_PX).tolist():
        there = code == pair
        rows, columns = row[there], column[there]
        box = int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1
        low, high = divmod(pair, len(large))
        yield _Neighbors(int(large[low]), int(large[high]), box)


def _meetings(runs: ColorRuns, number: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return where runs of large colors follow one another with no more than a seam between: both, row, column."""
    of_large = np.flatnonzero((number[runs.on] >= 0) & (runs.length > SEAM))
    before, after = of_large[:-1], of_large[1:]
    gap = runs.column[after] - runs.column[before] - runs.length[before]
    meet = (runs.row[before] == runs.row[after]) & (gap <= SEAM) & (runs.on[before] != runs.on[after])
    before, after = before[meet], after[meet]
    return np.stack([number[runs.on[before]], number[runs.on[after]], runs.row[after], runs.column[after]], axis=1)


def _areas(flat: IndexedImage, neighbors: _Neighbors, deficiencies: tuple[Deficiency, ...]) -> MergingAreas:
    one, other = flat.color(neighbors.one), flat.color(neighbors.other)
    left, top, right, bottom = (edge * flat.stride for edge in neighbors.box)
    box = Box(left, top, max(right - left, 1), max(bottom - top, 1))
    return MergingAreas(one, other, contrast_ratio(one, other), box, deficiencies)
