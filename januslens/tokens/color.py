"""Color tokens: the flat colors of an interface, each one a color of the image.

A color is reported if it fills an area, draws a line that is not just the mix of the colors on either side, is the
border of a box, or is the proven color of text. Excluded are the steps of a gradient or shadow (thin bands, each next
to a color that hardly differs) and the mixes of anti-aliasing (judged by the colors beside them, not globally).
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.color.notation import Rgb
from januslens.color.rgb_arrays import are_mixes
from januslens.decode.lossy import NEAR
from januslens.raster.indexed_image import ColorRuns, IndexedImage
from januslens.text.run import TextRun

FILL: Final = 16  # CSS px² inside areas of one color at least 3 wide and high: a dot of 6 px has as many
MIN_LINE_PX: Final = 8  # CSS px: shorter ones are strokes of letters and icons
LINES: Final = 24  # CSS px of such lines in all
BAND: Final = 6  # CSS px: flat areas are thicker, a gradient's steps thinner
STEP: Final = 3  # levels of a channel from one step of a gradient or shadow to the next
MIX_TOLERANCE: Final = 3.0  # Euclidean levels off the line between two neighbors: the rounding of a mix


@dataclass(frozen=True, slots=True)
class ObservedColor:
    """A color with which an image of an interface is painted: one of its pixels, or the proven color of text.

    share is the part of the image's pixels, 0 to 1, that have exactly this color. observed_as lists its uses: fill,
    line, text.
    """

    rgb: Rgb
    share: float
    observed_as: tuple[str, ...]


def observed_colors(
    indexed: IndexedImage, runs: Sequence[TextRun], borders: Collection[Rgb], scale: float
) -> list[ObservedColor]:
    """Find the colors with which an image is painted, those of the most pixels first.

    A color counts if it fills an area, draws a line, is the border of a box, or is the proven color of text. Steps of
    gradients and shadows and the mixes of anti-aliasing are left out, and so is noise in a lossy image. indexed is the
    image as palette indices; runs are its text, borders the colors of its borders; scale is in image pixels per CSS
    pixel.
    """
    fills, lines = _fills(indexed), _lines(indexed, _longest_strokes(indexed, runs, scale))
    bordering = [index for index in map(indexed.find, borders) if index is not None]
    lines[bordering] |= indexed.count[bordering] >= LINES
    colors = {
        indexed.color(index): (indexed.share(index), ("fill",) * bool(fills[index]) + ("line",) * bool(lines[index]))
        for index in np.flatnonzero(fills | lines).tolist()
    }
    for color in {run.foreground.color for run in runs if run.foreground.proven}:
        index = indexed.find(color)
        share, uses = colors.get(color) or (0.0 if index is None else indexed.share(index), ())
        colors[color] = (share, (*uses, "text"))
    observed = [ObservedColor(color, share, uses) for color, (share, uses) in colors.items()]
    by_share = sorted(observed, key=lambda color: (-color.share, color.rgb))
    return _without_noise(by_share, runs) if indexed.lossy else by_share


def _without_noise(observed: Sequence[ObservedColor], runs: Sequence[TextRun]) -> list[ObservedColor]:
    """Return a lossy image's colors that are not noise of others; fills go first, then frequent text, then lines."""
    letters: Counter[Rgb] = Counter()
    for run in runs:
        letters[run.foreground.color] += run.letters
    kept = [color for color in observed if "fill" in color.observed_as]
    for color in sorted(observed, key=lambda color: -letters[color.rgb]):
        if "fill" not in color.observed_as and all(_levels_apart(color, other) > NEAR for other in kept):
            kept.append(color)
    return sorted(kept, key=lambda color: (-color.share, color.rgb))


def _levels_apart(one: ObservedColor, other: ObservedColor) -> int:
    return int(np.abs(np.subtract(one.rgb, other.rgb)).max())


