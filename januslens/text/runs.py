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

from januslens.text.color_changes import (
    EXPLAINED,
    THIN_PX,
    TONE_WINDOW,
    WORD_GAP,
    are_muted,
    chosen,
    least_width,
    piece_starts,
)
from januslens.text.crop import LineCrop
from januslens.text.foreground.hue import OFF_FRINGED_HUE, OFF_HUE, angles, are_fringed, summed
from januslens.text.foreground.ink import Ink, Stretch
from januslens.text.foreground.line_fit import fit_line, lengths, measure
from januslens.text.shape.words import Columns, Words, run_gap
from januslens.text.tone import covered_widths, highest, repeat_their_end, upper_quartiles

MIX_ANGLE: Final = 0.15  # of a color's length, off the line to another of which it may be a mix: both have few pixels
MIN_MIX: Final = 0.4  # of a color: what a stem of a pixel or a little less leaves in each of two pixels that share it
PURE: Final = 0.8  # of a piece's ink on its color's line
REACH: Final = ((80, 0.92), (30, 0.86), (0, 0.75))
"""Coverage of a color that a piece must reach to have that color, by the minimum number of its pixels. Of 2,500 runs of
known color in browser renderings, one in a hundred is below 0.93; only single dots and letters are below 0.86."""
THIN: Final = 0.5  # coverage, of the color's, that strokes of half a pixel leave
SMALL_PX: Final = 5
"""Height of a core up to which tone says nothing of color: regular strokes, of 0.2 of it, are thinner than a pixel and
a pixel or two apart. Of 480 lines of one color in pictures of half their size,
cuts by tone made 1.48 runs each, and 1.07 with this limit."""
ROUNDING_LEVELS: Final = 1.0  # of a color, by which the hues of faint pieces differ
SHRED: Final = 40  # pixels: a piece with fewer takes a neighbor's color if it lies on that one's line


@dataclass(frozen=True, slots=True)
class ColoredInk:
    """Ink of one color, of one run of text: its pixels, and the color's offset from the background.

    pixels select from the ink of the stretch (the part of a line on one background). end is the color minus the
    background, shape (3,). stronger is the offset of another color of the stretch of which this one may be just a mix,
    None if there is none. least is the share of the offset, up to 1, that each part of the run surely has: strokes
    thinner than a pixel show no more. continues says that the run before may have the same color, and differs from
    this one just by how its thin strokes lie between pixels.
    """

    pixels: NDArray[np.intp] | slice
    end: NDArray[np.float64]
    stronger: NDArray[np.float64] | None
    least: float = 1.0
    continues: bool = False


def split_by_color(inks: Sequence[Ink], stretches: Sequence[Stretch]) -> list[list[ColoredInk]]:
    """Split the ink of each stretch of a line into runs of one color, from left to right.

    The stretches, parts of lines on one flat background each, are in the same order as their inks and the result. Text
    of one color is split also at wide gaps (`run_gap`).
    """
    of_one_color = _of_one_color(inks, [stretch.line for stretch in stretches])
    return [
        parted if parted is not None else _parted(ink, stretch.line, stretch.noise)
        for ink, stretch, parted in zip(inks, stretches, of_one_color, strict=True)
    ]


def _of_one_color(inks: Sequence[Ink], lines: Sequence[LineCrop]) -> list[list[ColoredInk] | None]:
    """Split the ink of stretches that clearly have one color, as most do, into runs; None for the others.

    The result is that of `_parted`, which processes one stretch at a time and takes ten times as long.
    """
    if not inks:
        return []
    layout = Columns.of(inks, lines)
    words = layout.words(WORD_GAP)
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
    reach = highest(layout.column[on_line], coverage, layout.count)
    inked = np.flatnonzero(reach)
    owner = layout.owner_of(inked)
    muted = np.bincount(owner[are_muted(reach, inked, layout.window(TONE_WINDOW)[owner])], minlength=len(inks)) > 0
    weight_on_line = np.bincount(word[on_line], weight[on_line], minlength=words.count)
    pure = weight_on_line >= PURE * np.bincount(word, weight, minlength=words.count)
    needed = _needed_reach(np.bincount(word, minlength=words.count))
    reaching = highest(word[on_line], coverage, words.count) >= needed
    fitting: NDArray[np.bool_] = np.logical_and.reduceat(pure & reaching, words.first_of_owner)
    return explained & ~muted & fitting


def _parted(ink: Ink, line: LineCrop, noise: int) -> list[ColoredInk]:
    hues = summed(ink.offsets, ink.glyph, len(ink.boxes))
    fringed = are_fringed(ink.offsets, ink.glyph, hues)
    off_hue = (OFF_FRINGED_HUE if fringed else OFF_HUE) + (ROUNDING_LEVELS + noise) / float(ink.weight.max())
    starts = piece_starts(ink, line, hues, off_hue, noise)
    piece = _numbered(np.cumsum(starts)[ink.column])
    colors, least = _colors(ink, piece, off_hue, noise, fringed=fringed)
    stronger = _stronger({id(color): color for color in colors}, noise)
    left, right = _extents(piece, ink.column)
    gap = run_gap(ink, line)
    spans = list(_stretches(colors, left, right, gap))
    return [
        ColoredInk(
            np.flatnonzero((piece >= start) & (piece < stop)),
            colors[start],
            stronger.get(id(colors[start])),
            float(least[start:stop].min()),
            line.core_height <= SMALL_PX
            and start > 0
            and left[start] - right[start - 1] <= gap
            and _may_be_alike(colors[start - 1], colors[start], off_hue),
        )
        for start, stop in spans
    ]


