"""Colors just outside the four sides of areas: borders and surroundings.

Each side is examined along its middle quarter, as corners may be round, and a few pixels deep, skipping a pixel that
mixes the fill with its neighbor. A border is a color of its own up to 4 CSS px wide (GOV.UK's focused fields have 4,
nearly all others 1 or 2) on at least three sides, as the fourth may have a shadow or be shared. If its lines continue
past the corners, upward or downward, it belongs to a table or a list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from januslens.color.rgb_arrays import are_mixes
from januslens.raster.indexed_image import IndexedImage

POSITIONS: Final = np.linspace(0.375, 0.625, 8)  # along a side, where it is examined
AGREE: Final = 0.6  # of these positions, which must have about the same color
ALIKE: Final = 24  # levels: the curve of a radio button of 13 px lightens its ring by 18 within the middle quarter
MAX_BORDER_PX: Final = 4  # CSS px of border
BEYOND: Final = 3  # CSS px past the widest border
ON_SIDES: Final = 3  # of four, that show the same border
AROUND_SIDES: Final = 2  # of four, that are surrounded by the same color
PAST: Final = 4  # pixels past a corner where the continuation of a line is searched
MIN_CONTINUED: Final = 3  # of these pixels that must have the line's color
ABOVE: Final = 2  # CSS px above and below an isolated shape
BESIDE: Final = 4  # CSS px on both sides of it: more than the space between letters
MIX_TOLERANCE: Final = 12.0  # Euclidean levels off the line between two colors, for mixes by anti-aliasing
NONE: Final = -1


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Borders and surroundings of n areas: the colors just outside the four sides of their boxes.

    border and surrounding, shape (n,), are palette indices; -1 where there is no color or not a single one. A border is
    a color of its own, up to 4 CSS px wide, on at least three sides; surrounding is the color beyond it, or beside the
    area if there is no border, on at least two sides. width is the width of the border on each side (left, top, right,
    bottom) in sampled pixels, 0 where there is none, shape (n, 4). continues says whether the left or right line of the
    border continues above or below the area, as in a table or a list, shape (n,).
    """

    border: NDArray[np.intp]
    surrounding: NDArray[np.intp]
    width: NDArray[np.intp]
    continues: NDArray[np.bool_]

    @classmethod
    def of(cls, indexed: IndexedImage, fill: NDArray[np.intp], boxes: NDArray[np.intp], css_px: float) -> Self:
        """Find the borders and surroundings of areas, along the middle quarter of each side of their boxes.

        fill (n,) are the colors of the areas as palette indices. boxes (n, 4) are left, top, right and bottom
        (exclusive) in sampled pixels; css_px is a CSS pixel in sampled pixels. A pixel that mixes the fill with its
        neighbor is skipped.
        """
        widest = max(1, round(MAX_BORDER_PX * css_px))
        profile = _profiles(indexed, boxes, widest + max(2, round(BEYOND * css_px)))
        blended = _are_mixes(
            indexed, np.broadcast_to(fill[:, None], profile.shape[:2]), profile[..., 0], profile[..., 1]
        )
        profile = np.where(blended[..., None], np.roll(profile, -1, axis=2), profile)
        nearest = profile[..., 0]
        width = np.cumprod(profile == nearest[..., None], axis=2).sum(axis=2)
        bordered = (nearest != NONE) & (width <= widest)
        past = np.where(bordered, np.minimum(width + 1, profile.shape[2] - 1), profile.shape[2] - 1)
        beyond = np.take_along_axis(profile, past[..., None], axis=2)[..., 0]
        surrounding = _prevailing(indexed, np.where((nearest != NONE) & ~bordered, nearest, beyond), AROUND_SIDES)
        border = _prevailing(indexed, np.where(bordered, nearest, NONE), ON_SIDES)
        border[_are_mixes(indexed, fill, border, surrounding)] = NONE
        width = np.where(bordered & _are_alike(indexed, nearest, border[:, None]), width + blended, 0)
        return cls(border, surrounding, width, _continues(indexed, boxes, nearest, width))


