"""An image as palette indices, sampled at about one pixel per CSS pixel, and its runs of one color.

Rows and columns are skipped until a CSS pixel is about one pixel, so that areas and lines are measured in CSS pixels,
and no color arises that is not in the image.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from januslens.color.notation import Rgb
from januslens.color.rgb_arrays import pack, unpack
from januslens.decode.lossy import NEAR, painted_colors

MIN_RUN_PIXELS: Final = 3  # sampled pixels: shorter ones are strokes, lines and the mixes of anti-aliasing
AT_A_TIME: Final = 4_000_000  # pixels: some 200 MB while their runs or neighbors are found, where all differ


@dataclass(frozen=True)
class IndexedImage:
    """An image as palette indices, sampled at about one pixel per CSS pixel.

    indices, shape (rows, columns), holds every stride-th row and column of the image, so no color arises that is not in
    it. codes (0xRRGGBB, see `pack`) and count are the color and the number of sampled pixels of each palette index,
    sorted by color. lossy says that compression noise has been removed from the palette.
    """

    stride: int
    indices: NDArray[np.int32]
    codes: NDArray[np.uint32]
    count: NDArray[np.intp]
    lossy: bool = False

    @classmethod
    def of(cls, pixels: NDArray[np.uint8], scale: float, *, lossy: bool = False) -> Self:
        """Index an sRGB image of shape (height, width, 3); scale is in its pixels per CSS pixel.

        Every int(scale)-th row and column is sampled. In a lossy image, noisy versions of a flat color are replaced by
        that color.
        """
        stride = max(1, int(scale))
        top, left = (min(stride // 2, side - 1) for side in pixels.shape[:2])
        pixels = pixels[top::stride, left::stride]
        parts = [_palette_runs(pixels[band]) for band in _bands(pixels)]
        codes = _distinct(np.concatenate([band_codes for band_codes, _, _ in parts]))
        indices = np.empty(pixels.shape[:2], np.int32)
        count = np.zeros(len(codes))
        for rows, (band_codes, index, length) in zip(_bands(pixels), parts, strict=True):
            run_indices = np.searchsorted(codes, band_codes).astype(np.int32)[index]
            indices[rows] = np.repeat(run_indices, length).reshape(-1, pixels.shape[1])
            count += np.bincount(run_indices, weights=length, minlength=len(codes))
        whole = cls(stride, indices, codes, count.astype(np.intp))
        return whole._with_colors(painted_colors(indices, whole.channels)) if lossy else whole

    def _with_colors(self, becomes: NDArray[np.intp]) -> Self:
        """Return the image with each palette index replaced by the one it is mapped to."""
        kept, index = np.unique(becomes, return_inverse=True)
        indices = index.astype(np.int32)[self.indices]
        return type(self)(
            self.stride, indices, self.codes[kept], np.bincount(indices.ravel(), minlength=len(kept)), lossy=True
        )

    @property
    def noise(self) -> int:
        """The accepted difference, in levels per channel, between the image's pixels and their palette color.

        It is 0 for a lossless image and 12 for a lossy one.
        """
        return NEAR if self.lossy else 0

    @cached_property
    def transposed(self) -> NDArray[np.int32]:
        """The palette indices with rows and columns exchanged, shape (columns, rows), copied in row-major order."""
        return np.ascontiguousarray(self.indices.T)

    def all_row_runs(self) -> Iterator["ColorRuns"]:
        """Yield the horizontal runs of one color of any length, one band of rows at a time to bound memory."""
        return _runs(self.indices, least=1)

    def row_runs(self) -> Iterator["ColorRuns"]:
        """Yield the horizontal runs of one color of three sampled pixels or more, one band of rows at a time."""
        return _runs(self.indices, MIN_RUN_PIXELS) if self.indices.size > AT_A_TIME else iter(self._row_runs)

    def column_runs(self) -> Iterator["ColorRuns"]:
        """Yield the vertical runs of one color of three sampled pixels or more, one band of columns at a time.

        They are given as runs of the rows of `transposed`: row and column of `ColorRuns` are exchanged.
        """
        return _runs(self.transposed, MIN_RUN_PIXELS) if self.indices.size > AT_A_TIME else iter(self._column_runs)

    @cached_property
    def _row_runs(self) -> Sequence["ColorRuns"]:
        return tuple(_runs(self.indices, MIN_RUN_PIXELS))

    @cached_property
    def _column_runs(self) -> Sequence["ColorRuns"]:
        return tuple(_runs(self.transposed, MIN_RUN_PIXELS))

    def borders(self, of: NDArray[np.bool_]) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int32]]]:
        """Yield the palette indices on both sides of each change of color between adjacent sampled pixels.

        Each pair of arrays holds the left and the right, or the upper and the lower side of changes in one band of
        rows. of selects, by palette index, the colors whose borders are wanted: changes without one of them on at least
        one side are left out.
        """
        width = self.indices.shape[1]
        for band in _bands(self.indices):
            rows = self.indices[band.start : band.stop + 1].ravel()  # with the first row of the next band
            ours = width * len(self.indices[band])
            wanted = of[rows]
            for step, pairs in ((1, ours - 1), (width, len(rows) - width)):
                one, other = rows[:pairs], rows[step : step + pairs]
                differ = one != other
                differ &= wanted[:pairs] | wanted[step : step + pairs]
                if step == 1:
                    differ[width - 1 :: width] = False  # a row's end and the next one's beginning
                at = np.flatnonzero(differ)
                yield one[at], other[at]

    def color(self, index: int) -> Rgb:
        """Return the sRGB color of a palette index. Raises IndexError if there is no such index."""
        red, green, blue = self.channels[:, index].tolist()
        return red, green, blue

    @cached_property
    def channels(self) -> NDArray[np.int16]:
        """The red, green and blue of the palette in 8-bit levels, shape (3, colors)."""
        return np.ascontiguousarray(unpack(self.codes).T)

    def find(self, color: Rgb) -> int | None:
        """Return the palette index of exactly this color, None if the palette does not contain it."""
        code = int(pack(np.array(color, np.uint8)))
        index = int(np.searchsorted(self.codes, code))
        return index if index < len(self.codes) and self.codes[index] == code else None

    def share(self, index: int) -> float:
        """Return the share of the image's sampled pixels, 0 to 1, that have a palette index."""
        return float(self.count[index] / self.indices.size)

    def histogram(
        self, indices: NDArray[np.integer[Any]], weights: NDArray[np.intp] | None = None
    ) -> NDArray[np.float64]:
        """Return how often each palette index occurs in `indices`, not in the image, shape (colors,).

        indices and weights have shape (n,). If weights are given, each occurrence counts with its weight.
        """
        return np.bincount(indices, weights, minlength=len(self.codes)).astype(np.float64)


