"""The flat colors that an interface is painted with, each one that is in the picture.

A color counts as painted where it fills an area, draws a line that isn't just the mix of what lies on either side of
it, or is the proven color of text. What it isn't: the steps of a gradient or shadow (thin bands, each next to a color
that hardly differs) and the mixes of anti-aliasing (judged against what lies beside them, not globally).
"""

from collections.abc import Sequence
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
    sample = _Sample.of(pixels[stride // 2 :: stride, stride // 2 :: stride])
    fills, lines = _fills(sample), _lines(sample)
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
    """A picture as places in its palette: place has the picture's shape, rgb and count are by place."""

    place: NDArray[np.int32]
    rgb: NDArray[np.int16]
    count: NDArray[np.intp]

    @classmethod
    def of(cls, pixels: NDArray[np.uint8]) -> Self:
        """Index a picture of shape (height, width, 3)."""
        height, width = pixels.shape[:2]
        padded = np.zeros((height, width, 4), np.uint8)
        padded[..., :3] = pixels
        codes = padded.view(np.uint32).ravel()
        start = np.flatnonzero(np.append(True, codes[1:] != codes[:-1]))  # runs: an interface has few for its pixels
        length = np.diff(start, append=len(codes))
        palette = np.unique(codes[start])
        number = np.zeros(CODES, np.int32)  # a table, as np.unique's own inverse sorts
        number[palette] = np.arange(len(palette))
        place = number[codes[start]]
        count = np.bincount(place, weights=length, minlength=len(palette)).astype(np.intp)
        rgb = palette[:, None].view(np.uint8)[:, :3].astype(np.int16)
        return cls(np.repeat(place, length).reshape(height, width), rgb, count)

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

    def differ_by_a_step(self, one: NDArray[np.int32], other: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Whether the colors at places of the palette are next to each other in a gradient."""
        return np.abs(self.rgb[one] - self.rgb[other]).max(axis=-1) <= STEP


def _fills(sample: _Sample) -> NDArray[np.bool_]:
    """Return which colors of the palette fill areas that aren't steps of a gradient."""
    place = sample.place
    beside, below = place[:, 1:] == place[:, :-1], place[1:] == place[:-1]
    in_row = beside[:, 1:] & beside[:, :-1]
    inside = in_row[2:] & in_row[1:-1] & in_row[:-2] & below[1:, 1:-1] & below[:-1, 1:-1]
    filled = sample.histogram(place[1:-1, 1:-1][inside]) >= FILL
    borders = np.concatenate(
        [
            np.stack([place[:, 1:][~beside], place[:, :-1][~beside]]),
            np.stack([place[1:][~below], place[:-1][~below]]),
        ],
        axis=1,
    )
    steps = sample.histogram(borders[:, sample.differ_by_a_step(*borders)].ravel())
    thickness = 2 * sample.count / np.maximum(steps, 1)  # a band has two sides
    return filled & ~((2 * steps > sample.histogram(borders.ravel())) & (thickness < BAND))


def _lines(sample: _Sample) -> NDArray[np.bool_]:
    """Return which colors of the palette draw thin lines that are no mix of what is beside them, nor a step."""
    length = np.zeros(len(sample.rgb))
    for place in (sample.place, np.ascontiguousarray(sample.place.T)):
        before, on, after, run = _thin_runs(place)
        painted = ~_is_mix(sample.rgb[before], sample.rgb[on], sample.rgb[after])
        painted &= ~sample.differ_by_a_step(on, before) & ~sample.differ_by_a_step(on, after)
        np.add.at(length, on[painted], run[painted])
    return length >= LINES


def _thin_runs(
    place: NDArray[np.int32],
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], NDArray[np.intp]]:
    """Return the color above, of and below each horizontal run of one color that is one pixel high, and its length."""
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
    return before[thin], on[thin], after[thin], length[thin]


def _is_mix(one: NDArray[np.int16], middle: NDArray[np.int16], other: NDArray[np.int16]) -> NDArray[np.bool_]:
    """Whether colors lie between two others, as anti-aliasing makes them. All of shape (n, 3)."""
    span = (other - one).astype(np.float64)
    length = np.maximum((span * span).sum(axis=1), 1)
    share = ((middle - one) * span).sum(axis=1) / length
    off_line = np.linalg.norm(middle - one - share[:, None] * span, axis=1)
    return (share > 0) & (share < 1) & (off_line <= MIX_TOLERANCE)
