"""Borders of two flat colors that run along a line of text or lean across it.

A line may lie half on a header and half on the page below it, or on a ribbon with a slanted end. Where several colors
are behind one column of its letters, the color behind each pixel counts, not one per column.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Final, Self

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from januslens.color.luminance import luminance, relative_luminance
from januslens.color.notation import Rgb
from januslens.text.background.flat_colors import matches
from januslens.text.background.ground_map import ground_numbers, with_mixes
from januslens.text.background.row_runs import spans
from januslens.text.crop import LineCrop
from januslens.text.foreground.ink import Ink, Stretch, find_inks
from januslens.text.run import Backdrop, Foreground

MIN_PART: Final = 0.03  # of a glyph's pixels, on another color than the rest
MIN_SEEN: Final = 0.2  # of a column in the band, by its color: letters cover less, a line between two grounds more
NEAR: Final = 0.1  # of the core's height, beside a border: what is nearer is a line around a chip, not a letter across
OFF_MIX: Final = 0.15  # of a color's distance from its ground, by which few pixels may be off it


@dataclass(frozen=True, slots=True)
class BorderedGround:
    """The flat colors behind a line of text, and which of them is behind each pixel of the crop.

    colors (n, 3) are the colors, number (height, width) the index of the one behind each pixel. color (height, width,
    3) is the ground itself, with the mixes of two colors that a border shows.
    """

    colors: NDArray[np.int16]
    number: NDArray[np.intp]
    color: NDArray[np.int16]
    backdrop: ClassVar[Backdrop] = Backdrop.GRADIENT
    roughness: ClassVar[int] = 0

    @classmethod
    def of(
        cls, line: LineCrop, colors: Sequence[NDArray[np.int16]], usual: NDArray[np.intp], noise: int
    ) -> Self | None:
        """Find the ground behind each pixel of a line, given its flat colors; None if each column has one of them.

        usual (width,) is the index of the color that most of each column has, negative for none. noise is how far, in
        levels of a channel, a pixel of the ground may be off.
        """
        every = np.stack(colors)
        number = ground_numbers(line, every, usual, noise)
        return None if number is None else cls(every, number, with_mixes(line.pixels, every, number, noise))

    def columns(self, left: int, right: int) -> Self:
        """Return the ground of some columns of the crop."""
        return replace(self, number=self.number[:, left:right], color=self.color[:, left:right])

    def extremes(self, row: NDArray[np.intp], column: NDArray[np.intp]) -> NDArray[np.int16]:
        """Return the darkest and the lightest color behind and beside given pixels of the crop, shape (2, 3)."""
        height, width = self.number.shape
        beside = [
            self.number[np.clip(row + down, 0, height - 1), np.clip(column + across, 0, width - 1)]
            for down in (-1, 0, 1)
            for across in (-1, 0, 1)
        ]
        count = np.bincount(np.concatenate(beside))
        colors = self.colors[np.flatnonzero(count > MIN_PART * count.sum())]
        return colors[np.argsort(relative_luminance(colors))[[0, -1]]]

    def only(self, which: int, line: LineCrop) -> LineCrop:
        """Return the line with one of the colors painted over whatever is on another."""
        return line.showing(np.where((self.number == which)[..., None], line.pixels, self.colors[which]))

    def on_another(self, usual: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return which pixels are on another color than their column's, or a mix, where there are several in a column.

        usual (width,) is the index of each column's color. The result has shape (height, width).
        """
        several = (self.number != self.number[0]).any(axis=0)
        other: NDArray[np.bool_] = (self.color != self.colors[usual]).any(axis=-1) & several
        return other

    def by_column(self, line: LineCrop, usual: NDArray[np.intp], noise: int) -> NDArray[np.intp]:
        """Return the index of the color that each column shows all over the line's band, or else its usual one."""
        rows = line.band()
        band = self.number[rows]
        seen = matches(line.pixels[rows], self.colors[band], noise).mean(axis=0)
        return np.where((band == band[0]).all(axis=0) & (seen >= MIN_SEEN), band[0], usual)

    def crossed(self, line: LineCrop, noise: int) -> list[tuple[int, int]]:
        """Return the first and last (exclusive) of columns whose glyphs a border crosses, from left to right."""
        ink = find_inks([Stretch(line, self.color, noise)])[0]
        if ink is None:
            return []
        reached = self.number[int(ink.row.min()) : int(ink.row.max()) + 1]
        stacked = spans((reached != reached[0]).any(axis=0))
        columns = np.zeros(self.number.shape[1], np.bool_)
        for first, last in self._crossing(ink, max(1, round(NEAR * line.core_height))):
            columns[first:last] = True
        for left, right in stacked:
            if columns[left:right].any():
                columns[left:right] = True
        return spans(columns)

    def _crossing(self, ink: Ink, reach: int) -> list[tuple[int, int]]:
        """Return the first and last (exclusive) column of each glyph with several colors above one another.

        A shape that is near a border all along, within a reach, is a line around a chip.
        """
        glyphs, width, colors = len(ink.boxes), self.number.shape[1], len(self.colors)
        place = ink.glyph * width + ink.column
        parts, pixels = np.unique(place * colors + self.number[ink.row, ink.column], return_counts=True)
        first = np.flatnonzero(np.diff(parts // colors, prepend=-1))  # of a glyph's parts in a column
        others = np.add.reduceat(pixels, first) - np.maximum.reduceat(pixels, first)
        on_others = np.bincount(parts[first] // colors // width, others, minlength=glyphs)
        size = np.bincount(ink.glyph, minlength=glyphs)
        near = np.bincount(ink.glyph, ~self._is_one_around(ink.row, ink.column, reach), minlength=glyphs)
        crossing = (on_others > MIN_PART * size) & (2 * near <= size)
        crossed: list[tuple[int, int]] = [(first, last) for first, last in ink.boxes[crossing][:, ::2].tolist()]
        return crossed

    def _is_one_around(self, row: NDArray[np.intp], column: NDArray[np.intp], reach: int) -> NDArray[np.bool_]:
        """Return which pixels have no other color than their own within a reach to each side, shape (n,)."""
        lowest = highest = np.pad(self.number, reach, mode="edge")
        for axis in (0, 1):
            lowest = sliding_window_view(lowest, 2 * reach + 1, axis).min(axis=-1)
            highest = sliding_window_view(highest, 2 * reach + 1, axis).max(axis=-1)
        same: NDArray[np.bool_] = (lowest == highest)[row, column]
        return same


def across_grounds(found: Sequence[tuple[Foreground, Rgb]]) -> Foreground:
    """Return the foreground of text on several grounds, given that of each part and its ground, most ink first.

    It is that of the first part if the others may be mixes of its color with their grounds. Otherwise its bounds span
    those of the first part and of all others that are no such mix.
    """
    first = found[0][0]
    others = [part for part, ground in found[1:] if not _may_be_mix(part.color, first.color, ground)]
    if not others:
        return first
    ends = sorted((end for part in (first, *others) for end in (part.nearest, part.farthest)), key=luminance)
    return Foreground(first.color, ends[0], ends[-1])


def _may_be_mix(color: Rgb, text: Rgb, ground: Rgb) -> bool:
    """Return whether a color may be that of text, thinned by a ground."""
    offset, full = np.subtract(color, ground).astype(np.float64), np.subtract(text, ground).astype(np.float64)
    length = float(np.linalg.norm(full))
    share = offset @ full / max(length * length, 1)
    return bool(share <= 1 + OFF_MIX and np.linalg.norm(offset - share * full) <= OFF_MIX * length)