def _fills(indexed: IndexedImage) -> NDArray[np.bool_]:
    """Return which palette colors fill areas that are not steps of a gradient."""
    index = indexed.indices
    beside, below = index[:, 1:] == index[:, :-1], index[1:] == index[:-1]
    in_row = beside[:, 1:] & beside[:, :-1]
    inside = np.zeros(index.shape, np.bool_)
    inside[1:-1, 1:-1] = in_row[2:] & in_row[1:-1] & in_row[:-2] & below[1:, 1:-1] & below[:-1, 1:-1]
    edges = np.flatnonzero(inside.ravel()[1:] != inside.ravel()[:-1]) + 1  # in pairs: the frame is never inside
    filled = indexed.histogram(index.ravel()[edges[::2]], edges[1::2] - edges[::2]) >= FILL
    return filled & ~_bands(indexed, filled)


def _bands(indexed: IndexedImage, filled: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which of the filled colors are thin and mostly adjacent to the next step of a gradient or shadow."""
    borders, steps = (np.zeros(len(filled)) for _ in range(2))
    for one, other in indexed.borders(filled):
        step = _is_step(*((channel[one], channel[other]) for channel in indexed.channels))
        borders += indexed.histogram(one) + indexed.histogram(other)
        steps += indexed.histogram(one[step]) + indexed.histogram(other[step])
    thickness = 2 * indexed.count / np.maximum(steps, 1)  # a band has two sides
    bands: NDArray[np.bool_] = (2 * steps > borders) & (thickness < BAND)
    return bands


def _lines(indexed: IndexedImage, longest_strokes: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return which palette colors draw thin lines that are not a letter's stroke, a mix of their neighbors, or a step.

    Lines along rows are searched first, then lines along columns.
    """
    painted = np.zeros(len(indexed.codes))
    for every, index, longest in (
        (indexed.row_runs(), indexed.indices, longest_strokes),
        (indexed.column_runs(), indexed.transposed, longest_strokes.T),
    ):
        for runs in every:
            line = _painted(runs, index, indexed.channels, longest)
            painted += indexed.histogram(runs.on[line], runs.length[line])
    lines: NDArray[np.bool_] = painted >= LINES
    return lines


def _longest_strokes(indexed: IndexedImage, runs: Sequence[TextRun], scale: float) -> NDArray[np.float32]:
    """Return for each sampled pixel how long a letter's stroke may be there, 0 where there is no text."""
    stride, longest = indexed.stride, np.zeros(indexed.indices.shape, np.float32)
    for run in runs:
        box = run.box
        rows = slice(box.y // stride, (box.y + box.height) // stride + 1)
        columns = slice(box.x // stride, (box.x + box.width) // stride + 1)
        longest[rows, columns] = run.size.high * scale / stride
    return longest


def _painted(
    runs: ColorRuns, index: NDArray[np.int32], channels: NDArray[np.int16], longest_strokes: NDArray[np.float32]
) -> NDArray[np.intp]:
    """Return which runs, one pixel high and long enough for a line, are painted as one."""
    line = np.flatnonzero((runs.length >= MIN_LINE_PX) & (runs.row > 0) & (runs.row < len(index) - 1))
    row, middle = runs.row[line], runs.column[line] + runs.length[line] // 2
    before, on, after = index[row - 1, middle], runs.on[line], index[row + 1, middle]
    painted = (before != on) & (after != on) & (runs.length[line] > longest_strokes[row, middle])
    line, before, on, after = line[painted], before[painted], on[painted], after[painted]
    one, middle, other = channels[:, before], channels[:, on], channels[:, after]
    is_step = _is_step(*zip(one, middle, strict=True)) | _is_step(*zip(other, middle, strict=True))
    lines: NDArray[np.intp] = line[~are_mixes(one.T, middle.T, other.T, MIX_TOLERANCE) & ~is_step]
    return lines


def _is_step(*channels: tuple[NDArray[np.int16], NDArray[np.int16]]) -> NDArray[np.bool_]:
    """Return whether two colors, given channel by channel, are adjacent steps of a gradient."""
    red, green, blue = (np.abs(one - other) <= STEP for one, other in channels)
    return red & green & blue
