"""Crop of a line of text with its surroundings."""

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

BAND: Final = 0.45  # of the core's height, above and below it: as far as ascenders and descenders reach
SIDE: Final = 0.6  # of the core's height, left and right: the core leaves out half a letter at each end
LETTER_GAP: Final = 0.3  # of the core's height: about 0.15 em; letters of one word are closer
LAST_LETTER: Final = 2.5  # of the core's height: what is wider beyond the core than a letter of 1.2 em is no letter
PLAIN_LEVELS: Final = 6  # of a channel: what a column without ink varies by
OUTSIDE: Final = 0.2  # of the core's height beyond the band: shows what does not end there, such as a border


@dataclass(frozen=True, slots=True)
class LineCrop:
    """The pixels of a line of text and its surroundings, and the position of its core (about the x-height).

    pixels has shape (height, width, 3). x and y are the position of the crop's upper left corner in the image. left,
    top, right and bottom (exclusive) are the position of the core in the crop.
    """

    pixels: NDArray[np.int16]
    x: int
    y: int
    left: int
    top: int
    right: int
    bottom: int

    @property
    def core_height(self) -> int:
        """The height of the line's core (about the x-height) in pixels."""
        return self.bottom - self.top

    def band(self) -> slice:
        """Return the rows of the crop that glyphs may cross: the core, and 0.45 of its height above and below it."""
        reach = _band_reach(self.core_height)
        return slice(max(0, self.top - reach), min(len(self.pixels), self.bottom + reach))

    def showing(self, pixels: NDArray[np.int16]) -> "LineCrop":
        """Return the same crop with other pixels, of the same shape."""
        return replace(self, pixels=pixels)

    def columns(self, left: int, right: int) -> "LineCrop":
        """Return a narrower crop, from column left to column right (exclusive) of this one; its core may be empty."""
        return LineCrop(
            self.pixels[:, left:right],
            self.x + left,
            self.y,
            max(self.left - left, 0),
            self.top,
            max(min(self.right, right) - left, 0),
            self.bottom,
        )


def crop_line(
    pixels: NDArray[np.uint8], core: NDArray[np.float64], between: tuple[float, float] = (0, math.inf)
) -> LineCrop:
    """Crop a line of text and its surroundings from an image of shape (height, width, 3).

    core is left, top, right and bottom of the line's core (about the x-height) in image pixels, which are rounded. It
    is extended by letters that follow without a gap, within the columns `between` two others. The crop adds room for
    ascenders, descenders and the ends of the line, and is clipped to the image.
    """
    height, width = pixels.shape[:2]
    left, top, right, bottom = (round(edge) for edge in core)
    bottom, right = max(bottom, top + 2), max(right, left + 1)
    core_rows = pixels[max(top, 0) : bottom]
    left = max(left - _letters_before(core_rows[:, :left][:, ::-1]), min(left, round(between[0])))
    right = min(right + _letters_before(core_rows[:, right:]), max(right, round(min(between[1], width))))
    above = _band_reach(bottom - top) + math.ceil(OUTSIDE * (bottom - top)) + 1
    beside = math.ceil(SIDE * (bottom - top)) + 2
    x, y = max(0, left - beside), max(0, top - above)
    part = pixels[y : min(height, bottom + above), x : min(width, right + beside)]
    return LineCrop(_by_channel(part), x, y, left - x, top - y, min(right, width) - x, min(bottom, height) - y)


def room_beside(cores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return between which columns, half way to the next core at either side, each core may be extended, shape (n, 2).

    cores, shape (n, 4), are left, top, right and bottom of the lines of an image.
    """
    left, top, right, bottom = cores.T
    center = (top + bottom) / 2
    in_line = (center >= top[:, None]) & (center <= bottom[:, None])
    before = np.where(in_line & (right <= left[:, None]), right, -math.inf).max(axis=1, initial=-math.inf)
    after = np.where(in_line & (left >= right[:, None]), left, math.inf).min(axis=1, initial=math.inf)
    return np.stack([(np.maximum(before, -left) + left) / 2, (after + right) / 2], axis=1)


def _letters_before(core_rows: NDArray[np.uint8]) -> int:
    """Return the number of columns, counted from the left, that letters fill before the first gap.

    core_rows, shape (height, width, 3), are the pixels beside a core. A letter that the network left out is one at
    most; what has no gap for longer, as a picture or a gradient downward, is none.
    """
    height, width = core_rows.shape[:2]
    gap = math.ceil(LETTER_GAP * height)
    near = core_rows[:, : round(LAST_LETTER * height)]
    plain = (near.max(axis=0) - near.min(axis=0)).max(axis=1, initial=0) <= PLAIN_LEVELS
    beyond = (b"\1" if near.shape[1] == width else b"\0") * gap
    first_gap: int = (plain.tobytes() + beyond).find(b"\1" * gap)  # a search of bytes stops at the first
    return max(first_gap, 0)


def _by_channel(pixels: NDArray[np.uint8]) -> NDArray[np.int16]:
    """Return pixels (height, width, 3) stored one channel after the other, which NumPy reduces ten times as fast."""
    return pixels.transpose(2, 0, 1).astype(np.int16, order="C").transpose(1, 2, 0)


def _band_reach(core_height: int) -> int:
    return max(1, math.ceil(BAND * core_height))