def _may_be_alike(one: NDArray[np.float64], other: NDArray[np.float64], off_hue: float) -> bool:
    """Return whether two colors (3,) have one hue, and the weaker one is what half a pixel of the other leaves."""
    weak, strong = sorted(float(np.linalg.norm(end)) for end in (one, other))
    return weak >= THIN * strong and bool(angles(one / np.linalg.norm(one), other / np.linalg.norm(other)) <= off_hue)


def _numbered(numbers: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the numbers in the same order, renumbered without gaps."""
    present = np.bincount(numbers) > 0
    return (np.cumsum(present) - 1)[numbers]


def _colors(
    ink: Ink, piece: NDArray[np.intp], off_hue: float, noise: int, *, fringed: bool
) -> tuple[list[NDArray[np.float64]], NDArray[np.float64]]:
    """Return the color of each piece, the same object for pieces of the same color, and the share it surely has."""
    count = int(piece.max()) + 1
    size = np.bincount(piece, minlength=count)
    weight = np.bincount(piece, weights=ink.weight, minlength=count)
    need = _needed_reach(size)
    colors: dict[int, NDArray[np.float64]] = {}
    hues = summed(ink.offsets, piece, count)
    open_pieces = np.ones(count, np.bool_)
    least = np.ones(count)
    while len(colors) < count:
        rest = np.flatnonzero(open_pieces[piece])
        fitted = fit_line(*chosen(ink, rest), noise) if colors else ink.line
        on_line = rest[fitted.on_line]
        on_weight = np.bincount(piece[on_line], weights=ink.weight[on_line], minlength=count)
        reach = highest(piece[on_line], fitted.coverage[fitted.on_line], count)
        of_hue = angles(hues, fitted.end / np.linalg.norm(fitted.end)) <= off_hue
        pure = on_weight >= PURE * weight
        pure = (of_hue if fringed else pure & of_hue) & open_pieces
        reaching = pure & (reach >= need)
        thin = pure & ~reaching & (reach >= THIN)
        if reaching.any() and thin.any():
            width, usual = _widths(ink, rest, fitted.coverage, piece[rest], reaching)
            thin &= width >= least_width(usual)
            reaching |= thin
            least[thin] = np.maximum(reach, np.minimum(width, 1))[thin]
        taken = np.flatnonzero(reaching)
        if not len(taken):
            taken = np.where(open_pieces, weight, -1).argmax(keepdims=True)
            fitted = fit_line(*chosen(ink, piece == taken[0]), noise)
        open_pieces[taken] = False
        colors.update(dict.fromkeys(taken.tolist(), fitted.end))
    return _without_shreds([colors[p] for p in range(count)], hues, size.tolist(), off_hue), least


def _widths(
    ink: Ink,
    pixels: NDArray[np.intp],
    coverage: NDArray[np.float64],
    piece: NDArray[np.intp],
    reaching: NDArray[np.bool_],
) -> tuple[NDArray[np.float64], float]:
    """Return how wide the strokes of each piece are relative to those of the pieces that reach a color, and these.

    pixels, of the ink, are those whose coverage by the color and piece are given. It is 0 for pieces that repeat a
    color of their own, as wide muted letters do; thin stems do so by chance, where they lie alike between pixels.
    """
    row, column = ink.row[pixels], ink.column[pixels]
    widths = covered_widths(row, column, coverage)
    usual = float(np.percentile(widths[reaching[piece]], 75))
    relative = upper_quartiles(piece, widths, len(reaching)) / usual
    if usual >= THIN_PX:
        relative[repeat_their_end(piece, row, column, coverage, len(reaching))] = 0
    return relative, usual


def _needed_reach(size: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the coverage that pieces of given sizes must reach."""
    leasts, reaches = np.array(REACH[::-1]).T
    needed: NDArray[np.float64] = reaches[np.searchsorted(leasts, size, side="right") - 1]
    return needed


def _without_shreds(
    colors: list[NDArray[np.float64]], hues: NDArray[np.float64], size: list[int], off_hue: float
) -> list[NDArray[np.float64]]:
    """Replace the color of pieces too small to show it by a neighbor's of their hue, if they may be mixes of that."""
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
            strong = colors[neighbor]
            length = np.linalg.norm(strong)
            if angles(hues[p], strong / length) <= off_hue and REACH[-1][1] <= end @ strong / length**2 <= 1:
                whole[p] = strong
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
