"""The flat colors that an interface is painted with, each one that is in the picture.

A color counts as painted where it fills an area, draws a line that isn't just the mix of what lies on either side of
it, or is the proven color of text. What it isn't: the steps of a gradient or shadow (thin bands, each next to a color
that hardly differs) and the mixes of anti-aliasing (judged against what lies beside them, not globally).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from chalicelib.vision.color.notation import Rgb
from chalicelib.vision.text.run import TextRun

FILL: Final = 16  # CSS px² inside areas of one color at least 3 wide and high: a dot of 6 px has as many
SHORTEST_LINE: Final = 8  # CSS px: shorter ones are strokes of letters and icons
LINES: Final = 24  # CSS px of such lines in all
BAND: Final = 6  # CSS px: flat areas are thicker, a gradient's steps thinner
STEP: Final = 3  # levels of a channel from one step of a gradient or shadow to the next
AT_A_TIME: Final = 4_000_000  # pixels: some 200 MB while their runs or neighbors are found, where all differ
MIX_TOLERANCE: Final = 3.0  # Euclidean levels off the line between two neighbors: the rounding of a mix


@dataclass(frozen=True, slots=True)
class ObservedColor:
    """A color that the picture is painted with.

    share is that of the picture's pixels that are exactly of this color; roles are how it is seen: fill, line, text.
    """

    rgb: Rgb
    share: float
    roles: tuple[str, ...]


def observed_colors(pixels: NDArray[np.uint8], runs: Sequence[TextRun], scale: float) -> list[ObservedColor]:
    """Find the colors that a picture of shape (height, width, 3) is painted with, the most frequent first.

    runs are its text, scale is in pixels a CSS pixel. Rows and columns are left out until a CSS pixel is about one
    pixel, so that areas and lines are measured in CSS pixels and no color is made that isn't in the picture.
    """
    stride = max(1, int(scale))
    top, left = (min(stride // 2, side - 1) for side in pixels.shape[:2])
    sample = _Sample.of(pixels[top::stride, left::stride])
    outlines = _Outlines.of(sample, _longest_strokes(sample, runs, scale, stride))
    fills, lines = _fills(sample, outlines), outlines.painted >= LINES
    colors = {
        sample.color(place): (sample.share(place), ("fill",) * bool(fills[place]) + ("line",) * bool(lines[place]))
        for place in np.flatnonzero(fills | lines).tolist()
    }
    for color in {run.foreground.color for run in runs if run.foreground.proven}:
        place = sample.find(color)
        share, seen = colors.get(color) or (0.0 if place is None else sample.share(place), ())
        colors[color] = (share, (*seen, "text"))
    observed = [ObservedColor(color, share, seen) for color, (share, seen) in colors.items()]
    return sorted(observed, key=lambda color: (-color.share, color.rgb))


@dataclass(frozen=True, slots=True)
class _Sample:
    """A picture as places in its palette: place has its shape, codes (see `_codes`) and count are by place."""

    place: NDArray[np.int32]
    codes: NDArray[np.uint32]
    count: NDArray[np.intp]

    @classmethod
    def of(cls, pixels: NDArray[np.uint8]) -> Self:
        """Index a picture of shape (height, width, 3)."""
        bands = [_palette_runs(pixels[band]) for band in _bands(pixels)]
        codes = np.unique(np.concatenate([band_codes for band_codes, _, _ in bands]))
        place = np.empty(pixels.shape[:2], np.int32)
        count = np.zeros(len(codes))
        for rows, (band_codes, index, length) in zip(_bands(pixels), bands, strict=True):
            places = np.searchsorted(codes, band_codes).astype(np.int32)[index]
            place[rows] = np.repeat(places, length).reshape(-1, pixels.shape[1])
            count += np.bincount(places, weights=length, minlength=len(codes))
        return cls(place, codes, count.astype(np.intp))

    def color(self, place: int) -> Rgb:
        """Return the color at a place of the palette."""
        code = int(self.codes[place])
        return code >> 16, code >> 8 & 255, code & 255

    def channels(self) -> NDArray[np.int16]:
        """Return the palette's red, green and blue, shape (3, colors)."""
        return np.stack([(self.codes >> shift & 255).astype(np.int16) for shift in (16, 8, 0)])

    def find(self, color: Rgb) -> int | None:
        """Return the place of a color in the palette, if it is there."""
        code = int(_codes(np.array(color, np.uint8)))
        place = int(np.searchsorted(self.codes, code))
        return place if place < len(self.codes) and self.codes[place] == code else None

    def share(self, place: int) -> float:
        """Return the share of pixels of the color at a place of the palette."""
        return float(self.count[place] / self.place.size)

    def histogram(
        self, places: NDArray[np.integer[Any]], weights: NDArray[np.intp] | None = None
    ) -> NDArray[np.float64]:
        """Count places by color of the palette, each as often as its weight says."""
        return np.bincount(places, weights, minlength=len(self.codes)).astype(np.float64)


