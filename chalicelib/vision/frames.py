"""Frames: the rectangles that an interface is laid out in, what stands in which, and the text that stands in each.

A frame is an area of one color that fills a rectangle, round corners or not, with its border. What fills a letter, or
the hole in one, is none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from chalicelib.vision.areas import Areas
from chalicelib.vision.boundaries import NONE, Boundaries
from chalicelib.vision.geometry import Box
from chalicelib.vision.paletted import PalettedPicture
from chalicelib.vision.text.run import TextRun

SMALLEST: Final = 10  # CSS px of the shorter side: a checkbox has 11 inside its border
MOST: Final = 400  # the largest ones: each is compared with each; a page has some hundred
FEWEST_STROKES: Final = 2  # of a run: a single one may be an icon
ROUNDING: Final = 1.0  # CSS px by which what fills a letter may jut out of the box of its ink
OUTWARD: Final = np.array([-1, -1, 1, 1])
NO_FRAME: Final = -1


@dataclass(frozen=True, slots=True)
class Frames:
    """Frames and text as boxes of left, top, right and bottom (exclusive) in CSS pixels.

    inner (n, 4) are the frames' fills, outer (n, 4) the same with their borders, parent (n,) the smallest frame that
    each is in. text (m, 4) are boxes of text: from its ink's left to its right, and the rows of its low letters;
    text_parent (m,) the smallest frame that each is in. A parent of -1 is the picture.
    """

    inner: NDArray[np.float64]
    outer: NDArray[np.float64]
    parent: NDArray[np.intp]
    text: NDArray[np.float64]
    text_parent: NDArray[np.intp]

    @classmethod
    def of(cls, flat: PalettedPicture, areas: Areas, runs: Sequence[TextRun], scale: float) -> Self:
        """Find the frames of a picture with this text; scale is in pixels a CSS pixel."""
        css_px = scale / flat.stride
        words = [run for run in runs if run.letters >= FEWEST_STROKES]
        ink = np.array([_sides(run.box) for run in words], np.float64).reshape(-1, 4) / scale
        text = ink.copy()
        text[:, 1::2] = np.array([run.core for run in words], np.float64).reshape(-1, 2) / scale
        kept = _largest(flat, areas, css_px)
        fills = areas.boxes[kept]
        outside = Boundaries.of(flat, areas.place[kept], fills, css_px)
        border = np.where(outside.border[:, None] == NONE, 0, outside.width)
        inner, outer = fills / css_px, (fills + border * OUTWARD) / css_px
        standing = ~_is_in(inner, ink, ROUNDING).any(axis=1)
        inner, outer = inner[standing], outer[standing]
        return cls(inner, outer, _smallest_around(outer, inner), text, _smallest_around(text, inner))


def _sides(box: Box) -> tuple[int, int, int, int]:
    return box.x, box.y, box.x + box.width, box.y + box.height


def _largest(flat: PalettedPicture, areas: Areas, css_px: float) -> NDArray[np.intp]:
    sides = areas.boxes[:, 2:] - areas.boxes[:, :2]
    kept = np.flatnonzero((sides.min(axis=1) >= SMALLEST * css_px) & areas.rectangles(flat))
    return kept[np.argsort(-areas.pixels[kept], kind="stable")[:MOST]]


def _smallest_around(boxes: NDArray[np.float64], frames: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return for each box the smallest frame that it is in, -1 where there is none."""
    if not len(frames):
        return np.full(len(boxes), NO_FRAME)
    size = (frames[:, 2:] - frames[:, :2]).prod(axis=1)
    around = np.where(_is_in(boxes, frames, 0.0), size, np.inf)
    return np.where(np.isfinite(around).any(axis=1), around.argmin(axis=1), NO_FRAME)


def _is_in(boxes: NDArray[np.float64], others: NDArray[np.float64], slack: float) -> NDArray[np.bool_]:
    """Return whether each box (n, 4) lies in each other one (m, 4), which it may jut out of by slack; not in itself."""
    one, other = boxes[:, None], others[None]
    inside: NDArray[np.bool_] = (one[..., :2] >= other[..., :2] - slack).all(axis=2)
    inside &= (one[..., 2:] <= other[..., 2:] + slack).all(axis=2)
    inside &= (one != other).any(axis=2)
    return inside
