"""Segmentation of a line of text by its background: flat colors side by side, a gradient, or an irregular one.

A line may cross several flat backgrounds (chips, tabs, a selection). The colors that are frequent above and below the
x-height are the candidates, and each column takes the one that fills it best. If they are the shades of one gradient,
that gradient is the background of the whole line.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.text.background.borders import BorderedGround
from januslens.text.background.flat_colors import FLATNESS, FlatColors, find_flat_colors, matches
from januslens.text.background.gradients import Gradient, fit_gradient
from januslens.text.background.ground_map import edge_colors
from januslens.text.background.rough import RoughBackground, estimate_background
from januslens.text.background.row_runs import RowRuns, spans
from januslens.text.crop import LineCrop

FLAT_SHARE: Final = 0.5  # of the band that flat colors must explain; below it the background varies
SURELY_FLAT: Final = 0.9  # share of exact pixels among those of flat colors; in a gradient it is a fifth
PERHAPS_FLAT: Final = 0.5  # the same share, below which the background varies
GRADIENT_SHARE: Final = 0.4  # of the band that a gradient must explain: none does by chance, and bold text covers much
LOSSY_GRADIENT_SHARE: Final = 0.6
"""The same in lossy images, where more pixels are near a shade by chance: of 105 lines on gradients in JPEG and WebP of
quality 60 to 95, they are 0.72 and more, of photos often 0.4 to 0.5."""
GRADIENT_RATHER: Final = 0.95  # of what its shades explain as flat colors: it is one thing, they are several
UNEVEN_LEVELS: Final = 8  # of a channel, that rescaling and JPEG of quality 90 leave a flat ground off beside letters
UNEVEN_PERCENTILE: Final = 90  # of the ground's pixels, farther off than which are letters' edges
WINDOW: Final = 0.4  # of the core's height, to each side of a column
SURROUNDED: Final = 0.9  # of a line's columns, by flat colors that letters cover: the rest is between two colors
SOLID: Final = 2.5  # of the core's height, of one color in a row: 1.1 to 1.4 em, longer than a letter's bar
SOLID_CHIP: Final = 1.0  # the same for a chip of a letter or two, and in the outermost rows, which no letter reaches
SHORT_CHIP: Final = (
    2.0  # of the core's height: a shorter chip is closed at both ends, unless it continues beyond the crop
)
CHIP_ROW: Final = 0.5  # of a chip's width, in its first and last row, which may be rounded
CHIP_FILL: Final = 0.62  # of a chip, around a letter or two; bold 日 fills 0.61 of its box
MIN_SEGMENT_HEIGHTS: Final = 0.6  # of the core's height: a narrower segment is a glyph's stem, not a background

BORDER: Final = 3  # pixels to each side of a change of color in which a border may be, with its blurred edges
BORDER_FILL: Final = 0.2  # of the band, by the color that a column should have: a border hides it
BETWEEN: Final = -1  # index of a column that has none of a line's colors

type VaryingBackground = Gradient | RoughBackground


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a line's crop on one background: the columns left to right (exclusive), and the background.

    behind is a flat color, shape (3,), or a background with a color per pixel of the line's crop, or of the segment's
    columns for flat colors with a border through letters. noise is how far, in levels of a channel, a pixel of a flat
    background may be off. elsewhere, shape (height, right - left), selects pixels on another flat color above or below.
    """

    left: int
    right: int
    behind: NDArray[np.int16] | VaryingBackground | BorderedGround
    noise: int
    elsewhere: NDArray[np.bool_] | None = None


def find_segments(line: LineCrop, noise: int) -> list[Segment]:
    """Split the crop of a line of text into segments of one background each, from left to right.

    They follow one another without gaps, except for the border that two colors may have between them.

    noise is how far, in levels of a channel, compression may have changed a color. Segments have different flat colors,
    such as chips or a selection; a line on a gradient or an irregular background is one segment.
    """
    width = line.pixels.shape[1]
    flat = find_flat_colors(line, noise)
    uneven = 0
    enough = flat.explained >= FLAT_SHARE
    if not enough or flat.exact < SURELY_FLAT * flat.explained:
        gradient = fit_gradient(line, noise)
        if gradient is not None and _is_behind(gradient, flat, noise):
            return [Segment(0, width, gradient, noise)]
        uneven = _unevenness(line, noise)
        if uneven:
            noise = uneven
            flat = find_flat_colors(line, noise)
        elif not (enough or _surround(flat.colors, line, noise)) or flat.exact < PERHAPS_FLAT * flat.explained:
            return [Segment(0, width, estimate_background(line), noise)]
    colors = [*flat.colors, *_end_colors(flat.colors, line, noise)]
    edges = [] if uneven else list(edge_colors(line, colors, noise))
    if len(colors) + len(edges) == 1:
        return [Segment(0, width, colors[0], noise)]
    usual = _without_stems(line, _best_by_column(line, colors, noise))
    bordered = None if uneven else BorderedGround.of(line, [*colors, *edges], usual, noise)
    if bordered is None:
        return list(_segments(usual, colors, noise))
    shown = bordered.by_column(line, usual, noise)
    known = (usual != BETWEEN) & (shown < len(colors))  # rules are at the edges, too
    by_column = _without_stems(line, np.where(known, shown, usual))
    elsewhere, crossed = bordered.on_another(by_column), bordered.crossed(line, noise)
    apart = [*_apart(_segments(by_column, colors, noise), elsewhere, crossed)]
    return apart + [Segment(first, last, bordered.columns(first, last), noise) for first, last in crossed]