def _bands(picture: NDArray[Any]) -> Iterator[slice]:
    """Yield some rows of a picture at a time, so that what is computed of them stays small."""
    rows = max(1, AT_A_TIME // picture.shape[1])
    return (slice(top, top + rows) for top in range(0, len(picture), rows))


def _codes(pixels: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """Return one number for each color, its channels' bits in a row. pixels has shape (..., 3), the result (...)."""
    codes = pixels[..., 0].astype(np.uint32)
    for channel in (1, 2):
        codes <<= 8
        codes |= pixels[..., channel]
    return codes


def _palette_runs(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.uint32], NDArray[np.intp], NDArray[np.int32]]:
    """Return the distinct colors of a picture, the index in them of each run of one color, and how long each run is."""
    codes = _codes(pixels).ravel()
    start = np.flatnonzero(np.append(True, codes[1:] != codes[:-1]))  # an interface has few runs for its pixels
    distinct = np.unique(codes[start])
    return distinct, np.searchsorted(distinct, codes[start]), np.diff(start, append=len(codes)).astype(np.int32)


def _fills(sample: _Sample, outlines: "_Outlines") -> NDArray[np.bool_]:
    """Return which colors of the palette fill areas that aren't steps of a gradient."""
    place = sample.place
    beside, below = place[:, 1:] == place[:, :-1], place[1:] == place[:-1]
    in_row = beside[:, 1:] & beside[:, :-1]
    inside = np.zeros(place.shape, np.bool_)
    inside[1:-1, 1:-1] = in_row[2:] & in_row[1:-1] & in_row[:-2] & below[1:, 1:-1] & below[:-1, 1:-1]
    edges = np.flatnonzero(inside.ravel()[1:] != inside.ravel()[:-1]) + 1  # in pairs: the frame is never inside
    filled = sample.histogram(place.ravel()[edges[::2]], edges[1::2] - edges[::2]) >= FILL
    thickness = 2 * sample.count / np.maximum(outlines.steps, 1)  # a band has two sides
    return filled & ~((2 * outlines.steps > outlines.borders) & (thickness < BAND))


def _longest_strokes(sample: _Sample, runs: Sequence[TextRun], scale: float, stride: int) -> NDArray[np.float32]:
    """Return for each pixel how long a letter's stroke may be there, in the sample's pixels: 0 where no text is."""
    longest = np.zeros(sample.place.shape, np.float32)
    for run in runs:
        box = run.box
        rows = slice(box.y // stride, (box.y + box.height) // stride + 1)
        columns = slice(box.x // stride, (box.x + box.width) // stride + 1)
        longest[rows, columns] = run.size.high * scale / stride
    return longest


@dataclass(frozen=True, slots=True)
class _Outlines:
    """What surrounds the pixels of each color of the palette.

    borders counts the sides of pixels where another color begins, steps those of them where it is the next step of a
    gradient, painted the pixels in thin lines that are no letter's stroke, no mix of what is beside them, nor a step.
    """

    borders: NDArray[np.float64]
    steps: NDArray[np.float64]
    painted: NDArray[np.float64]

    @classmethod
    def of(cls, sample: _Sample, longest_strokes: NDArray[np.float32]) -> Self:
        """Look along the rows of a sample, then along its columns."""
        channels = sample.channels()
        borders, steps, painted = (np.zeros(len(sample.codes)) for _ in range(3))
        for place, longest in (
            (sample.place, longest_strokes),
            (np.ascontiguousarray(sample.place.T), longest_strokes.T),
        ):
            for band in _bands(place):
                runs = _runs(place, band)
                levels = [channel[runs.on] for channel in channels]
                border = runs.column[1:] > 0
                step = border & _is_step(*((level[1:], level[:-1]) for level in levels))
                borders += sample.histogram(runs.on, _on_both_sides(border))
                steps += sample.histogram(runs.on, _on_both_sides(step))
                line = _painted(runs, place, channels, longest)
                painted += sample.histogram(runs.on[line], runs.length[line])
        return cls(borders, steps, painted)


def _on_both_sides(border: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return for each run how many such borders it has, given those between one run and the next."""
    count = np.zeros(len(border) + 1, np.intp)
    count[1:] += border
    count[:-1] += border
    return count


@dataclass(frozen=True, slots=True)
class _Runs:
    """Horizontal runs of one color each, row by row: the color's place, row, first column, length in pixels."""

    on: NDArray[np.intp]
    row: NDArray[np.intp]
    column: NDArray[np.intp]
    length: NDArray[np.intp]


def _runs(place: NDArray[np.int32], band: slice) -> _Runs:
    """Find the runs in some rows of an array of places in the palette."""
    rows = place[band]
    begins = np.ones(rows.shape, np.bool_)
    np.not_equal(rows[:, 1:], rows[:, :-1], out=begins[:, 1:])
    start = np.flatnonzero(begins)
    row, column = np.divmod(start, rows.shape[1])
    return _Runs(rows.ravel()[start].astype(np.intp), row + band.start, column, np.diff(start, append=rows.size))


def _painted(
    runs: _Runs, place: NDArray[np.int32], channels: NDArray[np.int16], longest_strokes: NDArray[np.float32]
) -> NDArray[np.intp]:
    """Return which runs, one pixel high and long enough for a line, are painted as one."""
    line = np.flatnonzero((runs.length >= SHORTEST_LINE) & (runs.row > 0) & (runs.row < len(place) - 1))
    row, middle = runs.row[line], runs.column[line] + runs.length[line] // 2
    before, on, after = place[row - 1, middle], runs.on[line], place[row + 1, middle]
    painted = (before != on) & (after != on) & (runs.length[line] > longest_strokes[row, middle])
    line, before, on, after = line[painted], before[painted], on[painted], after[painted]
    one, middle, other = channels[:, before], channels[:, on], channels[:, after]
    is_step = _is_step(*zip(one, middle, strict=True)) | _is_step(*zip(other, middle, strict=True))
    lines: NDArray[np.intp] = line[~_is_mix(one.T, middle.T, other.T) & ~is_step]
    return lines


def _is_step(*channels: tuple[NDArray[np.int16], NDArray[np.int16]]) -> NDArray[np.bool_]:
    """Whether colors are next to each other in a gradient, given each channel of the ones and of the others."""
    red, green, blue = (np.abs(one - other) <= STEP for one, other in channels)
    return red & green & blue


def _is_mix(one: NDArray[np.int16], middle: NDArray[np.int16], other: NDArray[np.int16]) -> NDArray[np.bool_]:
    """Whether colors lie between two others, as anti-aliasing makes them. All of shape (n, 3)."""
    span = (other - one).astype(np.float64)
    length = np.maximum((span * span).sum(axis=1), 1)
    share = ((middle - one) * span).sum(axis=1) / length
    off_line = np.linalg.norm(middle - one - share[:, None] * span, axis=1)
    return (share > 0) & (share < 1) & (off_line <= MIX_TOLERANCE)
