"""Splitting of a line's ink into runs of one color each.

Glyphs that are close together form a word. The ink of a line is fitted with as few lines of mixes as explain it; if
that takes several, words are cut where the color changes. Two colors on one line of mixes (muted beside normal text)
are distinguished by how far along it the pixels of a piece reach.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.text.crop import LineCrop
from januslens.text.foreground.ink import Ink
from januslens.text.foreground.line_fit import fit_line, lengths, measure, project
from januslens.text.shape.words import Columns, Words

WORD_GAP: Final = 0.3  # of the core's height: about 0.2 em, between the gap of letters and of words
RUN_GAP: Final = 2.0  # of the core's height: about 1.3 em; text farther apart is another element
COLOR_WINDOW: Final = 0.25  # of the core's height, to each side of a column: less than half a letter
TONE_WINDOW: Final = 0.5  # of the core's height, to each side of a column: a letter
MIX_ANGLE: Final = 0.15  # of a color's length, off the line to another of which it may be a mix: both have few pixels
MUTED: Final = 0.8  # of the way to a color: two letters of that color in a row reach farther
DIRECTIONS: Final = 6  # lines of mixes looked for; highlighted code has about as many in a line
EXPLAINED: Final = 0.95  # of the ink, by length of offset: the rest is where glyphs of two colors touch
MIN_MIX: Final = 0.4  # of a color: what a stem of a pixel or a little less leaves in each of two pixels that share it
PURE: Final = 0.8  # of a piece's ink on its color's line
REACH: Final = ((80, 0.92), (30, 0.86), (0, 0.75))
"""Coverage of a color that a piece must reach to have that color, by the minimum number of its pixels. Of 2,500 runs of
known color in browser renderings, one in a hundred is below 0.93; only single dots and letters are below 0.86."""
SHRED: Final = 40  # pixels: a piece with fewer takes a neighbor's color if it lies on that one's line


@dataclass(frozen=True, slots=True)
class ColoredInk:
    """Ink of one color, of one run of text: its pixels, and the color's offset from the background.

    pixels select from the ink of the stretch (the part of a line on one background). end is the color minus the
    background, shape (3,). stronger is the offset of another color of the stretch of which this one may be just a mix,
    None if there is none.
    """

    pixels: NDArray[np.intp] | slice
    end: NDArray[np.float64]
    stronger: NDArray[np.float64] | None


def split_by_color(inks: Sequence[Ink], lines: Sequence[LineCrop], noise: int) -> list[list[ColoredInk]]:
    """Split the ink of each stretch of a line into runs of one color, from left to right.

    A stretch is a part of a line on one flat background. inks and lines are those of the stretches, in the same order
    as the result; noise is how far, in levels of a channel, compression may have changed a color. Text of one color is
    split also at gaps of more than twice the core's height.
    """
    return [
        parted if parted is not None else _parted(ink, line, noise)
        for ink, line, parted in zip(inks, lines, _of_one_color(inks, lines), strict=True)
    ]


def _of_one_color(inks: Sequence[Ink], lines: Sequence[LineCrop]) -> list[list[ColoredInk] | None]:
    """Split the ink of stretches that clearly have one color, as most do, into runs; None for the others.

    The result is that of `_parted`, which processes one stretch at a time and takes ten times as long.
    """
    if not inks:
        return []
    layout = Columns.of(inks, lines)
    words = layout.words(WORD_GAP, RUN_GAP)
    word = words.at(layout.column)
    run = words.run[word]
    runs = np.diff(words.run[words.first_of_owner], append=words.run[-1] + 1).tolist()
    plain = _are_of_one_color(inks, layout, words, word).tolist()
    return [
        [ColoredInk(pixels, ink.line.end, None) for pixels in _by_run(run[part], count)] if of_one_color else None
        for ink, part, count, of_one_color in zip(inks, layout.parts(), runs, plain, strict=True)
    ]


def _by_run(run: NDArray[np.intp], count: int) -> list[NDArray[np.intp] | slice]:
    """Return the pixels of each run, given the run of each pixel and the number of runs."""
    return [slice(None)] if count == 1 else [np.flatnonzero(run == r) for r in np.unique(run)]


def _are_of_one_color(inks: Sequence[Ink], layout: Columns, words: Words, word: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return for each stretch whether one line of mixes explains its ink and all of its words reach that line's end."""
    on_line = np.concatenate([ink.line.on_line for ink in inks])
    weight = np.concatenate([ink.weight for ink in inks])
    coverage = np.concatenate([ink.line.coverage for ink in inks])[on_line]
    first = layout.first_pixel
    explained = np.add.reduceat(weight * on_line, first) >= EXPLAINED * np.add.reduceat(weight, first)
    reach = _maximum(layout.column[on_line], coverage, layout.count)
    inked = np.flatnonzero(reach)
    owner = layout.owner_of(inked)
    muted = np.bincount(owner[_muted(reach, inked, layout.window(TONE_WINDOW)[owner])], minlength=len(inks)) > 0
    weight_on_line = np.bincount(word[on_line], weight[on_line], minlength=words.count)
    pure = weight_on_line >= PURE * np.bincount(word, weight, minlength=words.count)
    needed = _needed_reach(np.bincount(word, minlength=words.count))
    reaching = _maximum(word[on_line], coverage, words.count) >= needed
    fitting: NDArray[np.bool_] = np.logical_and.reduceat(pure & reaching, words.first_of_owner)
    return explained & ~muted & fitting


