"""The flat color behind each pixel of a line's crop, where several are above one another.

A color is ground where it is thicker than strokes are, and long or continued beyond the crop. Letters, and whatever
else isn't ground, stand on the ground around them.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.color.rgb_arrays import are_mixes, pack, unpack
from januslens.raster.components import connected_components
from januslens.text.background.flat_colors import matches
from januslens.text.crop import LineCrop

THICK: Final = 0.4  # of the core's height, both ways: stems of weight 700 are 0.26 to 0.38 wide
MIN_THICK: Final = 3  # pixels
LONG: Final = 5.0  # of the core's height, of what ends within the crop: longer than icons, and than м of weight 900
WIDE: Final = 2.5  # the same of what the crop cuts off above or below, as it does letters whose core is half as high
PIERCED: Final = 0.05
"""Share, at most, of what lies between the outermost pixels of a ground's rows that shows the columns' usual color:
letters show more of it between them."""
MIN_WIDTH: Final = 0.25  # of the core's height, of columns with a second color: less is an upright border's edge
UNKNOWN: Final = -1  # index of a ground where it doesn't show
BLURRED: Final = 1  # pixels to each side of a border in which it is blurred; twice as many after compression
MIX_LEVELS: Final = 4.0  # levels that a mix of two colors may be off the line between them by rounding


def ground_numbers(
    line: LineCrop, colors: NDArray[np.int16], usual: NDArray[np.intp], noise: int
) -> NDArray[np.intp] | None:
    """Return the index of the color behind each pixel of a line's crop, (height, width); None if columns have one each.

    colors (n, 3) are flat colors, usual (width,) is the index of the one that most of each column has, negative for
    none. noise is how far, in levels of a channel, a pixel of the ground may be off.
    """
    shown = np.stack([matches(line.pixels, color, noise) for color in colors])
    own = (usual == np.arange(len(colors))[:, None])[:, None] & shown
    thick = _thick(shown, line.core_height)
    if np.count_nonzero((thick & shown & ~own).any(axis=(0, 1))) < MIN_WIDTH * line.core_height:
        return None
    is_usual = own.any(axis=0)
    ground = [
        _grounds(mask, core, is_usual & ~mask, line.core_height) if core.any() else core
        for mask, core in zip(shown, thick, strict=True)
    ]
    known = np.stack(ground) | own
    return _spread(known) if known.any() else None


def edge_colors(line: LineCrop, colors: Sequence[NDArray[np.int16]], noise: int) -> Iterator[NDArray[np.int16]]:
    """Yield other colors at the corners of a crop, and the most frequent one of its first and its last row."""
    pixels = line.pixels
    found = [pixels[row, column] for row in (0, -1) for column in (0, -1)]
    for row in (pixels[0], pixels[-1]):
        codes, count = np.unique(pack(row), return_counts=True)
        found.append(unpack(codes[[count.argmax()]])[0])
    known = list(colors)
    for color in found:
        if not any(matches(color, other, noise) for other in known):
            known.append(color)
            yield color


def _thick(shown: NDArray[np.bool_], core_height: int) -> NDArray[np.bool_]:
    """Return the parts of masks (..., height, width) that are thicker than strokes; they may continue beyond edges."""
    side = max(MIN_THICK, round(THICK * core_height))
    around = [(0, 0)] * (shown.ndim - 2) + [(side, side)] * 2
    solid = _window_sums(np.pad(shown, around, mode="edge"), side) == side * side
    covered = _window_sums(np.pad(solid, [(max(0, one - 1), max(0, other - 1)) for one, other in around]), side) > 0
    return covered[..., side:-side, side:-side]


def _window_sums(masks: NDArray[np.bool_], side: int) -> NDArray[np.intp]:
    """Return the number of true elements in each square window of masks, smaller by a side less one."""
    total = np.pad(masks, [(0, 0)] * (masks.ndim - 2) + [(1, 0)] * 2).cumsum(axis=-2, dtype=np.intp).cumsum(axis=-1)
    rows = total[..., side:, :] - total[..., :-side, :]
    sums: NDArray[np.intp] = rows[..., side:] - rows[..., :-side]
    return sums


def _grounds(
    shown: NDArray[np.bool_], thick: NDArray[np.bool_], usual: NDArray[np.bool_], core_height: int
) -> NDArray[np.bool_]:
    """Return the shapes of a color that are ground: thick, and long or cut off by the crop, as no icon or dot is.

    usual (height, width) is where the usual color of a column shows, if it is another: it is between letters, but not
    between parts of a ground. Where a ground is found, each shape of its color that the crop cuts off above or below
    is part of it, such as those between ascenders.
    """
    height, width = shown.shape
    shapes = connected_components(shown)
    boxes = shapes.boxes()
    row, column, shape = shapes.pixels()
    cut = (boxes[:, 1] == 0) | (boxes[:, 3] == height)
    wide = boxes[:, 2] - boxes[:, 0]
    at_side = (boxes[:, 0] == 0) | (boxes[:, 2] == width)  # alone, it may be a letter of the line's next core
    kept = (wide >= LONG * core_height) | (cut & (at_side | (wide >= WIDE * core_height)))
    kept &= np.bincount(shape, thick[row, column], minlength=shapes.count) > 0
    ground = np.zeros_like(shown)
    for one in np.flatnonzero(kept):
        mask = np.zeros_like(shown)
        mask[row[shape == one], column[shape == one]] = True
        inside = np.maximum.accumulate(mask, axis=1) & np.maximum.accumulate(mask[:, ::-1], axis=1)[:, ::-1]
        if np.count_nonzero(inside & usual) <= PIERCED * np.count_nonzero(inside):
            ground |= mask
    if ground.any():
        ground[row[cut[shape]], column[cut[shape]]] = True
    return ground


def _spread(ground: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return for each pixel the index of the mask that is behind it, one of which isn't empty.

    ground has shape (masks, height, width). Between pixels of one mask in a row, or else in a column, is that mask;
    everywhere else it is the nearest one.
    """
    number = np.where(ground.any(axis=0), ground.argmax(axis=0), UNKNOWN)
    number = _between(number)
    number = _between(number.T).T
    while (left := number == UNKNOWN).any():
        framed = np.pad(number, 1, constant_values=UNKNOWN)
        for beside in (framed[:-2, 1:-1], framed[2:, 1:-1], framed[1:-1, :-2], framed[1:-1, 2:]):
            number = np.where(left & (number == UNKNOWN), beside, number)
    return number


