"""The flat colors that an interface is painted with, each one that is in the picture.

A color counts as painted where it fills an area, draws a line that isn't just the mix of what lies on either side of
it, or is the proven color of text. What it isn't: the steps of a gradient or shadow (thin bands, each next to a color
that hardly differs) and the mixes of anti-aliasing (judged against what lies beside them, not globally).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self

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
CODES: Final = 1 << 24  # 8-bit colors
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
    fills, lines = _fills(sample), _lines(sample, _longest_strokes(sample, runs, scale, stride))
    roles = {
        place: ("fill",) * bool(fills[place]) + ("line",) * bool(lines[place])
        for place in np.flatnonzero(fills | lines).tolist()
    }
    colors = {sample.color(place): (sample.share(place), seen) for place, seen in roles.items()}
    for color in {run.foreground.color for run in runs if run.foreground.proven}:
        share, seen = colors.get(color) or (_share(pixels, color), ())
        colors[color] = (share, (*seen, "text"))
    observed = [ObservedColor(color, share, seen) for color, (share, seen) in colors.items()]
    return sorted(observed, key=lambda color: (-color.share, color.rgb))


def _share(pixels: NDArray[np.uint8], color: Rgb) -> float:
    red, green, blue = (pixels[..., channel] == value for channel, value in enumerate(color))
    return float((red & green & blue).mean())


@dataclass(frozen=True, slots=True)
class _Sample:
    """A picture as places in its palette: pixels and place have the picture's shape, rgb and count are by place."""

    pixels: NDArray[np.uint8]
    place: NDArray[np.int32]
    rgb: NDArray[np.int16]
    count: NDArray[np.intp]

    @classmethod
    def of(cls, pixels: NDArray[np.uint8]) -> Self:
        """Index a picture of shape (height, width, 3)."""
        runs = [_color_runs(pixels[band]) for band in _bands(pixels)]
        present = np.zeros(CODES, np.bool_)  # tables, as np.unique hashes or sorts every run
        for codes, _ in runs:
            present[codes] = True
        palette = np.flatnonzero(present).astype(np.uint32)
        number = np.zeros(CODES, np.int32)
        number[palette] = np.arange(len(palette))
        placed = [(number[codes], length) for codes, length in runs]
        count = np.zeros(len(palette))
        for places, length in placed:
            count += np.bincount(places, weights=length, minlength=len(palette))
        place = np.concatenate([np.repeat(places, length) for places, length in placed])
        rgb = palette[:, None].view(np.uint8)[:, :3].astype(np.int16)
        return cls(pixels, place.reshape(pixels.shape[:2]), rgb, count.astype(np.intp))

    def color(self, place: int) -> Rgb:
        """Return the color at a place of the palette."""
        red, green, blue = self.rgb[place].tolist()
        return red, green, blue

    def share(self, place: int) -> float:
        """Return the share of pixels of the color at a place of the palette."""
        return float(self.count[place] / self.place.size)

    def histogram(self, places: NDArray[np.int32]) -> NDArray[np.intp]:
        """Count places by color of the palette."""
        return np.bincount(places, minlength=len(self.rgb))