def _parted(ink: Ink, line: LineCrop, noise: int) -> list[ColoredInk]:
    starts = _piece_starts(ink, line.pixels.shape[1], line.core_height, noise)
    piece = _numbered(np.cumsum(starts)[ink.column])
    colors = _colors(ink, piece, noise)
    stronger = _stronger({id(color): color for color in colors}, noise)
    left, right = _extents(piece, ink.column)
    return [
        ColoredInk(
            np.flatnonzero((piece >= start) & (piece < stop)),
            colors[start],
            stronger.get(id(colors[start])),
        )
        for start, stop in _stretches(colors, left, right, RUN_GAP * line.core_height)
    ]


def _numbered(numbers: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the numbers in the same order, renumbered without gaps."""
    present = np.bincount(numbers) > 0
    return (np.cumsum(present) - 1)[numbers]


def _piece_starts(ink: Ink, width: int, core_height: int, noise: int) -> NDArray[np.bool_]:
    """Return for each column whether a word begins there, or another color within a word."""
    starts = np.zeros(width + 1, np.bool_)
    order = np.argsort(ink.boxes[:, 0])  # as in `Columns.words`
    left, right = ink.boxes[order, 0], np.maximum.accumulate(ink.boxes[order, 2])
    starts[left[0]] = True
    starts[left[1:][left[1:] > right[:-1] + WORD_GAP * core_height]] = True
    weight, reach = _lines_by_column(ink, width, noise)
    starts[_changes_of_line(weight, max(1, round(COLOR_WINDOW * core_height)))] = True
    starts[_changes_of_tone(reach, max(1, round(TONE_WINDOW * core_height)))] = True
    return starts[:width]


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
        mixes = project(ink.offsets, ink.hues, fit_line(*_chosen(ink, left), noise).end, noise)
    return np.array(weights), reach


def _changes_of_line(weight: NDArray[np.float64], window: int) -> NDArray[np.intp]:
    """Return the columns where most of the surrounding ink begins to lie on another line of mixes."""
    if len(weight) == 1:
        return np.zeros(0, np.intp)
    kernel = np.ones(2 * window + 1)
    around = np.array([np.convolve(row, kernel, "full")[window:-window] for row in weight])
    owner = around.argmax(axis=0)
    return np.flatnonzero((owner[1:] != owner[:-1]) & (around[:, 1:].max(axis=0) > 0)) + 1


def _changes_of_tone(reach: NDArray[np.float64], window: int) -> NDArray[np.intp]:
    """Return the columns where a stretch whose ink stays far from its line's end begins or ends."""
    inked = np.flatnonzero(reach)
    muted = _muted(reach, inked, window)
    begins, ends = np.flatnonzero(~muted[:-1] & muted[1:]) + 1, np.flatnonzero(muted[:-1] & ~muted[1:])
    return np.concatenate([inked[begins] - window, inked[ends] + window + 1])


def _muted(reach: NDArray[np.float64], inked: NDArray[np.intp], window: int | NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return which inked columns have no column with high coverage within their window."""
    strong = np.flatnonzero(reach >= MUTED)
    after = np.searchsorted(strong, inked)
    framed = np.concatenate([[-len(reach)], strong, [2 * len(reach)]])
    muted: NDArray[np.bool_] = np.minimum(inked - framed[after], framed[after + 1] - inked) > window
    return muted


def _colors(ink: Ink, piece: NDArray[np.intp], noise: int) -> list[NDArray[np.float64]]:
    """Return the color of each piece, the same object for pieces of the same color."""
    count = int(piece.max()) + 1
    size = np.bincount(piece, minlength=count)
    weight = np.bincount(piece, weights=ink.weight, minlength=count)
    need = _needed_reach(size)
    colors: dict[int, NDArray[np.float64]] = {}
    open_pieces = np.ones(count, np.bool_)
    while len(colors) < count:
        rest = np.flatnonzero(open_pieces[piece])
        fitted = fit_line(*_chosen(ink, rest), noise) if colors else ink.line
        on_line = rest[fitted.on_line]
        on_weight = np.bincount(piece[on_line], weights=ink.weight[on_line], minlength=count)
        reach = _maximum(piece[on_line], fitted.coverage[fitted.on_line], count)
        taken = np.flatnonzero((on_weight >= PURE * weight) & (reach >= need) & open_pieces)
        if not len(taken):
            taken = np.where(open_pieces, weight, -1).argmax(keepdims=True)
            fitted = fit_line(*_chosen(ink, piece == taken[0]), noise)
        open_pieces[taken] = False
        colors.update(dict.fromkeys(taken.tolist(), fitted.end))
    return _without_shreds([colors[p] for p in range(count)], size.tolist(), noise)


def _maximum(group: NDArray[np.intp], values: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Return the maximum value of each group, 0 for an empty one."""
    maximum = np.zeros(count)
    np.maximum.at(maximum, group, values)
    return maximum


def _needed_reach(size: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the coverage that pieces of given sizes must reach."""
    leasts, reaches = np.array(REACH[::-1]).T
    needed: NDArray[np.float64] = reaches[np.searchsorted(leasts, size, side="right") - 1]
    return needed


def _chosen(ink: Ink, which: NDArray[np.bool_] | NDArray[np.intp]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the offsets and hues of selected pixels, one array if both are the same."""
    offsets = ink.offsets[which]
    return offsets, offsets if ink.hues is ink.offsets else ink.hues[which]


def _without_shreds(colors: list[NDArray[np.float64]], size: list[int], noise: int) -> list[NDArray[np.float64]]:
    """Replace the color of pieces too small to show it by a neighbor's, if it is a mix of that."""
    pixels: Counter[int] = Counter()
    for end, n in zip(colors, size, strict=True):
        pixels[id(end)] += n
    whole = list(colors)
    for p, end in enumerate(colors):
        if pixels[id(end)] >= SHRED:
            continue
        for neighbor in (p - 1, p + 1):
            if not 0 <= neighbor < len(colors) or pixels[id(colors[neighbor])] < SHRED:
                continue
            if _shares(end[None], colors[neighbor][None], noise)[0, 0] >= REACH[-1][1]:
                whole[p] = colors[neighbor]
                break
    return whole


def _extents(piece: NDArray[np.intp], column: NDArray[np.intp]) -> tuple[list[int], list[int]]:
    count = int(piece.max()) + 1
    left, right = np.full(count, np.iinfo(np.intp).max), np.zeros(count, np.intp)
    np.minimum.at(left, piece, column)
    np.maximum.at(right, piece, column + 1)
    return left.tolist(), right.tolist()


def _stretches(
    colors: list[NDArray[np.float64]], left: list[int], right: list[int], gap: float
) -> Iterator[tuple[int, int]]:
    """Yield the first and last (exclusive) of consecutive pieces that are close together and of one color."""
    start = 0
    for p in range(1, len(colors) + 1):
        if p == len(colors) or colors[p] is not colors[start] or left[p] - right[p - 1] > gap:
            yield start, p
            start = p


def _stronger(colors: dict[int, NDArray[np.float64]], noise: int) -> dict[int, NDArray[np.float64]]:
    """Return the strongest other color of which each color may be just a mix, as narrow letters show, if any."""
    if len(colors) == 1:
        return {}
    ends = np.array(list(colors.values()))
    shares = _shares(ends, ends, noise)
    np.fill_diagonal(shares, 0)
    strength = np.where((shares >= MIN_MIX) & (shares < 1), lengths(ends), 0)
    return {
        color: ends[strongest]
        for color, strongest, mixed in zip(colors, strength.argmax(axis=1), strength.any(axis=1), strict=True)
        if mixed
    }


def _shares(mixes: NDArray[np.float64], ends: NDArray[np.float64], noise: int) -> NDArray[np.float64]:
    """Return the share of each end in each mix, 0 if it is not a mix of it, shape (mixes, ends)."""
    coverage, on_line = measure(mixes, mixes, ends, noise, angle=MIX_ANGLE)
    return np.where(on_line, coverage, 0)