def _apart(
    segments: Iterable[Segment], elsewhere: NDArray[np.bool_], crossed: list[tuple[int, int]]
) -> Iterator[Segment]:
    """Yield the parts of a line's segments before, between and after the columns that a border crosses.

    elsewhere (height, width) selects the pixels of the crop that are on another color.
    """
    for segment in segments:
        left = segment.left
        for first, last in [*crossed, (segment.right, segment.right)]:
            right = min(first, segment.right)
            if left < right:
                yield replace(segment, left=left, right=right, elsewhere=elsewhere[:, left:right])
            left = max(left, last)


def _end_colors(colors: list[NDArray[np.int16]], line: LineCrop, noise: int) -> list[NDArray[np.int16]]:
    """Return other colors at the ends of a line, where a chip behind one letter is too small to be frequent."""
    width = max(2, round(MIN_SEGMENT_HEIGHTS * line.core_height))
    found: list[NDArray[np.int16]] = []
    last = line.pixels.shape[1] - 1
    columns = (0, min(width - 1, last), max(last + 1 - width, 0), last)
    above, below = line.pixels[[[0], [-1]], columns].tolist()
    for outer, inner in ((0, 1), (3, 2)):
        end = above[outer]
        if not above[inner] == below[outer] == below[inner] == end:
            continue
        color = line.pixels[0, columns[outer]]
        if not any(matches(color, other, noise) for other in [*colors, *found]):
            found.append(color)
    return found


def _is_behind(gradient: Gradient, flat: FlatColors, noise: int) -> bool:
    """Return whether a gradient is the background: it explains as much as those flat colors that are its own shades."""
    shades = gradient.color
    of_its_colors = [
        share for color, share in zip(flat.colors, flat.shares, strict=True) if matches(shades, color, noise).any()
    ]
    least = LOSSY_GRADIENT_SHARE if noise else GRADIENT_SHARE
    return gradient.explained >= max(least, GRADIENT_RATHER * sum(of_its_colors))


def _surround(colors: list[NDArray[np.int16]], line: LineCrop, noise: int) -> bool:
    """Return whether flat colors are behind nearly the whole line, however much of its band heavy letters cover."""
    if not colors:
        return False
    shown = np.stack([matches(line.pixels, color, noise) for color in colors])
    return bool(_are_behind(shown, line).any(axis=0).mean() >= SURROUNDED)


def _unevenness(line: LineCrop, noise: int) -> int:
    """Return how many levels most of a line's ground is off the color that it should have all over.

    It is 0 if the ground has another color somewhere, or is as even as a flat color. Rescaling and compression leave
    such noise around letters, in images that are stored without loss afterwards.
    """
    most = noise + UNEVEN_LEVELS
    colors = find_flat_colors(line, most).colors[:1]
    if not _surround(colors, line, most):
        return 0
    band = line.band()
    beside = np.concatenate([line.pixels[band.start : line.top], line.pixels[line.bottom : band.stop]])
    off = np.abs(beside - colors[0]).max(axis=2)
    near = off[off <= most]
    uneven = int(np.percentile(near, UNEVEN_PERCENTILE)) if 2 * near.size >= off.size else 0
    return uneven if uneven > noise + FLATNESS else 0


def _segments(usual: NDArray[np.intp], colors: list[NDArray[np.int16]], noise: int) -> Iterator[Segment]:
    """Yield a segment for each stretch of columns of one color, given the index of each column's color or BETWEEN."""
    return (Segment(left, right, colors[color], noise) for left, right, color in _colored(usual))


def _colored(numbers: NDArray[np.intp]) -> Iterator[tuple[int, int, int]]:
    """Yield left, right (exclusive) and the index of the color of each stretch of columns of one color, from the left.

    numbers (width,) are the indices of the columns' colors; columns that are BETWEEN two colors are left out.
    """
    edges = [0, *(np.flatnonzero(np.diff(numbers)) + 1).tolist(), len(numbers)]
    for left, right in pairwise(edges):
        if numbers[left] != BETWEEN:
            yield left, right, int(numbers[left])