def _bands(pixels: NDArray[np.uint8]) -> Iterator[slice]:
    """Yield some rows of a picture at a time, so that what is computed of them stays small."""
    rows = max(1, AT_A_TIME // pixels.shape[1])
    return (slice(top, top + rows) for top in range(0, len(pixels), rows))


def _color_runs(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
    """Return the runs of one color, in rows from left to right: a number for the color, and how many pixels."""
    padded = np.zeros((*pixels.shape[:2], 4), np.uint8)
    padded[..., :3] = pixels
    codes = padded.view(np.uint32).ravel()
    start = np.flatnonzero(np.append(True, codes[1:] != codes[:-1]))  # an interface has few runs for its pixels
    return codes[start], np.diff(start, append=len(codes)).astype(np.int32)


def _fills(sample: _Sample) -> NDArray[np.bool_]:
    """Return which colors of the palette fill areas that aren't steps of a gradient."""
    place = sample.place
    beside, below = place[:, 1:] == place[:, :-1], place[1:] == place[:-1]
    in_row = beside[:, 1:] & beside[:, :-1]
    inside = in_row[2:] & in_row[1:-1] & in_row[:-2] & below[1:, 1:-1] & below[:-1, 1:-1]
    filled = sample.histogram(place[1:-1, 1:-1][inside]) >= FILL
    borders, steps = np.zeros(len(sample.rgb), np.intp), np.zeros(len(sample.rgb), np.intp)
    for pairs, is_step in _neighbors(sample):
        borders += sample.histogram(pairs.ravel())
        steps += sample.histogram(pairs[:, is_step].ravel())
    thickness = 2 * sample.count / np.maximum(steps, 1)  # a band has two sides
    return filled & ~((2 * steps > borders) & (thickness < BAND))


def _neighbors(sample: _Sample) -> Iterator[tuple[NDArray[np.int32], NDArray[np.bool_]]]:
    """Yield the pairs of touching pixels that differ, shape (2, pairs), and which are a step; some rows at a time."""
    for band in _bands(sample.pixels):
        right, left = np.s_[band, 1:], np.s_[band, :-1]
        lower = np.s_[band.start + 1 : band.stop + 1, :]
        upper = np.s_[band.start : min(band.stop, len(sample.pixels) - 1), :]
        for one, other in ((right, left), (lower, upper)):
            differ = sample.place[one] != sample.place[other]
            pairs = np.stack([sample.place[one][differ], sample.place[other][differ]])
            yield pairs, _is_step(sample.pixels[one][differ], sample.pixels[other][differ])


def _longest_strokes(sample: _Sample, runs: Sequence[TextRun], scale: float, stride: int) -> NDArray[np.float32]:
    """Return for each pixel how long a letter's stroke may be there, in the sample's pixels: 0 where no text is."""
    longest = np.zeros(sample.place.shape, np.float32)
    for run in runs:
        box = run.box
        rows = slice(box.y // stride, (box.y + box.height) // stride + 1)
        columns = slice(box.x // stride, (box.x + box.width) // stride + 1)
        longest[rows, columns] = run.size.high * scale / stride
    return longest


def _lines(sample: _Sample, longest_strokes: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return which colors draw thin lines that are no stroke of a letter, no mix of what is beside them, nor a step."""
    length = np.zeros(len(sample.rgb))
    rgb = sample.rgb
    for place, longest in (
        (sample.place, longest_strokes),
        (np.ascontiguousarray(sample.place.T), longest_strokes.T),
    ):
        runs = _thin_runs(place)
        before, on, after = rgb[runs.before], rgb[runs.on], rgb[runs.after]
        painted = ~_is_mix(before, on, after) & ~_is_step(on, before) & ~_is_step(on, after)
        painted &= runs.length > longest[runs.row, runs.column]
        np.add.at(length, runs.on[painted], runs.length[painted])
    return length >= LINES


@dataclass(frozen=True, slots=True)
class _ThinRuns:
    """Horizontal runs of one color that are one pixel high: the colors above, of and below, middle and length."""

    before: NDArray[np.int32]
    on: NDArray[np.int32]
    after: NDArray[np.int32]
    row: NDArray[np.intp]
    column: NDArray[np.intp]
    length: NDArray[np.intp]


def _thin_runs(place: NDArray[np.int32]) -> _ThinRuns:
    """Find the thin runs that are long enough for a line, in an array of places in the palette."""
    height, width = place.shape
    begins = np.ones((height, width), np.bool_)
    begins[:, 1:] = place[:, 1:] != place[:, :-1]
    start = np.flatnonzero(begins)
    length = np.diff(start, append=height * width)
    long = length >= SHORTEST_LINE
    start, length = start[long], length[long]
    row, column = np.divmod(start, width)
    column += length // 2
    inner = (row > 0) & (row < height - 1)
    row, column, length = row[inner], column[inner], length[inner]
    before, on, after = place[row - 1, column], place[row, column], place[row + 1, column]
    thin = (before != on) & (after != on)
    return _ThinRuns(before[thin], on[thin], after[thin], row[thin], column[thin], length[thin])


def _is_step[Level: (np.uint8, np.int16)](one: NDArray[Level], other: NDArray[Level]) -> NDArray[np.bool_]:
    """Whether colors, shape (n, 3), are next to each other in a gradient."""
    return np.abs(np.subtract(one, other, dtype=np.int16)).max(axis=-1) <= STEP


def _is_mix(one: NDArray[np.int16], middle: NDArray[np.int16], other: NDArray[np.int16]) -> NDArray[np.bool_]:
    """Whether colors lie between two others, as anti-aliasing makes them. All of shape (n, 3)."""
    span = (other - one).astype(np.float64)
    length = np.maximum((span * span).sum(axis=1), 1)
    share = ((middle - one) * span).sum(axis=1) / length
    off_line = np.linalg.norm(middle - one - share[:, None] * span, axis=1)
    return (share > 0) & (share < 1) & (off_line <= MIX_TOLERANCE)