def _between(number: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return indices with the unknown ones between two that are the same in a row replaced by these."""
    height, width = number.shape
    column = np.arange(width)
    before = np.maximum.accumulate(np.where(number == UNKNOWN, -1, column), axis=1)
    after = np.minimum.accumulate(np.where(number == UNKNOWN, width, column)[:, ::-1], axis=1)[:, ::-1]
    framed = np.pad(number, ((0, 0), (0, 1)), constant_values=UNKNOWN)
    row = np.arange(height)[:, None]
    left, right = framed[row, before], framed[row, after]
    return np.where(left == right, left, number)


def with_mixes(
    pixels: NDArray[np.int16], colors: NDArray[np.int16], number: NDArray[np.intp], noise: int
) -> NDArray[np.int16]:
    """Return the ground, shape (height, width, 3): at a border pixels that are mixes of its colors are ground, too."""
    color = colors[number]
    reach = BLURRED if not noise else 2 * BLURRED
    padded = np.pad(number, reach, mode="edge")
    height, width = number.shape
    for down in range(2 * reach + 1):
        for across in range(2 * reach + 1):
            other = padded[down : down + height, across : across + width]
            row, column = np.nonzero(other != number)
            here = pixels[row, column]
            mixed = are_mixes(colors[number[row, column]], here, colors[other[row, column]], MIX_LEVELS + noise)
            color[row[mixed], column[mixed]] = here[mixed]
    return color