def _bands(array: NDArray[Any]) -> Iterator[slice]:
    """Yield slices of a limited number of rows, to bound the memory of what is computed from them."""
    rows = max(1, AT_A_TIME // max(1, array.shape[1]))
    return (slice(top, top + rows) for top in range(0, len(array), rows))


def _palette_runs(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.uint32], NDArray[np.intp], NDArray[np.int32]]:
    """Return the distinct colors of an image, and the index and length of each run of one color."""
    codes = pack(pixels).ravel()
    start = np.flatnonzero(np.append(True, codes[1:] != codes[:-1]))  # an interface has few runs for its pixels
    distinct = _distinct(codes[start])
    return distinct, np.searchsorted(distinct, codes[start]), np.diff(start, append=len(codes)).astype(np.int32)


def _distinct(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return the distinct codes in order; np.unique hashes them, which takes ten times as long if all differ."""
    ordered = np.sort(codes)
    distinct: NDArray[np.uint32] = ordered[np.append(True, ordered[1:] != ordered[:-1])]
    return distinct


@dataclass(frozen=True, slots=True)
class ColorRuns:
    """Horizontal runs of one color each in one band of an image's rows, row by row, in sampled pixels.

    Unless they come from `all_row_runs`, runs shorter than three pixels are left out, so that they do not cover the
    band. on is the palette index of each run, row and column are the position of its first pixel in the whole image,
    and length is its number of pixels. Of `column_runs`, row and column are exchanged.
    """

    on: NDArray[np.intp]
    row: NDArray[np.intp]
    column: NDArray[np.intp]
    length: NDArray[np.intp]


def _runs(indices: NDArray[np.int32], least: int) -> Iterator[ColorRuns]:
    """Yield the runs of at least a given length in an array of palette indices, one band of rows at a time."""
    return (_runs_of(indices, band, least) for band in _bands(indices))


def _runs_of(indices: NDArray[np.int32], band: slice, least: int) -> ColorRuns:
    rows = indices[band]
    begins = np.ones(rows.size + 1, np.bool_)
    np.not_equal(rows[:, 1:], rows[:, :-1], out=begins[:-1].reshape(rows.shape)[:, 1:])
    # Short runs are most of what there is in a gradient: they are left out before any is counted.
    first, last = begins[:-1].copy(), begins[1:].copy()
    for further in range(1, least):
        first[:-further] &= ~begins[further:-1]
        last[further:] &= ~begins[1:-further]
        first[-further:] = last[:further] = False
    start = np.flatnonzero(first)
    length = np.flatnonzero(last) - start + 1
    row, column = np.divmod(start, rows.shape[1])
    return ColorRuns(rows.ravel()[start].astype(np.intp), row + band.start, column, length)