def _profiles(indexed: IndexedImage, boxes: NDArray[np.intp], depth: int) -> NDArray[np.intp]:
    """Return the palette indices outward from each side, shape (n, 4, depth); -1 where a side has several colors."""
    left, top, right, bottom = boxes.T[:, :, None, None]
    outward = np.arange(1, depth + 1)[None, None]
    along = POSITIONS[None, :, None]
    across_x, across_y = (left + along * (right - left - 1), top + along * (bottom - top - 1))
    x = np.stack(np.broadcast_arrays(left - outward, across_x, right - 1 + outward, across_x), axis=1)
    y = np.stack(np.broadcast_arrays(across_y, top - outward, across_y, bottom - 1 + outward), axis=1)
    found = np.sort(_colors(indexed, np.rint(y).astype(np.intp), np.rint(x).astype(np.intp)), axis=2)
    middle = found[:, :, len(POSITIONS) // 2]
    agree = np.mean(_are_alike(indexed, found, middle[:, :, None]), axis=2) >= AGREE
    return np.where(agree, middle, NONE)


def _colors(indexed: IndexedImage, y: NDArray[np.intp], x: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the palette indices at pixels; coordinates outside the image are clamped to its edge."""
    height, width = indexed.indices.shape
    return indexed.indices[np.clip(y, 0, height - 1), np.clip(x, 0, width - 1)].astype(np.intp)


def _prevailing(indexed: IndexedImage, sides: NDArray[np.intp], least: int) -> NDArray[np.intp]:
    """Return the color shared approximately by most of the sides (n, 4); -1 where fewer than `least` share one.

    Among similar colors it is the one that most sides have exactly, else the one with the highest palette index, so
    that the result does not depend on the order of the sides.
    """
    alike = _are_alike(indexed, sides[:, :, None], sides[:, None]).sum(axis=2)
    same = (sides[:, :, None] == sides[:, None]).sum(axis=2)
    rank = alike * (sides.shape[1] + 1) + same
    prevailing = np.where(rank == rank.max(axis=1, keepdims=True), sides, NONE).max(axis=1)
    return np.where(alike.max(axis=1) >= least, prevailing, NONE)


def _are_alike(indexed: IndexedImage, one: NDArray[np.intp], other: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return whether palette colors are about the same; False where there is none."""
    channels = indexed.channels
    alike: NDArray[np.bool_] = np.abs(channels[:, one] - channels[:, other]).max(axis=0) <= ALIKE
    alike &= (one != NONE) & (other != NONE)
    return alike


def _are_mixes(
    indexed: IndexedImage, fill: NDArray[np.intp], border: NDArray[np.intp], surrounding: NDArray[np.intp]
) -> NDArray[np.bool_]:
    """Return whether palette colors, of any shape, are mixes of the colors on either side."""
    one, middle, other = (indexed.channels.T[indices] for indices in (fill, border, surrounding))
    mixed = are_mixes(one, middle, other, MIX_TOLERANCE)
    mixed &= (border != NONE) & (surrounding != NONE)
    return mixed


def _continues(
    indexed: IndexedImage, boxes: NDArray[np.intp], nearest: NDArray[np.intp], width: NDArray[np.intp]
) -> NDArray[np.bool_]:
    """Return whether the left or right border, of the colors nearest (n, 4) per side, continues past a corner."""
    left, top, right, bottom = boxes.T[:, :, None]
    steps = np.arange(1, PAST + 1)[None]
    continued = np.zeros(len(boxes), np.bool_)
    for side, x in ((0, left - 1), (2, right)):
        for y in (top - 1 - width[:, 1:2] - steps, bottom + width[:, 3:4] + steps):
            found = _colors(indexed, y, np.broadcast_to(x, y.shape))
            same = (found == nearest[:, side : side + 1]).sum(axis=1) >= MIN_CONTINUED
            continued |= same & (width[:, side] > 0)
    return continued


def background_around(indices: NDArray[np.int32], sides: Sequence[int], css_px: float) -> int | None:
    """Return the palette index of the single color in the frame around a box; None if there are several.

    The frame is 4 CSS px wide at the left and right and 2 at the top and bottom; the result is None also if it exceeds
    the image. indices are the image as palette indices, shape (rows, columns); sides are left, top, right and bottom
    (exclusive) in sampled pixels; css_px is a CSS pixel in sampled pixels.
    """
    height, width = indices.shape
    beside, above = (max(1, round(room * css_px)) for room in (BESIDE, ABOVE))
    left, top, right, bottom = np.add(sides, (-beside, -above, beside, above)).tolist()
    if left < 0 or top < 0 or right > width or bottom > height:
        return None
    crop = indices[top:bottom, left:right]
    background = int(crop[0, 0])
    frame = (crop[:above], crop[-above:], crop[:, :beside], crop[:, -beside:])
    return background if all((part == background).all() for part in frame) else None


def farthest_color(indexed: IndexedImage, sides: Sequence[int], background: int) -> int:
    """Return the palette index of the color in a box that differs most from its background.

    The difference is the sum over the channels. It is the color of a line whose other pixels are mixed with the
    background. sides are left, top, right and bottom (exclusive) in sampled pixels; background is a palette index.
    """
    left, top, right, bottom = sides
    indices = np.unique(indexed.indices[top:bottom, left:right])
    channels = indexed.channels
    return int(indices[np.abs(channels[:, indices] - channels[:, [background]]).sum(axis=0).argmax()])