def _without_stems(line: LineCrop, nearest: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the index of each column's color, where stretches as narrow as stems have that of the one before."""
    least = MIN_SEGMENT_HEIGHTS * line.core_height
    usual = np.full_like(nearest, BETWEEN)
    kept: list[tuple[int, int]] = []
    for left, right, color in _colored(nearest):
        if kept and (right - left < least or usual[kept[-1][0]] == color):
            kept[-1] = (kept[-1][0], right)
        else:
            kept.append((left, right))
            usual[left] = color
        usual[kept[-1][0] : right] = usual[kept[-1][0]]
    if len(kept) > 1 and kept[0][1] - kept[0][0] < least:
        usual[: kept[1][0]] = usual[kept[1][0]]
    return usual


def _best_by_column(line: LineCrop, colors: list[NDArray[np.int16]], noise: int) -> NDArray[np.intp]:
    """Return for each column the index of the color that fills most of the band around it, of those behind the text.

    A column without a color that is surely behind the text takes that of the nearest one with. Beside a change of color
    the index is -1 where a border hides both.
    """
    reach = max(2, int(WINDOW * line.core_height))
    shown = np.stack([matches(line.pixels, color, noise) for color in colors])
    behind = _are_behind(shown, line)
    fill = shown[:, line.band()].sum(axis=1)
    total = np.cumsum(np.pad(fill, ((0, 0), (reach + 1, reach))), axis=1)
    around = total[:, 2 * reach + 1 :] - total[:, : -2 * reach - 1]
    known = np.flatnonzero(behind.any(axis=0))
    if not len(known):
        return around.argmax(axis=0)
    best = np.where(behind, around, -1).argmax(axis=0)
    columns = np.arange(len(best))
    after = np.searchsorted(known, columns).clip(max=len(known) - 1)
    before = np.maximum(after - 1, 0)
    nearer = np.where(np.abs(known[before] - columns) < np.abs(known[after] - columns), before, after)
    nearest = best[known[nearer]]
    changes = np.flatnonzero(np.diff(nearest)) + 1
    at_change = np.abs(columns[:, None] - changes + 0.5).min(axis=1, initial=np.inf) < BORDER
    covered = fill[nearest, columns] < BORDER_FILL * (line.band().stop - line.band().start)
    return np.where(at_change & covered, BETWEEN, nearest)


def _are_behind(shown: NDArray[np.bool_], line: LineCrop) -> NDArray[np.bool_]:
    """Return which colors surround the text at each column: above and below its core they fill about 1 em of a row.

    shown (colors, height, width) says which pixels have each color. Ink is less long: a letter's bars end with it. The
    result has shape (colors, width).
    """
    height = shown.shape[1]
    sides = [
        (rows, outermost)
        for rows, outermost in (
            (range(line.top), range(1)),
            (range(line.bottom, height), range(height - 1, height)),
        )
        if rows
    ]
    if not sides:
        return np.zeros_like(shown[:, 0])
    long, short = (max(2, round(share * line.core_height)) for share in (SOLID, SOLID_CHIP))
    of_chips = RowRuns.of(shown).at_least(short)
    solid = of_chips.at_least(long)
    behind: NDArray[np.bool_] = np.logical_and.reduce(
        [solid.columns(rows) | of_chips.columns(outermost) for rows, outermost in sides]
    )
    middle = (line.top + line.bottom) // 2
    chips = np.stack([of_chips.columns(rows) for rows in (range(middle), range(middle, height))])
    both, either = chips.all(axis=0) & ~behind, chips.any(axis=0)
    for color in np.flatnonzero(both.any(axis=1)):
        for left, right in spans(either[color]):
            if both[color, left:right].any():
                behind[color, _chip_between(shown[color], left, right, line)] = True
    return behind


def _chip_between(mask: NDArray[np.bool_], left: int, right: int, line: LineCrop) -> slice:
    """Return the columns of a chip of one color around given ones; none if heavy letters may have that color.

    mask, shape (height, width), shows where the color is. A chip fills more of its box than letters do, is closed
    before and after its text, or at one end of a text that continues beside it, and touches nothing of its color.
    """
    core = mask[line.top : line.bottom]
    empty = np.flatnonzero(~core.any(axis=0))
    before, after = empty[empty < left], empty[empty >= right]
    left, right = int(before[-1]) + 1 if len(before) else 0, int(after[0]) if len(after) else mask.shape[1]
    side = max(2, line.core_height // 2)
    alone = not core[:, max(left - len(core), 0) : left].any() and not core[:, right : right + len(core)].any()
    side_closed = core[:, left:right].all(axis=0)
    wide = right - left >= SHORT_CHIP * line.core_height or left == 0 or right == mask.shape[1]
    closed = (np.any if wide else np.all)([side_closed[:side].any(), side_closed[-side:].any()])
    inside = mask[:, left:right]
    rows = np.flatnonzero(inside.mean(axis=1) >= CHIP_ROW)
    full = len(rows) and inside[rows[0] : rows[-1] + 1].mean() >= CHIP_FILL
    return slice(left, right) if full and alone and closed else slice(0)
